// What people do to a text, each as the editor's own commands do it; by chance, and the same for the same chance.
import { deleteSelection, joinBackward, splitBlock, toggleMark } from "prosemirror-commands";
import { sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, toggleHeaderRow } from "prosemirror-tables";
import { redo, undo } from "y-prosemirror";

/** A small generator, so that a seed says it all (mulberry32). */
export function chanceOf(seed) {
  let now = seed;
  const next = () => {
    now = (now + 0x6d2b79f5) | 0;
    let t = Math.imul(now ^ (now >>> 15), 1 | now);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(next() * count);
  return { next, below, pick: (list) => list[below(list.length)], id: () => Array.from({ length: 32 }, () => "0123456789abcdef"[below(16)]).join("") };
}

const WORDS = ["Zahlung", " of € 1.200,00", "until 31 March", " naïve", "📄", "שלום", "—", " the supplier", "“quoted”", "\\", "e\u0301", "ﬀ", "'", "<b>", "支払い"];

/** Everywhere that a cursor can stand in words: `[start, end]` of each line, or of those within a table or list alone. */
function lines(doc, within = "") {
  const found = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return;
    const around = doc.resolve(pos);
    const isWithin = Array.from({ length: around.depth }, (_, depth) => around.node(depth + 1).type.name).some((name) => name.endsWith(within));
    if (within === "" || isWithin) found.push([pos + 1, pos + 1 + node.content.size]);
  });
  return found;
}

/** A cursor never stands within a character, though some are written as two. */
function beside(doc, pos) {
  return /[\uDC00-\uDFFF]/.test(doc.textBetween(pos, Math.min(pos + 1, doc.content.size))) ? pos - 1 : pos;
}

function selectedSomewhere(state, { pick, below }, longest, within) {
  const all = lines(state.doc, within);
  if (all.length === 0) return null;
  const [start, end] = pick(all);
  const from = beside(state.doc, start + below(end - start + 1));
  const to = beside(state.doc, Math.min(end, from + below(longest)));
  try {
    return state.tr.setSelection(TextSelection.create(state.doc, from, to));
  } catch {
    return null;
  }
}

/** Puts the cursor somewhere and then does `command` there, as one gesture of a person. */
const somewhere =
  (make, longest = 1, within = "") =>
  (chance) =>
  (state, dispatch) => {
    const tr = selectedSomewhere(state, chance, longest, within);
    if (tr === null) return false;
    dispatch(tr);
    return make(chance);
  };

function clauses(doc) {
  const found = [];
  doc.forEach((node, pos) => {
    if (node.type.name === "clause") found.push({ node, pos });
  });
  return found;
}

const paragraph = (schema, words) => schema.node("paragraph", null, words === "" ? [] : [schema.text(words)]);

function clauseOf(schema, chance) {
  return schema.node("clause", { id: chance.id(), from: null }, [paragraph(schema, chance.pick(WORDS) + chance.pick(WORDS))]);
}

function tableOf(schema, chance) {
  const cell = (type) => schema.node(type, null, [paragraph(schema, chance.pick(WORDS))]);
  const row = (type) => schema.node("table_row", null, [cell(type), cell(type)]);
  return schema.node("table", null, [row("table_header"), row("table_cell")]);
}

