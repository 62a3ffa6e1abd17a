const CURRENCIES = ["EUR", "CHF", "GBP", "USD", "PLN", "SEK", "DKK", "NOK", "CZK", "JPY"] as const;

/** Currencies to choose from, the case's own first. */
export function currenciesFrom(first: string): readonly string[] {
  return [...new Set([first, ...CURRENCIES])];
}
