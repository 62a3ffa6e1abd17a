/** The agreement that legal time limits stand still: offered to both sides on every step, one press away. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { timeLimits } from "../../text/standstill";
import { Banner, Button, Card, ConfirmDialog, Day, TextField, Time, useNow } from "../../ui";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { TimeLimits } from "./TimeLimits";

export function Standstill({ view }: { view: CaseView }) {
  const [isOpen, setOpen] = useState(false);
  const { standstill } = view;
  const state = timeLimits(standstill.until, useNow());
  const other = view.me.party === "business" ? "client" : "business";
  const name = partyName(view, other);
  const theirs = view.me.party === null ? undefined : standstill.offered[other];
  const ours = view.me.party === null ? undefined : standstill.offered[view.me.party];
  return (
    <Card title={<Trans>Legal time limits</Trans>}>
      <p id="standstill">
        <TimeLimits view={view} offer={false} />
      </p>
      {standstill.until !== null && state === "stand-still" && standstill.agreed_at !== null ? (
        <p className="note">
          <Trans>
            Agreed on <Time at={standstill.agreed_at} show="date" />, in the words that are among the papers. Time that had passed before counts.
          </Trans>
        </p>
      ) : (
        <p className="note">
          <Trans>The two sides can agree in writing that they stand still while they talk.</Trans>
        </p>
      )}
      {theirs === undefined ? null : (
        <Banner icon="notice">
          <Trans>
            {name} offers that they stand still until the end of <Day on={theirs} />.
          </Trans>
        </Banner>
      )}
      {ours === undefined ? null : (
        <p className="note">
          <Trans>
            Your side offers that they stand still until the end of <Day on={ours} />. It holds once the other side agrees to the same day.
          </Trans>
        </p>
      )}
      {mayGive(view, "AgreeStandstill") ? (
        <div className="row">
          <Button icon="quill" onPress={() => setOpen(true)}>
            {theirs !== undefined ? <Trans>Read it and agree</Trans> : state === "stand-still" ? <Trans>Offer a longer standstill</Trans> : <Trans>Offer a standstill</Trans>}
          </Button>
        </div>
      ) : null}
      {isOpen ? <StandstillDialog view={view} first={theirs ?? inThreeMonths(standstill.until)} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

/** A day three months ahead, or after what is agreed already. */
function inThreeMonths(agreed: string | null): string {
  const from = agreed === null ? new Date() : new Date(agreed);
  from.setUTCMonth(from.getUTCMonth() + 3);
  return from.toISOString().slice(0, 10);
}

function StandstillDialog({ view, first, onClose }: { view: CaseView; first: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [until, setUntil] = useState(first);
  return (
    <ConfirmDialog
      title={t`Legal time limits stand still`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      confirm={t`Agree to this for my side`}
      decline={t`Not now`}
      isPending={status !== "idle"}
      onConfirm={() => {
        void give("standstills", { until, text_sha256: view.standstill.text_sha256 }).then((written) => {
          if (written !== null) onClose();
        });
      }}
    >
      <blockquote className="prose" lang="en">
        {view.standstill.text}
      </blockquote>
      {/* The papers hold these very words, in their one language; whoever reads another is told in it what they say. */}
      {i18n.locale === "en" ? null : (
        <p>
          <Trans>
            In your language: until the end of the day below, neither side will say that a claim in this dispute is too late because of time that passes from today on. Time that has passed already is not undone, and nobody admits anything by this. The English words count.
          </Trans>
        </p>
      )}
      <TextField label={t`Until the end of`} type="date" value={until} onChange={setUntil} />
      <p className="note">
        <Trans>Both sides agree to the same day, and both can prove it: it is one of the papers. You may ask a lawyer first.</Trans>
      </p>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
