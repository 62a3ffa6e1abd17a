import { expect, test } from "vitest";
import { timeLimits } from "./standstill";

test("the day that both sides named counts whole, and after it they may be running again", () => {
  expect(timeLimits(null, Date.now())).toBe("may-run");
  expect(timeLimits("2026-12-24", Date.parse("2026-12-24T23:59:59Z"))).toBe("stand-still");
  expect(timeLimits("2026-12-24", Date.parse("2026-12-25T00:00:00Z"))).toBe("may-run-again");
});
