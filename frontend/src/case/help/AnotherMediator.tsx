import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { announce, ConfirmDialog } from "../../ui";
import { ProblemNote } from "../ProblemNote";

/** Asking for another mediator: what it means is said before it is done. */
export function AnotherMediator({ view, isOpen, onOpenChange }: { view: CaseView; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const mediator = view.mediator?.name ?? "";
  return (
    <ConfirmDialog
      title={t`Ask for another mediator?`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      confirm={t`Another mediator`}
      decline={t`Keep this one`}
      isPending={status !== "idle"}
      onConfirm={() => {
        void give("mediator-refusals", {}).then((written) => {
          if (written === null) return;
          onOpenChange(false);
          announce(t`Your side has asked for another mediator. Somebody else can be invited now.`, { tone: "good" });
        });
      }}
    >
      <p>
        <Trans>No reason is asked. {mediator} no longer mediates, the case stays open, and somebody else can be invited.</Trans>
      </p>
      <p>
        <Trans>Everyone on the case sees that your side asked for this, and when. What was said to {mediator} in private is not handed on.</Trans>
      </p>
      <ProblemNote problem={problem} />
    </ConfirmDialog>
  );
}
