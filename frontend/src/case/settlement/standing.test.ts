import { describe, expect, test } from "vitest";
import type { DraftingView, SuggestionView } from "../../api/types";
import { countFor, nextAfter, standingsOf } from "./standing";

const suggestion = (clause: string, change: SuggestionView["change"] = "replace", state: SuggestionView["state"] = "open"): SuggestionView => ({
  suggestion: "9".repeat(32),
  change,
  clause,
  base_hash: null,
  after: null,
  node: null,
  why: "",
  by: "",
  at: "2026-11-21T10:00:00Z",
  state,
  can: [],
});

function drafting(change: Partial<DraftingView> = {}): DraftingView {
  return { mode: "one-text", suggestions: [], assents: [], lapsed: [], language: null, lapsed_with_language: [], reading: null, proposed: null, versions: [], ...change };
}

const clauses = ["a", "b", "c"].map((id, index) => ({ id, number: index + 1 }));
const hashes = new Map([
  ["a", "ha"],
  ["b", "hb"],
  ["c", "hc"],
]);

describe("how the clauses stand", () => {
  test("agreement counts only for the wording that is on the screen", () => {
    const assents = [
      { clause: "a", business: "ha", client: "ha" },
      { clause: "b", business: "hb", client: "older" },
    ];
    const all = standingsOf(clauses, hashes, drafting({ assents, lapsed: ["b"] }));
    expect(all.map((one) => one.agreed)).toEqual([
      { business: true, client: true },
      { business: true, client: false },
      { business: false, client: false },
    ]);
    expect(all.map((one) => one.lapsed)).toEqual([false, true, false]);
    expect(countFor("client", all)).toMatchObject({ all: 3, byBoth: 1, awaiting: [{ clause: "b" }, { clause: "c" }], undecided: [] });
    expect(countFor("business", all).awaiting.map((one) => one.number)).toEqual([3]);
  });

  test("a clause for which something is suggested does not await anybody's agreement", () => {
    const all = standingsOf(clauses, hashes, drafting({ suggestions: [suggestion("a"), suggestion("b", "replace", "rejected"), suggestion("c", "insert")] }));
    const { awaiting, undecided } = countFor("client", all);
    expect(awaiting.map((one) => one.clause)).toEqual(["b", "c"]);
    expect(undecided.map((one) => one.clause)).toEqual(["a"]);
  });

  test("nothing awaits the mediator", () => {
    expect(countFor(null, standingsOf(clauses, hashes, drafting())).awaiting).toEqual([]);
  });

  test("a wording that has not been counted yet is claimed by nobody and asked of nobody", () => {
    const all = standingsOf(clauses, new Map(), drafting({ assents: [{ clause: "a", business: "ha", client: "ha" }] }));
    expect(countFor("client", all)).toEqual({ all: 3, byBoth: 0, awaiting: [], undecided: [] });
  });

  test("the next one comes after the one looked at, and after the last the first", () => {
    const { awaiting } = countFor("client", standingsOf(clauses, hashes, drafting({ assents: [{ clause: "b", business: null, client: "hb" }] })));
    expect(nextAfter(awaiting, 0)?.number).toBe(1);
    expect(nextAfter(awaiting, 1)?.number).toBe(3);
    expect(nextAfter(awaiting, 3)?.number).toBe(1);
    expect(nextAfter([], 1)).toBeUndefined();
  });
});
