/** Digits after the point in a currency: 2 for EUR, 0 for JPY. */
function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * An amount as people write it, in whole minor units: "1.250,50", "1,250.50", "1 250" and "1250" are understood alike.
 * A single mark before three digits divides thousands. `null` for nothing, `undefined` for what is no amount.
 */
export function readAmount(typed: string, currency: string): { minor: number; currency: string } | null | undefined {
  const text = typed.normalize("NFKC").replace(/[\s'’€$£]/gu, "");
  if (text === "") return null;
  const match = /^(\d{1,3}(?:([.,])\d{3})*|\d+)(?:([.,])(\d{1,2}))?$/u.exec(text);
  const [, whole, thousands, point, rest = ""] = match ?? [];
  if (whole === undefined || (thousands !== undefined && thousands === point)) return undefined;
  const digits = minorDigits(currency);
  if (rest.length > digits) return undefined;
  const minor = Number(whole.replace(/[.,]/gu, "") + rest.padEnd(digits, "0"));
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}
