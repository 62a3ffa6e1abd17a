import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { askForPasswordReset, changePassword } from "../api/account";
import { Banner, Button, Card, Form, TextField } from "../ui/plain";
import { ProblemNote } from "./ProblemNote";
import { useDoing } from "./useDoing";
import { useNewPassword } from "./useNewPassword";

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
  const { fields, take, forget } = useNewPassword();
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, problem, doIt } = useDoing();

  async function change() {
    setTried(true);
    const password = take();
    if (current === "" || password === null || !(await doIt(() => changePassword(current, password)))) return;
    setOpen(false);
    setDone(true);
    setTried(false);
    setCurrent("");
    forget();
    onChanged();
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
      <ProblemNote problem={problem} />
      <TextField
        label={t`The password you have now`}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        fault={tried && current === "" ? t`Write your password.` : null}
      />
      {fields}
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
  const { busy, problem, doIt } = useDoing();
  const ask = async () => {
    if (await doIt(() => askForPasswordReset(email))) setSent(true);
  };
  return (
    <>
      <p>
        <Trans>You have no password and sign in with a passkey.</Trans>
      </p>
      <ProblemNote problem={problem} />
      {sent ? (
        <Banner tone="good" icon="mail">
          <Trans>A link to choose one is on its way to {email}.</Trans>
        </Banner>
      ) : (
        <div className="row">
          <Button isPending={busy} onPress={() => void ask()}>
            <Trans>Set a password as well</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
