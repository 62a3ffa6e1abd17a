/** Looking up a printed paper by the code on it: open to strangers, and told nothing about anybody. */
import { request } from "./client";
import type { components } from "./schema";

export type LookedUp = components["schemas"]["LookedUp"];

export function lookUp(code: string): Promise<LookedUp> {
  return request("POST", "/api/look-ups", { body: { code } });
}
