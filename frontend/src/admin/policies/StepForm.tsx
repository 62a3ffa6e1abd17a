/** One step of a ladder: who acts, how long it takes, and how it is left. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Member } from "../../api/policies";
import { tierWord } from "../../text/words";
import { Button, Card, Choices } from "../../ui/plain";
import { isOfSomebody, type StepDraft } from "./draft";
import { StepPeople } from "./StepPeople";
import { TermFields } from "./TermFields";
import { leavingWords, nobodyWords } from "./words";

interface Given {
  step: StepDraft;
  members: readonly Member[];
  /** Whether to say what is missing. */
  tried: boolean;
  /** Whether there is a step after it, other than a referral. */
  hasNext: boolean;
  onChange: (step: StepDraft) => void;
  onRemove: (() => void) | null;
}

export function StepForm({ step, members, tried, hasNext, onChange, onRemove }: Given) {
  const { t } = useLingui();
  const name = tierWord(step.tier);
  const decides = isOfSomebody(step.tier);
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
        <StepPeople people={step.people} members={members} tried={tried} decides={decides} onChange={(people) => change({ people })} />
        {decides ? (
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
