import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Account } from "../../api/account";
import type { Policy, PolicyVersion } from "../../api/policies";
import { show } from "../../testing/show";
import { PoliciesPage } from "./PoliciesPage";

const BUSINESS = "9".repeat(32);
const HANA: Account = { account_id: "a".repeat(32), name: "Hana", kind: "staff", email: "hana@example.org", administrator: false, language: "en" };
const rung = { people: [], leave_early: "either", if_nobody: "wait" } as const;
const OF_THE_PORTAL: Policy = {
  name: "",
  version: 1,
  acknowledge: { days: 5, remind: [3, 1] },
  business_silent: "refused",
  consumer_silent: "rest",
  unresolved: "step-up",
  rungs: [
    { ...rung, tier: "talks", answer: { days: 10, remind: [5, 1] }, resolve: { days: 20, remind: [] } },
    { ...rung, tier: "mediation", answer: { days: 10, remind: [] }, resolve: { days: 45, remind: [] } },
    { ...rung, tier: "management", answer: null, resolve: null },
    { ...rung, tier: "referral", answer: null, resolve: null },
  ],
  calendar: { name: "", zone: "UTC", weekend: [5, 6], closed: [] },
};
const HANA_HERE = { account: HANA.account_id, name: "Hana", email: "hana@example.org" };
const KNOWN = { countries: [{ code: "GB", name: "United Kingdom", regions: [{ code: "ENG", name: "England" }] }], zones: ["Europe/London", "UTC"] };
const YEAR = new Date().getFullYear();

/** What the portal keeps, and what it was sent. */
let kept: PolicyVersion[];
let sent: { path: string; body: Record<string, unknown> }[];
let refusal: Response | null;

function version(changes: Partial<PolicyVersion>): PolicyVersion {
  return { category: "general", version: 1, policy: OF_THE_PORTAL, reach: [], retired: false, by: "Lou", at: "2026-11-21T08:00:00.000Z", ...changes };
}

function answer(path: string, body: string | undefined): Response {
  if (path === "/api/calendars") return Response.json(KNOWN);
  if (path.startsWith("/api/calendars/")) return Response.json({ until: YEAR + 9, days: [{ day: `${YEAR + 1}-12-25`, name: "Christmas Day" }] });
  if (path.endsWith("/policies")) return Response.json({ business: "Example Studio", members: [HANA_HERE], policies: kept, default: OF_THE_PORTAL });
  if (body === undefined) return Response.json({ versions: [...kept].reverse() });
  const data = JSON.parse(body) as Record<string, unknown>;
  sent.push({ path, body: data });
  if (refusal !== null) return refusal;
  if (path.endsWith("/policy-dry-runs")) {
    const lines = [
      { at: "2022-12-23T12:00:00Z", day: "2022-12-23", what: "opened", tier: "talks" },
      { at: "2023-01-12T00:00:00Z", day: "2023-01-11", what: "over", term: "answer", party: "business", then: "refused" },
    ];
    return Response.json({ lines, closed: ["2022-12-26"] });
  }
  const made = version({ policy: data["policy"] as Policy, reach: data["reach"] as PolicyVersion["reach"], version: data["version"] as number, retired: data["retired"] as boolean, category: path.split("/").at(-1) as "general" });
  kept = [...kept.filter((one) => one.category !== made.category), made];
  return Response.json(made);
}

beforeEach(() => {
  [kept, sent, refusal] = [[], [], null];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => Promise.resolve(answer(path, init.body as string | undefined)));
  // jsdom draws no dialogs.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
});
afterEach(() => vi.unstubAllGlobals());

const page = () => show(<PoliciesPage account={HANA} business={BUSINESS} />);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const write = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test("whoever has no ladder sees the portal's own and what a good one is", async () => {
  page();
  expect(await screen.findByText("No ladder of your own yet")).toBeDefined();
  expect(screen.getByText(/names a person for each step/)).toBeDefined();
  const steps = screen.getAllByRole("heading", { level: 3 }).map((one) => one.textContent);
  expect(steps).toEqual(["Talking directly", "Talking with a mediator", "Management joins the table", "Someone else decides"]);
  expect(screen.getByText("For an answer: 10 working days; reminders 5 and 1 before the end")).toBeDefined();
  expect(screen.getByText("of a consumer: the dispute rests until somebody goes on with it")).toBeDefined();
});

test("a ladder goes into force only after it was said that open cases keep theirs", async () => {
  page();
  await screen.findByText("No ladder of your own yet");
  press("Make your own");
  write("What you call it", "Ours");
  fireEvent.click(screen.getByLabelText("Before a mediator comes"));
  press("Put it in force …");
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText(/^Cases that are open keep the version they began with/)).toBeDefined();
  expect(dialog.getByText("Talking directly → Management joins the table → Talking with a mediator → Someone else decides")).toBeDefined();
  expect(sent).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Put it in force" }));
  expect(await screen.findByText(/^Version 1, put in force by Lou/)).toBeDefined();
  expect(sent[0]?.path).toBe(`/api/businesses/${BUSINESS}/policies/general`);
  expect(sent[0]?.body).toMatchObject({ version: 1, retired: false, policy: { name: "Ours" } });
});

