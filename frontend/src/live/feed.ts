/**
 * The feed of one case: a socket that comes back by itself, a cursor per room, nothing lost and nothing twice.
 *
 * `CaseFeed` knows no React. Its snapshot is immutable and changes identity only when something changed.
 */
import type { ByeCode, Entry, FromClient, FromServer, RoomName } from "../api/wire";
import type { CaseView } from "../api/types";

/** `live`: connected and caught up. `connecting`: a moment's patience. `offline`: say so on the screen. */
export type Connection = "live" | "connecting" | "offline";

export interface CaseState {
  view: CaseView | null;
  entriesByRoom: Readonly<Record<RoomName, readonly Entry[]>>;
  /** How long each room was when the connection was last made: what came before is history, not news. */
  heads: Readonly<Record<RoomName, number>>;
  /** Participants with a live connection to the case. */
  presence: readonly string[];
  /** Who is writing, by room. */
  typing: Readonly<Record<RoomName, readonly string[]>>;
  connection: Connection;
  /** Set when the server ended the connection for good; nothing more will come. */
  ended: ByeCode | null;
}

/** The part of `WebSocket` that the feed uses, so that tests can stand in for it. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

export interface FeedWorld {
  connect: (url: string) => Socket;
  isOnline: () => boolean;
  /** Between 0 and 1; spreads the return of many clients after a restart. */
  random: () => number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const PING_EVERY_MS = 25_000;
const ANSWER_WITHIN_MS = 10_000;
const TYPING_LASTS_MS = 6_000;
const TYPING_EVERY_MS = 3_000;
/** Shorter interruptions are not worth alarming anybody. */
const PATIENCE_MS = 4_000;

const FINAL: ReadonlySet<ByeCode> = new Set<ByeCode>(["session-ended", "not-on-this-case"]);

export const NOTHING_YET: CaseState = {
  view: null,
  entriesByRoom: {},
  heads: {},
  presence: [],
  typing: {},
  connection: "connecting",
  ended: null,
};

export class CaseFeed {
  #state: CaseState = NOTHING_YET;
  readonly #watchers = new Set<() => void>();
  readonly #url: string;
  readonly #world: FeedWorld;
  #socket: Socket | null = null;
  #running = false;
  #attempt = 0;
  #cursors: Record<RoomName, number> = {};
  /** Lengths at the last welcome: until a room has come that far, the server is replaying and its gaps are its own. */
  #heads: Readonly<Record<RoomName, number>> = {};
  #retry: ReturnType<typeof setTimeout> | undefined;
  #alarm: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  readonly #typingEnds = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #typingSent = new Map<RoomName, number>();

  constructor(url: string, world: FeedWorld) {
    this.#url = url;
    this.#world = world;
  }

