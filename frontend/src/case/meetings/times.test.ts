import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cityOf, clockOf, dayOf, differ, endOf, linkIn, momentOf, spelled } from "./times";

describe("times by the clocks of Berlin", () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env["TZ"];
    process.env["TZ"] = "Europe/Berlin";
  });
  afterEach(() => {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });

  it.each([
    ["2026-03-28", "10:00", "2026-03-28T09:00:00.000Z"],
    ["2026-03-29", "10:00", "2026-03-29T08:00:00.000Z"],
    ["2026-10-25", "10:00", "2026-10-25T09:00:00.000Z"],
  ])("%s at %s is the moment that people there mean", (day, clock, utc) => {
    expect(momentOf(day, clock)?.toISOString()).toBe(utc);
  });

  it("an hour that is left out when the clocks go forward is none", () => {
    expect(momentOf("2026-03-29", "02:30")).toBeNull();
    expect(momentOf("2026-02-30", "10:00")).toBeNull();
    expect(momentOf("", "")).toBeNull();
  });

  it("of an hour that comes twice it is the first", () => {
    expect(momentOf("2026-10-25", "02:30")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("a day ends with its last minute there", () => {
    expect(endOf("2026-11-27")?.toISOString()).toBe("2026-11-27T22:59:00.000Z");
    const moment = new Date("2026-11-27T23:30:00Z");
    expect([dayOf(moment), clockOf(moment)]).toEqual(["2026-11-28", "00:30"]);
  });
});

describe("a time is shown", () => {
  it("by the clocks of a zone, which it names", () => {
    const words = spelled("2026-03-29T08:00:00Z", "2026-03-29T09:00:00Z", "en-GB", "Europe/Berlin");
    expect(words).toContain("Sunday");
    expect(words).toContain("10:00");
    expect(words).toContain("11:00");
    expect(words).toMatch(/CEST|GMT\+2/);
  });

  it("with the other side's hour only where that is another", () => {
    expect(differ("Europe/Berlin", "Europe/Paris", "2026-03-29T08:00:00Z")).toBe(false);
    expect(differ("Europe/Berlin", "Europe/London", "2026-03-29T08:00:00Z")).toBe(true);
    expect(differ("Europe/Berlin", "Nowhere/Town", "2026-03-29T08:00:00Z")).toBe(false);
  });

  it("with the city that people know, and an address that can be followed", () => {
    expect(cityOf("America/New_York")).toBe("New York");
    expect(linkIn("https://calls.example/room")).toBe("https://calls.example/room");
    expect(linkIn("javascript:alert(1)")).toBeNull();
    expect(linkIn("Our office, third floor")).toBeNull();
  });
});
