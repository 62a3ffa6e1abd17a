import { describe, expect, it } from "vitest";
import type { Entry, WrittenEntry } from "../../api/wire";
import { aCase, amara, lucia } from "../../testing/aCase";
import { show } from "../../testing/show";
import { usePaperWords } from "./paperWords";

const sven = "e".repeat(32);
const papers: readonly Entry[] = [
  paper("ParticipantJoined", { participant: sven, name: "Sven Albers", role: "counsel", party: "client" }, sven),
  paper("ParticipantJoined", { participant: lucia, name: "Lucia Pirelli", role: "principal", party: "client" }, lucia),
];

function paper(kind: string, body: Record<string, unknown>, actor = "system"): WrittenEntry {
  return { seq: 1, at: "2026-11-21T10:00:00.000Z", actor, kind, body };
}

function wordsOf(entry: WrittenEntry): string {
  let said = "";
  function Reader() {
    said = usePaperWords(aCase(), papers)(entry).line;
    return null;
  }
  show(<Reader />);
  return said;
}

describe("a paper in words", () => {
  it("tells until when legal time limits stand still, and of the steps' times", () => {
    expect(wordsOf(paper("StandstillAgreed", { until: "2026-12-24", text: "We want to settle this." }))).toMatch(/^Both sides agreed that legal time limits stand still until the end of this day: .*24.*2026\.$/u);
    expect(wordsOf(paper("NoticeServed", { to: "business" }))).toBe("Larkspur Studio GmbH was asked for an answer.");
    expect(wordsOf(paper("Reminded", { term: "answer", party: "business", days_left: 1, due_at: "2026-12-01T00:00:00.000Z" }))).toBe("Larkspur Studio GmbH was reminded: 1 working day left.");
  });

  it("tells what was due and done late as late", () => {
    const over = (due: string) => wordsOf(paper("TermExpired", { party: "client", then: "remind", due_at: due }));
    expect(over("2026-11-21T09:59:00.000Z")).toBe("A time of Osteria Pirelli was over.");
    expect(over("2026-11-14T10:00:00.000Z")).toMatch(/^A time of Osteria Pirelli was over\. That was due on .*2026.*, and was done late\.$/u);
  });

  it("tells whether somebody left or was removed, by name also when they are gone", () => {
    expect(wordsOf(paper("ParticipantLeft", { participant: sven }, sven))).toBe("Sven Albers left the case.");
    expect(wordsOf(paper("ParticipantLeft", { participant: sven }, lucia))).toBe("Lucia Pirelli removed Sven Albers from the case.");
  });

  it("tells how often a new mediator has sat with the business", () => {
    const joined = { participant: amara, name: "Dr Amara Okafor", role: "mediator", party: null };
    expect(wordsOf(paper("ParticipantJoined", { ...joined, earlier_cases: 2 }))).toBe("Dr Amara Okafor joined: Mediator. Earlier cases with Larkspur Studio GmbH on this portal: 2.");
    expect(wordsOf(paper("ParticipantJoined", { ...joined, earlier_cases: null }))).toBe("Dr Amara Okafor joined: Mediator.");
  });

  it("tells what whoever runs the portal took out", () => {
    expect(wordsOf(paper("OperatorAccess", { what: "export", participant: sven }))).toBe("Whoever runs this portal took out the record of Sven Albers.");
  });

  it("tells of freezing, signing and taking effect, and not by whom a text was opened again", () => {
    expect(wordsOf(paper("SettlementFrozen", { partial: false }, amara))).toBe("Both sides agreed to every clause: the text of the settlement is ready to be signed.");
    expect(wordsOf(paper("SettlementSigned", { party: "client", name: "Lucia Pirelli" }, lucia))).toBe("Lucia Pirelli signed the settlement for Osteria Pirelli.");
    expect(wordsOf(paper("SignatureTakenBack", { party: "client" }, lucia))).toBe("Osteria Pirelli took the signature back.");
    expect(wordsOf(paper("SettlementReopened", {}, lucia))).toBe("The text of the settlement was opened again.");
    expect(wordsOf(paper("TimeToThinkWaived", {}, lucia))).toBe("Osteria Pirelli gave up the time to think.");
    expect(wordsOf(paper("SettlementEffective", { partial: true }))).toBe("The settlement in part took effect.");
    expect(wordsOf(paper("PaperPrinted", { paper: "certificate", language: "de" }))).toBe("The certificate of outcome was printed (Deutsch).");
  });

  it("tells of holds and of erasing", () => {
    expect(wordsOf(paper("HoldAsked", { party: null }, amara))).toBe("The mediator asked that nothing be erased.");
    expect(wordsOf(paper("HoldPlaced", { ground: "order", reference: "3 O 17/26" }))).toBe("Nothing is erased from now on, by an order: 3 O 17/26.");
    expect(wordsOf(paper("HoldLifted", {}, lucia))).toBe("Lucia Pirelli no longer asks that nothing be erased.");
    expect(wordsOf(paper("HoldLifted", {}))).toBe("The order that nothing be erased was lifted.");
    expect(wordsOf(paper("TalkErased", { what: "table" }))).toBe("What was said at the table was erased.");
  });
});
