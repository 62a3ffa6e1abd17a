import { useLingui } from "@lingui/react/macro";
import type { CaseView, Outcome, Party, Role, Tier } from "../../api/types";
import type { WrittenEntry } from "../../api/wire";
import { outcomeWord, roleWord, tierWord } from "../../text/words";
import { nameOf, partyName } from "../people";

/** A paper in one line, with its full text where it has one. Kinds of a later release still get a line. */
export function usePaperWords(view: CaseView): (entry: WrittenEntry) => { line: string; text?: string } {
  const { t } = useLingui();
  return (entry) => {
    const { body } = entry;
    const who = nameOf(view, entry.actor) || t`Somebody`;
    const text = (key: string): string => (typeof body[key] === "string" ? body[key] : "");
    const side = (key: string): string => partyName(view, body[key] as Party);
    switch (entry.kind) {
      case "CaseOpened":
        return { line: t`The case was opened.`, text: text("account") };
      case "ParticipantJoined": {
        const name = text("name");
        const role = roleWord(body["role"] as Role);
        return { line: t`${name} joined: ${role}.` };
      }
      case "ParticipantLeft": {
        const name = nameOf(view, text("participant")) || t`Somebody`;
        return { line: t`${name} left the case.` };
      }
      case "MediatorDisclosed":
        return { line: t`${who} said whether there are ties to either side.`, text: text("text") };
      case "MediatorAccepted": {
        const name = side("party");
        return { line: t`${name} accepted the mediator.` };
      }
      case "MediatorRefused": {
        const name = side("party");
        return { line: t`${name} asked for another mediator.` };
      }
      case "MediatorAppointed": {
        const name = nameOf(view, text("mediator")) || t`Somebody`;
        return { line: t`${name} was appointed mediator.` };
      }
      case "AgreementAccepted":
        return { line: t`${who} accepted the agreement and the ground rules.` };
      case "MediationBegan":
        return { line: t`The mediation began.` };
      case "SessionOpened":
        return { line: t`A session was opened.` };
      case "SessionClosed": {
        const attended = Array.isArray(body["attended"]) ? body["attended"].map((id) => nameOf(view, String(id))).filter((name) => name !== "") : [];
        const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(attended);
        return { line: t`The session was closed. Present: ${names}.` };
      }
      case "TierStepAsked": {
        const name = side("party");
        const step = tierWord(body["to"] as Tier);
        return { line: t`${name} asked for this step: ${step}.` };
      }
      case "TierReached": {
        const step = tierWord(body["to"] as Tier);
        return { line: t`Next step taken: ${step}.` };
      }
      case "MediationEnded": {
        const outcome = outcomeWord(body["outcome"] as Outcome);
        return { line: t`The mediation ended: ${outcome}.` };
      }
      case "CaseClosed":
        return { line: t`The case was closed.` };
      default:
        return { line: t`A paper was added.` };
    }
  };
}
