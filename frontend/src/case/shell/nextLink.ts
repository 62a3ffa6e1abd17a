import type { CaseView } from "../../api/types";
import { links } from "../../links";

/** Where the next step is done; `null` when there is nothing to open. */
export function nextLink(view: CaseView): string | null {
  const ownCaucus = view.me.party === null ? undefined : `caucus-${view.me.party}`;
  switch (view.line.next) {
    case "download-record":
    case "read-papers":
      return links.papers(view.case);
    case "end-here":
    case "propose-referral":
    case "await-sides":
      return links.referral(view.case);
    case "answer-referral":
    case "complete-referral":
    case "await-referral":
    case "reword-referral":
    case "send-referral":
    case "hand-in-referral":
    case "await-outcome":
      return `${links.referral(view.case)}#proposed`;
    case "invite-other-side":
    case "bring-management":
      return links.people(view.case);
    case "talk-or-invite-mediator":
    case "answer-other-side":
    case "wake":
      return links.talk(view.case, "talks");
    case "disclose":
    case "accept-mediator":
    case "accept-ground-rules":
      return links.agreement(view.case);
    case "talk-privately":
    case "answer-sharing":
    case "confirm-scribed":
      return ownCaucus === undefined ? null : links.talk(view.case, ownCaucus);
    case "work-on-settlement":
    case "read-settlement":
    case "lead-drafting":
    case "lead-agreeing":
    case "sign-settlement":
    case "await-signatures":
    case "await-effect":
      return view.documents.length > 0 ? links.settlement(view.case) : links.table(view.case);
    case "make-offer":
    case "answer-offer":
    case "lead-bargaining":
      return `${links.table(view.case)}#offers`;
    case "read-wordings":
    case "look-for-common-ground":
      return `${links.table(view.case)}#share`;
    case "say-your-view":
    case "answer-reflection":
    case "read-questions":
      return `${links.table(view.case)}#say`;
    case "answer-meeting":
      return links.meetings(view.case);
    case "await-answer":
      return links.talk(view.case, "talks");
    case "await-their-answer":
    case "await-answer-at-the-table":
    case "answer-step":
    case "await-step":
      return links.ladder(view.case);
    case "await-disclosure":
    case "await-others":
    case "wait-for-resume":
    case "listen":
      return null;
    default:
      return links.table(view.case);
  }
}
