/** How much room the screen gives: a phone takes one thing at a time, a wide screen the conversation beside the table. */
import { useSyncExternalStore } from "react";

export type Width = "narrow" | "columns" | "wide";

const columns = matchMedia("(min-width: 64rem)");
const wide = matchMedia("(min-width: 78rem)");
/** A window that passes through other widths, as when it is printed or pictured, must not rebuild the screen under one's hands. */
const SETTLED_AFTER_MS = 150;

function read(): Width {
  if (wide.matches) return "wide";
  return columns.matches ? "columns" : "narrow";
}

const watchers = new Set<() => void>();
let settled: Width | null = null;
let settling: ReturnType<typeof setTimeout> | undefined;

function onChange() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    settled = read();
    for (const watcher of watchers) watcher();
  }, SETTLED_AFTER_MS);
}

function subscribe(watcher: () => void) {
  if (watchers.size === 0) for (const query of [columns, wide]) query.addEventListener("change", onChange);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    for (const query of [columns, wide]) query.removeEventListener("change", onChange);
    clearTimeout(settling);
    settled = null;
  };
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, () => (settled ??= read()));
}
