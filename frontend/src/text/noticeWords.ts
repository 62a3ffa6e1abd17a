/** What a notice says: that there is something, and what is asked of its reader. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { How, NoticeKind } from "../api/notices";

const KINDS: Readonly<Record<NoticeKind, MessageDescriptor>> = {
  news: msg`Something new to read`,
  clauses: msg`Wording waits for you`,
  mention: msg`Somebody asks for your attention`,
  meeting: msg`A conversation begins, or is to take place`,
  answer: msg`Your answer is awaited`,
  reminder: msg`A reminder: your answer is awaited`,
  served: msg`You are asked for an answer`,
  step: msg`A next step was taken`,
  frozen: msg`A text stands to be signed, or is worked on again`,
  signed: msg`Something about the signatures`,
  ended: msg`The talks have ended`,
  "in-effect": msg`The agreement is in force`,
};

export function noticeWord(kind: NoticeKind): string {
  return i18n._(KINDS[kind]);
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
