/** The room one is looking at, and what stands beside the table: kept while going from screen to screen of a case. */
import { useCallback, useSyncExternalStore } from "react";
import type { CaseView } from "../api/types";
import { firstRoom } from "./rooms";

const chosen = new Map<string, string>();
const watchers = new Set<() => void>();

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function chooseRoom(caseId: string, room: string): void {
  if (chosen.get(caseId) === room) return;
  chosen.set(caseId, room);
  for (const watcher of watchers) watcher();
}

/** The chosen room as long as the viewer is in it; else the first. `null` when there is none to speak in. */
export function useRoomChoice(view: CaseView): readonly [string | null, (room: string) => void] {
  const wish = useSyncExternalStore(subscribe, () => chosen.get(view.case));
  const room = view.rooms.some((one) => one.room === wish) ? (wish ?? null) : firstRoom(view);
  const choose = useCallback((next: string) => chooseRoom(view.case, next), [view.case]);
  return [room, choose];
}

export type BesideTable = "talk" | "desk";

const beside = new Map<string, BesideTable>();

export function chooseBeside(caseId: string, next: BesideTable): void {
  beside.set(caseId, next);
  for (const watcher of watchers) watcher();
}

/** The mediator's choice between the conversation and the desk; a window that is resized does not change it. */
export function useBesideChoice(caseId: string): readonly [BesideTable, (next: BesideTable) => void] {
  const shown = useSyncExternalStore(subscribe, () => beside.get(caseId)) ?? "talk";
  const choose = useCallback((next: BesideTable) => chooseBeside(caseId, next), [caseId]);
  return [shown, choose];
}
