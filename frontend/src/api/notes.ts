/** The mediator's own notes on a case: plain text beside the record, never in it. */
import { request } from "./client";

export async function readNotes(caseId: string): Promise<string> {
  return (await request<{ text: string }>("GET", `/api/cases/${caseId}/notes`)).text;
}

/** Saving the same text twice is the same as once, so it may be tried again. */
export function saveNotes(caseId: string, text: string): Promise<unknown> {
  return request("PUT", `/api/cases/${caseId}/notes`, { body: { text }, tries: 4 });
}
