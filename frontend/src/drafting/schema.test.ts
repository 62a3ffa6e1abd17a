// @vitest-environment happy-dom
import { DOMParser, DOMSerializer } from "prosemirror-model";
import { expect, test } from "vitest";
import { amountOf, dayOf, schema } from "./schema";

const shown = (node: object): string => {
  const page = document.createElement("div");
  page.append(DOMSerializer.fromSchema(schema).serializeNode(schema.nodeFromJSON(node)));
  return page.innerHTML;
};
const words = (...marks: object[]) => ({ type: "paragraph", content: [{ type: "text", text: "€ 3,200.00", marks }] });

test("an amount and a day that a mark tells are copied and pasted with their words", () => {
  const page = document.createElement("div");
  const clause = "ab".repeat(16);
  const inner = [
    { type: "text", text: "€ 3,200.00", marks: [{ type: "amount", attrs: { minor: 320_000, currency: "EUR" } }] },
    { type: "text", text: " by 31 March", marks: [{ type: "date", attrs: { on: "2027-03-31" } }] },
    { type: "clause_ref", attrs: { clause } },
  ];
  page.innerHTML = shown({ type: "paragraph", content: inner });
  expect(DOMParser.fromSchema(schema).parse(page).firstChild?.toJSON()).toEqual({ type: "paragraph", content: inner });
});

test.each([
  { type: "amount", attrs: { minor: "<b>", currency: "EUR" } },
  { type: "amount", attrs: { minor: -1, currency: "EUR" } },
  { type: "amount", attrs: { minor: 1.5, currency: "EUR" } },
  { type: "amount", attrs: { minor: 1, currency: "euros" } },
  { type: "amount" },
  { type: "date", attrs: { on: "2027-02-29" } },
  { type: "date", attrs: { on: { a: 1 } } },
  { type: "date" },
])("what another browser wrote without sense is shown as the words alone: %j", (mark) => {
  expect(shown(words(mark))).toBe("<p><span>€ 3,200.00</span></p>");
});

test("a reference to nothing is an empty place, whatever stands in it", () => {
  for (const clause of [null, "javascript:alert(1)", 7]) {
    expect(shown({ type: "paragraph", content: [{ type: "clause_ref", attrs: { clause } }] })).toContain('data-clause-ref=""');
  }
});

test("there is no 31 April, and no amount in halves of a cent", () => {
  expect([dayOf({ on: "2027-04-31" }), dayOf({ on: "2028-02-29" }), dayOf({ on: "0000-01-01" }), dayOf(undefined)]).toEqual([null, "2028-02-29", null, null]);
  expect([amountOf({ minor: 1e14, currency: "JPY" }), amountOf({ minor: 1e14 + 1, currency: "JPY" })]).toEqual([{ minor: 1e14, currency: "JPY" }, null]);
});
