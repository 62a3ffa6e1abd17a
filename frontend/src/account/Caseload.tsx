import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Link as AriaLink } from "react-aria-components";
import type { Account } from "../api/account";
import { myCases, type CaseSummary } from "../api/cases";
import { explainError } from "../api/explain";
import { forgetDrafts } from "../api/drafts";
import type { Party } from "../api/types";
import { links } from "../links";
import { navigate, usePageTitle } from "../router";
import { ByWhen } from "../text/ByWhen";
import { categoryWord, nextWords, nowWords, roleWord } from "../text/words";
import { Banner, Button, ConfirmDialog, EmptyState, Icon, LinkButton, Skeleton, Tag, Time } from "../ui";
import { Frame } from "./Frame";
import { NewsEverywhere } from "./NewsEverywhere";
import { Queue } from "./Queue";
import { StaffLinks } from "./StaffLinks";
import { leavePortal } from "../live/useAccount";

type Load = { state: "loading" } | { state: "here"; cases: readonly CaseSummary[] } | { state: "failed"; title: string; next: string };

function useCases() {
  const [load, setLoad] = useState<Load>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    const ask = () =>
      void myCases()
        .then((cases) => {
          if (!gone) setLoad({ state: "here", cases });
        })
        .catch((error: unknown) => {
          if (!gone) setLoad((now) => (now.state === "here" ? now : { state: "failed", ...explainError(error) }));
        });
    ask();
    // Cases move while one looks elsewhere; coming back shows how they stand.
    const onReturn = () => {
      if (document.visibilityState === "visible") ask();
    };
    document.addEventListener("visibilitychange", onReturn);
    const timer = setInterval(onReturn, 30_000);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", onReturn);
      clearInterval(timer);
    };
  }, [round]);
  return { load, again: () => setRound(round + 1) };
}

/** Whoever manages accounts has no seat anywhere. */
function mayOpenCases(account: Account): boolean {
  return account.kind === "staff" && !account.administrator;
}

export function Caseload({ account }: { account: Account }) {
  const { t } = useLingui();
  usePageTitle(t`Your cases`);
  const { load, again } = useCases();
  const opensCases = mayOpenCases(account);
  return (
    <Frame
      actions={
        <>
          <span className="soft">{account.name}</span>
          <StaffLinks account={account} />
          <SignOut isGuest={account.kind === "guest"} />
        </>
      }
    >
      <div className="stack-wide">
        <div className="row-apart">
          <h1>
            <Trans>Your cases</Trans>
          </h1>
          {opensCases ? (
            <LinkButton href={links.newCase} icon="add">
              <Trans>Open a case</Trans>
            </LinkButton>
          ) : null}
        </div>
        {opensCases ? <Queue /> : null}
        {load.state === "loading" ? <Skeleton label={t`Fetching your cases`} lines={6} /> : null}
        {load.state === "failed" ? (
          <Banner
            tone="bad"
            urgent
            title={load.title}
            actions={
              <Button onPress={again}>
                <Trans>Try again</Trans>
              </Button>
            }
          >
            {load.next}
          </Banner>
        ) : null}
        {load.state === "here" ? <NewsEverywhere cases={load.cases} /> : null}
        {load.state === "here" ? <Cases cases={load.cases} account={account} /> : null}
      </div>
    </Frame>
  );
}

/** A guest has no password: the way back is the link in their mail, and they are told so first. */
function SignOut({ isGuest }: { isGuest: boolean }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const go = () => {
    forgetDrafts();
    void leavePortal().then(() => navigate(links.signIn));
  };
  return (
    <>
      <Button kind="quiet" small onPress={isGuest ? () => setAsking(true) : go}>
        <Trans>Sign out</Trans>
      </Button>
      <ConfirmDialog
        title={t`Sign out on this device?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Sign out`}
        decline={t`Stay signed in`}
        onConfirm={go}
      >
        <p>
          <Trans>You come back by the link in your e-mail: open it again and we send you a new code.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function Cases({ cases, account }: { cases: readonly CaseSummary[]; account: Account }) {
  const { t } = useLingui();
  const isStaff = mayOpenCases(account);
  if (cases.length === 0 && account.administrator) {
    return (
      <EmptyState
        icon="lock"
        title={t`Administrators have no cases`}
        actions={
          <LinkButton kind="primary" href={links.admin}>
            <Trans>Administration</Trans>
          </LinkButton>
        }
      >
        <Trans>Whoever manages accounts takes part in no case, so that nobody need wonder what they read.</Trans>
      </EmptyState>
    );
  }
  if (cases.length === 0) {
    return (
      <EmptyState
        icon="table"
        title={t`No cases yet`}
        actions={
          isStaff ? (
            <LinkButton kind="primary" icon="add" href={links.newCase}>
              <Trans>Open a case</Trans>
            </LinkButton>
          ) : undefined
        }
      >
        {isStaff ? (
          <Trans>
            A case holds one dispute. You describe it in a few words, invite the other side by e-mail, and bring in a mediator when
            talking directly is not enough.
          </Trans>
        ) : (
          <Trans>When someone invites you to a case, open their link: the case then stands here.</Trans>
        )}
      </EmptyState>
    );
  }
  const open = cases.filter((one) => one.process !== "ended").sort((a, b) => Number(b.line.yours) - Number(a.line.yours));
  const ended = cases.filter((one) => one.process === "ended");
  return (
    <>
      <ul className="plain-list">{open.map((one) => <CaseRow key={one.case} one={one} />)}</ul>
      {ended.length === 0 ? null : (
        <section className="stack">
          <h2>
            <Trans>Ended</Trans>
          </h2>
          <ul className="plain-list">{ended.map((one) => <CaseRow key={one.case} one={one} />)}</ul>
        </section>
      )}
    </>
  );
}

function CaseRow({ one }: { one: CaseSummary }) {
  const nameOf = (party: Party) => one.parties.find((side) => side.party === party)?.name ?? "";
  const business = nameOf("business");
  const client = nameOf("client");
  const yours = one.line.yours && one.process !== "ended";
  return (
    <li>
      <AriaLink href={links.table(one.case)} className={yours ? "case-row case-row-yours" : "case-row"}>
        <span className="case-row-title">{one.title}</span>
        <span className="soft">
          <Trans>
            {business} and {client}
          </Trans>
        </span>
        <span>{nowWords(one.line.now)}</span>
        {one.process === "ended" ? null : (
          <span className="case-row-next">
            <Icon name={yours ? "onward" : "waiting"} size={18} />
            <span>
              <strong>{nextWords(one.line.next)}</strong> <ByWhen line={one.line} party={one.me.party} nameOf={nameOf} />
            </span>
          </span>
        )}
        <span className="row note">
          <Tag>{roleWord(one.me.role)}</Tag>
          <Tag>{categoryWord(one.category)}</Tag>
          <span>
            <Trans>
              Opened <Time at={one.opened_at} />
            </Trans>
          </span>
        </span>
      </AriaLink>
    </li>
  );
}
