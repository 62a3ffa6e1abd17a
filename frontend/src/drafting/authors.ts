/** Who wrote what: every sign in a shared text knows the browser it was typed in, and the server knows whose that was. */
import { type Node, type Schema } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import { type AbstractType, ContentString, type Item, XmlElement, type XmlFragment, XmlText } from "yjs";
import type { AuthorLook } from "./authorsTold";

/** Words typed in one browser in one go. Positions are those of ProseMirror. */
export interface Written {
  from: number;
  to: number;
  client: number;
  clock: number;
}

function* itemsOf(type: AbstractType<unknown>): Generator<Item> {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) yield item;
}

/** Every run of text in its order, and the size of the whole as ProseMirror counts it. */
export function writtenIn(fragment: XmlFragment, schema: Schema): { runs: Written[]; size: number } {
  const runs: Written[] = [];
  const walk = (type: AbstractType<unknown>, start: number): number => {
    let at = start;
    for (const item of itemsOf(type)) {
      if (item.content instanceof ContentString) {
        runs.push({ from: at, to: at + item.length, client: item.id.client, clock: item.id.clock });
        at += item.length;
        continue;
      }
      const inner = (item.content as { type?: unknown }).type;
      if (inner instanceof XmlText) at = walk(inner as unknown as AbstractType<unknown>, at);
      else if (inner instanceof XmlElement) at = schema.nodes[inner.nodeName]?.isLeaf === true ? at + 1 : walk(inner as unknown as AbstractType<unknown>, at + 1) + 1;
    }
    return at;
  };
  const size = walk(fragment as unknown as AbstractType<unknown>, 0);
  return { runs, size };
}

/** The look of whoever wrote this; null for nobody in particular. */
export type LookOf = (client: number, clock: number) => AuthorLook | null;

interface Shown {
  lookOf: LookOf | null;
  drawn: DecorationSet;
}

export const authorsKey = new PluginKey<Shown>("who wrote this");

function signOf({ sign, name, tone }: AuthorLook): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `author-sign author-${tone}`;
  mark.contentEditable = "false";
  mark.textContent = sign;
  mark.title = name;
  return mark;
}

function draw(state: EditorState, doc: Node, lookOf: LookOf | null): DecorationSet {
  const sync = ySyncPluginKey.getState(state) as { type?: XmlFragment } | undefined;
  if (lookOf === null || sync?.type === undefined) return DecorationSet.empty;
  const { runs, size } = writtenIn(sync.type, doc.type.schema);
  // For a moment the two may differ; colours at wrong words would say something false of people.
  if (size !== doc.content.size) return DecorationSet.empty;
  const drawn: Decoration[] = [];
  let last: { look: AuthorLook | null; to: number; block: Node } | null = null;
  for (const { from, to, client, clock } of runs) {
    const look = lookOf(client, clock);
    const block = doc.resolve(from).parent;
    if (look !== null) {
      drawn.push(Decoration.inline(from, to, { class: `author author-${look.tone}`, title: look.name }));
      const goesOn = last !== null && last.block === block && last.look?.participant === look.participant;
      if (!goesOn) drawn.push(Decoration.widget(from, () => signOf(look), { side: -1, key: `author ${look.participant}`, ignoreSelection: true }));
    }
    last = { look, to, block };
  }
  return DecorationSet.create(doc, drawn);
}

/** Sets off everybody's words while somebody wants to know whose they are; `null` in the meta ends it. */
export function authors(): Plugin<Shown> {
  return new Plugin<Shown>({
    key: authorsKey,
    state: {
      init: () => ({ lookOf: null, drawn: DecorationSet.empty }),
      apply(tr, now, _before, state) {
        const change = tr.getMeta(authorsKey) as { lookOf: LookOf | null } | undefined;
        const lookOf = change === undefined ? now.lookOf : change.lookOf;
        if (change === undefined && (lookOf === null || !tr.docChanged)) return now;
        const meta = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
        // What is typed here reaches Yjs a moment later; until then the colours go along.
        if (change === undefined && meta?.isChangeOrigin !== true) return { lookOf, drawn: now.drawn.map(tr.mapping, tr.doc) };
        return { lookOf, drawn: draw(state, tr.doc, lookOf) };
      },
    },
    props: { decorations: (state) => authorsKey.getState(state)?.drawn },
  });
}
