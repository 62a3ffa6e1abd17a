/** A case at the table as its client sees it, for tests of screens; `change` says what is different. */
import type { CaseView } from "../api/types";

export const lucia = "a".repeat(32);
export const amara = "b".repeat(32);
export const jonas = "c".repeat(32);

export function aCase(change: Partial<CaseView> = {}): CaseView {
  const person = (participant: string, name: string, role: string, party: string | null) => ({
    participant,
    name,
    role,
    party,
    title: "",
    joined_at: "2026-11-21T08:00:00.000Z",
    accepted_agreement: true,
    can: [],
  });
  const room = (name: string, members: readonly string[]) => ({ room: name, members, can_post: name !== "papers", can: [], opened_at: null, name: "", closed: false, erase_at: null, erased: false, kept_until: null });
  return {
    case: "d".repeat(32),
    title: "Website delivered seven weeks late",
    category: "timeline",
    account: "The ordering site went live seven weeks late.",
    amount: null,
    since: "",
    wish: "",
    answer_by: null,
    opened_at: "2026-11-21T08:00:00.000Z",
    process: "mediation",
    line: { now: "mediation", next: "listen", yours: false, by: null },
    me: { participant: lucia, name: "Lucia Pirelli", role: "principal", party: "client", may_agree: true },
    began_at: "2026-11-21T09:00:00.000Z",
    paused: false,
    ending: null,
    closed_at: null,
    mediator: { participant: amara, name: "Dr Amara Okafor", disclosure: null, accepted_by: [], appointed_at: "2026-11-21T08:30:00.000Z", earlier_cases: null },
    parties: [
      { party: "business", name: "Larkspur Studio GmbH", place: "", capacity: "business" },
      { party: "client", name: "Osteria Pirelli", place: "", capacity: "business" },
    ],
    people: [
      person(lucia, "Lucia Pirelli", "principal", "client"),
      person(amara, "Dr Amara Okafor", "mediator", null),
      person(jonas, "Jonas Weidt", "handler", "business"),
    ],
    rooms: [
      room("caucus-client", [lucia, amara]),
      room("joint", [lucia, amara, jonas]),
      room("papers", [lucia, amara, jonas]),
      room("talks", [lucia, amara, jonas]),
      room("team-client", [lucia]),
    ],
    files: [],
    muted: [],
    hold: { asked_by: [], asked_by_me: false, ground: null, reference: "", placed_at: null },
    documents: [],
    own_draft: null,
    statements: [],
    offers: [],
    terms: [],
    silent: [],
    resting: false,
    calendar: null,
    standstill: { text: "We want to settle this.", text_sha256: "0".repeat(64), until: null, agreed_at: null, offered: {} },
    issues: [],
    scribed: [],
    sharings: [],
    allowed_actions: [],
    ...change,
  } as unknown as CaseView;
}
