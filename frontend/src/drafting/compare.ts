/** What differs between two wordings, word by word, so that a person can read it. */
import type { NodeJson } from "./canonical";

/** How a piece of text is set off; a link is told apart by where it leads. */
export type Format = "strong" | "em" | "link" | "amount" | "date";

/** The kind of line that begins here. */
export type Line = "paragraph" | "heading" | "bullet" | "number" | "row" | "cell";

export interface Piece {
  change: "same" | "added" | "removed" | "formatted";
  /** Words, or "" where a line begins. */
  text: string;
  line: Line | null;
  formats: readonly Format[];
  /** Of a formatted piece: what it has now and had not, and the other way round. */
  gained: readonly Format[];
  lost: readonly Format[];
}

interface Token {
  text: string;
  line: Line | null;
  /** Formats with their attributes, spelt to be compared. */
  marks: readonly string[];
  /** The clause that a reference is to. */
  to?: string;
}

/** Words, numbers with their points, single signs of scripts that put no spaces; whatever else sign by sign. */
const WORD = /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]\p{M}*|\p{N}+(?:[.,:/’']\p{N}+)*|[\p{L}\p{M}\p{N}]+|[^]/gu;

const FORMATS: readonly Format[] = ["strong", "em", "link", "amount", "date"];

/** The words of a reference to this clause. */
export type ReferenceTo = (clause: unknown) => string;

const UNNAMED: ReferenceTo = () => "…";

function formatOf(mark: string): Format | null {
  return FORMATS.find((one) => mark === one || mark.startsWith(`${one} `)) ?? null;
}

function formatsOf(marks: readonly string[]): readonly Format[] {
  return marks.flatMap((mark) => formatOf(mark) ?? []);
}

function marksOf(node: NodeJson): readonly string[] {
  return (node.marks ?? []).map((mark) => (mark.attrs === undefined ? mark.type : `${mark.type} ${JSON.stringify(mark.attrs)}`)).sort();
}

function lineOf(node: NodeJson, within: Line | null): Line | null {
  switch (node.type) {
    case "heading":
      return "heading";
    case "paragraph":
      return within ?? "paragraph";
    default:
      return null;
  }
}

/** A wording as a list of words and beginnings of lines. */
export function tokensOf(node: NodeJson, referenceTo: ReferenceTo = UNNAMED): Token[] {
  const all: Token[] = [];
  const walk = (here: NodeJson, within: Line | null) => {
    if (here.type === "text") {
      const marks = marksOf(here);
      for (const [text] of (here.text ?? "").matchAll(WORD)) all.push({ text, line: null, marks });
      return;
    }
    if (here.type === "hard_break") {
      all.push({ text: "\n", line: null, marks: [] });
      return;
    }
    if (here.type === "clause_ref") {
      // Two clauses have two numbers; two that are both gone are told apart all the same.
      const clause = here.attrs?.["clause"];
      all.push({ text: referenceTo(clause), line: null, marks: [], to: String(clause) });
      return;
    }
    const line = lineOf(here, within);
    if (line !== null) all.push({ text: "", line, marks: [] });
    (here.content ?? []).forEach((child, index) => {
      if (here.type === "bullet_list") walk(child, "bullet");
      else if (here.type === "ordered_list") walk(child, "number");
      else if (here.type === "table_row") walk(child, index === 0 ? "row" : "cell");
      // Only the first line of a list item or a cell has its sign.
      else walk(child, index === 0 || (here.type !== "list_item" && here.type !== "table_cell" && here.type !== "table_header") ? within : null);
    });
  };
  walk(node, null);
  return all;
}

function alike(one: Token, other: Token): boolean {
  return one.text === other.text && one.line === other.line && one.to === other.to;
}

/** More steps than this are not taken: then what lies between the common ends is shown as replaced whole. */
const MOST_STEPS = 4_000_000;

type Step = ["same", Token, Token] | ["added", Token] | ["removed", Token];

/** The longest common subsequence, by the textbook table over what is left between the common ends. */
function steps(before: readonly Token[], after: readonly Token[]): Step[] {
  const at = (all: readonly Token[], index: number) => all[index] as Token;
  let start = 0;
  while (start < before.length && start < after.length && alike(at(before, start), at(after, start))) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && alike(at(before, before.length - 1 - end), at(after, after.length - 1 - end))) end += 1;
  const head: Step[] = before.slice(0, start).map((token, index) => ["same", token, at(after, index)]);
  const tail: Step[] = before.slice(before.length - end).map((token, index) => ["same", token, at(after, after.length - end + index)]);
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  if (old.length * now.length > MOST_STEPS) {
    return [...head, ...old.map((token): Step => ["removed", token]), ...now.map((token): Step => ["added", token]), ...tail];
  }
  const wide = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * wide);
  const cell = (index: number) => longest[index] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i * wide + j] = alike(at(old, i), at(now, j)) ? cell((i + 1) * wide + j + 1) + 1 : Math.max(cell((i + 1) * wide + j), cell(i * wide + j + 1));
    }
  }
  const middle: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && alike(at(old, i), at(now, j))) middle.push(["same", at(old, i++), at(now, j++)]);
    else if (j >= now.length || (i < old.length && cell((i + 1) * wide + j) >= cell(i * wide + j + 1))) middle.push(["removed", at(old, i++)]);
    else middle.push(["added", at(now, j++)]);
  }
  return [...head, ...middle, ...tail];
}

