import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { navigate } from "../../router";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Card, Tag } from "../../ui";

/** The text is the case's own: what is accepted is exactly what is shown. */
export function GroundRules({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const { agreement, me } = view;
  const mine = agreement.accepted_by.includes(me.participant);
  const count = agreement.accepted_by.length;
  const all = view.people.filter((one) => one.role !== "legal").length;
  const accepting = useRef(false);
  useEffect(() => {
    if (!accepting.current || !mine) return;
    accepting.current = false;
    // Whoever was the last to be waited for goes straight on; who waits for others is not moved later on.
    if (view.began_at !== null) navigate(links.table(view.case));
  }, [mine, view.began_at, view.case]);

  async function accept() {
    accepting.current = true;
    if ((await give("agreement-acceptances", { sha256: agreement.sha256 })) === null) accepting.current = false;
  }

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
        <div className="row">
          <Button kind="primary" icon="agree" isPending={status !== "idle"} onPress={() => void accept()}>
            <Trans>I accept</Trans>
          </Button>
          <span className="note">
            <Trans>By accepting you say that you have read it. You may still leave at any moment.</Trans>
          </span>
        </div>
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
