/** What is kept and what is erased, and when; keeping one's own room longer; stopping the erasing altogether. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, RoomView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Card, Choices, Dialog, Icon, Tag, Time, announce } from "../../ui";
import { mayGive } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { kindOf, roomLook, speakingRooms } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import { Hold } from "./Hold";
import "./keeping.css";

export function Kept({ view }: { view: CaseView }) {
  const wordsOf = useRoomWords(view);
  const rooms = speakingRooms(view);
  const isHeld = view.hold.ground !== null;
  return (
    <Card title={<Trans>What is kept, and for how long</Trans>}>
      <div id="kept" className="stack">
        <p>
          {view.ending === null ? (
            <Trans>People speak openly when it is forgotten afterwards. Once the mediation has ended, what was said is erased by itself; these papers stay.</Trans>
          ) : isHeld ? (
            <Trans>The mediation has ended. Nothing is erased for now: see below.</Trans>
          ) : (
            <Trans>The mediation has ended. What was said is erased on these days; these papers stay. Download your record before then if you want to keep your part.</Trans>
          )}
        </p>
        <ul className="plain-list kept">
          {rooms.map((room) => {
            const { accent, icon } = roomLook(room.room, view.me.party);
            return (
              <li key={room.room} className="kept-room" data-accent={accent}>
                <Icon name={icon} />
                <strong>{wordsOf(room.room).name}</strong>
                <span className="kept-when">
                  <When view={view} room={room} />
                </span>
              </li>
            );
          })}
          {view.me.role === "mediator" ? (
            <li className="kept-room">
              <Icon name="quill" />
              <strong>
                <Trans>Your notes</Trans>
              </strong>
              <span className="kept-when">
                <Trans>erased 14 days after the end, or when you wish</Trans>
              </span>
            </li>
          ) : null}
        </ul>
        {mayGive(view, "KeepTeamRoom") ? <KeepLonger view={view} /> : null}
        <Hold view={view} />
      </div>
    </Card>
  );
}

function When({ view, room }: { view: CaseView; room: RoomView }) {
  if (room.erased) {
    return (
      <Tag icon="agree">
        <Trans>Erased</Trans>
      </Tag>
    );
  }
  const at = room.erase_at ?? null;
  if (at !== null) {
    return (
      <Trans>
        erased on <Time at={at} show="date" />
      </Trans>
    );
  }
  switch (kindOf(room.room)) {
    case "talks":
    case "papers":
      return <Trans>stays: ordinary letters between the two sides</Trans>;
    case "caucus":
    case "private":
      return view.ending === null ? <Trans>erased 14 days after the end</Trans> : <Trans>kept for now</Trans>;
    case "joint":
      return view.ending === null ? <Trans>erased 30 days after the end</Trans> : <Trans>kept for now</Trans>;
    case "team":
      return view.ending === null ? <Trans>erased 30 days after the end, unless your side keeps it longer</Trans> : <Trans>kept for now</Trans>;
  }
}

/** In days. */
type Span = "30" | "90" | "180" | "365";

/** One's own side's room is its own counsel: how long it is kept is nobody else's business. */
function KeepLonger({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<Span>("90");
  const { give, status, problem } = useCommand(view.case);
  const own = view.rooms.find((one) => kindOf(one.room) === "team");
  const until = own?.kept_until ?? null;
  const keep = async () => {
    const written = await give("team-keepings", { days: Number(days) });
    if (written === null) return;
    setOpen(false);
    announce(t`Your side's own room is kept longer.`, { tone: "good" });
  };
  return (
    <div className="stack-tight">
      {until === null ? null : (
        <p className="note">
          <Trans>
            Your side keeps its own room until <Time at={until} show="date" /> at least.
          </Trans>
        </p>
      )}
      <div className="row">
        <Button small icon="saved" onPress={() => setOpen(true)}>
          {t`Keep our own room longer`}
        </Button>
      </div>
      {open ? (
        <Dialog
          title={t`Keep our own room longer`}
          closeLabel={t`Close`}
          isOpen
          onOpenChange={setOpen}
          actions={
            <Button kind="primary" icon="saved" isPending={status !== "idle"} onPress={() => void keep()}>
              <Trans>Keep it that long</Trans>
            </Button>
          }
        >
          <p>
            <Trans>What your side wrote among itself stays readable for your side alone. Neither the other side nor the mediator learns of it.</Trans>
          </p>
          <Choices
            label={t`How long, from today?`}
            value={days}
            onChange={setDays}
            choices={[
              { value: "30", label: t`One month` },
              { value: "90", label: t`Three months` },
              { value: "180", label: t`Half a year` },
              { value: "365", label: t`A year` },
            ]}
          />
          <ProblemNote problem={problem} />
        </Dialog>
      ) : null}
    </div>
  );
}
