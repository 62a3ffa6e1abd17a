/** The mediator puts a question on the table, in words that belong to neither side. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, IssueView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Banner, Button, Dialog, TextField } from "../../ui";
import { ProblemNote } from "../ProblemNote";

/** `issue` null puts a new question; else this one is worded differently. */
export function IssueDialog({ view, issue, onClose }: { view: CaseView; issue: IssueView | null; onClose: () => void }) {
  const { t } = useLingui();
  const [draft, setDraft] = useDraft(view.case, "joint", `issue ${issue?.issue ?? ""}`);
  const [touched, setTouched] = useState(draft !== "");
  const { give, status, problem } = useCommand(view.case);
  const text = touched ? draft : (issue?.text ?? "");

  const put = async () => {
    const words = { text: text.trim() };
    const done = issue === null ? await give("issues", words) : await give("issue-wordings", { issue: issue.issue, ...words });
    if (done === null) return;
    setDraft("");
    onClose();
  };

  return (
    <Dialog
      title={issue === null ? t`A question for the table` : t`Word the question differently`}
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="table" isDisabled={text.trim() === ""} isPending={status !== "idle"} onPress={() => void put()}>
          <Trans>Put it on the table</Trans>
        </Button>
      }
    >
      {issue !== null && issue.endorsed_by.length > 0 ? (
        <Banner tone="warn" title={t`Both sides are asked again whether it is the right question.`} />
      ) : null}
      <TextField
        label={t`The question`}
        hint={t`In neutral words, such as "Our question: how does the site get maintained from here?"`}
        value={text}
        onChange={(next) => {
          setTouched(true);
          setDraft(next);
        }}
        maxLength={200}
        autoFocus
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
