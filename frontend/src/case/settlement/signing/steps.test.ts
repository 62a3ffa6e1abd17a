import { describe, expect, it } from "vitest";
import type { SignatureView, SigningView } from "../../../api/types";
import { aCase, lucia } from "../../../testing/aCase";
import { digitsIn, gapsIn, missingIn, signsForAnother, stepOf, type Filled } from "./steps";

const monday = Date.parse("2026-11-23T00:00:00.000Z");

function signing(change: Partial<SigningView> = {}): SigningView {
  return {
    document: "settlement.1",
    text_hash: "a".repeat(64),
    partial: false,
    frozen_at: "2026-11-20T15:00:00.000Z",
    sign_from: "2026-11-23T00:00:00.000Z",
    days_to_withdraw: 3,
    waived: false,
    language: null,
    signatures: [],
    effective_from: null,
    effective_at: null,
    ...change,
  };
}

function signature(party: "business" | "client"): SignatureView {
  return { party, participant: lucia, name: "", capacity: "business", place: "", authority: "", identified_by: "code", at: "2026-11-23T09:00:00.000Z" };
}

const mine = aCase({ allowed_actions: ["SignSettlement"] });

describe("where somebody stands in the signing", () => {
  it("a client waits for the day from which they can sign, and then signs", () => {
    expect(stepOf(mine, signing(), monday - 1)).toEqual({ step: "think", from: "2026-11-23T00:00:00.000Z" });
    expect(stepOf(mine, signing(), monday)).toEqual({ step: "sign" });
  });

  it("a client who needs no time signs at once, and so does the business", () => {
    expect(stepOf(mine, signing({ waived: true }), monday - 1)).toEqual({ step: "sign" });
    const business = aCase({ allowed_actions: ["SignSettlement"], me: { ...mine.me, party: "business", role: "handler" } });
    expect(stepOf(business, signing(), monday - 1)).toEqual({ step: "sign" });
  });

  it("whoever signed sees who is missing", () => {
    const own = signature("client");
    expect(stepOf(aCase(), signing({ signatures: [own] }), monday)).toEqual({ step: "signed", own, isMissing: true });
    expect(stepOf(aCase(), signing({ signatures: [signature("business"), own] }), monday)).toEqual({ step: "signed", own, isMissing: false });
    expect(missingIn(signing({ signatures: [own] }))).toEqual(["business"]);
  });

  it("whom the server does not let sign watches", () => {
    expect(stepOf(aCase(), signing(), monday)).toEqual({ step: "watch", isMissing: true });
  });

  it("once it binds, that is all that is said", () => {
    const at = "2026-11-27T00:00:00.000Z";
    expect(stepOf(mine, signing({ signatures: [signature("client"), signature("business")], effective_at: at }), monday)).toEqual({ step: "effective", at });
  });
});

describe("what is missing before one signs", () => {
  const filled: Filled = { name: "Lucia Pirelli", capacity: "consumer", place: "Bremen", authority: "", hasRead: true, consents: true };

  it("nothing, when somebody signs for themselves", () => {
    expect(gapsIn({ ...filled, name: " lucia pirelli " }, "Lucia Pirelli")).toEqual([]);
  });

  it("what lets them, when they sign for somebody else", () => {
    expect(signsForAnother("Lucia Pirelli", "Osteria Pirelli")).toBe(true);
    expect(gapsIn(filled, "Osteria Pirelli")).toEqual(["authority"]);
    expect(gapsIn({ ...filled, authority: "Owner" }, "Osteria Pirelli")).toEqual([]);
  });

  it("reading and consent, each by itself, in this order", () => {
    expect(gapsIn({ name: "", capacity: null, place: " ", authority: "", hasRead: false, consents: false }, "x")).toEqual(["name", "capacity", "place", "hasRead", "consents"]);
  });
});

it("finds the digits in what is pasted", () => {
  expect(digitsIn("Your code: 123 456.")).toBe("123456");
  expect(digitsIn("１２３４５６７")).toBe("123456");
});
