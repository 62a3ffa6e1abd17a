/** Which room one speaks in: colour, drawing and words together, above what is said and again where one writes. */
import type { CaseView } from "../../api/types";
import { Icon } from "../../ui";
import { kindOf, roomLook } from "../rooms";
import { OwnDraftLink } from "../settlement/OwnDraftLink";
import type { RoomWords } from "../useRoomWords";
import { TakeABreak } from "./TakeABreak";

export function RoomBand({ view, room, words }: { view: CaseView; room: string; words: RoomWords }) {
  const { accent, icon } = roomLook(room, view.me.party);
  return (
    <div className="band" data-accent={accent}>
      <Icon name={icon} size={22} />
      <div>
        <p className="band-who">{words.seenBy}</p>
        <p className="band-detail">{words.detail}</p>
      </div>
      {room === "joint" ? <TakeABreak view={view} /> : null}
      {kindOf(room) === "team" ? <OwnDraftLink view={view} /> : null}
    </div>
  );
}
