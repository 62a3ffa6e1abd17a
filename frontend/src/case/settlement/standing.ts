/** How each clause stands: who agrees to its present wording, what is suggested for it, and what awaits whom. */
import type { DraftingView, Party } from "../../api/types";
import type { ClauseInfo } from "../../drafting/clauses";

export interface Standing {
  clause: string;
  number: number;
  /** Of the wording on this screen; null for a moment, while it is counted. */
  hash: string | null;
  agreed: Readonly<Record<Party, boolean>>;
  /** Somebody had agreed before the wording changed. */
  lapsed: boolean;
  /** How many suggestions for it are undecided. */
  suggested: number;
}

export function standingsOf(clauses: readonly Pick<ClauseInfo, "id" | "number">[], hashes: ReadonlyMap<string, string>, drafting: DraftingView): readonly Standing[] {
  const assents = new Map(drafting.assents.map((one) => [one.clause, one]));
  const open = drafting.suggestions.filter((one) => one.state === "open");
  return clauses.map(({ id, number }) => {
    const hash = hashes.get(id) ?? null;
    const given = assents.get(id);
    // An agreement is to one wording: without the hash on this screen it is not claimed.
    const to = (side: string | null | undefined) => hash !== null && side === hash;
    return {
      clause: id,
      number,
      hash,
      agreed: { business: to(given?.business), client: to(given?.client) },
      lapsed: drafting.lapsed.includes(id),
      suggested: open.filter((one) => one.clause === id && one.change !== "insert").length,
    };
  });
}

export interface Counted {
  all: number;
  byBoth: number;
  /** Clauses that this side may agree to now, in their order. */
  awaiting: readonly Standing[];
  /** Not agreed to by this side, and something is still suggested for them. */
  undecided: readonly Standing[];
}

/** For the mediator, who agrees to nothing, nothing is awaiting. */
export function countFor(party: Party | null, standings: readonly Standing[]): Counted {
  const open = party === null ? [] : standings.filter((one) => one.hash !== null && !one.agreed[party]);
  return {
    all: standings.length,
    byBoth: standings.filter((one) => one.agreed.business && one.agreed.client).length,
    awaiting: open.filter((one) => one.suggested === 0),
    undecided: open.filter((one) => one.suggested > 0),
  };
}

/** The next of these after the one looked at last, around the end to the first. */
export function nextAfter(awaiting: readonly Standing[], number: number): Standing | undefined {
  return awaiting.find((one) => one.number > number) ?? awaiting[0];
}
