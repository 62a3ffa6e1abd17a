/** Making a ladder, or its next version: the picture and the dry run follow what is typed; it is asked for once more. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useState } from "react";
import { type Calendars, type Expiry, type ForWhich, type Member, type Policy, type PolicyVersion, type StepReach, writePolicy } from "../../api/policies";
import type { Tier } from "../../api/types";
import { ProblemNote } from "../../account/ProblemNote";
import { useDoing } from "../../account/useDoing";
import { announce } from "../../ui/Announcer";
import { Button, Card, Choices, ConfirmDialog, Form, Select, TextField } from "../../ui/plain";
import { tierWord } from "../../text/words";
import { CalendarForm } from "./CalendarForm";
import { differences } from "./compare";
import { Differences } from "./Differences";
import { type CalendarDraft, draftOf, emptyStep, inOrder, isManagementFirst, isSound, type PolicyDraft, policyOf, reachOf, type StepDraft } from "./draft";
import { DryRunCard } from "./DryRunCard";
import { LadderPicture } from "./LadderPicture";
import { StepForm } from "./StepForm";
import { TermFields } from "./TermFields";
import { silenceWords, unresolvedWords } from "./words";

const TIERS: readonly Tier[] = ["talks", "mediation", "management", "executive", "referral"];

interface Given {
  business: string;
  category: ForWhich;
  /** Its newest version; null when there is none yet. */
  kept: PolicyVersion | null;
  /** What disputes of this kind go by until now, with which one begins. */
  inForce: Policy;
  /** How the people are reached whom it names. */
  reach: readonly StepReach[];
  members: readonly Member[];
  known: Calendars;
  onWritten: (one: PolicyVersion) => void;
  onBack: () => void;
  /** What is shown may be old by now. */
  onStale: () => void;
}

export function PolicyForm({ business, category, kept, inForce, reach, members, known, onWritten, onBack, onStale }: Given) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<PolicyDraft>(() => withZone(draftOf(inForce, reach), kept === null, known));
  const [asks, setAsks] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, problem, doIt } = useDoing();
  const policy = useMemo(() => policyOf(draft), [draft]);
  const change = (part: Partial<PolicyDraft>) => setDraft((now) => ({ ...now, ...part }));
  const changeCalendar = useCallback((to: (now: CalendarDraft) => CalendarDraft) => setDraft((now) => ({ ...now, calendar: to(now.calendar) })), []);
  const isFaulty = tried && !isSound(draft);

  async function save() {
    const worked = await doIt(async () => {
      onWritten(await writePolicy(business, category, (kept?.version ?? 0) + 1, policy, reachOf(draft), false));
      announce(t`In force: disputes that are opened from now on go by it.`, { tone: "good" });
    }, onStale);
    if (!worked) setAsks(false);
  }

  return (
    <>
      <div className="policy-desk stack-wide">
        <Form
          label={t`The ladder`}
          onSubmit={() => {
            setTried(true);
            if (isSound(draft)) setAsks(true);
          }}
        >
          <Card title={<Trans>The steps</Trans>}>
            <div className="stack">
              <TextField label={t`What you call it`} hint={t`Both sides read this name on their case.`} value={draft.name} onChange={(name) => change({ name })} maxLength={120} autoComplete="off" />
              <Order steps={draft.steps} onChange={(steps) => change({ steps })} />
              <TermFields
                label={t`Until somebody is here`}
                hint={t`How long the other side has to come and look. Then everybody is reminded; the time for an answer runs on.`}
                term={draft.acknowledge}
                onChange={(acknowledge) => change({ acknowledge })}
              />
            </div>
          </Card>
          {draft.steps.map((step, place) => (
            <StepForm
              key={step.tier}
              step={step}
              members={members}
              tried={tried}
              hasNext={place < draft.steps.length - 1 && draft.steps[place + 1]?.tier !== "referral"}
              onChange={(changed) => change({ steps: draft.steps.map((one) => (one.tier === changed.tier ? changed : one)) })}
              onRemove={draft.steps.length === 1 ? null : () => change({ steps: draft.steps.filter((one) => one !== step) })}
            />
          ))}
          <Silence draft={draft} onChange={change} />
          <CalendarForm calendar={draft.calendar} known={known} onChange={changeCalendar} />
          <ProblemNote problem={problem} />
          {isFaulty ? (
            <p className="field-fault" role="alert">
              <Trans>Something above cannot be read. It is marked.</Trans>
            </p>
          ) : null}
          <div className="row">
            <Button kind="primary" type="submit" isPending={busy}>
              <Trans>Put it in force …</Trans>
            </Button>
            <Button kind="quiet" onPress={onBack}>
              <Trans>Leave it as it was</Trans>
            </Button>
          </div>
        </Form>
        <div className="policy-picture" role="region" aria-label={t`How it looks`} tabIndex={0}>
          <Card title={<Trans>How it looks</Trans>}>
            <LadderPicture policy={policy} />
          </Card>
        </div>
      </div>
      <DryRunCard business={business} policy={policy} />
      <ConfirmDialog
        title={t`Put this ladder in force?`}
        isOpen={asks}
        onOpenChange={setAsks}
        confirm={t`Put it in force`}
        decline={t`Not yet`}
        isPending={busy}
        onConfirm={() => void save()}
      >
        <div className="stack">
          <p>
            <Trans>Cases that are open keep the version they began with. Disputes that are opened from now on go by this one.</Trans>
          </p>
          <div className="policy-changes" role="region" aria-label={t`What changes`} tabIndex={0}>
            <Differences found={differences({ policy: kept?.policy ?? inForce, reach: kept?.reach ?? reach }, { policy, reach: reachOf(draft) })} />
          </div>
        </div>
      </ConfirmDialog>
    </>
  );
}

