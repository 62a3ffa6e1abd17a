/** A clause that somebody has asked for on another screen, until the settlement is open to take it. */
import type { ClauseSource } from "../../drafting/schema";

export interface ClauseWish {
  from: ClauseSource;
  text: string;
}

const wishes = new Map<string, ClauseWish>();

export function wishForClause(caseId: string, wish: ClauseWish): void {
  wishes.set(caseId, wish);
}

/** The wish, once: whoever takes it, writes it. */
export function takeClauseWish(caseId: string): ClauseWish | null {
  const wish = wishes.get(caseId) ?? null;
  wishes.delete(caseId);
  return wish;
}
