/** "This is what lies on the table": said by the mediator of the text as it is, and that it binds nobody. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { announce, Banner, Button, ConfirmDialog } from "../../ui";
import { mayGive } from "../lookup";
import { useAct } from "../useAct";
import type { TextDesk } from "./textDesk";

/** What was said of the text, while it is so and when it is not any more. */
export function OnTheTable({ desk, hash }: { desk: TextDesk; hash: string | null }) {
  const { t } = useLingui();
  const { proposed } = desk.drafting;
  if (proposed === null || hash === null) return null;
  return proposed === hash ? (
    <Banner tone="accent" icon="table" title={t`This is what lies on the table. It binds nobody.`}>
      <Trans>Take the time you need to read it, also with somebody you trust.</Trans>
    </Banner>
  ) : (
    <p className="note">
      <Trans>The text was changed after it was put on the table.</Trans>
    </p>
  );
}

export function PutOnTheTable({ desk, hash }: { desk: TextDesk; hash: string | null }) {
  const { t } = useLingui();
  const { act, busy } = useAct(desk.view.case);
  const [asking, setAsking] = useState(false);
  if (!mayGive(desk.view, "ProposeText") || hash === null || desk.clauses.length === 0 || desk.drafting.proposed === hash) return null;
  return (
    <>
      <Button small icon="table" onPress={() => setAsking(true)}>
        <Trans>Put it on the table</Trans>
      </Button>
      <ConfirmDialog
        title={t`Say that this lies on the table`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Say it to everyone`}
        decline={t`Not yet`}
        isPending={busy}
        onConfirm={() =>
          void act("text-proposals", { text_hash: hash }).then((written) => {
            setAsking(false);
            if (written !== null) announce(t`Everyone sees that this lies on the table.`, { tone: "good" });
          })
        }
      >
        <p>
          <Trans>Everyone is told: “This is what lies on the table. It binds nobody.” It is said of the text exactly as it reads now; when it is changed, that is said too.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
