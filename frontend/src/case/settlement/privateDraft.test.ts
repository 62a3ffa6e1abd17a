import { describe, expect, it } from "vitest";
import { type NodeJson, textHash } from "../../drafting/canonical";
import { wordsOf } from "../../drafting/clauseJson";
import { BLANK, bringable, leavesGaps, suggestionsFor } from "./privateDraft";

const id = (letter: string) => letter.repeat(32);
const A = id("a");
const B = id("b");
const C = id("c");
const clause = (name: string, text: string, ...more: NodeJson[]): NodeJson => ({
  type: "clause",
  attrs: { id: name, from: null },
  content: [{ type: "paragraph", content: [{ type: "text", text }, ...more] }],
});
const refersTo = (name: string): NodeJson => ({ type: "clause_ref", attrs: { clause: name } });
const doc = (...content: NodeJson[]): NodeJson => ({ type: "doc", content });

function counting(): () => string {
  let count = 0;
  return () => String((count += 1)).padStart(32, "0");
}

const table = doc(clause(A, "Nine hundred euros."), clause(B, "Silence."));
const draft = doc(clause(A, "Nine hundred euros."), clause(B, "No public word."), clause(C, "Half at once, see ", refersTo(B)), clause(id("d"), "At most a thousand."));

const sent = (given: { table: NodeJson; atOnce: boolean }, ...names: string[]) =>
  suggestionsFor(
    bringable(draft, given.table).filter((one) => names.includes(one.id)),
    { ...given, document: "settlement.1", after: B, why: "", newId: counting() },
  );

describe("bringing clauses of a side's own draft to the table", () => {
  it("tells what is new there, what reads differently, and what reads alike", () => {
    expect(bringable(draft, table).map((one) => [one.kind, one.tableNumber])).toEqual([["same", 1], ["other", 2], ["new", null], ["new", null]]);
    expect(bringable(draft, null).map((one) => one.kind)).toEqual(["new", "new", "new", "new"]);
  });

  it("gives new clauses ids that stand nowhere in the draft, and brings nothing that was not chosen", async () => {
    const all = await sent({ table, atOnce: false }, C);
    const told = JSON.stringify(all);
    expect(all).toHaveLength(1);
    expect(told).not.toContain(C);
    expect(told).not.toContain("At most a thousand");
    expect(told).not.toContain("No public word");
  });

  it("suggests another wording for a clause that is on the table, made for the wording there", async () => {
    const [first] = await sent({ table, atOnce: false }, B);
    expect(first?.fields).toMatchObject({ change: "replace", clause: B, base_hash: await textHash(clause(B, "Silence.")) });
    expect(await sent({ table, atOnce: false }, A)).toEqual([]);
  });

  it("leads references to what is there or comes along, and leaves a blank for what stays", async () => {
    const words = (brought: Awaited<ReturnType<typeof sent>>) => brought.map((one) => wordsOf(one.fields.node as unknown as NodeJson));
    const elsewhere = doc(clause(A, "Nine hundred euros."));
    expect(JSON.stringify(await sent({ table, atOnce: false }, C))).toContain(`"clause_ref","attrs":{"clause":"${B}"}`);
    expect(words(await sent({ table: elsewhere, atOnce: false }, C))).toEqual([`Half at once, see ${BLANK}`]);
    const both = await sent({ table: elsewhere, atOnce: true }, B, C);
    expect(JSON.stringify(both[1]?.fields.node)).toContain(`"clause":"${String(both[0]?.fields.clause)}"`);
    const chosen = (...names: string[]) => bringable(draft, elsewhere).filter((one) => names.includes(one.id));
    expect(leavesGaps(chosen(C), elsewhere)).toBe(true);
    expect(leavesGaps(chosen(B, C), elsewhere)).toBe(false);
  });

  it("stands in the order of the draft once it is accepted", async () => {
    const empty = doc();
    const later = await sent({ table: empty, atOnce: false }, C, id("d"));
    expect(later.map((one) => [wordsOf(one.fields.node as unknown as NodeJson), one.fields.after])).toEqual([["At most a thousand.", B], [`Half at once, see ${BLANK}`, B]]);
    const now = await sent({ table: empty, atOnce: true }, C, id("d"));
    expect(now.map((one) => one.fields.after)).toEqual([B, now[0]?.fields.clause]);
  });
});
