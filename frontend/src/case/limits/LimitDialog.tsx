/** Settling how far to go: which way, an amount, terms in words, and until which day. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, LimitView, Money } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Choices, Dialog, minorDigits, Select, TextArea, TextField } from "../../ui";
import { MoneyField } from "../../ui/MoneyField";
import { currenciesFrom } from "../currencies";
import { dayOf, endOf } from "../meetings/times";
import { ProblemNote } from "../ProblemNote";

export function LimitDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const before = view.limit;
  const [meaning, setMeaning] = useState<LimitView["meaning"]>(before?.meaning ?? (view.me.party === "business" ? "at-most" : "at-least"));
  const [amount, setAmount] = useState<Money | null>(before?.amount ?? null);
  const [currency, setCurrency] = useState(before?.amount?.currency ?? view.amount?.currency ?? "EUR");
  const [terms, setTerms] = useState(before?.terms ?? "");
  const [day, setDay] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const [today] = useState(() => dayOf(new Date()));
  const until = day === "" ? null : endOf(day);

  const settle = async () => {
    if (amount === null && terms.trim() === "") {
      setEmpty(true);
      return;
    }
    const done = await give("limits", { meaning, amount, terms: terms.trim(), until: until?.toISOString() ?? null });
    if (done !== null) onClose();
  };

  return (
    <Dialog
      title={t`How far may those go who speak for your side?`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="lock" isPending={status !== "idle"} onPress={() => void settle()}>
          <Trans>Tell my own side</Trans>
        </Button>
      }
    >
      <Choices
        label={t`What is settled`}
        choices={[
          { value: "at-most", label: t`Give no more than this` },
          { value: "at-least", label: t`Accept no less than this` },
        ]}
        value={meaning}
        onChange={setMeaning}
      />
      <div className="limit-sum">
        <MoneyField label={t`Amount`} hint={t`Leave it empty if this is not about money.`} value={amount} currency={currency} onChange={setAmount} />
        <Select
          label={t`Currency`}
          placeholder={t`Choose`}
          value={currency}
          onChange={(next) => {
            setCurrency(next);
            // The figure stays as it was written, whatever the new currency's smallest unit is.
            const scale = 10 ** (minorDigits(next) - minorDigits(currency));
            if (amount !== null) setAmount({ minor: Math.round(amount.minor * scale), currency: next });
          }}
          choices={currenciesFrom(currency).map((value) => ({ value, label: value }))}
        />
      </div>
      <TextArea
        label={t`Terms`}
        hint={t`What else is settled: in which parts, by when, what never.`}
        value={terms}
        fault={isEmpty && amount === null && terms.trim() === "" ? t`Enter an amount, or write what is settled.` : null}
        onChange={setTerms}
        maxLength={4000}
        rows={3}
      />
      <TextField type="date" label={t`Until the end of`} hint={t`Leave it empty if it holds until you say otherwise.`} value={day} onChange={setDay} {...{ min: today }} />
      <p className="note">
        <Trans>
          Everybody of your side who is here now reads it in your own room. They are warned before an offer, a clause or a signature goes beyond it, and can go
          on. Nobody else learns that anything was settled.
        </Trans>
      </p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
