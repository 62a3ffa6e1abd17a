/** Small questions that many screens of a case ask: who is the mediator, which side, what may be done now. */
import type { CaseView, Party, PersonView } from "../api/types";

export function otherSide(party: Party): Party {
  return party === "business" ? "client" : "business";
}

export function isMediator(view: CaseView): boolean {
  return view.mediator !== null && view.mediator.participant === view.me.participant;
}

/** The people of one side, in the order they came. */
export function sideOf(view: CaseView, party: Party): readonly PersonView[] {
  return view.people.filter((person) => person.party === party);
}

export function mayNow(thing: { can: readonly string[] }, command: string): boolean {
  return thing.can.includes(command);
}

export function mayGive(view: CaseView, command: string): boolean {
  return view.allowed_actions.includes(command);
}