test("nothing is sent while a time cannot be read", async () => {
  page();
  await screen.findByText("No ladder of your own yet");
  press("Make your own");
  const [days] = screen.getAllByLabelText("Working days");
  fireEvent.change(days as HTMLElement, { target: { value: "ten" } });
  press("Put it in force …");
  expect(screen.getByText("Something above cannot be read. It is marked.")).toBeDefined();
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("whoever decides at a step is asked by their account or at an address, and the ladder holds their names alone", async () => {
  page();
  await screen.findByText("No ladder of your own yet");
  press("Make your own");
  const [management] = screen.getAllByRole("heading", { name: "Management joins the table", level: 3 });
  const inStep = within(management?.closest("section") ?? document.body);
  fireEvent.click(inStep.getByRole("button", { name: "Name somebody" }));
  fireEvent.change(inStep.getByLabelText("We ask them to come"), { target: { value: HANA.account_id } });
  expect(inStep.getByLabelText<HTMLInputElement>("Name").value).toBe("Hana");
  fireEvent.click(inStep.getByRole("button", { name: "Name somebody who stands in" }));
  fireEvent.change(inStep.getByLabelText("Stands in: name"), { target: { value: "Colin Marsh" } });
  fireEvent.change(inStep.getAllByLabelText("We ask them to come")[1] as HTMLElement, { target: { value: "address" } });
  press("Put it in force …");
  expect(inStep.getByText("Write the address in full, like name@example.org.")).toBeDefined();
  fireEvent.change(inStep.getByLabelText("Their e-mail address"), { target: { value: "colin@example.org" } });
  press("Put it in force …");
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText("Hana (own account); Colin Marsh (colin@example.org)")).toBeDefined();
  fireEvent.click(dialog.getByRole("button", { name: "Put it in force" }));
  await screen.findByText(/^Version 1, put in force/);
  const reach = [{ tier: "management", people: [{ account: HANA.account_id, email: "", language: "en" }, { account: null, email: "colin@example.org", language: "en" }] }];
  expect(sent[0]?.body["reach"]).toEqual(reach);
  expect((sent[0]?.body["policy"] as Policy).rungs[2]?.people).toEqual([{ name: "Hana", title: "" }, { name: "Colin Marsh", title: "" }]);
  // What was kept is what the next version begins with.
  press("Change it");
  expect(screen.getByLabelText<HTMLInputElement>("Their e-mail address").value).toBe("colin@example.org");
});

test("the holidays of a place are put in, and days of one's own beside them", async () => {
  page();
  await screen.findByText("No ladder of your own yet");
  press("Make your own");
  write("Holidays of", "GB");
  expect(await screen.findByText(new RegExp(`known until the end of ${YEAR + 9}`))).toBeDefined();
  write("A closed day", `${YEAR + 1}-07-05`);
  press("Add this day");
  press("Put it in force …");
  fireEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Put it in force" }));
  await screen.findByText(/^Version 1, put in force/);
  const policy = sent[0]?.body["policy"] as Policy;
  expect(policy.calendar.name).toBe("United Kingdom (GB)");
  expect(policy.calendar.closed).toEqual([`${YEAR + 1}-07-05`, `${YEAR + 1}-12-25`]);
});

test("what somebody else put in force meanwhile is not overwritten unseen", async () => {
  kept = [version({})];
  page();
  await screen.findByText(/^Version 1, put in force/);
  press("Change it");
  write("What you call it", "Mine");
  kept = [version({ version: 2, policy: { ...OF_THE_PORTAL, name: "Theirs" } })];
  refusal = Response.json({ status: 409, code: "policy-rewritten", title: "Somebody has changed this ladder since you read it.", next: "…" }, { status: 409 });
  press("Put it in force …");
  fireEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Put it in force" }));
  expect(await screen.findByText("Somebody has changed this ladder since you read it.")).toBeDefined();
  refusal = null;
  press("Put it in force …");
  const dialog = within(screen.getByRole("alertdialog"));
  expect((await dialog.findByText("Theirs")).tagName).toBe("DEL");
  fireEvent.click(dialog.getByRole("button", { name: "Put it in force" }));
  await screen.findByText(/^Version 3, put in force/);
  expect(sent.map(({ body }) => body["version"])).toEqual([2, 3]);
});

test("a kind of dispute without a ladder of its own goes by the general one, and a retired one gives way to it", async () => {
  kept = [version({ policy: { ...OF_THE_PORTAL, name: "For all" } }), version({ category: "billing", policy: { ...OF_THE_PORTAL, name: "For bills" } })];
  page();
  expect(await screen.findByText("For all")).toBeDefined();
  write("For which disputes", "quality");
  expect(screen.getByText(/^There is none for these disputes alone/)).toBeDefined();
  write("For which disputes", "billing");
  expect(screen.getByText("For bills")).toBeDefined();
  press("Use it no more");
  fireEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Use it no more" }));
  expect(await screen.findByText(/^There is none for these disputes alone/)).toBeDefined();
  expect(sent[0]?.body).toMatchObject({ version: 2, retired: true });
});

test("a dry run says what happens on which day of the week", async () => {
  page();
  await screen.findByText("No ladder of your own yet");
  write("Opened on", "2022-12-23");
  press("Show what happens");
  expect(await screen.findByText("Friday, December 23, 2022")).toBeDefined();
  expect(screen.getByText("At the end of the day: no answer from the business. What follows: it counts as a refusal.")).toBeDefined();
  expect(screen.getByText(/these did not count: Mon, Dec 26, 2022/)).toBeDefined();
  expect(sent[0]?.body).toMatchObject({ supposed: { opened_on: "2022-12-23", opener: "principal", client: "consumer", answers_after: null } });
});

test("whoever leads a business is warned when its holidays run out", async () => {
  const closing = (year: number) => [version({ policy: { ...OF_THE_PORTAL, calendar: { ...OF_THE_PORTAL.calendar, closed: [`${year}-12-25`] } } })];
  kept = closing(YEAR + 1);
  const first = page();
  expect(await screen.findByText(new RegExp(`only until the end of ${YEAR + 1}`))).toBeDefined();
  first.unmount();
  kept = closing(YEAR + 9);
  page();
  await screen.findByText(/^Version 1, put in force/);
  expect(screen.queryByText(/only until the end of/)).toBeNull();
});
