import { i18n } from "@lingui/core";
import { beforeAll, describe, expect, it } from "vitest";
import { Refused, Unreachable } from "../api/client";
import { Uploads, type UploadState, type UploadWorld } from "./uploads";

const PIECE = 4;
const FILE = new File(["0123456789"], "plan.pdf", { type: "application/pdf", lastModified: 1_700_000_000_000 });

function no(status: number, code: string) {
  return new Refused({ status, code, title: "No.", next: "Stop." });
}

/** A server in a few lines: it holds bytes by upload, and `fail` says what goes wrong before the next piece. */
function aWorld(kept = "") {
  const server = new Map<string, string>();
  const made: { sha256: string; text: string }[] = [];
  const failures: unknown[] = [];
  const waits: number[] = [];
  let ids = 0;
  let memory = kept;
  const holding = (upload: string) => {
    const found = server.get(upload);
    if (found === undefined) throw no(404, "no-such-upload");
    return found;
  };
  const world: UploadWorld = {
    begin: (id) => {
      if (!server.has(id)) server.set(id, "");
      return Promise.resolve({ upload: id, received: server.get(id)?.length ?? 0, piece: PIECE });
    },
    soFar: (upload) => Promise.resolve().then(() => ({ received: holding(upload).length })),
    send: async (upload, offset, bytes) => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure as Error;
      const had = holding(upload);
      if (had.length !== offset) throw no(409, "upload-out-of-step");
      server.set(upload, had + (await bytes.text()));
      return { received: had.length + bytes.size };
    },
    finish: (_id, upload, sha256) => {
      made.push({ sha256, text: holding(upload) });
      return Promise.resolve({});
    },
    drop: (upload) => Promise.resolve(server.delete(upload)),
    hash: async (file) => `hash of ${await file.text()}`,
    newId: () => `id-${(ids += 1)}`,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    keep: (next) => {
      memory = next;
    },
    kept: () => memory,
  };
  return { world, server, made, failures, waits, memory: () => memory };
}

/** Until the uploads look as wished. */
function until(uploads: Uploads, holds: (all: readonly UploadState[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(uploads.snapshot())) return;
      stop();
      resolve();
    };
    const stop = uploads.subscribe(look);
    look();
  });
}

const empty = (all: readonly UploadState[]) => all.length === 0;
const isIn = (phase: string) => (all: readonly UploadState[]) => all[0]?.phase === phase;

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

