import { useLingui } from "@lingui/react/macro";
import { useLocale } from "react-aria-components";
import type { CaseView, Outcome, Party, Role, Tier } from "../../api/types";
import type { Entry, WrittenEntry } from "../../api/wire";
import { isLanguage, LANGUAGES } from "../../text/language";
import { outcomeWord, roleWord, tierWord } from "../../text/words";
import { spelled } from "../meetings/times";
import { partyName } from "../people";
import { useTimeWords } from "./timeWords";

/** Names of all who ever joined, those who are gone by now among them: the papers themselves tell. */
function namesIn(papers: readonly Entry[]): ReadonlyMap<unknown, string> {
  return new Map(papers.flatMap((one) => (one.erased !== true && one.kind === "ParticipantJoined" ? [[one.body["participant"], String(one.body["name"])]] : [])));
}

/** A paper in one line, with its full text where it has one. Kinds of a later release still get a line. */
export function usePaperWords(view: CaseView, papers: readonly Entry[]): (entry: WrittenEntry) => { line: string; text?: string } {
  const { t } = useLingui();
  const { locale } = useLocale();
  const timeWords = useTimeWords(view);
  const known = namesIn(papers);
  const nameOf = (participant: string) => known.get(participant) ?? "";
  const erasedWords = (what: unknown): string => {
    if (what === "caucuses") return t`What was said in private with the mediator was erased.`;
    return what === "table" ? t`What was said at the table was erased.` : t`What each side wrote among itself was erased, unless it keeps it.`;
  };
  const printedWords = (paper: unknown, language: string): string => {
    const inLanguage = isLanguage(language) ? LANGUAGES[language] : language;
    if (paper === "settlement") return t`The settlement was printed (${inLanguage}).`;
    if (paper === "attestation") return t`The paper that it came from mediation was printed (${inLanguage}).`;
    return t`The certificate of outcome was printed (${inLanguage}).`;
  };
  return (entry) => {
    const { body } = entry;
    const who = nameOf(entry.actor) || t`Somebody`;
    const text = (key: string): string => (typeof body[key] === "string" ? body[key] : "");
    const side = (key: string): string => partyName(view, body[key] as Party);
    switch (entry.kind) {
      case "CaseOpened": {
        const since = text("since");
        const wish = text("wish");
        const account = [text("account"), since === "" ? "" : t`Since when: ${since}`, wish === "" ? "" : t`What would help: ${wish}`];
        return { line: t`The case was opened.`, text: account.filter((part) => part !== "").join("\n\n") };
      }
      case "ParticipantJoined": {
        const name = text("name");
        const role = roleWord(body["role"] as Role);
        const earlier = body["role"] === "mediator" && typeof body["earlier_cases"] === "number" ? body["earlier_cases"] : null;
        if (earlier === null) return { line: t`${name} joined: ${role}.` };
        const business = partyName(view, "business");
        return { line: t`${name} joined: ${role}. Earlier cases with ${business} on this portal: ${earlier}.` };
      }
      case "ParticipantLeft": {
        const name = nameOf(text("participant")) || t`Somebody`;
        if (entry.actor !== text("participant") && nameOf(entry.actor) !== "") return { line: t`${who} removed ${name} from the case.` };
        return { line: t`${name} left the case.` };
      }
      case "PartyDescribed": {
        const name = side("party");
        return { line: t`${name} stated its place and capacity.` };
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
        const name = nameOf(text("mediator")) || t`Somebody`;
        return { line: t`${name} was appointed mediator.` };
      }
      case "AgreementAccepted":
        return { line: t`${who} accepted the agreement and the ground rules.` };
      case "MediationBegan":
        return { line: t`The mediation began.` };
      case "SessionOpened":
        return { line: t`A session was opened.` };
      case "SessionClosed": {
        const attended = Array.isArray(body["attended"]) ? body["attended"].map((id) => nameOf(String(id))).filter((name) => name !== "") : [];
        const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(attended);
        return { line: t`The session was closed. Present: ${names}.` };
      }
      case "MeetingSet": {
        const when = spelled(text("starts_at"), text("ends_at"), locale);
        return { line: t`A meeting was set: ${when}.` };
      }
      case "MeetingMoved": {
        const when = spelled(text("starts_at"), text("ends_at"), locale);
        return { line: t`The meeting was moved to: ${when}.` };
      }
      case "MeetingCancelled":
        return { line: t`A meeting was called off.` };
      case "MeetingHeld": {
        const came = Array.isArray(body["attended"]) ? body["attended"].map((id) => nameOf(String(id))).filter((name) => name !== "") : [];
        const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(came);
        if (body["party"] === null) return { line: t`Came to the meeting, as the mediator says: ${names}.` };
        const name = side("party");
        return { line: t`Came to the meeting for ${name}: ${names}.` };
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
      case "SettlementFrozen":
        if (body["partial"] === true) return { line: t`Both sides agreed to every clause of a settlement in part: its text is ready to be signed.` };
        return { line: t`Both sides agreed to every clause: the text of the settlement is ready to be signed.` };
      case "SettlementReopened":
        return { line: t`The text of the settlement was opened again.` };
      case "SettlementSigned": {
        const name = text("name");
        const party = side("party");
        return { line: t`${name} signed the settlement for ${party}.` };
      }
      case "SignatureTakenBack": {
        const name = side("party");
        return { line: t`${name} took the signature back.` };
      }
      case "TimeToThinkWaived": {
        const name = partyName(view, "client");
        return { line: t`${name} gave up the time to think.` };
      }
      case "SettlementEffective":
        return { line: body["partial"] === true ? t`The settlement in part took effect.` : t`The settlement took effect.` };
      case "PaperPrinted":
        return { line: printedWords(body["paper"], text("language")) };
      case "MediationEnded": {
        const outcome = outcomeWord(body["outcome"] as Outcome);
        return { line: t`It ended: ${outcome}.` };
      }
      case "CaseClosed":
        return { line: t`The case was closed.` };
      case "OperatorAccess": {
        const name = nameOf(text("participant")) || t`somebody`;
        if (body["what"] === "export") return { line: t`Whoever runs this portal took out the record of ${name}.` };
        return { line: t`Whoever runs this portal looked into the case, to help ${name}.` };
      }
      case "HoldAsked": {
        const name = body["party"] === null ? t`The mediator` : side("party");
        return { line: t`${name} asked that nothing be erased.` };
      }
      case "HoldPlaced": {
        const reference = text("reference");
        if (body["ground"] !== "order") return { line: t`Nothing is erased from now on: both sides and the mediator asked for it.` };
        return { line: reference === "" ? t`Nothing is erased from now on, by an order.` : t`Nothing is erased from now on, by an order: ${reference}.` };
      }
      case "HoldLifted":
        if (nameOf(entry.actor) === "") return { line: t`The order that nothing be erased was lifted.` };
        return { line: t`${who} no longer asks that nothing be erased.` };
      case "ReferralProposed": {
        const name = side("party");
        return { line: t`${name} proposed that someone else decides, or helps.` };
      }
      case "ReferralReworded":
        return { line: t`${who} put another wording in place of that proposal.` };
      case "ReferralAnswered": {
        const name = side("party");
        return { line: body["agreed"] === true ? t`${name} agreed to the terms proposed.` : t`${name} did not agree to the terms proposed. No reason was asked.` };
      }
      case "ReferralWithdrawn":
        return { line: t`${who} withdrew that proposal.` };
      case "ContactGiven": {
        const name = side("party");
        return { line: t`${name} said where it can be reached.`, text: text("contact") };
      }
      case "ExhibitChosen": {
        const name = side("party");
        const file = text("name");
        return { line: t`${name} chose a file to go out: ${file}.` };
      }
      case "ExhibitTakenBack":
        return { line: t`${who} took a chosen file back.` };
      case "ReferralSent": {
        const name = side("party");
        return { line: t`${name} sent the papers for the next step to all sides.` };
      }
      case "ReferralOutcomeRecorded": {
        const name = side("party");
        const day = text("day");
        return { line: t`${name} recorded what came back on ${day}.`, text: text("text") };
      }
      case "TalkErased":
        return { line: erasedWords(body["what"]) };
      default:
        return timeWords(entry) ?? { line: t`A paper was added.` };
    }
  };
}
