import { describe, expect, it } from "vitest";
import type { OfferView, Party } from "../api/types";
import { gapBetween } from "./offers";

function offer(party: Party, minor: number | null, state: OfferView["state"] = "open", currency = "EUR"): OfferView {
  return {
    offer: crypto.randomUUID(),
    room: "joint",
    party,
    by: "a".repeat(32),
    at: "2026-11-21T10:00:00.000Z",
    amount: minor === null ? null : { minor, currency },
    terms: "",
    in_answer_to: null,
    state,
    can: [],
  };
}

describe("how far apart the sides are", () => {
  it("compares the latest amount of each", () => {
    const offers = [offer("client", 800_000), offer("business", 1_500_000, "countered"), offer("client", 1_100_000)];
    expect(gapBetween(offers)).toEqual({ minor: 400_000, currency: "EUR" });
  });

  it("leaves out what was withdrawn and offers without an amount", () => {
    const offers = [offer("client", 800_000), offer("business", 1_500_000), offer("business", 900_000, "withdrawn"), offer("client", null)];
    expect(gapBetween(offers)).toEqual({ minor: 700_000, currency: "EUR" });
  });

  it("says nothing while one side has named no amount, or in two currencies", () => {
    expect(gapBetween([offer("client", 800_000)])).toBeNull();
    expect(gapBetween([offer("client", 800_000), offer("business", 900_000, "open", "CHF")])).toBeNull();
  });

  it("says nothing once something is accepted", () => {
    expect(gapBetween([offer("client", 800_000), offer("business", 900_000, "accepted")])).toBeNull();
  });
});
