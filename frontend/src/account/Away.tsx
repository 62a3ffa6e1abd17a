/** Being away: until which day, and who stands in, so that nobody waits for somebody who cannot come. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { myAbsence, sayAbsence, type Absence } from "../api/account";
import { useLoaded } from "../live/useLoaded";
import { announce } from "../ui/Announcer";
import { Banner, Button, Card, Form, Select, TextField } from "../ui/plain";
import { regionalTag } from "../ui/plain/regionalTag";
import { ProblemNote } from "./ProblemNote";
import { useDoing } from "./useDoing";
import { Waiting } from "./Waiting";

const NOBODY = "";

const dayWords = (day: string) => new Intl.DateTimeFormat(regionalTag(document.documentElement.lang || "en"), { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));

export function Away() {
  const { loaded, again } = useLoaded(myAbsence);
  return (
    <section id="away">
      <Card title={<Trans>When you are away</Trans>}>
        <Waiting loaded={loaded} again={again}>
          {(absence) => <Saying key={`${absence.until ?? ""} ${absence.stands_in ?? ""}`} kept={absence} onChanged={again} />}
        </Waiting>
      </Card>
    </section>
  );
}

function Saying({ kept, onChanged }: { kept: Absence; onChanged: () => void }) {
  const { t } = useLingui();
  const [until, setUntil] = useState(kept.until ?? "");
  const [standsIn, setStandsIn] = useState(kept.stands_in ?? NOBODY);
  const [tried, setTried] = useState(false);
  const { busy, problem, doIt } = useDoing();
  const lastDay = kept.until === null ? "" : dayWords(kept.until);
  const other = kept.colleagues.find(({ account }) => account === kept.stands_in)?.name ?? null;

  async function say(day: string | null, who: string | null) {
    if (!(await doIt(() => sayAbsence(day, who)))) return;
    announce(day === null ? t`You are back: you are asked again.` : t`Kept. It ends by itself.`, { tone: "good" });
    onChanged();
  }

  return (
    <Form
      label={t`When you are away`}
      onSubmit={() => {
        setTried(true);
        if (until !== "") void say(until, standsIn === NOBODY ? null : standsIn);
      }}
    >
      <p className="note">
        <Trans>If a dispute reaches a step at which you decide, we then ask whoever stands in for you. What you take part in already goes on as it does.</Trans>
      </p>
      {kept.until === null ? null : (
        <Banner tone="warn" title={<Trans>You are away until the end of {lastDay}.</Trans>}>
          {other === null ? <Trans>Whoever the ladder names next stands in for you.</Trans> : <Trans>{other} stands in for you.</Trans>}
        </Banner>
      )}
      <ProblemNote problem={problem} />
      <TextField label={t`Your last day away`} type="date" value={until} onChange={setUntil} fault={tried && until === "" ? t`Choose a day.` : null} />
      <Select
        label={t`Who stands in for you`}
        value={standsIn}
        onChange={setStandsIn}
        choices={[{ value: NOBODY, label: t`whoever the ladder names next` }, ...kept.colleagues.map(({ account, name }) => ({ value: account, label: name }))]}
      />
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Keep this</Trans>
        </Button>
        {kept.until === null ? null : (
          <Button kind="quiet" onPress={() => void say(null, null)}>
            <Trans>I am back</Trans>
          </Button>
        )}
      </div>
    </Form>
  );
}