/** A first ladder begins by the clock of whoever makes it. */
function withZone(draft: PolicyDraft, isFirst: boolean, known: Calendars): PolicyDraft {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isFirst && known.zones.includes(zone) ? { ...draft, calendar: { ...draft.calendar, zone } } : draft;
}

/** Which steps there are, and whether management comes before or after mediation. */
function Order({ steps, onChange }: { steps: readonly StepDraft[]; onChange: (steps: readonly StepDraft[]) => void }) {
  const { t } = useLingui();
  const has = (tier: Tier) => steps.some((step) => step.tier === tier);
  const isFirst = isManagementFirst(steps);
  const missing = TIERS.filter((tier) => !has(tier));
  return (
    <>
      {has("management") && has("mediation") ? (
        <Choices
          label={t`Management joins`}
          value={isFirst ? "before" : "after"}
          onChange={(place) => onChange(inOrder(steps, place === "before"))}
          choices={[
            { value: "after", label: t`After the mediator has come` },
            { value: "before", label: t`Before a mediator comes` },
          ]}
        />
      ) : null}
      {missing.length === 0 ? null : (
        <div className="stack-tight">
          <p className="field-label">
            <Trans>Steps that this ladder does not have</Trans>
          </p>
          <div className="row">
            {missing.map((tier) => (
              <Button key={tier} small icon="add" onPress={() => onChange(inOrder([...steps, emptyStep(tier)], isFirst))}>
                {tierWord(tier)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}

function Silence({ draft, onChange }: { draft: PolicyDraft; onChange: (part: Partial<PolicyDraft>) => void }) {
  const { t } = useLingui();
  const choices = (...all: Expiry[]) => all.map((value) => ({ value, label: silenceWords(value) }));
  return (
    <Card title={<Trans>When a time is over</Trans>} level={3}>
      <div className="columns">
        <Select label={t`If a business says nothing`} value={draft.business_silent} onChange={(business_silent) => onChange({ business_silent })} choices={choices("refused", "step-up", "remind")} />
        <Select
          label={t`If a consumer says nothing`}
          hint={t`A consumer’s silence is never a refusal.`}
          value={draft.consumer_silent}
          onChange={(consumer_silent) => onChange({ consumer_silent })}
          choices={choices("rest", "remind", "step-up")}
        />
        <Select
          label={t`When the time of a step is over`}
          value={draft.unresolved}
          onChange={(unresolved) => onChange({ unresolved })}
          choices={[
            { value: "step-up", label: unresolvedWords("step-up") },
            { value: "remind", label: unresolvedWords("remind") },
          ]}
        />
      </div>
      <p className="note">
        <Trans>A term can be made longer while it runs, by as many days as both sides agree. To a referral nobody comes by silence: both ask for it, or it does not happen.</Trans>
      </p>
    </Card>
  );
}
