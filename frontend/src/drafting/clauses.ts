/** Numbered clauses: numbers are drawn and never stored, every clause has an id of its own, and keeps its source once. */
import type { Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { newCommandId } from "../api/client";
import type { Selected } from "./anchors";
import type { NodeJson } from "./canonical";
import { cameFromOthers } from "./others";
import { marking, type Promised, type PromisedValue } from "./promises";
import { type ClauseSource, schema } from "./schema";

/** A clause as the page beside the text needs it. */
export interface ClauseInfo {
  id: string;
  number: number;
  from: ClauseSource | null;
  text: string;
  node: Node;
}

interface PlacedClause extends ClauseInfo {
  pos: number;
}

function placedClauses(doc: Node): PlacedClause[] {
  const all: PlacedClause[] = [];
  doc.forEach((node, pos) => {
    if (node.type !== schema.nodes.clause) return;
    const { id, from } = node.attrs as { id: string | null; from: ClauseSource | null };
    all.push({ id: id ?? "", number: all.length + 1, from, text: node.textBetween(0, node.content.size, "\n", (leaf) => (leaf.type === schema.nodes.clause_ref ? "…" : "")), node, pos });
  });
  return all;
}

/** The clauses in their order. */
export function clausesOf(doc: Node): ClauseInfo[] {
  return placedClauses(doc);
}

/** Words for where a clause came from, or `null` to say nothing. */
export type DescribeSource = (from: ClauseSource) => string | null;

export const numberingKey = new PluginKey<DecorationSet>("clause numbers");

function decorate(doc: Node, describe: DescribeSource): DecorationSet {
  const drawn: Decoration[] = [];
  for (const clause of placedClauses(doc)) {
    drawn.push(Decoration.node(clause.pos, clause.pos + clause.node.nodeSize, { "data-number": String(clause.number) }));
    const words = clause.from === null ? null : describe(clause.from);
    if (words === null) continue;
    drawn.push(
      Decoration.widget(
        clause.pos + clause.node.nodeSize - 1,
        () => {
          const line = document.createElement("p");
          line.className = "clause-source";
          line.contentEditable = "false";
          line.textContent = words;
          return line;
        },
        { side: 1, key: `${clause.id} ${words}`, ignoreSelection: true },
      ),
    );
  }
  return DecorationSet.create(doc, drawn);
}

/** Draws the numbers and the sources. `describe` is asked again whenever the text changes. */
export function numbering(describe: DescribeSource): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: numberingKey,
    state: {
      init: (_, state) => decorate(state.doc, describe),
      apply: (tr, now) => (tr.docChanged || tr.getMeta(numberingKey) !== undefined ? decorate(tr.doc, describe) : now),
    },
    props: { decorations: (state) => numberingKey.getState(state) },
  });
}

/** After a paste or a split: the clause that was there keeps its id and its source, the copy gets a new id and none. */
export function uniqueClauseIds(makeId: () => string = newCommandId): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, after) {
      const own = transactions.filter((tr) => tr.docChanged && !cameFromOthers(tr));
      if (own.length === 0) return null;
      const keeper = new Map<string, number>();
      for (const clause of placedClauses(before.doc)) {
        let pos = clause.pos;
        let gone = false;
        for (const tr of transactions) {
          const mapped = tr.mapping.mapResult(pos, 1);
          pos = mapped.pos;
          gone ||= mapped.deletedAfter;
        }
        if (!gone) keeper.set(clause.id, pos);
      }
      const seen = new Set<string>();
      const tr = after.tr;
      for (const clause of placedClauses(after.doc)) {
        const kept = keeper.get(clause.id);
        const isCopy = seen.has(clause.id) || (kept !== undefined && kept !== clause.pos);
        if (clause.id === "" || isCopy) {
          tr.setNodeMarkup(clause.pos, undefined, { ...clause.node.attrs, id: makeId(), ...(isCopy ? { from: null } : {}) });
        } else seen.add(clause.id);
      }
      return tr.docChanged ? tr : null;
    },
  });
}

