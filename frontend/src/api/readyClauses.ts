/** Ready clauses: those a provider's leads write, and those that are offered on a case. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type ClauseVersion = Shapes["ClauseVersion"];
export type ProvidersClauses = Shapes["ProvidersClauses"];
export type ReadyClause = Shapes["ReadyClause"];
/** What is written of a clause; everything else about it follows. */
export type ClauseDraft = Required<Omit<Shapes["WriteClause"], "version">>;

export function providersClauses(provider: string): Promise<ProvidersClauses> {
  return request("GET", `/api/providers/${provider}/clauses`);
}

/** The newest first. */
export async function versionsOf(provider: string, clause: string): Promise<readonly ClauseVersion[]> {
  return (await request<Shapes["ClauseVersions"]>("GET", `/api/providers/${provider}/clauses/${clause}`)).versions;
}

/** Written once, however often it is sent: the clause's id and the version name it. */
export function writeClause(provider: string, clause: string, version: number, draft: ClauseDraft): Promise<ClauseVersion> {
  return request("PUT", `/api/providers/${provider}/clauses/${clause}`, { body: { ...draft, version }, tries: 3 });
}

export async function offeredClauses(caseId: string): Promise<readonly ReadyClause[]> {
  return (await request<Shapes["ReadyClauses"]>("GET", `/api/cases/${caseId}/ready-clauses`)).clauses;
}
