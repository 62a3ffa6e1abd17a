/** What goes to an institution: the pack as data, and its addresses for saving. */
import { request } from "./client";
import type { PackField, Party, ReferralText, Role, Tier } from "./types";

/** The pack as the server freezes it, in the order in which it is read. */
export interface Pack extends ReferralText {
  title: string;
  opened_at: string;
  proposed_by: Party;
  agreed: readonly { party: Party; at: string }[];
  parties: readonly {
    party: Party;
    name: string;
    place: string;
    capacity: string;
    contact: string;
    people: readonly { name: string; role: Role; title: string }[];
  }[];
  steps: readonly { step: Tier; how: "taken" | "skipped"; at: string | null }[];
  mediation: { began_at: string; ended_at: string | null; mediator: string } | null;
  sessions: readonly { opened_at: string; closed_at: string | null; attended: readonly string[] }[];
  /** Left out where there were none. */
  meetings?: readonly { step: Tier; starts_at: string; ends_at: string; attended: readonly string[] }[];
  exhibits: readonly { number: number; party: Party; name: string; size: number; sha256: string }[];
  gaps: readonly { field: PackField; party: Party | null }[];
}

export type PackForm = "pack.pdf" | "pack.docx" | "pack.json" | "pack.zip";

export function packUrl(caseId: string, referral: string, form: PackForm, language: string): string {
  return `/api/cases/${caseId}/referrals/${referral}/${form}?language=${language}`;
}

export function readPack(caseId: string, referral: string): Promise<Pack> {
  return request("GET", packUrl(caseId, referral, "pack.json", "en"));
}
