// The same people at the same work, whoever serves them: published providers in one Node process, timed by one clock.
// Evaluated by node in the frontend's folder. Reads one JSON order per line, prints one JSON answer per line.
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

const { url, name, headers } = JSON.parse(process.env.BENCH);

class WithHeaders extends WebSocket {
  constructor(address) {
    super(address, { headers, perMessageDeflate: false });
  }
}

const until = async (holds) => {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error("it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

function person() {
  const document = new Y.Doc();
  const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WithHeaders });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name, document, token: "bench" });
  provider.attach();
  return { document, socket, provider, root: document.getXmlFragment("prosemirror") };
}

const text = (someone, place) => someone.root.get(place).get(0);

function newParagraphs(someone, count) {
  const at = someone.root.length;
  someone.document.transact(() => {
    for (let n = 0; n < count; n += 1) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText()]);
      someone.root.insert(someone.root.length, [paragraph]);
    }
  });
  return at;
}

async function gather(count) {
  const people = Array.from({ length: count }, person);
  await until(() => people.every(({ provider }) => provider.isSynced && provider.unsyncedChanges === 0));
  const at = newParagraphs(people[0], count);
  await until(() => people.every(({ root }) => root.length === at + count));
  await until(() => people.every(({ provider }) => provider.unsyncedChanges === 0));
  return { people, at };
}

function dismiss(people) {
  for (const { provider, socket } of people) {
    provider.destroy();
    socket.destroy();
  }
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

// Everybody types in their own paragraph, in turns, at a steady rate; everybody else's copy is watched.
async function steady({ count, perSecond, seconds }) {
  const { people, at } = await gather(count);
  const sent = people.map(() => []);
  const latencies = [];
  const saved = [];
  people.forEach((reader, mine) => {
    const seen = people.map(() => 0);
    reader.document.on("update", (_update, origin) => {
      if (origin !== reader.provider) return;
      const now = performance.now();
      for (let writer = 0; writer < count; writer += 1) {
        if (writer === mine) continue;
        const length = text(reader, at + writer).length;
        for (; seen[writer] < length; seen[writer] += 1) latencies.push(now - sent[writer][seen[writer]]);
      }
    });
    let open = 0;
    reader.provider.on("unsyncedChanges", ({ number }) => {
      if (number < open) saved.push(performance.now() - sent[mine].at(-number - 1));
      open = number;
    });
  });
  const edits = Math.round(perSecond * seconds);
  const start = performance.now();
  for (let n = 0; n < edits; n += 1) {
    while (performance.now() < start + (n * 1000) / perSecond) await turn();
    const writer = n % count;
    sent[writer].push(performance.now());
    text(people[writer], at + writer).insert(text(people[writer], at + writer).length, "x");
  }
  await until(() => latencies.length === edits * (count - 1));
  await until(() => people.every(({ provider }) => provider.unsyncedChanges === 0));
  dismiss(people);
  latencies.sort((a, b) => a - b);
  saved.sort((a, b) => a - b);
  return {
    edits,
    seen_p50_ms: quantile(latencies, 0.5),
    seen_p99_ms: quantile(latencies, 0.99),
    acknowledged_p50_ms: quantile(saved, 0.5),
    acknowledged_p99_ms: quantile(saved, 0.99),
  };
}

// One person as fast as they can; done when the other has it all and all of it is acknowledged.
async function burst({ edits }) {
  const { people, at } = await gather(2);
  const [writer, reader] = people;
  const start = performance.now();
  for (let n = 0; n < edits; n += 1) {
    text(writer, at).insert(text(writer, at).length, "x");
    if (n % 20 === 19) await turn();
  }
  await until(() => text(reader, at).length === edits && writer.provider.unsyncedChanges === 0);
  const took = performance.now() - start;
  dismiss(people);
  return { edits, per_second: (edits * 1000) / took };
}

// A real person's keystrokes (the editing-traces format), as fast as they can be made.
async function replay({ path }) {
  const trace = JSON.parse(gunzipSync(readFileSync(path)));
  const { people, at } = await gather(2);
  const [writer, reader] = people;
  let edits = 0;
  const start = performance.now();
  if (trace.startContent) text(writer, at).insert(0, trace.startContent);
  for (const { patches } of trace.txns) {
    writer.document.transact(() => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted > 0) text(writer, at).delete(position, deleted);
        if (inserted) text(writer, at).insert(position, inserted);
      }
    });
    edits += 1;
    if (edits % 20 === 0) await turn();
    // As far ahead as a fast line lets one get, and no further.
    while (writer.provider.unsyncedChanges > 2_000) await turn();
  }
  await until(() => writer.provider.unsyncedChanges === 0 && text(reader, at).length === text(writer, at).length);
  const took = performance.now() - start;
  const right = [writer, reader].every((one) => text(one, at).toString() === trace.endContent);
  dismiss(people);
  if (!right) throw new Error("the text is not the trace's");
  return { edits, per_second: (edits * 1000) / took };
}

// Somebody opens a long document, again and again; the server has let go of it in between.
async function opening({ times, length }) {
  const took = [];
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    const one = person();
    await until(() => one.provider.isSynced && one.root.toString().length >= length);
    took.push(performance.now() - start);
    dismiss([one]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  const [first, ...again] = took;
  return { first_ms: first, again_p50_ms: quantile(again.sort((a, b) => a - b), 0.5) };
}

const orders = { steady, burst, replay, opening };
for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...rest } = JSON.parse(line);
  process.stdout.write(JSON.stringify(await orders[order](rest)) + "\n");
}
process.exit(0);
