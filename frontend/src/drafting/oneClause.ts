/** A copy of one clause to write in: the settlement's own schema with a clause for its top, so that it stays one clause. */
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { Schema } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { type Command, EditorState, Plugin, PluginKey } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { canonical, type NodeJson } from "./canonical";
import { references, type ReferencesIn } from "./references";
import { schema } from "./schema";

export const clauseSchema = new Schema({ nodes: schema.spec.nodes, marks: schema.spec.marks, topNode: "clause" });

function known<T>(all: Readonly<Record<string, T>>, name: string): T {
  const found = all[name];
  if (found === undefined) throw new RangeError(`The schema has no ${name}.`);
  return found;
}

const listItem = known(clauseSchema.nodes, "list_item");
const hardBreak = known(clauseSchema.nodes, "hard_break");
const strong = known(clauseSchema.marks, "strong");
const em = known(clauseSchema.marks, "em");

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView());
  return true;
};

/** Words written within this time of each other are taken back together. */
const TOGETHER_MS = 600;

interface Past {
  done: readonly EditorState["doc"][];
  undone: readonly EditorState["doc"][];
  at: number;
}

const pastKey = new PluginKey<Past>("past");

/** Nobody else writes in this copy, so that taking back is going back to an earlier copy. */
const past = new Plugin<Past>({
  key: pastKey,
  state: {
    init: () => ({ done: [], undone: [], at: 0 }),
    apply(tr, now, before) {
      const given = tr.getMeta(pastKey) as Past | undefined;
      if (given !== undefined) return given;
      if (!tr.docChanged) return now;
      const isMore = tr.time - now.at < TOGETHER_MS;
      return { done: isMore && now.done.length > 0 ? now.done : [...now.done, before.doc], undone: [], at: tr.time };
    },
  },
});

const goTo =
  (from: "done" | "undone", to: "done" | "undone"): Command =>
  (state, dispatch) => {
    const now = pastKey.getState(state);
    const doc = now?.[from].at(-1);
    if (now === undefined || doc === undefined) return false;
    const meta = { done: now.done, undone: now.undone, [from]: now[from].slice(0, -1), [to]: [...now[to], state.doc], at: 0 };
    dispatch?.(state.tr.replaceWith(0, state.doc.content.size, doc.content).setMeta(pastKey, meta));
    return true;
  };

export const undo = goTo("done", "undone");
export const redo = goTo("undone", "done");

/** The state to begin with. Throws a `RangeError` for a clause that is none. */
export function oneClauseState(clause: NodeJson, looks: ReferencesIn = () => () => ({ words: "…", isGone: false })): EditorState {
  const doc = clauseSchema.nodeFromJSON(clause);
  doc.check();
  return EditorState.create({
    doc,
    plugins: [
      past,
      references(looks, () => undefined),
      keymap({
        "Mod-z": undo,
        "Mod-y": redo,
        "Shift-Mod-z": redo,
        "Mod-b": toggleMark(strong),
        "Mod-i": toggleMark(em),
        "Shift-Enter": insertBreak,
        "Mod-]": sinkListItem(listItem),
        "Mod-[": liftListItem(listItem),
        Enter: chainCommands(splitListItem(listItem), liftListItem(listItem)),
        Tab: goToNextCell(1),
        "Shift-Tab": goToNextCell(-1),
      }),
      keymap(baseKeymap),
      tableEditing(),
    ],
  });
}

/** The wording as it is suggested: canonical, with the id that the clause has. */
export function wordingOf(state: EditorState): NodeJson {
  return canonical(state.doc.toJSON() as NodeJson);
}
