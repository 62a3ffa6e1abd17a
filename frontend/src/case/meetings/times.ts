/** Times as people write and read them: typed by one's own clocks, sent as moments, shown by everybody's own. */

/** The IANA name of this reader's zone. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const two = (figure: number) => String(figure).padStart(2, "0");

/** "2026-03-24" by this reader's clocks. */
export function dayOf(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** "10:00" by this reader's clocks. */
export function clockOf(moment: Date): string {
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/**
 * The moment of a day ("2026-03-24") and an hour ("10:00") by this reader's clocks; null when there is none, as in the
 * night when the clocks go forward. Of an hour that comes twice, the first.
 */
export function momentOf(day: string, clock: string): Date | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const time = /^(\d{2}):(\d{2})$/.exec(clock);
  if (date === null || time === null) return null;
  const moment = new Date(Number(date[1]), Number(date[2]) - 1, Number(date[3]), Number(time[1]), Number(time[2]));
  return dayOf(moment) === day && clockOf(moment) === clock ? moment : null;
}

/** The last minute of a day by this reader's clocks. */
export function endOf(day: string): Date | null {
  return momentOf(day, "23:59") ?? momentOf(day, "22:59");
}

/** "Tuesday, 24 March 2026, 10:00 – 11:00 CET" by the clocks of a zone; the reader's own if none is given. */
export function spelled(startsAt: string, endsAt: string, locale: string, zone?: string): string {
  const form = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return form.formatRange(new Date(startsAt), new Date(endsAt));
}

/** Until when something holds: the day alone where it holds until its end. */
export function endSpelled(at: string, locale: string): string {
  const moment = new Date(at);
  const isWholeDay = endOf(dayOf(moment))?.getTime() === moment.getTime();
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", ...(isWholeDay ? {} : { timeStyle: "short" }) }).format(moment);
}

/** Whether the clocks of two zones show different hours at a moment. */
export function differ(one: string, other: string, at: string): boolean {
  const shown = (zone: string) => new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(new Date(at));
  try {
    return shown(one) !== shown(other);
  } catch {
    // A zone that this browser does not know yet cannot be compared.
    return false;
  }
}

/** "Europe/Berlin" as people say it: "Berlin". */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** The address of a call, if that is what is written; https alone, so that no address runs anything. */
export function linkIn(where: string): string | null {
  return /^https:\/\/[^\s]+$/i.test(where) ? where : null;
}
