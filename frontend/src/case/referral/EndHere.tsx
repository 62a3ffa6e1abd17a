/** Where nobody mediates, either side ends here what was sent on; where somebody does, that is the mediator's. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, ConfirmDialog } from "../../ui";
import { TimeLimits } from "../ladder/TimeLimits";
import { isMediator, mayGive } from "../lookup";
import { ProblemNote } from "../ProblemNote";

export function EndHere({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  if (isMediator(view) || !mayGive(view, "EndMediation")) return null;
  return (
    <Banner
      tone="accent"
      icon="papers"
      title={<Trans>It has gone out. Is it over here?</Trans>}
      actions={
        <Button onPress={() => setAsking(true)}>
          <Trans>End it here as passed on</Trans>
        </Button>
      }
    >
      <Trans>Nobody mediates, so either side can say that it goes on elsewhere. Until then you can go on talking here.</Trans>
      <ConfirmDialog
        title={t`End it here?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`End it and record the date`}
        decline={t`Not yet`}
        isPending={status !== "idle"}
        onConfirm={() => {
          void give("endings", { outcome: "referred" }).then((written) => {
            if (written !== null) setAsking(false);
          });
        }}
      >
        <p>
          <Trans>The papers record the date, and that it was passed on. They never say why, or who ended it here.</Trans>
        </p>
        <p>
          <Trans>No time of the steps runs after that. What comes back can still be noted here.</Trans> <TimeLimits view={view} offer={false} />
        </p>
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </Banner>
  );
}
