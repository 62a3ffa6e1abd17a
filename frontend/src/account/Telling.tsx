/** When we write to somebody: what waits for them, what is there to be read, once a day at which hour, and never at night. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { keepWishes, myWishes, type How, type NoticeWishes } from "../api/notices";
import { useLoaded } from "../live/useLoaded";
import { HOW_ORDER, howWord } from "../text/noticeWords";
import { Banner, Button, Card, Checkbox, Form, Select } from "../ui/plain";
import { ProblemNote } from "./ProblemNote";
import { useDoing } from "./useDoing";
import { Waiting } from "./Waiting";

const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
const NIGHT = { begins: "21:00", ends: "07:00" };

function here(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function Telling() {
  const { loaded, again } = useLoaded(myWishes);
  return (
    <section id="telling">
      <Card title={<Trans>When we write to you</Trans>}>
        <Waiting loaded={loaded} again={again}>
          {(wishes) => <Wishes kept={wishes} />}
        </Waiting>
      </Card>
    </section>
  );
}

function Wishes({ kept }: { kept: NoticeWishes }) {
  const { t } = useLingui();
  const [wishes, setWishes] = useState<NoticeWishes>(() => (kept.zone === "UTC" ? { ...kept, zone: here() } : kept));
  const [done, setDone] = useState(false);
  const { busy, problem, doIt } = useDoing();
  const change = (part: Partial<NoticeWishes>) => {
    setDone(false);
    setWishes((now) => ({ ...now, ...part }));
  };
  const hows = HOW_ORDER.map((how) => ({ value: how, label: howWord(how) }));
  const zones = zoneChoices(wishes.zone).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  const hours = (chosen: string) => [...new Set([...HOURS, chosen])].sort().map((hour) => ({ value: hour, label: hour }));
  const { quiet } = wishes;

  return (
    <Form label={t`When we write to you`} onSubmit={() => void doIt(() => keepWishes(wishes)).then(setDone)}>
      <p className="note">
        <Trans>
          Our e-mails say that there is something, never what. Steps, signatures, endings and what you are asked to answer by a day are
          always mailed, because they can have legal effect.
        </Trans>
      </p>
      <ProblemNote problem={problem} />
      <Select<How> label={t`What waits for you`} hint={t`A question, an offer, somebody who mentions you.`} choices={hows} value={wishes.awaits} onChange={(awaits) => change({ awaits })} />
      <Select<How> label={t`What is there to be read`} choices={hows} value={wishes.news} onChange={(news) => change({ news })} />
      <Select label={t`Once a day, at`} choices={hours(wishes.digest_at)} value={wishes.digest_at} onChange={(digest_at) => change({ digest_at })} />
      <Checkbox isSelected={quiet !== null} onChange={(is) => change({ quiet: is ? NIGHT : null })}>
        <Trans>Quiet hours: nothing is mailed, it waits until they are over</Trans>
      </Checkbox>
      {quiet === null ? null : (
        <div className="row">
          <Select label={t`From`} choices={hours(quiet.begins)} value={quiet.begins} onChange={(begins) => change({ quiet: { ...quiet, begins } })} />
          <Select label={t`Until`} choices={hours(quiet.ends)} value={quiet.ends} onChange={(ends) => change({ quiet: { ...quiet, ends } })} />
        </div>
      )}
      <Select label={t`Your time zone`} choices={zones} value={wishes.zone} onChange={(zone) => change({ zone })} />
      {done ? (
        <Banner tone="good">
          <Trans>Kept. It is so from now on.</Trans>
        </Banner>
      ) : null}
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Keep this</Trans>
        </Button>
      </div>
    </Form>
  );
}

/** Every zone the browser knows, and the one that is chosen. */
function zoneChoices(chosen: string): readonly string[] {
  const known = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set(["UTC", ...known, chosen])].sort();
}
