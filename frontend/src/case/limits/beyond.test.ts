import { describe, expect, it } from "vitest";
import type { LimitView, Money } from "../../api/types";
import { beyond } from "./beyond";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const eur = (minor: number): Money => ({ minor, currency: "EUR" });

function limit(change: Partial<LimitView> = {}): LimitView {
  const id = "a".repeat(32);
  return { limit: id, room: "team-business", meaning: "at-most", amount: eur(500_000), terms: "", until: null, by: id, at: "2026-11-21T08:00:00Z", not_read_by: [], can: [], ...change };
}

describe("what management settled with its handler", () => {
  it("is kept to by an amount up to it, and gone beyond by a cent more", () => {
    expect(beyond(limit(), [eur(500_000)], NOW)).toBe("within");
    expect(beyond(limit(), [eur(500_001)], NOW)).toBe("beyond");
  });

  it("may be the least that has to be got, too", () => {
    const least = limit({ meaning: "at-least" });
    expect(beyond(least, [eur(500_000)], NOW)).toBe("within");
    expect(beyond(least, [eur(499_999)], NOW)).toBe("beyond");
    expect(beyond(least, [eur(2_000), eur(600_000)], NOW)).toBe("within");
  });

  it("compares amounts one by one: two instalments and their sum are no three debts", () => {
    expect(beyond(limit(), [eur(250_000), eur(250_000), eur(500_000)], NOW)).toBe("within");
    expect(beyond(limit(), [eur(100), eur(500_001)], NOW)).toBe("beyond");
  });

  it("says so when there is nothing to compare", () => {
    expect(beyond(limit(), [{ minor: 1, currency: "CHF" }], NOW)).toBe("other-currency");
    expect(beyond(limit(), [eur(1), { minor: 1, currency: "CHF" }], NOW)).toBe("other-currency");
    expect(beyond(limit(), [eur(500_001), { minor: 1, currency: "CHF" }], NOW)).toBe("beyond");
  });

  it("ends at its time, to the millisecond", () => {
    const until = (at: number) => limit({ until: new Date(at).toISOString() });
    expect(beyond(until(NOW + 1), [eur(1)], NOW)).toBe("within");
    expect(beyond(until(NOW), [eur(1)], NOW)).toBe("ended");
  });

  it("in words is put beside the act, to be read", () => {
    const inWords = limit({ amount: null, terms: "Repair, and no money." });
    expect(beyond(inWords, [eur(900_000_000)], NOW)).toBe("read");
    expect(beyond(limit({ terms: "No instalments." }), [eur(1)], NOW)).toBe("read");
    expect(beyond(limit(), [], NOW)).toBe("within");
  });
});
