// Each kind of change that somebody may suggest, made with the editor in which one suggests, while two others write in
// the text and everybody reloads between the suggestion and its acceptance. Prints {name, base, wanted, found} for each,
// with the clause as it was, as it was suggested, and as everybody reads it afterwards.
import { splitBlock, toggleMark } from "prosemirror-commands";
import { sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, CellSelection, deleteColumn, deleteRow, deleteTable, mergeCells, splitCell, toggleHeaderRow } from "prosemirror-tables";
import { agree, Failed, hashOf, newId, Seat, until, Writer } from "./writer.mjs";

const SRC = `${process.env.FRONTEND}/src`;
const { schema } = await import(`${SRC}/drafting/schema.ts`);
const { canonical } = await import(`${SRC}/drafting/canonical.ts`);
const { clauseSchema, oneClauseState, wordingOf } = await import(`${SRC}/drafting/oneClause.ts`);
const { anotherWording, newClause, toMove, toRemove } = await import(`${SRC}/case/settlement/suggesting.ts`);

const [ABOVE, PLAIN, TABLE, BELOW] = ["a", "b", "c", "d"].map((digit) => digit.repeat(32));
const NEW = "e".repeat(32);
const WORDS = "Larkspur pays € 3,200.00 by 31 March 2027. 🙂";

const p = (...content) => ({ type: "paragraph", ...(content.length > 0 ? { content } : {}) });
const text = (words, ...marks) => ({ type: "text", text: words, ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}) });
const cell = (words, type = "table_cell") => ({ type, content: [p(text(words))] });
const row = (...content) => ({ type: "table_row", content });
const clause = (id, ...content) => ({ type: "clause", attrs: { id }, content });
const FIRST = () => [
  clause(ABOVE, p(text("Above."))),
  clause(PLAIN, p(text(WORDS)), p(text("And no more."))),
  clause(TABLE, p(text("In parts:")), { type: "table", content: [row(cell("When", "table_header"), cell("What", "table_header")), row(cell("May"), cell("€ 100"))] }),
  clause(BELOW, p(text("Below."))),
];

/** Puts the cursor around these words, then does what the editor's command does. */
const at = (words, command, end = words) => (state, dispatch) => {
  let from = -1;
  let to = -1;
  state.doc.descendants((node, pos) => {
    if (node.isText && from < 0 && node.text.includes(words)) from = pos + node.text.indexOf(words);
    if (node.isText && node.text.includes(end)) to = pos + node.text.indexOf(end) + end.length;
  });
  if (from < 0 || to < 0) throw new Failed(`nothing reads ${words}`);
  dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
  return command;
};
const says = (words) => (state, dispatch) => (dispatch(state.tr.insertText(words)), true);
const erase = (state, dispatch) => (dispatch(state.tr.deleteSelection()), true);
const cells = (command) => (state, dispatch) => {
  const found = [];
  state.doc.descendants((node, pos) => void (node.type.spec.tableRole?.endsWith("cell") && found.push(pos)));
  dispatch(state.tr.setSelection(CellSelection.create(state.doc, found[0], found[1])));
  return command;
};
const { nodes, marks } = clauseSchema;
const atTheEnd = (content) => (state, dispatch) => (dispatch(state.tr.insert(state.doc.content.size, clauseSchema.nodeFromJSON(content))), true);

/** In which clause, and one gesture after another. */
const REWORDINGS = {
  "words more": [PLAIN, at("more", says("less"))],
  "words less": [PLAIN, at(" by 31 March 2027", erase)],
  "words in other scripts": [PLAIN, at("more", says("支払い שלום e\u0301 📄"))],
  "made strong": [PLAIN, at("€ 3,200.00", toggleMark(marks.strong))],
  "made strong and slanted across each other": [PLAIN, at("pays", toggleMark(marks.strong), "3,200"), at("3,200", toggleMark(marks.em), "March")],
  "made a link": [PLAIN, at("March", toggleMark(marks.link, { href: "https://example.org/a?b=c#d" }))],
  "an amount marked": [PLAIN, at("€ 3,200.00", toggleMark(marks.amount, { minor: 320000, currency: "EUR" }))],
  "a day marked, and strong": [PLAIN, at("31 March 2027", toggleMark(marks.date, { on: "2027-03-31" })), at("March", toggleMark(marks.strong))],
  "a reference to another clause": [PLAIN, at(" more", (state, dispatch) => (dispatch(state.tr.replaceSelectionWith(nodes.clause_ref.create({ clause: TABLE }), false)), true))],
  "a line broken off": [PLAIN, at(" by", (state, dispatch) => (dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create())), true))],
  "a paragraph more": [PLAIN, at(" by 31", splitBlock)],
  "a paragraph less": [PLAIN, at("And no more.", (state, dispatch) => (dispatch(state.tr.delete(state.selection.$from.before(), state.selection.$from.after())), true))],
  "a list of points": [PLAIN, at("And no more.", wrapInList(nodes.bullet_list))],
  "a numbered list with a list in it": [
    PLAIN,
    at("And no more.", wrapInList(nodes.ordered_list, { order: 3 })),
    at(" no", splitListItem(nodes.list_item)),
    at("more", sinkListItem(nodes.list_item)),
  ],
  "a table put in": [PLAIN, atTheEnd({ type: "table", content: [row(cell("One"), cell("Two"))] })],
  "a table taken out": [TABLE, at("May", deleteTable)],
  "a row more": [TABLE, at("May", addRowAfter)],
  "a row less": [TABLE, at("May", deleteRow)],
  "a column more": [TABLE, at("May", addColumnAfter)],
  "a column less": [TABLE, at("May", deleteColumn)],
  "cells made one": [TABLE, cells(mergeCells)],
  "cells made one and two again": [TABLE, cells(mergeCells), at("When", splitCell)],
  "a heading row made an ordinary one": [TABLE, at("When", toggleHeaderRow)],
  "words in a cell": [TABLE, at("€ 100", says("€ 200"))],
};

