/** A Word file as clauses: chosen, looked at, then written, suggested or kept for one's own side. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { newCommandId } from "../../api/client";
import { send } from "../../api/commands";
import { explainError } from "../../api/explain";
import type { CaseView } from "../../api/types";
import type { NodeJson } from "../../drafting/canonical";
import type { EditorHandle } from "../../drafting/clauses";
import { Wording } from "../../drafting/Wording";
import { links } from "../../links";
import { navigate } from "../../router";
import type { Explanation } from "../../text/problems";
import { announce, Banner, Button, Choices, Dialog, Skeleton, type Choice } from "../../ui";
import { ChooseFiles } from "../../ui/FilePicker";
import { mayGive } from "../lookup";
import { giveSeveral } from "./several";
import type { TextDesk } from "./textDesk";
import { keepForDraft, LARGEST_FILE, type LeftOut, readWord, WORD_FILES, type WordText } from "./wordClauses";

type Place = "text" | "suggest" | "draft";
/** Where the clauses may go; each says why not, if it does not work. */
type Ways = Partial<Record<Place, (clauses: readonly NodeJson[]) => Promise<Explanation | null>>>;

/** Suggestions that one file may bring at once; the table takes 200 that wait. */
const MOST_SUGGESTED = 100;

/** On the settlement's page: for whoever writes, suggests, or has a side of their own. */
export function ImportToTheTable({ desk }: { desk: TextDesk }) {
  const { t } = useLingui();
  const { view, document, handle } = desk;
  const last = desk.clauses.at(-1)?.id ?? null;
  const ways: Ways = {};
  if (desk.canEdit && handle !== null) {
    ways.text = (clauses) => {
      if (!handle.insertClauses(clauses)) return Promise.resolve({ title: t`You can read the settlement, but not write in it at the moment.`, next: "" });
      announce(t`Written into the settlement.`, { tone: "good" });
      return Promise.resolve(null);
    };
  }
  if (mayGive(view, "Suggest")) {
    ways.suggest = async (clauses) => {
      // Each is suggested behind the same clause, so the last comes first: taken up in that order they stand in theirs.
      const all = [...clauses].reverse().map((node) => ({ document, change: "insert" as const, clause: String(node.attrs?.["id"]), after: last, node: { ...node }, why: "" }));
      const { done, failed } = await giveSeveral(view.case, "suggestions", all);
      const [first] = failed;
      if (first !== undefined) return { title: done === 0 ? first.title : t`${done} clauses were suggested, others were not.`, next: done === 0 ? first.next : first.title };
      announce(t`Suggested. Everyone at the table sees it.`, { tone: "good" });
      return null;
    };
  }
  if (view.own_draft?.can_edit === true || (view.own_draft === null && mayGive(view, "OpenDraft"))) {
    ways.draft = async (clauses) => {
      try {
        if (view.own_draft === null) await send(view.case, "private-drafts", newCommandId(), { begun_with: "nothing" });
      } catch (error) {
        return explainError(error);
      }
      keepForDraft(view.case, clauses);
      navigate(links.ownDraft(view.case));
      return null;
    };
  }
  return Object.keys(ways).length === 0 ? null : <WordImport view={view} ways={ways} />;
}

/** On the page of a side's own draft. */
export function ImportToTheDraft({ view, handle }: { view: CaseView; handle: EditorHandle }) {
  const { t } = useLingui();
  const draft: Ways["draft"] = (clauses) => {
    if (!handle.insertClauses(clauses)) return Promise.resolve({ title: t`Your draft cannot be changed at the moment.`, next: "" });
    announce(t`Written into your draft.`, { tone: "good" });
    return Promise.resolve(null);
  };
  return <WordImport view={view} ways={{ draft }} />;
}

