/** Proceedings elsewhere in plain words: what each is, whether it binds, what an institution asks for. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { PackField, ReferralText } from "../../api/types";

type Kind = ReferralText["kind"];
type Words<K extends string> = Readonly<Record<K, MessageDescriptor>>;

const KINDS: Words<Kind> = {
  arbitration: msg`Arbitration`,
  adjudication: msg`Adjudication`,
  "expert-determination": msg`An expert decides`,
  ombudsman: msg`An ombudsman or complaints body`,
  "court-connected": msg`Proceedings connected with a court`,
  "another-mediation": msg`Another mediation`,
};

const EXPLAINED: Words<Kind> = {
  arbitration: msg`Somebody whom both sides choose decides in place of a court. Their decision is final and can be enforced; usually there is no appeal.`,
  adjudication: msg`Somebody decides quickly. Often their decision counts until a court or an arbitrator decides otherwise.`,
  "expert-determination": msg`Somebody who knows the matter answers one question, such as what a thing is worth. Usually their answer binds both sides.`,
  ombudsman: msg`An independent body looks into it, mostly free of charge for consumers. What it says often binds a business only, and only if the consumer accepts it.`,
  "court-connected": msg`A court offers help with settling, such as a judge who mediates. It depends on the court whether anything binds.`,
  "another-mediation": msg`Another mediator helps both sides. Nothing binds anybody until both sign.`,
};

const FIELDS: Words<PackField> = {
  institution: msg`Who decides, or helps`,
  contact: msg`Where each side can be reached`,
  "relied-on": msg`The contract or agreement this rests on`,
  description: msg`What it is about`,
  claim: msg`What is claimed, and why`,
  value: msg`What it is worth`,
  relief: msg`What should be decided`,
  rules: msg`The rules`,
  seat: msg`The place`,
  language: msg`The language there`,
  cost: msg`What it costs, and who pays`,
  procedure: msg`How it should go`,
};

const TODO: Words<PackField> = {
  institution: msg`Name who should decide, or help.`,
  contact: msg`Say where your side can be reached.`,
  "relied-on": msg`Name the contract, its date and the clause, or say that there is none.`,
  description: msg`Say in a few sentences what happened.`,
  claim: msg`Say what is claimed, and on what it rests.`,
  value: msg`Give an amount, as near as you can.`,
  relief: msg`Say what should be decided or done.`,
  rules: msg`Name the rules and their year.`,
  seat: msg`Name the town that counts as its place; its law governs the proceedings.`,
  language: msg`Name the language.`,
  cost: msg`Say what it costs, who advances it and who bears it in the end.`,
  procedure: msg`Say what is agreed or proposed: how many decide, by when, in writing or together.`,
};

export const kindWord = (kind: Kind): string => i18n._(KINDS[kind]);
export const kindExplained = (kind: Kind): string => i18n._(EXPLAINED[kind]);
export const fieldWord = (field: PackField): string => i18n._(FIELDS[field]);
export const whatToDo = (field: PackField): string => i18n._(TODO[field]);

export const KIND_ORDER = ["another-mediation", "ombudsman", "court-connected", "expert-determination", "adjudication", "arbitration"] as const satisfies readonly Kind[];
