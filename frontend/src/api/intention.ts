import { newCommandId, Refused } from "./client";

/**
 * What somebody means to do, under one id until it is answered.
 *
 * The same words sent again after silence or a fault keep their id and so take effect once; other words are another
 * intention, and a clear no ends it.
 */
export class Intention {
  #open: { words: string; id: string } | null = null;

  idFor(...words: readonly unknown[]): string {
    const said = JSON.stringify(words);
    if (this.#open?.words !== said) this.#open = { words: said, id: newCommandId() };
    return this.#open.id;
  }

  done(): void {
    this.#open = null;
  }

  failed(error: unknown): void {
    if (error instanceof Refused && error.problem.status < 500) this.#open = null;
  }
}
