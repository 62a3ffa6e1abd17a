/** Disputes that clients open themselves on a business's public page, and the business's queue of them. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type IntakeFacts = Shapes["IntakePage"];
export type CodeSent = Shapes["CodeSent"];
export type Acknowledged = Shapes["IntakeOpened"];
export type WaitingDispute = Shapes["WaitingCase"];
export type NewDispute = Required<Omit<Shapes["OpenFromOutside"], "command_id">>;

export function intakeOf(slug: string): Promise<IntakeFacts> {
  return request("GET", `/api/intake/${slug}`);
}

/** Mails six digits to the address; its answer tells nothing about the address. */
export function sendIntakeCode(slug: string, email: string, language: NewDispute["language"]): Promise<CodeSent> {
  return request("POST", `/api/intake/${slug}/code`, { body: { email, language } });
}

/** Opens the case; the session cookie comes with the answer. Safe to repeat with the same `commandId`. */
export function openDispute(slug: string, commandId: string, dispute: NewDispute): Promise<Acknowledged> {
  return request("POST", `/api/intake/${slug}`, { body: { ...dispute, command_id: commandId }, tries: 4 });
}

export function intakeQueue(): Promise<readonly WaitingDispute[]> {
  return request("GET", "/api/intake-queue");
}

export function takeOn(caseId: string, commandId: string): Promise<{ case_id: string }> {
  return request("POST", `/api/intake-queue/${caseId}/take`, { body: { command_id: commandId }, tries: 4 });
}
