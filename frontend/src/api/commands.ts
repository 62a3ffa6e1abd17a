/** Commands to a case: one collection each, with the fields the server asks for; the id is added here. */
import type { components } from "./schema";
import { request, type RequestOptions } from "./client";

type Shapes = components["schemas"];

/** The body of each collection under /api/cases/{case}/, as the server's schema describes it. */
interface Bodies {
  disclosures: Shapes["Disclose"];
  "mediator-acceptances": Shapes["AcceptMediator"];
  "party-descriptions": Shapes["DescribeParty"];
  "mediator-refusals": Shapes["RefuseMediator"];
  "agreement-acceptances": Shapes["AcceptAgreement"];
  sessions: Shapes["OpenSession"];
  "session-closings": Shapes["CloseSession"];
  stages: Shapes["SetStage"];
  pauses: Shapes["Pause"];
  resumptions: Shapes["Resume"];
  "tier-steps": Shapes["StepTier"];
  "answer-requests": Shapes["AskForAnswer"];
  extensions: Shapes["ExtendTerm"];
  standstills: Shapes["AgreeStandstill"];
  "authority-declarations": Shapes["DeclareAuthority"];
  departures: Shapes["Leave"];
  endings: Shapes["EndMediation"];
  closings: Shapes["CloseCase"];
  removals: Shapes["RemoveParticipant"];
  mutes: Shapes["Mute"];
  unmutes: Shapes["Unmute"];
  "abuse-reports": Shapes["ReportAbuse"];
  "team-keepings": Shapes["KeepTeamRoom"];
  "private-drafts": Shapes["OpenDraft"];
  "hold-requests": Shapes["AskHold"];
  "hold-liftings": Shapes["LiftHold"];
  messages: Shapes["PostMessage"];
  "message-strikes": Shapes["StrikeMessage"];
  "file-withdrawals": Shapes["WithdrawFile"];
  issues: Shapes["PutIssue"];
  "issue-wordings": Shapes["RewordIssue"];
  "issue-endorsements": Shapes["EndorseIssue"];
  "issue-withdrawals": Shapes["WithdrawIssue"];
  positions: Shapes["StatePosition"];
  "position-revisions": Shapes["RevisePosition"];
  "position-withdrawals": Shapes["WithdrawPosition"];
  "scribed-positions": Shapes["ScribePosition"];
  "scribed-answers": Shapes["AnswerScribed"];
  reflections: Shapes["ReflectPosition"];
  "reflection-answers": Shapes["AnswerReflection"];
  statements: Shapes["ProposeStatement"];
  "statement-wordings": Shapes["RewordStatement"];
  "statement-withdrawals": Shapes["WithdrawStatement"];
  assents: Shapes["GiveAssent"];
  "assent-withdrawals": Shapes["TakeBackAssent"];
  offers: Shapes["MakeOffer"];
  "offer-answers": Shapes["AnswerOffer"];
  "offer-withdrawals": Shapes["WithdrawOffer"];
  "drafting-modes": Shapes["SetDraftingMode"];
  "text-languages": Shapes["SetTextLanguage"];
  suggestions: Shapes["Suggest"];
  "suggestion-acceptances": Shapes["AcceptSuggestion"];
  "suggestion-rejections": Shapes["RejectSuggestion"];
  "suggestion-withdrawals": Shapes["WithdrawSuggestion"];
  comments: Shapes["PostComment"];
  "comment-resolutions": Shapes["ResolveComment"];
  versions: Shapes["KeepVersion"];
  "version-restorations": Shapes["RestoreVersion"];
  readings: Shapes["ReadBack"];
  "text-proposals": Shapes["ProposeText"];
  "clause-assents": Shapes["GiveClauseAssent"];
  "clause-assent-withdrawals": Shapes["TakeBackClauseAssent"];
  freezings: Shapes["Freeze"];
  reopenings: Shapes["Reopen"];
  "signature-withdrawals": Shapes["TakeBackSignature"];
  "time-waivers": Shapes["WaiveTimeToThink"];
  caucuses: Shapes["OpenCaucus"];
  "caucus-closings": Shapes["CloseCaucus"];
  "private-rooms": Shapes["OpenRoom"];
  "private-room-closings": Shapes["CloseRoom"];
  sharings: Shapes["ProposeSharing"];
  "sharing-permissions": Shapes["AllowSharing"];
  "sharing-refusals": Shapes["RefuseSharing"];
  "shared-posts": Shapes["PostShared"];
}

export type Collection = keyof Bodies;
/** What the screen fills in; `command_id` is not its business. */
export type Fields<C extends Collection> = Omit<Bodies[C], "command_id">;

/** The answer to a command: where its entries lie. The feed brings the entries and the new view. */
export interface Written {
  command_id: string;
  written: readonly { room: string; seq: number }[];
}

/** Patient enough for a tunnel or a restart: about half a minute. */
const TRIES = 7;

/**
 * Send a command. The same `commandId` may be sent any number of times and has one effect.
 *
 * Throws `Refused` or `Unreachable` (see client.ts).
 */
export function send<C extends Collection>(
  caseId: string,
  collection: C,
  commandId: string,
  fields: Fields<C>,
  options: Pick<RequestOptions, "signal" | "onRetry"> = {},
): Promise<Written> {
  return request<Written>("POST", `/api/cases/${caseId}/${collection}`, {
    body: { ...fields, command_id: commandId },
    tries: TRIES,
    ...options,
  });
}
