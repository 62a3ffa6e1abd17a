import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PartyView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Checkbox, Dialog, TextField } from "../../ui";
import { nameOf } from "../people";

/** Who can agree for a side today. Seen by everyone; never an amount. */
export function Authority({ view, side }: { view: CaseView; side: PartyView }) {
  const [open, setOpen] = useState(false);
  const said = side.can_agree ?? null;
  const names = new Intl.ListFormat(document.documentElement.lang, { type: "disjunction" }).format((said ?? []).map((id) => nameOf(view, id)));
  const toCall = (side.to_call ?? "").replace(/[.\s]+$/u, "");
  const mine = view.me.party === side.party && view.allowed_actions.includes("DeclareAuthority");
  if (said === null && !mine) return null;
  return (
    <div className="stack-tight">
      {said === null ? (
        <p className="note">
          <Trans>Your side has not yet said who can agree for it today.</Trans>
        </p>
      ) : (
        <p>
          {names === "" ? <Trans>Nobody here can agree for this side alone today.</Trans> : <Trans>Can agree for this side today: {names}.</Trans>}{" "}
          {toCall === "" ? null : <Trans>Has to be asked: {toCall}.</Trans>}
        </p>
      )}
      {mine ? (
        <div className="row">
          <Button small onPress={() => setOpen(true)}>
            {said === null ? <Trans>Say who can agree</Trans> : <Trans>Change</Trans>}
          </Button>
        </div>
      ) : null}
      {open ? <AuthorityDialog view={view} side={side} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function AuthorityDialog({ view, side, onClose }: { view: CaseView; side: PartyView; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [chosen, setChosen] = useState<readonly string[]>(side.can_agree ?? []);
  const [toCall, setToCall] = useState(side.to_call ?? "");
  const people = view.people.filter((one) => one.party === side.party);
  return (
    <Dialog
      title={t`Who can agree for your side today?`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <Button
          kind="primary"
          isPending={status !== "idle"}
          onPress={() => {
            void give("authority-declarations", { can_agree: [...chosen], to_call: toCall.trim() }).then((written) => {
              if (written !== null) onClose();
            });
          }}
        >
          <Trans>Tell everyone</Trans>
        </Button>
      }
    >
      <div>
        {people.map((one) => (
          <Checkbox
            key={one.participant}
            isSelected={chosen.includes(one.participant)}
            onChange={(on) => setChosen(on ? [...chosen, one.participant] : chosen.filter((id) => id !== one.participant))}
          >
            {one.name}
          </Checkbox>
        ))}
      </div>
      <TextField
        label={t`Somebody else who has to be asked`}
        hint={t`For example: the insurer, until Friday noon. No amounts.`}
        value={toCall}
        onChange={setToCall}
        maxLength={200}
      />
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </Dialog>
  );
}
