/** Invitations as whoever makes them sees them: sent, answered, sent again, taken back. Their link is shown once. */
import { request } from "./client";
import type { Language } from "../text/language";
import type { Party, Role, Tier } from "./types";

export interface Invitation {
  invitation_id: string;
  role: Role;
  party: Party | null;
  /** null for those made before addresses were asked for. */
  email: string | null;
  name: string;
  title: string;
  state: "pending" | "accepted" | "declined" | "revoked" | "expired";
  mail: "waiting" | "sent" | "failed";
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  accepted_by: string | null;
  /** The step of the ladder to which the portal called by itself; null for whom somebody invited. */
  called_for: Tier | null;
}

export interface NewInvitation {
  role: Role;
  party: Party | null;
  email: string;
  name: string;
  title: string;
  language: Language;
}

/** A way in by hand. It opens for whoever reads the invited address. */
export interface HandedLink {
  link: string;
  expires_at: string;
}

export function invite(caseId: string, commandId: string, invitation: NewInvitation): Promise<HandedLink> {
  return request("POST", `/api/cases/${caseId}/invitations`, { body: { ...invitation, command_id: commandId }, tries: 5 });
}

export function invitationsOf(caseId: string): Promise<readonly Invitation[]> {
  return request("GET", `/api/cases/${caseId}/invitations`);
}

/** Each time a further link and another mail; earlier links keep working. */
export function resendInvitation(caseId: string, invitationId: string): Promise<HandedLink> {
  return request("POST", `/api/cases/${caseId}/invitations/${invitationId}/resend`);
}

export function changeAddress(caseId: string, invitationId: string, email: string): Promise<HandedLink> {
  return request("PUT", `/api/cases/${caseId}/invitations/${invitationId}/address`, { body: { email }, tries: 3 });
}

export function revokeInvitation(caseId: string, invitationId: string): Promise<void> {
  return request("DELETE", `/api/cases/${caseId}/invitations/${invitationId}`, { tries: 3 });
}
