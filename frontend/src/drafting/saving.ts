/** What the status line may truthfully say. Pure, so that every claim on the screen has a test. */

export interface SavingFacts {
  /** The socket is open. */
  connected: boolean;
  /** The document has arrived at least once. */
  opened: boolean;
  /** Own changes whose commit the server has not acknowledged. */
  unsaved: number;
  /** The server refused this document to this person. */
  denied: boolean;
  /** The server has refused something that was written here, and takes nothing more from this page. */
  refused: boolean;
  /** Other browsers that have the document open. */
  others: number;
  /** Of those, how many have said that they hold everything written here. */
  othersUpToDate: number;
}

export type Saving =
  | "denied"
  | "refused"
  | "opening"
  | "editing"
  | "saved"
  | "everyone-has-it"
  | "offline-saved"
  | "offline-unsaved";

/**
 * `saved` only after the server has acknowledged, which it does after the commit. `everyone-has-it` only when every
 * other open browser has itself confirmed what it holds; silence is not a yes.
 */
export function savingOf(facts: SavingFacts): Saving {
  if (facts.denied) return "denied";
  if (facts.refused) return "refused";
  if (!facts.opened) return "opening";
  if (!facts.connected) return facts.unsaved > 0 ? "offline-unsaved" : "offline-saved";
  if (facts.unsaved > 0) return "editing";
  return facts.others > 0 && facts.othersUpToDate === facts.others ? "everyone-has-it" : "saved";
}
