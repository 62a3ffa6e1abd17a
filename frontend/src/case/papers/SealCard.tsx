/** For a lawyer: what to note down today, so that nobody can show another history later. Folded away from everybody else. */
import { Trans } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { explainError } from "../../api/explain";
import { newestSeal, type Seal } from "../../api/cases";
import { Card, Time } from "../../ui";
import { ProblemNote } from "../ProblemNote";

/** `papers` is how many papers there are: each new one moves the seal. */
export function SealCard({ caseId, papers }: { caseId: string; papers: number }) {
  const [isOpen, setOpen] = useState(false);
  const [seal, setSeal] = useState<Seal | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof explainError> | null>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    let gone = false;
    newestSeal(caseId)
      .then((newest) => {
        if (gone) return;
        setSeal(newest);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!gone) setProblem(explainError(error));
      });
    return () => {
      gone = true;
    };
  }, [caseId, papers, isOpen]);
  return (
    <Card title={<Trans>For your lawyer</Trans>}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Trans>How these papers can be checked</Trans>
        </summary>
        <p className="prose">
          <Trans>
            Whoever keeps these two lines outside this site can prove later that no paper was changed, removed or slipped in before
            this moment. The record's own README says how to check it, with our program or without; “Check a record” does it in the browser.
          </Trans>
        </p>
        <ProblemNote problem={problem} />
        {seal === null ? null : (
          <dl className="seal">
            <dt>
              <Trans>Newest seal</Trans>, <Time at={seal.sealed_at} show="full" />
            </dt>
            <dd>
              <code>{seal.checkpoint_sha256}</code>
            </dd>
            <dt>
              <Trans>Signed by key</Trans>
            </dt>
            <dd>
              <code>{seal.key}</code>
            </dd>
          </dl>
        )}
      </details>
    </Card>
  );
}
