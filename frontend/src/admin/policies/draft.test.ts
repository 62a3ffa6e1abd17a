// @vitest-environment node
import { expect, test } from "vitest";
import type { Policy } from "../../api/policies";
import { draftOf, emptyStep, faultOf, inOrder, isManagementFirst, isSound, placeIn, policyOf } from "./draft";

const LADDER: Policy = {
  name: "Late work",
  version: 1,
  acknowledge: { days: 5, remind: [3, 1] },
  business_silent: "refused",
  consumer_silent: "rest",
  unresolved: "step-up",
  rungs: [
    { tier: "talks", people: [], answer: { days: 10, remind: [5, 1] }, resolve: null, leave_early: "either", if_nobody: "wait" },
    { tier: "management", people: [{ name: "Colin", title: "" }], answer: null, resolve: { days: 20, remind: [] }, leave_early: "both", if_nobody: "skip" },
  ],
  calendar: { name: "England (GB-ENG)", zone: "Europe/London", weekend: [5, 6], closed: ["2026-12-25", "2027-01-01"] },
};

test("what is kept becomes what is typed, and the same again", () => {
  expect(policyOf(draftOf(LADDER))).toEqual(LADDER);
});

test("a time is a whole number of days, with reminders before its end, or nothing", () => {
  const tried = (days: string, remind: string) => faultOf({ days, remind });
  expect([tried("", ""), tried("", "x"), tried("10", "5, 1"), tried("250", "")]).toEqual([null, null, null, null]);
  expect([tried("0", ""), tried("251", ""), tried("2.5", ""), tried("ten", "")]).toEqual(["days", "days", "days", "days"]);
  expect([tried("5", "5"), tried("5", "a"), tried("9", "1 2 3 4 5 6")]).toEqual(["remind", "remind", "remind"]);
});

test("reminders are kept from the first to the last, each once", () => {
  const draft = { ...draftOf(LADDER), acknowledge: { days: "9", remind: "1; 5 1" } };
  expect(policyOf(draft).acknowledge).toEqual({ days: 9, remind: [5, 1] });
  expect(isSound({ ...draft, acknowledge: { days: "9", remind: "9" } })).toBe(false);
});

test("steps take their place whenever they are added, management on either side of mediation", () => {
  const steps = draftOf(LADDER).steps;
  const all = inOrder([...steps, emptyStep("referral"), emptyStep("mediation")], false);
  expect(all.map(({ tier }) => tier)).toEqual(["talks", "mediation", "management", "referral"]);
  const before = inOrder(all, true);
  expect(before.map(({ tier }) => tier)).toEqual(["talks", "management", "mediation", "referral"]);
  expect([isManagementFirst(all), isManagementFirst(before)]).toEqual([false, true]);
});

test("holidays and days of one's own are kept together, in their order, each once", () => {
  const draft = draftOf(LADDER);
  const calendar = { ...draft.calendar, own: ["2026-12-24", "2026-12-25"] };
  expect(policyOf({ ...draft, calendar }).calendar.closed).toEqual(["2026-12-24", "2026-12-25", "2027-01-01"]);
});

test("the place of a calendar is read from its name", () => {
  expect([placeIn("Deutschland, Bayern (DE-BY)"), placeIn("France (FR)"), placeIn("Our own (days)"), placeIn("")]).toEqual(["DE-BY", "FR", "", ""]);
});
