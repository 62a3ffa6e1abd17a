/** "As said in clause 3": a reference holds the clause's id and shows its number, whatever that comes to be. */
import type { Node } from "prosemirror-model";
import { type Command, NodeSelection, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView, type NodeView } from "prosemirror-view";

/** The words of a reference; `isGone` when it leads nowhere. */
export interface ReferenceLook {
  words: string;
  isGone: boolean;
}

/** How a reference to this clause reads in this text. */
export type ReferencesIn = (doc: Node) => (clause: unknown) => ReferenceLook;

export const referencesKey = new PluginKey<DecorationSet>("references");

function decorate(doc: Node, looks: ReferencesIn): DecorationSet {
  const look = looks(doc);
  const drawn: Decoration[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name !== "clause_ref") return;
    const { words, isGone } = look(node.attrs["clause"]);
    drawn.push(Decoration.node(pos, pos + node.nodeSize, { class: isGone ? "clause-ref-gone" : "clause-ref-known" }, { words }));
  });
  return DecorationSet.create(doc, drawn);
}

function wordsIn(decorations: readonly Decoration[]): string {
  const specs = decorations.map((one) => (one.spec as { words?: unknown } | null)?.words);
  return specs.find((one) => typeof one === "string") ?? "…";
}

class ReferenceView implements NodeView {
  readonly dom = document.createElement("span");
  readonly #type: Node["type"];

  constructor(node: Node, decorations: readonly Decoration[]) {
    this.#type = node.type;
    this.dom.className = "clause-ref";
    this.dom.contentEditable = "false";
    this.#show(node, decorations);
  }

  update(node: Node, decorations: readonly Decoration[]): boolean {
    if (node.type !== this.#type) return false;
    this.#show(node, decorations);
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }

  #show(node: Node, decorations: readonly Decoration[]): void {
    const clause: unknown = node.attrs["clause"];
    this.dom.dataset["clauseRef"] = typeof clause === "string" ? clause : "";
    const words = wordsIn(decorations);
    if (this.dom.textContent !== words) this.dom.textContent = words;
  }
}

/** Draws the references. `onGo` is told of the clause when somebody wants to follow one. */
export function references(looks: ReferencesIn, onGo: (clause: string) => void): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: referencesKey,
    state: {
      init: (_, state) => decorate(state.doc, looks),
      apply: (tr, now) => (tr.docChanged || tr.getMeta(referencesKey) !== undefined ? decorate(tr.doc, looks) : now),
    },
    props: {
      decorations: (state) => referencesKey.getState(state),
      nodeViews: { clause_ref: (node, _view, _getPos, decorations) => new ReferenceView(node, decorations) },
      handleClickOn(view, _pos, node, _nodePos, event) {
        if (node.type.name !== "clause_ref") return false;
        // Where one writes, a press marks it, so that it can be taken out or changed.
        if (!view.editable || event.ctrlKey || event.metaKey) onGo(String(node.attrs["clause"]));
        return false;
      },
    },
  });
}

/** Put a reference where the cursor is, or in place of what is selected. */
export function referTo(clause: string): Command {
  return (state, dispatch) => {
    const type = state.schema.nodes["clause_ref"];
    const { $from } = state.selection;
    if (type === undefined || !($from.parent.inlineContent || state.selection instanceof NodeSelection)) return false;
    dispatch?.(state.tr.replaceSelectionWith(type.create({ clause }), false).scrollIntoView());
    return true;
  };
}

/** Whether a reference can be put where the cursor is. */
export function mayRefer(view: EditorView): boolean {
  return referTo("")(view.state);
}
