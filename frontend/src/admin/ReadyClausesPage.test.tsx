import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Account } from "../api/account";
import type { ClauseVersion } from "../api/readyClauses";
import { LIBRARY } from "../drafting/library/clauses";
import { show } from "../testing/show";
import { ReadyClausesPage } from "./ReadyClausesPage";

const PROVIDER = "9".repeat(32);
const LEA: Account = { account_id: "a".repeat(32), name: "Lea", kind: "staff", email: "lea@example.org", administrator: false, language: "en" };
const INTEREST: ClauseVersion = {
  clause: "1".repeat(32),
  version: 1,
  language: "en",
  title: "Interest when late",
  words: "Whoever pays late owes [5] per cent.",
  means: "Being late costs money.",
  takes_rights: false,
  retired: false,
  by: "Lou",
  at: "2026-11-21T08:00:00.000Z",
};

/** What the portal keeps, and what it was sent. */
let kept: ClauseVersion[];
let sent: { path: string; body: Record<string, unknown> }[];
let refusal: Response | null;

beforeEach(() => {
  [kept, sent, refusal] = [[], [], null];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method === "GET") return Promise.resolve(Response.json({ provider: "Fair Talks", clauses: kept }));
    const body = JSON.parse(init.body as string) as ClauseVersion;
    sent.push({ path, body: { ...body } });
    if (refusal !== null) return Promise.resolve(refusal);
    kept = [{ ...INTEREST, ...body }];
    return Promise.resolve(Response.json(kept[0]));
  });
});
afterEach(() => vi.unstubAllGlobals());

const page = () => show(<ReadyClausesPage account={LEA} provider={PROVIDER} />);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const write = (label: string, value: string) => fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });

test("whoever has no clauses yet is told what a good one is, and can begin with one of the portal's", async () => {
  page();
  expect(await screen.findByText(/puts what differs from case to case into \[square brackets\]/)).toBeDefined();
  press("Write a clause");
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Title" }));
  fireEvent.change(screen.getByRole("combobox", { name: "Begin with" }), { target: { value: "payment-in-instalments" } });
  expect(await screen.findByText(/^To be filled in: \[Who pays\] \[who receives\] \[amount\]/)).toBeDefined();
  press("Save");
  const card = within((await screen.findByRole("heading", { name: "Payment in instalments" })).closest("section") as HTMLElement);
  expect(card.getByText("[Who pays]").tagName).toBe("MARK");
  expect(sent[0]?.path).toMatch(new RegExp(`^/api/providers/${PROVIDER}/clauses/[0-9a-f]{32}$`));
  expect(sent[0]?.body).toMatchObject({ version: 1, takes_rights: false, retired: false, language: "en" });
});

test("nothing is sent while something is missing", async () => {
  page();
  await screen.findByText("No clauses of your own yet");
  press("Write a clause");
  write("Title", "Interest");
  press("Save");
  expect(screen.getByText("Write the wording.")).toBeDefined();
  expect(screen.getByText("Write what it means.")).toBeDefined();
  expect(sent).toEqual([]);
});

test("what somebody else wrote meanwhile is read before one's own words take its place", async () => {
  kept = [INTEREST];
  page();
  await screen.findByText("Interest when late");
  press(/^Rewrite it/);
  write("Wording", "My words.");
  kept = [{ ...INTEREST, version: 2, words: "Their words." }];
  refusal = Response.json({ status: 409, code: "clause-rewritten", title: "…", next: "…" }, { status: 409 });
  press("Save");
  expect(await screen.findByText("Their words.")).toBeDefined();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Wording" }).value).toBe("My words.");
  refusal = null;
  press("Save mine in its place");
  await screen.findByRole("button", { name: /^Rewrite it/ });
  expect(screen.getByText("My words.")).toBeDefined();
  expect(sent.map(({ body }) => [body["version"], body["words"]])).toEqual([[2, "My words."], [3, "My words."]]);
});

test("retiring a clause is its next version, and it can be taken up again", async () => {
  kept = [INTEREST];
  page();
  await screen.findByText("Interest when late");
  press(/^Retire it/);
  expect(await screen.findByRole("button", { name: /^Take it up again/ })).toBeDefined();
  expect(sent[0]?.body).toMatchObject({ version: 2, retired: true, words: INTEREST.words });
});

test("every clause of the portal can be begun with as it stands", () => {
  for (const one of LIBRARY) expect((one.words.message ?? "").length, one.id).toBeLessThanOrEqual(4000);
});
