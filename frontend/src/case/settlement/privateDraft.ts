/**
 * What a side brings from its own draft to the table: text alone. Ids, the ties of clauses and what they point at stay
 * behind, and so does everything that was ever deleted.
 */
import { newCommandId } from "../../api/client";
import { canonical, type NodeJson, textHash } from "../../drafting/canonical";
import { wordsOf } from "../../drafting/clauseJson";
import type { SuggestionFields } from "./suggesting";

/** What stands in place of a reference to a clause that is not brought along and not on the table. */
export const BLANK = "[…]";

export interface Bringable {
  /** In the draft. */
  id: string;
  number: number;
  words: string;
  node: NodeJson;
  /** `new`: not on the table. `other`: the clause stands on the table in other words. `same`: it reads alike there. */
  kind: "new" | "other" | "same";
  /** On the table, where it stands there. */
  tableNumber: number | null;
}

export function clausesIn(node: NodeJson | null): readonly NodeJson[] {
  return (node?.content ?? []).filter((one) => one.type === "clause" && typeof one.attrs?.["id"] === "string");
}

function idOf(clause: NodeJson): string {
  return String(clause.attrs?.["id"]);
}

/** A draft that was begun with the text on the table knows its clauses by their ids there. */
export function bringable(draft: NodeJson | null, table: NodeJson | null): readonly Bringable[] {
  const there = clausesIn(table);
  return clausesIn(draft).flatMap((node, index) => {
    const words = wordsOf(node);
    if (words.trim() === "") return [];
    const place = there.findIndex((one) => idOf(one) === idOf(node));
    const twin = there[place];
    const kind = twin === undefined ? "new" : spelt(twin) === spelt(node) ? "same" : "other";
    return [{ id: idOf(node), number: index + 1, words, node, kind, tableNumber: twin === undefined ? null : place + 1 } as const];
  });
}

function spelt(node: NodeJson): string {
  const { content } = canonical(node);
  return JSON.stringify(content ?? []);
}

/** Whether a reference in these clauses points at one that stays behind. */
export function leavesGaps(chosen: readonly Bringable[], table: NodeJson | null): boolean {
  const known = new Set([...clausesIn(table).map(idOf), ...chosen.map((one) => one.id)]);
  const points = (node: NodeJson): boolean => (node.type === "clause_ref" && !known.has(String(node.attrs?.["clause"]))) || (node.content ?? []).some(points);
  return chosen.some((one) => points(one.node));
}

export interface Brought {
  /** Id of the command. */
  command: string;
  fields: SuggestionFields;
}

/**
 * The suggestions that bring these clauses to the table, in the order in which to send them.
 *
 * A new clause suggested behind another one can only name a clause that is on the table already. So those that wait to
 * be accepted are sent last first: accepted in the order they came, they stand in the order of the draft. Those that
 * are written at once follow each other. The ids of new clauses are made here and stand nowhere in the draft.
 */
export async function suggestionsFor(
  chosen: readonly Bringable[],
  { table, document, after, why, atOnce, newId = newCommandId }: { table: NodeJson; document: string; after: string | null; why: string; atOnce: boolean; newId?: () => string },
): Promise<readonly Brought[]> {
  const there = new Map(clausesIn(table).map((one) => [idOf(one), one]));
  const ids = new Map(chosen.map((one) => [one.id, there.has(one.id) ? one.id : newId()]));
  const text = (one: Bringable, id: string, from: unknown) => ({ ...asText(canonical(one.node), ids, new Set(there.keys())), attrs: { id, ...(from === undefined ? {} : { from }) } });
  const replaced: Brought[] = [];
  const added: Brought[] = [];
  let before = after;
  for (const one of chosen) {
    const id = ids.get(one.id) ?? newId();
    const twin = there.get(one.id);
    if (twin === undefined) {
      added.push({ command: newId(), fields: { document, change: "insert", clause: id, after: before, node: text(one, id, undefined), why } });
      if (atOnce) before = id;
    } else if (one.kind === "other") {
      const node = text(one, id, canonical(twin).attrs?.["from"]);
      replaced.push({ command: newId(), fields: { document, change: "replace", clause: id, base_hash: await textHash(twin), node, why } });
    }
  }
  return [...replaced, ...(atOnce ? added : added.reverse())];
}

/** The words with their form; a reference leads to what is brought along or stands on the table, or becomes a blank. */
function asText(node: NodeJson, ids: ReadonlyMap<string, string>, there: ReadonlySet<string>): NodeJson {
  if (node.type === "clause_ref") {
    const target = String(node.attrs?.["clause"]);
    const clause = ids.get(target) ?? (there.has(target) ? target : null);
    return clause === null ? { type: "text", text: BLANK } : { type: "clause_ref", attrs: { clause } };
  }
  return node.content === undefined ? node : { ...node, content: node.content.map((one) => asText(one, ids, there)) };
}
