/** The way to a break where everyone talks; it stands in "Help and safety" as well. */
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { Button } from "../../ui";
import { mayGive } from "../lookup";
import { BreakDialog } from "./BreakDialog";

export function TakeABreak({ view }: { view: CaseView }) {
  const [asking, setAsking] = useState(false);
  // The mediator pauses from the desk.
  if (view.me.party === null || !mayGive(view, "Pause")) return null;
  return (
    <>
      <Button small kind="quiet" icon="pause" className="band-act" onPress={() => setAsking(true)}>
        <Trans>Break</Trans>
      </Button>
      <BreakDialog view={view} isOpen={asking} onOpenChange={setAsking} />
    </>
  );
}
