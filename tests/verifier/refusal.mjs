/** What is wrong with a bundle, in a sentence. The first one thrown is the verdict. */
export class Wrong extends Error {}

/** Stops with `sentence` unless `isRight`. */
export function hold(isRight, sentence) {
  if (!isRight) throw new Wrong(sentence);
}

/** Names and words out of a bundle, safe on a terminal: quoted, short, every odd character escaped. */
export function shown(text) {
  const short = String(text).slice(0, 80);
  return JSON.stringify(short).replaceAll(/[^\x20-\x7E]/gu, (odd) => `\\u{${odd.codePointAt(0).toString(16)}}`);
}
