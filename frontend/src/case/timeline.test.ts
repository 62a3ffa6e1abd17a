import { describe, expect, it } from "vitest";
import type { Entry } from "../api/wire";
import { lineAt, linesOf, stretchesOf, unreadIn } from "./timeline";

const lucia = "c".repeat(32);
const jonas = "d".repeat(32);

function said(seq: number, actor: string, text: string, second = seq): Entry {
  return {
    seq,
    at: `2026-11-21T10:00:${String(second).padStart(2, "0")}.000Z`,
    actor,
    kind: "MessagePosted",
    body: { text, form: "message", on_behalf_of: null },
  };
}

function struck(seq: number, target: number, actor: string, takenBack: boolean): Entry {
  return { seq, at: "2026-11-21T10:05:00.000Z", actor, kind: "MessageStruck", body: { seq: target, taken_back: takenBack } };
}

describe("the lines of a conversation", () => {
  it("leaves no mark of a message taken back within ten seconds", () => {
    const lines = linesOf([said(1, lucia, "Good morning"), { seq: 2, erased: true }, struck(3, 2, jonas, true)]);
    expect(lines.map((line) => line.seq)).toEqual([1]);
  });

  it("keeps the place and the name of a message struck later, not its words", () => {
    const lines = linesOf([said(1, lucia, "Good morning"), { seq: 2, erased: true }, struck(3, 2, jonas, false)]);
    expect(lines[1]).toMatchObject({ line: "struck", seq: 2, actor: jonas });
    expect(JSON.stringify(lines)).not.toContain('"text":""');
  });

  it("drops the words of a struck message even while they are still in hand", () => {
    const lines = linesOf([said(1, jonas, "I should not have said that"), struck(2, 1, jonas, false)]);
    expect(JSON.stringify(lines)).not.toContain("should not");
  });

  it("shows nothing for an erased entry by itself", () => {
    expect(linesOf([{ seq: 1, erased: true }])).toEqual([]);
  });

  it("heads a run of messages by one person only once", () => {
    const lines = linesOf([said(1, lucia, "One"), said(2, lucia, "Two"), said(3, jonas, "Three")]);
    expect(lines.map((line) => line.line === "message" && line.goesOn)).toEqual([false, true, false]);
  });

  it("ignores kinds it does not know, so that a newer server does not break it", () => {
    expect(linesOf([{ seq: 1, at: "2026-11-21T10:00:00.000Z", actor: lucia, kind: "SomethingNew", body: {} }])).toEqual([]);
  });
});

function added(seq: number, file: string): Entry {
  return { seq, at: "2026-11-21T10:06:00.000Z", actor: lucia, kind: "FileAdded", body: { file, name: "plan.pdf" } };
}

describe("files in a conversation", () => {
  it("stand where they were added", () => {
    expect(linesOf([said(1, lucia, "Here it is"), added(2, "f1")])[1]).toMatchObject({ line: "file", file: "f1", actor: lucia });
  });

  it("are gone once they are taken back, and one line says that they were", () => {
    const lines = linesOf([added(1, "f1"), added(2, "f2"), { seq: 3, at: "2026-11-21T10:07:00.000Z", actor: lucia, kind: "FileWithdrawn", body: { file: "f1" } }]);
    expect(lines.map((line) => [line.line, line.seq])).toEqual([["file", 2], ["notice", 3]]);
  });

  it("count as news", () => {
    expect(unreadIn([added(1, "f1")], 0, jonas)).toBe(1);
  });
});

describe("the first entry of a room", () => {
  const opened = (name: string): Entry => ({ seq: 1, at: "2026-11-21T10:00:00.000Z", actor: lucia, kind: "RoomOpened", body: { members: [], name } });

  it("is worth a line where people were put together, and nowhere else", () => {
    expect(linesOf([opened("Both lawyers")])).toHaveLength(1);
    expect(linesOf([opened("")])).toEqual([]);
  });
});

describe("what is new", () => {
  it("counts the messages of others only, after what has been seen", () => {
    const entries = [said(1, lucia, "One"), said(2, jonas, "Two"), said(3, lucia, "Three"), said(4, jonas, "Four")];
    expect(unreadIn(entries, 2, lucia)).toBe(1);
    expect(unreadIn(entries, 0, jonas)).toBe(2);
    expect(unreadIn(undefined, 0, jonas)).toBe(0);
  });
});

describe("a long run of notices", () => {
  const notice = (seq: number): Entry => ({ seq, at: "2026-11-21T10:00:00.000Z", actor: lucia, kind: "AssentGiven", body: {} });

  it("is folded but for the latest, so that it drowns no voice", () => {
    const lines = linesOf([said(1, jonas, "Before"), ...[2, 3, 4, 5, 6].map(notice), said(7, jonas, "After")]);
    const drawn = stretchesOf(lines).map((one) => (one.fold ? one.lines.length : one.line.seq));
    expect(drawn).toEqual([1, 3, 5, 6, 7]);
  });

  it("loses nothing by folding", () => {
    const lines = linesOf([1, 2, 3, 4, 5, 6, 7].map(notice));
    const seqs = stretchesOf(lines).flatMap((one) => (one.fold ? one.lines.map((line) => line.seq) : [one.line.seq]));
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("never folds away what went too far", () => {
    const report: Entry = { seq: 3, at: "2026-11-21T10:00:00.000Z", actor: lucia, kind: "AbuseReported", body: { room: "joint", seq: 1, text: "…" } };
    const drawn = stretchesOf(linesOf([1, 2].map(notice).concat(report, [4, 5].map(notice))));
    expect(drawn.every((one) => !one.fold)).toBe(true);
  });

  it("stays open while it is short", () => {
    expect(stretchesOf(linesOf([1, 2, 3].map(notice))).every((one) => !one.fold)).toBe(true);
  });
});

describe("going to an entry", () => {
  const lines = linesOf([said(1, jonas, "One"), { seq: 2, at: "2026-11-21T10:00:00.000Z", actor: jonas, kind: "SomethingNew", body: {} }, said(3, jonas, "Three")]);

  it("finds its line, or the one before it", () => {
    expect([1, 2, 3].map((seq) => lines[lineAt(lines, seq)]?.seq)).toEqual([1, 1, 3]);
  });
});
