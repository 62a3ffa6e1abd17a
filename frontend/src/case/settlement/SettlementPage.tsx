/** What we will sign: the shared text, and beside it what is ready to be written down. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useMemo, useState } from "react";
import { newCommandId } from "../../api/client";
import type { CaseView } from "../../api/types";
import type { ClauseInfo, EditorHandle } from "../../drafting/clauses";
import { LazyEditor } from "../../drafting/LazyEditor";
import type { ClauseSource } from "../../drafting/schema";
import { links } from "../../links";
import { usePageTitle } from "../../router";
import { announce, EmptyState, formatAmount, Icon, LinkButton } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { partyName } from "../people";
import { Workspace } from "../Workspace";
import { takeClauseWish } from "./clauseWish";
import { useClauseText } from "./MakeClause";
import { Ready } from "./Ready";
import { readyToWrite } from "./sources";
import "./settlement.css";

export function SettlementPage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Settlement`);
  const document = view.documents[0];
  return (
    <Workspace view={view} live={live}>
      <div className="settlement">
        <header className="settlement-head">
          <h1>
            <Trans>The settlement</Trans>
          </h1>
          <p className="soft">
            {view.ending === null ? (
              <Trans>You write this together. It binds nobody until it is signed.</Trans>
            ) : (
              <Trans>The mediation has ended. The text stays as it is.</Trans>
            )}
          </p>
        </header>
        {document === undefined ? <NotOpen view={view} /> : <Writing key={document.name} view={view} name={document.name} canEdit={document.can_edit} />}
      </div>
    </Workspace>
  );
}

function NotOpen({ view }: { view: CaseView }) {
  const { t } = useLingui();
  return (
    <EmptyState
      level={2}
      icon="papers"
      title={t`The settlement is not open yet`}
      actions={
        <LinkButton href={links.table(view.case)}>
          <Trans>Go to the table</Trans>
        </LinkButton>
      }
    >
      <Trans>When there is enough to write down, the mediator opens it here for both sides. Nothing said so far binds anybody.</Trans>
    </EmptyState>
  );
}

function Writing({ view, name, canEdit }: { view: CaseView; name: string; canEdit: boolean }) {
  const { t } = useLingui();
  const textOf = useClauseText();
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [clauses, setClauses] = useState<readonly ClauseInfo[]>([]);
  const describe = useDescription(view);
  const written = useMemo(() => new Map(clauses.flatMap((one) => (one.from === null ? [] : [[one.from, one] as const]))), [clauses]);
  const ready = readyToWrite(view);

  const insert = useCallback(
    (from: ClauseSource, text: string) => {
      const done = handle?.insertClause({ id: newCommandId(), from, text });
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

  return (
    <>
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
      <LazyEditor
        url={`/api/cases/${view.case}/documents`}
        name={name}
        canEdit={canEdit}
        label={t`Text of the settlement`}
        describeSource={describe}
        onReady={setHandle}
        onClauses={setClauses}
      />
      <p className="note settlement-count">
        <Icon name="clause" size={16} /> <Count clauses={clauses} />
      </p>
    </>
  );
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
