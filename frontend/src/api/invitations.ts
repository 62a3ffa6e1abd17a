/** Invitations: making them, looking at one by its link, and answering it. The token travels in the body alone. */
import { request } from "./client";
import type { Category, Party, Role, Tier } from "./types";

/** What anyone may learn who holds the link. Role, side and title come after the code. */
export interface Preview {
  /** `accepted`: by somebody, who gets in again with a code; `yours`: this browser is signed in as that person. */
  state: "open" | "accepted" | "yours";
  inviter: string;
  category: Category;
  /** No code is needed: it was typed in this browser, or an account of the invited address is signed in. */
  verified: boolean;
  expires_at: string;
  case_id: string | null;
}

export interface CodeSent {
  expires_at: string;
  /** Seconds until another may be asked for. */
  again_after_s: number;
}

export interface FirstPageFacts {
  title: string;
  category: Category;
  inviter: string;
  inviter_party: Party | null;
  business: string;
  client: string;
  mediator: string | null;
  fees: string;
  operator: string | null;
  host_party: Party | null;
  ladder: readonly Tier[];
  role: Role;
  party: Party | null;
  suggested_name: string;
  expires_at: string;
  /** How many cases the mediator and this business had together here before; `null` while there is no mediator. */
  earlier_cases?: number | null;
}

export interface Invitation {
  invitation_id: string;
  role: Role;
  party: Party | null;
  name: string;
  title: string;
  tier: Tier | null;
  state: "pending" | "accepted" | "declined" | "revoked" | "expired";
  created_at: string;
  expires_at: string;
  accepted_by: string | null;
}

export interface NewInvitation {
  role: Role;
  party: Party | null;
  name: string;
  title?: string;
}

export function previewInvitation(token: string): Promise<Preview> {
  return request("POST", "/api/invitations/preview", { body: { token }, tries: 3 });
}

/** Mails six digits to the invited address. The link itself never tells which address that is. */
export function sendCode(token: string): Promise<CodeSent> {
  return request("POST", "/api/invitations/code", { body: { token } });
}

/** `yours` once the invitation was accepted before: then its participant is signed in here. */
export function verifyCode(token: string, code: string): Promise<{ state: "open" | "yours"; case_id: string | null }> {
  return request("POST", "/api/invitations/verify", { body: { token, code } });
}

export function firstPage(token: string): Promise<FirstPageFacts> {
  return request("POST", "/api/invitations/first-page", { body: { token }, tries: 3 });
}

/** Take the seat; the session cookie comes with the answer. Safe to repeat with the same `commandId`. */
export function acceptInvitation(token: string, name: string, commandId: string): Promise<{ case_id: string }> {
  return request("POST", "/api/invitations/accept", { body: { token, name, command_id: commandId }, tries: 5 });
}

export function declineInvitation(token: string): Promise<void> {
  return request("POST", "/api/invitations/decline", { body: { token }, tries: 3 });
}

/** Make an invitation; its link is in this answer and never shown again. */
export function invite(caseId: string, commandId: string, invitation: NewInvitation): Promise<{ link: string; expires_at: string }> {
  return request("POST", `/api/cases/${caseId}/invitations`, { body: { ...invitation, command_id: commandId }, tries: 5 });
}

export function invitationsOf(caseId: string): Promise<readonly Invitation[]> {
  return request("GET", `/api/cases/${caseId}/invitations`);
}

export function revokeInvitation(caseId: string, invitationId: string): Promise<void> {
  return request("DELETE", `/api/cases/${caseId}/invitations/${invitationId}`, { tries: 3 });
}
