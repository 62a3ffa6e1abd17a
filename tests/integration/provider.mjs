// One person's browser, without the browser: the published @hocuspocus/provider, driven by lines of JSON.
// Evaluated by node in the frontend's folder, so that it finds the packages there.
import { createInterface } from "node:readline";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import WebSocket from "ws";
import * as Y from "yjs";

const { url, headers } = JSON.parse(process.env.PROVIDER);

const [SYNC, SYNC_STATUS, DIFFERENCE, UPDATE] = [0, 8, 1, 2];

function read(frame) {
  const decoder = createDecoder(new Uint8Array(frame));
  if (decoder.arr.length === 1) return {};
  const name = readVarString(decoder);
  const type = readVarUint(decoder);
  return { name, type, kind: type === SYNC || type === SYNC_STATUS ? readVarUint(decoder) : undefined };
}

// Counts acknowledgements on the wire, frame by frame. The provider's own count can reach nought too early after
// edits made offline, because it sends those as well as the difference and is answered for both.
class Watched extends WebSocket {
  #unanswered = [];
  #caughtUp = new Set();

  constructor(address) {
    super(address, { headers, perMessageDeflate: false });
    this.on("message", (frame) => this.#answered(read(frame)));
  }

  send(frame) {
    const { name, type, kind } = read(frame);
    if (type === SYNC && (kind === DIFFERENCE || kind === UPDATE)) {
      const made = documents.get(name).made;
      if (kind === DIFFERENCE) {
        this.#unanswered.push({ from: 1, to: made });
        this.#caughtUp.add(name);
      } else this.#unanswered.push(this.#caughtUp.has(name) ? { from: made, to: made } : null);
    }
    super.send(frame);
  }

  #answered({ name, type, kind }) {
    if (type !== SYNC_STATUS) return;
    const frame = this.#unanswered.shift();
    if (kind === 1 && frame !== null) say({ event: "acknowledged", name, ...frame });
  }
}

const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const socket = new HocuspocusProviderWebsocket({
  url,
  WebSocketPolyfill: Watched,
  autoConnect: false,
  delay: 100,
  minDelay: 50,
  maxDelay: 200,
  onClose: ({ event }) => say({ event: "closed", code: event.code, reason: event.reason }),
});
socket.on("status", ({ status }) => say({ event: "status", status }));

const documents = new Map();

function open(name) {
  const document = new Y.Doc();
  const held = { document, made: 0, acknowledged: 0, authenticated: [] };
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document,
    onAuthenticated: ({ scope }) => {
      held.authenticated.push(scope);
      say({ event: "authenticated", name, scope });
    },
    onAuthenticationFailed: ({ reason }) => say({ event: "denied", name, reason }),
    onSynced: () => say({ event: "synced", name }),
    onStateless: ({ payload }) => say({ event: "stateless", name, payload }),
    onUnsyncedChanges: ({ number }) => {
      if (number === 0) {
        held.acknowledged = held.made;
        say({ event: "saved", name, made: held.made });
      }
    },
  });
  held.provider = provider;
  documents.set(name, held);
  provider.attach();
  document.on("update", (_update, origin) => {
    if (origin === provider) say({ event: "heard", name });
  });
  provider.awareness.on("change", () => say({ event: "cursors", name, cursors: cursors(held) }));
}

const cursors = ({ provider }) =>
  [...provider.awareness.getStates()]
    .filter(([client]) => client !== provider.document.clientID)
    .map(([client, state]) => ({ client, ...state }));

const fragment = (name) => documents.get(name).document.getXmlFragment("prosemirror");

function write(name, word) {
  const { document } = documents.get(name);
  const root = fragment(name);
  documents.get(name).made += 1;
  document.transact(() => {
    const paragraph = new Y.XmlElement("paragraph");
    const text = new Y.XmlText();
    text.insert(0, word);
    paragraph.insert(0, [text]);
    root.insert(root.length, [paragraph]);
  });
}

function type(name, word, place) {
  const root = fragment(name);
  if (root.length === 0) write(name, "");
  const text = root.get(0).get(0);
  documents.get(name).made += 1;
  text.insert(place ?? text.length, word);
}

const paragraphs = (name) =>
  fragment(name)
    .toArray()
    .map((element) => element.toArray().map((text) => text.toString()).join(""));

let typing = null;
let written = 0;

const doing = {
  connect: () => socket.connect(),
  disconnect: () => socket.disconnect(),
  open: ({ name }) => open(name),
  write: ({ name, word }) => write(name, word),
  type: ({ name, word, place }) => type(name, word, place),
  erase: ({ name }) => {
    const text = fragment(name).get(0).get(0);
    documents.get(name).made += 1;
    text.delete(0, text.length);
  },
  // Keeps writing numbered paragraphs, as a person who does not stop because the line is bad.
  keepWriting: ({ name, mark, every }) => {
    typing = setInterval(() => {
      written += 1;
      say({ event: "wrote", word: `${mark}${written}`, made: documents.get(name).made + 1 });
      write(name, `${mark}${written}`);
    }, every);
  },
  stopWriting: () => clearInterval(typing),
  point: ({ name, state }) => documents.get(name).provider.awareness.setLocalState(state),
  unpoint: ({ name }) => documents.get(name).provider.awareness.setLocalState(null),
  leave: ({ name }) => {
    documents.get(name).provider.destroy();
    documents.delete(name);
  },
  raw: ({ hex }) => socket.webSocket.send(Buffer.from(hex, "hex")),
  tell: ({ name }) => {
    const { document, provider, made } = documents.get(name);
    say({
      event: "state",
      name,
      paragraphs: paragraphs(name),
      unsynced: provider.unsyncedChanges,
      scope: provider.authorizedScope ?? null,
      made,
      client: document.clientID,
      cursors: cursors({ provider }),
    });
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const { do: what, ...rest } = JSON.parse(line);
  doing[what](rest);
});
process.stdin.on("end", () => process.exit(0));
say({ event: "started" });
