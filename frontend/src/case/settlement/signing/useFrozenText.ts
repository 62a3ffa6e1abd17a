/** The frozen text: out of the papers once it binds, else as it is saved; its hash is counted here again. */
import { useEffect, useState } from "react";
import { explainError } from "../../../api/explain";
import { readText } from "../../../api/signing";
import type { SigningView } from "../../../api/types";
import type { Entry } from "../../../api/wire";
import { type NodeJson, textHash } from "../../../drafting/canonical";
import type { Explanation } from "../../../text/problems";

export type FrozenText =
  | { state: "loading" }
  | { state: "here"; node: NodeJson }
  /** What this browser was given is not what was frozen: nobody should sign it. */
  | { state: "another" }
  | { state: "failed"; problem: Explanation };

/** The text that took effect, as the papers hold it. */
export function effectiveText(papers: readonly Entry[], hash: string): NodeJson | null {
  for (const one of papers) {
    if (one.erased === true || one.kind !== "SettlementEffective" || one.body["text_hash"] !== hash) continue;
    return one.body["text"] as NodeJson;
  }
  return null;
}

export function useFrozenText(caseId: string, signing: SigningView, papers: readonly Entry[]): FrozenText {
  const [found, setFound] = useState<{ hash: string; text: FrozenText } | null>(null);
  const hash = signing.text_hash;
  const inPapers = effectiveText(papers, hash);
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<FrozenText> => {
      const node = inPapers ?? ((await readText(caseId)).node as unknown as NodeJson);
      return (await textHash(node)) === hash ? { state: "here", node } : { state: "another" };
    };
    void read()
      .catch((error: unknown): FrozenText => ({ state: "failed", problem: explainError(error) }))
      .then((text) => {
        if (!gone) setFound({ hash, text });
      });
    return () => {
      gone = true;
    };
  }, [caseId, hash, inPapers]);
  return found !== null && found.hash === hash ? found.text : { state: "loading" };
}
