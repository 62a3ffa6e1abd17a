import type { EditorState } from "prosemirror-state";
import { expect, test } from "vitest";
import type { NodeJson } from "./canonical";
import { clauseOfWords, isEmptyWording, wordsOf } from "./clauseJson";
import { oneClauseState, redo, undo, wordingOf } from "./oneClause";

const ID = "a".repeat(32);

function after(state: EditorState, command: typeof undo): EditorState {
  let next = state;
  command(state, (tr) => {
    next = state.apply(tr);
  });
  return next;
}

test("a clause that nobody touched is suggested exactly as it was", () => {
  const rich: NodeJson = {
    type: "clause",
    attrs: { id: ID, from: `offer:${"b".repeat(32)}` },
    content: [
      { type: "paragraph", content: [{ type: "text", text: "Pay " }, { type: "text", marks: [{ type: "strong" }], text: "500" }] },
      { type: "bullet_list", content: [{ type: "list_item", content: [{ type: "paragraph", content: [{ type: "text", text: "on Monday" }] }] }] },
    ],
  };
  expect(wordingOf(oneClauseState(rich))).toEqual(rich);
});

test("a changed wording keeps the id and the source of its clause", () => {
  const state = oneClauseState(clauseOfWords(ID, "Pay 500."));
  const changed = state.apply(state.tr.insertText("9", 5, 6));
  expect(wordingOf(changed)).toEqual(clauseOfWords(ID, "Pay 900."));
});

test("what was written can be taken back and brought again", () => {
  const state = oneClauseState(clauseOfWords(ID, "One."));
  const written = state.apply(state.tr.insertText(" Two.", 5).setTime(10_000));
  const more = written.apply(written.tr.insertText(" Three.", 10).setTime(20_000));
  const once = after(more, undo);
  expect(wordsOf(wordingOf(once))).toBe("One. Two.");
  expect(wordsOf(wordingOf(after(once, undo)))).toBe("One.");
  expect(wordsOf(wordingOf(after(once, redo)))).toBe("One. Two. Three.");
});

test("something that is no clause is refused", () => {
  expect(() => oneClauseState({ type: "clause", attrs: { id: ID }, content: [{ type: "text", text: "loose" }] })).toThrow(RangeError);
});

test("a wording of blanks is empty", () => {
  expect(isEmptyWording(clauseOfWords(ID, " \n "))).toBe(true);
  expect(isEmptyWording(clauseOfWords(ID, "x"))).toBe(false);
  expect(wordsOf(clauseOfWords(ID, "a\n\nb"))).toBe("a\nb");
});
