import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PartyView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Dialog, TextField } from "../../ui";

/** Whether a side acts as a business or for private ends, and where it is: for the side itself to say. */
export function Capacity({ view, side }: { view: CaseView; side: PartyView }) {
  const [open, setOpen] = useState(false);
  const mine = view.me.party === side.party && view.allowed_actions.includes("DescribeParty");
  return (
    <div className="stack-tight">
      <p className="note">
        {side.capacity === "consumer" ? <Trans>Takes part for private ends, as a consumer.</Trans> : <Trans>Takes part as a business.</Trans>}{" "}
        {side.place}
      </p>
      {mine ? (
        <div className="row">
          <Button small onPress={() => setOpen(true)}>
            <Trans>That is not right</Trans>
          </Button>
        </div>
      ) : null}
      {open ? <CapacityDialog view={view} side={side} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function CapacityDialog({ view, side, onClose }: { view: CaseView; side: PartyView; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [place, setPlace] = useState(side.place);
  const say = (capacity: "business" | "consumer") => {
    void give("party-descriptions", { capacity, place: place.trim() }).then((written) => {
      if (written !== null) onClose();
    });
  };
  return (
    <Dialog
      title={t`How does your side take part?`}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <>
          <Button kind="primary" isPending={status !== "idle"} onPress={() => say("consumer")}>
            <Trans>For private ends</Trans>
          </Button>
          <Button isPending={status !== "idle"} onPress={() => say("business")}>
            <Trans>As a business</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          Whoever takes part for private ends and has no lawyer gets time to think: a night before signing, and three working days to
          withdraw afterwards. Everyone on the case sees what you say here.
        </Trans>
      </p>
      <TextField label={t`Place, if you like`} value={place} onChange={setPlace} maxLength={200} />
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </Dialog>
  );
}
