/** What each room is called, and who hears what is said in it, in words that cannot be misread. */
import { useLingui } from "@lingui/react/macro";
import type { CaseView } from "../api/types";
import type { RoomName } from "../api/wire";
import { personOf, partyName } from "./people";
import { kindOf, sideOfRoom } from "./rooms";

export interface RoomWords {
  /** On the switch: short. */
  name: string;
  /** On the band and where one writes: who sees this. */
  seenBy: string;
  /** Under it: who does not, and what that means. */
  detail: string;
  /** On the button that sends. */
  send: string;
  /** In passing, once it is sent, before its first words. */
  sent: string;
  /** On the button that adds a file. */
  addFile: string;
  /** In the empty box. */
  invite: string;
  isPrivate: boolean;
}

export function useRoomWords(view: CaseView): (room: RoomName) => RoomWords {
  const { t, i18n } = useLingui();
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" });

  return (room) => {
    const found = view.rooms.find((one) => one.room === room);
    const members = found?.members ?? [];
    const others = members
      .filter((member) => member !== view.me.participant)
      .map((member) => personOf(view, member)?.name)
      .filter((name) => name !== undefined);
    const names = list.format(others);
    const company = list.format([t`you`, ...others]);
    const alone = others.length === 0;
    const mediator = view.mediator?.name ?? t`the mediator`;

    switch (kindOf(room)) {
      case "joint":
        return {
          name: t`Everyone`,
          seenBy: t`Everyone sees this`,
          detail: t`Both sides and the mediator. It stays in the mediation.`,
          send: t`Send to everyone`,
          sent: t`Sent to everyone`,
          addFile: t`Add for everyone to see`,
          invite: t`Say something to everyone`,
          isPrivate: false,
        };
      case "private": {
        const name = found?.name ?? "";
        return {
          name: name === "" ? t`Private: ${names}` : name,
          seenBy: alone ? t`Private: only you so far` : t`Private: only ${company}`,
          detail: t`Nobody else sees this, or learns that this room is there.`,
          send: t`Send privately`,
          sent: t`Sent privately`,
          addFile: t`Add privately`,
          invite: t`Write to ${names}`,
          isPrivate: true,
        };
      }
      case "caucus": {
        const party = sideOfRoom(room);
        const side = party === null ? names : partyName(view, party);
        const whom = view.me.party === null ? side : mediator;
        return {
          name: view.me.party === null ? t`Private: ${side}` : t`Private with ${mediator}`,
          seenBy: alone ? t`Private: only you so far` : t`Private: only ${company}`,
          detail: t`The other side sees neither this nor that you write. Nothing leaves without a yes.`,
          send: t`Send privately`,
          sent: t`Sent privately`,
          addFile: t`Add privately`,
          invite: t`Write privately to ${whom}`,
          isPrivate: true,
        };
      }
      case "team":
        return {
          name: t`Your own side`,
          seenBy: alone ? t`Private: only you so far` : t`Private: only ${company}`,
          detail: t`Your side alone. Neither the mediator nor the other side sees this.`,
          send: t`Send to your own side`,
          sent: t`Sent to your own side`,
          addFile: t`Add for your own side`,
          invite: t`Write to your own side`,
          isPrivate: true,
        };
      case "talks":
        return {
          name: t`Direct talks`,
          seenBy: t`Both sides see this`,
          detail: t`Ordinary correspondence, outside the mediation: it may be shown elsewhere later.`,
          send: t`Send to both sides`,
          sent: t`Sent to both sides`,
          addFile: t`Add for both sides`,
          invite: t`Write to the other side`,
          isPrivate: false,
        };
      case "papers":
        return { name: t`Papers`, seenBy: t`Everyone on the case sees this`, detail: "", send: "", sent: "", addFile: "", invite: "", isPrivate: false };
    }
  };
}
