/** The case on one page, as its reader may know it. */
import { request } from "./client";
import type { components } from "./schema";

export type Brief = components["schemas"]["Brief"];

export function readBrief(caseId: string): Promise<Brief> {
  return request<Brief>("GET", `/api/cases/${caseId}/brief`);
}

/** To print and to carry away. */
export function briefUrl(caseId: string, language: string): string {
  return `/api/cases/${caseId}/brief.pdf?language=${language}`;
}
