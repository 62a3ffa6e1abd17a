/** What a ladder would do: "opened on Friday 23 December, the business silent: this happens on these dates". */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type DryRun, type Outlook, type Policy, tryPolicy } from "../../api/policies";
import { ProblemNote } from "../../account/ProblemNote";
import { useDoing } from "../../account/useDoing";
import { Button, Card, Form, Icon, type IconName, Select, TextField } from "../../ui/plain";
import { knownUntil, MOST_DAYS } from "./draft";
import { dayWords, lineWords, listed, shortDay } from "./words";

const DRAWINGS: Readonly<Record<Outlook["lines"][number]["what"], IconName>> = {
  opened: "papers",
  asked: "mail",
  answered: "speech",
  reminded: "waiting",
  over: "warning",
  "passed-over": "redo",
  step: "ladder",
  rests: "pause",
};

/** The day it is here, as YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function DryRunCard({ business, policy }: { business: string; policy: Policy }) {
  const { t } = useLingui();
  const [supposed, setSupposed] = useState<Omit<DryRun, "answers_after">>(() => ({ opened_on: today(), opener: "principal", client: "consumer" }));
  const [behaves, setBehaves] = useState<"silent" | "answers">("silent");
  const [after, setAfter] = useState("3");
  const [told, setTold] = useState<{ outlook: Outlook; policy: Policy; opener: DryRun["opener"] } | null>(null);
  const { busy, problem, doIt } = useDoing();
  const days = Number(after);
  const isFaulty = behaves === "answers" && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS);

  function suppose(part: Partial<typeof supposed>) {
    setSupposed((now) => ({ ...now, ...part }));
    setTold(null);
  }

  async function run() {
    if (isFaulty || supposed.opened_on === "") return;
    await doIt(async () => {
      const outlook = await tryPolicy(business, policy, { ...supposed, answers_after: behaves === "answers" ? days : null });
      setTold({ outlook, policy, opener: supposed.opener });
    });
  }

  return (
    <Card title={<Trans>Try it</Trans>}>
      <p className="soft">
        <Trans>Suppose that somebody opens a dispute. The portal counts by the same rules by which it will act.</Trans>
      </p>
      <Form label={t`Try it`} onSubmit={() => void run()}>
        <div className="columns">
          <TextField label={t`Opened on`} type="date" value={supposed.opened_on} onChange={(opened_on) => suppose({ opened_on })} fault={supposed.opened_on === "" ? t`Choose a day.` : null} />
          <Select
            label={t`Who opens it`}
            value={supposed.opener}
            onChange={(opener) => suppose({ opener })}
            choices={[
              { value: "principal", label: t`The client` },
              { value: "handler", label: t`The business` },
              { value: "mediator", label: t`A mediator` },
            ]}
          />
          <Select
            label={t`The client is`}
            value={supposed.client}
            onChange={(client) => suppose({ client })}
            choices={[
              { value: "consumer", label: t`A consumer` },
              { value: "business", label: t`Another business` },
            ]}
          />
          <Select
            label={t`Whoever is asked`}
            value={behaves}
            onChange={(value) => {
              setBehaves(value);
              setTold(null);
            }}
            choices={[
              { value: "silent", label: t`says nothing` },
              { value: "answers", label: t`answers each time, but nothing is settled` },
            ]}
          />
          {behaves === "answers" ? (
            <TextField
              label={t`Answers after so many working days`}
              inputMode="numeric"
              maxLength={3}
              value={after}
              onChange={(value) => {
                setAfter(value);
                setTold(null);
              }}
              fault={isFaulty ? t`A whole number from 1 to ${MOST_DAYS}.` : null}
            />
          ) : null}
        </div>
        <ProblemNote problem={problem} />
        <div className="row">
          <Button type="submit" icon="look" isPending={busy}>
            <Trans>Show what happens</Trans>
          </Button>
        </div>
      </Form>
      <div aria-live="polite">{told?.policy === policy ? <Told outlook={told.outlook} opener={told.opener} policy={policy} /> : null}</div>
    </Card>
  );
}

function Told({ outlook, opener, policy }: { outlook: Outlook; opener: DryRun["opener"]; policy: Policy }) {
  const known = knownUntil(policy.calendar);
  const last = outlook.lines.at(-1)?.day ?? "";
  const closed = listed(outlook.closed.map(shortDay));
  const days = [...new Set(outlook.lines.map(({ day }) => day))];
  return (
    <div className="stack">
      <ol className="plain-list dry-run">
        {days.map((day) => (
          <li key={day} className="dry-run-day">
            <h3 className="dry-run-date">{dayWords(day)}</h3>
            <ul className="plain-list stack-tight">
              {outlook.lines
                .filter((line) => line.day === day)
                .map((line, place) => (
                  <li key={place} className={`dry-run-line dry-run-${line.what}`}>
                    <Icon name={DRAWINGS[line.what]} size={18} />
                    <span>{lineWords(line, opener)}</span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
      <p className="note">
        <Trans>After this nothing more happens by itself. Both sides can go on at any time.</Trans>
      </p>
      {closed === "" ? null : (
        <p className="note">
          <Trans>Beside the days off in every week, these did not count: {closed}.</Trans>
        </p>
      )}
      {known !== null && Number(last.slice(0, 4)) > known ? (
        <p className="note">
          <Trans>Holidays after {known} are not known yet; dates beyond may come later.</Trans>
        </p>
      ) : null}
    </div>
  );
}
