/** Around every page of a case: where things stand, what comes next, who is here, help, and the way out. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Link as AriaLink } from "react-aria-components";
import type { CaseView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { links } from "../../links";
import { ByWhen } from "../../text/ByWhen";
import { LanguageSwitch } from "../../text/LanguageSwitch";
import { nextWords, nowWords, stepWords } from "../../text/words";
import { Banner, Button, Icon, LinkButton, Time } from "../../ui";
import { BriefBanner } from "../brief/BriefBanner";
import { Bell } from "../news/WhatIsNew";
import { partyName } from "../people";
import { useUploadNews } from "../files/useUploadNews";
import { useMentionNews } from "../useMentionNews";
import { Here } from "./Here";
import { LeaveDialog } from "./LeaveDialog";
import { nextLink } from "./nextLink";
import { Pages } from "./Pages";

const Help = lazy(() => import("../help/Help").then((part) => ({ default: part.Help })));

export function Shell({ view, live, page, children }: { view: CaseView; live: CaseState; page: string; children: ReactNode }) {
  const { t } = useLingui();
  useUploadNews(view);
  useMentionNews(view, live);
  const [leaving, setLeaving] = useState(false);
  const [helping, setHelping] = useState(false);
  return (
    <div className="shell">
      <header className="shell-head not-in-print">
        <div className="shell-bar">
          <AriaLink href={links.cases} className="icon-button shell-home" aria-label={t`Your cases`}>
            <img src="/mark.svg" alt="" width={28} height={28} />
          </AriaLink>
          <p className="shell-title" title={view.title}>
            {view.title}
          </p>
          <div className="shell-acts">
            {/* On a phone these stand below, behind "More" and in "Help and safety". */}
            <span className="on-desk">
              <Here view={view} live={live} />
              <AriaLink href={links.search(view.case)} className="icon-button" aria-label={t`Search in this case`}>
                <Icon name="search" />
              </AriaLink>
              <LinkButton kind="quiet" small icon="ladder" href={links.ladder(view.case)}>
                <Trans>What if we can’t agree?</Trans>
              </LinkButton>
            </span>
            <Bell view={view} live={live} page={page} />
            <Button kind="quiet" small icon="help" aria-label={t`Help and safety`} onPress={() => setHelping(true)}>
              <Trans>Help</Trans>
            </Button>
            {view.allowed_actions.includes("Leave") ? (
              <Button kind="quiet" small icon="leave" onPress={() => setLeaving(true)}>
                <Trans>Leave</Trans>
              </Button>
            ) : null}
          </div>
          <span className="on-desk">
            <LanguageSwitch small />
          </span>
        </div>
        <div className="shell-now">
          <NowNextLine view={view} />
          <span className="on-phone">
            <Here view={view} live={live} most={2} />
          </span>
        </div>
        <Pages view={view} page={page} />
      </header>
      <Connection live={live} />
      <BriefBanner view={view} page={page} />
      <main id="main" className="page shell-main">
        {children}
      </main>
      <LeaveDialog view={view} isOpen={leaving} onOpenChange={setLeaving} />
      {helping ? (
        <Suspense fallback={null}>
          <Help view={view} onClose={() => setHelping(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Always one line: Now … Next … The next step leads to where it is done. */
function NowNextLine({ view }: { view: CaseView }) {
  const { now, next, yours } = view.line;
  const to = nextLink(view);
  return (
    <div className={yours ? "now-next now-next-yours" : "now-next"} role="status">
      <p>
        <span className="now-next-word">
          <Trans>Now</Trans>
        </span>
        <span>
          {view.ending === null && !view.resting ? stepWords(view.tier) : null} {nowWords(now)}
        </span>
      </p>
      <p>
        <span className="now-next-word">
          <Icon name={yours ? "onward" : "waiting"} size={16} /> <Trans>Next</Trans>
        </span>
        <span>
          {to === null ? (
            <strong>{nextWords(next)}</strong>
          ) : (
            <AriaLink href={to} className="link">
              <strong>{nextWords(next)}</strong>
            </AriaLink>
          )}{" "}
          <Times view={view} />
        </span>
      </p>
    </div>
  );
}

/** All of the times are one press away. Where none runs, that is said, so that nobody looks for it. */
function Times({ view }: { view: CaseView }) {
  if (view.ending !== null) return <Erasing view={view} />;
  if (view.calendar === null) return null;
  const { by, until } = view.line;
  return (
    <AriaLink href={links.ladder(view.case)} className="now-next-by">
      {typeof (by ?? until) === "string" ? (
        <ByWhen line={view.line} party={view.me.party} nameOf={(party) => partyName(view, party)} />
      ) : view.terms.length > 0 ? (
        <Trans>The time stands still.</Trans>
      ) : (
        <Trans>No time is set for it.</Trans>
      )}
    </AriaLink>
  );
}

/** By when somebody takes along what they want to keep: the first day on which some of it is gone. */
function Erasing({ view }: { view: CaseView }) {
  const [first] = view.rooms.flatMap(({ erase_at }) => (typeof erase_at === "string" ? [erase_at] : [])).sort();
  if (view.line.next !== "download-record" || first === undefined) return null;
  return (
    <AriaLink href={`${links.papers(view.case)}#kept`} className="now-next-by">
      <Trans>
        What was said is erased from <Time at={first} show="date" /> on.
      </Trans>
    </AriaLink>
  );
}

function Connection({ live }: { live: CaseState }) {
  if (live.connection !== "offline") return null;
  return (
    <div className="shell-offline not-in-print">
      <Banner tone="warn" icon="offline" urgent title={<Trans>You are offline.</Trans>}>
        <Trans>What you see may be out of date. What you write stays here; we reconnect by ourselves.</Trans>
      </Banner>
    </div>
  );
}
