/** Where somebody stands in the signing: what is theirs to do now, and what everybody waits for. */
import type { CaseView, Party, SignatureView, SigningView } from "../../../api/types";
import { mayGive } from "../../lookup";

export type Step =
  | { step: "effective"; at: string }
  /** Theirs to sign, and not before this moment. */
  | { step: "think"; from: string }
  | { step: "sign" }
  | { step: "signed"; own: SignatureView; isMissing: boolean }
  /** Nothing of this is theirs to do. */
  | { step: "watch"; isMissing: boolean };

const PARTIES: readonly Party[] = ["business", "client"];

export function missingIn(signing: Pick<SigningView, "signatures">): readonly Party[] {
  return PARTIES.filter((party) => !signing.signatures.some((one) => one.party === party));
}

/** `now` in ms since 1970. */
export function stepOf(view: Pick<CaseView, "me" | "allowed_actions">, signing: SigningView, now: number): Step {
  if (signing.effective_at !== null) return { step: "effective", at: signing.effective_at };
  const isMissing = missingIn(signing).length > 0;
  const own = signing.signatures.find((one) => one.party === view.me.party);
  if (own !== undefined) return { step: "signed", own, isMissing };
  if (!mayGive(view as CaseView, "SignSettlement")) return { step: "watch", isMissing };
  if (view.me.party === "client" && !signing.waived && now < Date.parse(signing.sign_from)) return { step: "think", from: signing.sign_from };
  return { step: "sign" };
}

/** Who signs in another name than the side's own says what lets them. */
export function signsForAnother(name: string, side: string): boolean {
  return name.trim().toLowerCase() !== side.trim().toLowerCase();
}

export interface Filled {
  name: string;
  capacity: "business" | "consumer" | null;
  place: string;
  authority: string;
  hasRead: boolean;
  consents: boolean;
}

export type Gap = "name" | "capacity" | "place" | "authority" | "hasRead" | "consents";

/** What is missing before anybody is asked who they are. */
export function gapsIn(filled: Filled, side: string): readonly Gap[] {
  const gaps: Gap[] = [];
  if (filled.name.trim() === "") gaps.push("name");
  if (filled.capacity === null) gaps.push("capacity");
  if (filled.place.trim() === "") gaps.push("place");
  if (filled.name.trim() !== "" && signsForAnother(filled.name, side) && filled.authority.trim() === "") gaps.push("authority");
  if (!filled.hasRead) gaps.push("hasRead");
  if (!filled.consents) gaps.push("consents");
  return gaps;
}

const LENGTH = 6;

/** The digits in what somebody types or pastes as their code: "Your code: 123 456". */
export function digitsIn(typed: string): string {
  return typed.normalize("NFKC").replaceAll(/[^0-9]/gu, "").slice(0, LENGTH);
}

export function isWholeCode(digits: string): boolean {
  return digits.length === LENGTH;
}
