/** One press, one command: a refusal is said in passing and stays until it is closed. */
import { useCallback, useEffect } from "react";
import type { Collection, Fields, Written } from "../api/commands";
import { useCommand } from "../live/useCommand";
import { announce } from "../ui";

export interface Act {
  act: <C extends Collection>(collection: C, fields: Fields<C>) => Promise<Written | null>;
  busy: boolean;
}

export function useAct(caseId: string): Act {
  const { give, status, problem } = useCommand(caseId);
  useEffect(() => {
    if (problem !== null) announce(`${problem.title} ${problem.next}`, { tone: "bad" });
  }, [problem]);
  const act = useCallback<Act["act"]>((collection, fields) => give(collection, fields), [give]);
  return { act, busy: status !== "idle" };
}
