/** Writing a proposal: choose in plain words, then fill in what an institution asks for. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PackField, ProceedingsView, Proposal, ReferralText, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Card, Choices, Form, minorDigits, Select, TextArea, TextField, type Amount } from "../../ui";
import { MoneyField } from "../../ui/MoneyField";
import { ProblemNote } from "../ProblemNote";
import { fieldWord, KIND_ORDER, kindExplained, kindWord, whatToDo } from "./referralWords";

const CURRENCIES = ["EUR", "CHF", "GBP", "USD", "PLN", "SEK", "DKK", "NOK", "CZK", "JPY"] as const;

type Filled = Omit<ReferralText, "kind" | "binding" | "court_stays_open"> & { kind: ReferralText["kind"] | null; binding: boolean | null; court_stays_open: boolean | null };

/** What was said when the case was opened stands there to begin with: it is a paper, and its author may say it anew. */
function firstWords(view: CaseView): Filled {
  return {
    kind: null,
    provider: "generic",
    institution: "",
    rules: "",
    seat: "",
    language: "",
    cost: "",
    court_stays_open: null,
    binding: null,
    relied_on: "",
    description: view.account,
    claim: "",
    value: view.amount,
    relief: view.me.party === "client" ? view.wish : "",
    procedure: "",
  };
}

interface Editing {
  view: CaseView;
  proceedings: readonly ProceedingsView[];
  begun: ReferralView | null;
  onClose: () => void;
}

export function ProposalForm({ view, proceedings, begun, onClose }: Editing) {
  const { t } = useLingui();
  const [filled, setFilled] = useState<Filled>(() => begun?.text ?? firstWords(view));
  const [tried, setTried] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const put = (change: Partial<Filled>) => setFilled((now) => ({ ...now, ...change }));
  const chosen = proceedings.find((one) => one.kind === filled.kind && one.provider === filled.provider) ?? null;
  const asks = new Set<PackField>(chosen?.asks ?? []);
  if (filled.binding === true) for (const field of ["institution", "rules", "seat", "cost"] as const) asks.add(field);
  const proposal = proposalOf(filled);
  return (
    <Card title={begun === null ? <Trans>Propose who should decide or help</Trans> : <Trans>Change the wording</Trans>}>
      <Form
        label={begun === null ? t`Propose who should decide or help` : t`Change the wording`}
        onSubmit={() => {
          setTried(true);
          if (proposal === null) return;
          const sent = begun === null ? give("referrals", { proposal }) : give("referral-wordings", { referral: begun.referral, proposal });
          void sent.then((written) => {
            if (written !== null) onClose();
          });
        }}
      >
        {begun !== null && begun.answers.length > 0 ? (
          <Banner tone="warn">
            <Trans>Whoever has agreed is asked again if you change one of the terms.</Trans>
          </Banner>
        ) : null}
        <Choices
          label={t`What should happen?`}
          value={filled.kind}
          fault={tried && filled.kind === null ? t`Choose one.` : null}
          onChange={(kind) => put({ kind, provider: "generic", ...bindingBy(proceedings, kind) })}
          choices={KIND_ORDER.map((kind) => ({ value: kind, label: kindWord(kind), hint: kindExplained(kind) }))}
        />
        {filled.kind === null ? null : <Whom filled={filled} proceedings={proceedings} put={put} tried={tried} />}
        {filled.kind === null ? null : <Texts filled={filled} asks={asks} put={put} />}
        <p className="note">
          <Trans>Both sides read every word of it, and so does whoever it goes to. Write nothing here that was said in the mediation or in private.</Trans>
        </p>
        <div className="row">
          <Button type="submit" kind="primary" isPending={status !== "idle"}>
            {begun === null ? <Trans>Put this to the other side</Trans> : <Trans>Put the new wording</Trans>}
          </Button>
          <Button onPress={onClose}>
            <Trans>Not now</Trans>
          </Button>
        </div>
        <ProblemNote problem={problem} />
      </Form>
    </Card>
  );
}

function proposalOf(filled: Filled): Proposal | null {
  const { kind, binding, court_stays_open } = filled;
  return kind === null || binding === null || court_stays_open === null ? null : { ...filled, kind, binding, court_stays_open };
}

/** What always or never binds needs no asking. */
function bindingBy(proceedings: readonly ProceedingsView[], kind: ReferralText["kind"]): Pick<Filled, "binding" | "court_stays_open"> {
  const binds = proceedings.find((one) => one.kind === kind)?.binds;
  if (binds === "never") return { binding: false, court_stays_open: true };
  return { binding: binds === "always" ? true : null, court_stays_open: null };
}

interface Part {
  filled: Filled;
  put: (change: Partial<Filled>) => void;
}

