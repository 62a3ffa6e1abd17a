/** "@Lucia Pirelli": finding the name that is being written, and the names in what was written. Pure. */

/** Somebody who can be mentioned. */
export interface Mentionable {
  participant: string;
  name: string;
}

/** The server takes no more in one message. */
export const MOST_MENTIONED = 8;

/** The beginning of a name behind an @ that the caret stands in: where the @ is, and what is written of the name. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|[\s(„“"])@(?<query>[^@\n]{0,40})$/u.exec(text.slice(0, caret));
  const query = found?.groups?.["query"];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Whose name, or a word of it, begins so. */
export function candidatesFor<P extends Mentionable>(query: string, people: readonly P[]): readonly P[] {
  const sought = query.toLocaleLowerCase();
  if (/^\s/u.test(query)) return [];
  return people.filter(({ name }) => {
    const known = name.toLocaleLowerCase();
    return known.startsWith(sought) || known.split(/\s+/u).some((_, index, words) => words.slice(index).join(" ").startsWith(sought));
  });
}

/** The text with the whole name in place of its beginning, and where the caret goes on. */
export function withMention(text: string, from: number, caret: number, name: string): { text: string; caret: number } {
  const written = `@${name} `;
  // A blank that stands there already is enough.
  const rest = text.slice(caret).replace(/^ /u, "");
  return { text: text.slice(0, from) + written + rest, caret: from + written.length };
}

export interface MentionPart {
  words: string;
  /** Who is mentioned by these words; null for all others. */
  participant: string | null;
}

/** The text in pieces: whole names of these people behind an @, the longest name first, and what stands between. */
export function mentionParts(text: string, people: readonly Mentionable[]): readonly MentionPart[] {
  const named = people.filter((one) => one.name !== "").sort((one, other) => other.name.length - one.name.length);
  const parts: MentionPart[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const who = text[at] === "@" ? named.find(({ name }) => text.startsWith(name, at + 1) && !/^[\p{L}\p{N}]/u.test(text.slice(at + 1 + name.length))) : undefined;
    if (who === undefined) {
      plain += text[at] ?? "";
      at += 1;
      continue;
    }
    if (plain !== "") parts.push({ words: plain, participant: null });
    plain = "";
    parts.push({ words: `@${who.name}`, participant: who.participant });
    at += 1 + who.name.length;
  }
  return plain === "" ? parts : [...parts, { words: plain, participant: null }];
}

/** Who is mentioned in the text, each once. */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  const all = mentionParts(text, people).flatMap((part) => part.participant ?? []);
  return [...new Set(all)].slice(0, MOST_MENTIONED);
}
