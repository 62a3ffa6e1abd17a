import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { timeLimits } from "../../text/standstill";
import { Banner, Button, Dialog, TextArea, Time, announce, useNow } from "../../ui";
import { TimeLimits } from "../ladder/TimeLimits";

/** Rights and dates first. No reason is asked; one may be left for the mediator alone. */
export function LeaveDialog({ view, isOpen, onOpenChange }: { view: CaseView; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [reason, setReason] = useState("");
  const isStill = timeLimits(view.standstill.until, useNow()) === "stand-still";
  // Before anybody mediates there are only letters, which are not confidential.
  const isDirect = view.mediator === null && view.began_at === null;
  const leaveWords = isDirect ? t`Leave the case` : t`Leave the mediation`;
  const speaksForSide = view.me.role === "principal" || view.me.role === "handler" || view.me.role === "manager";

  async function leave() {
    const written = await give("departures", { reason: reason.trim() });
    if (written === null) return;
    setReason("");
    onOpenChange(false);
    announce(t`You have left. Your record stays under Papers.`, { tone: "good" });
  }

  return (
    <Dialog
      title={leaveWords}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      closeLabel={t`Stay`}
      role="alertdialog"
      actions={
        <>
          <Button slot="close">
            <Trans>Stay</Trans>
          </Button>
          <Button kind="grave" icon="leave" onPress={() => void leave()} isPending={status !== "idle"}>
            {leaveWords}
          </Button>
        </>
      }
    >
      <p>
        <Trans>You may leave at any moment. Nobody asks you why.</Trans>
      </p>
      <ul className="stack-tight">
        <li>
          <Trans>You keep every right you have: you can still go to court or complain elsewhere.</Trans>
        </li>
        <li>
          <TimeLimits view={view} offer={false} /> {isStill ? <Trans>Leaving changes nothing about that.</Trans> : <Trans>If one is near, get advice today.</Trans>}
        </li>
        <li>
          {view.began_at === null ? (
            <Trans>
              The case was opened on <Time at={view.opened_at} show="date" />. The mediation has not begun.
            </Trans>
          ) : (
            <Trans>
              The mediation began on <Time at={view.began_at} show="date" />. Its end is recorded with today’s date.
            </Trans>
          )}
        </li>
        <li>
          {isDirect ? (
            <Trans>What the two sides wrote to each other stays, as ordinary letters do.</Trans>
          ) : (
            <Trans>What was said in the mediation stays confidential.</Trans>
          )}
        </li>
        {speaksForSide ? (
          <li>
            {isDirect ? (
              <Trans>The record will say that it ended without a settlement, not who left, and not why.</Trans>
            ) : (
              <Trans>The record will say that the mediation ended, not who left, and not why.</Trans>
            )}
          </li>
        ) : (
          <li>
            <Trans>The others carry on without you.</Trans>
          </li>
        )}
      </ul>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {view.mediator !== null && view.me.role !== "mediator" ? (
        <TextArea
          label={t`A word for the mediator, if you like`}
          hint={t`Only the mediator reads it. You need not write anything.`}
          value={reason}
          onChange={setReason}
          rows={2}
          maxLength={4000}
        />
      ) : null}
    </Dialog>
  );
}
