/** Where one is signed in, and ending it there: for a lost phone, or a computer that others use. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { endOtherSessions, endSession, type SessionSeen } from "../api/account";
import { explainError } from "../api/explain";
import { Time } from "../ui";
import { Banner, Button, Card, ConfirmDialog, Tag } from "../ui/plain";

export function Sessions({ sessions, isGuest, onChanged }: { sessions: readonly SessionSeen[]; isGuest: boolean; onChanged: () => void }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const others = sessions.filter((one) => !one.current);
  const sorted = [...sessions].sort((one, other) => Number(other.current) - Number(one.current) || other.last_seen_at.localeCompare(one.last_seen_at));

  async function end(what: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await what();
      onChanged();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
      setAsking(false);
    }
  }

  return (
    <Card title={<Trans>Where you are signed in</Trans>}>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <ul className="plain-list">
        {sorted.map((one) => (
          <li key={one.session} className="row-apart">
            <div>
              <p className="row">
                <strong>{one.device === "" ? <Trans>A browser that does not say what it is</Trans> : one.device}</strong>
                {one.current ? (
                  <Tag icon="agree" tone="good">
                    <Trans>This one</Trans>
                  </Tag>
                ) : null}
              </p>
              <p className="note">
                <Trans>
                  Since <Time at={one.created_at} show="date" />, last seen <Time at={one.last_seen_at} />
                </Trans>
              </p>
            </div>
            {one.current ? null : <EndButton one={one} isPending={busy} onPress={() => void end(() => endSession(one.session))} />}
          </li>
        ))}
      </ul>
      {others.length < 2 ? null : (
        <div className="row">
          <Button onPress={() => setAsking(true)}>
            <Trans>Sign out everywhere else</Trans>
          </Button>
        </div>
      )}
      {others.length > 0 ? null : (
        <p className="note">
          <Trans>You are signed in nowhere else.</Trans>
        </p>
      )}
      <ConfirmDialog
        title={t`Sign out everywhere else?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Sign out everywhere else`}
        decline={t`Leave it as it is`}
        isPending={busy}
        onConfirm={() => void end(endOtherSessions)}
      >
        <p>
          {isGuest ? (
            <Trans>You stay signed in here. Elsewhere you come back by the link in your e-mail and a new code.</Trans>
          ) : (
            <Trans>You stay signed in here. Elsewhere you sign in again.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </Card>
  );
}

function EndButton({ one, isPending, onPress }: { one: SessionSeen; isPending: boolean; onPress: () => void }) {
  const { device } = one;
  return (
    <Button small kind="quiet" isPending={isPending} onPress={onPress}>
      <Trans>Sign out</Trans>
      <span className="hidden-visually">{` ${device}`}</span>
    </Button>
  );
}
