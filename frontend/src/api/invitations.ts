/** Invitations: making them, looking at one by its link, and answering it. The token travels in the body alone. */
import { request } from "./client";
import type { Category, Party, Role, Tier } from "./types";

export interface Preview {
  /** `yours`: this browser is signed in as the person who accepted it. */
  state: "open" | "yours";
  inviter: string;
  category: Category;
  role: Role;
  party: Party | null;
  expires_at: string;
  case_id: string | null;
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
