import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { CaseView } from "../../api/types";
import type { Entry } from "../../api/wire";
import { NOTHING_YET, type CaseState } from "../../live/feed";
import { Conversation } from "./Conversation";

const lucia = "a".repeat(32);
const amara = "b".repeat(32);
const jonas = "c".repeat(32);

function said(seq: number, actor: string, text: string): Entry {
  return { seq, at: `2026-11-21T10:0${seq}:00.000Z`, actor, kind: "MessagePosted", body: { text, form: "message", on_behalf_of: null } };
}

const view = {
  case: "d".repeat(32),
  me: { participant: lucia, name: "Lucia Pirelli", role: "principal", party: "client", may_agree: true },
  began_at: "2026-11-21T09:00:00.000Z",
  paused: false,
  ending: null,
  closed_at: null,
  mediator: { participant: amara, name: "Dr Amara Okafor" },
  parties: [
    { party: "business", name: "Larkspur Studio GmbH" },
    { party: "client", name: "Osteria Pirelli" },
  ],
  people: [
    { participant: lucia, name: "Lucia Pirelli", role: "principal", party: "client" },
    { participant: amara, name: "Dr Amara Okafor", role: "mediator", party: null },
    { participant: jonas, name: "Jonas Weidt", role: "handler", party: "business" },
  ],
  rooms: [
    { room: "caucus-client", members: [lucia, amara], can_post: true },
    { room: "joint", members: [lucia, amara, jonas], can_post: true },
    { room: "papers", members: [lucia, amara, jonas], can_post: false },
  ],
  statements: [],
  offers: [],
  issues: [],
  scribed: [],
  sharings: [],
  allowed_actions: [],
} as unknown as CaseView;

const live: CaseState = {
  ...NOTHING_YET,
  view,
  connection: "live",
  entriesByRoom: {
    joint: [said(1, jonas, "Good morning, everyone"), said(2, lucia, "Good morning")],
    "caucus-client": [said(1, amara, "How are you today?"), said(2, lucia, "We could pay about 12,000.")],
  },
};

function conversation(room: string) {
  return (
    <I18nProvider i18n={i18n}>
      <Conversation view={view} live={live} room={room} onRoom={() => undefined} />
    </I18nProvider>
  );
}

class NoObserver {
  observe() {}
  disconnect() {}
  unobserve() {}
}

beforeAll(() => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  vi.stubGlobal("IntersectionObserver", NoObserver);
  vi.stubGlobal("ResizeObserver", NoObserver);
});

describe("going from room to room", () => {
  it("leaves nothing of the private room on the screen", () => {
    const { rerender } = render(conversation("caucus-client"));
    expect(screen.getByText("We could pay about 12,000.")).toBeTruthy();
    rerender(conversation("joint"));
    expect(screen.queryByText("We could pay about 12,000.")).toBeNull();
    expect(screen.getAllByRole("log")).toHaveLength(1);
    expect(screen.getAllByRole("form")).toHaveLength(1);
  });

  it("never carries unsent words along, and keeps them where they were", () => {
    sessionStorage.setItem(`draft ${view.case} caucus-client message`, "Between us: 11,500");
    const { rerender } = render(conversation("caucus-client"));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Between us: 11,500");
    rerender(conversation("joint"));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("");
    rerender(conversation("caucus-client"));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Between us: 11,500");
  });

  it("says above and again where one writes who will see it", () => {
    const { rerender } = render(conversation("caucus-client"));
    expect(screen.getAllByText("Private: only you and Dr Amara Okafor")).toHaveLength(2);
    rerender(conversation("joint"));
    expect(screen.getAllByText("Everyone sees this")).toHaveLength(2);
    expect(screen.getByRole("button", { name: "Send to everyone" })).toBeTruthy();
  });
});

describe("who may not write to everyone for now", () => {
  const muted = {
    ...view,
    muted: [lucia],
    rooms: view.rooms.map((room) => (room.room === "joint" ? { ...room, can_post: false } : room)),
  };

  it("is told why, and where they can still write", () => {
    render(
      <I18nProvider i18n={i18n}>
        <Conversation view={muted} live={live} room="joint" onRoom={() => undefined} />
      </I18nProvider>,
    );
    expect(screen.getByText("The mediator asks you to listen for now")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Write to the mediator privately" }).getAttribute("href")).toContain("/talk/caucus-client");
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
