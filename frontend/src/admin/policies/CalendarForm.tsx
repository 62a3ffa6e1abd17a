/** Which days count: whose holidays, which days of the week, whose midnight, and days of one's own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { type Calendars, holidaysOf, type Holidays } from "../../api/policies";
import { explainError } from "../../api/explain";
import type { Explanation } from "../../text/problems";
import { Banner, Button, Card, Checkbox, Select, TextField } from "../../ui/plain";
import { ProblemNote } from "../../account/ProblemNote";
import type { CalendarDraft } from "./draft";
import { countryWord, shortDay, weekdayWord } from "./words";

interface Given {
  calendar: CalendarDraft;
  known: Calendars;
  onChange: (change: (now: CalendarDraft) => CalendarDraft) => void;
}

const WEEK = [0, 1, 2, 3, 4, 5, 6];
const MOST_OFF = 6;
const MOST_OWN = 200;

export function CalendarForm({ calendar, known, onChange }: Given) {
  const { t, i18n } = useLingui();
  const { found, problem } = useHolidays(calendar.place, i18n.locale, onChange);
  const [country = "", ...rest] = calendar.place.split("-");
  const region = rest.join("-");
  const countries = known.countries.map(({ code, name }) => ({ value: code, label: countryWord(code, name) })).sort((a, b) => a.label.localeCompare(b.label));
  const regions = known.countries.find(({ code }) => code === country)?.regions ?? [];

  function choose(newCountry: string, newRegion: string) {
    const place = newRegion === "" ? newCountry : `${newCountry}-${newRegion}`;
    const shown = countries.find(({ value }) => value === newCountry)?.label ?? "";
    const within = known.countries.find(({ code }) => code === newCountry)?.regions.find(({ code }) => code === newRegion)?.name;
    const name = place === "" ? "" : `${shown}${within === undefined ? "" : `, ${within}`} (${place})`;
    onChange((now) => ({ ...now, place, name, holidays: [] }));
  }

  return (
    <Card title={<Trans>Days that count</Trans>} level={3}>
      <div className="stack">
        <ProblemNote problem={problem} />
        <div className="columns">
          <Select label={t`Holidays of`} value={country} onChange={(code) => choose(code, "")} choices={[{ value: "", label: t`No country: only days of our own` }, ...countries]} />
          {regions.length === 0 ? null : (
            <Select
              label={t`Region`}
              value={region}
              onChange={(code) => choose(country, code)}
              choices={[{ value: "", label: t`What all regions share` }, ...regions.map(({ code, name }) => ({ value: code, label: name }))]}
            />
          )}
          <Select
            label={t`Time zone`}
            hint={t`A working day is over at midnight there.`}
            value={calendar.zone}
            onChange={(zone) => onChange((now) => ({ ...now, zone }))}
            choices={known.zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          />
        </div>
        {found === null ? null : <Known found={found} />}
        <fieldset className="field">
          <legend className="field-label">
            <Trans>Days off in every week</Trans>
          </legend>
          <div className="policy-week">
            {WEEK.map((day) => (
              <Checkbox
                key={day}
                isSelected={calendar.weekend.includes(day)}
                onChange={(isOff) =>
                  onChange((now) => {
                    const weekend = isOff ? [...now.weekend, day].sort() : now.weekend.filter((one) => one !== day);
                    return weekend.length > MOST_OFF ? now : { ...now, weekend };
                  })
                }
              >
                {weekdayWord(day)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <OwnDays own={calendar.own} onChange={(own) => onChange((now) => ({ ...now, own }))} />
      </div>
    </Card>
  );
}

/** Fetches the holidays of a place and puts them in; what was closed beside them stays as days of one's own. */
function useHolidays(place: string, language: string, onChange: Given["onChange"]) {
  const [fetched, setFetched] = useState<{ place: string; found: Holidays | null; problem: Explanation | null } | null>(null);
  useEffect(() => {
    if (place === "") return;
    let gone = false;
    holidaysOf(place, language)
      .then((found) => {
        if (gone) return;
        setFetched({ place, found, problem: null });
        const days = new Set(found.days.map(({ day }) => day));
        const first = found.days[0]?.day ?? "";
        onChange((now) => {
          const beside = now.holidays.filter((day) => !days.has(day) && day >= first);
          return { ...now, holidays: [...days], own: [...new Set([...now.own, ...beside])].filter((day) => !days.has(day)).sort() };
        });
      })
      .catch((error: unknown) => {
        if (!gone) setFetched({ place, found: null, problem: explainError(error) });
      });
    return () => {
      gone = true;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another place or language fetches anew
  }, [place, language]);
  return fetched?.place === place ? { found: fetched.found, problem: fetched.problem } : { found: null, problem: null };
}

const SOON = 2;

function Known({ found }: { found: Holidays }) {
  const { t } = useLingui();
  const { until, days } = found;
  const years = until - new Date().getFullYear() + 1;
  return (
    <>
      {years <= SOON ? (
        <Banner tone="warn">
          <Trans>The holidays of this place are known until the end of {until} only. Look in again next year, and save the ladder anew.</Trans>
        </Banner>
      ) : (
        <p className="note">
          <Trans>The holidays are known until the end of {until}. Save the ladder anew once in a while: each time, it learns those of the next ten years.</Trans>
        </p>
      )}
      <details className="admin-more">
        <summary className="link">
          <Trans>See the holidays</Trans>
        </summary>
        <ul className="plain-list policy-days" aria-label={t`Holidays`} tabIndex={0}>
          {days.map(({ day, name }) => (
            <li key={`${day} ${name}`}>
              <strong>{shortDay(day)}</strong> {name}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function OwnDays({ own, onChange }: { own: readonly string[]; onChange: (own: readonly string[]) => void }) {
  const { t } = useLingui();
  const [day, setDay] = useState("");
  return (
    <fieldset className="field">
      <legend className="field-label">
        <Trans>Other days on which you are closed</Trans>
      </legend>
      {own.length === 0 ? null : (
        <ul className="plain-list policy-own">
          {own.map((one) => {
            const name = shortDay(one);
            return (
              <li key={one} className="row">
                {name}
                <Button kind="quiet" small onPress={() => onChange(own.filter((other) => other !== one))}>
                  <Trans>Remove</Trans>
                  <span className="hidden-visually">: {name}</span>
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="policy-pair">
        <TextField label={t`A closed day`} type="date" value={day} onChange={setDay} />
        <div className="policy-beside">
          <Button
            small
            icon="add"
            isDisabled={day === "" || own.length >= MOST_OWN}
            onPress={() => {
              onChange([...new Set([...own, day])].sort());
              setDay("");
            }}
          >
            <Trans>Add this day</Trans>
          </Button>
        </div>
      </div>
    </fieldset>
  );
}
