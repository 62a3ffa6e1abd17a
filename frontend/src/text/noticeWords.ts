/** What a notice says: that there is something, and what is asked of its reader. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { How, Notice, NoticeKind } from "../api/notices";
import type { Tier } from "../api/types";
import { tierWord } from "./words";

const KINDS: Readonly<Record<NoticeKind, MessageDescriptor>> = {
  news: msg`Something new to read`,
  clauses: msg`Wording waits for you`,
  mention: msg`Somebody asks for your attention`,
  meeting: msg`A conversation begins`,
  appointment: msg`A meeting is set, moved or called off`,
  answer: msg`Your answer is awaited`,
  time: msg`Your time has changed`,
  reminder: msg`A reminder: time is running out`,
  served: msg`You are asked for an answer`,
  step: msg`A next step was taken`,
  frozen: msg`A text stands to be signed, or is worked on again`,
  signed: msg`Something about the signatures`,
  ended: msg`The conversations have ended`,
  "in-effect": msg`The agreement is in force`,
};

export function noticeWord(kind: NoticeKind): string {
  return i18n._(KINDS[kind]);
}

const REACHED: Readonly<Partial<Record<Notice["parts"][number], Tier>>> = {
  "to-talks": "talks",
  "to-mediation": "mediation",
  "to-management": "management",
  "to-executive": "executive",
  "to-referral": "referral",
};

/** Which step of the ladder was reached, where that is what a notice tells of. */
export function stepIn(parts: Notice["parts"]): string | null {
  const tier = parts.map((part) => REACHED[part]).find((one) => one !== undefined);
  return tier === undefined ? null : tierWord(tier);
}

const HOWS: Readonly<Record<How, MessageDescriptor>> = {
  "at-once": msg`At once`,
  daily: msg`Once a day, together`,
  never: msg`Never by e-mail`,
};

export const HOW_ORDER: readonly How[] = ["at-once", "daily", "never"];

export function howWord(how: How): string {
  return i18n._(HOWS[how]);
}
