/** Before the code: who invites, and to what kind of thing. No more, for anyone may hold a link. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { declineInvitation, sendCode, type Preview } from "../api/invitations";
import { explainError } from "../api/explain";
import { categoryWord } from "../text/words";
import { Banner, Button, Card, ConfirmDialog } from "../ui/plain";
import { onItsWay, type CodeOnItsWay } from "./CodeEntry";
import { StepHeading } from "./JoinHead";

export function Opening({
  preview,
  token,
  onSent,
  onDeclined,
}: {
  preview: Preview;
  token: string;
  onSent: (code: CodeOnItsWay) => void;
  onDeclined: () => void;
}) {
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const { inviter } = preview;
  const category = categoryWord(preview.category);
  const isBack = preview.state === "accepted";

  function send() {
    setBusy(true);
    setProblem(null);
    sendCode(token)
      .then((sent) => onSent(onItsWay(sent)))
      .catch((error: unknown) => {
        setProblem(explainError(error));
        setBusy(false);
      });
  }

  function decline() {
    setBusy(true);
    declineInvitation(token)
      .then(onDeclined)
      .catch((error: unknown) => {
        setProblem(explainError(error));
        setDeclining(false);
        setBusy(false);
      });
  }

  return (
    <div className="stack-wide join-opening">
      <div className="stack">
        <StepHeading className="display">
          {isBack ? <Trans>Welcome back.</Trans> : <Trans>{inviter} invites you to settle a dispute.</Trans>}
        </StepHeading>
        <p className="lead soft">
          {isBack ? <Trans>{inviter} had invited you. It is about: {category}.</Trans> : <Trans>It is about: {category}.</Trans>}
        </p>
      </div>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <Card>
        <p>
          {isBack ? (
            <Trans>So that nobody else gets in with this link, we send a code to your e-mail address. It lets you in on this device.</Trans>
          ) : (
            <Trans>
              What it is about is for your eyes alone. So we first send a code to the e-mail address at which you were invited. Then you
              read what this is. It needs no account and no password, and commits you to nothing.
            </Trans>
          )}
        </p>
        <div className="row">
          <Button kind="primary" icon="mail" onPress={send} isPending={busy && !declining}>
            <Trans>Send me the code</Trans>
          </Button>
          {isBack ? null : (
            <Button kind="quiet" onPress={() => setDeclining(true)}>
              <Trans>This is not for me</Trans>
            </Button>
          )}
        </div>
        <p className="note">
          <Trans>
            Is it not your address any more? Then ask {inviter} to send the invitation to the right one.
          </Trans>
        </p>
      </Card>
      <ConfirmDialog
        title={t`Is this not for you?`}
        isOpen={declining}
        onOpenChange={setDeclining}
        confirm={t`Not for me`}
        decline={t`Keep it open`}
        onConfirm={decline}
        isPending={busy}
      >
        <p>
          <Trans>{inviter} is told that you said no. No reason is asked. You may change your mind while the link works.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
