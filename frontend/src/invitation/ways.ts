import type { FirstPageFacts } from "../api/invitations";
import { links } from "../links";

/** How the person wants to begin once they are in. */
export type Way = "continue" | "private" | "companion" | "another-mediator";

/** Which ways the first page offers somebody in this seat. */
export function waysFor(facts: Pick<FirstPageFacts, "role" | "party" | "mediator">): readonly Way[] {
  const speaks = facts.role === "principal" || facts.role === "handler" || facts.role === "manager";
  const hasMediator = facts.mediator !== null;
  return [
    "continue",
    ...(facts.party !== null && hasMediator ? (["private"] as const) : []),
    ...(speaks ? (["companion"] as const) : []),
    ...(speaks && hasMediator ? (["another-mediator"] as const) : []),
  ];
}

/** The page of the case on which this way begins. */
export function whereTo(caseId: string, way: Way, facts: Pick<FirstPageFacts, "role" | "party" | "mediator">): string {
  switch (way) {
    case "private":
      return facts.party === null ? links.table(caseId) : links.talk(caseId, `caucus-${facts.party}`);
    case "companion":
      return links.people(caseId);
    case "another-mediator":
      return links.agreement(caseId);
    case "continue":
      if (facts.role === "legal") return links.papers(caseId);
      // Without a mediator there is nothing to accept yet; the sides write to each other.
      if (facts.mediator === null && facts.party !== null) return links.talk(caseId, "talks");
      return links.agreement(caseId);
  }
}
