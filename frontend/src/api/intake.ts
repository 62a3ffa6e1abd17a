/** Disputes that clients open themselves on a business's public page, and the business's queue of them. */
import { request } from "./client";
import type { Category } from "./types";

export interface IntakeFacts {
  organisation: string;
  name: string;
  place: string;
  answer_within_days: number;
}

export interface NewDispute {
  email: string;
  code: string;
  name: string;
  category: Category;
  title: string;
  account: string;
  since: string;
  wish: string;
  amount: { minor: number; currency: string } | null;
  language: string;
}

export interface Acknowledged {
  case_id: string;
  participant_id: string;
  answer_by: string | null;
}

export function intakeOf(slug: string): Promise<IntakeFacts> {
  return request("GET", `/api/intake/${slug}`);
}

/** Mails six digits to the address; its answer tells nothing about the address. */
export function sendIntakeCode(slug: string, email: string, language: string): Promise<CodeSent> {
  return request("POST", `/api/intake/${slug}/code`, { body: { email, language } });
}

export interface CodeSent {
  expires_at: string;
  again_after_s: number;
}

/** Opens the case; the session cookie comes with the answer. Safe to repeat with the same `commandId`. */
export function openDispute(slug: string, commandId: string, dispute: NewDispute): Promise<Acknowledged> {
  return request("POST", `/api/intake/${slug}`, { body: { ...dispute, command_id: commandId }, tries: 4 });
}

export interface WaitingDispute {
  case_id: string;
  title: string;
  category: Category;
  client: string;
  opened_at: string;
  answer_by: string | null;
}

export function intakeQueue(): Promise<readonly WaitingDispute[]> {
  return request("GET", "/api/intake-queue");
}

export function takeOn(caseId: string, commandId: string): Promise<{ case_id: string }> {
  return request("POST", `/api/intake-queue/${caseId}/take`, { body: { command_id: commandId }, tries: 4 });
}