  readonly snapshot = (): CaseState => this.#state;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#open();
  }

  stop(): void {
    this.#running = false;
    this.#drop();
    clearTimeout(this.#retry);
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    for (const timer of this.#typingEnds.values()) clearTimeout(timer);
    this.#typingEnds.clear();
  }

  /** The browser regained its network, or the page came back into sight: do not wait for the next try. */
  hurry(): void {
    if (!this.#running || this.#state.ended !== null) return;
    if (this.#socket === null) {
      this.#attempt = 0;
      clearTimeout(this.#retry);
      this.#open();
    } else if (this.#state.connection === "live") {
      this.#ping();
    }
  }

  /** The browser lost its network: say so at once. */
  lost(): void {
    if (!this.#running || this.#state.ended !== null) return;
    this.#drop();
    this.#set({ connection: "offline", presence: [], typing: {} });
    this.#later();
  }

  /** Tell the room that one is writing; at most once every three seconds. */
  typing(room: RoomName): void {
    const now = Date.now();
    if (now - (this.#typingSent.get(room) ?? -Infinity) < TYPING_EVERY_MS) return;
    this.#typingSent.set(room, now);
    this.#send({ type: "typing", room });
  }

  #set(change: Partial<CaseState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }

  #send(message: FromClient): void {
    if (this.#socket !== null && this.#state.connection !== "offline") this.#socket.send(JSON.stringify(message));
  }

  #open(): void {
    clearTimeout(this.#retry);
    if (!this.#world.isOnline()) {
      this.#set({ connection: "offline" });
      this.#later();
      return;
    }
    if (this.#state.connection === "live") this.#set({ connection: "connecting" });
    this.#alarm ??= setTimeout(() => {
      if (this.#state.connection === "connecting") this.#set({ connection: "offline", presence: [], typing: {} });
    }, PATIENCE_MS);

    const socket = this.#world.connect(this.#url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", since: this.#cursors } satisfies FromClient));
    socket.onmessage = (event) => {
      if (this.#socket === socket && typeof event.data === "string") this.#receive(JSON.parse(event.data) as FromServer);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#drop();
      this.#interrupted();
    };
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #interrupted(afterMs?: number): void {
    if (!this.#running) return;
    if (this.#state.connection === "live") {
      this.#set({ connection: "connecting" });
      clearTimeout(this.#alarm);
      this.#alarm = setTimeout(() => {
        if (this.#state.connection !== "live") this.#set({ connection: "offline", presence: [], typing: {} });
      }, PATIENCE_MS);
    }
    this.#later(afterMs);
  }

  #later(afterMs?: number): void {
    this.#attempt += 1;
    const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#attempt - 1));
    const wait = (afterMs ?? full / 2) + this.#world.random() * (full / 2);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#running && this.#socket === null) this.#open();
    }, wait);
  }

  #receive(message: FromServer): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    switch (message.type) {
      case "welcome":
        this.#welcome(message.view, message.heads);
        return;
      case "entries":
        this.#take(message.room, message.entries);
        return;
      case "view":
        if (this.#state.view !== null) this.#set({ view: { ...this.#state.view, ...message.changed } });
        if (message.changed.rooms !== undefined) this.#forget(message.changed.rooms);
        return;
      case "presence":
        this.#set({ presence: message.here });
        return;
      case "typing":
        this.#someoneTypes(message.room, message.participant);
        return;
      case "bye":
        this.#drop();
        if (FINAL.has(message.code)) {
          this.#running = false;
          clearTimeout(this.#alarm);
          this.#set({ ended: message.code, connection: "offline", presence: [], typing: {} });
        } else {
          this.#interrupted(message.after_ms);
        }
        return;
      case "pong":
        return;
    }
  }

  #welcome(view: CaseView, heads: Readonly<Record<RoomName, number>>): void {
    this.#attempt = 0;
    this.#heads = heads;
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => this.#ping(), PING_EVERY_MS);
    // A room that is no longer in the welcome is no longer ours to show.
    const kept = Object.entries(this.#state.entriesByRoom).filter(([room]) => room in heads);
    for (const room of Object.keys(this.#cursors)) if (!(room in heads)) Reflect.deleteProperty(this.#cursors, room);
    this.#set({ view, heads, entriesByRoom: Object.fromEntries(kept), connection: "live" });
  }

  /** What was erased stays on no open screen either, nor what was said in a room that is gone. */
  #forget(rooms: CaseView["rooms"]): void {
    const readable = new Set(rooms.filter((room) => !room.erased).map((room) => room.room));
    const kept = Object.entries(this.#state.entriesByRoom).filter(([room]) => readable.has(room));
    if (kept.length < Object.keys(this.#state.entriesByRoom).length) this.#set({ entriesByRoom: Object.fromEntries(kept) });
  }

  #ping(): void {
    this.#send({ type: "ping" });
    this.#deadline ??= setTimeout(() => {
      this.#deadline = undefined;
      this.#drop();
      this.#interrupted(0);
    }, ANSWER_WITHIN_MS);
  }

  #take(room: RoomName, entries: readonly Entry[]): void {
    const cursor = this.#cursors[room] ?? 0;
    const had = this.#state.entriesByRoom[room] ?? [];
    const erased = new Set(entries.filter((one) => one.erased === true && one.seq <= cursor).map((one) => one.seq));
    const fresh = entries.filter((one) => one.seq > cursor).sort((a, b) => a.seq - b.seq);
    const first = fresh[0];
    const replaying = cursor < (this.#heads[room] ?? 0);
    if (first !== undefined && cursor > 0 && !replaying && first.seq !== cursor + 1) {
      // Something in between never came: ask again from the last place we are sure of.
      this.#drop();
      this.#interrupted(0);
      return;
    }
    const last = fresh.at(-1);
    if (last !== undefined) this.#cursors = { ...this.#cursors, [room]: last.seq };
    if (erased.size === 0 && fresh.length === 0) return;
    const kept: readonly Entry[] =
      erased.size === 0 ? had : had.map((one) => (erased.has(one.seq) ? { seq: one.seq, erased: true } : one));
    for (const one of fresh) if (one.erased === undefined) this.#stopsTyping(room, one.actor);
    this.#set({ entriesByRoom: { ...this.#state.entriesByRoom, [room]: [...kept, ...fresh] } });
  }

  #someoneTypes(room: RoomName, participant: string): void {
    const key = `${room} ${participant}`;
    clearTimeout(this.#typingEnds.get(key));
    this.#typingEnds.set(
      key,
      setTimeout(() => this.#stopsTyping(room, participant), TYPING_LASTS_MS),
    );
    const now = this.#state.typing[room] ?? [];
    if (!now.includes(participant)) this.#set({ typing: { ...this.#state.typing, [room]: [...now, participant] } });
  }

  #stopsTyping(room: RoomName, participant: string): void {
    const key = `${room} ${participant}`;
    clearTimeout(this.#typingEnds.get(key));
    this.#typingEnds.delete(key);
    const now = this.#state.typing[room] ?? [];
    if (now.includes(participant)) {
      this.#set({ typing: { ...this.#state.typing, [room]: now.filter((one) => one !== participant) } });
    }
  }
}
