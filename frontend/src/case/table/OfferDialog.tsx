/** Making an offer: an amount, terms in words, or both; in answer to another, or on its own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, Money as Sum, OfferView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Dialog, minorDigits, Select, TextArea } from "../../ui";
import { MoneyField } from "../../ui/MoneyField";
import { currenciesFrom } from "../currencies";
import { LimitNote } from "../limits/LimitNote";
import { ProblemNote } from "../ProblemNote";
import { OfferQuote } from "./OfferQuote";

/** The amount half-written: kept with the other unsent words. */
function readSum(draft: string): Sum | null {
  const [minor, currency] = draft.split(" ");
  return minor === undefined || currency === undefined || minor === "" ? null : { minor: Number(minor), currency };
}

export function OfferDialog({ view, answers, onClose }: { view: CaseView; answers: OfferView | null; onClose: () => void }) {
  const { t } = useLingui();
  const place = `offer ${answers?.offer ?? ""}`;
  const [terms, setTerms] = useDraft(view.case, "joint", `${place} terms`);
  const [sum, setSum] = useDraft(view.case, "joint", `${place} sum`);
  const first = answers?.amount?.currency ?? view.amount?.currency ?? "EUR";
  const [currency, setCurrency] = useState(readSum(sum)?.currency ?? first);
  const { give, status, problem } = useCommand(view.case);
  const [isEmpty, setEmpty] = useState(false);
  const amount = readSum(sum);
  const currencies = currenciesFrom(first);

  const make = async () => {
    // Not a disabled button: an amount counts only once its field is left, and pressing the button leaves it.
    if (amount === null && terms.trim() === "") {
      setEmpty(true);
      return;
    }
    const room = answers?.room === "talks" || (answers === null && view.began_at === null) ? "talks" : "joint";
    const done = await give("offers", { room, amount, terms: terms.trim(), in_answer_to: answers?.offer ?? null });
    if (done === null) return;
    setTerms("");
    setSum("");
    onClose();
  };

  return (
    <Dialog
      title={answers === null ? t`Make an offer` : t`Answer with another offer`}
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button
          kind="primary"
          icon="scales"
          isPending={status !== "idle"}
          onPress={() => void make()}
        >
          <Trans>Make this offer</Trans>
        </Button>
      }
    >
      {answers === null ? null : <OfferQuote view={view} offer={answers} />}
      <div className="offer-sum">
        <MoneyField
          label={t`Amount`}
          hint={t`Leave it empty if this is not about money.`}
          value={amount}
          currency={currency}
          onChange={(next) => setSum(next === null ? "" : `${next.minor} ${next.currency}`)}
        />
        <Select
          label={t`Currency`}
          placeholder={t`Choose`}
          value={currency}
          onChange={(next) => {
            setCurrency(next);
            // The figure stays as it was written, whatever the new currency's smallest unit is.
            const scale = 10 ** (minorDigits(next) - minorDigits(currency));
            if (amount !== null) setSum(`${Math.round(amount.minor * scale)} ${next}`);
          }}
          choices={currencies.map((value) => ({ value, label: value }))}
        />
      </div>
      <TextArea
        label={t`Terms`}
        hint={t`What belongs to it: by when, in which parts, what else.`}
        value={terms}
        fault={isEmpty && amount === null && terms.trim() === "" ? t`An offer needs an amount, or terms in words.` : null}
        onChange={setTerms}
        maxLength={4000}
        rows={3}
      />
      <LimitNote view={view} amounts={amount === null ? [] : [amount]} />
      <p className="note">
        <Trans>Everyone at the table sees it. You can withdraw it until it is answered. It binds nobody until the settlement is signed.</Trans>
      </p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
