/** A day ("2027-03-31") as the reader writes it, with its month in words. */
export function formatDay(on: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${on}T00:00:00Z`));
}
