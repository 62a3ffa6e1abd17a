/** What a ladder says, in words. */
import { plural, t } from "@lingui/core/macro";
import type { DryRunLine, Expiry, ForWhich, Policy, Reach, Responsible, Rung, Term } from "../../api/policies";
import type { Party } from "../../api/types";
import { regionalTag } from "../../ui/plain/regionalTag";
import { categoryWord, tierWord } from "../../text/words";
import { knownUntil } from "./draft";

export const forWhichWord = (category: ForWhich): string => (category === "general" ? t`All kinds of dispute` : categoryWord(category));

export const workingDays = (days: number): string => plural(days, { one: "# working day", other: "# working days" });

/** "10 working days; reminders 5 and 1 before the end". */
export function termWords(term: Term | null): string {
  if (term === null) return t`no time is set`;
  const days = workingDays(term.days);
  if (term.remind.length === 0) return days;
  const before = listed(term.remind.map(String));
  return t`${days}; reminders ${before} before the end`;
}

export function silenceWords(then: Expiry): string {
  switch (then) {
    case "remind":
      return t`everybody is reminded`;
    case "step-up":
      return t`the dispute goes on to the next step`;
    case "refused":
      return t`it counts as a refusal`;
    case "rest":
      return t`the dispute rests until somebody goes on with it`;
  }
}

export function unresolvedWords(then: Expiry): string {
  return then === "step-up" ? t`the dispute goes on to the next step by itself` : t`both sides are reminded, and decide`;
}

export const leavingWords = (leaving: Rung["leave_early"]): string => (leaving === "either" ? t`Either side may go on at any time.` : t`Before its time is over, only both together go on.`);

export const personWords = ({ name, title }: Responsible): string => (title === "" ? name : `${name}, ${title}`);

/** Whoever acts, then who stands in for them, in their order. */
export function peopleWords(people: readonly Responsible[]): string {
  const [first, ...deputies] = people.map(personWords);
  if (first === undefined) return t`nobody is named`;
  if (deputies.length === 0) return first;
  const others = deputies.join("; ");
  return t`${first}; stands in: ${others}`;
}

/** Whom the portal asks to come, and where; `reach` goes with the people by their places. */
export function reachWords(people: readonly Responsible[], reach: readonly Reach[]): string {
  const asked = people.flatMap(({ name }, place) => {
    const way = reach[place];
    if (way === undefined || (way.account === null && way.email === "")) return [];
    return [way.account === null ? `${name} (${way.email})` : t`${name} (own account)`];
  });
  return asked.length === 0 ? t`nobody` : asked.join("; ");
}

export const nobodyWords = (then: Rung["if_nobody"]): string => (then === "skip" ? t`Passed over while nobody is named here.` : t`The dispute waits here until somebody of management comes.`);

const locale = (): string => regionalTag(document.documentElement.lang || "en");

export const listed = (words: readonly string[]): string => new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** "Friday, 23 December 2022". */
export const dayWords = (day: string): string => new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(noonOf(day));

export const shortDay = (day: string): string => new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(noonOf(day));

/** Monday is 0, as in the ladder; 1 January 2024 was one. */
export const weekdayWord = (weekday: number): string => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(noonOf(`2024-01-0${weekday + 1}`));

export const countryWord = (code: string, name: string): string => {
  try {
    return new Intl.DisplayNames(locale(), { type: "region", fallback: "none" }).of(code) ?? name;
  } catch {
    return name;
  }
};

export function closedWords(calendar: Policy["calendar"]): string {
  const year = knownUntil(calendar);
  if (year === null) return t`no holidays`;
  const days = plural(calendar.closed.length, { one: "# holiday or closed day", other: "# holidays and closed days" });
  return t`${days}, known until ${year}`;
}

// ── the dry run ─────────────────────────────────────────────────────────────────────────────────────────────────────

const sideWord = (party: Party | null | undefined): string => (party === "client" ? t`the client` : t`the business`);

export function lineWords(line: DryRunLine, opener: "handler" | "principal" | "mediator"): string {
  const side = sideWord(line.party);
  const step = line.tier === null || line.tier === undefined ? "" : tierWord(line.tier);
  switch (line.what) {
    case "opened":
      if (opener === "mediator") return t`A mediator opens the dispute. The first step: ${step}.`;
      return opener === "principal" ? t`The client opens the dispute, and the business is asked for an answer. The first step: ${step}.` : t`The business opens the dispute, and the client is asked for an answer. The first step: ${step}.`;
    case "asked":
      return t`An answer is asked for at this step, of ${side}.`;
    case "answered":
      return t`An answer comes from ${side}.`;
    case "reminded":
      return remindedWords(line, side);
    case "over":
      return overWords(line, side);
    case "passed-over":
      return t`Passed over, because nobody is named there: ${step}.`;
    case "step":
      return t`Now: ${step}.`;
    case "rests":
      return t`The dispute rests. Nothing is lost, and either side can go on with it.`;
  }
}

function remindedWords(line: DryRunLine, side: string): string {
  const days = workingDays(line.days_left ?? 0);
  if (line.term === "acknowledge") return t`Reminder to ${side}: nobody has come yet; ${days} left.`;
  if (line.term === "resolve") return t`Reminder: ${days} left for this step.`;
  return t`Reminder to ${side}: ${days} left for an answer.`;
}

function overWords(line: DryRunLine, side: string): string {
  if (line.term === "acknowledge") return t`At the end of the day: nobody has come from ${side}. Both sides are told.`;
  if (line.term === "resolve") return t`At the end of the day: the time of this step is over.`;
  const then = silenceWords(line.then ?? "remind");
  return t`At the end of the day: no answer from ${side}. What follows: ${then}.`;
}
