/** What is still to be filled in, in a wording: [square brackets] on one line, with something in them. */
const BLANK = /(\[[^[\]\n]+\])/u;

export interface Part {
  text: string;
  isBlank: boolean;
}

/** The wording in one piece after the other. */
export function partsOf(words: string): readonly Part[] {
  return words
    .split(BLANK)
    .map((text, place) => ({ text, isBlank: place % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

/** Each blank once, as it stands there. */
export function blanksOf(words: string): readonly string[] {
  return [...new Set(partsOf(words).flatMap(({ text, isBlank }) => (isBlank ? [text] : [])))];
}
