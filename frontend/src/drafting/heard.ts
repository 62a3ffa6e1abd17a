/**
 * "I hold what you wrote": each browser tells, beside its cursor, how far it has the others' writing. The server passes
 * the cursor object on unread, so nothing is asked of it, and a browser that says nothing counts as not having it.
 */
import type { Awareness } from "y-protocols/awareness";
import type { Doc } from "yjs";

/** How far somebody's writing is known here: a Yjs clock by client id. */
type Held = Readonly<Record<string, number>>;

interface Caret {
  anchor: unknown;
  head: unknown;
}

interface SharedCursor extends Partial<Caret> {
  held: Held;
}

/** Where y-prosemirror leaves the local caret; what the others get is composed here, under `cursor`. */
export const CARET = "caret";

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

/** Keep telling the others how far their writing is held here, and where the caret is. Returns how to stop. */
export function tellWhatIsHeld(doc: Doc, awareness: Awareness): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = "";

  const tell = () => {
    timer = undefined;
    const local = awareness.getLocalState();
    if (local === null) return;
    const known = clocks(doc);
    const held: Record<string, number> = {};
    for (const client of awareness.getStates().keys()) {
      const clock = known.get(client);
      if (client !== doc.clientID && clock !== undefined) held[String(client)] = clock;
    }
    const caret = local[CARET] as Caret | null | undefined;
    const cursor: SharedCursor = { held, ...(caret === null || caret === undefined ? {} : caret) };
    const words = JSON.stringify(cursor);
    if (words === told) return;
    told = words;
    awareness.setLocalStateField("cursor", cursor);
  };

  const soon = () => {
    timer ??= setTimeout(tell, TELL_AFTER_MS);
  };
  // One's own caret goes out at once: others follow it with their eyes.
  const onAwareness = ({ added, updated }: { added: number[]; updated: number[] }, origin: unknown) => {
    if (origin === "local" && updated.includes(doc.clientID)) tell();
    else if (added.length > 0) soon();
  };

  doc.on("update", soon);
  awareness.on("change", onAwareness);
  tell();
  return () => {
    clearTimeout(timer);
    doc.off("update", soon);
    awareness.off("change", onAwareness);
  };
}
