import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CaseView } from "../api/types";
import type { FromServer } from "../api/wire";
import { CaseFeed, type Socket } from "./feed";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: { type: string; since?: Record<string, number> }[] = [];
  closed = false;
  send(data: string) {
    this.sent.push(JSON.parse(data) as { type: string });
  }
  close() {
    this.closed = true;
  }
  opens() {
    this.onopen?.();
  }
  says(message: FromServer) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  breaks() {
    this.onclose?.();
  }
}

const VIEW = { case: "c", title: "A late website" } as CaseView;
const message = (seq: number, text = `message ${seq}`) => ({ seq, at: "2026-01-31T09:30:00.000Z", actor: "anna", kind: "MessagePosted", body: { text } });

let sockets: FakeSocket[];
let online: boolean;
let feed: CaseFeed;

function last(): FakeSocket {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error("no socket was opened");
  return socket;
}

function seqs(room: string) {
  return (feed.snapshot().entriesByRoom[room] ?? []).map((one) => one.seq);
}

function welcomed(heads: Record<string, number> = {}) {
  feed.start();
  last().opens();
  last().says({ type: "welcome", view: VIEW, heads });
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  online = true;
  feed = new CaseFeed("ws://portal/feed", {
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    isOnline: () => online,
    random: () => 0.5,
  });
});

afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

describe("arriving", () => {
  test("says hello with nothing known and is live after the welcome", () => {
    welcomed();
    expect(last().sent).toEqual([{ type: "hello", since: {} }]);
    expect(feed.snapshot()).toMatchObject({ connection: "live", view: { title: "A late website" } });
  });

  test("keeps each room's entries apart and in order", () => {
    welcomed({ joint: 2, papers: 1 });
    last().says({ type: "entries", room: "joint", entries: [message(2), message(1)] });
    last().says({ type: "entries", room: "papers", entries: [message(1)] });
    expect([seqs("joint"), seqs("papers")]).toEqual([[1, 2], [1]]);
  });

  test("takes only what changed of the view", () => {
    welcomed();
    last().says({ type: "view", changed: { paused: true } });
    expect(feed.snapshot().view).toMatchObject({ title: "A late website", paused: true });
  });
});

describe("losing the connection", () => {
  test("comes back by itself and asks from where it was", () => {
    welcomed({ joint: 2 });
    last().says({ type: "entries", room: "joint", entries: [message(1), message(2)] });
    last().breaks();
    expect(feed.snapshot().connection).toBe("connecting");
    vi.advanceTimersByTime(1_000);
    last().opens();
    expect(sockets).toHaveLength(2);
    expect(last().sent[0]).toEqual({ type: "hello", since: { joint: 2 } });
  });

  test("shows nothing twice when the server repeats itself", () => {
    welcomed({ joint: 1 });
    last().says({ type: "entries", room: "joint", entries: [message(1)] });
    last().says({ type: "entries", room: "joint", entries: [message(1), message(2)] });
    expect(seqs("joint")).toEqual([1, 2]);
  });

  test("says offline only after a moment, and live as soon as it is", () => {
    welcomed();
    last().breaks();
    vi.advanceTimersByTime(3_999);
    expect(feed.snapshot().connection).toBe("connecting");
    vi.advanceTimersByTime(1);
    expect(feed.snapshot().connection).toBe("offline");
    last().opens();
    last().says({ type: "welcome", view: VIEW, heads: {} });
    expect(feed.snapshot().connection).toBe("live");
  });

  test("is offline at once when the browser says so, and hurries back when the network returns", () => {
    welcomed();
    online = false;
    feed.lost();
    expect(feed.snapshot()).toMatchObject({ connection: "offline", presence: [] });
    online = true;
    feed.hurry();
    expect(sockets).toHaveLength(2);
  });

  test("waits longer from try to try", () => {
    feed.start();
    const tries: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const before = sockets.length;
      last().breaks();
      let waited = 0;
      while (sockets.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      tries.push(waited);
    }
    expect(tries).toEqual([...tries].sort((a, b) => a - b));
    expect(tries[3]).toBeGreaterThan(tries[0] ?? 0);
  });

  test("hangs up on a server that no longer answers", () => {
    welcomed();
    const silent = last();
    vi.advanceTimersByTime(25_000);
    expect(silent.sent.at(-1)).toEqual({ type: "ping" });
    vi.advanceTimersByTime(10_000);
    expect(silent.closed).toBe(true);
  });
});

