/** Addresses of what can be carried away. The browser saves them as they come. */

export type Paper = "settlement.pdf" | "settlement.docx" | "attestation.pdf" | "certificate.pdf" | "certificate.docx";

export function paperUrl(caseId: string, paper: Paper, language: string): string {
  return `/api/cases/${caseId}/papers/${paper}?language=${language}`;
}

/** The text as it is, marked as a draft. */
export function draftUrl(caseId: string, form: "pdf" | "docx", language: string): string {
  return `/api/cases/${caseId}/draft.${form}?language=${language}`;
}
