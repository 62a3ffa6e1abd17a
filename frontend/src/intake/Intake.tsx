/** A business's public page, on which a client opens a dispute: what happened, who they are, a code, and then what comes next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { explainError } from "../api/explain";
import { intakeOf, openDispute, sendIntakeCode, type Acknowledged, type IntakeFacts } from "../api/intake";
import { Intention } from "../api/intention";
import { CodeEntry, onItsWay, type CodeOnItsWay } from "../invitation/CodeEntry";
import { JoinHead, StepHeading } from "../invitation/JoinHead";
import { rememberCode, rememberedCode } from "../invitation/rememberedCode";
import { isLanguage } from "../text/language";
import { askAgain } from "../live/useAccount";
import { useLoaded } from "../live/useLoaded";
import { expectWorkspace } from "../parts";
import { usePageTitle } from "../router";
import { Button, Card, EmptyState, Progress, Skeleton } from "../ui/plain";
import { Acknowledgement } from "./Acknowledgement";
import { disputeOf, faultsOf, keep, keptOf, type Told } from "./dispute";
import { Tell } from "./Tell";

export function Intake({ slug }: { slug: string }) {
  const { t } = useLingui();
  usePageTitle(t`Open a dispute`);
  const { loaded } = useLoaded(useCallback(() => intakeOf(slug), [slug]));
  return (
    <>
      <JoinHead />
      <main id="main" className="page page-narrow stack-wide">
        {loaded.state === "loading" ? <Skeleton label={t`One moment`} lines={6} /> : null}
        {loaded.state === "failed" ? (
          <>
            <h1 className="hidden-visually">
              <Trans>Open a dispute</Trans>
            </h1>
            <EmptyState
              icon="search"
              level={2}
              title={loaded.problem.title}
              actions={
                <Button onPress={() => location.reload()}>
                  <Trans>Try again</Trans>
                </Button>
              }
            >
              {loaded.problem.next}
            </EmptyState>
          </>
        ) : null}
        {loaded.state === "here" ? <Steps slug={slug} facts={loaded.it} /> : null}
      </main>
    </>
  );
}

type Step = { at: "telling" } | { at: "code"; code: CodeOnItsWay } | { at: "done"; acknowledged: Acknowledged };

function Steps({ slug, facts }: { slug: string; facts: IntakeFacts }) {
  const { i18n, t } = useLingui();
  const language = isLanguage(i18n.locale) ? i18n.locale : "en";
  const [told, setTold] = useState(() => keptOf(slug));
  const [intention] = useState(() => new Intention());
  const [step, setStep] = useState<Step>(() => {
    // Going to the mail and back may have loaded the page again.
    const code = rememberedCode();
    return code !== null && faultsOf(told).size === 0 ? { at: "code", code } : { at: "telling" };
  });

  function tell(next: Told) {
    setTold(next);
    keep(slug, next);
  }

  async function send() {
    const code = onItsWay(await sendIntakeCode(slug, told.email.trim(), language));
    rememberCode(code);
    setStep({ at: "code", code });
    expectWorkspace();
  }

  async function open(digits: string) {
    const dispute = disputeOf(told, digits, language);
    if (dispute === null) {
      setStep({ at: "telling" });
      return;
    }
    try {
      const acknowledged = await openDispute(slug, intention.idFor(dispute), dispute);
      rememberCode(null);
      keep(slug, null);
      await askAgain();
      setStep({ at: "done", acknowledged });
    } catch (error) {
      intention.failed(error);
      throw error;
    }
  }

  const { email } = told;
  switch (step.at) {
    case "telling":
      return <Tell facts={facts} told={told} onTell={tell} onSend={send} explain={explainError} />;
    case "code":
      return (
        <>
          <Progress label={t`Step 2 of 2`} value={75} />
          <div className="stack">
            <StepHeading>
              <Trans>Look into your e-mail</Trans>
            </StepHeading>
            <p className="lead soft">
              <Trans>We have sent six digits to {email}. They work for ten minutes. Nothing is sent to the business before that.</Trans>
            </p>
          </div>
          <Card>
            <CodeEntry code={step.code} onCode={open} onAgain={send}>
              <Trans>Nothing there? Look into the folder for unwanted mail as well, or correct the address.</Trans>
            </CodeEntry>
            <div className="row">
              <Button
                kind="quiet"
                icon="back"
                onPress={() => {
                  rememberCode(null);
                  setStep({ at: "telling" });
                }}
              >
                <Trans>Back to what I wrote</Trans>
              </Button>
            </div>
          </Card>
        </>
      );
    case "done":
      return <Acknowledgement facts={facts} acknowledged={step.acknowledged} />;
  }
}
