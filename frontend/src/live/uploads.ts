/**
 * Files on their way into a room: in pieces, paused and taken up again, after a cut by themselves, after the page was
 * loaded again once the person has chosen the same file.
 *
 * Knows no React. What is kept for a reload is the name and how far it came, in this tab alone; never the file itself.
 */
import { Refused } from "../api/client";
import { explainError } from "../api/explain";
import type { NewUpload, Upload } from "../api/files";
import type { FileOrigin } from "../api/types";
import type { Explanation } from "../text/problems";

/**
 * `waiting` for those before it; `cut`: nobody answers, it goes on by itself; `gone`: the page was loaded again and
 * the file has to be chosen once more; `refused`: see `problem`.
 */
export type UploadPhase = "waiting" | "sending" | "paused" | "cut" | "checking" | "gone" | "refused";

export interface UploadState {
  /** Also the id of the command that begins it. */
  id: string;
  room: string;
  name: string;
  size: number;
  origin: FileOrigin;
  /** When the file was last changed, in ms: whether a file chosen again is the same. */
  changed: number;
  phase: UploadPhase;
  /** Bytes that the server has. */
  sent: number;
  problem: (Explanation & { code: string }) | null;
}

/** What it needs of the server and the browser, so that tests can stand in for them. */
export interface UploadWorld {
  begin: (id: string, fields: NewUpload, signal: AbortSignal) => Promise<Upload>;
  soFar: (upload: string, signal: AbortSignal) => Promise<{ received: number }>;
  send: (upload: string, offset: number, bytes: Blob, signal: AbortSignal) => Promise<{ received: number }>;
  finish: (id: string, upload: string, sha256: string, signal: AbortSignal) => Promise<unknown>;
  drop: (upload: string) => Promise<unknown>;
  hash: (file: Blob) => Promise<string>;
  newId: () => string;
  /** Resolves after `ms`, or sooner when the network is back. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  keep: (kept: string) => void;
  kept: () => string;
}

interface Held {
  state: UploadState;
  file: File | null;
  upload: string | null;
  piece: number;
  finishId: string;
  stop: AbortController | null;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;
const PIECE = 1024 * 1024;

/** The server has lost or closed this upload: it must be begun anew. */
function isForgotten(error: unknown): boolean {
  return error instanceof Refused && (error.problem.status === 404 || error.problem.status === 410);
}

/** The server holds another number of bytes than we thought. */
function isOutOfStep(error: unknown): boolean {
  return error instanceof Refused && (error.problem.code === "upload-out-of-step" || error.problem.code === "upload-incomplete");
}

/** Too slow, too often, or a fault of the server's own: that passes. */
const PASSES: ReadonlySet<number> = new Set([408, 429]);

function isNo(error: unknown): boolean {
  return error instanceof Refused && error.problem.status < 500 && !PASSES.has(error.problem.status);
}

export class Uploads {
  readonly #world: UploadWorld;
  readonly #watchers = new Set<() => void>();
  readonly #held = new Map<string, Held>();
  #shown: readonly UploadState[] = [];
  #arrived: (state: UploadState) => void = () => undefined;

  constructor(world: UploadWorld) {
    this.#world = world;
    for (const one of readKept(world.kept())) {
      const { upload, finishId, ...state } = one;
      this.#held.set(state.id, { state: { ...state, phase: "gone", problem: null }, file: null, upload, finishId, piece: PIECE, stop: null });
    }
    this.#show();
  }

  readonly snapshot = (): readonly UploadState[] => this.#shown;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Be told of each file that has arrived whole. */
  onArrived(tell: (state: UploadState) => void): void {
    this.#arrived = tell;
  }

  add(file: File, room: string, origin: FileOrigin): void {
    const again = [...this.#held.values()].find(
      ({ state }) => state.phase === "gone" && state.room === room && state.name === file.name && state.size === file.size && state.changed === file.lastModified,
    );
    if (again !== undefined) {
      again.file = file;
      this.#set(again, { phase: "waiting" });
    } else {
      const id = this.#world.newId();
      const state: UploadState = { id, room, name: file.name, size: file.size, origin, changed: file.lastModified, phase: "waiting", sent: 0, problem: null };
      this.#held.set(id, { state, file, upload: null, finishId: this.#world.newId(), piece: PIECE, stop: null });
      this.#show();
    }
    this.#next();
  }

