/** The way in for somebody who was sent a link and has never seen the portal, and their way back on another device. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { firstPage, previewInvitation, sendCode, verifyCode, type FirstPageFacts, type Preview } from "../api/invitations";
import { explainError } from "../api/explain";
import { askAgain } from "../live/useAccount";
import { links } from "../links";
import { expectWorkspace, parts } from "../parts";
import { navigate, useHash, usePageTitle } from "../router";
import { Button, Card, EmptyState, Progress, Skeleton } from "../ui/plain";
import { CodeEntry, onItsWay, type CodeOnItsWay } from "./CodeEntry";
import { Declined } from "./Declined";
import { FirstPage } from "./FirstPage";
import { isForAnAccount } from "./isForAnAccount";
import { JoinHead, StepHeading } from "./JoinHead";
import { Opening } from "./Opening";
import { rememberCode, rememberedCode } from "./rememberedCode";

const SignInCard = lazy(() => parts.signIn().then((part) => ({ default: part.SignInCard })));

type Step =
  | { at: "asking" }
  | { at: "failed"; title: string; next: string }
  | { at: "opening"; preview: Preview }
  | { at: "code"; preview: Preview; code: CodeOnItsWay }
  | { at: "reading"; facts: FirstPageFacts }
  | { at: "sign-in" }
  | { at: "declined"; inviter: string };

/** The token stands behind the # of the link, which no server ever sees. Another link pasted here begins afresh. */
export function Join() {
  const token = useHash().slice(1);
  return <Invitation key={token} token={token} />;
}

function Invitation({ token }: { token: string }) {
  const { t } = useLingui();
  usePageTitle(t`You are invited`);
  const cutLink = {
    title: t`This link is not complete.`,
    next: t`Open it again from the message you got, or copy all of it. If it still does not work, ask whoever invited you for a new one.`,
  };
  const [step, setStep] = useState<Step>(token === "" ? { at: "failed", ...cutLink } : { at: "asking" });

  const fail = useCallback((error: unknown) => setStep({ at: "failed", ...explainError(error) }), []);

  const enter = useCallback(async (caseId: string) => {
    rememberCode(null);
    expectWorkspace();
    await askAgain();
    navigate(links.table(caseId), { replace: true });
  }, []);

  const read = useCallback(async (): Promise<Step> => {
    const facts = await firstPage(token);
    rememberCode(null);
    expectWorkspace();
    return { at: "reading", facts };
  }, [token]);

  /** Where an opened link leads; `null` when it has led into the case. */
  const begin = useCallback(async (): Promise<Step | null> => {
    const preview = await previewInvitation(token);
    if (preview.state === "yours" && typeof preview.case_id === "string") {
      await enter(preview.case_id);
      return null;
    }
    if (preview.state === "open" && preview.verified) return read();
    const code = rememberedCode();
    return code === null ? { at: "opening", preview } : { at: "code", preview, code };
  }, [token, read, enter]);

  const go = useCallback((next: Step | null) => {
    if (next !== null) setStep(next);
  }, []);

  useEffect(() => {
    if (token === "") return;
    begin().then(go).catch(fail);
  }, [token, begin, go, fail]);

  async function check(digits: string) {
    try {
      const { state, case_id } = await verifyCode(token, digits);
      if (state === "yours" && typeof case_id === "string") await enter(case_id);
      else setStep(await read());
    } catch (error) {
      if (!isForAnAccount(error)) throw error;
      setStep({ at: "sign-in" });
    }
  }

  return (
    <>
      <JoinHead />
      <main id="main" className="page page-narrow stack-wide">
        {step.at === "asking" ? <Skeleton label={t`Reading your invitation`} lines={5} /> : null}
        {step.at === "failed" ? (
          <>
            <StepHeading className="hidden-visually">
              <Trans>This invitation does not open</Trans>
            </StepHeading>
            <EmptyState
              icon="link"
              level={2}
              title={step.title}
              actions={
                token === "" ? undefined : (
                  <Button onPress={() => location.reload()}>
                    <Trans>Try again</Trans>
                  </Button>
                )
              }
            >
              {step.next}
            </EmptyState>
          </>
        ) : null}
        {step.at === "opening" ? (
          <Opening
            preview={step.preview}
            token={token}
            onSent={(code) => {
              rememberCode(code);
              setStep({ at: "code", preview: step.preview, code });
            }}
            onDeclined={() => setStep({ at: "declined", inviter: step.preview.inviter })}
          />
        ) : null}
        {step.at === "code" ? (
          <TheCode
            inviter={step.preview.inviter}
            code={step.code}
            onCode={check}
            onAgain={async () => {
              const code = onItsWay(await sendCode(token));
              rememberCode(code);
              setStep({ ...step, code });
            }}
          />
        ) : null}
        {step.at === "reading" ? (
          <FirstPage
            facts={step.facts}
            token={token}
            onDeclined={() => setStep({ at: "declined", inviter: step.facts.inviter })}
            onForAnAccount={() => setStep({ at: "sign-in" })}
          />
        ) : null}
        {step.at === "sign-in" ? (
          <>
            <div className="stack">
              <StepHeading>
                <Trans>You have an account here</Trans>
              </StepHeading>
              <p className="lead soft">
                <Trans>The invitation went to its address. Sign in with it, and you go on where you are.</Trans>
              </p>
            </div>
            <Suspense fallback={<Skeleton label={t`One moment`} />}>
              <SignInCard
                onSignedIn={() => {
                  setStep({ at: "asking" });
                  begin().then(go).catch(fail);
                }}
              />
            </Suspense>
          </>
        ) : null}
        {step.at === "declined" ? (
          <Declined
            inviter={step.inviter}
            onBack={() => {
              setStep({ at: "asking" });
              begin().then(go).catch(fail);
            }}
          />
        ) : null}
      </main>
    </>
  );
}

function TheCode({
  inviter,
  code,
  onCode,
  onAgain,
}: {
  inviter: string;
  code: CodeOnItsWay;
  onCode: (digits: string) => Promise<void>;
  onAgain: () => Promise<void>;
}) {
  const { t } = useLingui();
  return (
    <>
      <Progress label={t`Step 1 of 2`} value={40} />
      <div className="stack">
        <h1>
          <Trans>Look into your e-mail</Trans>
        </h1>
        <p className="lead soft">
          <Trans>We have sent six digits to the address at which you were invited. They work for ten minutes.</Trans>
        </p>
      </div>
      <Card>
        <CodeEntry code={code} onCode={onCode} onAgain={onAgain}>
          <Trans>
            Nothing there? Look into the folder for unwanted mail as well. If the address is wrong, ask {inviter} to send the invitation
            to another.
          </Trans>
        </CodeEntry>
      </Card>
    </>
  );
}
