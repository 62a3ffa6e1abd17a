/** Whom somebody may bring, as the rules of the case have it; the server has the last word. */
import type { CaseView, Party, Role } from "../../api/types";

/** What the person is to be, finer than the role: an interpreter sits as a companion does. */
export type SeatKind = "first" | "counsel" | "companion" | "interpreter" | "colleague" | "manager" | "mediator" | "legal";

export interface Seat {
  key: string;
  kind: SeatKind;
  role: Role;
  party: Party | null;
}

const SPEAKS: Readonly<Record<Party, Role>> = { business: "handler", client: "principal" };

function seat(kind: SeatKind, role: Role, party: Party | null): Seat {
  return { key: `${kind} ${party ?? ""}`, kind, role, party };
}

function helpersOf(party: Party): readonly Seat[] {
  return [seat("counsel", "counsel", party), seat("companion", "companion", party), seat("interpreter", "companion", party)];
}

function ownOf(party: Party): readonly Seat[] {
  const colleague = seat("colleague", SPEAKS[party], party);
  return party === "business" ? [colleague, seat("manager", "manager", party)] : [colleague];
}

/** Those who are still missing come first. */
export function whomToInvite(view: CaseView): readonly Seat[] {
  const { role, party } = view.me;
  const isHere = (side: Party) => view.people.some((one) => one.party === side);
  const firstOf = (side: Party) => seat("first", SPEAKS[side], side);
  const legal = seat("legal", "legal", null);
  if (view.closed_at !== null) return [];
  if (role === "mediator") {
    // Of a side a mediator brings only whoever comes first: all others read its own room, so it invites them itself.
    const ofSide = (side: Party) => (isHere(side) ? [] : [firstOf(side)]);
    return [...ofSide("client"), ...ofSide("business"), legal];
  }
  if (party === null || (role !== "principal" && role !== "handler" && role !== "manager")) return [];
  const other = party === "business" ? "client" : "business";
  return [
    ...(isHere(other) ? [] : [firstOf(other)]),
    ...(view.mediator === null ? [seat("mediator", "mediator", null)] : []),
    ...helpersOf(party),
    ...ownOf(party),
    legal,
  ];
}
