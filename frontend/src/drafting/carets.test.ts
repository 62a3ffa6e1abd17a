// @vitest-environment happy-dom
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { ySyncPlugin } from "y-prosemirror";
import { Awareness } from "y-protocols/awareness";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, XmlElement, XmlText } from "yjs";
import { carets } from "./carets";
import { Telling } from "./heard";
import { schema } from "./schema";

function write(doc: Doc, words: string) {
  const paragraph = new XmlElement("paragraph");
  paragraph.insert(0, [new XmlText(words)]);
  doc.getXmlFragment("prosemirror").push([paragraph]);
}

/** What was put off until the next task before this has run when this resolves: timers of no delay keep their order. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** A browser with an open text, and somebody else's text that it gets from time to time. */
async function two() {
  const other = new Doc();
  write(other, "One.");
  const doc = new Doc();
  applyUpdate(doc, encodeStateAsUpdate(other));
  const awareness = new Awareness(doc);
  const telling = new Telling(doc, awareness);
  const view = new EditorView(document.createElement("div"), {
    state: EditorState.create({ schema, plugins: [ySyncPlugin(doc.getXmlFragment("prosemirror")), carets(awareness, telling)] }),
  });
  await nextTask();
  const close = () => {
    telling.stop();
    view.destroy();
    awareness.destroy();
  };
  return { other, doc, awareness, view, close };
}

test.each([null, 5, { a: 1 }, { type: 5, item: "x" }, { item: { client: 99, clock: "x" } }, { type: { client: null } }])(
  "a caret nobody can place (%j) keeps no words from the screen, and loses none",
  async (place) => {
    const { other, doc, awareness, view, close } = await two();
    awareness.states.set(99, { user: { name: "Jonas", color: "cursor-1" }, cursor: { anchor: place, head: place } });
    awareness.emit("change", [{ added: [99], updated: [], removed: [] }, "test"]);
    await nextTask();
    write(other, "Two.");
    applyUpdate(doc, encodeStateAsUpdate(other, encodeStateVector(doc)));
    await nextTask();
    expect(view.state.doc.textContent).toBe("One.Two.");
    view.dispatch(view.state.tr.insertText("!", 5));
    expect(doc.getXmlFragment("prosemirror").toJSON()).toBe("<paragraph>One.!</paragraph><paragraph>Two.</paragraph>");
    close();
  },
);
