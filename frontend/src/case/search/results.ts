/** What was found, room by room in the order of the switch, papers last. */
import type { Hit } from "../../api/search";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { kindOf, speakingRooms } from "../rooms";

export interface FoundInRoom {
  room: string;
  hits: readonly Hit[];
}

export function byRoom(view: CaseView, hits: readonly Hit[]): readonly FoundInRoom[] {
  const order = [...speakingRooms(view).map((one) => one.room), "papers"];
  return order
    .map((room) => ({ room, hits: hits.filter((hit) => hit.room === room) }))
    .filter((one) => one.hits.length > 0);
}

/** Where a hit stands: its line in the conversation, its paper, or the files of the case. */
export function placeOf(view: CaseView, hit: Hit): string {
  if (kindOf(hit.room) === "papers") return hit.seq === null ? links.papers(view.case) : `${links.papers(view.case)}#paper-${hit.seq}`;
  if (hit.seq !== null) return `${links.talk(view.case, hit.room)}#said-${hit.seq}`;
  return hit.file === null ? links.talk(view.case, hit.room) : links.files(view.case);
}

export interface Piece {
  text: string;
  isMatch: boolean;
}

/** A text in pieces, those that match any of the words apart, for showing where. */
export function matchesIn(text: string, words: string): readonly Piece[] {
  const sought = words
    .split(/\s+/u)
    .filter((word) => word.length > 1)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  if (sought.length === 0) return [{ text, isMatch: false }];
  const pattern = new RegExp(`(${sought.join("|")})`, "giu");
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, isMatch: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
