import { useLingui } from "@lingui/react/macro";
import { setBlockType, toggleMark } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection, type Command, type EditorState } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import { useState } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components";
import { redo, undo } from "y-prosemirror";
import { Button, IconButton, Menu } from "../ui";
import { clausesOf, newClause } from "./clauses";
import { InsertMenu } from "./Insert";
import { LinkDialog } from "./LinkDialog";
import { schema } from "./schema";

const { paragraph, heading, bullet_list: bullets, ordered_list: numbers, list_item: item } = schema.nodes;
const { strong, em, link } = schema.marks;

function hasMark(state: EditorState, mark: typeof strong): boolean {
  const { from, to, empty, $from } = state.selection;
  return empty ? mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, mark);
}

function isIn(state: EditorState, type: typeof paragraph): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

const toggleHeading: Command = (state, dispatch, view) =>
  (isIn(state, heading) ? setBlockType(paragraph) : setBlockType(heading, { level: 2 }))(state, dispatch, view);

const toggleList =
  (type: typeof bullets): Command =>
  (state, dispatch, view) =>
    (isIn(state, type) ? liftListItem(item) : wrapInList(type))(state, dispatch, view);

const insertTable: Command = (state, dispatch) => {
  const cell = () => schema.nodes.table_cell.create(null, paragraph.create());
  const head = () => schema.nodes.table_header.create(null, paragraph.create());
  const row = (make: () => ReturnType<typeof cell>) => schema.nodes.table_row.create(null, [make(), make()]);
  const table = schema.nodes.table.create(null, [row(head), row(cell), row(cell)]);
  const tr = state.tr.replaceSelectionWith(table);
  // The cursor goes into the first cell, where one begins to write.
  const heads: number[] = [];
  tr.doc.nodesBetween(tr.mapping.map(state.selection.from, -1), tr.doc.content.size, (node, pos) => {
    if (node.type === schema.nodes.table_header) heads.push(pos);
    return heads.length === 0;
  });
  if (heads[0] !== undefined) tr.setSelection(TextSelection.near(tr.doc.resolve(heads[0] + 1)));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** `state` makes the buttons follow the cursor; every button acts on `view` and gives the focus back to the text. */
export function Toolbar({ view, state, currency }: { view: EditorView; state: EditorState; currency?: string | undefined }) {
  const { t } = useLingui();
  const [linking, setLinking] = useState(false);
  const run = (command: Command) => () => {
    command(view.state, view.dispatch, view);
    view.focus();
  };
  const inTable = isInTable(state);
  return (
    <AriaToolbar className="editor-toolbar not-in-print" aria-label={t`Writing tools`}>
      <Button small kind="plain" icon="clause" onPress={run(newClause)}>
        {t`New clause`}
      </Button>
      <IconButton icon="bold" label={t`Bold`} aria-pressed={hasMark(state, strong)} onPress={run(toggleMark(strong))} />
      <IconButton icon="italic" label={t`Italic`} aria-pressed={hasMark(state, em)} onPress={run(toggleMark(em))} />
      <IconButton icon="heading" label={t`Heading`} aria-pressed={isIn(state, heading)} onPress={run(toggleHeading)} />
      <IconButton icon="bullets" label={t`List`} aria-pressed={isIn(state, bullets)} onPress={run(toggleList(bullets))} />
      <IconButton icon="numbers" label={t`Numbered list`} aria-pressed={isIn(state, numbers)} onPress={run(toggleList(numbers))} />
      <IconButton icon="link" label={t`Link`} aria-pressed={hasMark(state, link)} onPress={() => setLinking(true)} />
      {inTable ? (
        <Menu
          label={t`Table`}
          trigger={<IconButton icon="grid" label={t`Table`} />}
          groups={[
            [
              { id: "row", label: t`Add a row`, onAction: run(addRowAfter) },
              { id: "column", label: t`Add a column`, onAction: run(addColumnAfter) },
            ],
            [
              { id: "no-row", label: t`Remove this row`, onAction: run(deleteRow) },
              { id: "no-column", label: t`Remove this column`, onAction: run(deleteColumn) },
              { id: "no-table", label: t`Remove the table`, onAction: run(deleteTable) },
            ],
          ]}
        />
      ) : (
        <IconButton icon="grid" label={t`Insert a table`} onPress={run(insertTable)} />
      )}
      <InsertMenu view={view} clauses={clausesOf(state.doc)} currency={currency} />
      <IconButton icon="undo" label={t`Undo`} onPress={run(undo)} />
      <IconButton icon="redo" label={t`Redo`} onPress={run(redo)} />
      <LinkDialog key={String(linking)} view={view} isOpen={linking} onOpenChange={setLinking} />
    </AriaToolbar>
  );
}
