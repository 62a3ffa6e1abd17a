/** How much room the screen gives: a phone takes one thing at a time, a wide screen the conversation beside the table. */
import { useSyncExternalStore } from "react";

export type Width = "narrow" | "columns" | "wide";

const COLUMNS = "(min-width: 64rem)";
const WIDE = "(min-width: 78rem)";

function subscribe(changed: () => void) {
  const queries = [matchMedia(COLUMNS), matchMedia(WIDE)];
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
  };
}

function read(): Width {
  if (matchMedia(WIDE).matches) return "wide";
  return matchMedia(COLUMNS).matches ? "columns" : "narrow";
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, read);
}
