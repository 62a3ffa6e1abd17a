// The checks of section 8 of docs/record-format.md, in their order.
import { hex, isBy, sha256 } from "./bytes.mjs";
import { formed, is, lines, parse, text } from "./json.mjs";
import { hold, shown } from "./refusal.mjs";
import { EVIDENCE, ROOM_FILE, checkEvidence, checkOpenings, checkPapers, roomsOf, transcriptsOf } from "./rooms.mjs";
import { members } from "./zip.mjs";

const NO_CHECKPOINT = "0".repeat(64);
const BEGINNING = "1970-01-01T00:00:00.000Z";
const SLOTS = 16;
const ALWAYS = ["manifest.json", "manifest.sig", "checkpoints.jsonl", "openings.jsonl", "README.txt"];
const DOCUMENT = /^documents\/\w[\w.-]{0,120}$/u;
const HANDOVER = /^documents\/signing-key-/u;

const KEY = { id: is.hash, ed25519: is.hash, from: is.time, until: is.orNull(is.time) };
const LISTED = { name: is.text, sha256: is.hash, len: is.count };
const MANIFEST = {
  format: is.exactly("mediation-record/1"),
  case: is.id,
  kind: is.exactly("participant"),
  for: is.id,
  exported_at: is.time,
  keys: is.listOf(is.fields(KEY)),
  heads: is.mapOf(is.room, is.fields({ len: is.count, head: is.hash })),
  files: is.listOf(is.fields(LISTED)),
};
const HANDED_OVER = { k: is.text, sig: is.signature, key: is.hash };
const SEALED = { k: is.text, sig: is.signature, key: is.hash, tst: is.orNull(is.base64) };
const CHECKPOINT = {
  v: is.one,
  case: is.id,
  n: is.count,
  at: is.time,
  prev: is.hash,
  slots: (value) => is.listOf(is.hash)(value) && value.length === SLOTS,
};

/** What the bundle in these bytes proves. Throws `Wrong` at the first thing that is wrong. */
export function check(bytes, { key = null, seal = null } = {}) {
  const files = members(bytes);
  const manifest = manifestOf(files);
  checkKeys(manifest, files, key);
  checkList(manifest, files);
  const checkpoints = checkpointsOf(manifest, files);
  hold(seal === null || checkpoints.some(({ hash }) => hash === seal), `No checkpoint has the hash ${seal}.`);
  const rooms = roomsOf(manifest, files);
  const sealed = checkOpenings(lines(files.get("openings.jsonl")(), "openings.jsonl"), checkpoints, rooms);
  for (const [name, room] of rooms) {
    const { len, head } = manifest.heads[name];
    const length = room.heads.length - 1;
    hold(length === len, `${name} has ${length} entries, and ${len} in the manifest's heads.`);
    hold(room.heads.at(-1).toString("hex") === head, `${name} does not end in the head that the manifest gives.`);
  }
  const transcripts = transcriptsOf(manifest, files, rooms);
  const evidence = checkEvidence(files, rooms);
  const papers = checkPapers(files, rooms);
  return { manifest, key, checkpoints, rooms, sealed, transcripts, evidence, papers };
}

function manifestOf(files) {
  for (const name of files.keys()) {
    const [, , room] = ROOM_FILE.exec(name) ?? [];
    const belongs = ALWAYS.includes(name) || is.room(room) || DOCUMENT.test(name) || EVIDENCE.test(name);
    hold(belongs, `${shown(name)} does not belong in a bundle.`);
  }
  for (const name of ALWAYS) hold(files.has(name), `${name} is missing.`);
  const bytes = files.get("manifest.json")();
  const manifest = formed(parse(text(bytes, "manifest.json"), "manifest.json"), MANIFEST, "manifest.json");
  const signature = parse(text(files.get("manifest.sig")(), "manifest.sig"), "manifest.sig");
  const { key, sig } = formed(signature, { key: is.hash, sig: is.signature }, "manifest.sig");
  const last = manifest.keys.at(-1);
  hold(last !== undefined, "manifest.json lists no key.");
  hold(key === last.id, "manifest.json is not signed by the last of its keys.");
  hold(isBy(last.ed25519, "manifest", bytes, sig), "manifest.json is not what its key signed.");
  return manifest;
}

