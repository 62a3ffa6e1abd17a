import { expect, test } from "vitest";
import { disputeOf, faultsOf, keep, keptOf, NOTHING_TOLD, type Told } from "./dispute";

const TOLD: Told = {
  title: " A coffee machine that leaks ",
  category: "quality",
  account: "It leaks since the second week.",
  since: "June",
  wish: "My money back.",
  amount: "349,90",
  currency: "EUR",
  name: "Noor Haddad",
  email: "noor@example.org",
};

test("an empty form names everything that is needed, and no more", () => {
  expect([...faultsOf(NOTHING_TOLD)].sort()).toEqual(["account", "category", "email", "name", "title", "wish"]);
  expect(faultsOf(TOLD).size).toBe(0);
});

test("what was typed is sent trimmed, with its amount in cents", () => {
  expect(disputeOf(TOLD, "123456", "de")).toMatchObject({ title: "A coffee machine that leaks", amount: { minor: 34_990, currency: "EUR" }, code: "123456", language: "de" });
});

test("without an amount none is sent; with a strange one nothing is", () => {
  expect(disputeOf({ ...TOLD, amount: "" }, "123456", "en")?.amount).toBeNull();
  expect(disputeOf({ ...TOLD, amount: "a lot" }, "123456", "en")).toBeNull();
});

test("what was typed outlives a page that is loaded again, by business", () => {
  keep("larkspur", TOLD);
  expect(keptOf("larkspur")).toEqual(TOLD);
  expect(keptOf("another")).toEqual(NOTHING_TOLD);
  keep("larkspur", null);
  expect(keptOf("larkspur")).toEqual(NOTHING_TOLD);
});
