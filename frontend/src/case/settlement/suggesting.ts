/** What is sent for a suggestion, made of what was read on the screen. */
import type { Fields } from "../../api/commands";
import type { DraftingView, SuggestionView } from "../../api/types";
import { canonical, type NodeJson } from "../../drafting/canonical";

export type SuggestionFields = Fields<"suggestions">;

interface Read {
  document: string;
  clause: string;
  /** Text hash of the clause as it was read. */
  hash: string;
  why: string;
}

export function anotherWording({ document, clause, hash, why }: Read, wording: NodeJson): SuggestionFields {
  return { document, change: "replace", clause, base_hash: hash, node: asClause(wording, clause), why: why.trim() };
}

export function toRemove({ document, clause, hash, why }: Read): SuggestionFields {
  return { document, change: "remove", clause, base_hash: hash, why: why.trim() };
}

export function toMove({ document, clause, hash, why }: Read, after: string | null): SuggestionFields {
  return { document, change: "move", clause, base_hash: hash, after, why: why.trim() };
}

/** `clause` is a new id; `after` the clause behind which it is to stand, null for the beginning. */
export function newClause({ document, clause, why }: Omit<Read, "hash">, after: string | null, wording: NodeJson): SuggestionFields {
  return { document, change: "insert", clause, after, node: asClause(wording, clause), why: why.trim() };
}

function asClause(wording: NodeJson, clause: string): Record<string, unknown> {
  const spelt = canonical({ ...wording, attrs: { ...wording.attrs, id: clause } });
  return { ...spelt };
}

/** Behind which clause it stands after one step; undefined when it cannot go that way. */
export function placeAfterStep(ids: readonly string[], clause: string, way: "up" | "down"): string | null | undefined {
  const place = ids.indexOf(clause);
  if (place < 0) return undefined;
  if (way === "up") return place === 0 ? undefined : (ids[place - 2] ?? null);
  return ids[place + 1];
}

/** The clause reads differently from what the suggestion was made for; accepting it would lose words. */
export function isOvertaken(suggestion: Pick<SuggestionView, "change" | "base_hash">, hash: string | null): boolean {
  return (suggestion.change === "replace" || suggestion.change === "remove") && hash !== null && suggestion.base_hash !== hash;
}

/** Open suggestions of which only one can be taken up as it is: each was made for the wording that the clause has now. */
export function rivalsOf(drafting: Pick<DraftingView, "suggestions">, clause: string): readonly SuggestionView[] {
  return drafting.suggestions.filter((one) => one.state === "open" && one.clause === clause && (one.change === "replace" || one.change === "remove"));
}

/** Open suggestions by the clause they are shown under; new ones under the clause they would follow, "" above the first. */
export function byPlace(suggestions: readonly SuggestionView[], ids: readonly string[]): ReadonlyMap<string, readonly SuggestionView[]> {
  const all = new Map<string, SuggestionView[]>();
  for (const one of suggestions) {
    if (one.state !== "open") continue;
    const wanted = one.change === "insert" ? (one.after ?? "") : one.clause;
    // What belonged to a clause that is gone is still there to be answered, above the first.
    const place = ids.includes(wanted) ? wanted : "";
    all.set(place, [...(all.get(place) ?? []), one]);
  }
  return all;
}
