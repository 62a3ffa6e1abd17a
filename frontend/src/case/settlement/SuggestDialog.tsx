/** Suggesting: another wording in a small editor, a clause more, one less, or another place; with a word on why. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { newCommandId } from "../../api/client";
import { canonical, type NodeJson, textHash } from "../../drafting/canonical";
import { clauseOfWords, isEmptyWording } from "../../drafting/clauseJson";
import { LazyOneClauseEditor } from "../../drafting/LazyOneClauseEditor";
import { merged } from "../../drafting/merge";
import { Comparison, Wording } from "../../drafting/Wording";
import { useCommand } from "../../live/useCommand";
import { announce, Banner, Button, Dialog, Select, TextArea } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { useAct } from "../useAct";
import { anotherWording, newClause, placeAfterStep, type SuggestionFields, toMove, toRemove } from "./suggesting";
import { type Asked, numberOf, type TextDesk } from "./textDesk";

type Suggesting = Extract<Asked, { kind: "replace" | "remove" | "move" | "insert" }>;

/** The clause as it is read in this dialog, and its text hash. */
interface Base {
  node: NodeJson;
  hash: string | null;
}

function useBase(first: NodeJson): [Base, (node: NodeJson) => void] {
  const [base, setBase] = useState<Base>({ node: first, hash: null });
  const { node } = base;
  useEffect(() => {
    let gone = false;
    void textHash(node).then((hash) => {
      if (!gone) setBase((now) => (now.node === node ? { node, hash } : now));
    });
    return () => {
      gone = true;
    };
  }, [node]);
  return [base, (next) => setBase({ node: next, hash: null })];
}

