/** Small questions that many screens of a case ask: who is the mediator, what may be done now. */
import type { CaseView } from "../api/types";

export function isMediator(view: CaseView): boolean {
  return view.mediator !== null && view.mediator.participant === view.me.participant;
}

export function mayNow(thing: { can: readonly string[] }, command: string): boolean {
  return thing.can.includes(command);
}

export function mayGive(view: CaseView, command: string): boolean {
  return view.allowed_actions.includes(command);
}
