/** Which room one speaks in: colour, drawing and words together, above what is said and again where one writes. */
import type { CaseView } from "../../api/types";
import { Icon } from "../../ui";
import { roomLook } from "../rooms";
import type { RoomWords } from "../useRoomWords";

export function RoomBand({ view, room, words }: { view: CaseView; room: string; words: RoomWords }) {
  const { accent, icon } = roomLook(room, view.me.party);
  return (
    <div className="room-band" data-accent={accent}>
      <Icon name={icon} size={24} />
      <div>
        <p className="room-band-who">{words.seenBy}</p>
        <p className="room-band-detail">{words.detail}</p>
      </div>
    </div>
  );
}
