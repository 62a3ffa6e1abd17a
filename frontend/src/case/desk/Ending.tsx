/** Ending the mediation, with one dated ending of one kind; and closing the case afterwards. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Link as AriaLink } from "react-aria-components";
import type { CaseView, Outcome } from "../../api/types";
import { links } from "../../links";
import { useCommand } from "../../live/useCommand";
import { outcomeWord } from "../../text/words";
import { Banner, Button, Choices, ConfirmDialog, Dialog, LinkButton, useNow } from "../../ui";
import { mayGive } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { useAct } from "../useAct";

export function Ending({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { act, busy } = useAct(view.case);
  const [open, setOpen] = useState<"end" | "close" | null>(null);
  const mayEnd = mayGive(view, "EndMediation");
  const mayClose = mayGive(view, "CloseCase");
  if (!mayEnd && !mayClose) return null;
  return (
    <div className="desk-part">
      <h3>
        <Trans>The end</Trans>
      </h3>
      {mayEnd ? (
        <Button onPress={() => setOpen("end")}>
          <Trans>End the mediation</Trans>
        </Button>
      ) : null}
      {mayClose ? (
        <Button onPress={() => setOpen("close")}>
          <Trans>Close the case</Trans>
        </Button>
      ) : null}
      {open === "end" ? <EndDialog view={view} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        title={t`Close the case?`}
        isOpen={open === "close"}
        onOpenChange={(wanted) => setOpen(wanted ? "close" : null)}
        confirm={t`Close it`}
        decline={t`Not yet`}
        isPending={busy}
        onConfirm={() => {
          setOpen(null);
          void act("closings", {});
        }}
      >
        <p>
          <Trans>Nothing more can be written. Everyone can still read what is theirs and download their record.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}

function EndDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t } = useLingui();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { give, status, problem } = useCommand(view.case);
  const now = useNow();
  const unsaid = view.meetings.filter((one) => one.state === "set" && Date.parse(one.starts_at) < now && one.attended.length === 0);
  // A referral is recorded once both sides have taken that step; only a clock that ran out can say "expired".
  const outcomes: readonly Outcome[] = [
    "settled",
    "partly-settled",
    "ended-without-settlement",
    ...(view.tier === "referral" ? (["referred"] as const) : []),
  ];
  const end = async () => {
    if (outcome === null) return;
    const done = await give("endings", { outcome });
    if (done !== null) onClose();
  };
  return (
    <Dialog
      title={t`End the mediation`}
      closeLabel={t`Not yet`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="papers" isDisabled={outcome === null} isPending={status !== "idle"} onPress={() => void end()}>
          <Trans>End it and record the date</Trans>
        </Button>
      }
    >
      <p>
        <Trans>The papers record the date and the kind of ending. They never say why, or who wanted it.</Trans>
      </p>
      <p>
        <Trans>From this date the days run after which what was said is erased. Everyone can download their record before that.</Trans>{" "}
        <AriaLink className="link" href={`${links.papers(view.case)}#kept`}>
          <Trans>What is kept, and for how long</Trans>
        </AriaLink>
      </p>
      {unsaid.length === 0 ? null : (
        <Banner
          tone="warn"
          title={<Trans>Who came to a meeting is not on paper yet</Trans>}
          actions={
            <LinkButton small href={links.meetings(view.case)}>
              <Trans>Say who came</Trans>
            </LinkButton>
          }
        >
          <Trans>The certificate of outcome is made at the end, and tells what is on paper by then.</Trans>
        </Banner>
      )}
      <Choices
        label={t`How does it end?`}
        value={outcome}
        onChange={setOutcome}
        choices={outcomes.map((value) => ({ value, label: outcomeWord(value) }))}
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
