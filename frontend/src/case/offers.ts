/** Where the bargaining stands, read off the ledger. */
import type { Money, OfferView, Party } from "../api/types";

function lastSum(offers: readonly OfferView[], party: Party): Money | null {
  return offers.findLast((one) => one.party === party && one.state !== "withdrawn" && one.amount !== null)?.amount ?? null;
}

/**
 * How far apart the two sides' latest amounts are; `null` while one of them has named none, the currencies differ, or
 * something is accepted and there is no gap to speak of.
 */
export function gapBetween(offers: readonly OfferView[]): Money | null {
  if (offers.some((one) => one.state === "accepted")) return null;
  const business = lastSum(offers, "business");
  const client = lastSum(offers, "client");
  if (business === null || client === null || business.currency !== client.currency) return null;
  return { minor: Math.abs(business.minor - client.minor), currency: business.currency };
}
