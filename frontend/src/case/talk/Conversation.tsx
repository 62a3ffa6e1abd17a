/** The conversation: one room at a time, never in doubt which; what waits for an answer there; and where one writes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { CaseView, RoomView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { useDraft } from "../../live/useDraft";
import { links } from "../../links";
import { Banner, Button, EmptyState, LinkButton, Time, type MenuAction } from "../../ui";
import { OnTheirWay } from "../files/OnTheirWay";
import { isMediator, mayGive, mayNow } from "../lookup";
import { personOf } from "../people";
import { asksBeforeEveryone, kindOf, roomLook, speakingRooms } from "../rooms";
import { linesOf, type MessageLine } from "../timeline";
import { useAct } from "../useAct";
import { useRoomWords } from "../useRoomWords";
import { useSeen } from "../useSeen";
import { useWidth } from "../useWidth";
import { AskToShare } from "./AskToShare";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { RoomBand } from "./RoomBand";
import { NewElsewhere, RoomSwitch } from "./RoomSwitch";
import { Scribed } from "./Scribed";
import { Sharing } from "./Sharing";
import "./talk.css";

const ReportAbuse = lazy(() => import("../help/ReportAbuse").then((part) => ({ default: part.ReportAbuse })));

interface ConversationProps {
  view: CaseView;
  live: CaseState;
  room: string;
  onRoom: (room: string) => void;
  /** The number of the entry to go to. */
  target?: number | null;
}

export function Conversation({ view, live, room: roomName, onRoom, target = null }: ConversationProps) {
  const { t } = useLingui();
  const wordsOf = useRoomWords(view);
  const width = useWidth();
  const rooms = speakingRooms(view);
  const room = rooms.find((one) => one.room === roomName);
  const { unread, read } = useSeen(view.case, live);
  const entries = live.entriesByRoom[roomName];
  const lines = useMemo(() => linesOf(entries ?? []), [entries]);
  const onRead = useCallback(() => read(roomName), [read, roomName]);
  const [reported, setReported] = useState<MessageLine | null>(null);
  const [sharing, setSharing] = useState<string | null>(null);
  const { act } = useAct(view.case);
  // What waits for the viewer's answer comes first; the box to write in folds away until it is wanted.
  const mustAnswer =
    view.scribed.some((one) => one.room === roomName && mayNow(one, "AnswerScribed")) ||
    view.sharings.some((one) => one.room === roomName && mayNow(one, "AllowSharing"));
  const [draft] = useDraft(view.case, roomName, "message");
  const [writingIn, setWritingIn] = useState<string | null>(null);
  const isWriting = writingIn === roomName;

  if (room === undefined) {
    return (
      <EmptyState level={2} icon="speech" title={t`There is nobody to talk to yet`}>
        <Trans>As soon as somebody else has joined, you can write to each other here.</Trans>
      </EmptyState>
    );
  }

  const words = wordsOf(room.room);
  const isCaucus = kindOf(room.room) === "caucus";
  const actionsOf = (line: MessageLine): readonly MenuAction[] => {
    const actions: MenuAction[] = [];
    const mine = line.actor === view.me.participant;
    const open = view.ending === null;
    if (isCaucus && open && (mine ? view.me.party !== null : isMediator(view))) {
      const label = mine ? t`Let the mediator say this at the table` : t`Ask whether this may be said at the table`;
      actions.push({ id: "share", label, icon: "speech", onAction: () => setSharing(line.text) });
    }
    // Direct talks are ordinary correspondence: after ten seconds they stay.
    if (mine && room.room !== "talks" && view.closed_at === null) {
      actions.push({
        id: "strike",
        label: t`Take these words back`,
        hint: t`The words are erased, their place stays.`,
        icon: "undo",
        onAction: () => void act("message-strikes", { room: room.room, seq: line.seq }),
      });
    }
    if (!mine && line.actor !== view.mediator?.participant && mayGive(view, "ReportAbuse")) {
      actions.push({ id: "report", label: t`This went too far`, hint: t`Tell the mediator.`, icon: "flag", onAction: () => setReported(line) });
    }
    return actions;
  };

  return (
    <section className="conversation" aria-label={t`Conversation`}>
      {rooms.length > 1 ? (
        width === "narrow" ? (
          <NewElsewhere rooms={rooms} room={room.room} onRoom={onRoom} wordsOf={wordsOf} unread={unread} />
        ) : (
          <RoomSwitch view={view} rooms={rooms} room={room.room} onRoom={onRoom} wordsOf={wordsOf} unread={unread} />
        )
      ) : null}
      <RoomBand view={view} room={room.room} words={words} />
      {lines.length === 0 ? (
        <div className="log-frame">
          <NothingSaid room={room} />
        </div>
      ) : (
        <Log key={`log ${room.room}`} view={view} label={words.name} lines={lines} actionsOf={actionsOf} onRead={onRead} target={target} />
      )}
      <Waiting view={view} room={room.room} isFirst={mustAnswer} />
      <OnTheirWay caseId={view.case} room={room.room} />
      <Typing view={view} people={live.typing[room.room] ?? []} />
      {room.can_post && mustAnswer && !isWriting && draft === "" ? (
        <div className="composer-folded" data-accent={roomLook(room.room, view.me.party).accent}>
          <Button small kind="quiet" icon="speech" onPress={() => setWritingIn(room.room)}>
            {words.invite}
          </Button>
        </div>
      ) : room.can_post ? (
        <Composer
          key={`composer ${room.room}`}
          view={view}
          room={room}
          words={words}
          asksFirst={asksBeforeEveryone(live.entriesByRoom, view.me.participant)}
        />
      ) : (
        <NoPosting view={view} room={room} />
      )}
      {reported === null ? null : (
        <Suspense fallback={null}>
          <ReportAbuse view={view} about={{ room: room.room, line: reported }} onClose={() => setReported(null)} />
        </Suspense>
      )}
      {sharing === null ? null : <AskToShare view={view} room={room.room} said={sharing} onClose={() => setSharing(null)} />}
    </section>
  );
}

