/** Sessions with their roll: who took part is a paper, what was said is not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Checkbox, Dialog, Time } from "../../ui";
import { mayGive } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { useAct } from "../useAct";

export function Sessions({ view }: { view: CaseView }) {
  const { act, busy } = useAct(view.case);
  const [closing, setClosing] = useState(false);
  const running = view.sessions.find((one) => one.closed_at === null);
  const held = view.sessions.filter((one) => one.closed_at !== null).length;
  return (
    <div className="desk-part">
      <h3>
        <Trans>Sessions</Trans>
      </h3>
      <p className="note">
        {running === undefined ? (
          <Trans>No session is open. Sessions held so far: {held}.</Trans>
        ) : (
          <Trans>
            Open since <Time at={running.opened_at} show="clock" />.
          </Trans>
        )}
      </p>
      {mayGive(view, "OpenSession") ? (
        <Button isPending={busy} onPress={() => void act("sessions", {})}>
          <Trans>Open a session</Trans>
        </Button>
      ) : null}
      {mayGive(view, "CloseSession") ? (
        <Button onPress={() => setClosing(true)}>
          <Trans>Close the session</Trans>
        </Button>
      ) : null}
      {closing ? <RollDialog view={view} onClose={() => setClosing(false)} /> : null}
    </div>
  );
}

function RollDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t } = useLingui();
  const people = view.people.filter((person) => person.role !== "legal");
  const [attended, setAttended] = useState<ReadonlySet<string>>(() => new Set(people.map((person) => person.participant)));
  const { give, status, problem } = useCommand(view.case);

  const close = async () => {
    const done = await give("session-closings", { attended: people.map((one) => one.participant).filter((one) => attended.has(one)) });
    if (done !== null) onClose();
  };

  return (
    <Dialog
      title={t`Who took part?`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="papers" isPending={status !== "idle"} onPress={() => void close()}>
          <Trans>Close the session</Trans>
        </Button>
      }
    >
      <p className="note">
        <Trans>The papers record the date and who took part, and nothing of what was said.</Trans>
      </p>
      <div>
        {people.map((person) => (
          <Checkbox
            key={person.participant}
            isSelected={attended.has(person.participant)}
            onChange={(selected) => {
              const next = new Set(attended);
              if (selected) next.add(person.participant);
              else next.delete(person.participant);
              setAttended(next);
            }}
          >
            {person.name}
          </Checkbox>
        ))}
      </div>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
