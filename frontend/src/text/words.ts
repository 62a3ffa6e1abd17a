/** The case's codes in plain words. Clients never meet stages, tiers or hashes by those names. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Category, Outcome, Role, StatementKind, Tier } from "../api/types";

type Words<K extends string> = Readonly<Record<K, MessageDescriptor>>;

const ROLES: Words<Role> = {
  mediator: msg`Mediator`,
  principal: msg`Client`,
  handler: msg`Speaks for the business`,
  manager: msg`Management`,
  counsel: msg`Lawyer`,
  companion: msg`Companion`,
  legal: msg`Legal reader`,
};

const CATEGORIES: Words<Category> = {
  billing: msg`Money and bills`,
  timeline: msg`Time and delays`,
  scope: msg`What was agreed`,
  quality: msg`How well it was done`,
  conduct: msg`How people were treated`,
  other: msg`Something else`,
};

const TIERS: Words<Tier> = {
  talks: msg`Talking directly`,
  mediation: msg`Talking with a mediator`,
  management: msg`Management joins the table`,
  executive: msg`The head of the business joins the table`,
  referral: msg`Someone else decides`,
};

const TIERS_EXPLAINED: Words<Tier> = {
  talks: msg`The two sides write to each other.`,
  mediation: msg`A neutral mediator helps both sides to find their own solution.`,
  management: msg`Someone who can decide for the business takes part. Everything said so far stays.`,
  executive: msg`The person at the head of the business takes part. Everything said so far stays.`,
  referral: msg`An arbitrator, an ombudsman or a court. This needs a fresh yes from each side, to rules and costs named then. Nobody has agreed to it yet.`,
};

/** Whom a step is for, where that is not said by what is going on. */
const STEPS: Partial<Words<Tier>> = {
  management: msg`This step is for management.`,
  executive: msg`This step is for the head of the business.`,
};

const OUTCOMES: Words<Outcome> = {
  settled: msg`Settled`,
  "partly-settled": msg`Settled in part`,
  "ended-without-settlement": msg`Ended without a settlement`,
  referred: msg`Passed on to someone who decides`,
  expired: msg`Ended because the time ran out`,
};

const STATEMENTS: Words<StatementKind> = {
  "shared-fact": msg`What happened`,
  "shared-aim": msg`What we both want`,
  "possible-term": msg`What we could agree on`,
};

const NOW: Readonly<Record<string, MessageDescriptor>> = {
  talks: msg`The two sides are talking directly.`,
  asked: msg`Your dispute has reached them.`,
  signing: msg`The text is ready to be signed.`,
  signed: msg`Both sides have signed.`,
  resting: msg`The case rests, because no answer came. Nothing is lost by that.`,
  preparing: msg`The mediation is being prepared.`,
  mediation: msg`The mediation is under way.`,
  paused: msg`The joint conversation is paused.`,
  caucus: msg`You are talking with the mediator in private.`,
  referral: msg`Someone else is to decide or to help.`,
  "stage-opening": msg`We are beginning.`,
  "stage-perspectives": msg`Each side says how they see it.`,
  "stage-agenda": msg`We settle which questions to talk about.`,
  "stage-exploring": msg`We look for what both sides share.`,
  "stage-bargaining": msg`The sides make offers.`,
  "stage-drafting": msg`We are writing the settlement.`,
  "stage-signing": msg`The settlement is ready to be read.`,
  "stage-follow-up": msg`What was agreed is being done.`,
  "ended-settled": msg`The mediation ended with a settlement.`,
  "ended-partly-settled": msg`The mediation ended with a settlement in part.`,
  "ended-ended-without-settlement": msg`It ended without a settlement.`,
  "ended-referred": msg`It ended here; somebody else is to decide or help now.`,
  "ended-expired": msg`The mediation ended because the time ran out.`,
  closed: msg`This case is closed.`,
};

