/**
 * "I hold what you wrote": each browser tells, beside its cursor, how far it has the others' writing. The server passes
 * the cursor object on unread, so nothing is asked of it, and a browser that says nothing counts as not having it.
 */
import type { Awareness } from "y-protocols/awareness";
import type { Doc } from "yjs";

/** How far somebody's writing is known here: a Yjs clock by client id. */
type Held = Readonly<Record<string, number>>;

export interface Caret {
  anchor: unknown;
  head: unknown;
}

interface SharedCursor extends Partial<Caret> {
  held: Held;
}

/** Telling at once after every keystroke of somebody else would double the traffic. */
const TELL_AFTER_MS = 300;

function clocks(doc: Doc): Map<number, number> {
  const all = new Map<number, number>();
  for (const client of doc.store.clients.keys()) {
    const structs = doc.store.clients.get(client);
    const last = structs?.[structs.length - 1];
    if (last !== undefined) all.set(client, last.id.clock + last.length);
  }
  return all;
}

function heldOf(state: unknown): Held {
  if (typeof state !== "object" || state === null || !("cursor" in state)) return {};
  const { cursor } = state;
  if (typeof cursor !== "object" || cursor === null || !("held" in cursor)) return {};
  const { held } = cursor;
  return typeof held === "object" && held !== null ? (held as Held) : {};
}

/** The other browsers on this document, and how many of them hold everything written in this one. */
export function countUpToDate(doc: Doc, awareness: Awareness): { others: number; upToDate: number } {
  const mine = clocks(doc).get(doc.clientID) ?? 0;
  let others = 0;
  let upToDate = 0;
  for (const [client, state] of awareness.getStates()) {
    if (client === doc.clientID) continue;
    others += 1;
    const held = heldOf(state)[String(doc.clientID)];
    if (mine === 0 || (typeof held === "number" && held >= mine)) upToDate += 1;
  }
  return { others, upToDate };
}

/** Keeps telling the others how far their writing is held here, and where the caret is. */
export class Telling {
  readonly doc: Doc;
  readonly #awareness: Awareness;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #caret: Caret | null = null;
  #told = "";

  constructor(doc: Doc, awareness: Awareness) {
    this.doc = doc;
    this.#awareness = awareness;
    doc.on("update", this.#soon);
    awareness.on("change", this.#someoneCame);
    this.#tell();
  }

  /** One's own caret goes out at once: others follow it with their eyes. */
  caretIs(caret: Caret | null): void {
    this.#caret = caret;
    this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.doc.off("update", this.#soon);
    this.#awareness.off("change", this.#someoneCame);
  }

  readonly #soon = () => {
    this.#timer ??= setTimeout(() => this.#tell(), TELL_AFTER_MS);
  };

  readonly #someoneCame = ({ added }: { added: number[] }) => {
    if (added.length > 0) this.#soon();
  };

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#awareness.getLocalState() === null) return;
    const known = clocks(this.doc);
    const held: Record<string, number> = {};
    for (const client of this.#awareness.getStates().keys()) {
      const clock = known.get(client);
      if (client !== this.doc.clientID && clock !== undefined) held[String(client)] = clock;
    }
    const cursor: SharedCursor = { held, ...(this.#caret ?? {}) };
    const words = JSON.stringify(cursor);
    if (words === this.#told) return;
    this.#told = words;
    this.#awareness.setLocalStateField("cursor", cursor);
  }
}
