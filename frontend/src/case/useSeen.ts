/** How far this tab has read in each room. What was there on arrival counts as seen: it is history, not news. */
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { CaseState } from "../live/feed";
import { unreadIn } from "./timeline";

type Seen = Readonly<Record<string, number>>;

const NOTHING: Seen = {};
const watchers = new Set<() => void>();
const seenByCase = new Map<string, Seen>();
const arrived = new Set<string>();

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function lastSeq(state: CaseState, room: string): number {
  return state.entriesByRoom[room]?.at(-1)?.seq ?? 0;
}

function set(caseId: string, seen: Seen) {
  seenByCase.set(caseId, seen);
  for (const watcher of watchers) watcher();
}

/** Unread messages of others by room, and a way to say that a room has been read to its end. */
export function useSeen(caseId: string, state: CaseState): { unread: (room: string) => number; read: (room: string) => void } {
  const seen = useSyncExternalStore(subscribe, () => seenByCase.get(caseId)) ?? NOTHING;
  const me = state.view?.me.participant ?? "";
  useEffect(() => arriveWith(caseId, state), [caseId, state]);

  const read = useCallback(
    (room: string) => {
      const known = seenByCase.get(caseId) ?? NOTHING;
      const last = lastSeq(state, room);
      if (last > (known[room] ?? 0)) set(caseId, { ...known, [room]: last });
    },
    [caseId, state],
  );
  const unread = (room: string) => unreadIn(state.entriesByRoom[room], seen[room] ?? 0, me);
  return { unread, read };
}

/** Take what was there on arrival as read, once per case and tab. */
function arriveWith(caseId: string, state: CaseState): void {
  if (arrived.has(caseId) || state.view === null) return;
  arrived.add(caseId);
  set(caseId, { ...state.heads, ...seenByCase.get(caseId) });
}
