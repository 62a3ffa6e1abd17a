/** What differs between two ladders, in words. */
import { t } from "@lingui/core/macro";
import type { Policy, PolicyVersion } from "../../api/policies";
import { tierWord } from "../../text/words";
import { closedWords, leavingWords, listed, nobodyWords, peopleWords, reachWords, shortDay, silenceWords, termWords, unresolvedWords, weekdayWord } from "./words";

export interface Difference {
  what: string;
  before: string | null;
  after: string | null;
}

type Written = Pick<PolicyVersion, "policy" | "reach">;

const MOST_DAYS_NAMED = 6;

/** Everything a ladder says, each under a name of its own. */
function factsOf({ policy, reach }: Written): Map<string, string> {
  const { calendar } = policy;
  const facts = new Map<string, string>([
    [t`Name`, policy.name],
    [t`Steps`, policy.rungs.map(({ tier }) => tierWord(tier)).join(" → ")],
    [t`Until somebody is here`, termWords(policy.acknowledge)],
    [t`If a business says nothing`, silenceWords(policy.business_silent)],
    [t`If a consumer says nothing`, silenceWords(policy.consumer_silent)],
    [t`When the time of a step is over`, unresolvedWords(policy.unresolved)],
    [t`Holidays of`, calendar.name],
    [t`Time zone`, calendar.zone],
    [t`Days off in every week`, listed(calendar.weekend.map(weekdayWord))],
    [t`Days that do not count`, closedWords(calendar)],
  ]);
  for (const rung of policy.rungs) {
    const step = tierWord(rung.tier);
    facts.set(t`${step}: who acts`, peopleWords(rung.people));
    facts.set(t`${step}: whom we ask to come`, reachWords(rung.people, reach.find(({ tier }) => tier === rung.tier)?.people ?? []));
    facts.set(t`${step}: time for an answer`, termWords(rung.answer));
    facts.set(t`${step}: time of the step`, termWords(rung.resolve));
    facts.set(t`${step}: going on`, leavingWords(rung.leave_early));
    if (rung.tier === "management" || rung.tier === "executive") facts.set(t`${step}: with nobody there`, nobodyWords(rung.if_nobody));
  }
  return facts;
}

/** Which days are closed in one calendar and not in the other, the first few by name. */
function daysBeyond(some: Policy, others: Policy): string | null {
  // With holidays of another place every day would differ, and the place says it already.
  if (some.calendar.name !== others.calendar.name) return null;
  const known = new Set(others.calendar.closed);
  const days = some.calendar.closed.filter((day) => !known.has(day));
  if (days.length === 0) return null;
  const named = days.slice(0, MOST_DAYS_NAMED).map(shortDay);
  return [...named, ...(days.length > named.length ? ["…"] : [])].join("; ");
}

export function differences(before: Written, after: Written): readonly Difference[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  const found: Difference[] = [];
  for (const what of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(what) ?? null, now.get(what) ?? null];
    if (was !== is) found.push({ what, before: was, after: is });
  }
  const [gone, added] = [daysBeyond(before.policy, after.policy), daysBeyond(after.policy, before.policy)];
  if (gone !== null || added !== null) found.push({ what: t`Days that begin or cease to be off`, before: gone, after: added });
  return found;
}
