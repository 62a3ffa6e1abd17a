import { useCallback, useSyncExternalStore } from "react";
import { draftKey, readDraft, watchDraft, writeDraft } from "../api/drafts";

/**
 * Unsent words of one box in one room, as `[text, change]`; setting it to "" forgets them.
 * `field` tells several boxes of one room apart: "message", "position <issue>", "offer".
 */
export function useDraft(caseId: string, room: string, field: string): readonly [string, (text: string) => void] {
  const at = draftKey(caseId, room, field);
  const subscribe = useCallback((watcher: () => void) => watchDraft(at, watcher), [at]);
  const text = useSyncExternalStore(subscribe, () => readDraft(at));
  const change = useCallback((next: string) => writeDraft(at, next), [at]);
  return [text, change];
}
