/** What is said of a clause, each thread in the room it was begun in; the room is unmistakable before anything is written. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { Selected } from "../../drafting/anchors";
import type { ClauseInfo } from "../../drafting/clauses";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { announce, Button, Dialog, Form, Icon, Tag, Time } from "../../ui";
import { mayNow } from "../lookup";
import { MentioningArea, useMentionable, WithMentions } from "../Mentioning";
import { mentionedIn } from "../mentions";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { kindOf, roomLook, speakingRooms } from "../rooms";
import { useAct } from "../useAct";
import { useRoomWords } from "../useRoomWords";
import type { TextDesk } from "./textDesk";
import { type Thread, threadsOf } from "./threads";

const LONGEST = 4000;

interface ThreadsProps {
  desk: TextDesk;
  clause: string | null;
  onlyOpen?: boolean;
  /** The one that is looked for stands first. */
  lookedFor?: string | null;
  /** Before the words are shown in the text. */
  onShow?: () => void;
}

export function Threads({ desk, clause, onlyOpen = false, lookedFor = null, onShow }: ThreadsProps) {
  const { t } = useLingui();
  const shown = threadsOf(desk.view, clause)
    .filter((one) => !onlyOpen || !one.first.resolved)
    .sort((one, other) => Number(other.first.comment === lookedFor) - Number(one.first.comment === lookedFor));
  if (shown.length === 0) return null;
  return (
    <div className="threads" role="group" aria-label={t`Comments`}>
      {shown.map((thread) => (
        <ThreadCard key={thread.first.comment} desk={desk} thread={thread} isLookedFor={thread.first.comment === lookedFor} onShow={onShow} />
      ))}
    </div>
  );
}

/** The way to the words that it is about; or that they are gone, so that nobody looks for them. */
function Place({ desk, thread, onShow }: { desk: TextDesk; thread: Thread; onShow?: () => void }) {
  const { comment, resolved } = thread.first;
  const found = desk.found.get(comment);
  if (found === undefined || resolved) return null;
  if (found === "gone") {
    return (
      <p className="note">
        <Trans>These words are no longer in the text.</Trans>
      </p>
    );
  }
  return (
    <div className="not-in-print">
      <Button
        small
        kind="quiet"
        icon="look"
        onPress={() => {
          onShow?.();
          // A dialog gives the page back its place first.
          setTimeout(() => desk.handle?.showRemark(comment));
        }}
      >
        <Trans>Show in the text</Trans>
      </Button>
    </div>
  );
}

function ThreadCard({ desk, thread, isLookedFor, onShow }: { desk: TextDesk; thread: Thread; isLookedFor: boolean; onShow?: (() => void) | undefined }) {
  const { t } = useLingui();
  const { view } = desk;
  const { first, answers } = thread;
  const { act, busy } = useAct(view.case);
  const [answering, setAnswering] = useState(false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isLookedFor) card.current?.scrollIntoView({ block: "nearest" });
  }, [isLookedFor]);
  const words = useRoomWords(view)(first.room);
  const { accent, icon } = roomLook(first.room, view.me.party);
  const mayAnswer = !first.resolved && view.rooms.some((room) => room.room === first.room && room.can.includes("PostComment"));
  return (
    <article ref={card} className="thread" data-accent={accent} data-looked-for={isLookedFor ? true : undefined}>
      <p className="thread-room">
        <Icon name={icon} size={16} /> {words.seenBy}
        {first.resolved ? (
          <Tag icon="agree" tone="good">
            <Trans>Settled</Trans>
          </Tag>
        ) : null}
      </p>
      {first.quote === "" ? null : <blockquote className="quote">{first.quote}</blockquote>}
      <Place desk={desk} thread={thread} {...(onShow === undefined ? {} : { onShow })} />
      {[first, ...answers].map((one) => (
        <div key={one.comment} className="thread-said">
          <p className="note">
            <strong>{one.by === view.me.participant ? t`You` : nameOf(view, one.by)}</strong>, <Time at={one.at} />
          </p>
          <p className="prose">
            <WithMentions view={view} text={one.text} mentions={one.mentions} />
          </p>
        </div>
      ))}
      {answering ? <CommentForm desk={desk} room={first.room} clause={first.clause} about={null} inAnswerTo={first.comment} onDone={() => setAnswering(false)} /> : null}
      <div className="suggestion-acts not-in-print">
        {mayAnswer && !answering ? (
          <Button small kind="quiet" icon="speech" onPress={() => setAnswering(true)}>
            <Trans>Answer</Trans>
          </Button>
        ) : null}
        {mayNow(first, "ResolveComment") ? (
          <Button small kind="quiet" icon="agree" isDisabled={busy} onPress={() => void act("comment-resolutions", { room: first.room, comment: first.comment })}>
            <Trans>Settled</Trans>
          </Button>
        ) : null}
      </div>
    </article>
  );
}