function reworded(base, gestures) {
  const holder = { state: oneClauseState(base) };
  holder.does = (command) => command(holder.state, (tr) => (holder.state = holder.state.apply(tr)));
  for (const gesture of gestures) if (does(holder, gesture) === false) throw new Failed("the editor does not do that");
  return wordingOf(holder.state);
}

function does(writer, gesture) {
  const next = writer.does(gesture);
  return typeof next === "function" ? writer.does(next) : next;
}

async function tells(name, { mediator, principal }, document, suggest) {
  const writers = [mediator, mediator, principal].map((seat) => new Writer(seat, document));
  const [one, other, reader] = writers;
  await Promise.all(writers.map((writer) => writer.opens()));
  const suggestion = newId();
  const { fields, check } = await suggest(reader);
  await principal.must("suggestions", { command_id: suggestion, ...fields });
  // Two write at once, on either side of it; everybody loads the page anew; and they go on writing while it is accepted.
  for (const [writer, words] of [[one, "Above"], [other, "Below"]]) for (const letter of " and more") does(writer, at(words, (state, dispatch) => (dispatch(state.tr.insertText(letter, state.selection.to)), true)));
  await until(() => writers.every((writer) => writer.isSaved), `${name}: saved`);
  await Promise.all(writers.map((writer) => writer.reloads()));
  const accepted = mediator.must("suggestion-acceptances", { suggestion });
  for (const [writer, words] of [[one, "Above"], [other, "Below"]]) does(writer, at(words, says(`${words}!`)));
  await accepted;
  const { node } = await agree(mediator, writers);
  for (const words of ["Above!", "Below!"]) if (!JSON.stringify(node).includes(words)) throw new Failed(`${name}: "${words}" was lost: ${JSON.stringify(node)}`);
  for (const writer of writers) writer.closes();
  process.stdout.write(`${JSON.stringify({ name, ...check(node) })}\n`);
}

const inText = (node, id) => node.content.find((child) => child.attrs?.id === id) ?? null;
const order = (node) => node.content.map((child) => child.attrs?.id?.[0] ?? child.type);

const tellings = [
  ...Object.entries(REWORDINGS).map(([name, [id, ...gestures]]) => [
    name,
    async (reader, document) => {
      const here = reader.clauses.find((one) => one.id === id).node.toJSON();
      const wanted = reworded(here, gestures);
      const fields = anotherWording({ document, clause: id, hash: await hashOf(here), why: "" }, wanted);
      return { fields, check: (node) => ({ base: canonical(here), wanted, found: inText(node, id) }) };
    },
  ]),
  [
    "a clause more",
    async (_reader, document) => {
      const wanted = canonical(clause(NEW, p(text("One more.", "em"))));
      return { fields: newClause({ document, clause: NEW, why: "" }, PLAIN, wanted), check: (node) => ({ base: null, wanted: [wanted, "a b e c d"], found: [inText(node, NEW), order(node).join(" ")] }) };
    },
  ],
  [
    "a clause less",
    async (reader, document) => {
      const here = reader.clauses.find((one) => one.id === PLAIN).node.toJSON();
      return { fields: toRemove({ document, clause: PLAIN, hash: await hashOf(here), why: "" }), check: (node) => ({ base: canonical(here), wanted: "a c d", found: order(node).join(" ") }) };
    },
  ],
  ...[
    ["to the beginning", null, "c a b d"],
    ["to the end", BELOW, "a b d c"],
  ].map(([name, after, wanted]) => [
    `a clause moved ${name}`,
    async (reader, document) => {
      const here = reader.clauses.find((one) => one.id === TABLE).node.toJSON();
      const fields = toMove({ document, clause: TABLE, hash: await hashOf(here), why: "" }, after);
      return { fields, check: (node) => ({ base: "a b c d", wanted: [canonical(here), wanted], found: [inText(node, TABLE), order(node).join(" ")] }) };
    },
  ]),
];

/** One kind after another in a case, each in a new document. */
async function inCase(told) {
  const [mediator, principal] = ["mediator", "principal"].map((role) => new Seat(told.case, told.people.find((one) => one.role === role)));
  await mediator.must("drafting-modes", { mode: "one-text" });
  const start = await new Writer(mediator, "settlement.1").opens();
  start.does((state, dispatch) => (dispatch(state.tr.replaceWith(0, state.doc.content.size, FIRST().map((node) => schema.nodeFromJSON(node)))), true));
  await agree(mediator, [start]);
  start.closes();
  const first = newId();
  await mediator.must("versions", { command_id: first, name: "At first" });
  for (let next = tellings.shift(); next !== undefined; next = tellings.shift()) {
    const [name, suggest] = next;
    await mediator.must("version-restorations", { version: first });
    const { document } = await mediator.text();
    await tells(name, { mediator, principal }, document, (reader) => suggest(reader, document));
  }
}

try {
  await Promise.all(JSON.parse(process.env.STRUCTURAL).map(inCase));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
