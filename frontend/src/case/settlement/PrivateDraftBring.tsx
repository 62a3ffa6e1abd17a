/** Choosing clauses of a side's own draft and bringing their words to the table: as suggestions, or into the text. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { newCommandId } from "../../api/client";
import { send } from "../../api/commands";
import { explainError } from "../../api/explain";
import type { CaseView, DocumentView } from "../../api/types";
import { canonical, type NodeJson } from "../../drafting/canonical";
import { wordsOf } from "../../drafting/clauseJson";
import { Comparison, Wording } from "../../drafting/Wording";
import { useLoaded } from "../../live/useLoaded";
import { links } from "../../links";
import { navigate } from "../../router";
import { announce, Banner, Button, Checkbox, Dialog, Select, Skeleton, Tag, TextArea } from "../../ui";
import { ProblemNote } from "../ProblemNote";
import { type Bringable, bringable, clausesIn, leavesGaps, suggestionsFor } from "./privateDraft";
import { textNow } from "./texts";

const BEFORE_ALL = "";

export function BringDialog({ view, document, draft, onClose }: { view: CaseView; document: DocumentView; draft: NodeJson | null; onClose: () => void }) {
  const { t } = useLingui();
  const fetchTable = useCallback(() => textNow(view.case), [view.case]);
  const { loaded } = useLoaded(fetchTable);
  return (
    <Dialog
      title={t`Bring to the table`}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
    >
      {loaded.state === "loading" ? <Skeleton label={t`Reading what is on the table …`} lines={4} /> : null}
      {loaded.state === "failed" ? <ProblemNote problem={loaded.problem} /> : null}
      {loaded.state === "here" ? <Choosing view={view} document={document} draft={draft} table={loaded.it} onClose={onClose} /> : null}
    </Dialog>
  );
}

interface Told {
  done: number;
  all: number;
  title: string;
  next: string;
}

function Choosing({ view, document, draft, table, onClose }: { view: CaseView; document: DocumentView; draft: NodeJson | null; table: NodeJson; onClose: () => void }) {
  const { t } = useLingui();
  // What is chosen is what was read here; others of the side may go on writing meanwhile.
  const [all] = useState(() => bringable(draft, table));
  const there = clausesIn(table);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [after, setAfter] = useState(() => there.map((one) => String(one.attrs?.["id"])).at(-1) ?? BEFORE_ALL);
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const picked = all.filter((one) => chosen.has(one.id));
  const count = picked.length;

  const bring = async (atOnce: boolean) => {
    setBusy(true);
    setTold(null);
    const brought = await suggestionsFor(picked, { table, document: document.name, after: after === BEFORE_ALL ? null : after, why: why.trim(), atOnce });
    let done = 0;
    try {
      for (const one of brought) {
        await send(view.case, "suggestions", one.command, one.fields);
        if (atOnce) await send(view.case, "suggestion-acceptances", newCommandId(), { suggestion: one.command });
        done += 1;
      }
    } catch (error) {
      const { title, next } = explainError(error);
      setTold({ done, all: brought.length, title, next });
      return;
    } finally {
      setBusy(false);
    }
    if (atOnce) announce(t`Written into the settlement. Everyone at the table sees it.`, { tone: "good" });
    else announce(t`Suggested. Everyone at the table sees it.`, { tone: "good" });
    onClose();
    navigate(links.settlement(view.case));
  };

  if (all.length === 0) return <p>{t`There is no clause in your draft yet. Only clauses are brought to the table.`}</p>;
  const toggle = (id: string) => (isOn: boolean) => setChosen((now) => new Set(isOn ? [...now, id] : [...now].filter((one) => one !== id)));
  const done = told?.done ?? 0;
  const wanted = told?.all ?? 0;
  return (
    <>
      <p className="soft">
        <Trans>Choose clauses. Only the words you see here leave your side’s room: no earlier wording, no names, no times, nothing of what you did not choose.</Trans>
      </p>
      <ul className="plain-list bring-list">
        {all.map((one) => (
          <li key={one.id} className="bring-one">
            <OneClause one={one} table={table} isChosen={chosen.has(one.id)} onChoose={toggle(one.id)} />
          </li>
        ))}
      </ul>
      {picked.some((one) => one.kind === "new") && there.length > 0 ? (
        <Select
          label={t`Where new clauses are to stand`}
          placeholder={t`Choose a place`}
          value={after}
          onChange={setAfter}
          choices={[
            { value: BEFORE_ALL, label: t`Before the first clause` },
            ...there.map((one, index) => {
              const number = index + 1;
              return { value: String(one.attrs?.["id"]), label: t`Behind clause ${number}`, hint: wordsOf(one).slice(0, 60) };
            }),
          ]}
        />
      ) : null}
      {leavesGaps(picked, table) ? (
        <Banner tone="warn" title={t`A reference leads to a clause that stays here.`}>
          <Trans>It becomes […] at the table, for you to fill in.</Trans>
        </Banner>
      ) : null}
      <TextArea label={t`Why? (if you like; everyone sees it)`} rows={2} maxLength={2000} value={why} onChange={setWhy} />
      {told === null ? null : (
        <Banner tone="bad" urgent title={told.title}>
          {told.next} {done === 0 ? null : <Trans>{done} of {wanted} are at the table already.</Trans>}
        </Banner>
      )}
      <Banner icon="table" tone="accent" title={t`Everyone at the table will see this.`}>
        {document.can_edit ? (
          <Trans>Suggest it, and it is decided at the table; or write it into the text at once.</Trans>
        ) : (
          <Trans>It waits there as a suggestion until whoever holds the pen decides.</Trans>
        )}
      </Banner>
      <div className="row bring-acts">
        <Button kind="primary" icon="quill" isDisabled={count === 0} isPending={busy} onPress={() => void bring(false)}>
          <Plural value={count} _0="Suggest them" one="Suggest this clause" other="Suggest these # clauses" />
        </Button>
        {document.can_edit ? (
          <Button icon="clause" isDisabled={count === 0} isPending={busy} onPress={() => void bring(true)}>
            <Trans>Write into the text</Trans>
          </Button>
        ) : null}
      </div>
    </>
  );
}

function OneClause({ one, table, isChosen, onChoose }: { one: Bringable; table: NodeJson; isChosen: boolean; onChoose: (isOn: boolean) => void }) {
  const { t } = useLingui();
  const { number, tableNumber } = one;
  const twin = one.kind === "other" ? (clausesIn(table).find((there) => there.attrs?.["id"] === one.id) ?? null) : null;
  const start = one.words.length > 90 ? `${one.words.slice(0, 90).trimEnd()}…` : one.words;
  return (
    <>
      <Checkbox isSelected={isChosen} isDisabled={one.kind === "same"} onChange={onChoose}>
        <strong>{t`Clause ${number}`}</strong>{" "}
        {one.kind === "new" ? (
          <Tag icon="add">{t`new at the table`}</Tag>
        ) : one.kind === "other" ? (
          <Tag icon="quill">{t`another wording of clause ${tableNumber}`}</Tag>
        ) : (
          <Tag icon="agree">{t`reads the same at the table`}</Tag>
        )}
        {isChosen ? null : <span className="bring-start">{start}</span>}
      </Checkbox>
      {isChosen ? <div className="bring-words">{twin === null ? <Wording node={canonical(one.node)} /> : <Comparison before={twin} after={one.node} />}</div> : null}
    </>
  );
}
