import { useState } from "react";
import { explainError } from "../api/explain";
import type { Explanation } from "../text/problems";

/** Something that is sent and may be refused: whether it is under way, why it did not work, and doing it. */
export function useDoing() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explanation | null>(null);
  /** Resolves to whether it worked. */
  async function doIt(what: () => Promise<unknown>, onFailed?: (error: unknown) => void): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      await what();
      return true;
    } catch (error) {
      onFailed?.(error);
      setProblem(explainError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, problem, doIt };
}
