import { expect, test } from "vitest";
import type { CaseView } from "../../api/types";
import { roomsShown, whereTo } from "./whereTo";

const view = { case: "c", began_at: null, mediator: null, documents: [] } as unknown as CaseView;

test("what was said leads to the very words", () => {
  expect(whereTo(view, { kind: "mention", room: "caucus-client", seq: 7 })).toBe("/cases/c/talk/caucus-client#said-7");
});

test("a step leads to the steps, an offer to the table, wording to the text", () => {
  expect(whereTo(view, { kind: "step", room: "papers", seq: 3 })).toBe("/cases/c/ladder");
  expect(whereTo(view, { kind: "time", room: "papers", seq: 3 })).toBe("/cases/c/ladder");
  expect(whereTo(view, { kind: "appointment", room: "papers", seq: 3 })).toBe("/cases/c/meetings");
  expect(whereTo(view, { kind: "answer", room: "joint", seq: 3 })).toBe("/cases/c");
  expect(whereTo(view, { kind: "clauses", room: "joint", seq: 3 })).toBe("/cases/c/settlement");
});

test("who goes on with a resting case is found where they wrote", () => {
  expect(whereTo(view, { kind: "step", room: "talks", seq: 9 })).toBe("/cases/c/talk/talks#said-9");
});

test("an answer in the papers is about the ground rules until there is a table", () => {
  const met = { ...view, mediator: { name: "M" } } as unknown as CaseView;
  expect(whereTo(met, { kind: "answer", room: "papers", seq: 3 })).toBe("/cases/c/agreement");
  expect(whereTo({ ...met, began_at: "2026-01-01T00:00:00Z" }, { kind: "answer", room: "papers", seq: 3 })).toBe("/cases/c/ladder");
});

test("a page reads the rooms that it shows and no other", () => {
  expect(roomsShown("talk/team-client", null)).toEqual(["team-client"]);
  expect(roomsShown("", null)).toEqual([]);
  expect(roomsShown("", "caucus-client")).toEqual(["joint", "caucus-client"]);
  expect(roomsShown("people", "joint")).toEqual([]);
});