describe("gaps", () => {
  test("asks again from the last sure place when an entry is missing", () => {
    welcomed({ joint: 1 });
    last().says({ type: "entries", room: "joint", entries: [message(1)] });
    last().says({ type: "entries", room: "joint", entries: [message(3)] });
    expect(seqs("joint")).toEqual([1]);
    vi.advanceTimersByTime(1_000);
    last().opens();
    expect(last().sent[0]).toEqual({ type: "hello", since: { joint: 1 } });
    last().says({ type: "welcome", view: VIEW, heads: { joint: 3 } });
    last().says({ type: "entries", room: "joint", entries: [message(2), message(3)] });
    expect(seqs("joint")).toEqual([1, 2, 3]);
  });

  test("accepts a gap that the server itself replays: a time when one was not in the room", () => {
    welcomed({ "caucus-client": 9 });
    last().says({ type: "entries", room: "caucus-client", entries: [message(2), message(7)] });
    last().says({ type: "entries", room: "caucus-client", entries: [message(9)] });
    expect(seqs("caucus-client")).toEqual([2, 7, 9]);
    expect(sockets).toHaveLength(1);
  });

  test("an erased entry loses its words and keeps its place", () => {
    welcomed({ joint: 2 });
    last().says({ type: "entries", room: "joint", entries: [message(1), message(2)] });
    last().says({ type: "entries", room: "joint", entries: [{ seq: 1, erased: true }] });
    expect(feed.snapshot().entriesByRoom["joint"]).toEqual([{ seq: 1, erased: true }, message(2)]);
  });
});

describe("leaving", () => {
  test("stops for good when the session has ended", () => {
    welcomed();
    last().says({ type: "bye", code: "session-ended" });
    vi.advanceTimersByTime(60_000);
    expect(feed.snapshot()).toMatchObject({ ended: "session-ended", connection: "offline" });
    expect(sockets).toHaveLength(1);
  });

  test("comes back after a restart, not before the server asked", () => {
    welcomed();
    last().says({ type: "bye", code: "restart", after_ms: 2_000 });
    vi.advanceTimersByTime(1_900);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
  });

  test("forgets a room one is no longer in", () => {
    welcomed({ joint: 1, "caucus-client": 1 });
    last().says({ type: "entries", room: "caucus-client", entries: [message(1)] });
    last().breaks();
    vi.advanceTimersByTime(1_000);
    last().opens();
    last().says({ type: "welcome", view: VIEW, heads: { joint: 1 } });
    expect(feed.snapshot().entriesByRoom).not.toHaveProperty("caucus-client");
  });
});

describe("erasing", () => {
  test("what was erased leaves the open screen, and the other rooms stay", () => {
    welcomed({ joint: 1, talks: 1, "private-1": 1 });
    for (const room of ["joint", "talks", "private-1"]) last().says({ type: "entries", room, entries: [message(1)] });
    const rooms = [{ room: "joint", erased: true }, { room: "talks", erased: false }] as CaseView["rooms"];
    last().says({ type: "view", changed: { rooms } });
    expect(Object.keys(feed.snapshot().entriesByRoom)).toEqual(["talks"]);
  });
});

describe("typing", () => {
  test("somebody who types stops when their words arrive", () => {
    welcomed({ joint: 0 });
    last().says({ type: "typing", room: "joint", participant: "anna" });
    expect(feed.snapshot().typing["joint"]).toEqual(["anna"]);
    last().says({ type: "entries", room: "joint", entries: [message(1)] });
    expect(feed.snapshot().typing["joint"]).toEqual([]);
  });

  test("is told at most once in three seconds", () => {
    welcomed();
    feed.typing("joint");
    feed.typing("joint");
    expect(last().sent.filter((one) => one.type === "typing")).toHaveLength(1);
    vi.advanceTimersByTime(3_000);
    feed.typing("joint");
    expect(last().sent.filter((one) => one.type === "typing")).toHaveLength(2);
  });
});
