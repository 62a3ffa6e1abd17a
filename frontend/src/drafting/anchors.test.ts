// @vitest-environment happy-dom
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { initProseMirrorDoc, ySyncPlugin } from "y-prosemirror";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, XmlElement, XmlText } from "yjs";
import { anchorOf, anchors, anchorsKey, placeOf, quotedPlace, type Remark, selectedBetween } from "./anchors";
import { schema } from "./schema";

const FIRST = "a".repeat(32);
const SECOND = "b".repeat(32);

function clause(id: string, ...lines: string[]): XmlElement {
  const made = new XmlElement("clause");
  made.setAttribute("id", id);
  const paragraphs = lines.map((line) => {
    const paragraph = new XmlElement("paragraph");
    paragraph.insert(0, [new XmlText(line)]);
    return paragraph;
  });
  made.insert(0, paragraphs);
  return made;
}

/** What was put off until the next task before this has run when this resolves: timers of no delay keep their order. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Two browsers on one text; `meet` brings each what the other wrote. */
async function two() {
  const docs = [new Doc(), new Doc()] as const;
  docs[0].getXmlFragment("prosemirror").push([clause(FIRST, "The studio pays by 1 June."), clause(SECOND, "Nobody owes anything else.", "Nobody asks.")]);
  applyUpdate(docs[1], encodeStateAsUpdate(docs[0]));
  const pressed: (readonly string[])[] = [];
  const views = docs.map((doc) => {
    const fragment = doc.getXmlFragment("prosemirror");
    const { doc: first, mapping } = initProseMirrorDoc(fragment, schema);
    return new EditorView(document.createElement("div"), {
      state: EditorState.create({ doc: first, plugins: [ySyncPlugin(fragment, { mapping }), anchors((ids) => pressed.push(ids))] }),
    });
  }) as [EditorView, EditorView];
  await nextTask();
  const meet = async () => {
    for (const [to, from] of [docs, [docs[1], docs[0]]] as const) applyUpdate(to, encodeStateAsUpdate(from, encodeStateVector(to)));
    await nextTask();
  };
  return { views, docs, meet };
}

function put(view: EditorView, ...remarks: Remark[]) {
  view.dispatch(view.state.tr.setMeta(anchorsKey, { remarks }));
}

function wordsAt(view: EditorView, words: string): { from: number; to: number } {
  const place = quotedPlace(view.state.doc, null, words);
  if (place === null) throw new Error(`${words} are not there`);
  return place;
}

function remarkOn(view: EditorView, words: string): Remark {
  const { from, to } = wordsAt(view, words);
  const selected = selectedBetween(view.state, from, to);
  if (selected === null) throw new Error("nothing selected");
  return { id: "c1", clause: selected.clause, quote: selected.quote, anchor: selected.anchor, accent: "moss", title: "" };
}

function shownIn(view: EditorView): { found: string | undefined; words: string } {
  const now = anchorsKey.getState(view.state);
  const range = now?.placed[0]?.range ?? null;
  return { found: now?.found.get("c1"), words: range === null ? "" : view.state.doc.textBetween(range.from, range.to, " ") };
}

test("a remark stays with its words while both browsers write before, in and behind them", async () => {
  const { views, meet } = await two();
  const [one, other] = views;
  const remark = remarkOn(one, "by 1 June");
  put(one, remark);
  put(other, remark);
  const at = wordsAt(other, "pays").from;
  other.dispatch(other.state.tr.insertText("surely ", at));
  one.dispatch(one.state.tr.insertText(" 2027", wordsAt(one, "June").to));
  one.dispatch(one.state.tr.insertText("the ", wordsAt(one, "1 June").from));
  await meet();
  expect(shownIn(one)).toEqual({ found: "followed", words: "by the 1 June" });
  expect(shownIn(other)).toEqual(shownIn(one));
});

test("the words are found again where they were written anew, and said to be gone where they are not", async () => {
  const { views, docs, meet } = await two();
  const [one, other] = views;
  const remark = remarkOn(one, "by 1 June");
  put(one, remark);
  put(other, remark);
  const fragment = docs[1].getXmlFragment("prosemirror");
  docs[1].transact(() => {
    fragment.delete(0, 1);
    fragment.insert(0, [clause(FIRST, "The studio pays all of it by 1 June.")]);
  });
  await meet();
  expect(shownIn(one)).toEqual({ found: "by-words", words: "by 1 June" });
  const { from, to } = wordsAt(one, "by 1 June");
  one.dispatch(one.state.tr.delete(from, to));
  expect(shownIn(one)).toEqual({ found: "gone", words: "" });
  await meet();
  expect(shownIn(other)).toEqual({ found: "gone", words: "" });
});

test("words that were deleted and brought back have their remark back", async () => {
  const { views, docs } = await two();
  const [one] = views;
  put(one, remarkOn(one, "by 1 June"));
  const before = encodeStateAsUpdate(docs[0]).length;
  const { from, to } = wordsAt(one, "by 1 June");
  one.dispatch(one.state.tr.delete(from, to));
  await nextTask();
  expect(shownIn(one).found).toBe("gone");
  one.dispatch(one.state.tr.insertText("by 1 June", from));
  expect(encodeStateAsUpdate(docs[0]).length).toBeGreaterThan(before);
  expect(shownIn(one)).toEqual({ found: "by-words", words: "by 1 June" });
});

test("a selection gives its words without the blanks around them, and the clause that holds all of them", async () => {
  const { views } = await two();
  const [one] = views;
  const { from } = wordsAt(one, "owes");
  expect(selectedBetween(one.state, from + 5, from - 1)).toMatchObject({ clause: SECOND, quote: "owes" });
  expect(selectedBetween(one.state, 0, one.state.doc.content.size)).toMatchObject({ clause: null });
  expect(selectedBetween(one.state, 0, 2)).toBeNull();
  expect(selectedBetween(one.state, from, from)).toBeNull();
});

test("a quotation is found across lines, with blanks told alike", async () => {
  const { views } = await two();
  const [one] = views;
  const place = quotedPlace(one.state.doc, SECOND, "else.\n Nobody   asks");
  expect(place === null ? "" : one.state.doc.textBetween(place.from, place.to, "|")).toBe("else.|Nobody asks");
  expect(quotedPlace(one.state.doc, FIRST, "Nobody")).toBeNull();
});

test.each(["", ".", "x", "a.b", "!!!.???", "AAAA.AAAA", "_____w.____", "a.b.c"])("an anchor that is none (%j) stands nowhere and breaks nothing", async (anchor) => {
  const { views } = await two();
  const [one] = views;
  expect(placeOf(one.state, anchor)).toBeNull();
  put(one, { id: "c1", clause: FIRST, quote: "", anchor, accent: "moss", title: "" });
  expect(one.state.doc.childCount).toBe(2);
});

test("an anchor is short enough to be sent and of signs that the server lets in", async () => {
  const { views } = await two();
  const anchor = anchorOf(views[0].state, wordsAt(views[0], "by 1 June"));
  expect(anchor).toMatch(/^[\w-]+\.[\w-]+$/u);
  expect(anchor.length).toBeLessThan(100);
});
