/** Writing a ready clause, or the next version of one. What somebody else wrote meanwhile is read before it is replaced. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { newCommandId } from "../api/client";
import { type ClauseDraft, type ClauseVersion, writeClause } from "../api/readyClauses";
import { blanksOf } from "../drafting/library/blanks";
import { LIBRARY } from "../drafting/library/clauses";
import { isLanguage, LANGUAGES, type Language, wordsIn } from "../text/language";
import { announce } from "../ui/Announcer";
import { Button, Checkbox, Form, Select, TextArea, TextField } from "../ui/plain";
import { AsOffered, WrittenBy } from "./ClauseText";
import { ProblemNote } from "../account/ProblemNote";
import { useDoing } from "../account/useDoing";

interface Given {
  provider: string;
  /** The clause as it is now; null for a new one. */
  clause: ClauseVersion | null;
  onWritten: (one: ClauseVersion) => void;
  onBack: () => void;
  /** What is shown may be old by now. */
  onStale: () => void;
}

export function ClauseForm({ provider, clause, onWritten, onBack, onStale }: Given) {
  const { t, i18n } = useLingui();
  const [id] = useState(() => clause?.clause ?? newCommandId());
  const [begun] = useState(clause?.version ?? 0);
  const [draft, setDraft] = useState<ClauseDraft>(() => ({
    language: clause?.language ?? (isLanguage(i18n.locale) ? i18n.locale : "en"),
    title: clause?.title ?? "",
    words: clause?.words ?? "",
    means: clause?.means ?? "",
    takes_rights: clause?.takes_rights ?? false,
    retired: clause?.retired ?? false,
  }));
  const [like, setLike] = useState("");
  const [tried, setTried] = useState(false);
  // The button that was pressed is gone.
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { busy, problem, doIt } = useDoing();
  const change = (part: Partial<ClauseDraft>) => setDraft((now) => ({ ...now, ...part }));
  const blanks = blanksOf(draft.words).join(" ");
  const hasChanged = clause !== null && clause.version !== begun;

  /** One of the portal's, in the language that is chosen for the clause. */
  async function beginWith(chosen: string) {
    setLike(chosen);
    const one = LIBRARY.find((other) => other.id === chosen);
    const say = await wordsIn(draft.language);
    if (one === undefined) change({ title: "", words: "", means: "", takes_rights: false });
    else change({ title: say._(one.name), words: say._(one.words), means: say._(one.means), takes_rights: one.warning !== null });
  }

  async function save() {
    setTried(true);
    if ([draft.title, draft.words, draft.means].some((text) => text.trim() === "")) return;
    await doIt(async () => {
      onWritten(await writeClause(provider, id, (clause?.version ?? 0) + 1, draft));
      announce(draft.retired ? t`Saved. It stays retired.` : t`Saved. It is offered from now on.`, { tone: "good" });
    }, onStale);
  }

  return (
    <Form label={clause === null ? t`A new clause` : t`Rewrite it`} onSubmit={() => void save()}>
      <ProblemNote problem={problem} />
      {hasChanged ? (
        <section className="admin-now">
          <h3>
            <Trans>How it reads now</Trans>
          </h3>
          <WrittenBy one={clause} />
          <AsOffered one={clause} />
          <p className="note">
            <Trans>Below is what you wrote. It takes the place of this version, which is kept among the earlier ones.</Trans>
          </p>
        </section>
      ) : null}
      <div className="columns">
        <Select
          label={t`Language of the clause`}
          value={draft.language}
          onChange={(language) => change({ language })}
          choices={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))}
        />
        {clause === null ? (
          <Select
            label={t`Begin with`}
            value={like}
            onChange={(chosen) => void beginWith(chosen)}
            choices={[{ value: "", label: t`An empty page` }, ...LIBRARY.map((one) => ({ value: one.id, label: i18n._(one.name) }))]}
          />
        ) : null}
      </div>
      <TextField
        label={t`Title`}
        ref={first}
        value={draft.title}
        onChange={(title) => change({ title })}
        maxLength={200}
        autoComplete="off"
        fault={tried && draft.title.trim() === "" ? t`Write the title.` : null}
      />
      <TextArea
        label={t`Wording`}
        hint={
          blanks === "" ? (
            <Trans>A paragraph for each line. Put what is to be filled in into [square brackets].</Trans>
          ) : (
            <Trans>To be filled in: {blanks}</Trans>
          )
        }
        rows={6}
        value={draft.words}
        onChange={(words) => change({ words })}
        maxLength={4000}
        fault={tried && draft.words.trim() === "" ? t`Write the wording.` : null}
      />
      <TextArea
        label={t`What this means for you`}
        hint={t`In plain words, to whoever agrees to it.`}
        rows={3}
        value={draft.means}
        onChange={(means) => change({ means })}
        maxLength={1000}
        fault={tried && draft.means.trim() === "" ? t`Write what it means.` : null}
      />
      <Checkbox isSelected={draft.takes_rights} onChange={(takes_rights) => change({ takes_rights })}>
        <Trans>It takes or limits rights that a consumer has: whoever reads it is warned.</Trans>
      </Checkbox>
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          {hasChanged ? <Trans>Save mine in its place</Trans> : <Trans>Save</Trans>}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Form>
  );
}