  /** The file of an upload from before the page was loaded again; false when it is another file. */
  giveAgain(id: string, file: File): boolean {
    const held = this.#held.get(id);
    if (held === undefined || file.name !== held.state.name || file.size !== held.state.size) return false;
    held.file = file;
    this.#set(held, { phase: "waiting", changed: file.lastModified });
    this.#next();
    return true;
  }

  pause(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.stop?.abort();
    held.stop = null;
    this.#set(held, { phase: "paused" });
    this.#next();
  }

  resume(id: string): void {
    const held = this.#held.get(id);
    if (held?.file == null) return;
    this.#set(held, { phase: "waiting", problem: null });
    this.#next();
  }

  cancel(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.stop?.abort();
    this.#held.delete(id);
    this.#show();
    // What stays on the server after a cut is swept there by itself.
    if (held.upload !== null) void this.#world.drop(held.upload).catch(() => undefined);
    this.#next();
  }

  /** Somebody else may sit here next: stop, and keep not even a name. What has arrived half is swept on the server. */
  forget(): void {
    for (const held of this.#held.values()) held.stop?.abort();
    this.#held.clear();
    this.#show();
  }

  /** One after the other: on a phone two at once only make both slow. */
  #next(): void {
    const all = [...this.#held.values()];
    if (all.some((one) => one.stop !== null)) return;
    const held = all.find((one) => one.state.phase === "waiting" && one.file !== null);
    if (held?.file == null) return;
    const stop = new AbortController();
    held.stop = stop;
    void this.#run(held, held.file, stop.signal).finally(() => {
      if (held.stop === stop) held.stop = null;
      this.#next();
    });
  }

  async #run(held: Held, file: File, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const before = held.state.sent;
      try {
        await this.#carry(held, file, signal);
        this.#held.delete(held.state.id);
        this.#show();
        this.#arrived(held.state);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (isForgotten(error) && held.upload !== null) {
          held.upload = null;
          this.#rename(held);
        } else if (isNo(error) && !isOutOfStep(error)) {
          this.#set(held, { phase: "refused", problem: explainError(error) });
          return;
        } else if (error instanceof DOMException) {
          // The file was moved, changed or taken away since it was chosen.
          this.#set(held, { phase: "refused", problem: { ...explainError(new Refused({ status: 0, code: "file-unreadable", title: "", next: "" })), code: "file-unreadable" } });
          return;
        }
        if (held.state.sent > before) attempt = 0;
        this.#set(held, { phase: "cut" });
        try {
          await this.#world.wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt), signal);
        } catch {
          return;
        }
      }
    }
  }

  /** From wherever it is to the end; throws whatever stopped it. */
  async #carry(held: Held, file: File, signal: AbortSignal): Promise<void> {
    const { room, name, size, origin } = held.state;
    if (held.upload === null) {
      const begun = await this.#world.begin(held.state.id, { room, name, size, origin }, signal);
      held.upload = begun.upload;
      held.piece = begun.piece;
      this.#set(held, { phase: "sending", sent: begun.received });
    } else {
      const { received } = await this.#world.soFar(held.upload, signal);
      this.#set(held, { phase: "sending", sent: received });
    }
    while (held.state.sent < size) {
      const offset = held.state.sent;
      const { received } = await this.#world.send(held.upload, offset, file.slice(offset, Math.min(size, offset + held.piece)), signal);
      this.#set(held, { sent: received });
    }
    this.#set(held, { phase: "checking" });
    await this.#world.finish(held.finishId, held.upload, await this.#world.hash(file), signal);
  }

  /** A fresh id, since the old one means an upload that is no more. */
  #rename(held: Held): void {
    this.#held.delete(held.state.id);
    held.state = { ...held.state, id: this.#world.newId(), sent: 0 };
    held.finishId = this.#world.newId();
    this.#held.set(held.state.id, held);
    this.#show();
  }

  #set(held: Held, change: Partial<UploadState>): void {
    held.state = { ...held.state, ...change };
    this.#show();
  }

  #show(): void {
    const all = [...this.#held.values()];
    this.#shown = all.map((one) => one.state);
    this.#world.keep(all.length === 0 ? "" : JSON.stringify(all.map(({ state, upload, finishId }) => ({ ...state, upload, finishId }))));
    for (const watcher of this.#watchers) watcher();
  }
}

type Kept = UploadState & { upload: string | null; finishId: string };

function readKept(kept: string): readonly Kept[] {
  if (kept === "") return [];
  try {
    return JSON.parse(kept) as readonly Kept[];
  } catch {
    return [];
  }
}
