import { useEffect, useState } from "react";
import { regionalTag } from "./regionalTag";

/** A moment as the page's language writes it; the full date and time is the tooltip. */
export function Moment({ at, show = "date" }: { at: string; show?: "date" | "full" }) {
  const language = document.documentElement.lang;
  const locale = regionalTag(language);
  const moment = new Date(at);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(moment);
  return (
    <time dateTime={at} title={full}>
      {show === "full" ? full : new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(moment)}
    </time>
  );
}

/** A day (YYYY-MM-DD), the same wherever it is read. */
export function Day({ on }: { on: string }) {
  const locale = regionalTag(document.documentElement.lang);
  return <time dateTime={on}>{new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(on))}</time>;
}

/** Whole seconds from now until `at` (milliseconds since 1970), never below zero; counts by itself. */
export function useSecondsUntil(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const count = () => setSeconds(Math.max(0, Math.ceil((at - Date.now()) / 1000)));
    count();
    if (at <= Date.now()) return;
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
