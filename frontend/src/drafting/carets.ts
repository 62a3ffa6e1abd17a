/** The others' cursors, with their names. Colours come from classes: the security policy allows no style attributes. */
import type { Plugin, StateField } from "prosemirror-state";
import { type DecorationAttrs, DecorationSet } from "prosemirror-view";
import { yCursorPlugin } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON, type Doc } from "yjs";
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

/** Whether Yjs makes sense of a place that another browser told: one that it does not would hide every other caret. */
function canBePlaced(place: unknown, doc: Doc): boolean {
  if (place === undefined) return false;
  try {
    createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(place), doc);
    return true;
  } catch {
    return false;
  }
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
      const has = canBePlaced(cursor?.anchor, this.#telling.doc) && canBePlaced(cursor?.head, this.#telling.doc);
      all.set(client, { user: writerOf(state["user"]), cursor: has ? { anchor: cursor?.anchor, head: cursor?.head } : null });
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

/**
 * Another browser may say anything of its caret. A field that throws keeps the others' words from the screen, and the
 * next keystroke here would then take them out of the text: so a caret that cannot be drawn must cost carets alone.
 */
function harmless(drawing: StateField<DecorationSet>): StateField<DecorationSet> {
  const orNone = (draw: () => DecorationSet) => {
    try {
      return draw();
    } catch {
      return DecorationSet.empty;
    }
  };
  return {
    init(config, state) {
      return orNone(() => drawing.init.call(this, config, state));
    },
    apply(tr, before, old, state) {
      return orNone(() => drawing.apply.call(this, tr, before, old, state));
    },
  };
}

export function carets(awareness: Awareness, telling: Telling): Plugin {
  const plugin = yCursorPlugin(new CaretsOnly(awareness, telling) as unknown as Awareness, {
    cursorBuilder: caret as (user: unknown) => HTMLElement,
    selectionBuilder: selection as (user: unknown) => DecorationAttrs,
  }) as Plugin<DecorationSet>;
  if (plugin.spec.state !== undefined) plugin.spec.state = harmless(plugin.spec.state);
  return plugin;
}
