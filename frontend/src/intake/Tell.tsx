import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { IntakeFacts } from "../api/intake";
import { CATEGORY_ORDER, categoryWord } from "../text/words";
import { Banner, Button, Card, Form, Progress, Select, TextArea, TextField } from "../ui/plain";
import { CURRENCIES, faultsOf, type Fault, type Told } from "./dispute";

/** One calm form. What is typed is kept while the tab lives, so that nobody tells it twice. */
export function Tell({
  facts,
  told,
  onTell,
  onSend,
  explain,
}: {
  facts: IntakeFacts;
  told: Told;
  onTell: (told: Told) => void;
  onSend: () => Promise<void>;
  explain: (error: unknown) => { title: string; next: string };
}) {
  const { t } = useLingui();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const { organisation: name, place } = facts;
  const days = daysFor(facts, told.category);
  const faults = faultsOf(told);
  const fault = (field: Fault, words: string) => (tried && faults.has(field) ? words : null);
  const set = <K extends keyof Told>(field: K) => (value: Told[K]) => onTell({ ...told, [field]: value });

  async function submit() {
    setTried(true);
    setProblem(null);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      await onSend();
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  }

  return (
    <>
      <Progress label={t`Step 1 of 2`} value={35} />
      <div className="stack">
        <h1 className="display">
          <Trans>Tell {name} what went wrong.</Trans>
        </h1>
        <p className="lead soft">
          <Trans>
            You get a quiet place to settle it. It costs you nothing to ask, and you keep every right you have.
          </Trans>{" "}
          {days === null ? null : <Plural value={days} one="Your answer comes within # working day." other="Your answer comes within # working days." />}
        </p>
        {place === "" ? null : <p className="note">{`${name}, ${place}`}</p>}
      </div>
      <Form label={t`Open a dispute`} onSubmit={() => void submit()}>
        {problem === null ? null : (
          <Banner tone="bad" urgent title={problem.title}>
            {problem.next}
          </Banner>
        )}
        <Card title={<Trans>What happened</Trans>}>
          <TextField
            label={t`What is it about, in one line?`}
            hint={t`For example: The kitchen was delivered seven weeks late`}
            value={told.title}
            onChange={set("title")}
            maxLength={200}
            fault={fault("title", t`Say in a few words what it is about.`)}
          />
          <Select
            label={t`What comes closest?`}
            placeholder={t`Choose one`}
            value={told.category}
            onChange={set("category")}
            choices={CATEGORY_ORDER.map((value) => ({ value, label: categoryWord(value) }))}
            fault={fault("category", t`Choose what comes closest.`)}
          />
          <TextArea
            label={t`What happened?`}
            hint={t`A few sentences are enough. Order numbers and dates help.`}
            rows={5}
            value={told.account}
            onChange={set("account")}
            maxLength={4000}
            fault={fault("account", t`Say in a sentence or two what happened.`)}
          />
          <TextField
            label={t`Since when?`}
            hint={t`A date, or about when. You may leave it out.`}
            value={told.since}
            onChange={set("since")}
            maxLength={200}
          />
        </Card>
        <Card title={<Trans>What you would like</Trans>}>
          <TextArea
            label={t`What would put it right for you?`}
            hint={t`You may change your mind later.`}
            value={told.wish}
            onChange={set("wish")}
            maxLength={4000}
            fault={fault("wish", t`Say what you would like to happen.`)}
          />
          <div className="amount-row">
            <TextField
              label={t`Is there an amount?`}
              hint={t`You may leave it out.`}
              inputMode="decimal"
              value={told.amount}
              onChange={set("amount")}
              maxLength={30}
              fault={fault("amount", t`Write it in digits, for example 349.90.`)}
            />
            <Select label={t`Currency`} value={told.currency} onChange={set("currency")} choices={CURRENCIES.map((value) => ({ value, label: value }))} />
          </div>
          <p className="note">
            <Trans>Photographs, bills and letters you can add as soon as the dispute is open.</Trans>
          </p>
        </Card>
        <Card title={<Trans>Who you are</Trans>}>
          <TextField
            label={t`Your name`}
            autoComplete="name"
            value={told.name}
            onChange={set("name")}
            maxLength={200}
            fault={fault("name", t`Write the name the others should see.`)}
          />
          <TextField
            label={t`Your e-mail address`}
            hint={t`We send a code to it, and later the way back in. Others on the case do not see it.`}
            type="email"
            autoComplete="email"
            value={told.email}
            onChange={set("email")}
            maxLength={254}
            fault={fault("email", t`Write your e-mail address.`)}
          />
          <Banner icon="lock">
            <Trans>
              {name} reads what you write here, and later everyone who joins the case. Legal time limits go on running meanwhile; if one is
              near, get advice soon.
            </Trans>
          </Banner>
          <div className="row">
            <Button kind="primary" icon="mail" type="submit" isPending={busy}>
              <Trans>Send me the code</Trans>
            </Button>
          </div>
        </Card>
      </Form>
    </>
  );
}

/** Their working days for this kind of dispute; before one is chosen, the longest of them, unless some kind has none. */
function daysFor(facts: IntakeFacts, category: Told["category"]): number | null {
  const within = facts.answer_within_days;
  if (category !== null) return within[category] ?? null;
  const all = Object.values(within);
  return all.includes(null) ? null : Math.max(...all.map(Number));
}
