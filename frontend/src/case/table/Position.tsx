/** How one person sees it, with what the mediator heard in it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PositionView } from "../../api/types";
import { Button, ConfirmDialog, IconButton, Menu } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { SaidParts } from "../SaidParts";
import { useAct } from "../useAct";
import { PositionDialog } from "./PositionDialog";
import { ReflectDialog, Reflection } from "./Reflection";

export function Position({ view, position }: { view: CaseView; position: PositionView }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"revise" | "reflect" | "withdraw" | null>(null);
  const { act, busy } = useAct(view.case);
  const owner = nameOf(view, position.owner);
  const mine = position.owner === view.me.participant;

  return (
    <article className="position" id={`position-${position.position}`}>
      <header className="position-head">
        <p className="note">
          <strong>{mine ? t`You` : owner}</strong>
          {position.scribed ? <> · {t`written down by the mediator, confirmed`}</> : null}
          {position.revised ? <> · {t`changed since`}</> : null}
        </p>
        {mayNow(position, "RevisePosition") ? (
          <Menu
            label={t`What to do with this`}
            trigger={<IconButton icon="more" label={t`More about what you said`} />}
            groups={[
              [
                { id: "revise", label: t`Say it differently`, icon: "quill", onAction: () => setOpen("revise") },
                { id: "withdraw", label: t`Withdraw it`, icon: "undo", onAction: () => setOpen("withdraw") },
              ],
            ]}
          />
        ) : null}
      </header>
      <SaidParts text={position.text} interest={position.interest} wants={position.wants} />
      {position.reflection === null ? null : <Reflection view={view} position={position} reflection={position.reflection} />}
      {mayNow(position, "ReflectPosition") ? (
        <div>
          <Button small kind="quiet" icon="speech" onPress={() => setOpen("reflect")}>
            {position.reflection === null ? t`Say back what you hear` : t`Say it back again`}
          </Button>
        </div>
      ) : null}
      {open === "revise" ? <PositionDialog view={view} task={{ task: "revise", position }} onClose={() => setOpen(null)} /> : null}
      {open === "reflect" ? <ReflectDialog view={view} position={position} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        title={t`Withdraw what you said?`}
        isOpen={open === "withdraw"}
        onOpenChange={(wanted) => setOpen(wanted ? "withdraw" : null)}
        confirm={t`Withdraw it`}
        decline={t`Leave it`}
        isPending={busy}
        onConfirm={() => {
          setOpen(null);
          void act("position-withdrawals", { position: position.position });
        }}
      >
        <p>
          <Trans>It disappears from the table for everyone. You can say it anew at any time.</Trans>
        </p>
      </ConfirmDialog>
    </article>
  );
}
