/** The shared text with everything that stands beside it, and the dialogs that are opened from there. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useMemo, useState } from "react";
import { newCommandId } from "../../api/client";
import type { CaseView, DraftingView } from "../../api/types";
import type { Found, Selected } from "../../drafting/anchors";
import type { ClauseInfo, EditorHandle, TextNow } from "../../drafting/clauses";
import { ClausesInText } from "../../drafting/clauseNames";
import { LazyEditor } from "../../drafting/LazyEditor";
import type { ClauseSource } from "../../drafting/schema";
import { announce, Button, formatAmount, Icon } from "../../ui";
import { useHash } from "../../router";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { useWidth } from "../useWidth";
import { AcceptAll } from "./AcceptAll";
import { AuthorsLegend, AuthorsSwitch, useAuthors } from "./Authors";
import { AgreeBar, AgreeToAll } from "./AgreeBar";
import { AboveClauses, ClauseSide } from "./ClauseSide";
import { takeClauseWish } from "./clauseWish";
import { CommentsDialog } from "./Comments";
import { LibraryDialog } from "./LibraryDialog";
import { TakeToALawyer } from "./Lawyer";
import { useClauseText } from "./MakeClause";
import { Mode } from "./Mode";
import { Promises } from "./Promises";
import { OnTheTable, PutOnTheTable } from "./OnTheTable";
import { ReadBack } from "./ReadBack";
import { Ready } from "./Ready";
import { RivalsDialog } from "./Rivals";
import { SuggestDialog } from "./SuggestDialog";
import { EndDrafting } from "./signing/EndDrafting";
import { readyToWrite } from "./sources";
import { countFor, type Counted, standingsOf } from "./standing";
import { byPlace } from "./suggesting";
import type { Asked, TextDesk } from "./textDesk";
import { TextLanguage } from "./TextLanguage";
import { threadsOf } from "./threads";
import { useRemarks } from "./useRemarks";
import { useHashes, useTextHash } from "./useHashes";
import { VersionsDialog } from "./Versions";
import { ImportToTheTable } from "./WordImport";

const NO_CLAUSES: readonly ClauseInfo[] = [];
const NOTHING_FOUND: ReadonlyMap<string, Found> = new Map();

export function TheText({ view, drafting, name, canEdit }: { view: CaseView; drafting: DraftingView; name: string; canEdit: boolean }) {
  const { t } = useLingui();
  const textOf = useClauseText();
  const isNarrow = useWidth() === "narrow";
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [text, setText] = useState<TextNow | null>(null);
  const [found, setFound] = useState(NOTHING_FOUND);
  const [lookedFor, lookFor] = useState<string | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const remarks = useRemarks(view, name);
  const authors = useAuthors(view, name, text);
  const describe = useDescription(view);
  const clauses = text?.clauses ?? NO_CLAUSES;
  const hashes = useHashes(clauses);
  const hash = useTextHash(text);
  const written = useMemo(() => new Map(clauses.flatMap((one) => (one.from === null ? [] : [[one.from, one] as const]))), [clauses]);
  const standings = useMemo(() => standingsOf(clauses, hashes, drafting), [clauses, hashes, drafting]);
  const counted = countFor(view.me.party, standings);
  const ready = readyToWrite(view);

  const insert = useCallback(
    (from: ClauseSource, words: string) => {
      const done = handle?.insertClause({ id: newCommandId(), from, text: words });
      if (done === undefined) return;
      if (done.inserted) announce(t`Written into the settlement.`, { tone: "good" });
      else if (done.why === "already") announce(t`This is in the settlement already; here it is.`);
      else announce(t`You can read the settlement, but not write in it at the moment.`);
    },
    [handle, t],
  );

  // What was asked for at the table is written as soon as the text is here.
  useEffect(() => {
    if (handle === null) return;
    const wish = takeClauseWish(view.case);
    if (wish !== null) insert(wish.from, wish.text);
  }, [handle, insert, view.case]);

  const desk: TextDesk = {
    view,
    drafting,
    document: name,
    canEdit,
    clauses,
    standings: new Map(standings.map((one) => [one.clause, one])),
    suggestions: byPlace(drafting.suggestions, clauses.map((one) => one.id)),
    handle,
    found,
    lookedFor,
    isNarrow,
    ask,
  };
  // Their numbers change seldom, their words with every keystroke: what names a clause is not drawn anew for those.
  const order = clauses.map((one) => one.id).join();
  const named = useMemo(() => order.split(",").map((id, index) => ({ id, number: index + 1, text: "" })), [order]);
  const clauseNow = (id: string | null) => clauses.find((one) => one.id === id) ?? null;
  const mayComment = view.rooms.some((room) => room.can.includes("PostComment"));
  const commentOn = (about: Selected) => ask({ kind: "comments", clause: clauseNow(about.clause), about, thread: null });
  const openThread = (id: string) => {
    const thread = view.comments.find((one) => one.comment === id);
    if (thread === undefined) return;
    const clause = clauseNow(thread.clause);
    // Where there is room it stands under its clause already.
    if (isNarrow || clause === null) ask({ kind: "comments", clause, about: null, thread: id });
    else lookFor(id);
  };
  // Somebody was called in a comment and comes to read it.
  const address = useHash();
  const [followed, follow] = useState("");
  const called = /^#comment-([0-9a-f]{32})$/u.exec(address)?.[1];
  const thread = view.comments.find((one) => one.comment === called);
  if (address !== followed && thread !== undefined && (thread.clause === null || text !== null)) {
    follow(address);
    ask({ kind: "comments", clause: clauseNow(thread.clause), about: null, thread: thread.comment });
  }
  const goBeside = (clause: string) => handle?.goBeside(clause);

  return (
    <ClausesInText value={named}>
      <Mode view={view} drafting={drafting} canEdit={canEdit} />
      <TextLanguage view={view} language={drafting.language} hasAgreement={drafting.assents.length > 0} />
      <OnTheTable desk={desk} hash={hash} />
      {ready.length === 0 ? null : (
        <div className="not-in-print">
          <Ready
            view={view}
            ready={ready}
            written={written}
            canWrite={canEdit && handle !== null}
            onWrite={(source) => insert(source.from, textOf(source.text, source.amount))}
            onShow={(id) => handle?.showClause(id)}
          />
        </div>
      )}
      {handle === null ? null : (
        <div className="text-acts not-in-print">
          {drafting.reading === null ? <ReadBack desk={desk} onGo={goBeside} /> : null}
          <PutOnTheTable desk={desk} hash={hash} />
          <WholeTextActs desk={desk} />
          {clauses.length === 0 ? null : <AuthorsSwitch authors={authors} />}
        </div>
      )}
      <AuthorsLegend authors={authors} />
      <AcceptAll desk={desk} />
      {drafting.reading === null ? null : <ReadBack desk={desk} onGo={goBeside} />}
      <AgreeBar desk={desk} counted={counted} onGo={goBeside} />
      <EndDrafting view={view} drafting={drafting} counted={counted} hash={hash} />
      <LazyEditor
        url={`/api/cases/${view.case}/documents`}
        name={name}
        canEdit={canEdit}
        label={t`Text of the settlement`}
        describeSource={describe}
        onReady={setHandle}
        onText={setText}
        reading={drafting.reading}
        remarks={remarks}
        onFound={setFound}
        onComment={mayComment ? commentOn : undefined}
        onRemark={openThread}
        asksFirst={isNarrow && canEdit}
        currency={view.amount?.currency}
        lookOf={authors.lookOf}
        beside={(clause) => (clause === null ? <AboveClauses desk={desk} /> : <ClauseSide desk={desk} clause={clause} />)}
      />
      <Promises desk={desk} />
      <p className="note settlement-count">
        <Icon name="clause" size={16} /> <Count clauses={clauses} />
      </p>
      <Dialogs desk={desk} asked={asked} counted={counted} onClose={() => ask(null)} />
    </ClausesInText>
  );
}

function WholeTextActs({ desk }: { desk: TextDesk }) {
  const { view, ask } = desk;
  const mayComment = view.rooms.some((room) => room.can.includes("PostComment"));
  const open = threadsOf(view, null).filter((one) => !one.first.resolved).length;
  const last = desk.clauses.at(-1)?.id ?? null;
  return (
    <>
      {mayGive(view, "Suggest") && !desk.canEdit ? (
        <Button small icon="clause" onPress={() => ask({ kind: "insert", after: last, words: "" })}>
          <Trans>Suggest a new clause</Trans>
        </Button>
      ) : null}
      {desk.canEdit || mayGive(view, "Suggest") ? (
        <Button small icon="papers" onPress={() => ask({ kind: "library", after: last })}>
          <Trans>Ready clauses</Trans>
        </Button>
      ) : null}
      {mayComment || open > 0 ? (
        <Button small kind="quiet" icon="speech" onPress={() => ask({ kind: "comments", clause: null, about: null, thread: null })}>
          {open === 0 ? <Trans>Comment on the whole text</Trans> : <Trans>Comments on the whole text ({open})</Trans>}
        </Button>
      ) : null}
      <ImportToTheTable desk={desk} />
      <Button small kind="quiet" icon="saved" onPress={() => ask({ kind: "versions" })}>
        <Trans>Versions</Trans>
      </Button>
      {desk.clauses.length === 0 ? null : <TakeToALawyer caseId={view.case} />}
    </>
  );
}

function Dialogs({ desk, asked, counted, onClose }: { desk: TextDesk; asked: Asked | null; counted: Counted; onClose: () => void }) {
  if (asked === null) return null;
  switch (asked.kind) {
    case "comments":
      return <CommentsDialog desk={desk} clause={asked.clause} about={asked.about} thread={asked.thread} onClose={onClose} />;
    case "library":
      return <LibraryDialog desk={desk} after={asked.after} onClose={onClose} />;
    case "versions":
      return <VersionsDialog desk={desk} onClose={onClose} />;
    case "agree-all":
      return <AgreeToAll desk={desk} counted={counted} onClose={onClose} />;
    case "rivals":
      return <RivalsDialog desk={desk} clause={asked.clause} onClose={onClose} />;
    case "replace":
    case "insert":
    case "move":
    case "remove":
      return <SuggestDialog desk={desk} asked={asked} onClose={onClose} />;
  }
}

function Count({ clauses }: { clauses: readonly ClauseInfo[] }) {
  const count = clauses.length;
  const tied = clauses.filter((one) => one.from !== null).length;
  return (
    <>
      <Plural value={count} one="# clause" other="# clauses" />, <Trans>{tied} from what you agreed at the table</Trans>
    </>
  );
}

/** Where a clause came from, and whether that still stands. */
function useDescription(view: CaseView): (from: ClauseSource) => string | null {
  const { t, i18n } = useLingui();
  return useCallback(
    (from) => {
      const [kind, id] = from.split(":");
      if (kind === "statement") {
        const statement = view.statements.find((one) => one.statement === id);
        if (statement === undefined) return t`Came from a wording that is no longer on the table.`;
        const text = statement.text;
        return statement.common ? t`Came from what both sides agreed: “${text}”` : t`Came from a wording that not both sides agree to any more: “${text}”`;
      }
      const offer = view.offers.find((one) => one.offer === id);
      if (offer === undefined) return t`Came from an offer that is no longer here.`;
      const side = partyName(view, offer.party);
      const sum = offer.amount === null ? "" : formatAmount(offer.amount, i18n.locale);
      return sum === "" ? t`Came from the accepted offer of ${side}.` : t`Came from the accepted offer of ${side}, ${sum}.`;
    },
    [view, t, i18n],
  );
}
