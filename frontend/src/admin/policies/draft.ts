/** A ladder while it is written: times as they are typed, holidays apart from days of one's own. */
import type { Calendar, Expiry, Policy, Reach, Responsible, Rung, StepReach, Term } from "../../api/policies";
import type { Tier } from "../../api/types";
import { isAddress } from "../../text/address";
import type { Language } from "../../text/language";

export interface TermDraft {
  days: string;
  remind: string;
}

/** Not by the portal, at an address, or by a colleague's account; then it is the account's id. */
export type Way = string;
export const NOT_AT_ALL: Way = "";
export const AT_AN_ADDRESS: Way = "address";

export interface PersonDraft extends Responsible {
  way: Way;
  email: string;
  language: Language;
}

export interface StepDraft extends Omit<Rung, "answer" | "resolve" | "people"> {
  people: readonly PersonDraft[];
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

/** The steps at which somebody with authority decides, and is called by the portal. */
export const isOfSomebody = (tier: Tier): boolean => tier === "management" || tier === "executive";

export function draftOf(policy: Policy, reach: readonly StepReach[] = []): PolicyDraft {
  const { name, acknowledge, business_silent, consumer_silent, unresolved, rungs } = policy;
  return {
    name,
    business_silent,
    consumer_silent,
    unresolved,
    acknowledge: typed(acknowledge),
    steps: rungs.map((rung) => {
      const ways = reach.find((one) => one.tier === rung.tier)?.people ?? [];
      const people = rung.people.map((one, place) => personDraft(one, ways[place]));
      return { ...rung, people, answer: typed(rung.answer), resolve: typed(rung.resolve) };
    }),
    calendar: calendarDraft(policy.calendar),
  };
}

function personDraft(one: Responsible, reach: Reach | undefined): PersonDraft {
  const email = reach?.email ?? "";
  return { ...one, way: reach?.account ?? (email === "" ? NOT_AT_ALL : AT_AN_ADDRESS), email, language: reach?.language ?? "en" };
}

const named = (people: readonly PersonDraft[]): readonly PersonDraft[] => people.filter((one) => one.name.trim() !== "");

/** How the people are reached whom `policyOf` names, in their order. */
export function reachOf({ steps }: PolicyDraft): readonly StepReach[] {
  return steps.filter(({ tier, people }) => isOfSomebody(tier) && named(people).some(({ way }) => way !== NOT_AT_ALL)).map(({ tier, people }) => ({ tier, people: named(people).map(wayOf) }));
}

function wayOf({ way, email, language }: PersonDraft): Reach {
  if (way === NOT_AT_ALL) return { account: null, email: "", language: "en" };
  return way === AT_AN_ADDRESS ? { account: null, email: email.trim(), language } : { account: way, email: "", language: "en" };
}

/** Whether somebody is to be written to at what is no address. */
export const isAddressMissing = ({ way, email }: PersonDraft): boolean => way === AT_AN_ADDRESS && !isAddress(email.trim());

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
      people: named(step.people).map(({ name, title }) => ({ name, title })),
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
  const isReachable = steps.every(({ tier, people }) => !isOfSomebody(tier) || !named(people).some(isAddressMissing));
  return isReachable && steps.length > 0 && [acknowledge, ...steps.flatMap(({ answer, resolve }) => [answer, resolve])].every((term) => faultOf(term) === null);
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
  return { tier, people: [], answer: { days: "10", remind: "5, 1" }, resolve: { days: "20", remind: "5" }, leave_early: "either", if_nobody: isOfSomebody(tier) ? "skip" : "wait" };
}

export const emptyPerson = (language: Language): PersonDraft => ({ name: "", title: "", way: NOT_AT_ALL, email: "", language });

/** The last year of which holidays are known; null without any. */
export function knownUntil({ closed }: Pick<Calendar, "closed">): number | null {
  const last = closed.at(-1);
  return last === undefined ? null : Number(last.slice(0, 4));
}
