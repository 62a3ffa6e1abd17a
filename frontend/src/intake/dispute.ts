/** What a client fills in, as it stands in the fields, kept for as long as the tab lives. */
import { draftKey, readDraft, writeDraft } from "../api/drafts";
import type { NewDispute } from "../api/intake";
import { readAmount } from "./amount";

export const CURRENCIES = ["EUR", "USD", "GBP", "CHF"] as const;

export interface Told {
  title: string;
  category: NewDispute["category"] | null;
  account: string;
  since: string;
  wish: string;
  amount: string;
  currency: (typeof CURRENCIES)[number];
  name: string;
  email: string;
}

export const NOTHING_TOLD: Told = { title: "", category: null, account: "", since: "", wish: "", amount: "", currency: "EUR", name: "", email: "" };

const key = (slug: string) => draftKey(slug, "intake", "dispute");

export function keptOf(slug: string): Told {
  const kept = readDraft(key(slug));
  if (kept === "") return NOTHING_TOLD;
  return { ...NOTHING_TOLD, ...(JSON.parse(kept) as Partial<Told>) };
}

export function keep(slug: string, told: Told | null): void {
  writeDraft(key(slug), told === null ? "" : JSON.stringify(told));
}

export type Fault = "title" | "category" | "account" | "wish" | "amount" | "name" | "email";

/** The fields that are not ready to be sent. */
export function faultsOf(told: Told): ReadonlySet<Fault> {
  const faults = new Set<Fault>();
  for (const field of ["title", "account", "wish", "name"] as const) if (told[field].trim() === "") faults.add(field);
  if (told.category === null) faults.add("category");
  if (readAmount(told.amount, told.currency) === undefined) faults.add("amount");
  if (!/^[^\s@]+@[^\s@]+$/u.test(told.email.trim())) faults.add("email");
  return faults;
}

/** Ready for the server; `null` while something is missing. */
export function disputeOf(told: Told, code: string, language: NewDispute["language"]): NewDispute | null {
  const amount = readAmount(told.amount, told.currency);
  if (told.category === null || amount === undefined || faultsOf(told).size > 0) return null;
  return {
    email: told.email.trim(),
    code,
    name: told.name.trim(),
    category: told.category,
    title: told.title.trim(),
    account: told.account.trim(),
    since: told.since.trim(),
    wish: told.wish.trim(),
    amount,
    language,
  };
}