const isSign = (token: Token) => token.line === null && !/[\p{L}\p{N}\s]/u.test(token.text);

/**
 * A sentence that came behind "…health." is told as that sentence, and not as its words between the last letter and the
 * full stop: a change that begins with a sign and is followed by the same sign slides behind it.
 */
function slid(all: readonly Step[]): Step[] {
  const result = [...all];
  for (let start = 0; start < result.length; ) {
    const kind = (result[start] as Step)[0];
    let end = start + 1;
    while (end < result.length && (result[end] as Step)[0] === kind) end += 1;
    const next = result[end];
    const previous = result[start - 1];
    if (kind !== "same" && next !== undefined && next[0] === "same" && (previous === undefined || previous[0] === "same")) {
      const first = (result[start] as Step)[1];
      if (end - start > 1 && isSign(first) && alike(first, next[1])) {
        // The sign in front stays, with the formats that it has on either side.
        result[start] = kind === "added" ? ["same", next[1], first] : ["same", first, next[2]];
        result[end] = kind === "added" ? ["added", next[2]] : ["removed", next[1]];
      }
    }
    start = end;
  }
  return result;
}

const isBlank = (step: Step) => step[0] === "same" && step[1].line === null && /^[^\S\n]+$/u.test(step[1].text);

/** Whole phrases read better than every other word: a mere space between two changes changes with them; removed goes first. */
function readable(all: readonly Step[]): Step[] {
  const result: Step[] = [];
  for (let index = 0; index < all.length; ) {
    const first = all[index] as Step;
    if (first[0] === "same") {
      result.push(first);
      index += 1;
      continue;
    }
    const removed: Step[] = [];
    const added: Step[] = [];
    while (index < all.length) {
      const step = all[index] as Step;
      const next = all[index + 1];
      if (step[0] === "removed") removed.push(step);
      else if (step[0] === "added") added.push(step);
      else if (isBlank(step) && next !== undefined && next[0] !== "same") {
        removed.push(["removed", step[1]]);
        added.push(["added", step[2]]);
      } else break;
      index += 1;
    }
    // A space alone on one side of the change says nothing.
    const says = (side: Step[]) => side.some((step) => step[1].text.trim() !== "" || step[1].line !== null);
    result.push(...(says(removed) || added.length === 0 ? removed : []), ...(says(added) || removed.length === 0 ? added : []));
  }
  return result;
}

