/** The way in for somebody who was sent a link and has never seen the portal. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import { firstPage, previewInvitation, type FirstPageFacts, type Preview } from "../api/invitations";
import { explainError } from "../api/explain";
import { links } from "../links";
import { navigate, usePageTitle } from "../router";
import { LanguageSwitch } from "../text/LanguageSwitch";
import { categoryWord } from "../text/words";
import { Banner, Button, Card, EmptyState, Progress, Skeleton } from "../ui";
import { Declined } from "./Declined";
import { FirstPage } from "./FirstPage";
import { YourName, type Wish } from "./YourName";
import "./invitation.css";

type Step =
  | { at: "asking" }
  | { at: "failed"; title: string; next: string }
  | { at: "preview"; preview: Preview }
  | { at: "reading"; facts: FirstPageFacts }
  | { at: "name"; facts: FirstPageFacts; wish: Wish }
  | { at: "declined"; facts: FirstPageFacts };

/** The token stands behind the # of the link, which no server ever sees. */
function tokenOfLink(): string {
  return location.hash.slice(1);
}

export function Join() {
  const { t } = useLingui();
  usePageTitle(t`You are invited`);
  const [token] = useState(tokenOfLink);
  const cutLink = {
    title: t`This link is not complete.`,
    next: t`Open it again from the message you got, or copy all of it. If it still does not work, ask whoever invited you for a new one.`,
  };
  const [step, setStep] = useState<Step>(token === "" ? { at: "failed", ...cutLink } : { at: "asking" });

  const fail = useCallback((error: unknown) => setStep({ at: "failed", ...explainError(error) }), []);

  useEffect(() => {
    if (token === "") return;
    let gone = false;
    previewInvitation(token)
      .then((preview) => {
        if (gone) return;
        if (preview.state === "yours" && preview.case_id !== null) {
          navigate(links.table(preview.case_id), { replace: true });
        } else setStep({ at: "preview", preview });
      })
      .catch((error: unknown) => {
        if (!gone) fail(error);
      });
    return () => {
      gone = true;
    };
  }, [token, fail]);

  const read = () => {
    firstPage(token)
      .then((facts) => {
        setStep({ at: "reading", facts });
        window.scrollTo(0, 0);
      })
      .catch(fail);
  };

  return (
    <>
      <header className="join-head not-in-print">
        <span className="wordmark">
          <img src="/mark.svg" alt="" width={32} height={32} />
          <Trans>Mediation</Trans>
        </span>
        <LanguageSwitch />
      </header>
      <main id="main" className="page page-narrow stack-wide">
        {step.at === "asking" ? <Skeleton label={t`Reading your invitation`} lines={5} /> : null}
        {step.at === "failed" ? (
          <EmptyState
            icon="link"
            title={step.title}
            actions={
              token === "" ? undefined : (
                <Button
                  onPress={() => {
                    location.reload();
                  }}
                >
                  <Trans>Try again</Trans>
                </Button>
              )
            }
          >
            {step.next}
          </EmptyState>
        ) : null}
        {step.at === "preview" ? <Opening preview={step.preview} onRead={read} /> : null}
        {step.at === "reading" ? (
          <FirstPage
            facts={step.facts}
            token={token}
            onWish={(wish) => {
              setStep({ at: "name", facts: step.facts, wish });
              window.scrollTo(0, 0);
            }}
            onDeclined={() => setStep({ at: "declined", facts: step.facts })}
          />
        ) : null}
        {step.at === "name" ? (
          <>
            <Progress label={t`Step 2 of 3`} value={55} />
            <YourName
              facts={step.facts}
              token={token}
              wish={step.wish}
              onBack={() => setStep({ at: "reading", facts: step.facts })}
            />
          </>
        ) : null}
        {step.at === "declined" ? <Declined facts={step.facts} onBack={() => setStep({ at: "reading", facts: step.facts })} /> : null}
      </main>
    </>
  );
}

/** Before anything else: who invites, and to what kind of thing. No more, for anyone may hold a link. */
function Opening({ preview, onRead }: { preview: Preview; onRead: () => void }) {
  const { inviter } = preview;
  const category = categoryWord(preview.category);
  return (
    <div className="stack-wide join-opening">
      <div className="stack">
        <h1 className="display">
          <Trans>{inviter} invites you to settle a dispute.</Trans>
        </h1>
        <p className="lead soft">
          <Trans>It is about: {category}.</Trans>
        </p>
      </div>
      <Card>
        <p>
          <Trans>
            First you read what this is. That takes about two minutes, needs no account and commits you to nothing. Nobody is told that
            you are reading.
          </Trans>
        </p>
        <div className="row">
          <Button kind="primary" icon="onward" onPress={onRead}>
            <Trans>Read what this is</Trans>
          </Button>
        </div>
      </Card>
      <Banner icon="lock">
        <Trans>This link is meant for you alone. Please do not pass it on.</Trans>
      </Banner>
    </div>
  );
}
