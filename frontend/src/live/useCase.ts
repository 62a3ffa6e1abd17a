/** One feed per case for the whole page, shared by every component that looks at the case. */
import { useSyncExternalStore } from "react";
import { CaseFeed, type CaseState, type Socket } from "./feed";

interface Held {
  feed: CaseFeed;
  users: number;
  ending: ReturnType<typeof setTimeout> | undefined;
  subscribe: (watcher: () => void) => () => void;
}

/** Long enough to go from one screen of the case to the next without hanging up. */
const LINGER_MS = 3_000;
const feeds = new Map<string, Held>();

function feedUrl(caseId: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/cases/${caseId}/feed`;
}

function hold(caseId: string): Held {
  const known = feeds.get(caseId);
  if (known !== undefined) return known;
  const feed = new CaseFeed(feedUrl(caseId), {
    connect: (url) => new WebSocket(url) as unknown as Socket,
    isOnline: () => navigator.onLine,
    random: Math.random,
  });
  const held: Held = {
    feed,
    users: 0,
    ending: undefined,
    subscribe: (watcher) => {
      held.users += 1;
      clearTimeout(held.ending);
      feed.start();
      const unsubscribe = feed.subscribe(watcher);
      return () => {
        unsubscribe();
        held.users -= 1;
        if (held.users > 0) return;
        held.ending = setTimeout(() => {
          feed.stop();
          if (feeds.get(caseId) === held) feeds.delete(caseId);
        }, LINGER_MS);
      };
    },
  };
  feeds.set(caseId, held);
  return held;
}

window.addEventListener("online", () => feeds.forEach((held) => held.feed.hurry()));
window.addEventListener("offline", () => feeds.forEach((held) => held.feed.lost()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") feeds.forEach((held) => held.feed.hurry());
});

/** The live state of a case; connects while somebody looks and for a moment after. */
export function useCase(caseId: string): CaseState {
  const held = hold(caseId);
  return useSyncExternalStore(held.subscribe, held.feed.snapshot);
}

/** Tell the others in the room that one is writing. */
export function sayTyping(caseId: string, room: string): void {
  feeds.get(caseId)?.feed.typing(room);
}