function clauseNode(id: string, from: ClauseSource | null, text: string): Node {
  return schema.nodes.clause.create({ id, from }, paragraphsOf(text));
}

function paragraphsOf(text: string): Node[] {
  const paragraphs = text
    .split(/\n+/u)
    .map((line) => line.trim())
    .filter((line, _index, all) => line !== "" || all.length === 1)
    .map((line) => schema.nodes.paragraph.create(null, line === "" ? null : schema.text(line)));
  return paragraphs.length === 0 ? [schema.nodes.paragraph.create()] : paragraphs;
}

/** Where the block of the document that holds the selection ends. */
function afterSelectedBlock(state: EditorState): number {
  const { $to } = state.selection;
  return $to.depth === 0 ? $to.pos : $to.after(1);
}

function isBlank(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type === schema.nodes.paragraph && doc.firstChild.content.size === 0;
}

/** A new empty clause after the one the cursor is in, or around the paragraph it is in. */
export const newClause: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const block = $from.depth === 0 ? null : $from.node(1);
  const tr = state.tr;
  if (block?.type === schema.nodes.paragraph) {
    const pos = $from.before(1);
    tr.replaceWith(pos, pos + block.nodeSize, schema.nodes.clause.create({ id: newCommandId(), from: null }, block));
    tr.setSelection(TextSelection.create(tr.doc, $from.pos + 1));
  } else {
    const pos = afterSelectedBlock(state);
    tr.insert(pos, clauseNode(newCommandId(), null, ""));
    tr.setSelection(TextSelection.create(tr.doc, pos + 2));
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Enter in an empty last line of a clause begins the next clause. */
export const leaveClause: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 2 || $from.parent.content.size > 0) return false;
  const clause = $from.node(1);
  if (clause.type !== schema.nodes.clause || clause.childCount < 2 || $from.index(1) !== clause.childCount - 1) return false;
  if (dispatch) {
    const tr = state.tr.delete($from.before(), $from.after());
    const pos = tr.mapping.map($from.after(1));
    tr.insert(pos, clauseNode(newCommandId(), null, ""));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 2)).scrollIntoView());
  }
  return true;
};

/** Backspace in a clause that holds nothing removes it. */
export const removeEmptyClause: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 2) return false;
  const clause = $from.node(1);
  if (clause.type !== schema.nodes.clause || clause.childCount !== 1 || clause.textContent !== "") return false;
  if (dispatch) {
    const pos = $from.before(1);
    const tr = state.doc.childCount === 1 ? state.tr.replaceWith(pos, pos + clause.nodeSize, schema.nodes.paragraph.create()) : state.tr.delete(pos, pos + clause.nodeSize);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(0, pos - 1)), -1)).scrollIntoView());
  }
  return true;
};

/** `already`: there is a clause from this source, with the id given. */
export type Inserted = { inserted: true; id: string } | { inserted: false; why: "already" | "readonly"; id: string };

/** Put a clause made of a statement or an offer at the end. The same source is never taken twice. */
export function insertClause(view: EditorView, clause: { id: string; from: ClauseSource; text: string }): Inserted {
  const known = placedClauses(view.state.doc).find((one) => one.from === clause.from);
  if (known !== undefined) {
    showClause(view, known.id);
    return { inserted: false, why: "already", id: known.id };
  }
  if (!view.editable) return { inserted: false, why: "readonly", id: clause.id };
  const { doc, tr } = view.state;
  const node = clauseNode(clause.id, clause.from, clause.text);
  if (isBlank(doc)) tr.replaceWith(0, doc.content.size, node);
  else tr.insert(doc.content.size, node);
  view.dispatch(tr);
  showClause(view, clause.id);
  return { inserted: true, id: clause.id };
}

