/** Enough to catch a slip of the finger; whether the address exists is for the mail to find out. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(text);
}
