/** Whether a wording follows a ready clause, whoever wrote it and however it came into the text. */
import { partsOf } from "./blanks";

/** How much of what is not to be filled in must be there: a word changed here and there still follows. */
const ENOUGH = 0.6;

/** Every three words that stand together. */
function triplesOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(2).map((third, place) => `${words[place] ?? ""} ${words[place + 1] ?? ""} ${third}`);
}

const known = new WeakMap<object, readonly string[]>();

/** Of a ready clause, but for its blanks: they are filled in otherwise each time. */
function triplesOfReady(one: { words: string }): readonly string[] {
  const found = known.get(one) ?? partsOf(one.words).flatMap(({ text, isBlank }) => (isBlank ? [] : triplesOf(text)));
  known.set(one, found);
  return found;
}

/** The ready clause that a wording follows most; null when it follows none. */
export function followedBy<T extends { words: string }>(text: string, ready: readonly T[]): T | null {
  const said = new Set(triplesOf(text));
  let [best, most]: [T | null, number] = [null, 0];
  for (const one of said.size === 0 ? [] : ready) {
    const triples = triplesOfReady(one);
    const share = triples.filter((triple) => said.has(triple)).length / triples.length;
    if (share >= ENOUGH && share > most) [best, most] = [one, share];
  }
  return best;
}
