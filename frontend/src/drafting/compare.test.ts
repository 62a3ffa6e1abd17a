import { describe, expect, test } from "vitest";
import type { MarkJson, NodeJson } from "./canonical";
import { compare, compareTexts, tokensOf } from "./compare";

const text = (words: string, ...marks: MarkJson[]): NodeJson => ({ type: "text", text: words, ...(marks.length > 0 ? { marks } : {}) });
const paragraph = (...content: NodeJson[]): NodeJson => ({ type: "paragraph", content });
const clause = (id: string, ...content: (string | NodeJson)[]): NodeJson => ({
  type: "clause",
  attrs: { id },
  content: content.map((one) => (typeof one === "string" ? paragraph(text(one)) : one)),
});
const STRONG = { type: "strong" };

/** [-removed-] {+added+} as one line; a new line as ¶. */
function told(before: NodeJson | null, after: NodeJson | null): string {
  const words = compare(before, after).map((piece) => {
    const shown = piece.line === null ? piece.text : "¶";
    if (piece.change === "added") return `{+${shown}+}`;
    if (piece.change === "removed") return `[-${shown}-]`;
    if (piece.change === "formatted") return `<${piece.gained.join()}|${piece.lost.join()}:${shown}>`;
    return shown;
  });
  return words.join("");
}

describe("two wordings of a clause", () => {
  test("the same words differ in nothing", () => {
    expect(told(clause("a", "Pay 500."), clause("a", "Pay 500."))).toBe("¶Pay 500.");
  });

  test("a changed amount is one word, with its thousands and cents", () => {
    expect(told(clause("a", "Pay 12,500.50 today."), clause("a", "Pay 9,000 today."))).toBe("¶Pay [-12,500.50-]{+9,000+} today.");
  });

  test("neighbouring changes are shown as one phrase, what was there first", () => {
    expect(told(clause("a", "within thirty calendar days"), clause("a", "within ten working days"))).toBe("¶within [-thirty calendar-]{+ten working+} days");
  });

  test("words that only came are only added", () => {
    expect(told(clause("a", "The business pays."), clause("a", "The business pays and apologises."))).toBe("¶The business pays{+ and apologises+}.");
  });

  test("a sentence more is that sentence with its own full stop", () => {
    expect(told(clause("a", "One. Two."), clause("a", "One. Two. Three."))).toBe("¶One. Two.{+ Three.+}");
    expect(told(clause("a", "One. Two. Three."), clause("a", "One. Two."))).toBe("¶One. Two.[- Three.-]");
  });

  test("a new line is seen", () => {
    expect(told(clause("a", "One."), clause("a", "One.", "Two."))).toBe("¶One.{+¶+}{+Two.+}");
  });

  test("a line that becomes a list item is seen, and its words stay", () => {
    const list: NodeJson = { type: "bullet_list", content: [{ type: "list_item", content: [paragraph(text("Two"))] }] };
    expect(told(clause("a", "One", "Two"), clause("a", "One", list))).toBe("¶One[-¶-]{+¶+}Two");
    expect(tokensOf(list)[0]?.line).toBe("bullet");
  });

  test("bold is named and not told as another word", () => {
    expect(told(clause("a", "never later"), clause("a", paragraph(text("never", STRONG), text(" later"))))).toBe("¶<strong|:never> later");
    expect(told(clause("a", paragraph(text("never", STRONG))), clause("a", "never"))).toBe("¶<|strong:never>");
  });

  test("a link that leads elsewhere is told", () => {
    const to = (href: string) => clause("a", paragraph(text("here", { type: "link", attrs: { href } })));
    expect(told(to("https://a.example"), to("https://b.example"))).toBe("¶<link|link:here>");
  });

  test("languages without spaces are compared sign by sign", () => {
    expect(told(clause("a", "支払う金額"), clause("a", "支払う総額"))).toBe("¶支払う[-金-]{+総+}額");
  });

  test("table cells are told apart", () => {
    const row = (...cells: string[]): NodeJson => ({ type: "table_row", content: cells.map((one) => ({ type: "table_cell", content: [paragraph(text(one))] })) });
    const table = (...rows: NodeJson[]): NodeJson => clause("a", "When", { type: "table", content: rows });
    expect(told(table(row("1 May", "500")), table(row("1 May", "600")))).toBe("¶When¶1 May¶[-500-]{+600+}");
  });

  test("nothing before means all is added, nothing after all removed", () => {
    expect(told(null, clause("a", "New."))).toBe("{+¶+}{+New.+}");
    expect(told(clause("a", "Old."), null)).toBe("[-¶-][-Old.-]");
  });

  test("two long texts without a word in common are told as one for the other", () => {
    const long = (word: string) => clause("a", Array.from({ length: 3_000 }, (_, index) => `${word}${index}`).join(" "));
    const pieces = compare(long("one"), long("two"));
    expect(pieces.map((piece) => piece.change)).toContain("removed");
    expect(pieces.filter((piece) => piece.change === "added").map((piece) => piece.text).join("")).toContain("two2999");
  });

  test("what is kept and added is the later wording, what is kept and removed the earlier one", () => {
    const before = "Each side bears its own costs, except for the fee of 300.";
    const after = "Both sides share the costs, and the fee of 450 too.";
    const pieces = compare(clause("a", before), clause("a", after));
    const words = (without: string) => pieces.filter((piece) => piece.change !== without).map((piece) => piece.text).join("");
    expect(words("removed").replaceAll(/\s+/g, " ")).toBe(after);
    expect(words("added").replaceAll(/\s+/g, " ")).toBe(before);
  });
});

