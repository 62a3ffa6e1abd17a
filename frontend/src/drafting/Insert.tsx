/** What is put into the text as more than words: the number of another clause, an amount, a day. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { EditorView } from "prosemirror-view";
import { type ReactNode, useState } from "react";
import { useLocale } from "react-aria-components";
import { Button, Dialog, formatAmount, Icon, IconButton, Menu, minorDigits, Select, TextField } from "../ui";
import { MoneyField } from "../ui/MoneyField";
import type { NamedClause } from "./clauseNames";
import { formatDay } from "./days";
import { marking, type PromisedValue, unmarking, wordsToMark, writingMarked } from "./promises";
import { referTo } from "./references";
import { dayOf } from "./values";

type Asking = "reference" | "amount" | "date";

interface InsertProps {
  view: EditorView;
  /** What can be referred to. */
  clauses: readonly NamedClause[];
  /** The currency of the dispute, to begin with. */
  currency?: string | undefined;
}

export function InsertMenu({ view, clauses, currency = "EUR" }: InsertProps) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => {
    setAsking(null);
    // The dialog gives the focus back to where it was opened; the text is where one goes on.
    setTimeout(() => {
      if (!view.isDestroyed) view.focus();
    });
  };
  return (
    <>
      <Menu
        label={t`Insert`}
        trigger={<IconButton icon="add" label={t`Insert a reference, an amount or a date`} />}
        groups={[
          [
            { id: "reference", label: t`Refer to a clause…`, hint: t`Its number follows when clauses move.`, onAction: () => setAsking("reference") },
            { id: "amount", label: t`Mark an amount…`, hint: t`So that it can be listed and counted.`, onAction: () => setAsking("amount") },
            { id: "date", label: t`Mark a date…`, hint: t`So that nobody misses it.`, onAction: () => setAsking("date") },
          ],
        ]}
      />
      {asking === "reference" ? <ReferDialog view={view} clauses={clauses} onClose={close} /> : null}
      {asking === "amount" ? <AmountDialog view={view} currency={currency} onClose={close} /> : null}
      {asking === "date" ? <DateDialog view={view} onClose={close} /> : null}
    </>
  );
}

function ReferDialog({ view, clauses, onClose }: { view: EditorView; clauses: readonly NamedClause[]; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      title={t`Refer to a clause`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
    >
      <p className="soft">
        {clauses.length === 0 ? <Trans>There is no clause to refer to yet.</Trans> : <Trans>Its number is written where the cursor is, and stays right when clauses are added or moved.</Trans>}
      </p>
      <ul className="refer-list">
        {clauses.map(({ id, number, text }) => (
          <li key={id}>
            <button
              type="button"
              className="refer-choice"
              onClick={() => {
                referTo(id)(view.state, view.dispatch, view);
                onClose();
              }}
            >
              <strong>
                <Trans>Clause {number}</Trans>
              </strong>
              <span>{text === "" ? t`Nothing written yet` : text.slice(0, 120)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** What both marks have in common: the words they go on, and taking them away again. */
function MarkDialog({
  view,
  title,
  kind,
  value,
  wordsFor,
  onClose,
  children,
}: {
  view: EditorView;
  title: string;
  kind: PromisedValue["kind"];
  value: PromisedValue | null;
  /** The words to write where none are selected. */
  wordsFor: (value: PromisedValue) => string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const [{ from, to, words, isMarked }] = useState(() => wordsToMark(view.state, kind));
  const done = (tr: ReturnType<typeof marking>) => {
    view.dispatch(tr);
    onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <>
          {!isMarked ? null : (
            <Button onPress={() => done(unmarking(view.state, from, to, kind))}>
              <Trans>Take the mark away</Trans>
            </Button>
          )}
          <Button
            kind="primary"
            isDisabled={value === null}
            onPress={() => {
              if (value !== null) done(words === "" ? writingMarked(view.state, wordsFor(value), value) : marking(view.state, from, to, value));
            }}
          >
            {words === "" ? <Trans>Write it</Trans> : <Trans>Mark it</Trans>}
          </Button>
        </>
      }
    >
      {words === "" ? (
        <p className="soft">
          <Trans>It is written where the cursor is, and marked.</Trans>
        </p>
      ) : (
        <blockquote className="quote">{words}</blockquote>
      )}
      {children}
    </Dialog>
  );
}

const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "CAD", "AUD", "JPY", "CNY", "INR", "BRL"] as const;

function AmountDialog({ view, currency: first, onClose }: { view: EditorView; currency: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { locale } = useLocale();
  const [found] = useState(() => {
    const { value } = wordsToMark(view.state, "amount", first);
    return value?.kind === "amount" ? value.amount : null;
  });
  const [minor, setMinor] = useState<number | null>(found?.minor ?? null);
  const [currency, setCurrency] = useState(found?.currency ?? first);
  const names = new Intl.DisplayNames([i18n.locale], { type: "currency" });
  const all = [...new Set<string>([first, currency, ...CURRENCIES])];
  return (
    <MarkDialog
      view={view}
      title={t`Mark an amount`}
      kind="amount"
      value={minor === null ? null : { kind: "amount", amount: { minor, currency } }}
      wordsFor={(value) => (value.kind === "amount" ? formatAmount(value.amount, locale) : "")}
      onClose={onClose}
    >
      <MoneyField key={currency} label={t`Amount`} currency={currency} value={minor === null ? null : { minor, currency }} onChange={(next) => setMinor(next?.minor ?? null)} />
      <Select
        label={t`Currency`}
        placeholder={t`Choose a currency`}
        value={currency}
        onChange={(next) => {
          // The figure stays as it was written, whatever the smallest unit of the other currency is.
          if (minor !== null) setMinor(Math.round(minor * 10 ** (minorDigits(next) - minorDigits(currency))));
          setCurrency(next);
        }}
        choices={all.map((code) => ({ value: code, label: code, hint: names.of(code) }))}
      />
    </MarkDialog>
  );
}

function DateDialog({ view, onClose }: { view: EditorView; onClose: () => void }) {
  const { t } = useLingui();
  const { locale } = useLocale();
  const [on, setOn] = useState(() => {
    const { value } = wordsToMark(view.state, "date");
    return value?.kind === "date" ? value.on : "";
  });
  const day = dayOf({ on });
  return (
    <MarkDialog
      view={view}
      title={t`Mark a date`}
      kind="date"
      value={day === null ? null : { kind: "date", on: day }}
      wordsFor={(value) => (value.kind === "date" ? formatDay(value.on, locale) : "")}
      onClose={onClose}
    >
      <TextField label={t`Day`} type="date" value={on} onChange={setOn} />
      {day === null ? null : (
        <p className="note">
          <Icon name="waiting" size={16} /> {formatDay(day, locale)}
        </p>
      )}
    </MarkDialog>
  );
}
