import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CaseView, TermView } from "../../api/types";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { Terms } from "./Terms";

const ANSWER: TermView = {
  term: "answer",
  owed_by: "client",
  over_at: "2026-12-08T00:00:00Z",
  last_day: "2026-12-07",
  still: [],
  then: "rest",
  then_tier: null,
  longer: {},
  can: [],
} as unknown as TermView;

function asked(change: Partial<CaseView> = {}) {
  show(<Terms view={aCase({ calendar: { name: "", zone: "UTC" }, ladder: [], terms: [ANSWER], silent: [], resting: false, ...change })} />);
}

test("whoever comes from a mail that asks for an answer is one tap from giving it", () => {
  asked();
  expect(screen.getByText(/your side is asked for an answer/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Write to the other side" }).getAttribute("href")).toBe(`/cases/${aCase().case}/talk/joint`);
});

test("before the mediation one answers in the direct conversation", () => {
  asked({ began_at: null });
  expect(screen.getByRole("link", { name: "Write to the other side" }).getAttribute("href")).toBe(`/cases/${aCase().case}/talk/talks`);
});

test("nobody is asked to answer for the other side", () => {
  asked({ terms: [{ ...ANSWER, owed_by: "business" }] });
  expect(screen.queryByRole("link", { name: "Write to the other side" })).toBeNull();
});
