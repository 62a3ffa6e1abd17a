/** Signing in and out, who one is, and what belongs to one's account. */
import { Refused, request } from "./client";

export interface Account {
  account_id: string;
  name: string;
  kind: "staff" | "guest";
  email: string | null;
  administrator?: boolean;
}

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

export interface Passkey {
  passkey: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}

export interface SessionSeen {
  session: string;
  /** In words, such as "Firefox on Linux"; empty for a browser that does not say. */
  device: string;
  created_at: string;
  last_seen_at: string;
  current: boolean;
}

export interface AccountDetails {
  account_id: string;
  name: string;
  email: string | null;
  kind: "staff" | "guest";
  administrator: boolean;
  /** In which letters from the portal are written. */
  language: "en" | "de";
  has_password: boolean;
  passkeys: readonly Passkey[];
  sessions: readonly SessionSeen[];
  organisations: readonly { organisation: string; name: string; kind: "business" | "provider"; role: "lead" | "staff" }[];
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

export function chooseLanguage(language: "en" | "de"): Promise<unknown> {
  return request("PUT", "/api/account/language", { body: { language }, tries: 3 });
}