/** Within a line or a clause: what the whole text and a suggested wording both allow. */
const INSIDE = {
  type: somewhere(({ pick }) => (state, dispatch) => (dispatch(state.tr.insertText(pick(WORDS) + pick(WORDS))), true)),
  erase: somewhere(() => deleteSelection, 12),
  strong: somewhere(() => (state, dispatch) => toggleMark(state.schema.marks.strong)(state, dispatch), 20),
  em: somewhere(() => (state, dispatch) => toggleMark(state.schema.marks.em)(state, dispatch), 20),
  link: somewhere(() => (state, dispatch) => toggleMark(state.schema.marks.link, { href: "https://example.org/a?b=c#d" })(state, dispatch), 20),
  amount: somewhere(() => (state, dispatch) => toggleMark(state.schema.marks.amount, { minor: 320000, currency: "EUR" })(state, dispatch), 20),
  date: somewhere(() => (state, dispatch) => toggleMark(state.schema.marks.date, { on: "2027-03-31" })(state, dispatch), 20),
  refer: somewhere((chance) => (state, dispatch) => {
    // To a clause that is here, or to one that is not.
    const all = clauses(state.doc).map(({ node }) => node.attrs.id);
    dispatch(state.tr.replaceSelectionWith(state.schema.nodes.clause_ref.create({ clause: all.length === 0 ? chance.id() : chance.pick(all) }), false));
    return true;
  }),
  split: somewhere(() => (state, dispatch) => splitListItem(state.schema.nodes.list_item)(state, dispatch) || splitBlock(state, dispatch)),
  join: (chance) => (state, dispatch) => {
    const [start] = chance.pick(lines(state.doc)) ?? [];
    if (start === undefined) return false;
    dispatch(state.tr.setSelection(TextSelection.create(state.doc, start)));
    return joinBackward;
  },
  wrap: somewhere(({ pick }) => (state, dispatch) => wrapInList(state.schema.nodes[pick(["bullet_list", "ordered_list"])])(state, dispatch)),
  sink: somewhere(() => (state, dispatch) => sinkListItem(state.schema.nodes.list_item)(state, dispatch), 1, "list"),
  row: somewhere(({ pick }) => pick([addRowAfter, deleteRow, toggleHeaderRow]), 1, "table"),
  column: somewhere(({ pick }) => pick([addColumnAfter, deleteColumn]), 1, "table"),
};

/** In the whole text. */
const ACROSS = {
  clause: (chance) => (state, dispatch) => {
    const all = clauses(state.doc);
    const pos = all.length === 0 ? state.doc.content.size : ((one) => one.pos + one.node.nodeSize)(chance.pick(all));
    dispatch(state.tr.insert(pos, clauseOf(state.schema, chance)));
    return true;
  },
  remove: (chance) => (state, dispatch) => {
    const all = clauses(state.doc);
    if (all.length < 3) return false;
    const { node, pos } = chance.pick(all);
    dispatch(state.tr.delete(pos, pos + node.nodeSize));
    return true;
  },
  move: (chance) => (state, dispatch) => {
    const all = clauses(state.doc);
    if (all.length < 2) return false;
    const { node, pos } = chance.pick(all);
    const tr = state.tr.delete(pos, pos + node.nodeSize);
    const left = clauses(tr.doc);
    dispatch(tr.insert(chance.pick(left).pos, node));
    return true;
  },
  copy: (chance) => (state, dispatch) => {
    const all = clauses(state.doc);
    if (all.length === 0 || all.length > 8) return false;
    const { node } = chance.pick(all);
    dispatch(state.tr.insert(state.doc.content.size, node));
    return true;
  },
  table: (chance) => (state, dispatch) => {
    const all = clauses(state.doc);
    if (all.length === 0) return false;
    const { node, pos } = chance.pick(all);
    dispatch(state.tr.insert(pos + node.nodeSize - 1, tableOf(state.schema, chance)));
    return true;
  },
  undo: () => undo,
  redo: () => redo,
};

/** A table at the end of a wording that is being suggested. */
const tableAtTheEnd = (chance) => (state, dispatch) => {
  dispatch(state.tr.insert(state.doc.content.size, tableOf(state.schema, chance)));
  return true;
};

// Words are what people mostly write.
const OF_TEXT = [...Array(6).fill("type"), ...Array(2).fill("erase"), ...Object.keys(INSIDE), ...Object.keys(ACROSS)];
const OF_WORDING = [...Array(3).fill("type"), ...Object.keys(INSIDE), "table"];

/** Does something to the text in a browser; returns what, or null when it could not be done there. */
export function edits(writer, chance) {
  const name = chance.pick(OF_TEXT);
  return did(writer, (INSIDE[name] ?? ACROSS[name])(chance)) ? name : null;
}

/** Does something to a wording that is being suggested; `holder` is what holds its state. */
export function rewords(holder, chance) {
  const name = chance.pick(OF_WORDING);
  return did(holder, name === "table" ? tableAtTheEnd(chance) : INSIDE[name](chance)) ? name : null;
}

function did(writer, command) {
  const done = writer.does(command);
  return typeof done === "function" ? writer.does(done) : done;
}
