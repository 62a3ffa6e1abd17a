import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Account } from "../api/account";
import { openCase, type NewCase } from "../api/cases";
import { explainError } from "../api/explain";
import { Intention } from "../api/intention";
import type { Category } from "../api/types";
import { links } from "../links";
import { navigate, usePageTitle } from "../router";
import { CATEGORY_ORDER, categoryWord } from "../text/words";
import { Banner, Button, Card, Choices, Form, Link, Select, TextArea, TextField, type Amount } from "../ui";
import { MoneyField } from "../ui/MoneyField";
import { Frame } from "./Frame";

const CURRENCIES = ["EUR", "USD", "GBP", "CHF"] as const;

export function OpenCase({ account }: { account: Account }) {
  const { t } = useLingui();
  usePageTitle(t`Open a case`);
  const [intention] = useState(() => new Intention());
  const [title, setTitle] = useState("");
  const [category, setCategory] = useState<Category | null>(null);
  const [story, setStory] = useState("");
  const [business, setBusiness] = useState("");
  const [businessPlace, setBusinessPlace] = useState("");
  const [client, setClient] = useState("");
  const [clientPlace, setClientPlace] = useState("");
  const [capacity, setCapacity] = useState<"business" | "consumer" | null>(null);
  const [opener, setOpener] = useState<"handler" | "mediator" | null>(null);
  const [currency, setCurrency] = useState<(typeof CURRENCIES)[number]>("EUR");
  const [amount, setAmount] = useState<Amount | null>(null);
  const [fees, setFees] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);

  const missing = (value: string | null, words: string) => (tried && (value === null || value.trim() === "") ? words : null);

  async function submit() {
    setTried(true);
    setProblem(null);
    const written = [title, story, business, client].every((text) => text.trim() !== "");
    if (!written || category === null || capacity === null || opener === null) return;
    setBusy(true);
    try {
      const fields: NewCase = {
        title: title.trim(),
        category,
        account: story.trim(),
        business: { name: business.trim(), place: businessPlace.trim(), capacity: "business" },
        client: { name: client.trim(), place: clientPlace.trim(), capacity },
        opener,
        amount,
        fees: fees.trim(),
      };
      const opened = await openCase(intention.idFor(fields), fields);
      navigate(links.people(opened.case), { replace: true });
    } catch (error) {
      setProblem(explainError(error));
      intention.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Frame actions={<span className="soft">{account.name}</span>}>
      <div className="stack-wide">
        <div className="stack">
          <Link href={links.cases}>
            <Trans>Back to your cases</Trans>
          </Link>
          <h1>
            <Trans>Open a case</Trans>
          </h1>
          <p className="soft">
            <Trans>A few words are enough. Both sides will read what you write here, so say it as both could.</Trans>
          </p>
        </div>
        <Form label={t`Open a case`} onSubmit={() => void submit()}>
          {problem === null ? null : (
            <Banner tone="bad" urgent title={problem.title}>
              {problem.next}
            </Banner>
          )}
          <Card title={t`What is it about?`}>
            <TextField
              label={t`Title`}
              hint={t`For example: Website delivered seven weeks late`}
              value={title}
              onChange={setTitle}
              maxLength={200}
              fault={missing(title, t`Give the case a title.`)}
            />
            <Select
              label={t`Kind of dispute`}
              placeholder={t`Choose one`}
              value={category}
              onChange={setCategory}
              choices={CATEGORY_ORDER.map((value) => ({ value, label: categoryWord(value) }))}
              fault={missing(category, t`Choose what comes closest.`)}
            />
            <TextArea
              label={t`What happened, in a few sentences`}
              hint={t`Facts only, no blame. Everyone on the case reads this.`}
              value={story}
              onChange={setStory}
              maxLength={4000}
              rows={4}
              fault={missing(story, t`Say in a sentence or two what happened.`)}
            />
            <div className="columns">
              <MoneyField label={t`Amount in question, if there is one`} value={amount} currency={currency} onChange={setAmount} />
              <Select
                label={t`Currency`}
                placeholder={t`Choose one`}
                value={currency}
                onChange={(next) => {
                  setCurrency(next);
                  setAmount(amount === null ? null : { ...amount, currency: next });
                }}
                choices={CURRENCIES.map((value) => ({ value, label: value }))}
              />
            </div>
          </Card>
          <Card title={t`Who is it between?`}>
            <div className="columns">
              <div className="stack">
                <TextField label={t`The business`} value={business} onChange={setBusiness} maxLength={200} fault={missing(business, t`Name the business.`)} />
                <TextField label={t`Where it is`} value={businessPlace} onChange={setBusinessPlace} maxLength={200} />
              </div>
              <div className="stack">
                <TextField label={t`The client`} value={client} onChange={setClient} maxLength={200} fault={missing(client, t`Name the client.`)} />
                <TextField label={t`Where they are`} value={clientPlace} onChange={setClientPlace} maxLength={200} />
              </div>
            </div>
            <Choices
              label={t`The client takes part as`}
              value={capacity}
              onChange={setCapacity}
              choices={[
                { value: "consumer", label: t`A private person`, hint: t`They get extra time before anything binds them.` },
                { value: "business", label: t`A business` },
              ]}
              fault={missing(capacity, t`Choose one.`)}
            />
          </Card>
          <Card title={t`You`}>
            <Choices
              label={t`You take part as`}
              value={opener}
              onChange={setOpener}
              choices={[
                { value: "handler", label: t`The one who speaks for the business` },
                { value: "mediator", label: t`The mediator`, hint: t`Neutral. You first say whether you have ties to either side.` },
              ]}
              fault={missing(opener, t`Choose one.`)}
            />
            <TextArea
              label={t`Who pays for the mediation?`}
              hint={t`Shown to everyone on the first page.`}
              value={fees}
              onChange={setFees}
              maxLength={4000}
              rows={2}
            />
          </Card>
          <div className="row">
            <Button kind="primary" type="submit" isPending={busy}>
              <Trans>Open the case</Trans>
            </Button>
            <span className="note">
              <Trans>Nobody is told yet. You invite people next.</Trans>
            </span>
          </div>
        </Form>
      </div>
    </Frame>
  );
}
