/**
 * Whether an amount goes beyond what a side settled with whoever speaks for it.
 *
 * Worked out here and nowhere else: nobody but the person who is about to act is told, and nothing is sent for it.
 */
import type { LimitView, Money } from "../../api/types";

/** `ended`: its time is over. `other-currency`: there is nothing to compare. `read`: it says something in words. */
export type Found = "ended" | "beyond" | "other-currency" | "read" | "within";

/**
 * `amounts` are those of an offer, a clause or a whole text. They are compared one by one and never added up, because
 * instalments stand beside their sum; of several, the largest has to reach what a side must at least get.
 */
export function beyond(limit: LimitView, amounts: readonly Money[], now: number): Found {
  if (limit.until !== null && Date.parse(limit.until) <= now) return "ended";
  const most = limit.amount;
  const others: Found = limit.terms === "" ? "within" : "read";
  if (most === null || amounts.length === 0) return others;
  const same = amounts.filter((one) => one.currency === most.currency).map((one) => one.minor);
  if (same.length === 0) return "other-currency";
  const largest = Math.max(...same);
  if (limit.meaning === "at-most" ? largest > most.minor : largest < most.minor) return "beyond";
  return same.length < amounts.length ? "other-currency" : others;
}
