/** A frozen text: read it to its end, see who has signed, and sign, wait or say no. One calm page, the same on a phone. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { CaseView, SigningView } from "../../../api/types";
import { usePageTitle } from "../../../router";
import { Banner, Card, Skeleton, Time } from "../../../ui";
import type { CasePageProps } from "../../CasePages";
import { amountsInJson } from "../../limits/amounts";
import { partyName } from "../../people";
import { ProblemNote } from "../../ProblemNote";
import { Workspace } from "../../Workspace";
import { PrevailingLanguage } from "../TextLanguage";
import { FrozenText } from "./FrozenText";
import { Signers } from "./Signers";
import { SignForm } from "./SignForm";
import { missingIn, stepOf, type Step } from "./steps";
import { InEffect, NoNeedForTime, TakeBack, WorkOnItAgain } from "./Acts";
import { useFrozenText } from "./useFrozenText";

const LONGEST_TIMER_MS = 3_600_000;

/** The present; looks again when `until` is reached. */
function useNowUntil(until: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const left = Date.parse(until) - now;
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left + 500, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [until, now]);
  return now;
}

export function SigningPage({ view, live, signing }: CasePageProps & { signing: SigningView }) {
  const { t } = useLingui();
  usePageTitle(t`Settlement`);
  const text = useFrozenText(view.case, signing, live.entriesByRoom["papers"] ?? []);
  const step = stepOf(view, signing, useNowUntil(signing.sign_from));
  return (
    <Workspace view={view} live={live}>
      <div className="stack-wide measure">
        <header className="stack">
          <h1>
            <Trans>The settlement</Trans>
          </h1>
          {step.step === "effective" ? null : (
            <p className="lead soft">
              {signing.partial ? (
                <Trans>Both sides agree to every clause. Part of the dispute stays open. Nobody changes the text any more; it binds nobody yet.</Trans>
              ) : (
                <Trans>Both sides agree to every clause. Nobody changes the text any more; it binds nobody yet.</Trans>
              )}
            </p>
          )}
        </header>
        {step.step === "effective" ? <InEffect view={view} signing={signing} at={step.at} /> : <Standing view={view} signing={signing} step={step} />}
        {text.state === "here" ? (
          <>
            {signing.language === null ? null : (
              <p className="note">
                <PrevailingLanguage language={signing.language} />
              </p>
            )}
            <FrozenText node={text.node} />
          </>
        ) : text.state === "loading" ? (
          <Skeleton label={t`Opening the settlement`} lines={8} />
        ) : text.state === "another" ? (
          <Banner tone="bad" urgent title={<Trans>This is not the text that was agreed.</Trans>}>
            <Trans>What reached this browser differs from what both sides agreed to. Do not sign; load the page again, and tell the mediator if it stays so.</Trans>
          </Banner>
        ) : (
          <ProblemNote problem={text.problem} />
        )}
        <Signers view={view} signing={signing} />
        {step.step === "sign" && text.state === "here" ? <SignForm view={view} signing={signing} amounts={amountsInJson(text.node)} /> : null}
        <div className="row not-in-print">
          <WorkOnItAgain view={view} signing={signing} />
        </div>
        <details className="not-in-print">
          <summary>
            <Trans>For your lawyer</Trans>
          </summary>
          <p className="note">
            <Trans>Frozen</Trans> <Time at={signing.frozen_at} show="full" />
            <br />
            <Trans>Hash of exactly this text, counted by the server and again by this browser:</Trans>
            <br />
            <code className="frozen-hash">{signing.text_hash}</code>
          </p>
        </details>
      </div>
    </Workspace>
  );
}

/** What is the reader's to do, or whom everybody waits for. */
function Standing({ view, signing, step }: { view: CaseView; signing: SigningView; step: Exclude<Step, { step: "effective" }> }) {
  const names = missingIn(signing).map((party) => partyName(view, party));
  switch (step.step) {
    case "think":
      return (
        <Banner tone="accent" icon="waiting" title={<Trans>Take your time. You can sign from this moment on:</Trans>} actions={<NoNeedForTime view={view} />}>
          <p>
            <strong>
              <Time at={step.from} show="full" />
            </strong>
          </p>
          <p>
            <Trans>Read it in peace, sleep on it, show it to somebody you trust. After signing you may still withdraw for some working days.</Trans>
          </p>
        </Banner>
      );
    case "sign":
      return (
        <Banner tone="accent" icon="quill" title={<Trans>Read the text to its end. Below it you can sign.</Trans>} actions={<NoNeedForTime view={view} />}>
          <Trans>You need not. If anything is not right, say that it is to be worked on again.</Trans>
        </Banner>
      );
    case "signed":
      return <Signed view={view} signing={signing} names={names} />;
    case "watch":
      return step.isMissing ? (
        <Banner icon="waiting" title={<Waiting names={names} />} actions={<NoNeedForTime view={view} />} />
      ) : (
        <Signed view={view} signing={signing} names={names} />
      );
  }
}

function Waiting({ names }: { names: readonly string[] }) {
  const who = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
  return <Trans>We wait for the signature of {who}.</Trans>;
}

function Signed({ view, signing, names }: { view: CaseView; signing: SigningView; names: readonly string[] }) {
  const from = signing.effective_from;
  return (
    <Card
      accent="moss"
      title={names.length > 0 ? <Trans>You have signed</Trans> : <Trans>Signed by both sides, not yet in effect</Trans>}
    >
      {names.length > 0 ? (
        <p>
          <Waiting names={names} /> <Trans>Until both have signed, it binds nobody.</Trans>
        </p>
      ) : from === null ? null : (
        <>
          <p>
            <Trans>The time to withdraw runs until then. It takes effect by itself:</Trans>{" "}
            <strong>
              <Time at={from} show="full" />
            </strong>
          </p>
        </>
      )}
      <div className="row">
        <TakeBack view={view} />
        <NoNeedForTime view={view} />
      </div>
    </Card>
  );
}
