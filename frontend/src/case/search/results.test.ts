import { describe, expect, it } from "vitest";
import type { Hit } from "../../api/search";
import type { CaseView } from "../../api/types";
import { byRoom, matchesIn, placeOf } from "./results";

const view = {
  case: "d".repeat(32),
  began_at: "2026-11-21T09:00:00.000Z",
  rooms: ["papers", "caucus-client", "joint", "talks"].map((room) => ({ room, members: [], can_post: true, can: [] })),
} as unknown as CaseView;

function hit(room: string, seq: number | null, file: string | null = null): Hit {
  return { room, seq, file, kind: "MessagePosted", who: "a".repeat(32), at: "2026-11-21T10:00:00.000Z", text: "the deposit" };
}

describe("what was found", () => {
  it("is told room by room, everyone's first and the papers last", () => {
    const found = byRoom(view, [hit("papers", 1), hit("talks", 2), hit("caucus-client", 3), hit("joint", 4), hit("joint", 5)]);
    expect(found.map((one) => [one.room, one.hits.length])).toEqual([
      ["joint", 2],
      ["caucus-client", 1],
      ["talks", 1],
      ["papers", 1],
    ]);
  });

  it("shows nothing of a room that is not the reader's, whatever the server says", () => {
    expect(byRoom(view, [hit("caucus-business", 1)])).toEqual([]);
  });

  it("leads to the entry itself", () => {
    expect(placeOf(view, hit("joint", 7))).toBe(`/cases/${view.case}/talk/joint#said-7`);
    expect(placeOf(view, hit("papers", 2))).toBe(`/cases/${view.case}/papers#paper-2`);
    expect(placeOf(view, hit("joint", null, "f"))).toBe(`/cases/${view.case}/files`);
  });
});

describe("where the words are", () => {
  it("is marked, whatever their case, and as plain text", () => {
    expect(matchesIn("The Deposit (half) of the deposit", "deposit").filter((one) => one.isMatch).map((one) => one.text)).toEqual(["Deposit", "deposit"]);
    expect(matchesIn("what (is) this?", "(is").map((one) => one.text).join("")).toBe("what (is) this?");
  });

  it("is nowhere when nothing is sought", () => {
    expect(matchesIn("some words", " ")).toEqual([{ text: "some words", isMatch: false }]);
  });
});
