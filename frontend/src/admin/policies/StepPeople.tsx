/** Who acts at a step, who stands in for them, and how the portal reaches them when it is their turn. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Member } from "../../api/policies";
import { isLanguage, LANGUAGES, type Language } from "../../text/language";
import { Button, Select, TextField } from "../../ui/plain";
import { AT_AN_ADDRESS, emptyPerson, isAddressMissing, NOT_AT_ALL, type PersonDraft } from "./draft";

const MOST_PEOPLE = 10;

interface Given {
  people: readonly PersonDraft[];
  members: readonly Member[];
  tried: boolean;
  /** Whether somebody with authority decides at this step; then they are called to it. */
  decides: boolean;
  onChange: (people: readonly PersonDraft[]) => void;
}

export function StepPeople({ people, members, tried, decides, onChange }: Given) {
  const { t, i18n } = useLingui();
  const put = (place: number, part: Partial<PersonDraft>) => onChange(people.map((one, other) => (other === place ? { ...one, ...part } : one)));
  return (
    <fieldset className="field policy-people">
      <legend className="field-label">
        <Trans>Who acts for the business</Trans>
      </legend>
      <div className="field-hint stack-tight">
        <p>{decides ? <Trans>The first decides; the others stand in for them, in this order. Both sides see the names.</Trans> : <Trans>If you like, name somebody; the others stand in for them. Both sides see the names.</Trans>}</p>
        {decides ? (
          <p>
            <Trans>
              When a dispute reaches this step, we ask the first of them who is not away to come. With each reminder of the step we remind whoever has not come yet, and
              ask the next one too. How to reach them stays with you.
            </Trans>
          </p>
        ) : null}
      </div>
      {people.map((one, place) => (
        <div key={place} className="policy-person">
          <TextField label={place === 0 ? t`Name` : t`Stands in: name`} value={one.name} maxLength={120} autoComplete="off" onChange={(name) => put(place, { name })} />
          <TextField label={t`Title at work`} value={one.title} maxLength={120} autoComplete="off" onChange={(title) => put(place, { title })} />
          {decides ? <HowToReach one={one} members={members} tried={tried} onChange={(part) => put(place, part)} /> : null}
          <Button kind="quiet" small onPress={() => onChange(people.filter((_, other) => other !== place))}>
            <Trans>Remove</Trans>
            <span className="hidden-visually">: {one.name}</span>
          </Button>
        </div>
      ))}
      {people.length < MOST_PEOPLE ? (
        <div className="row">
          <Button small icon="add" onPress={() => onChange([...people, emptyPerson(isLanguage(i18n.locale) ? i18n.locale : "en")])}>
            {people.length === 0 ? <Trans>Name somebody</Trans> : <Trans>Name somebody who stands in</Trans>}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

function HowToReach({ one, members, tried, onChange }: { one: PersonDraft; members: readonly Member[]; tried: boolean; onChange: (part: Partial<PersonDraft>) => void }) {
  const { t } = useLingui();
  const isKnown = one.way === NOT_AT_ALL || one.way === AT_AN_ADDRESS || members.some(({ account }) => account === one.way);
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));
  return (
    <div className="policy-reach">
      <Select
        label={t`We ask them to come`}
        value={one.way}
        onChange={(way) => {
          const member = members.find(({ account }) => account === way);
          onChange(member !== undefined && one.name.trim() === "" ? { way, name: member.name } : { way });
        }}
        choices={[
          { value: NOT_AT_ALL, label: t`not at all: you do it yourselves` },
          { value: AT_AN_ADDRESS, label: t`by mail to an address` },
          ...members.map(({ account, name, email }) => ({ value: account, label: t`by account: ${name}, ${email}` })),
          ...(isKnown ? [] : [{ value: one.way, label: t`by an account that works for you no more` }]),
        ]}
        fault={isKnown ? null : t`Choose somebody who works for you, or an address.`}
      />
      {one.way === AT_AN_ADDRESS ? (
        <>
          <TextField
            label={t`Their e-mail address`}
            type="email"
            inputMode="email"
            autoComplete="off"
            value={one.email}
            maxLength={254}
            onChange={(email) => onChange({ email })}
            fault={tried && isAddressMissing(one) ? t`Write the address in full, like name@example.org.` : null}
          />
          <Select label={t`Language of the e-mail`} choices={languages} value={one.language} onChange={(language) => onChange({ language })} />
        </>
      ) : null}
    </div>
  );
}
