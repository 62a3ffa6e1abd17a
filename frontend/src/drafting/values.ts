/** What attributes in a text may hold. Known to every screen that shows one, also without the editor. */

const SAFE_LINK = /^(?:https:\/\/|mailto:)[^\s]+$/i;

/** Whether a link may be followed: https and mail only, so that no address runs anything. */
export function isSafeLink(href: unknown): href is string {
  return typeof href === "string" && href.length <= 2000 && SAFE_LINK.test(href);
}

const CLAUSE = /^[0-9a-f]{32}$/;
const CURRENCY = /^[A-Z]{3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether this names a clause by its id. */
export function isClauseId(value: unknown): value is string {
  return typeof value === "string" && CLAUSE.test(value);
}

/** An amount as a mark holds it: the minor unit of a currency (cents for EUR). */
export interface Amount {
  minor: number;
  currency: string;
}

/** The amount that a mark's attributes tell, or null: another browser may have written anything. */
export function amountOf(attrs: Readonly<Record<string, unknown>> | undefined): Amount | null {
  const minor = attrs?.["minor"];
  const currency = attrs?.["currency"];
  if (typeof minor !== "number" || !Number.isInteger(minor) || minor < 0 || minor > 1e14) return null;
  return typeof currency === "string" && CURRENCY.test(currency) ? { minor, currency } : null;
}

/** The day ("2027-03-31") that a mark's attributes tell, or null when there is no such day. */
export function dayOf(attrs: Readonly<Record<string, unknown>> | undefined): string | null {
  const on = attrs?.["on"];
  if (typeof on !== "string" || !DAY.test(on) || on.startsWith("0000")) return null;
  const moment = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(on) ? on : null;
}