function pieceOf(step: Step): Piece {
  const [kind, token] = step;
  const plain = { text: token.text, line: token.line, gained: [], lost: [] };
  if (kind !== "same") return { ...plain, change: kind, formats: formatsOf(token.marks) };
  const now = step[2];
  const gained = formatsOf(now.marks.filter((mark) => !token.marks.includes(mark)));
  const lost = formatsOf(token.marks.filter((mark) => !now.marks.includes(mark)));
  const isFormatted = token.text.trim() !== "" && gained.length + lost.length > 0;
  return { ...plain, formats: formatsOf(now.marks), ...(isFormatted ? { change: "formatted", gained, lost } : { change: "same" }) };
}

function joins(one: Piece, other: Piece): boolean {
  const spelt = (piece: Piece) => [piece.change, piece.formats.join(), piece.gained.join(), piece.lost.join()].join(";");
  return one.line === null && other.line === null && spelt(one) === spelt(other);
}

/** The words of both wordings in reading order, each with what happened to it. */
export function compare(before: NodeJson | null, after: NodeJson | null, referenceTo: ReferenceTo = UNNAMED): Piece[] {
  const all: Piece[] = [];
  for (const step of readable(slid(steps(before === null ? [] : tokensOf(before, referenceTo), after === null ? [] : tokensOf(after, referenceTo))))) {
    const piece = pieceOf(step);
    const last = all.at(-1);
    if (last !== undefined && joins(last, piece)) all[all.length - 1] = { ...last, text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}

/** How a clause, or a paragraph between clauses, fared between two texts. */
export interface PartChange {
  /** The clause's id, or "" for text between the clauses. */
  clause: string;
  /** Its number in the later text, else in the earlier one; null between clauses. */
  number: number | null;
  change: "same" | "changed" | "added" | "removed" | "moved";
  before: NodeJson | null;
  after: NodeJson | null;
}

interface Part {
  key: string;
  clause: string;
  number: number | null;
  node: NodeJson;
}

function partsOf(doc: NodeJson): Part[] {
  let number = 0;
  const seen = new Map<string, number>();
  return (doc.content ?? []).map((node) => {
    const id = node.type === "clause" && typeof node.attrs?.["id"] === "string" ? node.attrs["id"] : "";
    const words = id === "" ? JSON.stringify(node) : id;
    const times = (seen.get(words) ?? 0) + 1;
    seen.set(words, times);
    if (node.type === "clause") number += 1;
    return { key: `${words} ${times}`, clause: id, number: node.type === "clause" ? number : null, node };
  });
}

/** The keys that stay in order, as many as possible; what else is in both has moved. */
function inOrder(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const token = (text: string): Token => ({ text, line: null, marks: [] });
  return new Set(steps(before.map(token), after.map(token)).flatMap((step) => (step[0] === "same" ? [step[1].text] : [])));
}

/** Two whole texts, clause by clause, in the order of the later one with what is gone where it stood. */
export function compareTexts(before: NodeJson, after: NodeJson): PartChange[] {
  const old = partsOf(before);
  const now = partsOf(after);
  const kept = inOrder(old.map((one) => one.key), now.map((one) => one.key));
  const known = new Map(old.map((one) => [one.key, one]));
  const still = new Set(now.map((one) => one.key));
  const all: PartChange[] = [];
  let passed = 0;
  const passGone = (until: string | null) => {
    for (; passed < old.length; passed += 1) {
      const part = old[passed] as Part;
      if (kept.has(part.key)) {
        if (part.key === until) passed += 1;
        break;
      }
      if (!still.has(part.key)) all.push({ clause: part.clause, number: part.number, change: "removed", before: part.node, after: null });
    }
  };
  for (const part of now) {
    const was = known.get(part.key);
    // What is gone stands before what came in its place.
    if (kept.has(part.key) || was === undefined) passGone(part.key);
    const change = was === undefined ? "added" : JSON.stringify(was.node) !== JSON.stringify(part.node) ? "changed" : kept.has(part.key) ? "same" : "moved";
    all.push({ clause: part.clause, number: part.number, change, before: was?.node ?? null, after: part.node });
  }
  passGone(null);
  return all;
}
