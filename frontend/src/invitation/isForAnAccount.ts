import { Refused } from "../api/client";

/** Whether it was refused because the invited address has an account, which a mail alone does not open. */
export function isForAnAccount(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === "sign-in-instead";
}