export function SuggestDialog({ desk, asked, onClose }: { desk: TextDesk; asked: Suggesting; onClose: () => void }) {
  const { t } = useLingui();
  const { view, document } = desk;
  const [id] = useState(newCommandId);
  const isNew = asked.kind === "insert";
  const clause = isNew ? id : asked.clause.id;
  const [base, setBase] = useBase(isNew ? clauseOfWords(id, asked.words) : (asked.clause.node.toJSON() as NodeJson));
  const [wording, setWording] = useState<NodeJson>(base.node);
  const [after, setAfter] = useState<string | null>(isNew ? asked.after : null);
  const beside = asked.kind === "replace" ? asked.beside : [];
  /** Words to be kept at hand: of other suggestions, and their own when the clause has changed under them. */
  const [kept, setKept] = useState<readonly { by: string | null; node: NodeJson }[]>(() =>
    beside.flatMap((one) => (one.node === null ? [] : [{ by: one.by, node: one.node as unknown as NodeJson }])),
  );
  const [round, setRound] = useState(0);
  const [why, setWhy] = useState(beside.length === 1 ? (beside[0]?.why ?? "") : "");
  const { give, status, problem, dismiss } = useCommand(view.case);
  const { act } = useAct(view.case);

  const present = isNew ? undefined : desk.clauses.find((one) => one.id === clause);
  const presentHash = isNew ? null : (desk.standings.get(clause)?.hash ?? null);
  const isGone = !isNew && present === undefined;
  const hasChanged = !isNew && base.hash !== null && presentHash !== null && presentHash !== base.hash;
  const isSame = asked.kind === "replace" && JSON.stringify(canonical(wording)) === JSON.stringify(canonical(base.node));
  const number = isNew ? 0 : (present?.number ?? asked.clause.number);

  const lookAgain = () => {
    if (present === undefined) return;
    dismiss();
    if (!isSame) setKept((all) => [...all, { by: null, node: wording }]);
    const now = present.node.toJSON() as NodeJson;
    setBase(now);
    setWording(now);
    setRound((last) => last + 1);
  };

  const fields = (): SuggestionFields | null => {
    const read = { document, clause, hash: base.hash ?? "", why };
    if (isNew) return newClause({ document, clause, why }, after, wording);
    if (base.hash === null) return null;
    if (asked.kind === "replace") return anotherWording(read, wording);
    if (asked.kind === "remove") return toRemove(read);
    const target = placeAfterStep(desk.clauses.map((one) => one.id), clause, asked.way);
    return target === undefined ? null : toMove(read, target);
  };

  const send = async () => {
    const made = fields();
    if (made === null || status !== "idle") return;
    if ((await give("suggestions", made)) === null) return;
    announce(t`Suggested. Everyone at the table sees it under the clause.`, { tone: "good" });
    // The suggestion that this one takes the place of.
    for (const one of beside) if (mayNow(one, "WithdrawSuggestion")) await act("suggestion-withdrawals", { suggestion: one.suggestion });
    onClose();
  };

  const titles: Record<Suggesting["kind"], string> = {
    replace: t`Another wording for clause ${number}`,
    remove: t`Suggest to remove clause ${number}`,
    move: asked.kind === "move" && asked.way === "up" ? t`Suggest to move clause ${number} up` : t`Suggest to move clause ${number} down`,
    insert: t`Suggest a new clause`,
  };
  const writes = asked.kind === "replace" || isNew;
  const canSend = !isGone && !hasChanged && (isNew || base.hash !== null) && (!writes || (!isSame && !isEmptyWording(wording)));
  const [first, second, ...more] = kept;
  const both = first !== undefined && second !== undefined && more.length === 0 && beside.length === 2 ? merged(base.node, first.node, second.node) : null;
  const beginWith = (node: NodeJson) => {
    setWording(node);
    setRound((last) => last + 1);
  };

  return (
    <Dialog
      title={titles[asked.kind]}
      size={writes ? "large" : "small"}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <>
          <Button slot="close">
            <Trans>Not now</Trans>
          </Button>
          <Button kind="primary" isDisabled={!canSend} isPending={status !== "idle"} onPress={() => void send()}>
            <Trans>Suggest this</Trans>
          </Button>
        </>
      }
    >
      <p className="soft">
        {desk.canEdit ? (
          <Trans>Everyone at the table sees what you suggest and why. Nothing changes in the text until it is accepted.</Trans>
        ) : (
          <Trans>Everyone at the table sees what you suggest and why. Nothing changes in the text until whoever holds the pen accepts it.</Trans>
        )}
      </p>
      {isGone ? <Banner tone="warn" title={t`This clause is no longer in the text.`}>{t`Suggest a new clause with your words instead.`}</Banner> : null}
      {hasChanged ? (
        <Banner
          tone="warn"
          title={t`The clause has been changed meanwhile.`}
          actions={
            <Button small onPress={lookAgain}>
              <Trans>Look at it again</Trans>
            </Button>
          }
        >
          <Trans>Read it as it is now. Your own words are kept beside it.</Trans>
        </Banner>
      ) : null}
      {beside.length < 2 || hasChanged || isGone ? null : both === null ? (
        <Banner title={t`These suggestions change the same words.`}>
          <Trans>Begin with one of them and write what fits both.</Trans>
        </Banner>
      ) : (
        <Banner
          tone="accent"
          title={t`Both changes fit together.`}
          actions={
            <Button small icon="quill" onPress={() => beginWith(both)}>
              <Trans>Begin with both in one</Trans>
            </Button>
          }
        >
          <Trans>They are about different words of the clause. Read the result before you suggest it.</Trans>
        </Banner>
      )}
      {kept.length === 0 ? null : (
        <div className="kept-all">
          {kept.map(({ by, node }, index) => (
            <KeptWords key={index} author={by === null ? "" : nameOf(view, by)} base={base.node} node={node} onBegin={() => beginWith(node)} />
          ))}
        </div>
      )}
      {isNew ? <PlaceOf desk={desk} after={after} onAfter={setAfter} /> : null}
      {writes ? (
        <LazyOneClauseEditor key={round} clause={wording} label={isNew ? t`The new clause` : t`Clause ${number} in your words`} onWording={setWording} clauses={desk.clauses} currency={view.amount?.currency} />
      ) : (
        <blockquote className="quote">
          <Wording node={base.node} />
        </blockquote>
      )}
      {asked.kind === "replace" && !isSame ? (
        <section className="told-part">
          <h3>
            <Trans>What would change</Trans>
          </h3>
          <Comparison before={base.node} after={wording} />
        </section>
      ) : null}
      <TextArea label={t`Why? (if you like)`} rows={2} maxLength={2000} value={why} onChange={setWhy} />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

/** A wording at hand, with what it would change, to begin with. */
function KeptWords({ author, base, node, onBegin }: { author: string; base: NodeJson; node: NodeJson; onBegin: () => void }) {
  return (
    <section className="kept-words">
      <h3>{author === "" ? <Trans>Your wording so far</Trans> : <Trans>As suggested by {author}</Trans>}</h3>
      <Comparison before={base} after={node} />
      <div>
        <Button small icon="quill" onPress={onBegin}>
          <Trans>Begin with this wording</Trans>
        </Button>
      </div>
    </section>
  );
}

/** Where the new clause is to stand. */
export function PlaceOf({ desk, after, onAfter }: { desk: TextDesk; after: string | null; onAfter: (after: string | null) => void }) {
  const { t } = useLingui();
  if (desk.clauses.length === 0) return null;
  const known = after !== null && numberOf(desk, after) !== null ? after : "";
  return (
    <Select
      label={t`Where`}
      placeholder={t`Choose a place`}
      value={known}
      onChange={(next) => onAfter(next === "" ? null : next)}
      choices={[
        { value: "", label: t`Before the first clause` },
        ...desk.clauses.map(({ id, number, text }) => ({ value: id, label: t`Behind clause ${number}`, hint: text.slice(0, 60) })),
      ]}
    />
  );
}
