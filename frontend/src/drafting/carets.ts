/** The others' cursors, with their names. Colours come from classes: the security policy allows no style attributes. */
import type { DecorationAttrs } from "prosemirror-view";
import type { Plugin } from "prosemirror-state";
import { yCursorPlugin } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import type { Caret, Telling } from "./heard";

interface Writer {
  name: string;
  /** y-prosemirror wants a hexadecimal colour and complains at every keystroke without one; ours is a class. */
  color: "#000000";
  tone: string;
}

const TONE = /^cursor-[1-8]$/;

function writerOf(user: unknown): Writer {
  const { name, color } = (typeof user === "object" && user !== null ? user : {}) as { name?: unknown; color?: unknown };
  return {
    name: typeof name === "string" ? name : "",
    color: "#000000",
    tone: typeof color === "string" && TONE.test(color) ? color : "cursor-1",
  };
}

/** Awareness as y-prosemirror knows it: a cursor is a caret and nothing else. What else travels in it is our affair. */
class CaretsOnly {
  readonly #awareness: Awareness;
  readonly #telling: Telling;
  #own: Caret | null = null;

  constructor(awareness: Awareness, telling: Telling) {
    this.#awareness = awareness;
    this.#telling = telling;
  }

  getStates(): Map<number, { user: Writer; cursor: Caret | null }> {
    const all = new Map<number, { user: Writer; cursor: Caret | null }>();
    for (const [client, state] of this.#awareness.getStates()) {
      const cursor = state["cursor"] as Partial<Caret> | null | undefined;
      const has = cursor?.anchor !== undefined && cursor.head !== undefined;
      all.set(client, { user: writerOf(state["user"]), cursor: has ? { anchor: cursor.anchor, head: cursor.head } : null });
    }
    return all;
  }

  getLocalState(): { cursor: Caret | null } {
    return { cursor: this.#own };
  }

  setLocalStateField(_field: string, caret: Caret | null): void {
    this.#own = caret;
    this.#telling.caretIs(caret);
  }

  on(event: "change", listener: () => void): void {
    this.#awareness.on(event, listener);
  }

  off(event: "change", listener: () => void): void {
    this.#awareness.off(event, listener);
  }
}

function caret(user: Writer): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `caret ${user.tone}`;
  const name = document.createElement("span");
  name.className = "caret-name";
  name.textContent = user.name;
  // Word joiners keep a line from breaking at the cursor.
  mark.append("\u2060", name, "\u2060");
  return mark;
}

function selection(user: Writer): DecorationAttrs {
  return { class: `caret-selection ${user.tone}` };
}

export function carets(awareness: Awareness, telling: Telling): Plugin {
  return yCursorPlugin(new CaretsOnly(awareness, telling) as unknown as Awareness, {
    cursorBuilder: caret as (user: unknown) => HTMLElement,
    selectionBuilder: selection as (user: unknown) => DecorationAttrs,
  }) as Plugin;
}
