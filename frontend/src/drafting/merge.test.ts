import { expect, test } from "vitest";
import type { NodeJson } from "./canonical";
import { clauseOfWords, wordsOf } from "./clauseJson";
import { merged } from "./merge";

const ID = "a".repeat(32);
const clause = (words: string) => clauseOfWords(ID, words);

const WAS = "The studio pays 3,200 by 31 March.\nNobody asks for more.";

test.each([
  ["changes of different words", "The studio pays 3,500 by 31 March.\nNobody asks for more.", "The studio pays 3,200 by 30 April.\nNobody asks for more.", "The studio pays 3,500 by 30 April.\nNobody asks for more."],
  ["changes of different lines", "The studio pays 3,200 by 31 March.\nNobody may ask for more.", "The firm pays 3,200 by 31 March.\nNobody asks for more.", "The firm pays 3,200 by 31 March.\nNobody may ask for more."],
  ["a line more and another word", `${WAS}\nIt goes to the bank.`, "The firm pays 3,200 by 31 March.\nNobody asks for more.", "The firm pays 3,200 by 31 March.\nNobody asks for more.\nIt goes to the bank."],
  ["the same change twice", "The firm pays 3,200 by 31 March.\nNobody asks for more.", "The firm pays 3,200 by 31 March.\nNobody asks for more.", "The firm pays 3,200 by 31 March.\nNobody asks for more."],
])("%s fit together, whichever comes first", (_what, one, other, both) => {
  expect(wordsOf(merged(clause(WAS), clause(one), clause(other)) as NodeJson)).toBe(both);
  expect(wordsOf(merged(clause(WAS), clause(other), clause(one)) as NodeJson)).toBe(both);
});

test.each([
  ["the same word changed twice", "The studio pays 3,500 by 31 March.", "The studio pays 4,000 by 31 March."],
  ["a line removed right behind another word", "The studio pays 3,200 by 31 March.", "The firm pays 3,200 by 31 March.\nNobody asks for more."],
  ["a line removed that the other changed", "Nobody asks for more.", "The studio pays 3,900 by 31 March.\nNobody asks for more."],
  ["two sentences more at the same place", `${WAS} Ever.`, `${WAS} At all.`],
])("%s is left to people", (_what, one, other) => {
  expect(merged(clause(WAS), clause(one), clause(other))).toBeNull();
});

test("bold words of one and other words of the other are both kept", () => {
  const was = clause("Pay soon please.");
  const bold: NodeJson = { type: "clause", attrs: { id: ID }, content: [{ type: "paragraph", content: [{ type: "text", text: "Pay", marks: [{ type: "strong" }] }, { type: "text", text: " soon please." }] }] };
  expect(merged(was, bold, clause("Pay now please."))?.content?.[0]?.content).toEqual([
    { type: "text", marks: [{ type: "strong" }], text: "Pay" },
    { type: "text", text: " now please." },
  ]);
});
