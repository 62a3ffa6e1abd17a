/** What both sides already share: its count, and on a phone a tab of its own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, EmptyState } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { mayGive } from "../lookup";
import { Question } from "./Question";
import { ProposeDialog } from "./StatementDialog";

type InView = Pick<CasePageProps, "view">;

export function Shared({ view }: InView) {
  const common = view.statements.filter((one) => one.common).length;
  const all = view.statements.length;
  return (
    <p className="shared-count">
      {all === 0 ? (
        <Trans>Nothing shared is noted yet.</Trans>
      ) : (
        <>
          <strong>{common}</strong> <Trans>of {all} wordings agreed by both sides</Trans>
        </>
      )}
    </p>
  );
}

/** On a phone: only the questions under which something is noted, and one place to note more. */
export function SharedGround({ view }: InView) {
  const { t } = useLingui();
  const [noting, setNoting] = useState(false);
  const add = mayGive(view, "ProposeStatement") ? (
    <Button icon="add" onPress={() => setNoting(true)}>
      <Trans>Something both could agree to</Trans>
    </Button>
  ) : undefined;
  return (
    <div className="table">
      {view.statements.length === 0 ? (
        <EmptyState level={2} icon="agree" title={t`Nothing shared is noted yet`} actions={add}>
          <Trans>Often there is more than it seems: a fact, an aim, a small step.</Trans>
        </EmptyState>
      ) : (
        <>
          <Shared view={view} />
          {view.issues
            .filter((issue) => view.statements.some((one) => one.issue === issue.issue))
            .map((issue) => (
              <Question key={issue.issue} view={view} issue={issue} part="share" />
            ))}
          {view.statements.some((one) => one.issue === null) ? <Question view={view} issue={null} part="share" /> : null}
          <div>{add}</div>
        </>
      )}
      {noting ? <ProposeDialog view={view} issue={null} onClose={() => setNoting(false)} /> : null}
    </div>
  );
}
