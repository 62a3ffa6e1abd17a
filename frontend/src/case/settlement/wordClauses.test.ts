import { describe, expect, it } from "vitest";
import type { NodeJson } from "../../drafting/canonical";
import { wordsOf } from "../../drafting/clauseJson";
import { schema } from "../../drafting/schema";
import { clausesFrom } from "./wordClauses";

const paragraph = (text: string): NodeJson => ({ type: "paragraph", content: [{ type: "text", text }] });
const heading = (text: string): NodeJson => ({ type: "heading", attrs: { level: 1 }, content: [{ type: "text", text }] });
const list = (text: string): NodeJson => ({ type: "bullet_list", content: [{ type: "list_item", content: [paragraph(text)] }] });
const clause = (...content: NodeJson[]): NodeJson => ({ type: "clause", attrs: { id: "old" }, content });

function made(...blocks: NodeJson[]): string[] {
  let count = 0;
  const clauses = clausesFrom(blocks, () => String((count += 1)).padStart(32, "0"));
  for (const one of clauses) schema.nodeFromJSON(one).check();
  return clauses.map((one) => wordsOf(one));
}

describe("a Word file as clauses", () => {
  it("keeps numbered paragraphs as clauses, with ids of their own", () => {
    const clauses = clausesFrom([clause(paragraph("One.")), clause(paragraph("Two."))]);
    expect(clauses.map((one) => wordsOf(one))).toEqual(["One.", "Two."]);
    expect(new Set(clauses.map((one) => one.attrs?.["id"])).size).toBe(2);
    expect(clauses.some((one) => one.attrs?.["id"] === "old")).toBe(false);
  });

  it("puts a heading, in bold, above what stands under it", () => {
    expect(made(heading("Payment"), paragraph("The studio pays."), paragraph("By Monday."), heading("Silence"), clause(paragraph("No word.")))).toEqual([
      "Payment\nThe studio pays.\nBy Monday.",
      "Silence\nNo word.",
    ]);
    const [first] = clausesFrom([heading("Payment"), paragraph("The studio pays.")]);
    expect(first?.content?.[0]?.content?.[0]?.marks).toEqual([{ type: "strong" }]);
  });

  it("makes a clause of each paragraph that stands under no heading", () => {
    expect(made(paragraph("What led to it."), paragraph("What follows."))).toEqual(["What led to it.", "What follows."]);
    expect(made(clause(paragraph("One.")), paragraph("And besides."))).toEqual(["One.", "And besides."]);
  });

  it("joins lists to the clause before them, and loses nothing where there is none", () => {
    expect(made(clause(paragraph("One.")), list("a part"))).toEqual(["One.\na part"]);
    expect(made(list("a part"))).toEqual(["\na part"]);
    expect(made(paragraph("One."), heading("Alone"))).toEqual(["One.", "Alone"]);
  });

  it("makes nothing of nothing", () => {
    expect(made({ type: "paragraph" }, paragraph("  "))).toEqual([]);
  });
});
