/** Signing in and out, and who one is. */
import { Refused, request } from "./client";

export interface Account {
  account_id: string;
  name: string;
  kind: "staff" | "guest";
  email: string | null;
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
