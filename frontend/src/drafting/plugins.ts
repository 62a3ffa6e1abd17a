/** How the text behaves under the hands: keys, lists, tables, undo of one's own changes alone. */
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { type Command, EditorState, type Plugin, Selection, TextSelection } from "prosemirror-state";
import { goToNextCell } from "prosemirror-tables";
import { initProseMirrorDoc, redo, undo, ySyncPlugin, yUndoPlugin } from "y-prosemirror";
import { anchors } from "./anchors";
import { authors } from "./authors";
import { type Beside, readTogether } from "./besideClauses";
import { carets } from "./carets";
import { leaveClause, newClause, numbering, removeEmptyClause, uniqueClauseIds, type DescribeSource } from "./clauses";
import { references, type ReferencesIn } from "./references";
import { schema } from "./schema";
import type { SharedText } from "./sharedText";
import { tables } from "./tables";

const { list_item: listItem, hard_break: hardBreak } = schema.nodes;

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView());
  return true;
};

/** To the very end of the text, or its beginning: the browser's own way ends in what stands beside a clause. */
const toEdge =
  (edge: "start" | "end", extend: boolean): Command =>
  (state, dispatch) => {
    const there = edge === "start" ? Selection.atStart(state.doc) : Selection.atEnd(state.doc);
    const selection = extend ? TextSelection.between(state.selection.$anchor, there.$head) : there;
    dispatch?.(state.tr.setSelection(selection).scrollIntoView());
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
  "Ctrl-Home": toEdge("start", false),
  "Ctrl-End": toEdge("end", false),
  "Shift-Ctrl-Home": toEdge("start", true),
  "Shift-Ctrl-End": toEdge("end", true),
  "Mod-]": sinkListItem(listItem),
  "Mod-[": liftListItem(listItem),
  Enter: chainCommands(splitListItem(listItem), liftListItem(listItem), leaveClause),
  Backspace: removeEmptyClause,
  Tab: goToNextCell(1),
  "Shift-Tab": goToNextCell(-1),
};

/** What the text asks of the page around it, and tells it. */
export interface Around {
  describe: DescribeSource;
  beside: Beside;
  /** Remarks under a press, the innermost first, and where it was. */
  onPress: (remarks: readonly string[], at: number) => void;
  looks: ReferencesIn;
  onGo: (clause: string) => void;
}

/** The state to begin with: the text as it has arrived, and everything that keeps it so. */
export function firstState(text: SharedText, around: Around): EditorState {
  // An empty text has no block to put the cursor in; then ProseMirror's own first paragraph is taken.
  if (text.fragment.length === 0) return EditorState.create({ schema, plugins: [ySyncPlugin(text.fragment) as Plugin, ...plugins(text, around)] });
  const { doc, mapping } = initProseMirrorDoc(text.fragment, schema);
  return EditorState.create({ doc, plugins: [ySyncPlugin(text.fragment, { mapping }) as Plugin, ...plugins(text, around)] });
}

function plugins(text: SharedText, { describe, beside, onPress, looks, onGo }: Around): Plugin[] {
  return [
    carets(text.awareness, text.telling),
    yUndoPlugin() as Plugin,
    numbering(describe),
    references(looks, onGo),
    beside.plugin(),
    readTogether(),
    anchors(onPress),
    authors(),
    uniqueClauseIds(),
    inputRules({
      rules: [
        wrappingInputRule(/^\s*[-*]\s$/, schema.nodes.bullet_list),
        wrappingInputRule(/^\((\d+)\)\s$/, schema.nodes.ordered_list, (match) => ({ order: Number(match[1]) })),
      ],
    }),
    keymap(keys),
    keymap(baseKeymap),
    tables(),
    dropCursor({ class: "drop-cursor", color: false }),
    gapCursor(),
  ];
}
