/**
 * Where a remark stands in the text: a pair of places that Yjs follows through every edit, and when these are gone (a
 * clause taken up anew, an earlier version) the words themselves, looked for in their clause.
 */
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "y-prosemirror";
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  decodeRelativePosition,
  type Doc,
  encodeRelativePosition,
  type RelativePosition,
  type XmlFragment,
  XmlText,
} from "yjs";
import type { Accent } from "../ui";
import { schema } from "./schema";

/** A remark as the text needs it: what it is about, and the colour of its room. */
export interface Remark {
  id: string;
  /** The clause it was made on; null for the whole text. */
  clause: string | null;
  quote: string;
  /** As `anchorOf` made it in this document; "" when it was made in another one. */
  anchor: string;
  accent: Accent;
  /** The words of its room and author, for whoever points at it. */
  title: string;
}

/** How the words of a remark were found: followed from where they were, or by how they read; or not at all. */
export type Found = "followed" | "by-words" | "gone";

interface Range {
  from: number;
  to: number;
}

interface Placed {
  remark: Remark;
  range: Range | null;
  found: Found;
}

export interface Anchored {
  placed: readonly Placed[];
  /** By remark; only those that are about words. The same object while nothing of it changes. */
  found: ReadonlyMap<string, Found>;
  drawn: DecorationSet;
  /** The remark that somebody is looking at. */
  shown: string | null;
}

export const anchorsKey = new PluginKey<Anchored>("remarks in the text");

interface Binding {
  doc: Doc;
  type: XmlFragment;
  mapping: Parameters<typeof relativePositionToAbsolutePosition>[3];
}

function bindingOf(state: EditorState): Binding | null {
  const sync = ySyncPluginKey.getState(state) as { binding?: Binding | null; type?: XmlFragment; doc?: Doc } | undefined;
  const { binding, type, doc } = sync ?? {};
  return binding === undefined || binding === null || type === undefined || doc === undefined ? null : { doc, type, mapping: binding.mapping };
}

