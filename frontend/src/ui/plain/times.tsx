import { useEffect, useState } from "react";

/** Some systems name a language in ways that no browser may take apart, such as "en-US@posix". */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A moment as the page's language writes it; the full date and time is the tooltip. */
export function Moment({ at, show = "date" }: { at: string; show?: "date" | "full" }) {
  const language = document.documentElement.lang;
  // As the person's own region writes dates, in the language they read.
  const locale = navigator.languages.find((tag) => tag.startsWith(language) && isLanguageTag(tag)) ?? language;
  const moment = new Date(at);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(moment);
  return (
    <time dateTime={at} title={full}>
      {show === "full" ? full : new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(moment)}
    </time>
  );
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
