/** A complaint about the mediator: to whoever sent them, never to them. */
import { request } from "./client";

export interface Complaint {
  reference: string;
  /** Who reads it. */
  to: string;
}

export function complain(caseId: string, commandId: string, text: string): Promise<Complaint> {
  return request("POST", `/api/cases/${caseId}/complaints`, { body: { command_id: commandId, text }, tries: 5 });
}
