/** A text that might leave a private room. It moves only with the side's yes to exactly this text. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, SharingForm, SharingView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Card, ConfirmDialog, TextField } from "../../ui";
import { isMediator, mayNow } from "../lookup";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { roomLook, sideOfRoom } from "../rooms";

/** How a text would be carried, as seen by whoever is asked. */
export function useSharingForms(view: CaseView, room: string): Readonly<Record<SharingForm, { label: string; hint: string }>> {
  const { t } = useLingui();
  const mediator = view.mediator?.name ?? "";
  const party = sideOfRoom(room);
  const side = party === null ? "" : partyName(view, party);
  return {
    "my-words": { label: t`In the side's own words`, hint: t`Everyone sees that it comes from ${side}.` },
    "mediators-words": { label: t`In the mediator's words`, hint: t`Everyone sees that ${mediator} says it with the permission of ${side}.` },
    "what-if": { label: t`As the mediator's own "what if"`, hint: t`Nobody is told whose idea it was. With two sides, the other may still guess.` },
  };
}

export function Sharing({ view, sharing }: { view: CaseView; sharing: SharingView }) {
  const { t } = useLingui();
  const [condition, setCondition] = useDraft(view.case, sharing.room, `condition ${sharing.sharing}`);
  const [posting, setPosting] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const form = useSharingForms(view, sharing.room)[sharing.form];
  const mediating = isMediator(view);
  const at = { room: sharing.room, sharing: sharing.sharing };
  const busy = status !== "idle";
  const conditionWords = sharing.condition;

  return (
    <Card
      level={3}
      accent={roomLook(sharing.room, view.me.party).accent}
      title={sharing.state === "allowed" ? t`May be said at the table` : mediating ? t`You asked whether this may be said` : t`May this be said at the table?`}
    >
      <blockquote className="quote">{sharing.text}</blockquote>
      <p className="note">
        <strong>{form.label}.</strong> {form.hint}
      </p>
      {conditionWords === "" ? null : (
        <p className="note">
          <Trans>On this condition: {conditionWords}</Trans>
        </p>
      )}
      {mediating && sharing.state === "asked" ? (
        <p className="note">
          <Trans>Waiting. If they say no, nobody else ever learns that you asked.</Trans>
        </p>
      ) : null}
      {mayNow(sharing, "AllowSharing") ? (
        <TextField
          label={t`A condition, if you have one`}
          value={condition}
          onChange={setCondition}
          maxLength={1000}
        />
      ) : null}
      <ProblemNote problem={problem} />
      <div className="row">
        {mayNow(sharing, "AllowSharing") ? (
          <Button
            kind="primary"
            icon="agree"
            isPending={busy}
            onPress={() => void give("sharing-permissions", { ...at, condition }).then((done) => (done === null ? undefined : setCondition("")))}
          >
            <Trans>Yes, exactly this</Trans>
          </Button>
        ) : null}
        {mayNow(sharing, "RefuseSharing") ? (
          <Button isDisabled={busy} onPress={() => void give("sharing-refusals", at)}>
            {sharing.state === "allowed" ? t`Take the yes back` : t`No, keep it here`}
          </Button>
        ) : null}
        {mayNow(sharing, "PostShared") ? (
          <Button kind="primary" icon="table" isPending={busy} onPress={() => setPosting(true)}>
            <Trans>Say it at the table</Trans>
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        title={t`Everyone will see this`}
        isOpen={posting}
        onOpenChange={setPosting}
        confirm={t`Say it at the table`}
        decline={t`Not yet`}
        onConfirm={() => {
          setPosting(false);
          void give("shared-posts", at);
        }}
      >
        <blockquote className="quote">{sharing.text}</blockquote>
        <p>
          {form.label}. {form.hint}
        </p>
        {conditionWords === "" ? null : (
          <p>
            <Trans>On this condition: {conditionWords}</Trans>
          </p>
        )}
      </ConfirmDialog>
    </Card>
  );
}
