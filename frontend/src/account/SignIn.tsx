import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { signIn } from "../api/account";
import { explainError } from "../api/explain";
import { links } from "../links";
import { navigate, usePageTitle, usePath } from "../router";
import { Banner, Button, Card, Form, TextField } from "../ui";
import { Frame } from "./Frame";
import { isKnown } from "../live/useAccount";

/** For staff. Whoever came by an invitation is told to open its link again. */
export function SignIn() {
  const { t } = useLingui();
  usePageTitle(t`Sign in`);
  const path = usePath();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);

  async function submit() {
    setTried(true);
    setProblem(null);
    if (email.trim() === "" || password === "") return;
    setBusy(true);
    try {
      const account = await signIn(email.trim(), password);
      setPassword("");
      isKnown(account);
      if (path === links.signIn) navigate(links.cases, { replace: true });
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Frame>
      <div className="stack-wide sign-in">
        <div className="stack">
          <h1 className="display">
            <Trans>Settle it, together.</Trans>
          </h1>
          <p className="lead soft">
            <Trans>A quiet place where two sides and a neutral mediator work a dispute out.</Trans>
          </p>
        </div>
        <Card title={t`Sign in`}>
          <Form label={t`Sign in`} onSubmit={() => void submit()}>
            {problem === null ? null : (
              <Banner tone="bad" urgent title={problem.title}>
                {problem.next}
              </Banner>
            )}
            <TextField
              label={t`E-mail`}
              type="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              fault={tried && email.trim() === "" ? t`Write your e-mail address.` : null}
            />
            <TextField
              label={t`Password`}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              fault={tried && password === "" ? t`Write your password.` : null}
            />
            <Button kind="primary" type="submit" isPending={busy}>
              {busy ? <Trans>Signing in …</Trans> : <Trans>Sign in</Trans>}
            </Button>
          </Form>
        </Card>
        <Banner icon="letters" title={t`Did someone invite you?`}>
          <Trans>You need no account and no password. Open the link you were sent again, on the phone or computer you used first.</Trans>
        </Banner>
      </div>
    </Frame>
  );
}
