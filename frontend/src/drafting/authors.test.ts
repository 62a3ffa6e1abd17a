// @vitest-environment happy-dom
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { initProseMirrorDoc, ySyncPlugin } from "y-prosemirror";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, XmlElement, XmlText } from "yjs";
import { authors, authorsKey, writtenIn } from "./authors";
import { authorIn } from "./authorsTold";
import { schema } from "./schema";

const NAMES = { 1: "Lucia", 2: "Jonas" } as const;
const nextTask = () => new Promise((resolve) => setTimeout(resolve, 20));

function browser(client: number): { doc: Doc; view: EditorView; takes: (other: Doc) => Promise<void> } {
  const doc = new Doc();
  doc.clientID = client;
  const fragment = doc.getXmlFragment("prosemirror");
  const first = initProseMirrorDoc(fragment, schema);
  const view = new EditorView(document.createElement("div"), {
    state: EditorState.create({ schema, ...(fragment.length === 0 ? {} : { doc: first.doc }), plugins: [ySyncPlugin(fragment, { mapping: first.mapping }), authors()] }),
  });
  return {
    doc,
    view,
    takes: async (other) => {
      applyUpdate(doc, encodeStateAsUpdate(other, encodeStateVector(doc)));
      await nextTask();
    },
  };
}

function begun(): Doc {
  const doc = new Doc();
  doc.clientID = 9;
  const paragraph = new XmlElement("paragraph");
  paragraph.insert(0, [new XmlText("The studio pays.")]);
  const clause = new XmlElement("clause");
  clause.setAttribute("id", "a".repeat(32));
  const [list, item] = [new XmlElement("bullet_list"), new XmlElement("list_item")];
  item.insert(0, [new XmlElement("paragraph")]);
  list.insert(0, [item]);
  clause.insert(0, [paragraph, list]);
  doc.getXmlFragment("prosemirror").push([clause]);
  return doc;
}

function shownIn(view: EditorView): string[] {
  return [...view.dom.querySelectorAll(".author")].map((one) => `${one.getAttribute("title") ?? ""}: ${one.textContent}`);
}

const lookOf = (client: number) => {
  const name = NAMES[client as 1 | 2] as string | undefined;
  return name === undefined ? null : { participant: String(client), tone: client, sign: name.slice(0, 1), name };
};

test("each run of words is its writer's, the first wording nobody's, in both browsers alike", async () => {
  const [one, other] = [browser(1), browser(2)];
  const start = begun();
  await one.takes(start);
  await other.takes(start);
  one.view.dispatch(one.view.state.tr.insertText("surely ", 13));
  await other.takes(one.doc);
  other.view.dispatch(other.view.state.tr.insertText(" now", 24));
  await one.takes(other.doc);
  expect(one.view.state.doc.textContent).toBe("The studio surely pays now.");
  for (const { view } of [one, other]) {
    view.dispatch(view.state.tr.setMeta(authorsKey, { lookOf }));
    expect(shownIn(view)).toEqual(["Lucia: surely ", "Jonas:  now"]);
    expect([...view.dom.querySelectorAll(".author-sign")].map((sign) => sign.textContent)).toEqual(["L", "J"]);
    view.dispatch(view.state.tr.setMeta(authorsKey, { lookOf: null }));
    expect(shownIn(view)).toEqual([]);
  }
});

test("the sizes are counted as the editor counts them, with references, breaks and empty lines", async () => {
  const one = browser(1);
  await one.takes(begun());
  const { clause_ref: reference, hard_break: pause } = schema.nodes;
  one.view.dispatch(one.view.state.tr.insert(5, reference.create({ clause: "a".repeat(32) })));
  one.view.dispatch(one.view.state.tr.insert(9, pause.create()));
  one.view.dispatch(one.view.state.tr.delete(3, 4));
  await nextTask();
  const { runs, size } = writtenIn(one.doc.getXmlFragment("prosemirror"), schema);
  expect(size).toBe(one.view.state.doc.content.size);
  expect(runs.map(({ from, to }) => one.view.state.doc.textBetween(from, to)).join("")).toBe(one.view.state.doc.textContent);
});

test("a client id that several people bore is told apart by when", () => {
  const told = { clients: { "1": "lucia" }, mixed: { "7": [{ start: 10, by: "jonas" }, { start: 0, by: "lucia" }, { start: 20, by: null }] } };
  expect([authorIn(told, 1, 5), authorIn(told, 2, 5), authorIn(told, 7, 3), authorIn(told, 7, 10), authorIn(told, 7, 25)]).toEqual(["lucia", null, "lucia", "jonas", null]);
});
