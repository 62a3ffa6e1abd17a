/** The mediator's private notes: saved as they are written, never part of the record, seen by nobody else. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CaseView } from "../../api/types";
import { readNotes, saveNotes } from "../../api/notes";
import { explainError } from "../../api/explain";
import { useDraft } from "../../live/useDraft";
import { Icon, TextArea } from "../../ui";
import { ProblemNote } from "../ProblemNote";

const SAVE_AFTER_MS = 800;

type Saving = "reading" | "saved" | "unsaved" | "failed";

/** Words not yet saved stay in the tab's drafts, so that closing the desk or a lost connection loses nothing. */
function useNotes(caseId: string) {
  const [kept, setKept] = useState("");
  const [unsaved, setUnsaved] = useDraft(caseId, "notes", "unsaved");
  const [saving, setSaving] = useState<Saving>("reading");
  const [problem, setProblem] = useState<ReturnType<typeof explainError> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(unsaved);

  const save = useCallback(
    (text: string) => {
      saveNotes(caseId, text)
        .then(() => {
          setKept(text);
          setProblem(null);
          // Something may have been written while this was on its way.
          if (latest.current !== text) return;
          latest.current = "";
          setUnsaved("");
          setSaving("saved");
        })
        .catch((error: unknown) => {
          setProblem(explainError(error));
          setSaving("failed");
        });
    },
    [caseId, setUnsaved],
  );

  useEffect(() => {
    let gone = false;
    readNotes(caseId)
      .then((text) => {
        if (gone) return;
        setKept(text);
        setSaving(latest.current === "" ? "saved" : "unsaved");
        if (latest.current !== "") save(latest.current);
      })
      .catch((error: unknown) => {
        if (!gone) setProblem(explainError(error));
      });
    return () => {
      gone = true;
    };
  }, [caseId, save]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const write = (text: string) => {
    latest.current = text;
    setUnsaved(text);
    setKept(text);
    setSaving("unsaved");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save(text), SAVE_AFTER_MS);
  };
  return { text: unsaved === "" ? kept : unsaved, saving, problem, write };
}

export function Notes({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { text, saving, problem, write } = useNotes(view.case);
  return (
    <div className="desk-part">
      <TextArea
        label={t`My notes`}
        hint={t`Yours alone: not part of the record, in no export, destroyed 14 days after the end.`}
        value={text}
        onChange={write}
        isDisabled={saving === "reading" && problem === null}
        maxLength={50_000}
        rows={5}
      />
      <p className="note" role="status">
        {saving === "saved" && text !== "" ? (
          <>
            <Icon name="saved" size={16} /> <Trans>Saved</Trans>
          </>
        ) : null}
        {saving === "unsaved" ? <Trans>Saving…</Trans> : null}
      </p>
      <ProblemNote problem={problem} />
    </div>
  );
}
