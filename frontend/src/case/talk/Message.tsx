/** One message: who says it, in which voice, and what its author or its hearer may do with it. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { roleWord } from "../../text/words";
import { Icon, IconButton, Menu, Monogram, Time, type IconName, type MenuAction } from "../../ui";
import { WithMentions } from "../Mentioning";
import { FileCard } from "../files/FileCard";
import { partyName, personOf } from "../people";
import { roomLook } from "../rooms";
import type { FileLine, MessageForm, MessageLine, StruckLine } from "../timeline";

export function useSpeaker(view: CaseView): (actor: string) => { name: string; side: string; isMe: boolean; isMediator: boolean } {
  const { t } = useLingui();
  return (actor) => {
    const person = personOf(view, actor);
    if (person === undefined) return { name: t`Somebody who has left`, side: "", isMe: false, isMediator: false };
    return {
      name: person.name,
      side: person.party === null ? roleWord(person.role) : partyName(view, person.party),
      isMe: actor === view.me.participant,
      isMediator: actor === view.mediator?.participant,
    };
  };
}

const FORM_ICONS: Readonly<Record<Exclude<MessageForm, "message">, IconName>> = {
  announcement: "notice",
  apology: "quill",
  "my-words": "speech",
  "mediators-words": "speech",
  "what-if": "scales",
};

function useFormWords(view: CaseView): (line: MessageLine) => string {
  const { t } = useLingui();
  return (line) => {
    const side = line.onBehalfOf === null ? "" : partyName(view, line.onBehalfOf);
    switch (line.form) {
      case "announcement":
        return t`For everyone to know`;
      case "apology":
        return t`An apology. Not an admission.`;
      case "my-words":
        return t`In the words of ${side}, carried by the mediator`;
      case "mediators-words":
        return t`In the mediator's words, with the permission of ${side}`;
      case "what-if":
        return t`The mediator's own "what if"`;
      case "message":
        return "";
    }
  };
}

function Speaker({ view, actor, at }: { view: CaseView; actor: string; at: string }) {
  const { t } = useLingui();
  const speaker = useSpeaker(view)(actor);
  return (
    <header className="message-head">
      <Monogram name={speaker.name} accent={speaker.isMediator ? "moss" : "stone"} />
      <span className="message-name">{speaker.isMe ? t`You` : speaker.name}</span>
      <span className="note">{speaker.isMe ? "" : speaker.side}</span>
      <span className="note message-time">
        <Time at={at} show="clock" />
      </span>
    </header>
  );
}

export function Message({ view, line, actions }: { view: CaseView; line: MessageLine; actions: readonly MenuAction[] }) {
  const { t } = useLingui();
  const speaker = useSpeaker(view)(line.actor);
  const formWords = useFormWords(view)(line);
  return (
    <li
      className={`message${speaker.isMe ? " message-mine" : ""}${line.goesOn ? " message-goes-on" : ""}`}
      data-form={line.form}
      id={`said-${line.seq}`}
    >
      {line.goesOn ? (
        <span className="hidden-visually">{speaker.name}:</span>
      ) : (
        <Speaker view={view} actor={line.actor} at={line.at} />
      )}
      <div className="message-body">
        <div className="message-sheet">
          {line.form === "message" ? null : (
            <p className="message-form">
              <Icon name={FORM_ICONS[line.form]} size={16} /> {formWords}
            </p>
          )}
          <p className="message-text">
            <WithMentions view={view} text={line.text} mentions={line.mentions} />
          </p>
        </div>
        {actions.length === 0 ? null : (
          <Menu label={t`What to do with this message`} trigger={<IconButton icon="more" label={t`More about this message`} />} groups={[actions]} />
        )}
      </div>
    </li>
  );
}

/** A file where it was added. One that the view no longer holds was taken back or has been erased. */
export function FileSaid({ view, line }: { view: CaseView; line: FileLine }) {
  const file = view.files.find((one) => one.file === line.file);
  if (file === undefined) return null;
  return (
    <li className="message" data-form="file" data-accent={roomLook(file.room, view.me.party).accent} id={`said-${line.seq}`}>
      <Speaker view={view} actor={line.actor} at={line.at} />
      <div className="message-body">
        <div className="message-sheet">
          <FileCard view={view} file={file} said />
        </div>
      </div>
    </li>
  );
}

export function Struck({ view, line }: { view: CaseView; line: StruckLine }) {
  const speaker = useSpeaker(view)(line.actor);
  const name = speaker.name;
  return (
    <li className="notice" id={`said-${line.seq}`}>
      <Icon name="undo" size={16} />
      <span>{speaker.isMe ? <Trans>You took this message back.</Trans> : <Trans>{name} took this message back.</Trans>}</span>
    </li>
  );
}