function WordImport({ view, ways }: { view: CaseView; ways: Ways }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small kind="quiet" icon="attach" onPress={() => setOpen(true)}>
        <Trans>From a Word file</Trans>
      </Button>
      {isOpen ? (
        <Dialog title={t`From a Word file`} size="large" isOpen onOpenChange={setOpen} closeLabel={t`Close`}>
          <Reading view={view} ways={ways} onDone={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function Reading({ view, ways, onDone }: { view: CaseView; ways: Ways; onDone: () => void }) {
  const { t } = useLingui();
  const [file, setFile] = useState<{ name: string; read: WordText | null } | null>(null);
  const [problem, setProblem] = useState<Explanation | null>(null);
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setProblem(null);
    if (chosen.size > LARGEST_FILE) {
      setProblem({ title: t`This file is too large.`, next: t`Up to 5 MB are read. Save it without its pictures and try again.` });
      return;
    }
    setFile({ name: chosen.name, read: null });
    try {
      setFile({ name: chosen.name, read: await readWord(view.case, chosen) });
    } catch (error) {
      setFile(null);
      setProblem(explainError(error));
    }
  };
  const name = file?.name ?? "";
  return (
    <>
      {file === null ? (
        <p>
          <Trans>Choose a .docx file. Its words are shown here first, as clauses; nothing is written until you say so.</Trans>
        </p>
      ) : null}
      <div className="row">
        <ChooseFiles small={file !== null} icon="attach" accept={WORD_FILES} onFiles={(files) => void take(files[0])}>
          {file === null ? <Trans>Choose a Word file</Trans> : <Trans>Choose another file</Trans>}
        </ChooseFiles>
        {name === "" ? null : <span className="note import-name">{name}</span>}
      </div>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {file === null ? null : file.read === null ? <Skeleton label={t`Reading the file …`} lines={4} /> : <Preview key={name} text={file.read} ways={ways} onDone={onDone} />}
    </>
  );
}

function Preview({ text, ways, onDone }: { text: WordText; ways: Ways; onDone: () => void }) {
  const { t } = useLingui();
  const { clauses } = text;
  const count = clauses.length;
  const words: Record<Place, Choice<Place>> = {
    text: { value: "text", label: t`Into the settlement`, hint: t`At its end. Everyone at the table sees it at once.` },
    suggest: { value: "suggest", label: t`As suggestions, one for each clause`, hint: t`Everyone at the table sees them; nothing changes until they are accepted.` },
    draft: { value: "draft", label: t`Into your side’s own draft`, hint: t`Nobody else sees it, or that there is one.` },
  };
  const places = (["text", "suggest", "draft"] as const).filter((one) => ways[one] !== undefined && (one !== "suggest" || count <= MOST_SUGGESTED));
  const [place, setPlace] = useState<Place | null>(places.length === 1 ? (places[0] ?? null) : null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explanation | null>(null);
  const take = async () => {
    const way = place === null ? undefined : ways[place];
    if (way === undefined) return;
    setBusy(true);
    const why = await way(clauses);
    setBusy(false);
    setProblem(why);
    if (why === null) onDone();
  };
  if (count === 0) return <Banner tone="warn" title={t`There are no words in this file that could become a clause.`} />;
  return (
    <>
      <LeftOutNote leftOut={text.leftOut} />
      <p>
        <Plural value={count} one="It becomes # clause:" other="It becomes # clauses:" />
      </p>
      <ol className="import-list">
        {clauses.map((one) => (
          <li key={String(one.attrs?.["id"])}>
            <Wording node={one} />
          </li>
        ))}
      </ol>
      {places.length > 1 ? <Choices<Place> label={t`Where it is to go`} value={place} onChange={setPlace} choices={places.map((one) => words[one])} /> : null}
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <div>
        <Button kind="primary" icon="clause" isDisabled={place === null} isPending={busy} onPress={() => void take()}>
          {place === "suggest" ? <Trans>Suggest them</Trans> : place === "draft" ? <Trans>Write into our draft</Trans> : <Trans>Write into the settlement</Trans>}
        </Button>
      </div>
    </>
  );
}

function LeftOutNote({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const { t, i18n } = useLingui();
  if (leftOut.length === 0) return null;
  const names: Record<LeftOut["what"], string> = {
    pictures: t`pictures`,
    notes: t`footnotes`,
    comments: t`comments`,
    deleted: t`deleted words`,
    headers: t`headers and footers`,
    links: t`the addresses of links`,
  };
  const all = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(leftOut.map((one) => names[one.what]));
  return (
    <Banner title={t`Left out: ${all}.`}>
      <Trans>A settlement is words, lists and tables. What matters in them has to be written down.</Trans>
    </Banner>
  );
}
