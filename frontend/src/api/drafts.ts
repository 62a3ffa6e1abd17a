/** Unsent words: kept per case, room and field for as long as the tab lives, and never carried into another room. */

const watchers = new Map<string, Set<() => void>>();
/** Where storage is refused the words live here instead. */
const memory = new Map<string, string>();

export function draftKey(caseId: string, room: string, field: string): string {
  return `draft ${caseId} ${room} ${field}`;
}

export function readDraft(at: string): string {
  try {
    return sessionStorage.getItem(at) ?? memory.get(at) ?? "";
  } catch {
    return memory.get(at) ?? "";
  }
}

export function writeDraft(at: string, text: string): void {
  try {
    if (text === "") sessionStorage.removeItem(at);
    else sessionStorage.setItem(at, text);
    memory.delete(at);
  } catch {
    memory.set(at, text);
  }
  watchers.get(at)?.forEach((watcher) => watcher());
}

/** Be told when this draft changes; returns how to stop. */
export function watchDraft(at: string, watcher: () => void): () => void {
  const all = watchers.get(at) ?? new Set();
  watchers.set(at, all);
  all.add(watcher);
  return () => {
    all.delete(watcher);
    if (all.size === 0) watchers.delete(at);
  };
}

/** Drop every unsent word of this tab: at signing out, the next person must not find them. */
export function forgetDrafts(): void {
  memory.clear();
  try {
    for (const at of Object.keys(sessionStorage)) if (at.startsWith("draft ")) sessionStorage.removeItem(at);
  } catch {
    // Nothing was kept there.
  }
}
