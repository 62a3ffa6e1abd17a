/** A ladder as one sees it: its steps from the first to the last, with the times, the people, and what silence does. */
import { Trans } from "@lingui/react/macro";
import type { Policy, Rung } from "../../api/policies";
import { tierExplained, tierWord } from "../../text/words";
import { Icon, type IconName } from "../../ui/plain";
import { closedWords, leavingWords, listed, nobodyWords, personWords, silenceWords, termWords, unresolvedWords, weekdayWord } from "./words";

const DRAWINGS: Readonly<Record<Rung["tier"], IconName>> = { talks: "speech", mediation: "table", management: "people", executive: "flag", referral: "scales" };
const isOfSomebody = ({ tier }: Rung) => tier === "management" || tier === "executive";

export function LadderPicture({ policy }: { policy: Policy }) {
  const here = termWords(policy.acknowledge);
  const firstAsked = policy.rungs.findIndex(({ answer }) => answer !== null);
  return (
    <div className="stack">
      {policy.acknowledge === null ? null : (
        <p className="steps-before">
          <Icon name="door" size={18} />
          <span>
            <Trans>Until somebody of the other side is here: {here}</Trans>
          </span>
        </p>
      )}
      <ol className="steps">
        {policy.rungs.map((rung, place) => (
          <li key={rung.tier} className="step">
            <span className="step-mark">
              <Icon name={DRAWINGS[rung.tier]} />
            </span>
            <div className="stack-tight">
              <h3 className="step-name">{tierWord(rung.tier)}</h3>
              <p className="note">{tierExplained(rung.tier)}</p>
              <People rung={rung} />
              <Times rung={rung} policy={policy} saysSilence={place === firstAsked} next={policy.rungs[place + 1]} />
            </div>
          </li>
        ))}
      </ol>
      <Days policy={policy} />
    </div>
  );
}

function People({ rung }: { rung: Rung }) {
  if (rung.people.length === 0) {
    return isOfSomebody(rung) ? (
      <p className="step-fact step-empty">
        <Icon name={rung.if_nobody === "skip" ? "redo" : "waiting"} size={18} />
        <span>{nobodyWords(rung.if_nobody)}</span>
      </p>
    ) : null;
  }
  return (
    <p className="step-fact">
      <Icon name="people" size={18} />
      <span>
        {rung.people.map((one, place) => (
          <span key={one.name} className="step-person">
            <Person name={personWords(one)} isFirst={place === 0} />
          </span>
        ))}
      </span>
    </p>
  );
}

function Person({ name, isFirst }: { name: string; isFirst: boolean }) {
  return isFirst ? <strong>{name}</strong> : <Trans>or, if away, {name}</Trans>;
}

/** What silence does is the same at every step, so it is said once. */
function Times({ rung, policy, saysSilence, next }: { rung: Rung; policy: Policy; saysSilence: boolean; next: Rung | undefined }) {
  const [answer, step] = [termWords(rung.answer), termWords(rung.resolve)];
  const then = unresolvedWords(policy.unresolved);
  return (
    <>
      {rung.answer === null ? null : (
        <p className="step-fact">
          <Icon name="mail" size={18} />
          <span>
            <Trans>For an answer: {answer}</Trans>
          </span>
        </p>
      )}
      {saysSilence ? <Silence policy={policy} /> : null}
      {rung.resolve === null ? null : (
        <p className="step-fact">
          <Icon name="waiting" size={18} />
          <span>
            <Trans>For the whole step: {step}</Trans>
          </span>
        </p>
      )}
      {next === undefined ? null : (
        <p className="step-on">
          <Icon name="down" size={18} />
          <span>
            <span className="step-person">{next.tier === "referral" ? <Trans>On to the last step both go together, or not at all.</Trans> : leavingWords(rung.leave_early)}</span>
            {rung.resolve === null || next.tier === "referral" ? null : (
              <span className="step-person">
                <Trans>When the time is over: {then}</Trans>
              </span>
            )}
          </span>
        </p>
      )}
    </>
  );
}

function Silence({ policy }: { policy: Policy }) {
  const [business, consumer] = [silenceWords(policy.business_silent), silenceWords(policy.consumer_silent)];
  return (
    <div className="step-silence">
      <p>
        <strong>
          <Trans>Silence, at any step</Trans>
        </strong>
      </p>
      <p className="step-fact">
        <Icon name="onward" size={16} />
        <span>
          <Trans>of a business: {business}</Trans>
        </span>
      </p>
      <p className="step-fact">
        <Icon name="onward" size={16} />
        <span>
          <Trans>of a consumer: {consumer}</Trans>
        </span>
      </p>
    </div>
  );
}

function Days({ policy }: { policy: Policy }) {
  const { calendar } = policy;
  const off = listed(calendar.weekend.map(weekdayWord));
  const { name: place, zone } = calendar;
  const days = closedWords(calendar);
  return (
    <div className="steps-days note">
      <p>
        {off === "" ? <Trans>Every day of the week counts, by the clock of {zone}.</Trans> : <Trans>Working days, by the clock of {zone}: every day but {off}.</Trans>}
      </p>
      <p>
        {place === "" ? <Trans>Holidays: {days}.</Trans> : <Trans>Holidays of {place}: {days}.</Trans>}
      </p>
    </div>
  );
}
