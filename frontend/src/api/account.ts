/** Signing in and out, who one is, and what belongs to one's account. */
import { Refused, request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Account = Shapes["SignedIn"];
export type AccountDetails = Shapes["AccountPage"];
export type Passkey = AccountDetails["passkeys"][number];
/** `device` is in words, such as "Firefox on Linux"; empty for a browser that does not say. */
export type SessionSeen = AccountDetails["sessions"][number];
/** `until` is the last day away, as YYYY-MM-DD; null for whoever is there. */
export type Absence = Shapes["Absence"];
export type Language = Account["language"];

/** Who is signed in; `null` when nobody is. */
export async function whoAmI(): Promise<Account | null> {
  try {
    return await request<Account>("GET", "/api/me");
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  }
}

export function signIn(email: string, password: string): Promise<Account> {
  return request<Account>("POST", "/api/sign-in", { body: { email, password } });
}

export function signOut(): Promise<void> {
  return request("POST", "/api/sign-out", { tries: 3 });
}

/** A question to the browser's keys, and what it is called when the answer is sent. */
export interface Challenge<Options> {
  challenge_id: string;
  options: Options;
}

export function passkeySignInOptions(): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> {
  return request("POST", "/api/passkey-sign-in/options");
}

export function passkeySignIn(challengeId: string, credential: unknown): Promise<Account> {
  return request("POST", "/api/passkey-sign-in", { body: { challenge_id: challengeId, credential } });
}

/** The answer is the same whether there is such an account or not. */
export function askForPasswordReset(email: string): Promise<void> {
  return request("POST", "/api/password-resets", { body: { email } });
}

export function choosePassword(token: string, password: string): Promise<void> {
  return request("POST", "/api/password-resets/use", { body: { token, password } });
}

export function readAccount(): Promise<AccountDetails> {
  return request("GET", "/api/account");
}

export function passkeyOptions(): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> {
  return request("POST", "/api/account/passkeys/options");
}

export function addPasskey(challengeId: string, name: string, credential: unknown): Promise<unknown> {
  return request("POST", "/api/account/passkeys", { body: { challenge_id: challengeId, name, credential } });
}

export function removePasskey(passkey: string): Promise<void> {
  return request("DELETE", `/api/account/passkeys/${passkey}`, { tries: 3 });
}

export function endSession(session: string): Promise<void> {
  return request("DELETE", `/api/account/sessions/${session}`, { tries: 3 });
}

export function endOtherSessions(): Promise<void> {
  return request("POST", "/api/account/sessions/end-others", { tries: 3 });
}

export function changePassword(current: string, password: string): Promise<void> {
  return request("PUT", "/api/account/password", { body: { current, password } });
}

export function chooseLanguage(language: Language): Promise<unknown> {
  return request("PUT", "/api/account/language", { body: { language }, tries: 3 });
}

export function myAbsence(): Promise<Absence> {
  return request("GET", "/api/account/absence");
}

/** Without a day one is back; without a colleague the ladder says who stands in. */
export function sayAbsence(until: string | null, standsIn: string | null): Promise<Absence> {
  return request("PUT", "/api/account/absence", { body: { until, stands_in: standsIn }, tries: 3 });
}