const NEXT: Readonly<Record<string, MessageDescriptor>> = {
  "answer-referral": msg`Something is proposed that would bind your side. Say yes or no; you lose nothing by a no.`,
  "bring-management": msg`Bring in whoever decides at this step.`,
  "answer-at-the-table": msg`It is your side’s turn: say where it stands, or make an offer.`,
  "await-answer-at-the-table": msg`It is the other side’s turn to say where it stands. You can go on talking.`,
  "answer-step": msg`The other side asks for another step. See what it means, and whether you want it too.`,
  "await-step": msg`Another step is asked for. It happens once both sides want it.`,
  "propose-referral": msg`Propose who should decide or help.`,
  "complete-referral": msg`Say what your proposal leaves open. Nobody can agree to it before.`,
  "await-referral": msg`The proposal is with the other side now.`,
  "reword-referral": msg`The other side does not agree. Change the wording, or propose something else.`,
  "send-referral": msg`Choose the files that go out, look through it all, and send it to everybody.`,
  "await-sides": msg`The two sides settle who should decide or help.`,
  "hand-in-referral": msg`Hand the papers in yourselves, to whoever decides or helps now. Note here what comes back.`,
  "await-outcome": msg`The papers have gone out. What comes back is written down here.`,
  "end-as-referred": msg`The papers have gone out. End the mediation once both sides are ready.`,
  "sign-settlement": msg`Read it in peace, and sign or say that you will not.`,
  "await-signatures": msg`Wait for the signatures. Nothing binds before both are there.`,
  "await-effect": msg`It takes effect by itself once the time to withdraw is over.`,
  "download-record": msg`Download your record under Papers.`,
  "read-papers": msg`Read the papers.`,
  "invite-other-side": msg`Invite the other side.`,
  "await-answer": msg`The other side has been told. You can write to them or add files meanwhile.`,
  "end-here": msg`It was sent on and goes on there. Your side can end it here.`,
  "answer-other-side": msg`The other side asks what you say to this dispute. Write to them.`,
  "await-their-answer": msg`The other side has been asked what it says to this dispute.`,
  wake: msg`Write to the other side when you are ready: then it goes on where it was.`,
  "talk-or-invite-mediator": msg`Write to each other, or invite a mediator.`,
  disclose: msg`Say whether you have ties to either side.`,
  "await-disclosure": msg`The mediator says whether there are ties to either side.`,
  "accept-mediator": msg`Say whether you accept this mediator.`,
  "accept-ground-rules": msg`Read the ground rules and say whether you accept them.`,
  "await-others": msg`Nothing to do for now: the others still have to accept.`,
  "talk-privately": msg`Say what you want the mediator to know. Only your side and the mediator read it.`,
  "wait-for-resume": msg`Wait until the mediator carries on, or write to the mediator in private.`,
  "post-shared": msg`Carry to the table what a side has allowed you to share.`,
  "confirm-scribed": msg`Read what the mediator wrote down for you, and say if it is right.`,
  "answer-sharing": msg`The mediator asks whether something may be shared. It is your choice.`,
  "answer-reflection": msg`Read what the mediator heard you say, and say if that is it.`,
  "answer-meeting": msg`Times for a meeting are proposed: say which suit you.`,
  "answer-offer": msg`There is an offer for you to answer.`,
  "read-wordings": msg`Read the wordings and say which you agree to.`,
  listen: msg`Listen for now; your turn comes.`,
  "say-your-view": msg`Say how you see it, in your own words.`,
  "read-questions": msg`Read the questions and say whether they are the right ones.`,
  "look-for-common-ground": msg`Note what both sides could agree to.`,
  "make-offer": msg`Make an offer, or answer one.`,
  "work-on-settlement": msg`Read and shape the settlement together.`,
  "read-settlement": msg`Read the settlement in peace before you decide.`,
  "keep-promises": msg`Do what was promised, and say so.`,
  "lead-opening": msg`Welcome everyone, then let each side speak.`,
  "lead-perspectives": msg`Let each side say how they see it; reflect what you hear.`,
  "lead-agenda": msg`Put the questions in neutral words.`,
  "lead-exploring": msg`Look for common ground; offer private conversations.`,
  "lead-bargaining": msg`Help the sides make offers they can stand by.`,
  "lead-drafting": msg`Turn what is agreed into clauses.`,
  "lead-agreeing": msg`Read the clauses with both sides, and see who agrees.`,
  "lead-signing": msg`Give everyone time to read.`,
  "lead-follow-up": msg`Ask how it is going.`,
};

const SOMETHING = msg`Look at the table.`;

export const roleWord = (role: Role): string => i18n._(ROLES[role]);
export const categoryWord = (category: Category): string => i18n._(CATEGORIES[category]);
export const tierWord = (tier: Tier): string => i18n._(TIERS[tier]);
export const tierExplained = (tier: Tier): string => i18n._(TIERS_EXPLAINED[tier]);
export const stepWords = (tier: Tier): string => (STEPS[tier] === undefined ? "" : i18n._(STEPS[tier]));
export const outcomeWord = (outcome: Outcome): string => i18n._(OUTCOMES[outcome]);
export const statementWord = (kind: StatementKind): string => i18n._(STATEMENTS[kind]);
export const nowWords = (code: string): string => i18n._(NOW[code] ?? SOMETHING);
export const nextWords = (code: string): string => i18n._(NEXT[code] ?? SOMETHING);

export const CATEGORY_ORDER = ["billing", "timeline", "scope", "quality", "conduct", "other"] as const satisfies readonly Category[];
