/** A Word file as clauses: the server reads it, nothing is written, and every paragraph finds a clause to stand in. */
import { newCommandId, request } from "../../api/client";
import type { NodeJson } from "../../drafting/canonical";
import { wordsOf } from "../../drafting/clauseJson";
import type { components } from "../../api/schema";

export type LeftOut = components["schemas"]["LeftOut"];

export interface WordText {
  clauses: readonly NodeJson[];
  leftOut: readonly LeftOut[];
}

/** What the server takes, in bytes. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** What the browser offers to choose from. */
export const WORD_FILES = [".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"].join(",");

export async function readWord(caseId: string, file: Blob, signal?: AbortSignal): Promise<WordText> {
  const read = await request<{ content: NodeJson; left_out: readonly LeftOut[] }>("POST", `/api/cases/${caseId}/draft/import`, {
    bytes: file,
    ...(signal === undefined ? {} : { signal }),
  });
  return { clauses: clausesFrom(read.content.content ?? []), leftOut: read.left_out };
}

function emphasised(node: NodeJson): NodeJson {
  if (node.type !== "text") return node;
  const marks = node.marks ?? [];
  return marks.some((mark) => mark.type === "strong") ? node : { ...node, marks: [...marks, { type: "strong" }] };
}

/**
 * Everybody agrees to clauses, and to nothing beside them. So a heading goes, in bold, to the top of what stands under
 * it, and a paragraph under no heading becomes a clause of its own; numbered ones are clauses already.
 */
export function clausesFrom(blocks: readonly NodeJson[], newId: () => string = newCommandId): readonly NodeJson[] {
  /** `goesOn`: under a heading, paragraphs are added until something else begins. */
  const clauses: { content: NodeJson[]; goesOn: boolean }[] = [];
  let headings: NodeJson[] = [];
  const begin = (content: readonly NodeJson[], goesOn = headings.length > 0) => {
    clauses.push({ content: [...headings, ...content], goesOn });
    headings = [];
  };
  for (const block of blocks) {
    if (wordsOf(block).trim() === "") continue;
    switch (block.type) {
      case "heading":
        headings.push({ type: "paragraph", content: (block.content ?? []).map(emphasised) });
        break;
      case "clause":
        begin(block.content ?? [], false);
        break;
      case "paragraph": {
        const last = clauses.at(-1);
        if (headings.length === 0 && last?.goesOn === true) last.content.push(block);
        else begin([block]);
        break;
      }
      default: {
        const last = clauses.at(-1);
        if (headings.length === 0 && last !== undefined) last.content.push(block);
        else begin(headings.length > 0 ? [block] : [{ type: "paragraph" }, block]);
      }
    }
  }
  if (headings.length > 0) begin([]);
  return clauses.map(({ content }) => ({ type: "clause", attrs: { id: newId() }, content }));
}

// ── on the way to the side's own draft, which is on another page ────────────────────────────────────────────────────

const waiting = new Map<string, readonly NodeJson[]>();

export function keepForDraft(caseId: string, clauses: readonly NodeJson[]): void {
  waiting.set(caseId, clauses);
}

/** What is to be written into the draft, once: whoever takes it, writes it. */
export function takeForDraft(caseId: string): readonly NodeJson[] {
  const clauses = waiting.get(caseId) ?? [];
  waiting.delete(caseId);
  return clauses;
}
