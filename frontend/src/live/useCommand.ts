/** Giving a command from a screen: one intention, one id, however often it has to be sent. */
import { useCallback, useEffect, useRef, useState } from "react";
import { send, type Collection, type Fields, type Written } from "../api/commands";
import { explainError } from "../api/explain";
import { Intention } from "../api/intention";
import type { Explanation } from "../text/problems";

export interface CommandState {
  /** On its way; `retrying` once a first try found nobody. */
  status: "idle" | "sending" | "retrying";
  /** Why the last one did not go through, in words, until the next is given or it is dismissed. */
  problem: (Explanation & { code: string }) | null;
}

export interface Commander extends CommandState {
  /**
   * Send a command; resolves with what was written, or `null` after a refusal (then `problem` says why).
   * The same words sent again after a lost connection keep their id, so they take effect once.
   */
  give: <C extends Collection>(collection: C, fields: Fields<C>) => Promise<Written | null>;
  dismiss: () => void;
}

export function useCommand(caseId: string): Commander {
  const [state, setState] = useState<CommandState>({ status: "idle", problem: null });
  const [intention] = useState(() => new Intention());
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const give = useCallback(
    async <C extends Collection>(collection: C, fields: Fields<C>): Promise<Written | null> => {
      const id = intention.idFor(caseId, collection, fields);
      const show = (next: CommandState) => {
        if (!gone.current) setState(next);
      };
      show({ status: "sending", problem: null });
      try {
        const written = await send(caseId, collection, id, fields, {
          onRetry: () => show({ status: "retrying", problem: null }),
        });
        intention.done();
        show({ status: "idle", problem: null });
        return written;
      } catch (error) {
        intention.failed(error);
        show({ status: "idle", problem: explainError(error) });
        return null;
      }
    },
    [caseId, intention],
  );

  const dismiss = useCallback(() => setState({ status: "idle", problem: null }), []);
  return { ...state, give, dismiss };
}