function toWord(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromWord(word: string): Uint8Array {
  return Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

/** The end holds on to the last of the words, so that what is written behind them is not taken for them. */
function endOf(place: RelativePosition, doc: Doc): RelativePosition {
  const here = createAbsolutePositionFromRelativePosition(place, doc);
  return here !== null && here.type instanceof XmlText && here.index > 0 ? createRelativePositionFromTypeIndex(here.type, here.index, -1) : place;
}

/** The words between two positions as an anchor, or "" while the text is not there. */
export function anchorOf(state: EditorState, { from, to }: Range): string {
  const binding = bindingOf(state);
  if (binding === null) return "";
  const { doc, type, mapping } = binding;
  const start = absolutePositionToRelativePosition(from, type, mapping) as RelativePosition;
  const end = endOf(absolutePositionToRelativePosition(to, type, mapping) as RelativePosition, doc);
  return `${toWord(encodeRelativePosition(start))}.${toWord(encodeRelativePosition(end))}`;
}

/** Where these words are now; null when they are gone. Another browser may have sent anything for an anchor. */
export function placeOf(state: EditorState, anchor: string): Range | null {
  const binding = bindingOf(state);
  const [start, end, more] = anchor.split(".");
  if (binding === null || start === undefined || end === undefined || more !== undefined) return null;
  const { doc, type, mapping } = binding;
  try {
    const [from, to] = [start, end].map((word) => relativePositionToAbsolutePosition(doc, type, decodeRelativePosition(fromWord(word)), mapping));
    if (typeof from !== "number" || typeof to !== "number") return null;
    return from >= 0 && from < to && to <= state.doc.content.size && state.doc.textBetween(from, to).trim() !== "" ? { from, to } : null;
  } catch {
    return null;
  }
}

/** The text of a node sign by sign with its places; whatever separates words is one space. */
function signsOf(node: Node, start: number): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  const put = (sign: string, place: number) => {
    const isSpace = /\s/u.test(sign);
    if (isSpace && (text === "" || text.endsWith(" "))) return;
    text += isSpace ? " " : sign;
    places.push(place);
  };
  node.descendants((inner, pos) => {
    // What is no text, such as the end of a line or the number of a clause, parts words and has none.
    if (inner.isTextblock || (inner.isInline && !inner.isText)) put(" ", start + pos);
    const words = inner.text ?? "";
    for (let index = 0; index < words.length; index += 1) put(words[index] ?? "", start + pos + index);
  });
  return { text, places };
}

/** The clause with this id and where its content begins; the whole text for null. */
function within(doc: Node, clause: string | null): { node: Node; start: number } | null {
  if (clause === null) return { node: doc, start: 0 };
  let found: { node: Node; start: number } | null = null;
  doc.forEach((node, pos) => {
    if (found === null && node.type === schema.nodes.clause && node.attrs["id"] === clause) found = { node, start: pos + 1 };
  });
  return found;
}

/** Where a quotation stands in its clause, if it is still there word for word. */
export function quotedPlace(doc: Node, clause: string | null, quote: string): Range | null {
  const sought = quote.replaceAll(/\s+/gu, " ").trim().replace(/…$/u, "");
  const place = within(doc, clause);
  if (sought === "" || place === null) return null;
  const { text, places } = signsOf(place.node, place.start);
  const at = text.indexOf(sought);
  const from = places[at];
  const last = places[at + sought.length - 1];
  return at < 0 || from === undefined || last === undefined ? null : { from, to: last + 1 };
}

function find(doc: Node, remark: Remark, followed: Range | null): Placed | null {
  if (remark.quote === "" && remark.anchor === "") return null;
  if (followed !== null) return { remark, range: followed, found: "followed" };
  const range = quotedPlace(doc, remark.clause, remark.quote);
  return { remark, range, found: range === null ? "gone" : "by-words" };
}

function anchored(doc: Node, placed: readonly Placed[], shown: string | null, before: Anchored | null): Anchored {
  const drawn = placed.flatMap(({ remark, range }) =>
    range === null
      ? []
      : [
          Decoration.inline(
            range.from,
            range.to,
            { class: remark.id === shown ? "remarked remarked-shown" : "remarked", "data-accent": remark.accent, "data-remark": remark.id, title: remark.title },
            { inclusiveStart: false, inclusiveEnd: false },
          ),
        ],
  );
  const found = new Map(placed.map((one) => [one.remark.id, one.found]));
  const isSame = before !== null && before.found.size === found.size && [...found].every(([id, how]) => before.found.get(id) === how);
  return { placed, found: isSame ? before.found : found, drawn: DecorationSet.create(doc, drawn), shown };
}

interface Change {
  remarks?: readonly Remark[];
  shown?: string | null;
}

/** Draws what is remarked on. `onPress` is told of the remarks under a press, the innermost first, and where it was. */
export function anchors(onPress: (remarks: readonly string[], at: number) => void): Plugin<Anchored> {
  return new Plugin<Anchored>({
    key: anchorsKey,
    state: {
      init: (_, state) => anchored(state.doc, [], null, null),
      apply(tr, now, _before, state) {
        const change = tr.getMeta(anchorsKey) as Change | undefined;
        const meta = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
        if (change === undefined && !tr.docChanged) return now;
        const shown = change?.shown === undefined ? now.shown : change.shown;
        const remarks = change?.remarks ?? now.placed.map((one) => one.remark);
        // What was typed here reaches Yjs only afterwards; until then the places go with the change itself.
        const isOwn = tr.docChanged && meta?.isChangeOrigin !== true;
        const known = new Map(now.placed.map((one) => [one.remark.id, one]));
        const placed = remarks.flatMap((remark) => {
          const last = known.get(remark.id);
          const range = isOwn && last?.found === "followed" ? moved(tr.mapping, last.range) : isOwn ? null : placeOf(state, remark.anchor);
          return find(tr.doc, remark, range) ?? [];
        });
        return anchored(tr.doc, placed, shown, now);
      },
    },
    props: {
      decorations: (state) => anchorsKey.getState(state)?.drawn,
      handleClick(view, pos, event) {
        const state = anchorsKey.getState(view.state);
        const isOn = event.target instanceof Element && event.target.closest("[data-remark]") !== null;
        const under = (state?.placed ?? [])
          .filter(({ range }) => range !== null && range.from <= pos && pos <= range.to)
          .sort((one, other) => size(one.range) - size(other.range))
          .map((one) => one.remark.id);
        onPress(isOn ? under : [], pos);
        return false;
      },
    },
  });
}

function size(range: Range | null): number {
  return range === null ? 0 : range.to - range.from;
}

function moved(mapping: { map: (pos: number, assoc?: number) => number }, range: Range | null): Range | null {
  if (range === null) return null;
  const from = mapping.map(range.from, 1);
  const to = mapping.map(range.to, -1);
  return from < to ? { from, to } : null;
}

/** The longest quotation that a remark takes along, in characters. */
const LONGEST_QUOTE = 500;

/** Words that somebody has selected, and the clause they are in; null for words of several or between clauses. */
export interface Selected extends Range {
  clause: string | null;
  quote: string;
  anchor: string;
}

/** What is selected between two places, without the blanks around it; null when that is nothing. */
export function selectedBetween(state: EditorState, one: number, other: number): Selected | null {
  const { doc } = state;
  const isBlank = (from: number, to: number) => doc.textBetween(from, to, " ", " ").trim() === "";
  let [from, to] = one < other ? [one, other] : [other, one];
  while (from < to && isBlank(from, from + 1)) from += 1;
  while (to > from && isBlank(to - 1, to)) to -= 1;
  const words = doc.textBetween(from, to, " ", " ").replaceAll(/\s+/gu, " ").trim();
  if (words === "") return null;
  const quote = words.length <= LONGEST_QUOTE ? words : `${words.slice(0, LONGEST_QUOTE - 1)}…`;
  const $from = doc.resolve(from);
  const block = $from.depth === 0 ? null : $from.node(1);
  const isOne = block?.type === schema.nodes.clause && to <= $from.end(1);
  const id = isOne ? String(block.attrs["id"] ?? "") : "";
  return { from, to, clause: id === "" ? null : id, quote, anchor: anchorOf(state, { from, to }) };
}
