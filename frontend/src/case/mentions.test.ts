import { expect, test } from "vitest";
import { candidatesFor, mentionAt, mentionedIn, mentionParts, withMention } from "./mentions";

const people = [
  { participant: "1", name: "Lucia Pirelli" },
  { participant: "2", name: "Dr Amara Okafor" },
  { participant: "3", name: "Jon" },
  { participant: "4", name: "Jon Weidt" },
];
const names = (query: string) => candidatesFor(query, people).map((one) => one.name);

test.each([
  ["Ask @Lu", 7, { from: 4, query: "Lu" }],
  ["@", 1, { from: 0, query: "" }],
  ["(@Dr Am", 7, { from: 1, query: "Dr Am" }],
  ["Ask @Lu today", 7, { from: 4, query: "Lu" }],
  ["write to me@home", 16, null],
  ["nobody", 6, null],
  ["@Lu\nand", 7, null],
])("in %j with the caret at %i the name being written is %j", (text, caret, expected) => {
  expect(mentionAt(text, caret)).toEqual(expected);
});

test("a name is found by its beginning and by the beginning of any word of it", () => {
  expect(names("lu")).toEqual(["Lucia Pirelli"]);
  expect(names("pir")).toEqual(["Lucia Pirelli"]);
  expect(names("amara ok")).toEqual(["Dr Amara Okafor"]);
  expect(names("")).toHaveLength(4);
  expect(names(" ")).toEqual([]);
  expect(names("irelli")).toEqual([]);
});

test("the whole name takes the place of its beginning, and one goes on behind it", () => {
  expect(withMention("Ask @Lu", 4, 7, "Lucia Pirelli")).toEqual({ text: "Ask @Lucia Pirelli ", caret: 19 });
  expect(withMention("Ask @Lu today", 4, 7, "Lucia Pirelli")).toEqual({ text: "Ask @Lucia Pirelli today", caret: 19 });
});

test("who is mentioned is told once each, by whole names, the longer one first", () => {
  expect(mentionedIn("@Jon Weidt and @Lucia Pirelli, @Lucia Pirelli!", people)).toEqual(["4", "1"]);
  expect(mentionedIn("@Jon, please", people)).toEqual(["3"]);
  expect(mentionedIn("@Jonas or @lucia pirelli or Lucia Pirelli", people)).toEqual([]);
});

test("what is written is kept to the letter around the names", () => {
  const text = "Hi @Lucia Pirelli, see @home @Jon.";
  const parts = mentionParts(text, people);
  expect(parts.map((one) => one.words).join("")).toBe(text);
  expect(parts.map((one) => one.participant)).toEqual([null, "1", null, "3", null]);
});
