import { expect, test } from "vitest";

import published from "../../../docs/vectors/text.json";
import { canonical, type NodeJson, SuggestionsOpen, textHash } from "./canonical";

test.each(published.texts.map((vector) => [vector.name, vector] as const))(
  "the browser and the record agree on the hash of a wording: %s",
  async (_name, vector) => {
    expect(canonical(vector.node as NodeJson)).toEqual(vector.canonical);
    expect(await textHash(vector.node as NodeJson)).toBe(vector.hash);
  },
);

test("a line break inside bold words reads as the server reads it: without marks", () => {
  const bold = [{ type: "strong" }];
  const lines: NodeJson[] = [{ type: "text", text: "One", marks: bold }, { type: "hard_break", marks: bold }, { type: "text", text: "two" }];
  expect(canonical({ type: "paragraph", content: lines }).content?.[1]).toEqual({ type: "hard_break" });
});

test.each(published.undefined_while_suggestions_are_open.map((vector) => [vector.name, vector] as const))(
  "a wording with an undecided %s has no hash",
  (_name, vector) => {
    expect(() => canonical(vector.node as NodeJson)).toThrow(SuggestionsOpen);
  },
);
