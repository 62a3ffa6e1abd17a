/** Behind a link from a mail: choosing the first password of an account, or another in place of a forgotten one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { choosePassword } from "../api/account";
import { explainError } from "../api/explain";
import { links } from "../links";
import { usePageTitle } from "../router";
import { Banner, Button, Card, EmptyState, Form, LinkButton, TextField } from "../ui/plain";
import { Frame } from "./Frame";
import { passwordFault, SHORTEST_PASSWORD } from "./passwordWords";

export function NewPassword() {
  const { t } = useLingui();
  usePageTitle(t`Choose a password`);
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const fault = passwordFault(password, again);
  useEffect(() => {
    // Another link pasted over this one changes only what stands behind the #, and begins afresh.
    const begin = () => location.reload();
    window.addEventListener("hashchange", begin);
    return () => window.removeEventListener("hashchange", begin);
  }, []);

  async function choose() {
    setTried(true);
    setProblem(null);
    if (fault !== null) return;
    setBusy(true);
    try {
      await choosePassword(token, password);
      // The link is used up; what stands in the address must not be found there by the next person.
      history.replaceState(null, "", links.password);
      setDone(true);
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Frame>
      <div className="stack-wide sign-in">
        <h1>
          <Trans>Choose a password</Trans>
        </h1>
        {token === "" ? (
          <EmptyState
            icon="link"
            level={2}
            title={<Trans>This link is not complete.</Trans>}
            actions={
              <LinkButton href={links.signIn}>
                <Trans>Go to the sign-in page</Trans>
              </LinkButton>
            }
          >
            <Trans>Open it again from the e-mail, or ask for another one on the sign-in page.</Trans>
          </EmptyState>
        ) : done ? (
          <Banner
            tone="good"
            title={<Trans>Your password is set.</Trans>}
            actions={
              <LinkButton kind="primary" href={links.signIn}>
                <Trans>Sign in</Trans>
              </LinkButton>
            }
          >
            <Trans>Wherever you were signed in before, you are signed out now.</Trans>
          </Banner>
        ) : (
          <Card>
            <Form label={t`Choose a password`} onSubmit={() => void choose()}>
              {problem === null ? null : (
                <Banner
                  tone="bad"
                  urgent
                  title={problem.title}
                  actions={
                    <LinkButton href={links.signIn}>
                      <Trans>Go to the sign-in page</Trans>
                    </LinkButton>
                  }
                >
                  {problem.next}
                </Banner>
              )}
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
              </div>
            </Form>
          </Card>
        )}
      </div>
    </Frame>
  );
}
