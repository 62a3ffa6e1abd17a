import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useEffect, useState } from "react";
import { readCase } from "../api/cases";
import { Refused } from "../api/client";
import { explainError } from "../api/explain";
import type { CaseView } from "../api/types";
import type { CaseState } from "../live/feed";
import { useCase } from "../live/useCase";
import { links } from "../links";
import { EmptyState, LinkButton, Skeleton } from "../ui";
import { AgreementPage } from "./agreement/AgreementPage";
import { Shell } from "./shell/Shell";
import { TablePage } from "./table/TablePage";
import { TalkPage } from "./talk/TalkPage";
import "./case.css";

// What is not needed to come in and speak is fetched when it is opened.
const BriefPage = lazy(() => import("./brief/BriefPage").then((page) => ({ default: page.BriefPage })));
const FilesPage = lazy(() => import("./files/FilesPage").then((page) => ({ default: page.FilesPage })));
const LadderPage = lazy(() => import("./ladder/LadderPage").then((page) => ({ default: page.LadderPage })));
const MeetingsPage = lazy(() => import("./meetings/MeetingsPage").then((page) => ({ default: page.MeetingsPage })));
const NoticePage = lazy(() => import("./news/NoticePage").then((page) => ({ default: page.NoticePage })));
const PapersPage = lazy(() => import("./papers/PapersPage").then((page) => ({ default: page.PapersPage })));
const PeoplePage = lazy(() => import("./people/PeoplePage").then((page) => ({ default: page.PeoplePage })));
const PrivateDraftPage = lazy(() => import("./settlement/PrivateDraftPage").then((page) => ({ default: page.PrivateDraftPage })));
const ReferralPage = lazy(() => import("./referral/ReferralPage").then((page) => ({ default: page.ReferralPage })));
const SearchPage = lazy(() => import("./search/SearchPage").then((page) => ({ default: page.SearchPage })));
const SettlementPage = lazy(() => import("./settlement/SettlementPage").then((page) => ({ default: page.SettlementPage })));
const SigningPage = lazy(() => import("./settlement/signing/SigningPage").then((page) => ({ default: page.SigningPage })));

/** What every page of a case is given: the live state, with its view known to be there. */
export interface CasePageProps {
  view: CaseView;
  live: CaseState;
}

/** One case: connects, shows the shell, and inside it the page that the address names. */
export function CasePages({ caseId, page }: { caseId: string; page: string }) {
  const { t } = useLingui();
  const live = useCase(caseId);
  const refusal = useRefusal(caseId, live);
  if (refusal !== null) return <Outside title={refusal.title} next={refusal.next} isSignIn={refusal.code === "not-signed-in"} />;
  if (live.ended === "session-ended") {
    return <Outside title={t`You have been signed out.`} next={t`Sign in again, or open the link in your e-mail: a code lets you back in.`} isSignIn />;
  }
  if (live.ended === "not-on-this-case") {
    return <Outside title={t`You are no longer on this case.`} next={t`If that surprises you, ask whoever invited you.`} />;
  }
  const { view } = live;
  if (view === null) {
    return (
      <main id="main" className="page">
        <Skeleton label={live.connection === "offline" ? t`We cannot reach the portal. We keep trying.` : t`Opening the case`} lines={8} />
        {live.connection === "offline" ? (
          <p className="soft">
            <Trans>We cannot reach the portal. We keep trying.</Trans>
          </p>
        ) : null}
      </main>
    );
  }
  return (
    <Shell view={view} live={live} page={page}>
      <Suspense fallback={<Skeleton label={t`One moment`} lines={6} />}>
        <Page page={page} view={view} live={live} />
      </Suspense>
    </Shell>
  );
}

function Page({ page, view, live }: CasePageProps & { page: string }) {
  const [name, room] = page.split("/");
  switch (name ?? "") {
    case "":
      return <TablePage view={view} live={live} />;
    case "talk":
      return <TalkPage key={room} view={view} live={live} room={room ?? "joint"} />;
    case "settlement":
      return view.signing === null ? <SettlementPage view={view} live={live} /> : <SigningPage view={view} live={live} signing={view.signing} />;
    case "own-draft":
      return <PrivateDraftPage view={view} live={live} />;
    case "agreement":
      return <AgreementPage view={view} live={live} />;
    case "ladder":
      return <LadderPage view={view} live={live} />;
    case "referral":
      return <ReferralPage view={view} live={live} />;
    case "meetings":
      return <MeetingsPage view={view} live={live} />;
    case "brief":
      return <BriefPage view={view} live={live} />;
    case "people":
      return <PeoplePage view={view} live={live} />;
    case "files":
      return <FilesPage view={view} live={live} />;
    case "search":
      return <SearchPage view={view} live={live} />;
    case "notice":
      return <NoticePage view={view} notice={room ?? ""} />;
    case "papers":
      return <PapersPage view={view} live={live} />;
    default:
      return (
        <EmptyState
          icon="search"
          title={<Trans>There is nothing at this address.</Trans>}
          actions={
            <LinkButton kind="primary" href={links.table(view.case)}>
              <Trans>Go to the table</Trans>
            </LinkButton>
          }
        />
      );
  }
}

/** A case that opens is there well before this. */
const UNEASY_AFTER_MS = 1_000;

/** A socket cannot say why it was refused; a plain request can. */
function useRefusal(caseId: string, live: CaseState) {
  const [refusal, setRefusal] = useState<{ code: string; title: string; next: string } | null>(null);
  const isWaiting = live.view === null;
  useEffect(() => {
    if (!isWaiting) return;
    let gone = false;
    const timer = setTimeout(() => {
      readCase(caseId).catch((error: unknown) => {
        if (!gone && error instanceof Refused && error.problem.status < 500) setRefusal(explainError(error));
      });
    }, UNEASY_AFTER_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [caseId, isWaiting]);
  return refusal;
}

function Outside({ title, next, isSignIn = false }: { title: string; next: string; isSignIn?: boolean }) {
  return (
    <main id="main" className="page page-narrow">
      <EmptyState
        icon="door"
        title={title}
        actions={
          <>
            {isSignIn ? (
              <LinkButton kind="primary" href={links.signIn}>
                <Trans>Sign in</Trans>
              </LinkButton>
            ) : null}
            <LinkButton href={links.cases}>
              <Trans>Go to your cases</Trans>
            </LinkButton>
          </>
        }
      >
        {next}
      </EmptyState>
    </main>
  );
}