/** What is written for somebody or asked to be shared in this room, and not yet settled. */
function Waiting({ view, room, isFirst }: { view: CaseView; room: string; isFirst: boolean }) {
  const scribed = view.scribed.filter((one) => one.room === room && one.confirmed === null);
  const sharings = view.sharings.filter((one) => one.room === room && (one.state === "asked" || one.state === "allowed"));
  if (scribed.length + sharings.length === 0) return null;
  return (
    <div className={isFirst ? "waiting waiting-first" : "waiting"}>
      {scribed.map((one) => (
        <Scribed key={one.scribed} view={view} scribed={one} />
      ))}
      {sharings.map((one) => (
        <Sharing key={one.sharing} view={view} sharing={one} />
      ))}
    </div>
  );
}

function Typing({ view, people }: { view: CaseView; people: readonly string[] }) {
  const { t, i18n } = useLingui();
  const names = people
    .filter((one) => one !== view.me.participant)
    .map((one) => personOf(view, one)?.name)
    .filter((name) => name !== undefined);
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(names);
  const writing = names.length === 1 ? t`${list} is writing…` : t`${list} are writing…`;
  return <p className="typing note">{names.length === 0 ? "" : writing}</p>;
}

function NothingSaid({ room }: { room: RoomView }) {
  const { t } = useLingui();
  const { icon } = roomLook(room.room);
  if (room.erased) {
    return (
      <EmptyState level={2} icon="agree" title={t`What was said here has been erased`}>
        <Trans>That was the promise. The papers of the case stay.</Trans>
      </EmptyState>
    );
  }
  switch (kindOf(room.room)) {
    case "joint":
      return (
        <EmptyState level={2} icon={icon} title={t`Nobody has said anything yet`}>
          <Trans>This is where both sides and the mediator talk. A good first word is often a short greeting.</Trans>
        </EmptyState>
      );
    case "private":
      return (
        <EmptyState level={2} icon={icon} title={t`A room of its own`}>
          <Trans>Only those named above read what is written here.</Trans>
        </EmptyState>
      );
    case "caucus":
      return (
        <EmptyState level={2} icon={icon} title={t`A place to speak openly`}>
          <Trans>What you write here stays between you, unless you allow exact words to be carried out.</Trans>
        </EmptyState>
      );
    case "team":
      return (
        <EmptyState level={2} icon={icon} title={t`Room to think together`}>
          <Trans>Talk things over with your own side here. Nobody else can read it.</Trans>
        </EmptyState>
      );
    case "talks":
    case "papers":
      return (
        <EmptyState level={2} icon={icon} title={t`Nothing written yet`}>
          <Trans>Here the two sides write to each other directly. Say what happened and what would help.</Trans>
        </EmptyState>
      );
  }
}

/** Why one cannot write here now, and where one can. */
function NoPosting({ view, room }: { view: CaseView; room: RoomView }) {
  const { t } = useLingui();
  const until = room.erase_at ?? null;
  if (room.erased) return null;
  if (view.closed_at !== null || (view.ending !== null && room.room !== "talks")) {
    return (
      <Banner title={view.closed_at === null ? t`The mediation has ended. You can still read this.` : t`This case is closed. You can still read it.`}>
        {until === null ? null : (
          <Trans>
            It is erased on <Time at={until} show="date" />.
          </Trans>
        )}
      </Banner>
    );
  }
  if (room.closed) return <Banner icon="door" title={t`The mediator has closed this room. You can still read it.`} />;
  if (room.room !== "joint") return <Banner title={t`You can read here, but not write at the moment.`} />;
  const isMuted = view.muted.includes(view.me.participant);
  if (!view.paused && !isMuted) return <Banner title={t`You can read here, but not write at the moment.`} />;
  const own = view.me.party === null ? undefined : view.rooms.find((one) => one.room === `caucus-${String(view.me.party)}` && one.can_post);
  return (
    <Banner
      icon={view.paused ? "pause" : "hush"}
      tone="warn"
      title={view.paused ? t`The joint conversation is paused` : t`The mediator asks you to listen for now`}
      actions={
        own === undefined ? undefined : (
          <LinkButton small icon="lock" href={links.talk(view.case, own.room)}>
            <Trans>Write to the mediator privately</Trans>
          </LinkButton>
        )
      }
    >
      {view.paused
        ? t`You can still write to the mediator in private. What you began to write here is kept.`
        : t`You read everything, and cannot write to everyone until the mediator lets you. What you began to write here is kept.`}
    </Banner>
  );
}
