// Somebody at the settlement without a screen: the frontend's own shared text, schema and hashes, y-prosemirror as
// published, and a view that does what ProseMirror's does with a state but draws nothing.
import { randomUUID } from "node:crypto";
import { EditorState } from "prosemirror-state";
import WebSocket from "ws";
import { initProseMirrorDoc, ySyncPlugin, yUndoPlugin } from "y-prosemirror";

const SRC = `${process.env.FRONTEND}/src`;
const { canonical, textHash } = await import(`${SRC}/drafting/canonical.ts`);
const { clausesOf, numbering, uniqueClauseIds } = await import(`${SRC}/drafting/clauses.ts`);
const { tables } = await import(`${SRC}/drafting/tables.ts`);
const { schema } = await import(`${SRC}/drafting/schema.ts`);

const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 30_000);
const portal = new URL(process.env.PORTAL);

export const newId = () => randomUUID().replaceAll("-", "");

export class Failed extends Error {}

export async function until(holds, sentence) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > end) throw new Failed(`It never came to that: ${typeof sentence === "function" ? sentence() : sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

// What of a browser the shared text stands on. Each person's socket carries their own cookie, told in its address.
const cookies = new Map();
globalThis.WebSocket = class extends WebSocket {
  constructor(address) {
    const url = new URL(address);
    const cookie = cookies.get(url.searchParams.get("as"));
    url.search = "";
    super(url.href, { headers: { cookie, origin: portal.origin }, perMessageDeflate: false });
    // A browser's socket that cannot connect is quiet about it, unless somebody listens.
    this.on("error", () => undefined);
  }
};
const { SharedText } = await import(`${SRC}/drafting/sharedText.ts`);

/** Somebody's seat on a case, as `mediation demo --json` tells of it: commands over the API. */
export class Seat {
  constructor(caseId, { role, name, participant, cookie }) {
    Object.assign(this, { caseId, role, name, participant, cookie });
    cookies.set(participant, cookie);
  }

  async get(path) {
    const answer = await fetch(new URL(`/api/cases/${this.caseId}${path}`, portal), { headers: { cookie: this.cookie } });
    if (!answer.ok) throw new Failed(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Gives a command; returns null, or the code of the refusal. */
  async gives(collection, fields) {
    const answer = await fetch(new URL(`/api/cases/${this.caseId}/${collection}`, portal), {
      method: "POST",
      headers: { cookie: this.cookie, origin: portal.origin, "content-type": "application/json" },
      body: JSON.stringify({ command_id: newId(), ...fields }),
    });
    if (answer.status >= 500) throw new Failed(`${collection}: ${answer.status} ${await answer.text()}`);
    const body = await answer.json();
    return answer.ok ? null : body.code;
  }

  async must(collection, fields) {
    const code = await this.gives(collection, fields);
    if (code !== null) throw new Failed(`${this.name} was refused ${collection}: ${code}`);
  }

  /** The text as the server has saved it: `{document, text_hash, node}`. */
  text() {
    return this.get("/text");
  }
}

/** One browser of somebody, with one document open in it. */
export class Writer {
  #text;
  #window = new EventTarget();

  constructor(seat, document) {
    this.seat = seat;
    this.document = document;
  }

  async opens() {
    const address = new URL(`/api/cases/${this.seat.caseId}/documents`, portal);
    address.protocol = "ws:";
    address.searchParams.set("as", this.seat.participant);
    // Each browser has a window of its own, so that one can be offline while the others are not.
    globalThis.window = this.#window;
    const text = new SharedText(address.href, this.document);
    this.#text = text;
    await until(() => text.saving() !== "opening", `${this.seat.name} opens ${this.document}`);
    if (text.saving() === "denied") throw new Failed(`${this.seat.name} may not open ${this.document}.`);
    this.view = new HeadlessView(stateOf(text.fragment));
    return this;
  }

  get state() {
    return this.view.state;
  }

  get clauses() {
    return clausesOf(this.state.doc);
  }

  /** What is on the screen, in the one spelling that is hashed. */
  get wording() {
    return sheet(canonical(this.state.doc.toJSON()));
  }

  get isSaved() {
    return ["saved", "everyone-has-it"].includes(this.#text.saving());
  }

  get saving() {
    return this.#text.saving();
  }

  /** Does what a key or a button does; false when it can do nothing here, or nothing is shown just now. */
  does(command) {
    if (this.view.isDestroyed) return false;
    return command(this.view.state, (tr) => this.view.dispatch(tr));
  }

  loses(_line) {
    this.#window.dispatchEvent(new Event("offline"));
  }

  finds(_line) {
    this.#window.dispatchEvent(new Event("online"));
  }

  closes() {
    globalThis.window = this.#window;
    this.view?.destroy();
    this.#text?.close();
  }

  /** As F5 does: nothing is kept but what the server has. */
  async reloads() {
    this.closes();
    await this.opens();
  }
}

function stateOf(fragment) {
  const others = [yUndoPlugin(), numbering(() => null), uniqueClauseIds(), tables()];
  if (fragment.length === 0) return EditorState.create({ schema, plugins: [ySyncPlugin(fragment), ...others] });
  const { doc, mapping } = initProseMirrorDoc(fragment, schema);
  return EditorState.create({ doc, plugins: [ySyncPlugin(fragment, { mapping }), ...others] });
}

class HeadlessView {
  isDestroyed = false;
  #plugins = [];

  constructor(state) {
    this.state = state;
    this.#plugins = state.plugins.flatMap((plugin) => plugin.spec.view?.(this) ?? []);
  }

  dispatch(tr) {
    const before = this.state;
    this.state = before.apply(tr);
    for (const plugin of this.#plugins) plugin.update?.(this, before);
  }

  hasFocus() {
    return false;
  }

  destroy() {
    this.isDestroyed = true;
    for (const plugin of this.#plugins) plugin.destroy?.();
  }
}

/** Where nothing is written, ProseMirror shows an empty line to write in. */
function sheet(node) {
  const [only, ...others] = node.content ?? [];
  return only?.type === "paragraph" && only.content === undefined && others.length === 0 ? { type: "doc" } : node;
}

/** The hash of a wording, as a browser gives its agreement to it. */
export const hashOf = textHash;

/**
 * Until all these browsers and the server read the same, with everything saved; returns what the server reads. Then every
 * hash is the same too, of the whole and of each clause.
 */
export async function agree(seat, writers) {
  const spelt = () => writers.map((writer) => JSON.stringify(writer.wording));
  let server;
  const told = () =>
    [...writers.map((one) => `${one.seat.name} (${one.saving}): ${JSON.stringify(one.wording)}`), `server: ${JSON.stringify(server?.node)}`].join("\n");
  await until(async () => {
    if (!writers.every((one) => one.isSaved)) return false;
    const [first, ...rest] = spelt();
    if (rest.some((one) => one !== first)) return false;
    server = await seat.text();
    // Somebody may have heard news meanwhile.
    const wanted = JSON.stringify(sheet(canonical(server.node)));
    return spelt().every((one) => one === wanted);
  }, told);
  for (const writer of writers) {
    if (server.node.content === undefined) continue;
    const hash = await textHash(writer.state.doc.toJSON());
    if (hash !== server.text_hash) throw new Failed(`${writer.seat.name} computes ${hash}, the server ${server.text_hash}:\n${told()}`);
  }
  return server;
}
