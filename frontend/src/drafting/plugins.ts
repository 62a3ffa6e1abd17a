/** How the text behaves under the hands: keys, lists, tables, undo of one's own changes alone. */
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, type Command, type Plugin } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { initProseMirrorDoc, redo, undo, ySyncPlugin, yUndoPlugin } from "y-prosemirror";
import { anchors } from "./anchors";
import { type Beside, readTogether } from "./besideClauses";
import { carets } from "./carets";
import { leaveClause, newClause, numbering, removeEmptyClause, uniqueClauseIds, type DescribeSource } from "./clauses";
import { schema } from "./schema";
import type { SharedText } from "./sharedText";

const { list_item: listItem, hard_break: hardBreak } = schema.nodes;

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView());
  return true;
};

/** `Tab` moves between the cells of a table and otherwise leaves the text, as everywhere on a page. */
const keys: Record<string, Command> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-b": toggleMark(schema.marks.strong),
  "Mod-i": toggleMark(schema.marks.em),
  "Mod-Enter": newClause,
  "Shift-Enter": insertBreak,
  "Mod-]": sinkListItem(listItem),
  "Mod-[": liftListItem(listItem),
  Enter: chainCommands(splitListItem(listItem), liftListItem(listItem), leaveClause),
  Backspace: removeEmptyClause,
  Tab: goToNextCell(1),
  "Shift-Tab": goToNextCell(-1),
};

/** The state to begin with: the text as it has arrived, and everything that keeps it so. */
export function firstState(text: SharedText, describe: DescribeSource, beside: Beside, onPress: (remarks: readonly string[], at: number) => void): EditorState {
  // An empty text has no block to put the cursor in; then ProseMirror's own first paragraph is taken.
  if (text.fragment.length === 0) return EditorState.create({ schema, plugins: [ySyncPlugin(text.fragment) as Plugin, ...plugins(text, describe, beside, onPress)] });
  const { doc, mapping } = initProseMirrorDoc(text.fragment, schema);
  return EditorState.create({ doc, plugins: [ySyncPlugin(text.fragment, { mapping }) as Plugin, ...plugins(text, describe, beside, onPress)] });
}

function plugins(text: SharedText, describe: DescribeSource, beside: Beside, onPress: (remarks: readonly string[], at: number) => void): Plugin[] {
  return [
    carets(text.awareness, text.telling),
    yUndoPlugin() as Plugin,
    numbering(describe),
    beside.plugin(),
    readTogether(),
    anchors(onPress),
    uniqueClauseIds(),
    inputRules({
      rules: [
        wrappingInputRule(/^\s*[-*]\s$/, schema.nodes.bullet_list),
        wrappingInputRule(/^\((\d+)\)\s$/, schema.nodes.ordered_list, (match) => ({ order: Number(match[1]) })),
      ],
    }),
    keymap(keys),
    keymap(baseKeymap),
    tableEditing(),
    dropCursor({ class: "drop-cursor", color: false }),
    gapCursor(),
  ];
}
