/** An invitation as whoever was sent its link sees it, and their answer. The token travels in the body alone. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

/** What anyone may learn who holds the link. Role, side and title come after the code. */
export type Preview = Shapes["Preview"];
export type CodeSent = Shapes["CodeSent"];
export type FirstPageFacts = Shapes["FirstPage"];

export function previewInvitation(token: string): Promise<Preview> {
  return request("POST", "/api/invitations/preview", { body: { token }, tries: 3 });
}

/** Mails six digits to the invited address. The link itself never tells which address that is. */
export function sendCode(token: string): Promise<CodeSent> {
  return request("POST", "/api/invitations/code", { body: { token } });
}

/** `yours` once the invitation was accepted before: then its participant is signed in here. */
export function verifyCode(token: string, code: string): Promise<Shapes["Verified"]> {
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
