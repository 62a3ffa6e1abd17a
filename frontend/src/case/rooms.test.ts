import { describe, expect, it } from "vitest";
import type { Entry } from "../api/wire";
import { asksBeforeEveryone, kindOf, roomLook } from "./rooms";

const me = "a".repeat(32);
const other = "b".repeat(32);

function entry(seq: number, minute: number, actor: string, kind = "MessagePosted"): Entry {
  return { seq, at: `2026-11-21T10:${String(minute).padStart(2, "0")}:00.000Z`, actor, kind, body: { text: "…" } };
}

describe("before everyone hears", () => {
  it("asks after one has spoken in private", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me)], "caucus-client": [entry(1, 2, me)] }, me)).toBe(true);
  });

  it("asks when a private session has just been opened, though one said nothing there", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me)], "caucus-client": [entry(2, 3, other, "CaucusOpened")] }, me)).toBe(true);
  });

  it("asks only once: the first joint post settles it", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me), entry(2, 5, me)], "caucus-client": [entry(1, 2, me)] }, me)).toBe(false);
  });

  it("asks when people have just been put together in a room of their own", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me)], "private-0a1b2c3d": [entry(1, 2, other, "RoomOpened")] }, me)).toBe(true);
  });

  it("does not ask because a caucus is there, which nobody has opened yet", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me)], "caucus-client": [entry(1, 2, other, "RoomOpened")] }, me)).toBe(false);
  });

  it("does not ask because somebody else spoke in private", () => {
    expect(asksBeforeEveryone({ joint: [entry(1, 1, me)], "caucus-client": [entry(1, 2, other)] }, me)).toBe(false);
  });

  it("does not ask after direct talks, which everybody reads anyway", () => {
    expect(asksBeforeEveryone({ joint: [], talks: [entry(1, 2, me)] }, me)).toBe(false);
  });
});

describe("telling rooms apart", () => {
  it("gives the mediator's two private rooms different colours", () => {
    expect(roomLook("caucus-business", null).accent).not.toBe(roomLook("caucus-client", null).accent);
  });

  it("gives each kind of room its own colour", () => {
    const colours = ["joint", "caucus-client", "team-client", "talks", "private-0a1b2c3d"].map((room) => roomLook(room, "client").accent);
    expect(new Set(colours).size).toBe(5);
  });

  it("knows a room of chosen people by its name", () => {
    expect(kindOf("private-0a1b2c3d")).toBe("private");
  });
});
