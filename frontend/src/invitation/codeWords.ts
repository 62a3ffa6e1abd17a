/** What somebody types or pastes as their code. */

export const CODE_LENGTH = 6;

/** The digits of it, whatever stands around them: "Your code: 123 456" is pasted as often as "123456". */
export function digitsOf(typed: string): string {
  // In the digits of any script, as a phone's keyboard may give them.
  const digits = Array.from(typed.normalize("NFKC")).filter((one) => /\p{Nd}/u.test(one)).map(toLatin);
  return digits.slice(0, CODE_LENGTH).join("");
}

function toLatin(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  if (point <= 0x39) return digit;
  // Every script's ten digits stand in a row; the row begins where the first that is no digit precedes it.
  let zero = point;
  while (zero > 0 && point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

/** Seconds as "0:42" or "9:05". */
export function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
