/** The ladders of a business, for those who lead it: what disputes go by, what they would do, and making one's own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import type { Account } from "../../api/account";
import { type BusinessPolicies, businessPolicies, type Calendars, type ForWhich, knownCalendars, type Policy, type PolicyVersion, writePolicy } from "../../api/policies";
import { Frame } from "../../account/Frame";
import { ProblemNote } from "../../account/ProblemNote";
import { StaffLinks } from "../../account/StaffLinks";
import { useDoing } from "../../account/useDoing";
import { Waiting } from "../../account/Waiting";
import { useLoaded } from "../../live/useLoaded";
import { usePageTitle } from "../../router";
import { CATEGORY_ORDER } from "../../text/words";
import { announce } from "../../ui/Announcer";
import { Banner, Button, Card, ConfirmDialog, EmptyState, Moment, Select } from "../../ui/plain";
import { knownUntil } from "./draft";
import { DryRunCard } from "./DryRunCard";
import { LadderPicture } from "./LadderPicture";
import { PolicyForm } from "./PolicyForm";
import { PolicyVersions } from "./PolicyVersions";
import { forWhichWord } from "./words";
import "../admin.css";
import "./policies.css";

const KINDS: readonly ForWhich[] = ["general", ...CATEGORY_ORDER];

export function PoliciesPage({ account, business }: { account: Account; business: string }) {
  const { t } = useLingui();
  usePageTitle(t`Ladder and times`);
  const fetchAll = useCallback(async () => {
    const [policies, known] = await Promise.all([businessPolicies(business), knownCalendars()]);
    return { policies, known };
  }, [business]);
  const { loaded, again } = useLoaded(fetchAll);
  return (
    <Frame wide actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <div className="stack measure">
          <h1>
            <Trans>Ladder and times</Trans>
          </h1>
          {loaded.state === "here" ? <Purpose name={loaded.it.policies.business} /> : null}
        </div>
        <Waiting loaded={loaded} again={again}>
          {({ policies, known }) => <Policies business={business} fetched={policies} known={known} onStale={again} />}
        </Waiting>
      </div>
    </Frame>
  );
}

function Purpose({ name }: { name: string }) {
  return (
    <p className="soft">
      <Trans>
        What happens in a dispute with {name}, step by step, who acts, and how long each answer may take. Both sides see it from the first
        day. A case keeps the ladder it was opened with: whatever you change here, no date of an open case moves.
      </Trans>
    </p>
  );
}

interface InForce {
  policy: Policy;
  /** The version it comes from; null for the portal's own. */
  from: PolicyVersion | null;
}

/** What new disputes of a kind go by, as the portal itself chooses. */
function inForceFor(category: ForWhich, policies: readonly PolicyVersion[], byDefault: Policy): InForce {
  const find = (which: ForWhich) => policies.find((one) => one.category === which && !one.retired);
  const from = find(category) ?? find("general") ?? null;
  return { policy: from?.policy ?? byDefault, from };
}

function Policies({ business, fetched, known, onStale }: { business: string; fetched: BusinessPolicies; known: Calendars; onStale: () => void }) {
  const { t } = useLingui();
  const [category, setCategory] = useState<ForWhich>("general");
  const [isWriting, setWriting] = useState(false);
  const [written, setWritten] = useState<readonly PolicyVersion[]>([]);
  const newest = (which: ForWhich) => [...fetched.policies, ...written].filter((one) => one.category === which).sort((a, b) => b.version - a.version)[0];
  const policies = KINDS.flatMap((which) => newest(which) ?? []);
  const kept = newest(category) ?? null;
  const inForce = inForceFor(category, policies, fetched.default);

  function onWritten(one: PolicyVersion) {
    setWritten((earlier) => [...earlier, one]);
    setWriting(false);
  }

  if (isWriting) {
    return (
      <>
        <h2>{forWhichWord(category)}</h2>
        <PolicyForm
          business={business}
          category={category}
          kept={kept}
          inForce={inForce.policy}
          reach={inForce.from?.reach ?? []}
          members={fetched.members}
          known={known}
          onWritten={onWritten}
          onBack={() => setWriting(false)}
          onStale={onStale}
        />
      </>
    );
  }
  return (
    <>
      <Select
        label={t`For which disputes`}
        value={category}
        onChange={setCategory}
        choices={KINDS.map((which) => {
          const name = forWhichWord(which);
          return { value: which, label: inForceFor(which, policies, fetched.default).from?.category === which ? t`${name} – its own` : name };
        })}
      />
      <div className="policy-halves">
        <div className="stack">
          <OneLadder business={business} category={category} kept={kept} inForce={inForce} onWrite={() => setWriting(true)} onWritten={onWritten} onStale={onStale} />
        </div>
        <DryRunCard key={category} business={business} policy={inForce.policy} />
      </div>
    </>
  );
}

