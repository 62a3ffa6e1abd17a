/** The shared text: plain ProseMirror on a Yjs document. Loaded only where it is needed; see LazyEditor. */
import { useLingui } from "@lingui/react/macro";
import type { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import "prosemirror-view/style/prosemirror.css";
import "prosemirror-tables/style/tables.css";
import "prosemirror-gapcursor/style/gapcursor.css";
import { createPortal } from "react-dom";
import { anchorsKey, type Found, type Remark, type Selected } from "./anchors";
import { authorsKey } from "./authors";
import type { AuthorLook } from "./authorsTold";
import { ABOVE, Beside, placedIds, readingKey } from "./besideClauses";
import type { NodeJson } from "./canonical";
import { useReferenceWords } from "./clauseNames";
import {
  type ClauseInfo,
  clausesOf,
  type DescribeSource,
  type EditorHandle,
  insertClause,
  insertClauses,
  insertWords,
  lookAtClause,
  markWords,
  numberingKey,
  showClause,
  type TextNow,
} from "./clauses";
import { firstState } from "./plugins";
import { referencesKey } from "./references";
import { Remarking, selectedNow } from "./Remarking";
import { SavingLine } from "./SavingLine";
import { SharedText } from "./sharedText";
import { Toolbar } from "./Toolbar";
import "./editor.css";

export interface EditorProps {
  /** Address of the case's documents, e.g. `/api/cases/<id>/documents`. */
  url: string;
  /** Name of the document, e.g. `settlement.1`. Another name is another text: give the editor a `key` of it. */
  name: string;
  canEdit: boolean;
  /** What the text is, for screen readers. */
  label: string;
  /** What stands in the empty text for those who may write. */
  blank?: string | undefined;
  describeSource: DescribeSource;
  onReady?: (handle: EditorHandle) => void;
  onText?: (text: TextNow) => void;
  /** What stands under a clause; for `null` what stands above the first. */
  beside?: (clause: ClauseInfo | null) => ReactNode;
  /** The clause that is read with everybody. */
  reading?: string | null;
  /** What is said of words in the text. */
  remarks?: readonly Remark[];
  /** Where these words are now, whenever that changes. */
  onFound?: (found: ReadonlyMap<string, Found>) => void;
  /** Somebody wants to say something of the words they have selected; without it nobody may. */
  onComment?: ((selected: Selected) => void) | undefined;
  onRemark?: (id: string) => void;
  /** Ask before a press on remarked words leads away from them: where one writes, it may only be to put the cursor there. */
  asksFirst?: boolean;
  /** The currency of the dispute, to begin with where an amount is marked. */
  currency?: string | undefined;
  /** Whose words these are, while somebody wants to know; `isMine` for those of this very page. */
  lookOf?: ((client: number, clock: number, isMine: boolean) => AuthorLook | null) | null;
}

const NO_REMARKS: readonly Remark[] = [];

function socketUrl(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

export default function Editor(props: EditorProps) {
  const { url, name } = props;
  const [text, setText] = useState<SharedText | null>(null);
  useEffect(() => {
    const opened = new SharedText(socketUrl(url), name);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- a connection is opened by an effect and shown when it is
    setText(opened);
    return () => {
      setText(null);
      opened.close();
    };
  }, [url, name]);
  return text === null ? <SavingLine saving="opening" /> : <OpenText text={text} {...props} />;
}

function OpenText({ text, ...props }: EditorProps & { text: SharedText }) {
  const saving = useSyncExternalStore(text.subscribe, text.saving);
  const [opened, setOpened] = useState(false);
  // Before the text has arrived an empty sheet would look like an empty settlement.
  if (!opened && saving !== "opening" && saving !== "denied") setOpened(true);
  useWarnBeforeLeaving(saving === "editing" || saving === "offline-unsaved");
  return (
    <div className="editor">
      {opened ? <Writing text={text} saving={<SavingLine saving={saving} />} {...props} /> : <SavingLine saving={saving} />}
    </div>
  );
}

function useWarnBeforeLeaving(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}

function Writing({
  text,
  saving,
  canEdit,
  blank,
  label,
  describeSource,
  onReady,
  onText,
  beside,
  reading = null,
  remarks = NO_REMARKS,
  onFound,
  onComment,
  onRemark,
  asksFirst = false,
  currency,
  lookOf = null,
}: EditorProps & { text: SharedText; saving: ReactNode }) {
  const { t } = useLingui();
  const referenceWords = useReferenceWords();
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ view: EditorView; state: EditorState } | null>(null);
  // The view outlives renders; it reads the newest props through here.
  const latest = useRef({ canEdit, label, describeSource, onReady, onText, onFound, onRemark, asksFirst, referenceWords });
  useEffect(() => {
    latest.current = { canEdit, label, describeSource, onReady, onText, onFound, onRemark, asksFirst, referenceWords };
  });
  const [pressed, setPressed] = useState<{ at: number; ids: readonly string[] } | null>(null);

  const [places] = useState(() => new Beside());

  useEffect(() => {
    if (place.current === null) return;
    const press = (ids: readonly string[], at: number) => {
      setPressed(ids.length === 0 ? null : { at, ids });
      if (!latest.current.asksFirst && ids[0] !== undefined) latest.current.onRemark?.(ids[0]);
    };
    const tell = (state: EditorState) => latest.current.onText?.({ clauses: clausesOf(state.doc), node: state.doc.toJSON() as NodeJson });
    const opened = new EditorView(place.current, {
      state: firstState(text, {
        describe: (from) => latest.current.describeSource(from),
        beside: places,
        onPress: press,
        looks: (doc) => {
          const numbers = new Map(clausesOf(doc).map((one) => [one.id, one.number]));
          return (clause) => {
            const number = (typeof clause === "string" ? numbers.get(clause) : undefined) ?? null;
            return { words: latest.current.referenceWords(number), isGone: number === null };
          };
        },
        onGo: (clause) => lookAtClause(opened, clause),
      }),
      editable: () => latest.current.canEdit,
      attributes: () => ({
        role: latest.current.canEdit ? "textbox" : "document",
        ...(latest.current.canEdit ? { "aria-multiline": "true" } : {}),
        "aria-label": latest.current.label,
        class: "paper-text",
        spellcheck: "true",
      }),
      // y-prosemirror may dispatch while the view is still being made, so the view is asked for as `this`.
      dispatchTransaction(this: EditorView, tr) {
        // Other people's cursors come by a timer, which may ring when this page has been left.
        if (this.isDestroyed) return;
        const before = anchorsKey.getState(this.state)?.found;
        const state = this.state.apply(tr);
        this.updateState(state);
        setShown({ view: this, state });
        if (tr.docChanged) tell(state);
        const found = anchorsKey.getState(state)?.found;
        if (found !== undefined && found !== before) latest.current.onFound?.(found);
      },
    });
    setShown({ view: opened, state: opened.state });
    // y-prosemirror draws the text in the next task; only then is there anything to add to.
    const ready = setTimeout(() => {
      tell(opened.state);
      latest.current.onReady?.({
        insertClause: (clause) => insertClause(opened, clause),
        insertWords: (id, words, after) => insertWords(opened, id, words, after),
        insertClauses: (clauses) => insertClauses(opened, clauses),
        showClause: (id) => showClause(opened, id),
        goBeside: (id) => {
          lookAtClause(opened, id);
          places.place(id).querySelector("button")?.focus({ preventScroll: true });
        },
        selectedIn: (id) => {
          const selected = selectedNow(opened);
          return selected !== null && selected.clause === id ? selected : null;
        },
        mark: (id, promised, value) => markWords(opened, id, promised, value),
        showRemark: (id) => {
          opened.dispatch(opened.state.tr.setMeta(anchorsKey, { shown: id }));
          opened.dom.querySelector(`[data-remark="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
        },
      });
    }, 50);
    return () => {
      clearTimeout(ready);
      setShown(null);
      opened.destroy();
    };
  }, [text, places]);

  // Rights and words may change while the text is open.
  useEffect(() => {
    if (shown !== null && !shown.view.isDestroyed) shown.view.dispatch(shown.view.state.tr.setMeta(numberingKey, "words").setMeta(referencesKey, "words"));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the words change, not with every keystroke
  }, [canEdit, label, describeSource, referenceWords]);

  const view = shown?.view ?? null;
  useEffect(() => {
    if (view !== null && !view.isDestroyed) view.dispatch(view.state.tr.setMeta(anchorsKey, { remarks }));
  }, [view, remarks]);
  useEffect(() => {
    if (view === null || view.isDestroyed) return;
    view.dispatch(view.state.tr.setMeta(readingKey, { clause: reading }));
    if (reading !== null) lookAtClause(view, reading);
  }, [view, reading]);

  const written = shown?.state.doc;
  useEffect(() => {
    if (view === null || view.isDestroyed) return;
    const tell = () => {
      if (view.isDestroyed) return;
      const own = text.doc.clientID;
      view.dispatch(view.state.tr.setMeta(authorsKey, { lookOf: lookOf === null ? null : (client: number, clock: number) => lookOf(client, clock, client === own) }));
    };
    if (lookOf === null) {
      if (authorsKey.getState(view.state)?.lookOf !== null) tell();
      return;
    }
    // What was just typed has no colour before the pause after it.
    const soon = setTimeout(tell, 300);
    return () => clearTimeout(soon);
  }, [view, written, lookOf, text]);

  const clauses = shown === null ? [] : clausesOf(shown.state.doc);
  const isBlank = shown !== null && shown.state.doc.textContent === "" && shown.state.doc.childCount <= 1;
  return (
    <>
      <div className="editor-head not-in-print">
        {canEdit && shown !== null ? <Toolbar view={shown.view} state={shown.state} currency={currency} /> : null}
        {saving}
      </div>
      <div className="editor-sheet">
        {isBlank ? <p className="editor-blank">{canEdit ? (blank ?? t`Nothing is written yet. Begin here, or make a clause of something you share.`) : t`Nothing is written yet.`}</p> : null}
        <div ref={place} />
        {shown === null ? null : <Remarking view={shown.view} doc={shown.state.doc} pressed={asksFirst ? pressed : null} onComment={onComment} onRemark={onRemark} />}
        {shown === null || beside === undefined ? null : (
          <>
            {createPortal(beside(null), places.place(ABOVE), ABOVE)}
            {placedIds(shown.state.doc).map((id) => {
              const clause = clauses.find((one) => one.id === id);
              return clause === undefined ? null : createPortal(beside(clause), places.place(id), id);
            })}
          </>
        )}
      </div>
    </>
  );
}
