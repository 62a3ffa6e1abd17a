/** Asking whether something said in private may be said at the table: by its own author, or by the mediator. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, SharingForm } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Choices, Dialog, TextArea } from "../../ui";
import { isMediator } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { roomLook } from "../rooms";
import { useSharingForms } from "./Sharing";

/** `said` is the message it began with; a side may only carry its own words, the mediator words it anew. */
export function AskToShare({ view, room, said, onClose }: { view: CaseView; room: string; said: string; onClose: () => void }) {
  const { t } = useLingui();
  const mediating = isMediator(view);
  const { accent, icon } = roomLook(room, view.me.party);
  const forms = useSharingForms(view, room);
  const [form, setForm] = useState<SharingForm>(mediating ? "mediators-words" : "my-words");
  const [draft, setDraft] = useDraft(view.case, room, "sharing");
  const [touched, setTouched] = useState(draft !== "");
  const { give, status, problem } = useCommand(view.case);
  // A side begins with what it said; the mediator must find words of their own.
  const text = touched || mediating ? draft : said;
  const offered: readonly SharingForm[] = mediating ? ["mediators-words", "what-if"] : ["my-words"];

  const ask = async () => {
    const done = await give("sharings", { room, form, text: text.trim() });
    if (done === null) return;
    setDraft("");
    onClose();
  };

  return (
    <Dialog
      title={mediating ? t`Ask whether this may be said at the table` : t`Let the mediator say this at the table`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <span data-accent={accent}>
          <Button kind="primary" icon={icon} isDisabled={text.trim() === ""} isPending={status !== "idle"} onPress={() => void ask()}>
            {mediating ? t`Ask them` : t`Allow exactly this text`}
          </Button>
        </span>
      }
    >
      <div className="stack" data-accent={accent}>
        {mediating && said !== "" ? <blockquote className="quote">{said}</blockquote> : null}
        <TextArea
          label={mediating ? t`The words you would use` : t`The exact words`}
          value={text}
          maxLength={4000}
          onChange={(next) => {
            setTouched(true);
            setDraft(next);
          }}
          autoFocus
        />
        {offered.length > 1 ? (
          <Choices
            label={t`How it would be said`}
            value={form}
            onChange={setForm}
            choices={offered.map((value) => ({ value, label: forms[value].label, hint: forms[value].hint }))}
          />
        ) : (
          <p className="note">{forms[form].hint}</p>
        )}
        <p className="note">
          {mediating ? (
            <Trans>They see exactly this text and choose. A no stays between you.</Trans>
          ) : (
            <Trans>You can take this back as long as the mediator has not said it.</Trans>
          )}
        </p>
        <ProblemNote problem={problem} />
      </div>
    </Dialog>
  );
}
