import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Notice } from "../../api/notices";
import type { CaseState } from "../../live/feed";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { NoticePage } from "./NoticePage";
import { Bell } from "./WhatIsNew";

const LIVE = { entriesByRoom: {}, heads: { joint: 7, papers: 3 } } as unknown as CaseState;
const NOTICE: Notice = { notice: "1".repeat(32), case: aCase().case, room: "joint", seq: 7, kind: "mention", at: "2026-11-21T08:00:00.000Z", due_at: null, last_day: null, parts: [], calendar: false, read_at: null };

let kept: Notice[];
let sent: { path: string; body: unknown }[];

beforeEach(() => {
  [kept, sent] = [[NOTICE], []];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method === "GET") return Promise.resolve(Response.json({ notices: kept, wishes: [] }));
    sent.push({ path, body: JSON.parse(init.body as string) });
    kept = [];
    return Promise.resolve(new Response(null, { status: 204 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

test("the bell counts what is new, leads to the very words, and says when all is read", async () => {
  show(<Bell view={aCase()} live={LIVE} page="people" />);
  fireEvent.click(await screen.findByRole("button", { name: "What is new: 1" }));
  const link = await screen.findByRole("link", { name: /Somebody asks for your attention/ });
  expect(link.getAttribute("href")).toBe(`/cases/${aCase().case}/talk/joint#said-7`);
  fireEvent.click(screen.getByRole("button", { name: "I have read everything" }));
  await waitFor(() => expect(sent).toEqual([{ path: `/api/cases/${aCase().case}/notices/read`, body: { room: "joint", upto: 7 } }]));
  expect(await screen.findByText(/You have read everything\. What is new in a room of yours stands here/)).toBeDefined();
});

test("a page that shows a room reads it, and no other", async () => {
  kept = [NOTICE, { ...NOTICE, notice: "2".repeat(32), room: "papers", seq: 3, kind: "step" }];
  show(<Bell view={aCase()} live={LIVE} page="ladder" />);
  await waitFor(() => expect(sent).toEqual([{ path: `/api/cases/${aCase().case}/notices/read`, body: { room: "papers", upto: 3 } }]), { timeout: 5_000 });
});

test("of a step the bell says which it is, until when something is asked, and has the day for a calendar", async () => {
  kept = [{ ...NOTICE, room: "papers", seq: 3, kind: "served", due_at: "2026-12-08T00:00:00Z", last_day: "2026-12-07", parts: ["to-management", "asked"], calendar: true }];
  show(<Bell view={aCase()} live={LIVE} page="people" />);
  fireEvent.click(await screen.findByRole("button", { name: "What is new: 1" }));
  const link = await screen.findByRole("link", { name: /You are asked for an answer.*The step now: Management joins the table/ });
  expect(link.getAttribute("href")).toBe(`/cases/${aCase().case}/ladder`);
  expect(screen.getByText(/Until/).textContent).toContain("7 Dec 2026");
  expect(screen.getByRole("link", { name: "Put this day into your calendar" }).getAttribute("href")).toBe(`/api/cases/${aCase().case}/notices/${NOTICE.notice}/calendar`);
});

test("the link of a mail leads on to where the thing is", async () => {
  show(<NoticePage view={aCase()} notice={NOTICE.notice} />);
  await waitFor(() => expect(location.pathname + location.hash).toBe(`/cases/${aCase().case}/talk/joint#said-7`));
});

test("a mail of somebody else leads to no dead end", async () => {
  show(<NoticePage view={aCase()} notice={"9".repeat(32)} />);
  expect(await screen.findByText("That is no longer new")).toBeDefined();
  expect(screen.getByRole("link", { name: "Go to the table" })).toBeDefined();
});
