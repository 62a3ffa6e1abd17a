/** The others' cursors, with their names. Colours come from classes: the security policy allows no style attributes. */
import type { DecorationAttrs } from "prosemirror-view";
import type { Plugin } from "prosemirror-state";
import { yCursorPlugin } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import { CARET } from "./heard";

interface Writer {
  name?: unknown;
  color?: unknown;
  tone?: string;
}

const TONES = new Set(["cursor-1", "cursor-2", "cursor-3", "cursor-4", "cursor-5", "cursor-6", "cursor-7", "cursor-8"]);

function toneOf(user: Writer): string {
  return user.tone ?? "cursor-1";
}

/** y-prosemirror asks for a hexadecimal colour and complains on every keystroke without one; ours is a class. */
function keepTone(user: Writer): void {
  if (user.tone !== undefined) return;
  user.tone = typeof user.color === "string" && TONES.has(user.color) ? user.color : "cursor-1";
  user.color = "#000000";
}

function caret(user: Writer): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `caret ${toneOf(user)}`;
  const name = document.createElement("span");
  name.className = "caret-name";
  name.textContent = typeof user.name === "string" ? user.name : "";
  // Word joiners keep a line from breaking at the cursor.
  mark.append("\u2060", name, "\u2060");
  return mark;
}

function selection(user: Writer): DecorationAttrs {
  return { class: `caret-selection ${toneOf(user)}` };
}

export function carets(awareness: Awareness): Plugin {
  const plugin: Plugin = yCursorPlugin(
    awareness,
    {
      awarenessStateFilter: (mine: number, theirs: number, state: unknown) => {
        if (mine === theirs || typeof state !== "object" || state === null) return false;
        const { user, cursor } = state as { user?: Writer; cursor?: { anchor?: unknown } | null };
        if (user === undefined || cursor?.anchor === undefined) return false;
        keepTone(user);
        return true;
      },
      cursorBuilder: caret as (user: unknown) => HTMLElement,
      selectionBuilder: selection as (user: unknown) => DecorationAttrs,
    },
    CARET,
  ) as Plugin;
  return plugin;
}