describe("a file on its way", () => {
  it("arrives whole, in pieces, with its hash", async () => {
    const { world, made } = aWorld();
    const uploads = new Uploads(world);
    const steps: number[] = [];
    uploads.subscribe(() => steps.push(uploads.snapshot()[0]?.sent ?? -1));
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, empty);
    expect(made).toEqual([{ sha256: "hash of 0123456789", text: "0123456789" }]);
    expect(new Set(steps)).toEqual(new Set([0, 4, 8, 10, -1]));
  });

  it("goes on after a cut from where the server says it is", async () => {
    const { world, made, failures, waits } = aWorld();
    const uploads = new Uploads(world);
    failures.push(undefined, new Unreachable("cut"), new Unreachable("cut"));
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, empty);
    expect(made.map((one) => one.text)).toEqual(["0123456789"]);
    expect(waits).toHaveLength(2);
  });

  it("asks how far it is when the server counts otherwise", async () => {
    const { world, made, server } = aWorld();
    const uploads = new Uploads(world);
    // The first piece arrived, and its answer was lost.
    const send = world.send.bind(world);
    let isFirst = true;
    world.send = async (upload, offset, bytes, signal) => {
      const answer = await send(upload, offset, bytes, signal);
      if (!isFirst) return answer;
      isFirst = false;
      throw new Unreachable("the answer was lost");
    };
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, empty);
    expect(made.map((one) => one.text)).toEqual(["0123456789"]);
    expect([...server.values()]).toEqual(["0123456789"]);
  });

  it("stops at a clear no and says why", async () => {
    const { world, failures, made } = aWorld();
    const uploads = new Uploads(world);
    failures.push(no(413, "file-too-large"));
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, isIn("refused"));
    expect(uploads.snapshot()[0]?.problem?.code).toBe("file-too-large");
    expect(made).toEqual([]);
  });

  it("does not try for ever what is refused for good, though the server calls it a conflict", async () => {
    const { world, waits } = aWorld();
    const uploads = new Uploads(world);
    world.begin = () => Promise.reject(no(409, "room-is-full"));
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, isIn("refused"));
    expect(waits).toEqual([]);
  });

  it("pauses, and goes on when it is told to", async () => {
    const { world, made } = aWorld();
    const uploads = new Uploads(world);
    const send = world.send.bind(world);
    world.send = (upload, offset, bytes, signal) => {
      if (offset === PIECE && uploads.snapshot()[0]?.phase === "sending") uploads.pause("id-1");
      if (signal.aborted) throw new DOMException("aborted", "AbortError");
      return send(upload, offset, bytes, signal);
    };
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, isIn("paused"));
    expect(made).toEqual([]);
    world.send = send;
    uploads.resume("id-1");
    await until(uploads, empty);
    expect(made.map((one) => one.text)).toEqual(["0123456789"]);
  });

  it("is dropped on the server when it is given up", async () => {
    const { world, server, failures } = aWorld();
    const uploads = new Uploads(world);
    failures.push(undefined, no(422, "stop"));
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, isIn("refused"));
    uploads.cancel("id-1");
    expect(uploads.snapshot()).toEqual([]);
    expect(server.size).toBe(0);
  });

  it("starts anew when the server has forgotten it", async () => {
    const { world, server, made } = aWorld();
    const uploads = new Uploads(world);
    const send = world.send.bind(world);
    let isFirst = true;
    world.send = async (upload, offset, bytes, signal) => {
      if (isFirst && offset === PIECE) {
        isFirst = false;
        server.clear();
      }
      return send(upload, offset, bytes, signal);
    };
    uploads.add(FILE, "joint", "existed-before");
    await until(uploads, empty);
    expect(made.map((one) => one.text)).toEqual(["0123456789"]);
  });
});

describe("after the page was loaded again", () => {
  async function cutShort() {
    const before = aWorld();
    const uploads = new Uploads(before.world);
    before.failures.push(undefined, no(422, "stop"));
    uploads.add(FILE, "caucus-client", "made-for-mediation");
    await until(uploads, isIn("refused"));
    return before;
  }

  it("asks for the same file and goes on from where it was", async () => {
    const before = await cutShort();
    const uploads = new Uploads(before.world);
    expect(uploads.snapshot().map(({ phase, sent, room, name }) => ({ phase, sent, room, name }))).toEqual([{ phase: "gone", sent: 4, room: "caucus-client", name: "plan.pdf" }]);
    expect(uploads.giveAgain("id-1", FILE)).toBe(true);
    await until(uploads, empty);
    expect(before.made.map((one) => one.text)).toEqual(["0123456789"]);
  });

  it("does not take another file for it", async () => {
    const before = await cutShort();
    const uploads = new Uploads(before.world);
    expect(uploads.giveAgain("id-1", new File(["other"], "plan.pdf"))).toBe(false);
    expect(uploads.snapshot()[0]?.phase).toBe("gone");
  });

  it("keeps nothing once the person has signed out", async () => {
    const before = await cutShort();
    const uploads = new Uploads(before.world);
    uploads.forget();
    expect(uploads.snapshot()).toEqual([]);
    expect(before.memory()).toBe("");
  });

  it("keeps the name and how far it came, never what is in the file", async () => {
    const before = await cutShort();
    expect(before.memory()).toContain("plan.pdf");
    expect(before.memory()).not.toContain("0123");
  });
});
