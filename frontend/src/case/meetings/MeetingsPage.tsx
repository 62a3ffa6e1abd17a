/** Meetings of a step: what is arranged, what is proposed, and who came. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CaseView, MeetingView } from "../../api/types";
import { usePageTitle } from "../../router";
import { Button, EmptyState, useNow } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { mayGive } from "../lookup";
import { Meeting } from "./Meeting";
import { ProposalCard } from "./ProposalCard";
import { ownZone } from "./times";
import "./meetings.css";

const ProposeDialog = lazy(() => import("./ProposeDialog").then((part) => ({ default: part.ProposeDialog })));

export function MeetingsPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Meetings`);
  const now = useNow();
  const [proposing, setProposing] = useState<{ moves: MeetingView | null } | null>(null);
  const open = view.meeting_proposals.filter((one) => one.state === "open");
  const ahead = view.meetings.filter((one) => isAhead(one, now));
  const past = view.meetings.filter((one) => !isAhead(one, now)).reverse();
  const zone = ownZone();
  const propose = (moves: MeetingView | null) => setProposing({ moves });
  return (
    <div className="stack-wide measure centred">
      <div className="stack">
        <h1>
          <Trans>Meetings</Trans>
        </h1>
        <p className="lead soft">
          <Trans>Propose some times; when one suits both sides, it is set. The papers keep the date and who came, and nothing that is said.</Trans>
        </p>
        <p className="note">
          <Trans>All times are by your own clocks: {zone}.</Trans>
        </p>
        {mayGive(view, "ProposeMeeting") ? (
          <div className="row">
            <Button kind={open.length === 0 && ahead.length === 0 ? "primary" : "plain"} icon="add" onPress={() => propose(null)}>
              <Trans>Propose a meeting</Trans>
            </Button>
          </div>
        ) : null}
      </div>
      {open.map((one) => (
        <ProposalCard key={one.proposal} view={view} proposal={one} />
      ))}
      {ahead.map((one) => (
        <Meeting key={one.meeting} view={view} meeting={one} isAhead onMove={() => propose(one)} />
      ))}
      {view.meetings.length === 0 && open.length === 0 ? (
        <EmptyState icon="waiting" title={t`No meeting is arranged`}>
          <Trans>A meeting can be in one room, on the telephone or by a call link. Say where when you propose it; only those who talk here see that.</Trans>
        </EmptyState>
      ) : null}
      {past.length === 0 ? null : (
        <section className="stack">
          <h2>
            <Trans>Earlier, and called off</Trans>
          </h2>
          {past.map((one) => (
            <Meeting key={one.meeting} view={view} meeting={one} isAhead={false} onMove={() => propose(one)} />
          ))}
        </section>
      )}
      {proposing === null ? null : (
        <Suspense fallback={null}>
          <ProposeDialog view={view} moves={proposing.moves} onClose={() => setProposing(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** Still to come, or going on. */
function isAhead(meeting: CaseView["meetings"][number], now: number): boolean {
  return meeting.state === "set" && meeting.attended.length === 0 && Date.parse(meeting.ends_at) > now;
}
