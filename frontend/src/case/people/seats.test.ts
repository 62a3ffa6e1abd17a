import { describe, expect, it } from "vitest";
import type { CaseView, Party, Role } from "../../api/types";
import { whomToInvite } from "./seats";

function view(me: Role, party: Party | null, more: { here?: readonly (Party | null)[]; mediator?: "proposed" | "appointed" } = {}): CaseView {
  return {
    me: { participant: "a".repeat(32), name: "Me", role: me, party, may_agree: true },
    closed_at: null,
    people: [party, ...(more.here ?? [])].map((side) => ({ party: side })),
    mediator: more.mediator === undefined ? null : { appointed_at: more.mediator === "appointed" ? "2026-11-21T10:00:00.000Z" : null },
  } as unknown as CaseView;
}

const kinds = (seats: ReturnType<typeof whomToInvite>) => seats.map((one) => `${one.kind} ${one.party ?? "-"}`);

describe("whom one may bring", () => {
  it("begins with the other side and a mediator while they are missing", () => {
    expect(kinds(whomToInvite(view("handler", "business"))).slice(0, 2)).toEqual(["first client", "mediator -"]);
    expect(kinds(whomToInvite(view("principal", "client", { here: ["business"], mediator: "proposed" })))).not.toContain("mediator -");
  });

  it("lets a client bring a lawyer, a companion, an interpreter and somebody who decides with them", () => {
    const seats = whomToInvite(view("principal", "client", { here: ["business"], mediator: "appointed" }));
    expect(kinds(seats)).toEqual(["counsel client", "companion client", "interpreter client", "colleague client", "legal -"]);
    expect(seats.find((one) => one.kind === "interpreter")?.role).toBe("companion");
    expect(seats.find((one) => one.kind === "colleague")?.role).toBe("principal");
  });

  it("lets a business bring management as well", () => {
    expect(kinds(whomToInvite(view("manager", "business", { here: ["client"], mediator: "appointed" })))).toContain("manager business");
  });

  it("lets a mediator bring of a side only whoever comes first", () => {
    expect(kinds(whomToInvite(view("mediator", null, { here: ["business"], mediator: "proposed" })))).toEqual(["first client", "legal -"]);
    expect(kinds(whomToInvite(view("mediator", null, { here: ["business", "client"], mediator: "appointed" })))).toEqual(["legal -"]);
  });

  it("lets nobody bring anybody who does not speak for a side", () => {
    for (const role of ["counsel", "companion"] as const) expect(whomToInvite(view(role, "client"))).toEqual([]);
    expect(whomToInvite(view("legal", null))).toEqual([]);
  });
});
