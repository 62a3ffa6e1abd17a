/** A ladder while it is written: times as they are typed, holidays apart from days of one's own. */
import type { Calendar, Expiry, Policy, Responsible, Rung, Term } from "../../api/policies";
import type { Tier } from "../../api/types";

export interface TermDraft {
  days: string;
  remind: string;
}

export interface StepDraft extends Omit<Rung, "answer" | "resolve"> {
  answer: TermDraft;
  resolve: TermDraft;
}

export interface CalendarDraft {
  /** A country and perhaps a region of it, as in DE-BY; empty for days of one's own alone. */
  place: string;
  name: string;
  zone: string;
  weekend: readonly number[];
  holidays: readonly string[];
  own: readonly string[];
}

export interface PolicyDraft {
  name: string;
  steps: readonly StepDraft[];
  acknowledge: TermDraft;
  business_silent: Expiry;
  consumer_silent: Expiry;
  unresolved: Expiry;
  calendar: CalendarDraft;
}

export const MOST_DAYS = 250;
const MOST_REMINDERS = 5;
const PLACE = /\(([A-Z]{2}(?:-[^()]+)?)\)$/;
const ORDERS: readonly (readonly Tier[])[] = [
  ["talks", "mediation", "management", "executive", "referral"],
  ["talks", "management", "mediation", "executive", "referral"],
];

/** The place that a calendar's name ends with, in brackets; empty where there is none. */
export const placeIn = (name: string): string => PLACE.exec(name)?.[1] ?? "";

export function draftOf(policy: Policy): PolicyDraft {
  const { name, acknowledge, business_silent, consumer_silent, unresolved, rungs } = policy;
  return {
    name,
    business_silent,
    consumer_silent,
    unresolved,
    acknowledge: typed(acknowledge),
    steps: rungs.map((rung) => ({ ...rung, answer: typed(rung.answer), resolve: typed(rung.resolve) })),
    calendar: calendarDraft(policy.calendar),
  };
}

function calendarDraft({ name, zone, weekend, closed }: Calendar): CalendarDraft {
  const place = placeIn(name);
  return { place, name, zone, weekend, holidays: place === "" ? [] : closed, own: place === "" ? closed : [] };
}

/** What is typed, as it would be kept; a time that cannot be read is left out. */
export function policyOf(draft: PolicyDraft): Policy {
  const { name, business_silent, consumer_silent, unresolved, calendar } = draft;
  return {
    name: name.trim(),
    version: 1,
    business_silent,
    consumer_silent,
    unresolved,
    acknowledge: read(draft.acknowledge),
    rungs: draft.steps.map((step) => ({
      ...step,
      people: step.people.filter((one) => one.name.trim() !== ""),
      answer: read(step.answer),
      resolve: read(step.resolve),
    })),
    calendar: {
      name: calendar.name,
      zone: calendar.zone,
      weekend: calendar.weekend,
      closed: [...new Set([...calendar.holidays, ...calendar.own])].sort(),
    },
  };
}

function typed(term: Term | null): TermDraft {
  return { days: term === null ? "" : String(term.days), remind: term === null ? "" : term.remind.join(", ") };
}

const numbersIn = (text: string): number[] => text.split(/[\s,;]+/u).flatMap((one) => (one === "" ? [] : [Number(one)]));

function read(term: TermDraft): Term | null {
  if (term.days.trim() === "" || faultOf(term) !== null) return null;
  return { days: Number(term.days), remind: [...new Set(numbersIn(term.remind))].sort((a, b) => b - a) };
}

/** What is wrong with a time; without days there is none. */
export function faultOf({ days, remind }: TermDraft): "days" | "remind" | null {
  if (days.trim() === "") return null;
  const length = Number(days);
  if (!Number.isInteger(length) || length < 1 || length > MOST_DAYS) return "days";
  const reminders = numbersIn(remind);
  if (reminders.length > MOST_REMINDERS || reminders.some((one) => !Number.isInteger(one) || one < 1 || one >= length)) return "remind";
  return null;
}

/** Whether everything that is typed can be kept. */
export function isSound({ steps, acknowledge }: PolicyDraft): boolean {
  return steps.length > 0 && [acknowledge, ...steps.flatMap(({ answer, resolve }) => [answer, resolve])].every((term) => faultOf(term) === null);
}

/** The steps in the order a dispute climbs them: management before or after mediation, all else in its one place. */
export function inOrder(steps: readonly StepDraft[], managementFirst: boolean): readonly StepDraft[] {
  const order = ORDERS[managementFirst ? 1 : 0] ?? [];
  return [...steps].sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier));
}

export function isManagementFirst(steps: readonly StepDraft[]): boolean {
  const tiers = steps.map(({ tier }) => tier);
  return tiers.includes("management") && tiers.includes("mediation") && tiers.indexOf("management") < tiers.indexOf("mediation");
}

export function emptyStep(tier: Tier): StepDraft {
  const isOfSomebody = tier === "management" || tier === "executive";
  return { tier, people: [], answer: { days: "10", remind: "5, 1" }, resolve: { days: "20", remind: "5" }, leave_early: "either", if_nobody: isOfSomebody ? "skip" : "wait" };
}

export const EMPTY_PERSON: Responsible = { name: "", title: "" };

/** The last year of which holidays are known; null without any. */
export function knownUntil({ closed }: Pick<Calendar, "closed">): number | null {
  const last = closed.at(-1);
  return last === undefined ? null : Number(last.slice(0, 4));
}
