/** How far those who speak for one's own side may go, seen by that side alone; and settling it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CaseView } from "../../api/types";
import { Button, ConfirmDialog, Icon, useNow } from "../../ui";
import { mayGive, mayNow } from "../lookup";
import { nameOf } from "../people";
import { useAct } from "../useAct";
import { useLimitWords } from "./LimitNote";
import "./limits.css";

const LimitDialog = lazy(() => import("./LimitDialog").then((part) => ({ default: part.LimitDialog })));

export function OwnLimit({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const now = useNow();
  const words = useLimitWords();
  const { act, busy } = useAct(view.case);
  const [open, setOpen] = useState<"set" | "take-back" | null>(null);
  const { limit } = view;
  const maySet = mayGive(view, "SetLimit");
  if (limit === null && !maySet) return null;
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });
  const unread = list.format((limit?.not_read_by ?? []).map((id) => nameOf(view, id)).filter((name) => name !== ""));
  const name = limit === null ? "" : nameOf(view, limit.by);
  const isOver = limit !== null && limit.until !== null && Date.parse(limit.until) <= now;
  return (
    <section className="own-limit" aria-label={t`Settled among your side`}>
      <p className="own-limit-head">
        <Icon name="lock" size={18} /> <Trans>Only your side sees this, and it stops nobody</Trans>
      </p>
      {limit === null ? (
        <p className="note">
          <Trans>You can settle here how far those who speak for your side may go. They are warned before they go beyond it; the mediator and the other side learn nothing of it.</Trans>
        </p>
      ) : (
        <>
          <p>
            <strong>{words(limit)}</strong>
          </p>
          <p className="note">
            {isOver ? <Trans>This is over. Settled by {name}.</Trans> : <Trans>Settled by {name}.</Trans>}{" "}
            {unread === "" ? null : <Trans>{unread} came later and does not see it. Settle it again to tell everybody.</Trans>}
          </p>
        </>
      )}
      {maySet ? (
        <div className="row">
          <Button small icon="lock" onPress={() => setOpen("set")}>
            {limit === null ? <Trans>Settle how far to go</Trans> : <Trans>Settle it anew</Trans>}
          </Button>
          {limit !== null && mayNow(limit, "TakeBackLimit") ? (
            <Button small kind="quiet" icon="undo" isDisabled={busy} onPress={() => setOpen("take-back")}>
              <Trans>Take it back</Trans>
            </Button>
          ) : null}
        </div>
      ) : null}
      {open === "set" ? (
        <Suspense fallback={null}>
          <LimitDialog view={view} onClose={() => setOpen(null)} />
        </Suspense>
      ) : null}
      <ConfirmDialog
        title={t`Take it back?`}
        isOpen={open === "take-back"}
        onOpenChange={(next) => setOpen(next ? "take-back" : null)}
        confirm={t`Take it back`}
        decline={t`Leave it`}
        onConfirm={() => {
          setOpen(null);
          if (limit !== null) void act("limit-withdrawals", { limit: limit.limit });
        }}
      >
        <p>
          <Trans>Then nobody of your side is warned any more. What was settled stays readable in your side’s own room.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}
