/** Going from page to page: the address is the state, the back button works, and focus follows. */
import { useEffect, useSyncExternalStore } from "react";

const watchers = new Set<() => void>();

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("popstate", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("popstate", watcher);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** The part of the page that is asked for, with its "#"; "" for the page as such. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}

/** Go to one of our own pages; `replace` leaves no way back to this one. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (new URL(to, location.href).origin !== location.origin) throw new Error(`Not one of our pages: ${to}`);
  if (options.replace === true) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  window.scrollTo(0, 0);
  for (const watcher of watchers) watcher();
  // Once the page is drawn; the browser itself only does this for links it follows alone.
  const part = location.hash.slice(1);
  if (part !== "") requestAnimationFrame(() => document.getElementById(part)?.scrollIntoView());
}

/** Name the page: in the window's title, and for screen readers by moving the focus to its heading. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading === null || document.activeElement !== document.body) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, []);
}
