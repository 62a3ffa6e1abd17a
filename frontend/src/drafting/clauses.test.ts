// @vitest-environment happy-dom
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clausesOf, insertClause, leaveClause, newClause, numbering, numberingKey, removeEmptyClause, uniqueClauseIds } from "./clauses";
import { schema } from "./schema";

const ID = (digit: string) => digit.repeat(32);
const clause = (id: string | null, text: string, from: string | null = null) =>
  schema.nodes.clause.create({ id, from }, schema.nodes.paragraph.create(null, text === "" ? null : schema.text(text)));
const doc = (...content: ReturnType<typeof clause>[]) => schema.nodes.doc.create(null, content);

let made = 0;
let view: EditorView;

function open(content: ReturnType<typeof doc>, editable = true) {
  made = 0;
  const place = document.createElement("div");
  document.body.append(place);
  view = new EditorView(place, {
    state: EditorState.create({ doc: content, plugins: [numbering(() => null), uniqueClauseIds(() => `made${(made += 1)}`)] }),
    editable: () => editable,
  });
  return view;
}

beforeEach(() => {
  document.body.replaceChildren();
});
afterEach(() => view.destroy());

const shown = () => clausesOf(view.state.doc).map(({ id, number, from, text }) => ({ id, number, from, text }));

describe("numbers", () => {
  test("are drawn in order and not stored", () => {
    open(doc(clause(ID("a"), "One"), schema.nodes.paragraph.create(), clause(ID("b"), "Two")));
    expect([...view.dom.querySelectorAll("section")].map((one) => one.getAttribute("data-number"))).toEqual(["1", "2"]);
    expect(JSON.stringify(view.state.doc.toJSON())).not.toContain("number");
  });

  test("follow when a clause is put in front", () => {
    open(doc(clause(ID("a"), "One")));
    view.dispatch(view.state.tr.insert(0, clause(ID("b"), "Before")));
    expect(shown().map((one) => [one.number, one.text])).toEqual([[1, "Before"], [2, "One"]]);
    expect(numberingKey.getState(view.state)?.find()).toHaveLength(2);
  });
});

describe("ids", () => {
  test("a pasted copy gets an id of its own and no source; the original keeps both, wherever the copy lands", () => {
    open(doc(clause(ID("a"), "Maintenance", `statement:${ID("1")}`)));
    const copy = clause(ID("a"), "Maintenance", `statement:${ID("1")}`);
    view.dispatch(view.state.tr.insert(0, copy));
    expect(shown().map(({ id, from }) => ({ id, from }))).toEqual([
      { id: "made1", from: null },
      { id: ID("a"), from: `statement:${ID("1")}` },
    ]);
  });

  test("a clause without an id gets one", () => {
    open(doc(clause(ID("a"), "One")));
    view.dispatch(view.state.tr.insert(view.state.doc.content.size, clause(null, "Two")));
    expect(shown()[1]?.id).toBe("made1");
  });

  test("a clause that is cut and pasted elsewhere stays itself", () => {
    open(doc(clause(ID("a"), "One"), clause(ID("b"), "Two")));
    const [first] = [view.state.doc.firstChild];
    if (first === null) throw new Error("no clause");
    view.dispatch(view.state.tr.delete(0, first.nodeSize));
    view.dispatch(view.state.tr.insert(view.state.doc.content.size, first));
    expect(shown().map((one) => one.id)).toEqual([ID("b"), ID("a")]);
  });
});

describe("a clause made of what was agreed", () => {
  const wish = { id: ID("c"), from: `offer:${ID("9")}` as const, text: "12,500 in two instalments\nOn 15 January and 15 February" };

  test("comes to the end, with its source and a paragraph for each line", () => {
    open(doc(clause(ID("a"), "One")));
    expect(insertClause(view, wish)).toEqual({ inserted: true, id: ID("c") });
    expect(shown()[1]).toEqual({ id: ID("c"), number: 2, from: wish.from, text: wish.text });
  });

  test("takes the place of an empty sheet", () => {
    open(schema.nodes.doc.create(null, schema.nodes.paragraph.create()));
    insertClause(view, wish);
    expect(view.state.doc.childCount).toBe(1);
  });

  test("is refused a second time, and leads to the clause that is there", () => {
    open(doc(clause(ID("a"), "One")));
    insertClause(view, wish);
    expect(insertClause(view, { ...wish, id: ID("d") })).toEqual({ inserted: false, why: "already", id: ID("c") });
    expect(shown()).toHaveLength(2);
  });

  test("is refused where one may only read", () => {
    open(doc(clause(ID("a"), "One")), false);
    expect(insertClause(view, wish)).toMatchObject({ inserted: false, why: "readonly" });
  });
});

describe("at the keyboard", () => {
  test("a second Enter at the end of a clause begins the next one", () => {
    open(schema.nodes.doc.create(null, [
      schema.nodes.clause.create({ id: ID("a") }, [schema.nodes.paragraph.create(null, schema.text("One")), schema.nodes.paragraph.create()]),
    ]));
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 7)));
    expect(leaveClause(view.state, view.dispatch)).toBe(true);
    expect(shown().map((one) => one.text)).toEqual(["One", ""]);
  });

  test("Backspace in an empty clause removes it and nothing else", () => {
    open(doc(clause(ID("a"), "One"), clause(ID("b"), "")));
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, view.state.doc.content.size - 2)));
    expect(removeEmptyClause(view.state, view.dispatch)).toBe(true);
    expect(shown().map((one) => one.text)).toEqual(["One"]);
  });

  test("New clause turns the paragraph one is in into a clause", () => {
    open(schema.nodes.doc.create(null, schema.nodes.paragraph.create(null, schema.text("Payment"))));
    newClause(view.state, view.dispatch);
    expect(shown().map((one) => one.text)).toEqual(["Payment"]);
  });
});
