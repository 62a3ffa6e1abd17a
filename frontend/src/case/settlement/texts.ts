/** The settlement's text and its kept versions, as JSON. */
import type { NodeJson } from "../../drafting/canonical";
import { request } from "../../api/client";

export async function textNow(caseId: string): Promise<NodeJson> {
  return (await request<{ node: NodeJson }>("GET", `/api/cases/${caseId}/text`)).node;
}

export async function keptVersion(caseId: string, version: string): Promise<NodeJson> {
  return (await request<{ node: NodeJson }>("GET", `/api/cases/${caseId}/versions/${version}`)).node;
}
