/** The ladders of a business: those its leads have made, what they would do, and by which days they count. */
import { request } from "./client";
import type { components } from "./schema";
import type { Language } from "../text/language";
import type { Category, Tier } from "./types";

type Shapes = components["schemas"];

export type ForWhich = Category | "general";
export type Expiry = "remind" | "step-up" | "refused" | "rest";

/** So many working days, and how many of them before its end it is remembered. */
export interface Term {
  days: number;
  remind: readonly number[];
}

export interface Responsible {
  name: string;
  title: string;
}

export interface Rung {
  tier: Tier;
  people: readonly Responsible[];
  answer: Term | null;
  resolve: Term | null;
  leave_early: "either" | "both";
  if_nobody: "skip" | "wait";
}

/** `weekend` counts from Monday, which is 0; `closed` are days as YYYY-MM-DD, in their order. */
export interface Calendar {
  name: string;
  zone: string;
  weekend: readonly number[];
  closed: readonly string[];
}

/** What the portal keeps of a ladder; the description of the API leaves open what has a default. */
export interface Policy {
  name: string;
  version: number;
  calendar: Calendar;
  rungs: readonly Rung[];
  acknowledge: Term | null;
  business_silent: Expiry;
  consumer_silent: Expiry;
  unresolved: Expiry;
}

/** How somebody whom a ladder names is reached: by an account, at an address, or not at all. */
export interface Reach {
  account: string | null;
  email: string;
  language: Language;
}

/** In the order in which the ladder names the people of the step. */
export interface StepReach {
  tier: Tier;
  people: readonly Reach[];
}

export type Member = Shapes["Member"];
export type PolicyVersion = Omit<Shapes["PolicyVersion"], "policy" | "reach"> & { policy: Policy; reach: readonly StepReach[] };
export type BusinessPolicies = Omit<Shapes["BusinessPolicies"], "policies" | "default"> & { policies: readonly PolicyVersion[]; default: Policy };
export type DryRun = Required<Omit<Shapes["DryRun"], "category">>;
export type DryRunLine = Shapes["DryRunLine"];
export type Outlook = Shapes["Outlook"];
export type Calendars = Shapes["Calendars"];
export type Holidays = Shapes["Holidays"];

export function businessPolicies(business: string): Promise<BusinessPolicies> {
  return request("GET", `/api/businesses/${business}/policies`);
}

/** The newest first. */
export async function versionsOfPolicy(business: string, category: ForWhich): Promise<readonly PolicyVersion[]> {
  return (await request<{ versions: readonly PolicyVersion[] }>("GET", `/api/businesses/${business}/policies/${category}`)).versions;
}

/** Written once, however often it is sent: the kind of dispute and the version name it. */
export function writePolicy(business: string, category: ForWhich, version: number, policy: Policy, reach: readonly StepReach[], retired: boolean): Promise<PolicyVersion> {
  return request("PUT", `/api/businesses/${business}/policies/${category}`, { body: { version, policy, reach, retired }, tries: 3 });
}

export function tryPolicy(business: string, policy: Policy, supposed: DryRun): Promise<Outlook> {
  return request("POST", `/api/businesses/${business}/policy-dry-runs`, { body: { policy, supposed } });
}

export function knownCalendars(): Promise<Calendars> {
  return request("GET", "/api/calendars");
}

/** `place` is a country and perhaps a region of it, as in DE-BY. */
export function holidaysOf(place: string, language: string): Promise<Holidays> {
  const [country = "", ...region] = place.split("-");
  return request("GET", `/api/calendars/${country}?${new URLSearchParams({ region: region.join("-"), language }).toString()}`);
}
