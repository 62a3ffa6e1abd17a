/** What a wording means that follows a ready clause, said beside it to everybody and not just to whoever chose it. */
import { Trans } from "@lingui/react/macro";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { CaseView } from "../../api/types";
import { followedBy } from "../../drafting/library/following";
import { Banner, Tag } from "../../ui";
import { type Offered, useOffered } from "./offered";

const Known = createContext<readonly Offered[]>([]);

/** Within it, wordings that follow a ready clause are known again. */
export function KnownClauses({ caseId, language, children }: { caseId: string; language: string | null; children: ReactNode }) {
  return <Known value={useOffered(caseId, language).offered}>{children}</Known>;
}

/** Nothing for a wording that follows none. A consumer has it open at once where it warns. */
export function Means({ view, text }: { view: CaseView; text: string }) {
  const known = useContext(Known);
  const clause = useMemo(() => followedBy(text, known), [text, known]);
  if (clause === null) return null;
  const { name, means, warning, toldIn } = clause;
  const isConsumer = view.parties.some(({ party, capacity }) => party === view.me.party && capacity === "consumer");
  return (
    <details className="clause-means" open={isConsumer && warning !== null}>
      <summary>
        <Trans>What this means for you</Trans>{" "}
        {warning === null ? null : (
          <Tag icon="warning" tone="warn">
            <Trans>Read this first</Trans>
          </Tag>
        )}
      </summary>
      <div className="told-part">
        <p lang={toldIn}>{means}</p>
        {warning === null ? null : <Banner tone="warn">{warning}</Banner>}
        <p className="note">
          <Trans>This is said of the ready clause “{name}”, which these words follow. Where they differ from it, read them closely.</Trans>
        </p>
      </div>
    </details>
  );
}
