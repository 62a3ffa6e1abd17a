/** The cases of the person who is signed in, and opening a new one. */
import { request } from "./client";
import type { components } from "./schema";
import type { CaseView, Category, NowNext, Party, Process, Role } from "./types";

export interface CaseSummary {
  case: string;
  title: string;
  category: Category;
  me: { role: Role; party: Party | null; participant: string };
  process: Process;
  line: NowNext;
  opened_at: string;
  parties: readonly { party: Party; name: string }[];
  people: readonly string[];
}

export async function myCases(): Promise<readonly CaseSummary[]> {
  return (await request<{ cases: readonly CaseSummary[] }>("GET", "/api/cases")).cases;
}

export function readCase(caseId: string): Promise<CaseView> {
  return request<CaseView>("GET", `/api/cases/${caseId}`);
}

export type NewCase = Omit<components["schemas"]["OpenCase"], "command_id">;

/** Opening may be tried again: the id keeps it one case. */
export function openCase(commandId: string, fields: NewCase): Promise<{ case: string; participant: string }> {
  return request("POST", "/api/cases", { body: { ...fields, command_id: commandId }, tries: 5 });
}

/** With `files`, those of the person's rooms are in it. */
export function bundleUrl(caseId: string, files = false): string {
  return `/api/cases/${caseId}/bundle${files ? "?files=true" : ""}`;
}

export type Seal = components["schemas"]["Seal"];

/** The newest seal over the papers: what to note down today, and compare a record with later. */
export function newestSeal(caseId: string): Promise<Seal> {
  return request<Seal>("GET", `/api/cases/${caseId}/seal`);
}
