/** The rooms as a person sees them: which kind, in which order, and what must be asked before everyone hears. */
import type { CaseView, Party, RoomView } from "../api/types";
import type { Entry, RoomName, WrittenEntry } from "../api/wire";
import type { Accent, IconName } from "../ui";

export type RoomKind = "papers" | "talks" | "joint" | "caucus" | "team" | "private";

/** In which order rooms are offered, once there is a table and before. Nobody speaks in papers. */
const WITH_TABLE: readonly RoomKind[] = ["joint", "caucus", "private", "team", "talks"];
const BEFORE_TABLE: readonly RoomKind[] = ["talks", "caucus", "private", "team"];

const LOOKS: Readonly<Record<RoomKind, { accent: Accent; icon: IconName }>> = {
  joint: { accent: "moss", icon: "table" },
  caucus: { accent: "plum", icon: "lock" },
  private: { accent: "olive", icon: "door" },
  team: { accent: "slate", icon: "people" },
  talks: { accent: "ochre", icon: "letters" },
  papers: { accent: "stone", icon: "papers" },
};

export function kindOf(room: RoomName): RoomKind {
  if (room === "papers" || room === "talks" || room === "joint") return room;
  if (room.startsWith("caucus-")) return "caucus";
  return room.startsWith("team-") ? "team" : "private";
}

export function sideOfRoom(room: string): Party | null {
  if (room.endsWith("-business")) return "business";
  return room.endsWith("-client") ? "client" : null;
}

/**
 * The colour and the drawing of a room. The mediator has a caucus with each side and must never mistake one for the
 * other, so theirs differ; team rooms are not the mediator's, so slate is free. Rooms of chosen people have their own.
 */
export function roomLook(room: RoomName, viewer?: Party | null): { accent: Accent; icon: IconName } {
  const look = LOOKS[kindOf(room)];
  return viewer === null && room === "caucus-business" ? { ...look, accent: "slate" } : look;
}

/** Rooms in which one can speak or listen, the joint one first; direct talks come last once there is a table. */
export function speakingRooms(view: CaseView): readonly RoomView[] {
  const kinds = view.began_at === null ? BEFORE_TABLE : WITH_TABLE;
  const place = (room: RoomView) => kinds.indexOf(kindOf(room.room));
  return view.rooms
    .filter((room) => place(room) >= 0)
    .sort((a, b) => place(a) - place(b) || a.room.localeCompare(b.room));
}

/** Where to begin: the table once it is there, before that direct talks, else whatever there is. */
export function firstRoom(view: CaseView): string | null {
  return speakingRooms(view)[0]?.room ?? null;
}

function isWritten(entry: Entry): entry is WrittenEntry {
  return entry.erased !== true;
}

function lastOf(entries: readonly Entry[] | undefined, matches: (entry: WrittenEntry) => boolean): string {
  const found = entries?.findLast((entry) => isWritten(entry) && matches(entry));
  return found !== undefined && isWritten(found) ? found.at : "";
}

const PRIVATE_BEGINS_OR_ENDS: ReadonlySet<string> = new Set(["CaucusOpened", "CaucusClosed", "RoomClosed"]);

/**
 * Whether to ask "Everyone will see this" before a post in the joint room: the viewer has spoken in private, or a
 * private session was opened or closed, since they last spoke to everyone.
 */
export function asksBeforeEveryone(entriesByRoom: Readonly<Record<string, readonly Entry[]>>, me: string): boolean {
  const mine = (entry: WrittenEntry) => (entry.kind === "MessagePosted" || entry.kind === "FileAdded") && entry.actor === me;
  const spokeToAll = lastOf(entriesByRoom["joint"], mine);
  return Object.entries(entriesByRoom).some(([room, entries]) => {
    const kind = kindOf(room);
    if (kind !== "caucus" && kind !== "private" && kind !== "team") return false;
    const inPrivate = lastOf(
      entries,
      (entry) => mine(entry) || PRIVATE_BEGINS_OR_ENDS.has(entry.kind) || (kind === "private" && entry.kind === "RoomOpened"),
    );
    return inPrivate > spokeToAll;
  });
}
