/** A complaint about the mediator: to whoever sent them, never to them. */
import { request } from "./client";

export interface Complaint {
  reference: string;
  /** The organisation that reads it; null for the people who run the portal. */
  to: string | null;
}

export function complain(caseId: string, commandId: string, text: string): Promise<Complaint> {
  return request("POST", `/api/cases/${caseId}/complaints`, { body: { command_id: commandId, text }, tries: 5 });
}
