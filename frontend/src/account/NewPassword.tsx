/** Behind a link from a mail: choosing the first password of an account, or another in place of a forgotten one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { choosePassword } from "../api/account";
import { links } from "../links";
import { usePageTitle } from "../router";
import { Banner, Button, Card, EmptyState, Form, LinkButton } from "../ui/plain";
import { Frame } from "./Frame";
import { ProblemNote } from "./ProblemNote";
import { useDoing } from "./useDoing";
import { useNewPassword } from "./useNewPassword";

export function NewPassword() {
  const { t } = useLingui();
  usePageTitle(t`Choose a password`);
  const [token] = useState(() => location.hash.slice(1));
  const { fields, take } = useNewPassword();
  const [done, setDone] = useState(false);
  const { busy, problem, doIt } = useDoing();
  useEffect(() => {
    // Another link pasted over this one changes only what stands behind the #, and begins afresh.
    const begin = () => location.reload();
    window.addEventListener("hashchange", begin);
    return () => window.removeEventListener("hashchange", begin);
  }, []);

  async function choose() {
    const password = take();
    if (password === null || !(await doIt(() => choosePassword(token, password)))) return;
    // The link is used up; what stands in the address must not be found there by the next person.
    history.replaceState(null, "", links.password);
    setDone(true);
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
              <ProblemNote
                problem={problem}
                actions={
                  <LinkButton href={links.signIn}>
                    <Trans>Go to the sign-in page</Trans>
                  </LinkButton>
                }
              />
              {fields}
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