/** Key it by room: nothing of one room's box may live on in another's. */
function CommentForm({
  desk,
  room,
  clause,
  about,
  inAnswerTo,
  onDone,
}: {
  desk: TextDesk;
  room: string;
  clause: string | null;
  about: Selected | null;
  inAnswerTo: string | null;
  onDone: () => void;
}) {
  const { t } = useLingui();
  const { view } = desk;
  const words = useRoomWords(view)(room);
  const { accent, icon } = roomLook(room, view.me.party);
  const [text, setText] = useDraft(view.case, room, `comment ${inAnswerTo ?? clause ?? "text"}`);
  const { give, status, problem } = useCommand(view.case);
  const people = useMentionable(view, room);
  const said = text.trim();
  const post = async () => {
    if (said === "" || status !== "idle") return;
    const written = await give("comments", { room, document: desk.document, clause, quote: about?.quote ?? "", anchor: about?.anchor ?? "", text: said, in_answer_to: inAnswerTo, mentions: mentionedIn(said, people) });
    if (written === null) return;
    setText("");
    announce(words.sent, { tone: "good" });
    onDone();
  };
  return (
    <div className="comment-form" data-accent={accent}>
      <Form label={words.invite} onSubmit={() => void post()}>
        <p className="composer-who">
          <Icon name={icon} size={18} />
          <span>{words.seenBy}</span>
        </p>
        <p className="note">{words.detail}</p>
        <MentioningArea people={people} label={inAnswerTo === null ? t`Your comment` : t`Your answer`} rows={3} maxLength={LONGEST} value={text} onChange={setText} autoFocus />
        <ProblemNote problem={problem} />
        <div className="suggestion-acts">
          <Button kind="primary" type="submit" isDisabled={said === ""} isPending={status !== "idle"}>
            {words.send}
          </Button>
          {inAnswerTo === null ? null : (
            <Button kind="quiet" onPress={onDone}>
              <Trans>Not now</Trans>
            </Button>
          )}
        </div>
      </Form>
    </div>
  );
}

/** Everything said of one clause, and a box for a new comment once its room is chosen. */
export function CommentsDialog({ desk, clause, about, thread, onClose }: { desk: TextDesk; clause: ClauseInfo | null; about: Selected | null; thread: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const { view } = desk;
  const wordsOf = useRoomWords(view);
  const rooms = speakingRooms(view).filter((one) => one.can.includes("PostComment"));
  const [room, setRoom] = useState<string | null>(null);
  const number = clause?.number ?? 0;
  const known = room !== null && rooms.some((one) => one.room === room) ? room : null;
  return (
    <Dialog
      title={clause === null ? t`Comments on the whole text` : t`Comments on clause ${number}`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
    >
      {about === null ? <Threads desk={desk} clause={clause?.id ?? null} lookedFor={thread} onShow={onClose} /> : null}
      {rooms.length === 0 ? null : (
        <section className="new-comment">
          <h3>
            <Trans>New comment</Trans>
          </h3>
          {about === null ? null : <blockquote className="quote">{about.quote}</blockquote>}
          <p id="comment-room">
            <Trans>Who is it for?</Trans>
          </p>
          <ToggleButtonGroup
            aria-labelledby="comment-room"
            className="room-switch comment-rooms"
            selectionMode="single"
            selectedKeys={known === null ? [] : [known]}
            onSelectionChange={(keys) => {
              const [next] = keys;
              setRoom(typeof next === "string" ? next : null);
            }}
          >
            {rooms.map((one) => {
              const { accent, icon } = roomLook(one.room, view.me.party);
              return (
                <ToggleButton key={one.room} id={one.room} className="room-choice" data-accent={accent}>
                  <Icon name={icon} size={18} />
                  <span>{kindOf(one.room) === "joint" ? t`Everyone at the table` : wordsOf(one.room).name}</span>
                </ToggleButton>
              );
            })}
          </ToggleButtonGroup>
          {known === null ? (
            <p className="note">
              <Trans>Choose first: then you see exactly who will read it.</Trans>
            </p>
          ) : (
            <CommentForm key={known} desk={desk} room={known} clause={clause?.id ?? null} about={about} inAnswerTo={null} onDone={() => (about === null ? setRoom(null) : onClose())} />
          )}
        </section>
      )}
    </Dialog>
  );
}
