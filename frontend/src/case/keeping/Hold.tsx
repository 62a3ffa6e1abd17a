/** Stopping the erasing: only when both sides and the mediator want it, or when an order demands it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { Banner, Button, ConfirmDialog, Icon, Time } from "../../ui";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { useAct } from "../useAct";

export function Hold({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<"ask" | "lift" | null>(null);
  const { act, busy } = useAct(view.case);
  const { hold } = view;
  // An order stands whatever the holders ask.
  const isPlaced = hold.ground === "holders";
  const mayAsk = mayGive(view, "AskHold");
  const mayLift = mayGive(view, "LiftHold");
  if (!mayAsk && !mayLift && hold.ground === null && hold.asked_by.length === 0) return null;
  return (
    <div className="stack-tight">
      {hold.ground === null ? null : <Placed view={view} />}
      {hold.ground === null && hold.asked_by.length > 0 ? <Asked view={view} /> : null}
      <div className="row">
        {mayAsk ? (
          <Button small kind="quiet" icon="pause" isPending={busy} onPress={() => setAsking("ask")}>
            {t`Ask that nothing be erased`}
          </Button>
        ) : null}
        {mayLift ? (
          <Button small kind="quiet" icon="undo" isPending={busy} onPress={() => setAsking("lift")}>
            {isPlaced ? t`Let the erasing go on` : t`Take back that you asked`}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        title={asking !== "lift" ? t`Ask that nothing be erased?` : isPlaced ? t`Let what was said be erased?` : t`Take back that you asked?`}
        isOpen={asking !== null}
        onOpenChange={(open) => setAsking(open ? asking : null)}
        confirm={asking !== "lift" ? t`Ask for it` : isPlaced ? t`Let it be erased` : t`Take it back`}
        decline={asking === "lift" && isPlaced ? t`Keep it` : t`Leave it as it is`}
        onConfirm={() => {
          void act(asking === "lift" ? "hold-liftings" : "hold-requests", {});
          setAsking(null);
        }}
      >
        {asking === "lift" && !isPlaced ? (
          <p>
            <Trans>Nothing else changes by it. The papers say that you no longer ask.</Trans>
          </p>
        ) : asking === "lift" ? (
          <p>
            <Trans>One who takes it back is enough: the days for erasing count again, with two weeks at least for everybody to download their record. The papers say that it was lifted.</Trans>
          </p>
        ) : (
          <>
            <p>
              <Trans>Sometimes the law, or a quarrel that follows, asks for what was said to be kept; lawyers call it a legal hold. It stands once both sides and the mediator have asked.</Trans>
            </p>
            <p>
              <Trans>Everyone on the case sees in the papers that your side asked, and when. Keeping it does not make it any less confidential.</Trans>
            </p>
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}

function useHolders(view: CaseView): (who: string) => string {
  const { t } = useLingui();
  return (who) => (who === "business" || who === "client" ? partyName(view, who) : t`the mediator`);
}

function Asked({ view }: { view: CaseView }) {
  const { i18n } = useLingui();
  const nameOf = useHolders(view);
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" });
  const asked = list.format(view.hold.asked_by.map(nameOf));
  const missing = list.format(["business", "client", "mediator"].filter((who) => !view.hold.asked_by.includes(who)).map(nameOf));
  return (
    <p className="hold-asked">
      <Icon name="waiting" size={18} />
      <span>
        <Trans>Asked that nothing be erased: {asked}. It stands once this has been asked as well: {missing}. Until then the days above hold.</Trans>
      </span>
    </p>
  );
}

function Placed({ view }: { view: CaseView }) {
  const { hold } = view;
  const { reference } = hold;
  return (
    <Banner
      icon="pause"
      tone="accent"
      title={hold.ground === "order" ? <Trans>Nothing is erased: an order demands it.</Trans> : <Trans>Nothing is erased: both sides and the mediator asked for it.</Trans>}
    >
      {reference === "" ? null : <Trans>The order: {reference}. </Trans>}
      {hold.placed_at === null ? null : (
        <Trans>
          Since <Time at={hold.placed_at} show="date" />.
        </Trans>
      )}{" "}
      {hold.ground === "order" ? <Trans>Whoever runs this portal lifts it once the order is gone.</Trans> : <Trans>Each of them can end it.</Trans>}
    </Banner>
  );
}
