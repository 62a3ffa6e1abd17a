/** One meeting that is set: when, where, into one's calendar, at another time, called off, and who came. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CaseView, MeetingView } from "../../api/types";
import { isLanguage } from "../../text/language";
import { tierWord } from "../../text/words";
import { Button, Card, ConfirmDialog, LinkButton, Tag, useNow } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf, partyName } from "../people";
import { useAct } from "../useAct";
import { When, Where } from "./When";

const AttendanceDialog = lazy(() => import("./AttendanceDialog").then((part) => ({ default: part.AttendanceDialog })));

export function Meeting({ view, meeting, isAhead, onMove }: { view: CaseView; meeting: MeetingView; isAhead: boolean; onMove: () => void }) {
  const { t, i18n } = useLingui();
  const now = useNow();
  const { act, busy } = useAct(view.case);
  const [open, setOpen] = useState<"cancel" | "roll" | null>(null);
  const hasBegun = Date.parse(meeting.starts_at) <= now;
  const language = isLanguage(i18n.locale) ? i18n.locale : "en";
  const isOff = meeting.state === "cancelled";
  return (
    <Card
      level={2}
      title={tierWord(meeting.tier)}
      {...(isAhead ? { accent: "moss" as const } : {})}
      actions={
        isOff ? (
          <Tag icon="close">
            <Trans>Called off</Trans>
          </Tag>
        ) : isAhead ? (
          <Tag icon="agree" tone="good">
            <Trans>Suits both sides</Trans>
          </Tag>
        ) : undefined
      }
    >
      <p className={isOff ? "meeting-off" : ""}>
        <When startsAt={meeting.starts_at} endsAt={meeting.ends_at} zone={meeting.zone} />
      </p>
      {isOff ? null : <Where where={meeting.where} />}
      <Attendance view={view} meeting={meeting} />
      <div className="row not-in-print">
        {isAhead || isOff ? (
          <LinkButton small icon="download" href={`/api/cases/${view.case}/meetings/${meeting.meeting}/calendar.ics?language=${language}`} download>
            {isOff ? <Trans>Take it out of my calendar</Trans> : <Trans>Into my calendar</Trans>}
          </LinkButton>
        ) : null}
        {isAhead && mayNow(meeting, "ProposeMeeting") ? (
          <Button small icon="waiting" onPress={onMove}>
            <Trans>Propose another time</Trans>
          </Button>
        ) : null}
        {hasBegun && mayNow(meeting, "NoteAttendance") ? (
          <Button small kind={isAhead ? "plain" : "primary"} icon="people" onPress={() => setOpen("roll")}>
            <Trans>Say who came</Trans>
          </Button>
        ) : null}
        {isAhead && mayNow(meeting, "CancelMeeting") ? (
          <Button small kind="quiet" icon="close" isDisabled={busy} onPress={() => setOpen("cancel")}>
            <Trans>Call it off</Trans>
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        title={t`Call this meeting off?`}
        isOpen={open === "cancel"}
        onOpenChange={(next) => setOpen(next ? "cancel" : null)}
        confirm={t`Call it off`}
        decline={t`Leave it`}
        kind="grave"
        onConfirm={() => {
          setOpen(null);
          void act("meeting-cancellations", { meeting: meeting.meeting });
        }}
      >
        <p>
          <Trans>Everybody sees that it does not take place. The papers say neither why nor who called it off. You can propose another time afterwards.</Trans>
        </p>
      </ConfirmDialog>
      {open === "roll" ? (
        <Suspense fallback={null}>
          <AttendanceDialog view={view} meeting={meeting} onClose={() => setOpen(null)} />
        </Suspense>
      ) : null}
    </Card>
  );
}

function Attendance({ view, meeting }: { view: CaseView; meeting: MeetingView }) {
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });
  return meeting.attended.map((one) => {
    const names = list.format(one.people.map((id) => nameOf(view, id)).filter((name) => name !== ""));
    const side = one.said_by === "business" || one.said_by === "client" ? partyName(view, one.said_by) : "";
    return (
      <p key={one.said_by}>
        {side === "" ? <Trans>Came, as the mediator says: {names}.</Trans> : <Trans>Came for {side}: {names}.</Trans>}
      </p>
    );
  });
}
