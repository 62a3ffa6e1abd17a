/** Places in the text for what stands beside a clause: one under each, one above the first. The page fills them. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { clausesOf } from "./clauses";
import { schema } from "./schema";

/** The place above the first clause. */
export const ABOVE = "above";

/** The places by clause id; an element stays the same for as long as the editor is open. */
export type Places = ReadonlyMap<string, HTMLElement>;

export const besideKey = new PluginKey<DecorationSet>("beside clauses");

/** The clause that is read with everybody, drawn so that nobody looks for it. */
export const readingKey = new PluginKey<string | null>("clause being read");

export class Beside {
  readonly #elements = new Map<string, HTMLElement>();

  place(id: string): HTMLElement {
    let element = this.#elements.get(id);
    if (element === undefined) {
      element = document.createElement("div");
      element.className = "beside";
      this.#elements.set(id, element);
    }
    return element;
  }

  plugin(): Plugin<DecorationSet> {
    return new Plugin<DecorationSet>({
      key: besideKey,
      state: {
        init: (_, state) => this.#draw(state.doc),
        apply: (tr, now) => (tr.docChanged ? this.#draw(tr.doc) : now),
      },
      props: { decorations: (state) => besideKey.getState(state) },
    });
  }

  #draw(doc: Node): DecorationSet {
    const drawn: Decoration[] = [];
    const seen = new Set<string>();
    const put = (pos: number, id: string, side: number) => {
      drawn.push(
        Decoration.widget(pos, () => this.place(id), { side, key: `beside ${id}`, ignoreSelection: true, stopEvent: () => true }),
      );
    };
    const starts: number[] = [];
    doc.forEach((node, pos) => {
      if (node.type !== schema.nodes.clause) return;
      starts.push(pos);
      const id = String(node.attrs["id"] ?? "");
      // A copy that has not yet an id of its own has no place of its own either.
      if (id === "" || seen.has(id)) return;
      seen.add(id);
      put(pos + node.nodeSize, id, -1);
    });
    put(starts[0] ?? doc.content.size, ABOVE, starts.length === 0 ? 1 : -2);
    return DecorationSet.create(doc, drawn);
  }
}

/** Draws the clause that the mediator reads with everybody. */
export function readTogether(): Plugin<string | null> {
  return new Plugin<string | null>({
    key: readingKey,
    state: {
      init: () => null,
      apply: (tr, now) => {
        const next = tr.getMeta(readingKey) as { clause: string | null } | undefined;
        return next === undefined ? now : next.clause;
      },
    },
    props: {
      decorations: (state) => {
        const reading = readingKey.getState(state) ?? null;
        if (reading === null) return null;
        const drawn: Decoration[] = [];
        state.doc.forEach((node, pos) => {
          if (node.type === schema.nodes.clause && node.attrs["id"] === reading) drawn.push(Decoration.node(pos, pos + node.nodeSize, { class: "clause-read-now" }));
        });
        return DecorationSet.create(state.doc, drawn);
      },
    },
  });
}

/** The ids that have a place now, in their order. */
export function placedIds(doc: Node): readonly string[] {
  return [...new Set(clausesOf(doc).map((one) => one.id))].filter((id) => id !== "");
}
