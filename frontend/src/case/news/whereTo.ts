/** Where a notice leads: to the very thing, not to a page from which one would have to look for it. */
import type { Notice } from "../../api/notices";
import type { CaseView } from "../../api/types";
import { links } from "../../links";

export function whereTo(view: CaseView, notice: Pick<Notice, "kind" | "room" | "seq">): string {
  const { case: caseId } = view;
  const { kind, room, seq } = notice;
  if (room === "papers") {
    if (kind === "answer") return view.began_at === null && view.mediator !== null ? links.agreement(caseId) : links.ladder(caseId);
    if (kind === "served" || kind === "reminder" || kind === "time" || kind === "step") return links.ladder(caseId);
    if (kind === "appointment") return links.meetings(caseId);
    if (kind === "meeting") return links.table(caseId);
    const isAboutTheText = kind === "frozen" || kind === "signed" || kind === "in-effect";
    return isAboutTheText && view.documents.length > 0 ? links.settlement(caseId) : links.papers(caseId);
  }
  if (kind === "clauses") return links.settlement(caseId);
  if (kind === "answer" && room === "joint") return links.table(caseId);
  return `${links.talk(caseId, room)}#said-${seq}`;
}

/** The rooms whose newest things a page shows; `beside` is the room of the conversation that stands beside the table. */
export function roomsShown(page: string, beside: string | null): readonly string[] {
  const [name = "", room] = page.split("/");
  switch (name) {
    case "":
      return beside === null ? [] : ["joint", beside];
    case "talk":
      return room === undefined ? [] : [room];
    case "settlement":
      return ["joint"];
    case "papers":
    case "ladder":
    case "agreement":
      return ["papers"];
    default:
      return [];
  }
}
