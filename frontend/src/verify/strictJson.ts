/** JSON as a record has it: no name twice, integers up to 2^53-1 alone, no U+0000, no half of a surrogate pair. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Far more than the portal writes (64), and far less than a stack holds. */
const DEEPEST = 200;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const SPACE = /[ \t\n\r]*/y;
const NOT_ALLOWED = /\p{Surrogate}|\0/u;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value(0);
    if (this.#at < this.#text.length) throw new SyntaxError("more than one value");
    return value;
  }

  #skip(): void {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.#text);
    this.#at = SPACE.lastIndex;
  }

  #value(depth: number): Json {
    if (depth > DEEPEST) throw new SyntaxError("nested too deeply");
    this.#skip();
    const value = this.#inner(depth);
    this.#skip();
    return value;
  }

  #inner(depth: number): Json {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#list(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      case undefined:
      default:
        return this.#number();
    }
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw new SyntaxError("not a value");
    this.#at += word.length;
    return value;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const digits = NUMBER.exec(this.#text)?.[0];
    if (digits === undefined) throw new SyntaxError("not a value, or no integer");
    const value = Number(digits);
    if (digits === "-0" || !Number.isSafeInteger(value)) throw new SyntaxError("an integer beyond 2^53-1");
    this.#at = NUMBER.lastIndex;
    return value;
  }

  #string(): string {
    let end = this.#at;
    for (;;) {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) throw new SyntaxError("a text that does not end");
      let slashes = 0;
      while (this.#text[end - 1 - slashes] === "\\") slashes += 1;
      if (slashes % 2 === 0) break;
    }
    // The browser's own reader knows the escapes, and refuses what must be escaped.
    const value = JSON.parse(this.#text.slice(this.#at, end + 1)) as string;
    if (NOT_ALLOWED.test(value)) throw new SyntaxError("a character that no record holds");
    this.#at = end + 1;
    return value;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #list(depth: number): Json[] {
    const all: Json[] = [];
    this.#at += 1;
    this.#skip();
    if (this.#take("]")) return all;
    do all.push(this.#value(depth + 1));
    while (this.#take(","));
    if (!this.#take("]")) throw new SyntaxError("a list that does not end");
    return all;
  }

  #object(depth: number): { [name: string]: Json } {
    // Without a prototype, so that no name means anything of its own.
    const all = Object.create(null) as { [name: string]: Json };
    this.#at += 1;
    this.#skip();
    if (this.#take("}")) return all;
    do {
      this.#skip();
      if (this.#text[this.#at] !== '"') throw new SyntaxError("an object without a name");
      const name = this.#string();
      if (name in all) throw new SyntaxError("a name that occurs twice");
      this.#skip();
      if (!this.#take(":")) throw new SyntaxError("a name without a value");
      all[name] = this.#value(depth + 1);
    } while (this.#take(","));
    if (!this.#take("}")) throw new SyntaxError("an object that does not end");
    return all;
  }
}

/** Throws `SyntaxError` for anything else. */
export function parseStrictly(text: string): Json {
  return new Reader(text).whole();
}
