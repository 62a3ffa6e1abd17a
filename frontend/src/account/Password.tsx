import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { askForPasswordReset, changePassword } from "../api/account";
import { explainError } from "../api/explain";
import { Banner, Button, Card, Form, TextField } from "../ui/plain";
import { passwordFault, SHORTEST_PASSWORD } from "./passwordWords";

export function Password({ hasPassword, email, onChanged }: { hasPassword: boolean; email: string; onChanged: () => void }) {
  return (
    <Card title={<Trans>Password</Trans>}>
      {hasPassword ? <Change onChanged={onChanged} /> : <First email={email} />}
    </Card>
  );
}

function Change({ onChanged }: { onChanged: () => void }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const fault = passwordFault(password, again);

  async function change() {
    setTried(true);
    setProblem(null);
    if (current === "" || fault !== null) return;
    setBusy(true);
    try {
      await changePassword(current, password);
      setOpen(false);
      setDone(true);
      setTried(false);
      for (const forget of [setCurrent, setPassword, setAgain]) forget("");
      onChanged();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  if (!open) {
    return (
      <>
        {done ? (
          <Banner tone="good">
            <Trans>Your password is changed. Other devices are signed out.</Trans>
          </Banner>
        ) : null}
        <div className="row">
          <Button onPress={() => setOpen(true)}>
            <Trans>Change the password</Trans>
          </Button>
        </div>
      </>
    );
  }
  return (
    <Form label={t`Change the password`} onSubmit={() => void change()}>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <TextField
        label={t`The password you have now`}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        fault={tried && current === "" ? t`Write your password.` : null}
      />
      <TextField
        label={t`New password`}
        hint={t`At least ${SHORTEST_PASSWORD} characters. A short sentence is easy to remember and hard to guess.`}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        fault={tried && fault === "short" ? t`That is too short.` : null}
      />
      <TextField
        label={t`The same again`}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        fault={tried && fault === "different" ? t`The two are not the same.` : null}
      />
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Set this password</Trans>
        </Button>
        <Button kind="quiet" onPress={() => setOpen(false)}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Form>
  );
}

/** Who has only passkeys proves by their mail who they are. */
function First({ email }: { email: string }) {
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const ask = () => {
    setProblem(null);
    askForPasswordReset(email)
      .then(() => setSent(true))
      .catch((error: unknown) => setProblem(explainError(error)));
  };
  return (
    <>
      <p>
        <Trans>You have no password and sign in with a passkey.</Trans>
      </p>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {sent ? (
        <Banner tone="good" icon="mail">
          <Trans>A link to choose one is on its way to {email}.</Trans>
        </Banner>
      ) : (
        <div className="row">
          <Button onPress={ask}>
            <Trans>Set a password as well</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
