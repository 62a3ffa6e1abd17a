/** For staff. Whoever came by an invitation is told to open its link again. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { askForPasswordReset, passkeySignIn, passkeySignInOptions, signIn, type Account } from "../api/account";
import { explainError } from "../api/explain";
import { isKnown } from "../live/useAccount";
import { links } from "../links";
import { expectWorkspace } from "../parts";
import { navigate, usePageTitle, usePath } from "../router";
import { Banner, Button, Card, Form, Link, TextField } from "../ui/plain";
import { Frame } from "./Frame";
import { knowsPasskeys, NotThisTime, showPasskey } from "../api/webauthn";

type Problem = { title: string; next: string } | null;

export function SignIn() {
  const { t } = useLingui();
  usePageTitle(t`Sign in`);
  const path = usePath();
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
        <SignInCard
          onSignedIn={() => {
            // On any other address the page that was asked for appears in place of this one.
            if (path === links.signIn) navigate(links.cases, { replace: true });
          }}
        />
        <Banner icon="mail" title={t`Did someone invite you?`}>
          <Trans>You need no account and no password. Open the link in the e-mail again: it lets you in with a code, on any device.</Trans>
        </Banner>
        <p className="note">
          <Link href={links.verify}>
            <Trans>Check a record or a settlement from here</Trans>
          </Link>
        </p>
      </div>
    </Frame>
  );
}

/** Also stands in an invitation, for those whose account it is meant for. */
export function SignInCard({ onSignedIn }: { onSignedIn: () => void }) {
  const [forgotten, setForgotten] = useState(false);
  const [email, setEmail] = useState("");
  if (forgotten) return <Forgotten email={email} onEmail={setEmail} onBack={() => setForgotten(false)} />;
  return <ByPassword email={email} onEmail={setEmail} onForgotten={() => setForgotten(true)} onSignedIn={onSignedIn} />;
}

function ProblemBanner({ problem }: { problem: Problem }) {
  if (problem === null) return null;
  return (
    <Banner tone="bad" urgent title={problem.title}>
      {problem.next}
    </Banner>
  );
}

function EmailField({ email, onEmail, tried }: { email: string; onEmail: (email: string) => void; tried: boolean }) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`E-mail`}
      type="email"
      autoComplete="username"
      value={email}
      onChange={onEmail}
      fault={tried && email.trim() === "" ? t`Write your e-mail address.` : null}
    />
  );
}

function ByPassword({
  email,
  onEmail,
  onForgotten,
  onSignedIn,
}: {
  email: string;
  onEmail: (email: string) => void;
  onForgotten: () => void;
  onSignedIn: () => void;
}) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState<"password" | "passkey" | null>(null);
  const [problem, setProblem] = useState<Problem>(null);

  function enter(account: Account) {
    setPassword("");
    isKnown(account);
    onSignedIn();
  }

  async function byPassword() {
    setTried(true);
    setProblem(null);
    if (email.trim() === "" || password === "") return;
    setBusy("password");
    expectWorkspace();
    try {
      enter(await signIn(email.trim(), password));
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(null);
    }
  }

  async function byPasskey() {
    setProblem(null);
    setBusy("passkey");
    expectWorkspace();
    try {
      const { challenge_id, options } = await passkeySignInOptions();
      enter(await passkeySignIn(challenge_id, await showPasskey(options)));
    } catch (error) {
      if (!(error instanceof NotThisTime)) setProblem(explainError(error));
    } finally {
      setBusy(null);
    }
  }

  return (
    <Card title={t`Sign in`}>
      <Form label={t`Sign in`} onSubmit={() => void byPassword()}>
        <ProblemBanner problem={problem} />
        <EmailField email={email} onEmail={onEmail} tried={tried} />
        <TextField
          label={t`Password`}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          fault={tried && password === "" ? t`Write your password.` : null}
        />
        <div className="row">
          <Button kind="primary" type="submit" isPending={busy === "password"}>
            {busy === "password" ? <Trans>Signing in …</Trans> : <Trans>Sign in</Trans>}
          </Button>
          <Button kind="quiet" onPress={onForgotten}>
            <Trans>Forgotten your password?</Trans>
          </Button>
        </div>
      </Form>
      {knowsPasskeys() ? (
        <>
          <hr />
          <div className="row">
            <Button icon="lock" isPending={busy === "passkey"} onPress={() => void byPasskey()}>
              <Trans>Sign in with a passkey</Trans>
            </Button>
            <span className="note">
              <Trans>With your fingerprint, your face or a key, as you set it up.</Trans>
            </span>
          </div>
        </>
      ) : null}
    </Card>
  );
}

function Forgotten({ email, onEmail, onBack }: { email: string; onEmail: (email: string) => void; onBack: () => void }) {
  const { t } = useLingui();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<Problem>(null);

  async function ask() {
    setTried(true);
    setProblem(null);
    if (email.trim() === "") return;
    setBusy(true);
    try {
      await askForPasswordReset(email.trim());
      setSent(true);
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  const back: ReactNode = (
    <Button kind="quiet" icon="back" onPress={onBack}>
      <Trans>Back to signing in</Trans>
    </Button>
  );
  return (
    <Card title={t`A new password`}>
      {sent ? (
        <>
          <Banner tone="good" icon="mail" title={<Trans>Look into your e-mail.</Trans>}>
            <Trans>If there is an account with this address, a link to choose a new password is on its way to it.</Trans>
          </Banner>
          <div className="row">{back}</div>
        </>
      ) : (
        <Form label={t`A new password`} onSubmit={() => void ask()}>
          <ProblemBanner problem={problem} />
          <p>
            <Trans>We send you a link with which you choose a new one.</Trans>
          </p>
          <EmailField email={email} onEmail={onEmail} tried={tried} />
          <div className="row">
            <Button kind="primary" type="submit" isPending={busy}>
              <Trans>Send me the link</Trans>
            </Button>
            {back}
          </div>
        </Form>
      )}
    </Card>
  );
}