describe("two whole texts", () => {
  const doc = (...content: NodeJson[]): NodeJson => ({ type: "doc", content });
  const fates = (before: NodeJson, after: NodeJson) => compareTexts(before, after).map((part) => [part.clause, part.number, part.change]);

  test("tell what came, went, changed and stayed", () => {
    expect(fates(doc(clause("a", "A"), clause("b", "B"), clause("c", "C")), doc(clause("a", "A"), clause("c", "C!"), clause("d", "D")))).toEqual([
      ["a", 1, "same"],
      ["b", 2, "removed"],
      ["c", 2, "changed"],
      ["d", 3, "added"],
    ]);
  });

  test("tell what moved, once", () => {
    const before = doc(clause("a", "A"), clause("b", "B"), clause("c", "C"));
    expect(fates(before, doc(clause("c", "C"), clause("a", "A"), clause("b", "B")))).toEqual([
      ["c", 1, "moved"],
      ["a", 2, "same"],
      ["b", 3, "same"],
    ]);
  });

  test("tell lines between the clauses by their words", () => {
    expect(fates(doc(paragraph(text("Title")), clause("a", "A")), doc(paragraph(text("New title")), clause("a", "A")))).toEqual([
      ["", null, "removed"],
      ["", null, "added"],
      ["a", 1, "same"],
    ]);
  });
});

test("a reference reads as the number it shows, and another one is a change also where both are gone", () => {
  const to = (clause: string): NodeJson => ({ type: "paragraph", content: [{ type: "text", text: "As in " }, { type: "clause_ref", attrs: { clause } }, { type: "text", text: "." }] });
  const words = (clause: unknown) => (clause === "a" ? "clause 1" : "[gone]");
  expect(compare(to("a"), to("b"), words).map((piece) => [piece.change, piece.text])).toEqual([
    ["same", ""],
    ["same", "As in "],
    ["removed", "clause 1"],
    ["added", "[gone]"],
    ["same", "."],
  ]);
  expect(compare(to("b"), to("c"), words).some((piece) => piece.change !== "same")).toBe(true);
});

test("words that are only marked as an amount are told to be", () => {
  const line = (marks: NodeJson["marks"]): NodeJson => ({ type: "paragraph", content: [{ type: "text", text: "€ 20", ...(marks === undefined ? {} : { marks }) }] });
  const pieces = compare(line(undefined), line([{ type: "amount", attrs: { minor: 2000, currency: "EUR" } }]));
  expect(pieces.some((piece) => piece.gained.includes("amount"))).toBe(true);
});
