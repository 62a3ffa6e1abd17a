/** One step of a ladder: who acts, how long it takes, and how it is left. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Responsible } from "../../api/policies";
import { tierWord } from "../../text/words";
import { Button, Card, Choices, TextField } from "../../ui/plain";
import { EMPTY_PERSON, type StepDraft } from "./draft";
import { TermFields } from "./TermFields";
import { leavingWords, nobodyWords } from "./words";

const MOST_PEOPLE = 10;

interface Given {
  step: StepDraft;
  /** Whether there is a step after it, other than a referral. */
  hasNext: boolean;
  onChange: (step: StepDraft) => void;
  onRemove: (() => void) | null;
}

export function StepForm({ step, hasNext, onChange, onRemove }: Given) {
  const { t } = useLingui();
  const name = tierWord(step.tier);
  const isOfSomebody = step.tier === "management" || step.tier === "executive";
  const change = (part: Partial<StepDraft>) => onChange({ ...step, ...part });
  return (
    <Card
      title={name}
      level={3}
      actions={
        onRemove === null ? null : (
          <Button kind="quiet" small icon="close" onPress={onRemove}>
            <Trans>Remove this step</Trans>
            <span className="hidden-visually">: {name}</span>
          </Button>
        )
      }
    >
      <div className="stack">
        <People people={step.people} onChange={(people) => change({ people })} isOfSomebody={isOfSomebody} />
        {isOfSomebody ? (
          <Choices
            label={t`While nobody is named here`}
            value={step.if_nobody}
            onChange={(if_nobody) => change({ if_nobody })}
            choices={[
              { value: "skip", label: nobodyWords("skip"), hint: t`The record says so.` },
              { value: "wait", label: nobodyWords("wait") },
            ]}
          />
        ) : null}
        <div className="stack">
          <TermFields label={t`Time for an answer`} hint={t`For whoever is asked at this step.`} term={step.answer} onChange={(answer) => change({ answer })} />
          <TermFields label={t`Time of the step`} hint={t`Until it should be settled here.`} term={step.resolve} onChange={(resolve) => change({ resolve })} />
        </div>
        {hasNext ? (
          <Choices
            label={t`Going on before its time is over`}
            value={step.leave_early}
            onChange={(leave_early) => change({ leave_early })}
            choices={[
              { value: "either", label: leavingWords("either") },
              { value: "both", label: leavingWords("both"), hint: t`Either side may still leave the mediation or go to court at any moment.` },
            ]}
          />
        ) : null}
      </div>
    </Card>
  );
}

function People({ people, onChange, isOfSomebody }: { people: readonly Responsible[]; onChange: (people: readonly Responsible[]) => void; isOfSomebody: boolean }) {
  const { t } = useLingui();
  const put = (place: number, part: Partial<Responsible>) => onChange(people.map((one, other) => (other === place ? { ...one, ...part } : one)));
  return (
    <fieldset className="field policy-people">
      <legend className="field-label">
        <Trans>Who acts for the business</Trans>
      </legend>
      <p className="field-hint">
        {isOfSomebody ? <Trans>The first decides; the others stand in for them, in this order. Both sides see the names.</Trans> : <Trans>If you like, name somebody; the others stand in for them. Both sides see the names.</Trans>}
      </p>
      {people.map((one, place) => (
        <div key={place} className="policy-person">
          <TextField label={place === 0 ? t`Name` : t`Stands in: name`} value={one.name} maxLength={120} autoComplete="off" onChange={(name) => put(place, { name })} />
          <TextField label={t`Title at work`} value={one.title} maxLength={120} autoComplete="off" onChange={(title) => put(place, { title })} />
          <Button kind="quiet" small onPress={() => onChange(people.filter((_, other) => other !== place))}>
            <Trans>Remove</Trans>
            <span className="hidden-visually">: {one.name}</span>
          </Button>
        </div>
      ))}
      {people.length < MOST_PEOPLE ? (
        <div className="row">
          <Button small icon="add" onPress={() => onChange([...people, EMPTY_PERSON])}>
            {people.length === 0 ? <Trans>Name somebody</Trans> : <Trans>Name somebody who stands in</Trans>}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
