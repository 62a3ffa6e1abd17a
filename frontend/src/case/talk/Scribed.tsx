/** What the mediator wrote down for somebody who was talking: theirs alone until they press "That's it". */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ScribedView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Card, Dialog, TextArea } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { roomLook } from "../rooms";
import { SaidParts } from "../SaidParts";

export function Scribed({ view, scribed }: { view: CaseView; scribed: ScribedView }) {
  const { t } = useLingui();
  const [correcting, setCorrecting] = useState(false);
  const [words, setWords] = useDraft(view.case, scribed.room, `scribed ${scribed.scribed}`);
  const { give, status, problem } = useCommand(view.case);
  const mine = scribed.owner === view.me.participant;
  const owner = nameOf(view, scribed.owner);
  const mediator = view.mediator?.name ?? "";
  const issue = view.issues.find((one) => one.issue === scribed.issue);

  const answer = async (confirmed: boolean) => {
    const done = await give("scribed-answers", {
      room: scribed.room,
      scribed: scribed.scribed,
      confirmed,
      words: confirmed ? "" : words,
    });
    if (done === null) return;
    setWords("");
    setCorrecting(false);
  };

  return (
    <Card level={3} accent={roomLook(scribed.room, view.me.party).accent} title={mine ? t`${mediator} wrote this down for you` : t`Written down for ${owner}`}>
      {issue === undefined ? null : <p className="note">{issue.text}</p>}
      <SaidParts text={scribed.text} interest={scribed.interest} wants={scribed.wants} />
      {scribed.confirmed === false ? (
        <p className="note">
          <Trans>Not quite, says {owner}:</Trans> {scribed.words}
        </p>
      ) : null}
      {mine && scribed.confirmed === null ? (
        <p className="note">
          <Trans>Nobody else sees it. When you press "That's it", it goes to the table as your own words.</Trans>
        </p>
      ) : null}
      {!mine && scribed.confirmed === null ? (
        <p className="note">
          <Trans>Waiting for {owner} to say whether this is it.</Trans>
        </p>
      ) : null}
      <ProblemNote problem={problem} />
      {mayNow(scribed, "AnswerScribed") ? (
        <div className="row">
          <Button kind="primary" icon="agree" isPending={status !== "idle"} onPress={() => void answer(true)}>
            <Trans>That's it</Trans>
          </Button>
          <Button onPress={() => setCorrecting(true)}>
            <Trans>Not quite</Trans>
          </Button>
        </div>
      ) : null}
      <Dialog
        title={t`What is not right yet?`}
        closeLabel={t`Close`}
        isOpen={correcting}
        onOpenChange={setCorrecting}
        actions={
          <Button kind="primary" isPending={status !== "idle"} onPress={() => void answer(false)}>
            <Trans>Tell the mediator</Trans>
          </Button>
        }
      >
        <TextArea label={t`In your own words`} hint={t`Only your side and the mediator see this.`} value={words} onChange={setWords} maxLength={4000} autoFocus />
        <ProblemNote problem={problem} />
      </Dialog>
    </Card>
  );
}
