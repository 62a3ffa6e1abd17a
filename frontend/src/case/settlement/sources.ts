/** What is ready to become a clause: possible terms that both sides agree to, and accepted offers. */
import type { CaseView, Money } from "../../api/types";
import type { ClauseSource } from "../../drafting/schema";

export interface Source {
  from: ClauseSource;
  text: string;
  amount: Money | null;
}

export function readyToWrite(view: Pick<CaseView, "statements" | "offers">): readonly Source[] {
  const terms = view.statements
    .filter((one) => one.common && one.kind === "possible-term")
    .map((one): Source => ({ from: `statement:${one.statement}`, text: one.text, amount: null }));
  const offers = view.offers
    .filter((one) => one.state === "accepted")
    .map((one): Source => ({ from: `offer:${one.offer}`, text: one.terms, amount: one.amount }));
  return [...terms, ...offers];
}
