/** Comments as threads: what was said first, and the answers to it, in the room of the first. */
import type { CaseView, CommentView } from "../../api/types";

export interface Thread {
  first: CommentView;
  answers: readonly CommentView[];
}

/** Of one clause, or with null of the whole text; open ones first, in the order in which they were begun. */
export function threadsOf(view: Pick<CaseView, "comments">, clause: string | null): readonly Thread[] {
  const byTime = [...view.comments].sort((a, b) => a.at.localeCompare(b.at));
  return byTime
    .filter((one) => one.in_answer_to === null && one.clause === clause)
    .map((first) => ({ first, answers: byTime.filter((one) => one.in_answer_to === first.comment && one.room === first.room) }))
    .sort((a, b) => Number(a.first.resolved) - Number(b.first.resolved));
}
