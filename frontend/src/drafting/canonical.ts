/**
 * The one spelling of a wording that its text hash is made of (record format, "Text hash"): adjacent text with equal
 * marks merged, marks sorted, null attributes dropped, ids kept, no numbers, no comments. The server spells alike.
 */
import canonicalize from "canonicalize";

/** A ProseMirror node as `node.toJSON()` gives it. */
export interface NodeJson {
  type: string;
  attrs?: Record<string, unknown>;
  content?: NodeJson[];
  marks?: MarkJson[];
  text?: string;
}

/** A mark as `mark.toJSON()` gives it. */
export interface MarkJson {
  type: string;
  attrs?: Record<string, unknown>;
}

const SUGGESTIONS = new Set(["insertion", "deletion", "modification"]);

/** Thrown for a wording in which a suggestion is undecided: it has no hash yet. */
export class SuggestionsOpen extends Error {}

function jcs(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

function present(attrs: Record<string, unknown> | undefined, without?: string): Record<string, unknown> | undefined {
  const kept = Object.entries(attrs ?? {}).filter(([name, value]) => value !== null && value !== undefined && name !== without);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function canonicalMarks(marks: MarkJson[] | undefined): MarkJson[] | undefined {
  const kept: MarkJson[] = [];
  for (const mark of marks ?? []) {
    if (SUGGESTIONS.has(mark.type)) throw new SuggestionsOpen("a suggestion is undecided");
    if (mark.type === "comment") continue;
    const attrs = present(mark.attrs);
    kept.push(attrs === undefined ? { type: mark.type } : { type: mark.type, attrs });
  }
  // By UTF-16 code units, as JavaScript compares strings; the server does the same.
  const order = (mark: MarkJson): string => `${mark.type}\u0000${jcs(mark.attrs ?? {})}`;
  kept.sort((one, other) => (order(one) < order(other) ? -1 : 1));
  return kept.length > 0 ? kept : undefined;
}

function sameMarks(one: NodeJson, other: NodeJson): boolean {
  return jcs(one.marks ?? []) === jcs(other.marks ?? []);
}

function canonicalContent(content: NodeJson[] | undefined): NodeJson[] | undefined {
  const joined: NodeJson[] = [];
  for (const inner of content ?? []) {
    const child = canonical(inner);
    const last = joined.at(-1);
    if (child.type === "text" && child.text === "") continue;
    if (child.type === "text" && last?.type === "text" && sameMarks(last, child)) last.text = (last.text ?? "") + (child.text ?? "");
    else joined.push(child);
  }
  return joined.length > 0 ? joined : undefined;
}

/** The canonical spelling of a node given as JSON. */
export function canonical(node: NodeJson): NodeJson {
  const attrs = present(node.attrs, "number");
  const all = canonicalMarks(node.marks);
  // A line break or a reference inside bold words is bold on this screen alone: a shared text holds marks of text only,
  // so the server reads none here, and neither does whoever opens the text next.
  const marks = node.type === "text" ? all : undefined;
  const content = canonicalContent(node.content);
  return {
    type: node.type,
    ...(attrs === undefined ? {} : { attrs }),
    ...(marks === undefined ? {} : { marks }),
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(content === undefined ? {} : { content }),
  };
}

/** The text hash of a clause's or statement's wording, 64 hex digits: what an assent is given to. */
export async function textHash(node: NodeJson): Promise<string> {
  const bytes = new TextEncoder().encode(`MR1T${jcs(canonical(node))}`);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
