/** A small editor on a copy of one clause. What is written here changes nothing until it is sent. */
import { useLingui } from "@lingui/react/macro";
import { setBlockType, toggleMark } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import type { Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { useEffect, useRef, useState } from "react";
import { Toolbar } from "react-aria-components";
import "prosemirror-view/style/prosemirror.css";
import "prosemirror-tables/style/tables.css";
import { IconButton } from "../ui";
import type { NodeJson } from "./canonical";
import { type NamedClause, useReferenceWords } from "./clauseNames";
import { InsertMenu } from "./Insert";
import { clauseSchema, oneClauseState, redo, undo, wordingOf } from "./oneClause";
import "./editor.css";

export interface OneClauseEditorProps {
  /** The wording to begin with; another one needs another `key`. */
  clause: NodeJson;
  label: string;
  onWording: (wording: NodeJson) => void;
  /** The clauses of the text, to be referred to. */
  clauses?: readonly NamedClause[];
  currency?: string | undefined;
}

const NO_CLAUSES: readonly NamedClause[] = [];

function isIn(state: EditorState, name: string): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return true;
  return false;
}

function hasMark(state: EditorState, name: string): boolean {
  const mark = clauseSchema.marks[name];
  if (mark === undefined) return false;
  const { from, to, empty, $from } = state.selection;
  return empty ? mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, mark);
}

const mark =
  (name: string): Command =>
  (state, dispatch) => {
    const type = clauseSchema.marks[name];
    return type !== undefined && toggleMark(type)(state, dispatch);
  };

const list =
  (name: string): Command =>
  (state, dispatch, view) => {
    const { [name]: type, list_item: item, paragraph } = clauseSchema.nodes;
    if (type === undefined || item === undefined || paragraph === undefined) return false;
    if (isIn(state, name)) return liftListItem(item)(state, dispatch, view);
    // A clause begins with a paragraph, so its first line cannot be a list.
    return wrapInList(type)(state, dispatch, view) || setBlockType(paragraph)(state, dispatch, view);
  };

export default function OneClauseEditor({ clause, label, onWording, clauses = NO_CLAUSES, currency }: OneClauseEditorProps) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ view: EditorView; state: EditorState } | null>(null);
  const words = useReferenceWords();
  const latest = useRef({ onWording, label, words, clauses });
  useEffect(() => {
    latest.current = { onWording, label, words, clauses };
  });
  const [first] = useState(clause);

  useEffect(() => {
    if (place.current === null) return;
    const opened = new EditorView(place.current, {
      state: oneClauseState(first, () => (id) => {
        const number = latest.current.clauses.find((one) => one.id === id)?.number ?? null;
        return { words: latest.current.words(number), isGone: number === null };
      }),
      attributes: () => ({ role: "textbox", "aria-multiline": "true", "aria-label": latest.current.label, class: "paper-text one-clause", spellcheck: "true" }),
      dispatchTransaction(tr) {
        const state = opened.state.apply(tr);
        opened.updateState(state);
        setShown({ view: opened, state });
        if (tr.docChanged) latest.current.onWording(wordingOf(state));
      },
    });
    setShown({ view: opened, state: opened.state });
    return () => {
      setShown(null);
      opened.destroy();
    };
  }, [first]);

  const run = (command: Command) => () => {
    if (shown === null) return;
    command(shown.view.state, shown.view.dispatch, shown.view);
    shown.view.focus();
  };
  return (
    <div className="one-clause-box">
      {shown === null ? null : (
        <Toolbar className="editor-toolbar" aria-label={t`Writing tools`}>
          <IconButton icon="bold" label={t`Bold`} aria-pressed={hasMark(shown.state, "strong")} onPress={run(mark("strong"))} />
          <IconButton icon="italic" label={t`Italic`} aria-pressed={hasMark(shown.state, "em")} onPress={run(mark("em"))} />
          <IconButton icon="bullets" label={t`List`} aria-pressed={isIn(shown.state, "bullet_list")} onPress={run(list("bullet_list"))} />
          <IconButton icon="numbers" label={t`Numbered list`} aria-pressed={isIn(shown.state, "ordered_list")} onPress={run(list("ordered_list"))} />
          <InsertMenu view={shown.view} clauses={clauses} currency={currency} />
          <IconButton icon="undo" label={t`Undo`} onPress={run(undo)} />
          <IconButton icon="redo" label={t`Redo`} onPress={run(redo)} />
        </Toolbar>
      )}
      <div ref={place} />
    </div>
  );
}
