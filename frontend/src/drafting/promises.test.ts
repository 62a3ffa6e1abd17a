import { EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { marking, minorOf, promisesOf, promisesSeen, wordsToMark } from "./promises";
import { schema } from "./schema";

const seen = (text: string) =>
  promisesSeen(text).map(({ value, start, end }) => [text.slice(start, end), value.kind === "amount" ? `${value.amount.minor} ${value.amount.currency}` : value.on]);

test.each([
  ["€ 3,200.00", [["€ 3,200.00", "320000 EUR"]]],
  ["pays 3.200,50 € in all", [["3.200,50 €", "320050 EUR"]]],
  ["CHF 1'200.5 or 12 500 EUR", [["CHF 1'200.5", "120050 CHF"], ["12 500 EUR", "1250000 EUR"]]],
  ["$500, £20 and 300 euros", [["$500", "50000 USD"], ["£20", "2000 GBP"], ["300 euros", "30000 EUR"]]],
  ["JPY 3,200 but 500 ABC and all 40 hours", [["JPY 3,200", "3200 JPY"]]],
  ["by 31 March 2027", [["31 March 2027", "2027-03-31"]]],
  ["on March 31st, 2027, at noon", [["March 31st, 2027", "2027-03-31"]]],
  ["bis zum 31. März 2027 oder 1.4.2027", [["31. März 2027", "2027-03-31"], ["1.4.2027", "2027-04-01"]]],
  ["2027-03-31 and 31.02.2027 and 03/04/2027", [["2027-03-31", "2027-03-31"]]],
  ["€ 3,200.00 by 31.03.2027", [["€ 3,200.00", "320000 EUR"], ["31.03.2027", "2027-03-31"]]],
  ["clause 12 of 2027, 14 days, version 1.2.3", []],
])("in %j these look like amounts and days", (text, expected) => {
  expect(seen(text)).toEqual(expected);
});

test.each([
  ["3,200.00", "EUR", 320000],
  ["3.200", "EUR", 320000],
  ["3,20", "EUR", 320],
  ["3200", "JPY", 3200],
  ["3,20", "JPY", null],
])("the figure %s in %s is %s of its smallest units", (figure, currency, minor) => {
  expect(minorOf(figure, currency)).toBe(minor);
});

function clauseOf(text: string) {
  return schema.nodes.clause.create({ id: "a".repeat(32) }, schema.nodes.paragraph.create(null, schema.text(text)));
}

function stateOf(text: string) {
  return EditorState.create({ doc: schema.nodes.doc.create(null, clauseOf(text)) });
}

test("what is marked is told with its value, and what only looks like it beside it", () => {
  const before = stateOf("Pay € 3,200.00 by 31 March 2027.");
  const first = before.doc.firstChild;
  const amount = first === null ? undefined : promisesOf(first)[0];
  expect(amount).toMatchObject({ isMarked: false, words: "€ 3,200.00" });
  if (amount === undefined) return;
  const after = before.apply(marking(before, 1 + amount.from, 1 + amount.to, amount.value));
  expect(promisesOf(after.doc.child(0)).map(({ words, isMarked, says }) => [words, isMarked, says])).toEqual([
    ["€ 3,200.00", true, null],
    ["31 March 2027", false, null],
  ]);
});

test("a mark that holds something else than its words say is told with both", () => {
  const state = stateOf("Pay € 3,500.00 soon.");
  const marked = state.apply(marking(state, 6, 16, { kind: "amount", amount: { minor: 320000, currency: "EUR" } }));
  expect(promisesOf(marked.doc.child(0))).toMatchObject([{ words: "€ 3,500.00", says: { kind: "amount", amount: { minor: 350000 } } }]);
});

test("half of it being bold makes no second amount", () => {
  const state = stateOf("Pay € 3,200.00 soon.");
  const marked = state.apply(marking(state, 6, 16, { kind: "amount", amount: { minor: 320000, currency: "EUR" } }));
  const bold = marked.apply(marked.tr.addMark(8, 12, schema.marks.strong.create()));
  expect(promisesOf(bold.doc.child(0))).toMatchObject([{ words: "€ 3,200.00", isMarked: true, says: null }]);
});

test("with the cursor in a marked amount it is that one that is asked for", () => {
  const state = stateOf("Pay € 3,200.00 soon.");
  const marked = state.apply(marking(state, 6, 16, { kind: "amount", amount: { minor: 320000, currency: "EUR" } }));
  const inside = marked.apply(marked.tr.setSelection(TextSelection.create(marked.doc, 10)));
  expect(wordsToMark(inside, "amount")).toMatchObject({ from: 6, to: 16, words: "€ 3,200.00" });
  expect(wordsToMark(inside, "date")).toMatchObject({ words: "", value: null });
});

test("a bare figure that is selected is taken for the dispute's currency", () => {
  const state = stateOf("Pay 12,500 soon.");
  const selected = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 6, 12)));
  expect(wordsToMark(selected, "amount", "GBP")).toMatchObject({ words: "12,500", isMarked: false, value: { kind: "amount", amount: { minor: 1250000, currency: "GBP" } } });
  expect(wordsToMark(selected, "date")).toMatchObject({ value: null });
});
