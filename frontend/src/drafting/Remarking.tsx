/** Beside words that are selected: the way to say something of them. Under a press on remarked words: the way to what was said. */
import { useLingui } from "@lingui/react/macro";
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui";
import { type Selected, selectedBetween } from "./anchors";

/** What the browser has selected within the text; null when nothing, or something beside the text. */
export function selectedNow(view: EditorView): Selected | null {
  const selection = window.getSelection();
  if (view.isDestroyed || selection === null || selection.isCollapsed) return null;
  const { anchorNode, focusNode } = selection;
  if (anchorNode === null || focusNode === null) return null;
  const isText = (node: globalThis.Node) => view.dom.contains(node) && (node instanceof Element ? node : node.parentElement)?.closest(".beside, .clause-source") === null;
  if (!isText(anchorNode) || !isText(focusNode)) return null;
  return selectedBetween(view.state, view.posAtDOM(anchorNode, selection.anchorOffset), view.posAtDOM(focusNode, selection.focusOffset));
}

interface Place {
  top: number;
  left: number;
}

/** Under the end of the words, within the sheet. */
function placeUnder(view: EditorView, at: number, box: HTMLElement): Place {
  const sheet = (box.offsetParent ?? box).getBoundingClientRect();
  const end = view.coordsAtPos(Math.min(at, view.state.doc.content.size), -1);
  const left = Math.max(8, Math.min(end.left - sheet.left - 40, sheet.width - box.offsetWidth - 8));
  return { top: end.bottom - sheet.top + 8, left };
}

interface RemarkingProps {
  view: EditorView;
  /** The text as it is shown: when others write, the words may be elsewhere. */
  doc: Node;
  /** Remarks under the last press. */
  pressed: { at: number; ids: readonly string[] } | null;
  onComment?: ((selected: Selected) => void) | undefined;
  onRemark?: ((id: string) => void) | undefined;
}

export function Remarking({ view, doc, pressed, onComment, onRemark }: RemarkingProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<Selected | null>(null);
  const isOpen = onComment !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    const look = () => {
      // A finger on the button may take the selection away before it is pressed.
      if (box.current?.contains(document.activeElement) === true) return;
      setSelected(selectedNow(view));
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [view, isOpen]);
  useEffect(() => {
    if (onComment === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyM") return;
      const now = selectedNow(view);
      if (now === null) return;
      event.preventDefault();
      onComment(now);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [view, onComment]);

  const [readIn, setReadIn] = useState(doc);
  if (readIn !== doc) {
    setReadIn(doc);
    if (selected !== null) setSelected(selectedNow(view));
  }
  const at = selected?.to ?? pressed?.at ?? null;
  // With every drawing: what comes and goes beside the clauses moves the words too.
  useEffect(() => {
    const element = box.current;
    if (at === null || element === null || view.isDestroyed) return;
    const { top, left } = placeUnder(view, at, element);
    element.style.setProperty("--top", `${top}px`);
    element.style.setProperty("--left", `${left}px`);
  });

  const first = pressed?.ids[0];
  if (selected !== null && onComment !== undefined) {
    return (
      <div ref={box} className="remark-bubble not-in-print">
        <Button
          small
          kind="primary"
          icon="speech"
          onPress={() => {
            onComment(selected);
            setSelected(null);
          }}
        >
          {t`Comment on these words`}
        </Button>
      </div>
    );
  }
  if (first === undefined || onRemark === undefined) return null;
  return (
    <div ref={box} className="remark-bubble not-in-print">
      <Button small kind="primary" icon="speech" onPress={() => onRemark(first)}>
        {t`Open the comment`}
      </Button>
    </div>
  );
}