interface Given {
  business: string;
  category: ForWhich;
  kept: PolicyVersion | null;
  inForce: InForce;
  onWrite: () => void;
  onWritten: (one: PolicyVersion) => void;
  onStale: () => void;
}

function OneLadder({ business, category, kept, inForce, onWrite, onWritten, onStale }: Given) {
  const { t } = useLingui();
  const { policy, from } = inForce;
  const isOwn = from?.category === category;
  const begin = (
    <Button kind="primary" icon={isOwn ? "quill" : "add"} onPress={onWrite}>
      {isOwn ? <Trans>Change it</Trans> : category === "general" ? <Trans>Make your own</Trans> : <Trans>Make one for these disputes</Trans>}
    </Button>
  );
  return (
    <>
      {from === null ? (
        <EmptyState icon="ladder" level={2} title={t`No ladder of your own yet`} actions={begin}>
          <p>
            <Trans>
              Your disputes go by the portal’s own ladder, which you see below. A good one of yours names a person for each step, keeps its times short enough to
              be kept, and counts by the holidays of your place.
            </Trans>
          </p>
        </EmptyState>
      ) : null}
      <Card title={policy.name === "" ? isOwn ? <Trans>Your ladder</Trans> : from === null ? <Trans>The portal’s own ladder</Trans> : <Trans>The ladder for all disputes</Trans> : policy.name}>
        <div className="stack">
          {from === null ? null : <Origin from={from} isOwn={isOwn} />}
          {from === null ? null : <HolidaysEnd policy={policy} />}
          <LadderPicture policy={policy} />
          {from === null ? null : (
            <div className="row">
              {begin}
              {isOwn ? <Retire business={business} one={from} onWritten={onWritten} onStale={onStale} /> : null}
            </div>
          )}
          {kept === null ? null : <PolicyVersions business={business} category={category} newest={kept.version} />}
        </div>
      </Card>
    </>
  );
}

function Origin({ from: { version, by, at }, isOwn }: { from: PolicyVersion; isOwn: boolean }) {
  return (
    <p className="note">
      {isOwn ? (
        <Trans>
          Version {version}, put in force by {by}, <Moment at={at} />.
        </Trans>
      ) : (
        <Trans>There is none for these disputes alone: they go by the ladder for all kinds.</Trans>
      )}
    </p>
  );
}

const ENOUGH_YEARS = 2;

function HolidaysEnd({ policy }: { policy: Policy }) {
  const until = knownUntil(policy.calendar);
  if (until === null) {
    return (
      <Banner tone="warn">
        <Trans>This ladder knows no holidays: it counts them as working days. Change it, and choose your place.</Trans>
      </Banner>
    );
  }
  return until - new Date().getFullYear() < ENOUGH_YEARS ? (
    <Banner tone="warn">
      <Trans>This ladder knows holidays only until the end of {until}. Change it and save it anew: it then knows those of the next ten years.</Trans>
    </Banner>
  ) : null;
}

function Retire({ business, one, onWritten, onStale }: { business: string; one: PolicyVersion; onWritten: (one: PolicyVersion) => void; onStale: () => void }) {
  const { t } = useLingui();
  const [asks, setAsks] = useState(false);
  const { busy, problem, doIt } = useDoing();

  async function retire() {
    await doIt(async () => {
      onWritten(await writePolicy(business, one.category, one.version + 1, one.policy, one.reach, true));
      announce(t`Used no more. Cases that have it keep it.`, { tone: "good" });
    }, onStale);
    setAsks(false);
  }

  return (
    <>
      <Button kind="quiet" onPress={() => setAsks(true)}>
        <Trans>Use it no more</Trans>
      </Button>
      <ProblemNote problem={problem} />
      <ConfirmDialog title={t`Use this ladder no more?`} isOpen={asks} onOpenChange={setAsks} confirm={t`Use it no more`} decline={t`Keep it`} isPending={busy} onConfirm={() => void retire()}>
        <p>
          {one.category === "general" ? (
            <Trans>Disputes that are opened from now on go by the portal’s own ladder. Cases that are open keep the version they began with.</Trans>
          ) : (
            <Trans>Disputes that are opened from now on go by your ladder for all kinds, or by the portal’s. Cases that are open keep the version they began with.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </>
  );
}
