import { expect, test } from "vitest";
import { readAmount } from "./amount";

const euros = (minor: number) => ({ minor, currency: "EUR" });

test.each([
  ["1250", 125_000],
  ["1.250,50", 125_050],
  ["1,250.5", 125_050],
  ["1 250", 125_000],
  ["1'250.00 €", 125_000],
  ["12,5", 1_250],
  ["1.250", 125_000],
  ["1.250.000", 125_000_000],
  ["0,99", 99],
])("%s is understood", (typed, minor) => {
  expect(readAmount(typed, "EUR")).toEqual(euros(minor));
});

test("nothing is no amount, and that is fine", () => {
  expect(readAmount("  ", "EUR")).toBeNull();
});

test.each(["a lot", "1.2.3", "12,345,6", "1,25,00", "-5", "1.25.000", "99999999999999999999"])("%s is pointed out", (typed) => {
  expect(readAmount(typed, "EUR")).toBeUndefined();
});

test("a currency without small change takes none", () => {
  expect(readAmount("1,250", "JPY")).toEqual({ minor: 1250, currency: "JPY" });
  expect(readAmount("12.5", "JPY")).toBeUndefined();
});
