import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { ConfirmDialog } from "../../ui";
import { useAct } from "../useAct";

/** Whoever is under pressure may stop the joint conversation; the mediator brings everyone back. */
export function BreakDialog({ view, isOpen, onOpenChange }: { view: CaseView; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const { act, busy } = useAct(view.case);
  return (
    <ConfirmDialog
      title={t`Do you need a break?`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      confirm={t`Pause for everyone`}
      decline={t`Carry on`}
      isPending={busy}
      onConfirm={() => {
        onOpenChange(false);
        void act("pauses", {});
      }}
    >
      <p>
        <Trans>The joint conversation stops for everyone, until the mediator carries on. You need not say why, and you can write to the mediator in private meanwhile.</Trans>
      </p>
    </ConfirmDialog>
  );
}
