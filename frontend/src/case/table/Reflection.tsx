/** "What I hear is …": said by the mediator, confirmed or put right by whoever said it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PositionView, ReflectionView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Dialog, Icon, Tag, TextArea } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";

export function Reflection({ view, position, reflection }: { view: CaseView; position: PositionView; reflection: ReflectionView }) {
  const { t } = useLingui();
  const [correcting, setCorrecting] = useState(false);
  const [correction, setCorrection] = useDraft(view.case, "joint", `correction ${reflection.reflection}`);
  const { give, status, problem } = useCommand(view.case);
  const mediator = view.mediator?.name ?? "";
  const owner = nameOf(view, position.owner);
  const words = reflection.correction;

  const answer = async (heard: boolean) => {
    const done = await give("reflection-answers", { reflection: reflection.reflection, heard, correction: heard ? "" : correction.trim() });
    if (done === null) return;
    setCorrection("");
    setCorrecting(false);
  };

  return (
    <div className="reflection">
      <p className="reflection-who">
        <Icon name="speech" size={16} /> <Trans>{mediator} hears:</Trans>
      </p>
      <p className="prose">{reflection.text}</p>
      {reflection.heard === true ? (
        <Tag icon="agree" tone="good">
          <Trans>"That's it", says {owner}</Trans>
        </Tag>
      ) : null}
      {reflection.heard === false ? (
        <p className="note">
          <Trans>Not quite, says {owner}.</Trans> {words}
        </p>
      ) : null}
      {reflection.heard === null && !mayNow(reflection, "AnswerReflection") ? (
        <p className="note">
          <Trans>{owner} has not answered yet.</Trans>
        </p>
      ) : null}
      <ProblemNote problem={problem} />
      {mayNow(reflection, "AnswerReflection") ? (
        <div className="row">
          <Button kind="primary" small icon="agree" isPending={status !== "idle"} onPress={() => void answer(true)}>
            <Trans>That's it</Trans>
          </Button>
          <Button small onPress={() => setCorrecting(true)}>
            <Trans>Not quite</Trans>
          </Button>
        </div>
      ) : null}
      <Dialog
        title={t`What did they miss?`}
        closeLabel={t`Close`}
        isOpen={correcting}
        onOpenChange={setCorrecting}
        actions={
          <Button kind="primary" isPending={status !== "idle"} onPress={() => void answer(false)}>
            <Trans>Say it to everyone</Trans>
          </Button>
        }
      >
        <TextArea label={t`In your own words`} value={correction} onChange={setCorrection} maxLength={4000} autoFocus />
        <ProblemNote problem={problem} />
      </Dialog>
    </div>
  );
}

export function ReflectDialog({ view, position, onClose }: { view: CaseView; position: PositionView; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useDraft(view.case, "joint", `reflect ${position.position}`);
  const { give, status, problem } = useCommand(view.case);
  const owner = nameOf(view, position.owner);

  const say = async () => {
    const done = await give("reflections", { position: position.position, text: text.trim() });
    if (done === null) return;
    setText("");
    onClose();
  };

  return (
    <Dialog
      title={t`Say back what you hear`}
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="table" isDisabled={text.trim() === ""} isPending={status !== "idle"} onPress={() => void say()}>
          <Trans>Say it to everyone</Trans>
        </Button>
      }
    >
      <blockquote className="quote">{position.text}</blockquote>
      <TextArea
        label={t`What I hear is …`}
        hint={t`${owner} confirms it or puts it right.`}
        value={text}
        onChange={setText}
        maxLength={4000}
        rows={4}
        autoFocus
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
