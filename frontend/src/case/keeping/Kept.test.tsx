import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CaseView, RoomView } from "../../api/types";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { Kept } from "./Kept";

const ENDED = { outcome: "ended-without-settlement", at: "2026-11-22T00:20:00.000Z" } as CaseView["ending"];

function rooms(change: (room: RoomView) => Partial<RoomView>): RoomView[] {
  return aCase().rooms.map((room) => ({ ...room, ...change(room) }));
}

describe("what is kept", () => {
  it("is promised in days before the end, and says what stays", () => {
    show(<Kept view={aCase()} />);
    expect(screen.getByText("erased 14 days after the end")).toBeTruthy();
    expect(screen.getByText("erased 30 days after the end")).toBeTruthy();
    expect(screen.getByText("stays: ordinary letters between the two sides")).toBeTruthy();
  });

  it("has a date for each room after the end, and says what is gone", () => {
    const view = aCase({ ending: ENDED, rooms: rooms((room) => (room.room === "joint" ? { erase_at: "2026-12-22T00:20:00.000Z" } : room.room === "caucus-client" ? { erased: true } : {})) });
    show(<Kept view={view} />);
    expect(screen.getByText("22 Dec 2026")).toBeTruthy();
    expect(screen.getByText("Erased")).toBeTruthy();
  });

  it("names who has asked that nothing be erased, and who has not", () => {
    const view = aCase({ ending: ENDED, hold: { asked_by: ["client"], asked_by_me: true, ground: null, reference: "", placed_at: null }, allowed_actions: ["LiftHold"] });
    show(<Kept view={view} />);
    expect(screen.getByText(/Asked that nothing be erased: Osteria Pirelli. It stands once this has been asked as well: Larkspur Studio GmbH and the mediator./)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Take back that you asked" })).toBeTruthy();
  });

  it("says on what a hold rests", () => {
    const view = aCase({ ending: ENDED, hold: { asked_by: [], asked_by_me: false, ground: "order", reference: "LG Hamburg 3 O 17/26", placed_at: "2026-11-22T00:20:00.000Z" } });
    show(<Kept view={view} />);
    expect(screen.getByText("Nothing is erased: an order demands it.")).toBeTruthy();
    expect(screen.getByText(/LG Hamburg 3 O 17\/26/)).toBeTruthy();
  });
});