/** Put a clause with these words behind another one, or before the first; false while the text cannot be written in. */
export function insertWords(view: EditorView, id: string, words: string, after: string | null): boolean {
  if (!view.editable) return false;
  const { doc, tr } = view.state;
  const clauses = placedClauses(doc);
  const before = clauses.find((one) => one.id === after);
  const node = clauseNode(id, null, words);
  if (isBlank(doc)) tr.replaceWith(0, doc.content.size, node);
  else if (before !== undefined) tr.insert(before.pos + before.node.nodeSize, node);
  else tr.insert(after === null ? (clauses[0]?.pos ?? doc.content.size) : doc.content.size, node);
  view.dispatch(tr);
  showClause(view, id);
  return true;
}

/** Mark words of a clause; they must still be there. */
export function markWords(view: EditorView, id: string, { from, to, words }: Promised, value: PromisedValue): boolean {
  const clause = placedClauses(view.state.doc).find((one) => one.id === id);
  if (clause === undefined || !view.editable) return false;
  const start = clause.pos + 1;
  if (to > clause.node.content.size || view.state.doc.textBetween(start + from, start + to) !== words) return false;
  view.dispatch(marking(view.state, start + from, start + to, value));
  return true;
}

/** Put whole clauses at the end, in their order; false while the text cannot be written in. */
export function insertClauses(view: EditorView, clauses: readonly NodeJson[]): boolean {
  const first = clauses[0];
  if (!view.editable || first === undefined) return false;
  const nodes = clauses.map((one) => schema.nodeFromJSON(one));
  for (const node of nodes) node.check();
  const { doc, tr } = view.state;
  if (isBlank(doc)) tr.replaceWith(0, doc.content.size, nodes);
  else tr.insert(doc.content.size, nodes);
  view.dispatch(tr);
  showClause(view, String(first.attrs?.["id"]));
  return true;
}

/** Bring a clause into sight, without touching the cursor. */
export function lookAtClause(view: EditorView, id: string): void {
  const clause = placedClauses(view.state.doc).find((one) => one.id === id);
  if (clause === undefined) return;
  const dom = view.nodeDOM(clause.pos);
  if (dom instanceof HTMLElement) dom.scrollIntoView({ block: "center" });
}

/** Bring a clause into sight and put the cursor at its end. */
export function showClause(view: EditorView, id: string): void {
  const clause = placedClauses(view.state.doc).find((one) => one.id === id);
  if (clause === undefined) return;
  const end = TextSelection.near(view.state.doc.resolve(clause.pos + clause.node.nodeSize - 1), -1);
  view.dispatch(view.state.tr.setSelection(end).scrollIntoView());
  const dom = view.nodeDOM(clause.pos);
  if (dom instanceof HTMLElement) dom.scrollIntoView({ block: "center" });
}

/** What the page around the editor may do with it, once the document has arrived. */
export interface EditorHandle {
  /** Put a clause made of a statement or an offer at the end; the same source is refused a second time. */
  insertClause: (clause: { id: string; from: ClauseSource; text: string }) => Inserted;
  /** Put a clause with these words behind another one, or with null before the first. */
  insertWords: (id: string, words: string, after: string | null) => boolean;
  /** Put whole clauses, with ids that are in no text yet, at the end. */
  insertClauses: (clauses: readonly NodeJson[]) => boolean;
  showClause: (id: string) => void;
  /** Bring a clause into sight and the focus to what stands beside it. */
  goBeside: (id: string) => void;
  /** The words that are selected within a clause, and nowhere else. */
  selectedIn: (id: string) => Selected | null;
  /** Mark words of a clause with what they promise; false when they read differently by now or nobody may write. */
  mark: (id: string, promised: Promised, value: PromisedValue) => boolean;
  /** Bring remarked words into sight and set them off until others are. */
  showRemark: (id: string) => void;
}

/** The text as it stands in this browser. */
export interface TextNow {
  clauses: readonly ClauseInfo[];
  node: NodeJson;
}
