import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CaseView } from "../../api/types";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { KnownClauses, Means } from "./Means";

const TRIAL = {
  provider: "Harbour Mediation",
  clause: "1".repeat(32),
  language: "en",
  title: "Acceptance after a trial",
  words: "[Who] tries the work out for [14] days.\nWhat works after that counts as delivered.",
  means: "There is a time to try it out.",
  takes_rights: true,
};
const AS_WRITTEN = "Osteria Pirelli tries the work out for 20 days. What works after that counts as delivered.";

beforeEach(() => vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ clauses: [TRIAL] }))));
afterEach(() => vi.unstubAllGlobals());

function shown(text: string, capacity: "business" | "consumer") {
  const [business, client] = aCase().parties;
  const view: CaseView = aCase({ parties: [business, { ...client, capacity }] as CaseView["parties"] });
  show(
    <KnownClauses caseId={view.case} language={null}>
      <Means view={view} text={text} />
      <Means view={view} text="The website is put right by 31 March." />
    </KnownClauses>,
  );
}

test("a consumer reads at once what a clause means that takes rights, whoever wrote it", async () => {
  shown(AS_WRITTEN, "consumer");
  const means = await screen.findByText(TRIAL.means);
  expect(means.closest("details")?.open).toBe(true);
  expect(screen.getByText(/takes or limits rights/)).toBeDefined();
  expect(screen.getByText(/“Acceptance after a trial”/)).toBeDefined();
  expect(document.querySelectorAll("details").length, "the other words follow no ready clause").toBe(1);
});

test("others find it under a line that can be opened", async () => {
  shown(AS_WRITTEN, "business");
  expect((await screen.findByText(TRIAL.means)).closest("details")?.open).toBe(false);
});
