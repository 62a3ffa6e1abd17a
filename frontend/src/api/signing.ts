/** Signing the settlement: the text that is signed, showing who one is, and the signature. */
import { request } from "./client";
import type { Challenge } from "./account";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type TextView = Shapes["TextView"];
export type CodeSent = Shapes["CodeSent"];
export type SignFields = Omit<Shapes["Sign"], "command_id">;

/** The text as it is saved; of a frozen one, what is signed. */
export function readText(caseId: string): Promise<TextView> {
  return request<TextView>("GET", `/api/cases/${caseId}/text`);
}

/** Mails six digits to the person's own address, which the answer does not tell. */
export function mailSigningCode(caseId: string): Promise<CodeSent> {
  return request<CodeSent>("POST", `/api/cases/${caseId}/signing/code`);
}

export function signingPasskeyOptions(caseId: string): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> {
  return request("POST", `/api/cases/${caseId}/signing/passkey-options`);
}

/** May be sent again after silence: the id keeps it one signature. */
export function sign(caseId: string, commandId: string, fields: SignFields): Promise<unknown> {
  return request("POST", `/api/cases/${caseId}/signatures`, { body: { ...fields, command_id: commandId }, tries: 7 });
}
