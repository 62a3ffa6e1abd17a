import type { CaseView, Party, PersonView } from "../api/types";

/** A person of the case by id, including those who have left only as far as the view still names them. */
export function personOf(view: CaseView, participant: string): PersonView | undefined {
  return view.people.find((one) => one.participant === participant);
}

/** The name to show for an entry's author; "" for the system itself or somebody the view no longer names. */
export function nameOf(view: CaseView, participant: string): string {
  return personOf(view, participant)?.name ?? "";
}

export function partyName(view: CaseView, party: Party): string {
  return view.parties.find((one) => one.party === party)?.name ?? "";
}