function Whom({ filled, proceedings, put, tried }: Part & { proceedings: readonly ProceedingsView[]; tried: boolean }) {
  const { t } = useLingui();
  const open = proceedings.filter((one) => one.kind === filled.kind);
  const binds = open[0]?.binds;
  const yesOrNo = (value: boolean | null) => (value === null ? null : value ? "yes" : "no");
  return (
    <>
      {open.length > 1 ? (
        <Select
          label={t`By whose rules?`}
          hint={t`Look at the institution’s own rules before you hand anything in; what is asked for here follows them as far as we know them.`}
          placeholder={t`Choose`}
          value={filled.provider}
          onChange={(provider) => {
            const one = open.find((each) => each.provider === provider);
            put({ provider, rules: one?.rules ?? "", institution: one?.name ?? "" });
          }}
          choices={open.map((one) => ({ value: one.provider, label: one.name === "" ? t`Somebody else, by name` : one.name }))}
        />
      ) : null}
      {filled.provider === "generic" ? (
        <TextField label={fieldWord("institution")} hint={whatToDo("institution")} value={filled.institution} onChange={(institution) => put({ institution })} maxLength={200} />
      ) : null}
      {binds === "as-agreed" ? (
        <Choices
          label={t`Should it bind?`}
          value={yesOrNo(filled.binding)}
          fault={tried && filled.binding === null ? t`Say yes or no.` : null}
          onChange={(said) => put({ binding: said === "yes" })}
          choices={[
            { value: "no", label: t`No`, hint: t`Your side can send it alone. Nothing decided there binds anybody who does not accept it.` },
            { value: "yes", label: t`Yes`, hint: t`It goes out only when each side has agreed to the terms here.` },
          ]}
        />
      ) : null}
      {binds === "never" ? null : (
        <Choices
          label={t`Can both sides still go to court?`}
          value={yesOrNo(filled.court_stays_open)}
          fault={tried && filled.court_stays_open === null ? t`Say yes or no.` : null}
          onChange={(said) => put({ court_stays_open: said === "yes" })}
          choices={[
            { value: "yes", label: t`Yes, the courts stay open` },
            { value: "no", label: t`No, as far as the law allows` },
          ]}
        />
      )}
    </>
  );
}

function Texts({ filled, asks, put }: Part & { asks: ReadonlySet<PackField> }) {
  const { t } = useLingui();
  const hint = (field: PackField) => (asks.has(field) ? whatToDo(field) : t`Not usually asked for here.`);
  const [currency, setCurrency] = useState(filled.value?.currency ?? "EUR");
  return (
    <>
      <TextField label={fieldWord("rules")} hint={hint("rules")} value={filled.rules} onChange={(rules) => put({ rules })} maxLength={200} />
      <TextField label={fieldWord("seat")} hint={hint("seat")} value={filled.seat} onChange={(seat) => put({ seat })} maxLength={200} />
      <TextField label={fieldWord("language")} hint={hint("language")} value={filled.language} onChange={(language) => put({ language })} maxLength={200} />
      <TextArea label={fieldWord("cost")} hint={hint("cost")} value={filled.cost} onChange={(cost) => put({ cost })} maxLength={4000} rows={2} />
      <TextArea label={fieldWord("relied-on")} hint={hint("relied-on")} value={filled.relied_on} onChange={(relied_on) => put({ relied_on })} maxLength={4000} rows={2} />
      <TextArea label={fieldWord("description")} hint={hint("description")} value={filled.description} onChange={(description) => put({ description })} maxLength={4000} rows={4} />
      <TextArea label={fieldWord("claim")} hint={hint("claim")} value={filled.claim} onChange={(claim) => put({ claim })} maxLength={4000} rows={3} />
      <div className="referral-sum">
        <MoneyField label={fieldWord("value")} hint={hint("value")} value={filled.value} currency={currency} onChange={(value) => put({ value })} />
        <Select
          label={t`Currency`}
          placeholder={t`Choose`}
          value={currency}
          onChange={(next) => {
            setCurrency(next);
            put({ value: inCurrency(filled.value, next) });
          }}
          choices={[...new Set([currency, ...CURRENCIES])].map((value) => ({ value, label: value }))}
        />
      </div>
      <TextArea label={fieldWord("relief")} hint={hint("relief")} value={filled.relief} onChange={(relief) => put({ relief })} maxLength={4000} rows={3} />
      <TextArea label={fieldWord("procedure")} hint={hint("procedure")} value={filled.procedure} onChange={(procedure) => put({ procedure })} maxLength={4000} rows={2} />
    </>
  );
}

/** The figure stays as it was written, whatever the new currency's smallest unit is. */
function inCurrency(amount: Amount | null, currency: string): Amount | null {
  if (amount === null) return null;
  return { minor: Math.round(amount.minor * 10 ** (minorDigits(currency) - minorDigits(amount.currency))), currency };
}
