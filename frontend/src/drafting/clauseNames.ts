/** The clauses of the text at hand, for whatever names one of them: a number is never stored, only looked up. */
import { useLingui } from "@lingui/react/macro";
import { createContext, useCallback, useContext } from "react";

export interface NamedClause {
  id: string;
  number: number;
  text: string;
}

const Clauses = createContext<readonly NamedClause[]>([]);

/** Give it the clauses of the text that is shown below it. */
export const ClausesInText = Clauses.Provider;

export function useClausesInText(): readonly NamedClause[] {
  return useContext(Clauses);
}

/** "clause 3", or for a clause that is not in the text that it is not. */
export function useReferenceWords(): (number: number | null) => string {
  const { t } = useLingui();
  return useCallback((number) => (number === null ? t`[a clause that is not in the text]` : t`clause ${number}`), [t]);
}

/** The same for a clause's id, in the text at hand. */
export function useReferenceTo(): (clause: unknown) => string {
  const clauses = useClausesInText();
  const words = useReferenceWords();
  return useCallback((clause) => words(clauses.find((one) => one.id === clause)?.number ?? null), [clauses, words]);
}
