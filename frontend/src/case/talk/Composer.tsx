/** Where one writes. It says again who will see it, keeps unsent words by room, and asks once before everyone hears. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type KeyboardEvent } from "react";
import type { CaseView, RoomView } from "../../api/types";
import { sayTyping } from "../../live/useCase";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { announce, Button, Checkbox, ConfirmDialog, Icon } from "../../ui";
import { MentioningArea, useMentionable } from "../Mentioning";
import { mentionedIn } from "../mentions";
import { AddFileButton } from "../files/AddFileButton";
import { ProblemNote } from "../ProblemNote";
import { roomLook } from "../rooms";
import { useAct } from "../useAct";
import type { RoomWords } from "../useRoomWords";

const LONGEST = 4000;
const SHOWN_OF_SENT = 32;

interface ComposerProps {
  view: CaseView;
  room: RoomView;
  words: RoomWords;
  /** The viewer has been in private since they last spoke to everyone. */
  asksFirst: boolean;
}

/** Key it by room: nothing of one room's box may live on in another's. */
export function Composer({ view, room, words, asksFirst }: ComposerProps) {
  const { t } = useLingui();
  const [text, setText] = useDraft(view.case, room.room, "message");
  const [isApology, setApology] = useState(false);
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const { give, status, problem } = useCommand(view.case);
  const { act } = useAct(view.case);
  const { accent, icon } = roomLook(room.room, view.me.party);
  const people = useMentionable(view, room.room);
  const said = text.trim();

  const post = async () => {
    setAsking(false);
    const answer = await give("messages", { room: room.room, text: said, form: isApology ? "apology" : "message", mentions: mentionedIn(said, people) });
    if (answer === null) return;
    setText("");
    setApology(false);
    // The pressed button is of no use now; whoever goes on writing is already there.
    box.current?.querySelector("textarea")?.focus();
    const seq = answer.written.find((one) => one.room === room.room)?.seq;
    if (seq === undefined) return;
    // Two of these may stand side by side: each says which words it would take back.
    const first = said.length <= SHOWN_OF_SENT ? said : `${said.slice(0, SHOWN_OF_SENT).trimEnd()}…`;
    const { sent } = words;
    announce(t`${sent}: "${first}"`, {
      tone: "good",
      stayMs: 10_000,
      action: { label: t`Take it back`, onPress: () => void act("message-strikes", { room: room.room, seq }) },
    });
  };

  const send = () => {
    if (said === "" || status !== "idle") return;
    if (room.room === "joint" && asksFirst) setAsking(true);
    else void post();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };

  const left = LONGEST - text.length;
  return (
    <form
      ref={box}
      className="composer not-in-print"
      data-accent={accent}
      aria-label={words.invite}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="composer-who">
        <Icon name={icon} size={18} />
        <span>{words.seenBy}</span>
      </p>
      <MentioningArea
        people={people}
        label={words.invite}
        hideLabel
        placeholder={words.invite}
        rows={2}
        value={text}
        maxLength={LONGEST}
        onKeyDown={onKeyDown}
        onChange={(next) => {
          setText(next);
          if (next !== "") sayTyping(view.case, room.room);
        }}
        {...(left < 400 ? { hint: t`${left} characters left` } : {})}
      />
      <ProblemNote problem={problem} />
      <div className="composer-send">
        {room.can_post ? <AddFileButton view={view} room={room.room} small /> : null}
        {room.room === "joint" && view.me.party !== null && said !== "" ? (
          <Checkbox isSelected={isApology} onChange={setApology}>
            <Trans>This is an apology. It is no admission.</Trans>
          </Checkbox>
        ) : (
          <span className="note composer-keys">
            <Trans>Ctrl + Enter sends</Trans>
          </span>
        )}
        <Button kind="primary" type="submit" isDisabled={said === ""} isPending={status !== "idle"}>
          {status === "retrying" ? t`Still sending…` : words.send}
        </Button>
      </div>
      <ConfirmDialog
        title={t`Everyone will see this`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Send to everyone`}
        decline={t`Not yet`}
        onConfirm={() => void post()}
      >
        <p>
          <Trans>You were talking in private a moment ago. This goes to both sides and the mediator:</Trans>
        </p>
        <blockquote className="quote">{said}</blockquote>
      </ConfirmDialog>
    </form>
  );
}
