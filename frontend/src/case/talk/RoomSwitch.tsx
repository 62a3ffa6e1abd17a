/** The rooms one is in, side by side, each in its colour and with what is new in it. */
import { useLingui } from "@lingui/react/macro";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { CaseView, RoomView } from "../../api/types";
import { Button, Icon } from "../../ui";
import { roomLook } from "../rooms";
import type { RoomWords } from "../useRoomWords";

interface Rooms {
  rooms: readonly RoomView[];
  room: string;
  onRoom: (room: string) => void;
  wordsOf: (room: string) => RoomWords;
  unread: (room: string) => number;
}

export function RoomSwitch({ view, rooms, room, onRoom, wordsOf, unread }: Rooms & { view: CaseView }) {
  const { t } = useLingui();
  return (
    <ToggleButtonGroup
      aria-label={t`Room`}
      className="room-switch"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[room]}
      onSelectionChange={(keys) => {
        const [next] = keys;
        if (typeof next === "string") onRoom(next);
      }}
    >
      {rooms.map((one) => {
        const { accent, icon } = roomLook(one.room, view.me.party);
        const fresh = one.room === room ? 0 : unread(one.room);
        return (
          <ToggleButton key={one.room} id={one.room} className="room-choice" data-accent={accent}>
            <Icon name={icon} size={18} />
            <span>{wordsOf(one.room).name}</span>
            {fresh === 0 ? null : (
              <span className="count">
                {fresh}
                <span className="hidden-visually"> {t`new`}</span>
              </span>
            )}
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}

/** On a phone the rooms are among the pages of the case; here stands only what is new in the others. */
export function NewElsewhere({ rooms, room, onRoom, wordsOf, unread }: Rooms) {
  const { t } = useLingui();
  const fresh = rooms.filter((one) => one.room !== room && unread(one.room) > 0);
  if (fresh.length === 0) return null;
  return (
    <p className="new-elsewhere" role="status">
      {fresh.map((one) => {
        const name = wordsOf(one.room).name;
        return (
          <Button key={one.room} small kind="quiet" icon={roomLook(one.room).icon} onPress={() => onRoom(one.room)}>
            {t`New in: ${name}`}
          </Button>
        );
      })}
    </p>
  );
}
