/** Who is signed in, asked once and shared by every page. */
import { useEffect, useSyncExternalStore } from "react";
import { whoAmI, signOut, type Account } from "../api/account";

export type Who =
  | { state: "asking" }
  | { state: "nobody" }
  | { state: "known"; account: Account };

let who: Who = { state: "asking" };
let asking: Promise<void> | null = null;
const watchers = new Set<() => void>();

const farewells = new Set<() => void>();

/** Be told when whoever was signed in here is no longer: what one person had open, the next must not find. */
export function onFarewell(forget: () => void): void {
  farewells.add(forget);
}

function set(next: Who) {
  const isSame = who.state !== "known" || (next.state === "known" && next.account.account_id === who.account.account_id);
  who = next;
  if (!isSame) for (const forget of farewells) forget();
  for (const watcher of watchers) watcher();
}

/** Signed in just now, as this account. */
export function isKnown(account: Account): void {
  set({ state: "known", account });
}

/** Ask the server again: after an invitation was accepted, or when a session may have ended. */
export function askAgain(): Promise<void> {
  asking ??= whoAmI()
    .then((account) => set(account === null ? { state: "nobody" } : { state: "known", account }))
    .catch((error: unknown) => {
      console.error(error);
      set({ state: "nobody" });
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}

export function useAccount(): Who {
  const now = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => who,
  );
  useEffect(() => {
    if (now.state === "asking") void askAgain();
  }, [now.state]);
  return now;
}

/** End the session here. The caller decides where to go and forgets drafts. */
export async function leavePortal(): Promise<void> {
  await signOut();
  set({ state: "nobody" });
}