function checkKeys({ keys }, files, expected) {
  const handovers = new Set();
  for (const [at, { id, ed25519, from, until }] of keys.entries()) {
    const before = keys[at - 1];
    hold(sha256(hex(ed25519)).toString("hex") === id, `The id of key ${id} is not its fingerprint.`);
    hold(keys.findIndex((other) => other.id === id) === at, `Key ${id} is listed twice.`);
    hold(from === (before ? before.until : BEGINNING), `Key ${id} does not begin where the key before it ends.`);
    hold((until === null) === (at === keys.length - 1), "Another key than the last has no end, or the last has one.");
    hold(until === null || from < until, `Key ${id} ends before it begins.`);
    if (before === undefined) continue;
    const name = `documents/signing-key-${id}.json`;
    handovers.add(name);
    hold(files.has(name), `${name} is missing.`);
    const { k, sig, key } = formed(parse(text(files.get(name)(), name), name), HANDED_OVER, name);
    const forms = { v: is.one, id: is.exactly(id), ed25519: is.exactly(ed25519), from: is.exactly(from) };
    formed(parse(k, `k in ${name}`), forms, `k in ${name}`);
    const isHandedOver = key === before.id && isBy(before.ed25519, "key", Buffer.from(k), sig);
    hold(isHandedOver, `Key ${id} was not handed over by the key before it.`);
  }
  const others = [...files.keys()].find((name) => HANDOVER.test(name) && !handovers.has(name));
  hold(others === undefined, `${shown(others)} hands over to no key of the manifest.`);
  const isExpected = expected === null || keys.some(({ id }) => id === expected);
  hold(isExpected, `No key of the manifest is the expected ${expected}.`);
}

function checkList({ files: listed }, files) {
  const names = new Set();
  for (const { name, sha256: hash, len } of listed) {
    hold(!names.has(name), `manifest.json lists ${shown(name)} twice.`);
    names.add(name);
    hold(files.has(name) && !name.startsWith("manifest."), `manifest.json lists ${shown(name)}, which is not there.`);
    const bytes = files.get(name)();
    hold(bytes.length === len, `${shown(name)} has ${bytes.length} bytes, and ${len} in the manifest.`);
    hold(sha256(bytes).toString("hex") === hash, `${shown(name)} is not what the manifest lists.`);
  }
  for (const name of files.keys()) {
    hold(names.has(name) || name.startsWith("manifest."), `manifest.json does not list ${shown(name)}.`);
  }
}

function checkpointsOf(manifest, files) {
  const found = [];
  let keyAt = 0;
  for (const line of lines(files.get("checkpoints.jsonl")(), "checkpoints.jsonl")) {
    const what = `Checkpoint ${found.length + 1}`;
    const { k, sig, key } = formed(line, SEALED, what);
    const bytes = Buffer.from(k);
    const checkpoint = formed(parse(k, what), CHECKPOINT, what);
    const before = found.at(-1);
    hold(checkpoint.n === found.length + 1, `${what} says that it is number ${checkpoint.n}.`);
    hold(checkpoint.case === manifest.case, `${what} is of another case.`);
    const at = manifest.keys.findIndex(({ id }) => id === key);
    hold(at >= 0, `${what} is signed by a key that the manifest does not list.`);
    const { ed25519, from, until } = manifest.keys[at];
    hold(isBy(ed25519, "checkpoint", bytes, sig), `${what} is not what its key signed.`);
    hold(checkpoint.prev === (before?.hash ?? NO_CHECKPOINT), `${what} does not follow the one before it.`);
    hold(before === undefined || before.at <= checkpoint.at, `${what} is dated before the one before it.`);
    // Both keys count in the millisecond of a rotation: what was sealed before it may bear the same time.
    const isInTime = from <= checkpoint.at && (until === null || checkpoint.at <= until);
    hold(isInTime, `${what} is dated outside its key's time.`);
    hold(at >= keyAt, `${what} is signed by a key that a later one had replaced.`);
    keyAt = at;
    found.push({ ...checkpoint, hash: sha256(bytes).toString("hex") });
  }
  hold(found.length > 0, "There is no checkpoint, so nothing is proven.");
  return found;
}
