import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Card, Checkbox, Tag } from "../../ui";

/** The text is the case's own: what is accepted is exactly what is shown. */
export function GroundRules({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [read, setRead] = useState(false);
  const { agreement, me } = view;
  const mine = agreement.accepted_by.includes(me.participant);
  const count = agreement.accepted_by.length;
  const all = view.people.filter((one) => one.role !== "legal").length;
  return (
    <Card
      title={<Trans>The agreement and the ground rules</Trans>}
      actions={
        <Tag icon={mine ? "agree" : "waiting"} tone={mine ? "good" : "plain"}>
          {mine ? <Trans>You have accepted</Trans> : <Trans>{count} of {all} have accepted</Trans>}
        </Tag>
      }
    >
      <div className="rules prose" role="region" aria-label={t`The text`} tabIndex={0}>
        <Rules text={agreement.text} />
      </div>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {view.allowed_actions.includes("AcceptAgreement") && !mine ? (
        <>
          <Checkbox isSelected={read} onChange={setRead}>
            <Trans>I have read this.</Trans>
          </Checkbox>
          <div className="row">
            <Button
              kind="primary"
              icon="agree"
              isDisabled={!read}
              isPending={status !== "idle"}
              onPress={() => void give("agreement-acceptances", { sha256: agreement.sha256 })}
            >
              <Trans>I accept</Trans>
            </Button>
            <span className="note">
              <Trans>You may still leave at any moment.</Trans>
            </span>
          </div>
        </>
      ) : null}
    </Card>
  );
}

/** Each line a paragraph; a line that does not end like a sentence is a heading. */
function Rules({ text }: { text: string }) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => (/[.!?:;]$/u.test(line) ? <p key={line}>{line}</p> : <h3 key={line}>{line}</h3>));
}
