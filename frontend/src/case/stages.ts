/** The stages of a mediation by the mediator's names, with what to do next. Sides read `nowWords` instead. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Stage } from "../api/types";

interface StageWords {
  name: MessageDescriptor;
  next: MessageDescriptor;
}

const WORDS: Readonly<Record<Stage, StageWords>> = {
  opening: {
    name: msg`Opening`,
    next: msg`Welcome everyone, go through the ground rules, and let each side say who can agree today.`,
  },
  perspectives: {
    name: msg`Perspectives`,
    next: msg`Let each side speak without interruption. Say back what you hear until they press "That's it".`,
  },
  agenda: {
    name: msg`Agenda`,
    next: msg`Put the questions in neutral words, and ask both sides whether they are the right ones.`,
  },
  exploring: {
    name: msg`Exploring`,
    next: msg`Look behind the positions. Write down what both already share, and see each side alone if it helps.`,
  },
  bargaining: {
    name: msg`Bargaining`,
    next: msg`Invite offers and packages. Test in private what each side can live with.`,
  },
  drafting: {
    name: msg`Drafting`,
    next: msg`Turn possible terms and the accepted offer into clauses, and go through each one with both sides.`,
  },
  signing: { name: msg`Signing`, next: msg`Let each side read the whole text in peace before anybody signs.` },
  "follow-up": { name: msg`Follow-up`, next: msg`See who owes what by when, and ask how it went.` },
};

export const STAGES = Object.keys(WORDS) as readonly Stage[];

export const stageName = (stage: Stage): string => i18n._(WORDS[stage].name);
export const stageNext = (stage: Stage): string => i18n._(WORDS[stage].next);

export function isStage(value: unknown): value is Stage {
  return typeof value === "string" && value in WORDS;
}
