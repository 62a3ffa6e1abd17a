/** Who came to a meeting: the mediator says it of everybody, otherwise each side of its own people. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, MeetingView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Checkbox, Dialog } from "../../ui";
import { isMediator } from "../lookup";
import { ProblemNote } from "../ProblemNote";

export function AttendanceDialog({ view, meeting, onClose }: { view: CaseView; meeting: MeetingView; onClose: () => void }) {
  const { t } = useLingui();
  const isForAll = isMediator(view);
  const people = view.people.filter((one) => one.role !== "legal" && (isForAll || one.party === view.me.party));
  const said = meeting.attended.find((one) => one.said_by === (isForAll ? "mediator" : view.me.party));
  const [came, setCame] = useState<readonly string[]>(said?.people ?? people.map((one) => one.participant));
  const [tried, setTried] = useState(false);
  const { give, status, problem } = useCommand(view.case);

  const note = async () => {
    setTried(true);
    const attended = people.map((one) => one.participant).filter((one) => came.includes(one));
    if (attended.length === 0) return;
    if ((await give("attendances", { meeting: meeting.meeting, attended })) !== null) onClose();
  };

  return (
    <Dialog
      title={t`Who came?`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="papers" isPending={status !== "idle"} onPress={() => void note()}>
          <Trans>Put it on paper</Trans>
        </Button>
      }
    >
      <p className="note">
        {isForAll ? (
          <Trans>The papers then say when one met and who came, and nothing of what was said.</Trans>
        ) : (
          <Trans>You say it of your own side; the other side says it of its people. The papers then hold the date and the names, and nothing of what was said.</Trans>
        )}
      </p>
      <div>
        {people.map((one) => (
          <Checkbox
            key={one.participant}
            isSelected={came.includes(one.participant)}
            onChange={(on) => setCame(on ? [...came, one.participant] : came.filter((id) => id !== one.participant))}
          >
            {one.name}
          </Checkbox>
        ))}
      </div>
      {tried && came.length === 0 ? (
        <p className="field-fault">
          <Trans>Choose who came. If nobody did, nothing has to be said.</Trans>
        </p>
      ) : null}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
