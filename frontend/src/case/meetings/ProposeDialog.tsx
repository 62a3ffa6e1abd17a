/** Proposing one to five times by one's own clocks, and saying where. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLocale } from "react-aria-components";
import type { CaseView, MeetingView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Dialog, IconButton, Select, TextField } from "../../ui";
import { ProblemNote } from "../ProblemNote";
import { clockOf, dayOf, momentOf, ownZone, spelled } from "./times";

const MOST = 5;
const LENGTHS = [30, 45, 60, 90, 120, 180] as const;
type Length = `${(typeof LENGTHS)[number]}`;

interface Typed {
  id: number;
  day: string;
  clock: string;
}

/** Ten o'clock on the next working days: a beginning that is seldom right and easy to change. */
function firstSlots(now: Date): readonly Typed[] {
  const found: Typed[] = [];
  for (let ahead = 2; found.length < 2; ahead += 1) {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead, 10);
    if (day.getDay() !== 0 && day.getDay() !== 6) found.push({ id: found.length, day: dayOf(day), clock: clockOf(day) });
  }
  return found;
}

export function ProposeDialog({ view, moves, onClose }: { view: CaseView; moves: MeetingView | null; onClose: () => void }) {
  const { t } = useLingui();
  const { locale } = useLocale();
  const { give, status, problem } = useCommand(view.case);
  const [slots, setSlots] = useState(() => firstSlots(new Date()));
  const [length, setLength] = useState<Length>("60");
  const [where, setWhere] = useState(moves?.where ?? "");
  const [tried, setTried] = useState(false);
  const [openedAt] = useState(() => Date.now());
  const zone = ownZone();
  const lasts = Number(length) * 60_000;
  const usual = moves === null ? "" : spelled(moves.starts_at, moves.ends_at, locale);

  const read = slots.map((one) => momentOf(one.day, one.clock));
  const faults = slots.map((one, place) => {
    const moment = read[place];
    if (one.day === "" || one.clock === "") return t`Choose a day and an hour.`;
    if (moment === null || moment === undefined) return t`There is no such hour on that day.`;
    if (moment.getTime() <= openedAt) return t`This time is over already.`;
    return read.some((other, at) => at < place && other?.getTime() === moment.getTime()) ? t`This time stands above already.` : null;
  });
  const put = (id: number, change: Partial<Typed>) => setSlots(slots.map((one) => (one.id === id ? { ...one, ...change } : one)));

  const propose = async () => {
    setTried(true);
    if (faults.some((one) => one !== null)) return;
    const room = view.began_at === null ? "talks" : "joint";
    const done = await give("meeting-proposals", {
      room,
      slots: read.flatMap((moment) => (moment == null ? [] : [{ starts_at: moment.toISOString(), ends_at: new Date(moment.getTime() + lasts).toISOString() }])),
      zone,
      where: where.trim(),
      moves: moves?.meeting ?? null,
    });
    if (done !== null) onClose();
  };

  return (
    <Dialog
      title={moves === null ? t`Propose a meeting` : t`Propose another time`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="onward" isPending={status !== "idle"} onPress={() => void propose()}>
          <Plural value={slots.length} one="Propose this time" other="Propose these # times" />
        </Button>
      }
    >
      {moves === null ? null : (
        <p className="soft">
          <Trans>Until both sides agree on another time, it stays at: {usual}.</Trans>
        </p>
      )}
      <ol className="plain-list meeting-typed">
        {slots.map((one, place) => {
          const number = place + 1;
          const moment = read[place] ?? null;
          return (
            <li key={one.id}>
              <div className="meeting-fields">
                <TextField type="date" label={t`Day ${number}`} value={one.day} onChange={(day) => put(one.id, { day })} fault={tried ? faults[place] : null} />
                <TextField type="time" label={t`From`} value={one.clock} onChange={(clock) => put(one.id, { clock })} />
                {slots.length === 1 ? null : <IconButton icon="close" label={t`Leave out day ${number}`} onPress={() => setSlots(slots.filter((other) => other.id !== one.id))} />}
              </div>
              {moment === null ? null : <p className="note">{spelled(moment.toISOString(), new Date(moment.getTime() + lasts).toISOString(), locale)}</p>}
            </li>
          );
        })}
      </ol>
      {slots.length < MOST ? (
        <div>
          <Button small icon="add" onPress={() => setSlots([...slots, { id: Math.max(...slots.map((one) => one.id)) + 1, day: "", clock: slots.at(-1)?.clock ?? "" }])}>
            <Trans>Another time</Trans>
          </Button>
        </div>
      ) : null}
      <Select
        label={t`How long`}
        placeholder={t`Choose`}
        value={length}
        onChange={setLength}
        choices={LENGTHS.map((minutes) => ({ value: `${minutes}` as const, label: t`${minutes} minutes` }))}
      />
      <TextField
        label={t`Where`}
        hint={t`A place, a telephone number or the address of a call. Only those who talk here see it; it is in no paper and no calendar file.`}
        value={where}
        onChange={setWhere}
        maxLength={200}
      />
      <p className="note">
        <Trans>You choose by your own clocks ({zone}). Everybody else sees each time by theirs.</Trans>
      </p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
