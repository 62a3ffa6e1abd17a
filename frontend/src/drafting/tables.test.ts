// @vitest-environment happy-dom
import { EditorState } from "prosemirror-state";
import { fixTables } from "prosemirror-tables";
import { ySyncPluginKey } from "y-prosemirror";
import { expect, test } from "vitest";
import { schema } from "./schema";
import { tables } from "./tables";

const { table, table_row, table_cell, paragraph, clause } = schema.nodes;
const cell = (words = "") => table_cell.create(null, paragraph.create(null, words === "" ? null : schema.text(words)));
const row = (...cells: ReturnType<typeof cell>[]) => table_row.create(null, cells);
const ragged = schema.node("doc", null, [clause.create({ id: "a".repeat(32), from: null }, table.create(null, [row(cell("one"), cell()), row(cell("two"))]))]);
const whole = schema.node("doc", null, [clause.create({ id: "a".repeat(32), from: null }, table.create(null, [row(cell("one"), cell()), row(cell("two"), cell())]))]);

const widths = (state: EditorState) => {
  const found: number[] = [];
  state.doc.descendants((node) => {
    if (node.type === table_row) found.push(node.childCount);
  });
  return found;
};

function begun(): EditorState {
  return EditorState.create({ doc: whole, plugins: [tables()] });
}

test("a row that others left short of a cell is shown as everybody has it", () => {
  const before = begun();
  const tr = before.tr.replaceWith(0, before.doc.content.size, ragged.content).setMeta(ySyncPluginKey, { isChangeOrigin: true });
  const after = before.apply(tr);
  expect(widths(after)).toEqual([2, 1]);
  // It does lack one: what mends tables would add it.
  expect(fixTables(after)).toBeDefined();
});

test("it is mended with the next change of one's own in that table", () => {
  const before = begun();
  const shared = before.apply(before.tr.replaceWith(0, before.doc.content.size, ragged.content).setMeta(ySyncPluginKey, { isChangeOrigin: true }));
  let at = 0;
  shared.doc.descendants((node, pos) => {
    if (node.isText && node.text === "two") at = pos;
  });
  expect(widths(shared.apply(shared.tr.insertText("and ", at)))).toEqual([2, 2]);
});
