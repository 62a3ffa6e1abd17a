import { describe, expect, test } from "vitest";
import { textHash } from "../../drafting/canonical";
import { clauseOfWords } from "../../drafting/clauseJson";
import type { SuggestionView } from "../../api/types";
import { anotherWording, byPlace, isOvertaken, newClause, placeAfterStep, toMove, toRemove } from "./suggesting";

const ID = "a".repeat(32);
const read = { document: "settlement.1", clause: ID, hash: "f".repeat(64), why: " Too long. " };

describe("a suggestion", () => {
  test("of another wording carries the clause in its one spelling, under the clause's own id", async () => {
    const written = clauseOfWords("b".repeat(32), "Pay 500.");
    const fields = anotherWording(read, { ...written, attrs: { ...written.attrs, from: null, number: 3 } });
    expect(fields).toEqual({ document: "settlement.1", change: "replace", clause: ID, base_hash: read.hash, node: clauseOfWords(ID, "Pay 500."), why: "Too long." });
    expect(await textHash(clauseOfWords(ID, "Pay 500."))).toMatch(/^[0-9a-f]{64}$/);
  });

  test("of a new clause is made for no wording", () => {
    const fields = newClause(read, null, clauseOfWords(ID, "New."));
    expect(fields).toMatchObject({ change: "insert", after: null, node: { attrs: { id: ID } } });
    expect("base_hash" in fields).toBe(false);
  });

  test("to remove or to move carries no wording", () => {
    expect(toRemove(read)).toEqual({ document: "settlement.1", change: "remove", clause: ID, base_hash: read.hash, why: "Too long." });
    expect(toMove(read, null)).toMatchObject({ change: "move", after: null, base_hash: read.hash });
  });
});

test("one step up or down is told by the clause in front, and never goes beyond the ends", () => {
  const ids = ["a", "b", "c"];
  expect(placeAfterStep(ids, "c", "up")).toBe("a");
  expect(placeAfterStep(ids, "b", "up")).toBeNull();
  expect(placeAfterStep(ids, "a", "up")).toBeUndefined();
  expect(placeAfterStep(ids, "a", "down")).toBe("b");
  expect(placeAfterStep(ids, "c", "down")).toBeUndefined();
  expect(placeAfterStep(ids, "gone", "down")).toBeUndefined();
});

const made = (change: SuggestionView["change"], clause: string, after: string | null = null, state: SuggestionView["state"] = "open"): SuggestionView => ({
  suggestion: `${change} ${clause}`,
  change,
  clause,
  base_hash: change === "insert" ? null : "old",
  after,
  node: null,
  why: "",
  by: "",
  at: "",
  state,
  can: [],
});

test("what changes the words is overtaken by other words; a move is not", () => {
  expect(isOvertaken(made("replace", "a"), "new")).toBe(true);
  expect(isOvertaken(made("remove", "a"), "new")).toBe(true);
  expect(isOvertaken(made("replace", "a"), "old")).toBe(false);
  expect(isOvertaken(made("move", "a"), "new")).toBe(false);
  expect(isOvertaken(made("replace", "a"), null)).toBe(false);
});

test("suggestions stand under their clause, new clauses where they would come, and none is lost", () => {
  const shown = byPlace([made("replace", "b"), made("insert", "x", "a"), made("insert", "y"), made("remove", "gone"), made("remove", "a", null, "accepted")], ["a", "b"]);
  expect([...shown].map(([place, all]) => [place, all.map((one) => one.suggestion)])).toEqual([
    ["b", ["replace b"]],
    ["a", ["insert x"]],
    ["", ["insert y", "remove gone"]],
  ]);
});
