import { useSyncExternalStore } from "react";
import { useLocale } from "react-aria-components";

const watchers = new Set<() => void>();
let minute = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(changed: () => void) {
  watchers.add(changed);
  if (Date.now() - minute > 30_000) minute = Date.now();
  timer ??= setInterval(() => {
    minute = Date.now();
    for (const watcher of watchers) watcher();
  }, 30_000);
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present in milliseconds, refreshed twice a minute: one clock for all times on the screen. */
function useNow(): number {
  return useSyncExternalStore(subscribe, () => minute);
}

const STEPS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

function relative(at: number, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(at - now) >= length) return words.format(Math.trunc((at - now) / length), unit);
  }
  return words.format(0, "minute");
}

/** A day (YYYY-MM-DD) with its weekday, the same wherever it is read: a date that people keep is no moment. */
export function Day({ on }: { on: string }) {
  const { locale } = useLocale();
  const words = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return <time dateTime={on}>{words.format(new Date(on))}</time>;
}

/** `auto`: "5 minutes ago" within a day, else the date; the full date and time is always the tooltip. */
export function Time({ at, show = "auto" }: { at: string; show?: "auto" | "relative" | "date" | "clock" | "full" }) {
  const { locale } = useLocale();
  const now = useNow();
  const moment = new Date(at);
  const ms = moment.getTime();
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(moment);
  const words = (() => {
    if (show === "full") return full;
    if (show === "clock") return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(moment);
    if (show === "date" || (show === "auto" && Math.abs(now - ms) > 86_400_000)) {
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(moment);
    }
    return relative(ms, now, locale);
  })();
  return (
    <time dateTime={at} title={full}>
      {words}
    </time>
  );
}
