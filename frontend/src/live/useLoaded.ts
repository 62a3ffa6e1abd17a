/** Something fetched once for a page, and again when the page says so. */
import { useCallback, useEffect, useState } from "react";
import { explainError } from "../api/explain";
import type { Explanation } from "../text/problems";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "here"; it: T }
  | { state: "failed"; problem: Explanation };

/** `fetchIt` must be stable, as functions of a module are. What is shown stays until newer things are there. */
export function useLoaded<T>(fetchIt: () => Promise<T>): { loaded: Loaded<T>; again: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    fetchIt()
      .then((it) => {
        if (!gone) setLoaded({ state: "here", it });
      })
      .catch((error: unknown) => {
        if (!gone) setLoaded((now) => (now.state === "here" ? now : { state: "failed", problem: explainError(error) }));
      });
    return () => {
      gone = true;
    };
  }, [fetchIt, round]);
  const again = useCallback(() => setRound((now) => now + 1), []);
  return { loaded, again };
}
