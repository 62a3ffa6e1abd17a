/** What we will sign: the shared text, its clauses in short beside it, and what could still be written in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { CaseView } from "../../api/types";
import type { ClauseInfo, EditorHandle } from "../../drafting/clauses";
import { LazyEditor } from "../../drafting/LazyEditor";
import type { ClauseSource } from "../../drafting/schema";
import { newCommandId } from "../../api/client";
import { links } from "../../links";
import { usePageTitle } from "../../router";
import { Banner, Button, Card, EmptyState, Icon, LinkButton, announce } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { partyName } from "../people";
import { takeClauseWish } from "./clauseWish";
import { useClauseText } from "./MakeClause";
import "./settlement.css";

export function SettlementPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Settlement`);
  const document = view.documents[0];
  if (document === undefined) {
    return (
      <>
        <h1>
          <Trans>Settlement</Trans>
        </h1>
        <EmptyState
          icon="quill"
          title={t`Nothing is being written yet`}
          actions={
            <LinkButton href={links.table(view.case)}>
              <Trans>Go to the table</Trans>
            </LinkButton>
          }
        >
          <Trans>When there is enough to agree on, the mediator opens the settlement here, and everyone writes in it together.</Trans>
        </EmptyState>
      </>
    );
  }
  return <OpenSettlement key={document.name} view={view} name={document.name} canEdit={document.can_edit} />;
}

/** Words for the statement or offer that a clause was made of; `null` when it is no longer on the table. */
function useSourceWords(view: CaseView): (from: ClauseSource) => string | null {
  const { t } = useLingui();
  const { statements, offers } = view;
  return useCallback(
    (from) => {
      const id = from.slice(from.indexOf(":") + 1);
      if (from.startsWith("statement:")) {
        return statements.some((one) => one.statement === id) ? t`From what both sides agreed on` : t`From common ground that was withdrawn since`;
      }
      const offer = offers.find((one) => one.offer === id);
      if (offer === undefined) return null;
      const who = partyName(view, offer.party);
      return t`From the offer of ${who}`;
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the names of the sides do not change
    [statements, offers, t],
  );
}

function OpenSettlement({ view, name, canEdit }: { view: CaseView; name: string; canEdit: boolean }) {
  const { t } = useLingui();
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [clauses, setClauses] = useState<readonly ClauseInfo[]>([]);
  const describeSource = useSourceWords(view);
  const put = useMemo(
    () => (handle === null ? null : (from: ClauseSource, text: string) => {
      const done = handle.insertClause({ id: newCommandId(), from, text });
      if (done.inserted) announce(t`It is a clause now. You can still change every word.`, { tone: "good" });
      else if (done.why === "already") announce(t`There is a clause of this already. Here it is.`);
      else announce(t`The settlement cannot be changed now.`, { tone: "bad" });
    }),
    [handle, t],
  );

  // Somebody pressed "Make this a clause" at the table and was led here.
  useEffect(() => {
    if (put === null) return;
    const wish = takeClauseWish(view.case);
    if (wish !== null) put(wish.from, wish.text);
  }, [put, view.case]);

  return (
    <div className="settlement">
      <div className="stack">
        <h1>
          <Trans>Settlement</Trans>
        </h1>
        <Banner icon="quill">
          <Trans>Everyone here writes in this text together. It binds nobody until it is signed, and there is time to think before that.</Trans>
        </Banner>
        <LazyEditor
          url={`/api/cases/${view.case}/documents`}
          name={name}
          canEdit={canEdit}
          label={t`Text of the settlement`}
          describeSource={describeSource}
          onReady={setHandle}
          onClauses={setClauses}
        />
      </div>
      <aside className="stack not-in-print" aria-label={t`Beside the text`}>
        <Card title={<Trans>Clauses</Trans>} level={2}>
          {clauses.length === 0 ? (
            <p className="soft">
              <Trans>No clauses yet.</Trans>
            </p>
          ) : (
            <ol className="clause-list">
              {clauses.map((one) => (
                <li key={one.id}>
                  <Button kind="quiet" small className="clause-link" onPress={() => handle?.showClause(one.id)}>
                    {one.number}. {one.text === "" ? t`(empty)` : one.text}
                  </Button>
                </li>
              ))}
            </ol>
          )}
        </Card>
        {put !== null && canEdit ? <StillOpen view={view} clauses={clauses} onPut={put} /> : null}
      </aside>
    </div>
  );
}

/** Common ground and accepted offers that are not in the text yet. */
function StillOpen({ view, clauses, onPut }: { view: CaseView; clauses: readonly ClauseInfo[]; onPut: (from: ClauseSource, text: string) => void }) {
  const textOf = useClauseText();
  const used = new Set(clauses.map((one) => one.from));
  const waiting: { from: ClauseSource; text: string }[] = [
    ...view.statements
      .filter((one) => one.kind === "possible-term" && one.common)
      .map((one) => ({ from: `statement:${one.statement}` as const, text: textOf(one.text) })),
    ...view.offers
      .filter((one) => one.state === "accepted")
      .map((one) => ({ from: `offer:${one.offer}` as const, text: textOf(one.terms, one.amount) })),
  ].filter((one) => !used.has(one.from));
  if (waiting.length === 0) return null;
  return (
    <Card title={<Trans>Agreed, not written yet</Trans>} level={2}>
      <ul className="plain-list">
        {waiting.map((one) => (
          <li key={one.from} className="stack-tight">
            <p className="prose">{one.text}</p>
            <div>
              <Button small icon="clause" onPress={() => onPut(one.from, one.text)}>
                <Trans>Make this a clause</Trans>
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <p className="row note">
        <Icon name="notice" size={16} /> <Trans>A clause remembers where it came from.</Trans>
      </p>
    </Card>
  );
}
