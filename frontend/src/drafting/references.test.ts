// @vitest-environment happy-dom
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { clausesOf } from "./clauses";
import { referredIn } from "./promises";
import { mayRefer, references, referTo } from "./references";
import { schema } from "./schema";

const IDS = ["a", "b", "c"].map((sign) => sign.repeat(32));
const [, SECOND, THIRD] = IDS as [string, string, string];

function opened() {
  const clauses = IDS.map((id, index) => schema.nodes.clause.create({ id }, schema.nodes.paragraph.create(null, schema.text(`Clause of ${index}.`))));
  const gone: string[] = [];
  const view = new EditorView(document.createElement("div"), {
    state: EditorState.create({
      doc: schema.nodes.doc.create(null, clauses),
      plugins: [
        references(
          (doc) => {
            const numbers = new Map(clausesOf(doc).map((one) => [one.id, one.number]));
            return (clause) => {
              const number = numbers.get(clause as string);
              return { words: number === undefined ? "gone" : `clause ${number}`, isGone: number === undefined };
            };
          },
          (clause) => gone.push(clause),
        ),
      ],
    }),
  });
  return { view, gone };
}

/** In the first clause, behind its words, a reference to another. */
function refer(view: EditorView, clause: string) {
  const end = (view.state.doc.firstChild?.nodeSize ?? 0) - 2;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, end)));
  expect(mayRefer(view)).toBe(true);
  referTo(clause)(view.state, view.dispatch, view);
}

const shownAs = (view: EditorView) => [...view.dom.querySelectorAll("[data-clause-ref]")].map((one) => [one.textContent, one.classList.contains("clause-ref-gone")]);

test("a reference shows the number that the clause has now, also after others are removed", () => {
  const { view } = opened();
  refer(view, THIRD);
  expect(shownAs(view)).toEqual([["clause 3", false]]);
  const first = view.state.doc.child(0).nodeSize;
  view.dispatch(view.state.tr.delete(first, first + view.state.doc.child(1).nodeSize));
  expect(shownAs(view)).toEqual([["clause 2", false]]);
  expect(referredIn(view.state.doc.child(0))).toEqual([THIRD]);
});

test("a reference to a clause that goes says so, and is right again when the clause is back", () => {
  const { view } = opened();
  refer(view, SECOND);
  const first = view.state.doc.child(0).nodeSize;
  const clause = view.state.doc.child(1);
  view.dispatch(view.state.tr.delete(first, first + clause.nodeSize));
  expect(shownAs(view)).toEqual([["gone", true]]);
  view.dispatch(view.state.tr.insert(view.state.doc.content.size, clause));
  expect(shownAs(view)).toEqual([["clause 3", false]]);
});

test("a reference that another browser wrote to nothing is shown and breaks nothing", () => {
  const { view } = opened();
  const odd = schema.nodes.clause_ref.create({ clause: null });
  view.dispatch(view.state.tr.insert(2, odd));
  expect(shownAs(view)).toEqual([["gone", true]]);
});
