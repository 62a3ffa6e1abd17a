/** Whoever is under pressure may stop the joint conversation; the mediator brings everyone back. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { Button, ConfirmDialog } from "../../ui";
import { mayGive } from "../lookup";
import { useAct } from "../useAct";

export function TakeABreak({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { act, busy } = useAct(view.case);
  // The mediator pauses from the desk.
  if (view.me.party === null || !mayGive(view, "Pause")) return null;
  return (
    <>
      <Button small kind="quiet" icon="pause" className="band-act" onPress={() => setAsking(true)}>
        <Trans>Break</Trans>
      </Button>
      <ConfirmDialog
        title={t`Do you need a break?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Pause for everyone`}
        decline={t`Carry on`}
        isPending={busy}
        onConfirm={() => {
          setAsking(false);
          void act("pauses", {});
        }}
      >
        <p>
          <Trans>The joint conversation stops for everyone, until the mediator carries on. You need not say why, and you can write to the mediator in private meanwhile.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
