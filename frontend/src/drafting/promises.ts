/** What is to be paid and by when: amounts and days as they are marked in a clause, and words that look like one. */
import type { Mark, Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { type Amount, amountOf, dayOf } from "./values";

export type PromisedValue = { kind: "amount"; amount: Amount } | { kind: "date"; on: string };

interface Seen {
  value: PromisedValue;
  /** Within the text that was read. */
  start: number;
  end: number;
}

/** Something promised in a clause. `from` and `to` count from the beginning of the clause's content. */
export interface Promised {
  value: PromisedValue;
  words: string;
  from: number;
  to: number;
  /** Marked as such; otherwise it only looks like one. */
  isMarked: boolean;
  /** What the words say, where the mark holds something else. */
  says: PromisedValue | null;
}

const SIGNS: Readonly<Record<string, string>> = { "€": "EUR", "£": "GBP", $: "USD", "¥": "JPY", euro: "EUR", euros: "EUR", franken: "CHF", francs: "CHF", pounds: "GBP", dollars: "USD" };
const CODES = new Set(Intl.supportedValuesOf("currency"));
const NUMBER = String.raw`\d{1,3}(?:[.,’'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`;
const SIGN = String.raw`€|£|\$|¥|\b(?:${[...CODES].join("|")})\b`;
const AMOUNT = new RegExp(
  String.raw`(?:(?<before>${SIGN})[\s\u00a0]?(?<first>${NUMBER})|(?<![\d.,])(?<second>${NUMBER})[\s\u00a0]?(?<after>${SIGN}|\b(?:[Ee]uros?|[Ff]ranken|[Ff]rancs|[Pp]ounds|[Dd]ollars)\b))(?![\d])`,
  "gu",
);

/** The months as these languages write them, by their small letters. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  ["en", "de", "fr", "es", "it", "nl", "pt"].flatMap((language) =>
    Array.from({ length: 12 }, (_, month): [string, number][] =>
      (["long", "short"] as const).map((style) => {
        const name = new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" }).format(new Date(Date.UTC(2027, month, 15)));
        return [name.toLowerCase().replace(/\.$/u, ""), month + 1];
      }),
    ).flat(),
  ),
);
const NAMES = [...MONTHS.keys()].sort((one, other) => other.length - one.length).join("|");
const DATE = new RegExp(
  [
    String.raw`(?<![\d.])(?<d1>\d{1,2})(?:st|nd|rd|th|\.)?\s(?:(?:of|de)\s)?(?<m1>${NAMES})\.?,?\s(?:de\s)?(?<y1>\d{4})(?!\d)`,
    String.raw`\b(?<m2>${NAMES})\.?\s(?<d2>\d{1,2})(?:st|nd|rd|th)?,?\s(?<y2>\d{4})(?!\d)`,
    String.raw`(?<![\d.])(?<d3>\d{1,2})\.\s?(?<m3>\d{1,2})\.\s?(?<y3>\d{4})(?!\d)`,
    String.raw`(?<![\d-])(?<y4>\d{4})-(?<m4>\d{2})-(?<d4>\d{2})(?![\d-])`,
  ].join("|"),
  "giu",
);

/** Cents of a figure as people write it, "3,200.00" and "3.200" and "3'200,5"; null when it has more digits than the currency. */
export function minorOf(figure: string, currency: string): number | null {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const parts = /^(?<major>[\d.,’'\s\u00a0\u202f]*?\d)(?:[.,](?<cents>\d{1,2}))?$/u.exec(figure)?.groups;
  if (parts?.["major"] === undefined) return null;
  const cents = parts["cents"] ?? "";
  if (cents.length > digits) return null;
  const major = parts["major"].replaceAll(/\D/gu, "");
  const minor = Number(major + cents.padEnd(digits, "0"));
  return Number.isSafeInteger(minor) && minor <= 1e14 ? minor : null;
}

/** Amounts that a text names. A day such as 03/04/2027, which two countries read differently, is not guessed. */
function amountsIn(text: string): Seen[] {
  return [...text.matchAll(AMOUNT)].flatMap((match): Seen[] => {
    const { before, first, second, after } = match.groups ?? {};
    const sign = before ?? after ?? "";
    const currency = SIGNS[sign.toLowerCase()] ?? sign;
    const minor = CODES.has(currency) ? minorOf(first ?? second ?? "", currency) : null;
    return minor === null ? [] : [{ value: { kind: "amount", amount: { minor, currency } }, start: match.index, end: match.index + match[0].length }];
  });
}

function datesIn(text: string): Seen[] {
  return [...text.matchAll(DATE)].flatMap((match): Seen[] => {
    const groups = match.groups ?? {};
    const part = (name: string) => [1, 2, 3, 4].map((way) => groups[`${name}${way}`]).find((one) => one !== undefined) ?? "";
    const month = MONTHS.get(part("m").toLowerCase()) ?? Number(part("m"));
    const on = dayOf({ on: `${part("y")}-${String(month).padStart(2, "0")}-${part("d").padStart(2, "0")}` });
    return on === null ? [] : [{ value: { kind: "date", on }, start: match.index, end: match.index + match[0].length }];
  });
}

/** Whatever in a text looks like an amount or a day, in the order in which it is written. */
export function promisesSeen(text: string): Seen[] {
  return [...amountsIn(text), ...datesIn(text)].sort((one, other) => one.start - other.start);
}

export function isSameValue(one: PromisedValue, other: PromisedValue): boolean {
  if (one.kind === "amount") return other.kind === "amount" && one.amount.minor === other.amount.minor && one.amount.currency === other.amount.currency;
  return other.kind === "date" && one.on === other.on;
}

function valueOf(mark: Mark): PromisedValue | null {
  if (mark.type.name === "amount") {
    const amount = amountOf(mark.attrs);
    return amount === null ? null : { kind: "amount", amount };
  }
  const on = mark.type.name === "date" ? dayOf(mark.attrs) : null;
  return on === null ? null : { kind: "date", on };
}

/** What words say of an amount or a day themselves; a bare figure is taken for this currency. */
function saidBy(words: string, kind: PromisedValue["kind"], currency: string): PromisedValue | null {
  const seen = promisesSeen(words).find((one) => one.value.kind === kind);
  if (seen !== undefined) return seen.value;
  const minor = kind === "amount" && /^[\s\d.,’'\u00a0\u202f]+$/u.test(words) ? minorOf(words.trim(), currency) : null;
  return minor === null ? null : { kind: "amount", amount: { minor, currency } };
}

/** A clause as the editor holds it never changes; another wording is another node. */
const known = new WeakMap<Node, readonly Promised[]>();

/** Everything promised in a clause, marked or not, in its order. */
export function promisesOf(clause: Node): readonly Promised[] {
  const before = known.get(clause);
  if (before !== undefined) return before;
  const all: Promised[] = [];
  clause.descendants((block, at) => {
    if (!block.isTextblock) return true;
    const start = at + 1;
    const marked: Promised[] = [];
    let text = "";
    block.forEach((inline, offset) => {
      text += inline.text ?? "\uFFFC";
      for (const mark of inline.marks) {
        const value = valueOf(mark);
        if (value === null) continue;
        const from = start + offset;
        const last = marked.at(-1);
        // Half of it may be bold: that makes two pieces of text and one amount.
        if (last !== undefined && last.to === from && isSameValue(last.value, value)) {
          last.to += inline.nodeSize;
          last.words += inline.text ?? "";
        } else marked.push({ value, words: inline.text ?? "", from, to: from + inline.nodeSize, isMarked: true, says: null });
      }
    });
    for (const one of marked) {
      const says = saidBy(one.words, one.value.kind, one.value.kind === "amount" ? one.value.amount.currency : "");
      one.says = says === null || isSameValue(says, one.value) ? null : says;
    }
    const seen = promisesSeen(text)
      .map(({ value, start: from, end: to }): Promised => ({ value, words: text.slice(from, to), from: start + from, to: start + to, isMarked: false, says: null }))
      .filter((one) => !marked.some((other) => other.value.kind === one.value.kind && other.from < one.to && one.from < other.to));
    all.push(...[...marked, ...seen].sort((one, other) => one.from - other.from));
    return false;
  });
  known.set(clause, all);
  return all;
}

/** The mark for a value. Throws a `RangeError` for a value that no mark can hold. */
function markFor(state: EditorState, value: PromisedValue): Mark {
  const type = state.schema.marks[value.kind];
  if (type === undefined) throw new RangeError(`The schema has no ${value.kind}.`);
  return value.kind === "amount" ? type.create({ ...value.amount }) : type.create({ on: value.on });
}

/** Mark what is between two places. */
export function marking(state: EditorState, from: number, to: number, value: PromisedValue): Transaction {
  const mark = markFor(state, value);
  return state.tr.removeMark(from, to, mark.type).addMark(from, to, mark).removeStoredMark(mark.type);
}

/** Take the marks of a kind away from what is between two places. */
export function unmarking(state: EditorState, from: number, to: number, kind: PromisedValue["kind"]): Transaction {
  const type = state.schema.marks[kind];
  return type === undefined ? state.tr : state.tr.removeMark(from, to, type);
}

/** Put words with their mark where the cursor is. */
export function writingMarked(state: EditorState, words: string, value: PromisedValue): Transaction {
  const mark = markFor(state, value);
  return state.tr.replaceSelectionWith(state.schema.text(words, [mark]), false).removeStoredMark(mark.type).scrollIntoView();
}

/** What a mark would be put on, and what it would say. */
export interface Marking {
  from: number;
  to: number;
  /** "" where nothing is selected. */
  words: string;
  /** What the mark holds that is there, else what the words say. */
  value: PromisedValue | null;
  isMarked: boolean;
}

/** What is selected, or the marked words around the cursor: what a mark would be put on. */
export function wordsToMark(state: EditorState, kind: PromisedValue["kind"], currency = "EUR"): Marking {
  const { from, to, $from, empty } = state.selection;
  if (!empty) {
    const words = state.doc.textBetween(from, to, " ", " ");
    const marked: (PromisedValue | null)[] = [];
    state.doc.nodesBetween(from, to, (node) => {
      for (const mark of node.marks) if (mark.type.name === kind) marked.push(valueOf(mark));
    });
    return { from, to, words, value: marked[0] ?? saidBy(words, kind, currency), isMarked: marked.length > 0 };
  }
  const start = $from.start();
  const around: Marking[] = [];
  $from.parent.forEach((inline, offset) => {
    const mark = inline.marks.find((one) => one.type.name === kind);
    const here = start + offset;
    if (mark !== undefined && here <= from && from <= here + inline.nodeSize) around.push({ from: here, to: here + inline.nodeSize, words: inline.text ?? "", value: valueOf(mark), isMarked: true });
  });
  return around[0] ?? { from, to, words: "", value: null, isMarked: false };
}

/** Clauses that a wording refers to, each once. */
export function referredIn(node: Node): readonly string[] {
  const found = new Set<string>();
  node.descendants((inner) => {
    if (inner.type.name === "clause_ref") found.add(String(inner.attrs["clause"]));
  });
  return [...found];
}
