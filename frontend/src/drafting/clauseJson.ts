/** A clause as JSON, made without the editor. */
import type { NodeJson } from "./canonical";

/** A clause with a paragraph for each line that is not empty. */
export function clauseOfWords(id: string, words: string): NodeJson {
  const lines = words
    .split(/\n+/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const paragraph = (line: string): NodeJson => ({ type: "paragraph", content: [{ type: "text", text: line }] });
  return { type: "clause", attrs: { id }, content: lines.length === 0 ? [{ type: "paragraph" }] : lines.map(paragraph) };
}

/** The words of a node, line by line. */
export function wordsOf(node: NodeJson): string {
  if (node.type === "text") return node.text ?? "";
  if (node.type === "hard_break") return "\n";
  if (node.type === "clause_ref") return "…";
  const inner = (node.content ?? []).map(wordsOf);
  return node.type === "paragraph" || node.type === "heading" ? inner.join("") : inner.join("\n");
}

export function isEmptyWording(node: NodeJson): boolean {
  return wordsOf(node).trim() === "";
}
