/**
 * Checks a bundle as docs/record-format.md says in "Checking a bundle", in its order, and stops at the first thing
 * that is wrong. Shares no line with the program that wrote the bundle, nor with `mediation verify`.
 */
import { Unreadable, Wrong } from "./findings";
import { ascii, fromHex, isSigned, joined, sha256, toHex, u64be } from "./hashing";
import {
  exactly, fields, isActor, isCount, isHex128, isHex32, isHex64, isKind, isList, isNumber, isObject, isRoom, isStamp, isText, isTime, json, lines, orNull, ROOM,
  type JsonObject,
} from "./form"; // prettier-ignore
import type { Json } from "./strictJson";
import { Archive, type Bytes } from "./zip";

const SLOTS = 16;
const FIRST_PRIVATE_SLOT = 7;
const FIXED_SLOTS: ReadonlyMap<string, number> = new Map(["papers", "talks", "joint", "caucus-business", "caucus-client", "team-business", "team-client"].map((room, slot) => [room, slot]));
const BEGINNING = "1970-01-01T00:00:00.000Z";
const REQUIRED = ["manifest.json", "manifest.sig", "checkpoints.jsonl", "openings.jsonl", "rooms/papers.jsonl", "README.txt"];
const PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,120}";
const PRINTED = /^documents\/([a-z]+)-([a-z]{2})\.pdf$/;
const SETTLEMENT = "documents/settlement.json";
const NAME = new RegExp(
  `^(?:manifest\\.json|manifest\\.sig|checkpoints\\.jsonl|openings\\.jsonl|README\\.txt|rooms/${ROOM}\\.jsonl|transcripts/${ROOM}\\.jsonl|documents/${PART}|evidence/[0-9a-f]{64})$`,
);

interface Key {
  id: string;
  ed25519: string;
  fingerprint: string;
  from: string;
  until: string | null;
}

interface Checkpoint {
  at: string;
  slots: readonly string[];
  digest: string;
}

interface Room {
  name: string;
  /** The head after each number of entries; the first is that of the empty room. */
  heads: Bytes[];
  withheld: number;
  /** How many entries the last checkpoint seals. */
  sealed: number;
  entries: JsonObject[];
}

/** A settlement, attestation or certificate that the papers say was printed, and whether the bundle holds it. */
export interface Printed {
  paper: string;
  language: string;
  sha256: string;
  file: string | null;
}

export interface Report {
  case: string;
  exportedAt: string;
  /** The key that signs the bundle. */
  signer: string;
  /** Whether the expected fingerprint is the signer's own, that of an earlier key it follows, or none was given. */
  expected: "signer" | "earlier" | "none";
  /** The newest seal: compared with one printed or mailed, it shows that nothing later was left out. */
  newest: { at: string; digest: string; count: number } | null;
  rooms: readonly { room: string; sealed: number; tail: number; withheld: number }[];
  transcripts: readonly { room: string; entries: number }[];
  /** Files that a sealed or chained entry proves to the byte, and those that the bundle merely shows. */
  proven: readonly string[];
  shown: readonly string[];
  printed: readonly Printed[];
  hasTimeStamps: boolean;
}

const handoverOf = (key: Pick<Key, "id">) => `documents/signing-key-${key.id}.json`;

/** `expected` is a fingerprint of 64 hex digits. Throws `Wrong` or `Unreadable`. */
export async function checkBundle(file: Blob, expected: string | null = null): Promise<Report> {
  const archive = await Archive.open(file);
  for (const name of archive.members.keys()) if (!NAME.test(name)) throw new Wrong("file-foreign", name.slice(0, 100));
  for (const name of REQUIRED) if (!archive.has(name)) throw new Wrong("file-missing", name);

  const { manifest, keys, hashes } = await manifestOf(archive);
  const signer = keys.at(-1)?.fingerprint ?? "";
  if (expected !== null && !keys.some((key) => key.fingerprint === expected)) throw new Wrong("key-not-expected", signer);

  const { checkpoints, hasTimeStamps } = await checkpointsOf(archive, manifest.case, keys);
  const provable = namesIn(archive, "rooms/");
  if (provable.join() !== Object.keys(manifest.heads).sort().join()) throw new Wrong("room-list", "manifest.json");
  const rooms = new Map<string, Room>();
  for (const name of provable) rooms.set(name, await roomOf(archive, name, manifest.case, manifest.heads[name] ?? null));
  await checkOpenings(await archive.read("openings.jsonl"), checkpoints, rooms);
  for (const room of rooms.values()) {
    const head = manifest.heads[room.name];
    if (!isObject(head ?? null) || toHex(room.heads.at(-1) ?? new Uint8Array()) !== (head as { head: string }).head) throw new Wrong("head", room.name);
  }
  const transcripts: { room: string; entries: number }[] = [];
  for (const name of namesIn(archive, "transcripts/")) {
    if (rooms.has(name)) throw new Wrong("room-list", name);
    transcripts.push({ room: name, entries: await transcriptOf(archive, name, manifest.case) });
  }
  const named = checkAttached(archive, rooms);
  const papers = rooms.get("papers")?.entries ?? [];
  const printed = printedIn(papers, hashes);
  await checkPapers(archive, papers, printed);
  const files = [...archive.members.keys()].filter((name) => /^(?:documents|evidence)\//.test(name) && !keys.some((key) => handoverOf(key) === name)).sort();
  const isProven = (name: string) => named.has(name) || PRINTED.test(name) || name === SETTLEMENT;
  const last = checkpoints.at(-1);
  return {
    case: manifest.case,
    exportedAt: manifest.exported_at,
    signer,
    expected: expected === null ? "none" : expected === signer ? "signer" : "earlier",
    newest: last === undefined ? null : { at: last.at, digest: last.digest, count: checkpoints.length },
    rooms: [...rooms.values()].map((room) => ({ room: room.name, sealed: room.sealed, tail: room.heads.length - 1 - room.sealed, withheld: room.withheld })),
    transcripts,
    proven: files.filter(isProven),
    shown: files.filter((name) => !isProven(name)),
    printed,
    hasTimeStamps,
  };
}

function namesIn(archive: Archive, folder: string): string[] {
  return [...archive.members.keys()].filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length, -".jsonl".length)).sort();
}

// ── manifest and keys ──

async function manifestOf(archive: Archive) {
  const content = await archive.read("manifest.json");
  const manifest = fields(json(content, "manifest.json"), "manifest.json", {
    format: exactly("mediation-record/1"), case: isHex32, kind: exactly("participant"), for: isHex32, exported_at: isTime, keys: isList, heads: isObject, files: isList,
  }); // prettier-ignore
  const keys = await keysOf(manifest.keys);
  const signature = fields(json(await archive.read("manifest.sig"), "manifest.sig"), "manifest.sig", { key: isText, sig: isHex128 });
  const last = keys.at(-1);
  if (last === undefined || signature.key !== last.id) throw new Wrong("manifest-signature", "manifest.sig");
  if (!(await isSigned(last.ed25519, signature.sig, joined(ascii("medrec/v1/manifest\n"), content)))) throw new Wrong("manifest-signature", "manifest.json");
  const hashes = await checkFiles(archive, manifest.files);
  for (const [index, key] of keys.entries()) {
    const before = keys[index - 1];
    if (before !== undefined) await checkHandover(archive, before, key);
  }
  const handovers = keys.slice(1).map(handoverOf);
  for (const name of archive.members.keys()) if (name.startsWith("documents/signing-key-") && !handovers.includes(name)) throw new Wrong("file-foreign", name);
  return { manifest, keys, hashes };
}

async function keysOf(listed: readonly Json[]): Promise<Key[]> {
  const keys: Key[] = [];
  for (const [index, value] of listed.entries()) {
    const where = `manifest.json: keys, ${index + 1}`;
    const { id, ed25519, from, until } = fields(value, where, { id: isHex64, ed25519: isHex64, from: isTime, until: orNull(isTime) });
    const fingerprint = toHex(await sha256(fromHex(ed25519)));
    const before = keys.at(-1);
    const follows = before === undefined ? from === BEGINNING : before.until === from;
    const isTwice = keys.some((key) => key.id === id);
    if (id !== fingerprint || !follows || isTwice || (until !== null && until <= from)) throw new Wrong("key-list", where);
    keys.push({ id, ed25519, fingerprint, from, until });
  }
  if (keys.length === 0 || keys.at(-1)?.until !== null) throw new Wrong("key-list", "manifest.json");
  return keys;
}

/** Every file but the manifest and its signature is listed, once, with its hash and length. Tells the hashes. */
async function checkFiles(archive: Archive, listed: readonly Json[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (const [index, value] of listed.entries()) {
    const { name, sha256: said, len } = fields(value, `manifest.json: files, ${index + 1}`, { name: isText, sha256: isHex64, len: isCount });
    if (hashes.has(name) || name === "manifest.json" || name === "manifest.sig") throw new Wrong("file-twice", name);
    const content = await archive.read(name);
    const found = toHex(await sha256(content));
    if (found !== said || content.byteLength !== len) throw new Wrong("file-changed", name);
    if (name.startsWith("evidence/") && name !== `evidence/${found}`) throw new Wrong("evidence-misnamed", name);
    hashes.set(name, found);
  }
  for (const name of archive.members.keys()) if (!hashes.has(name) && name !== "manifest.json" && name !== "manifest.sig") throw new Wrong("file-unlisted", name);
  return hashes;
}

async function checkHandover(archive: Archive, before: Key, key: Key): Promise<void> {
  const name = handoverOf(key);
  if (!archive.has(name)) throw new Wrong("key-handover", name);
  const handover = fields(json(await archive.read(name), name), name, { k: isText, sig: isHex128, key: isHex64 });
  const said = fields(json(handover.k, name), name, { v: exactly(1), id: isText, ed25519: isText, from: isText });
  if (said.id !== key.id || said.ed25519 !== key.ed25519 || said.from !== key.from || handover.key !== before.id) throw new Wrong("key-handover", name);
  if (!(await isSigned(before.ed25519, handover.sig, ascii(`medrec/v1/key\n${handover.k}`)))) throw new Wrong("key-handover", name);
}

// ── checkpoints ──

async function checkpointsOf(archive: Archive, caseId: string, keys: readonly Key[]) {
  const checkpoints: Checkpoint[] = [];
  let hasTimeStamps = false;
  let signer = 0;
  let previous = "0".repeat(64);
  for (const [index, value] of lines(await archive.read("checkpoints.jsonl"), "checkpoints.jsonl").entries()) {
    const where = `checkpoints.jsonl, ${index + 1}`;
    const line = fields(value, where, { k: isText, sig: isHex128, key: isText, tst: isStamp });
    const body = fields(json(line.k, where), where, { v: exactly(1), case: isHex32, n: isNumber, at: isTime, prev: isHex64, slots: isList });
    const slots = body.slots.filter(isHex64);
    if (body.n !== index + 1) throw new Wrong("checkpoint-place", where);
    if (slots.length !== SLOTS || body.slots.length !== SLOTS) throw new Wrong("form", where);
    if (body.case !== caseId) throw new Wrong("other-case", where);
    const position = keys.findIndex((key) => key.id === line.key);
    const key = keys[position];
    if (key === undefined) throw new Wrong("checkpoint-key", where);
    if (!(await isSigned(key.ed25519, line.sig, ascii(`medrec/v1/checkpoint\n${line.k}`)))) throw new Wrong("checkpoint-signature", where);
    if (body.prev !== previous) throw new Wrong("checkpoint-link", where);
    if (position < signer) throw new Wrong("checkpoint-key", where);
    const before = checkpoints.at(-1);
    // Times are all spelt with the same number of digits, so that they compare as text.
    if (body.at < key.from || (key.until !== null && body.at > key.until) || (before !== undefined && body.at < before.at)) throw new Wrong("checkpoint-time", where);
    signer = position;
    previous = toHex(await sha256(ascii(line.k)));
    hasTimeStamps ||= line.tst !== null;
    checkpoints.push({ at: body.at, slots, digest: previous });
  }
  if (checkpoints.length === 0) throw new Wrong("checkpoint-place", "checkpoints.jsonl");
  return { checkpoints, hasTimeStamps };
}

// ── rooms ──

function entryOf(text: string, where: string, caseId: string, room: string) {
  const entry = fields(json(text, where), where, {
    v: exactly(1), case: isHex32, room: isRoom, seq: isNumber, at: isTime, actor: isActor, kind: isKind, body: isObject, att: isList,
  }); // prettier-ignore
  if (entry.case !== caseId) throw new Wrong("other-case", where);
  if (entry.room !== room) throw new Wrong("entry-place", where);
  for (const one of entry.att) fields(one, where, { sha256: isHex64, len: isCount, name: isText });
  return entry;
}

async function roomOf(archive: Archive, name: string, caseId: string, announced: Json): Promise<Room> {
  const file = `rooms/${name}.jsonl`;
  let head = await sha256(ascii("MR1G"), fromHex(caseId), ascii(name));
  const room: Room = { name, heads: [head], withheld: 0, sealed: 0, entries: [] };
  for (const [index, value] of lines(await archive.read(file), file).entries()) {
    const seq = index + 1;
    const where = `${file}, ${seq}`;
    let commitment: Bytes;
    if (isObject(value) && "commitment" in value) {
      commitment = fromHex(fields(value, where, { commitment: isHex64 }).commitment);
      room.withheld += 1;
    } else {
      const line = fields(value, where, { salt: isHex64, entry: isText });
      const entry = entryOf(line.entry, where, caseId, name);
      if (entry.seq !== seq) throw new Wrong("entry-place", where);
      room.entries.push(entry);
      commitment = await sha256(ascii("MR1L"), fromHex(line.salt), ascii(line.entry));
    }
    head = await sha256(ascii("MR1C"), u64be(seq), head, commitment);
    room.heads.push(head);
  }
  const said = fields(announced, `manifest.json: heads, ${name}`, { len: isCount, head: isHex64 });
  if (said.len !== room.heads.length - 1) throw new Wrong("room-length", file);
  return room;
}

// ── openings ──

interface Opening {
  slot: number;
  r: string;
  len: number;
}

function openingsOf(content: Bytes, rooms: ReadonlyMap<string, Room>, checkpoints: number): ReadonlyMap<string, Opening> {
  const opened = new Map<string, Opening>();
  for (const [index, value] of lines(content, "openings.jsonl").entries()) {
    const where = `openings.jsonl, ${index + 1}`;
    const line = fields(value, where, { checkpoint: isNumber, room: isRoom, slot: isCount, r: isHex64, len: isCount });
    const at = `${line.room} ${line.checkpoint}`;
    if (!rooms.has(line.room) || line.checkpoint > checkpoints || opened.has(at)) throw new Wrong("opening-foreign", where);
    opened.set(at, line);
  }
  return opened;
}

async function checkOpenings(content: Bytes, checkpoints: readonly Checkpoint[], rooms: ReadonlyMap<string, Room>): Promise<void> {
  const opened = openingsOf(content, rooms, checkpoints.length);
  for (const room of rooms.values()) {
    let slot = FIXED_SLOTS.get(room.name);
    let last: number | null = null;
    for (const [index, checkpoint] of checkpoints.entries()) {
      const where = `${room.name}, ${index + 1}`;
      const line = opened.get(`${room.name} ${index + 1}`);
      if (line === undefined) {
        // A private room has no slot before its first entry.
        if (!FIXED_SLOTS.has(room.name) && last === null) continue;
        throw new Wrong("opening-missing", where);
      }
      slot ??= line.slot;
      if (line.slot !== slot || (!FIXED_SLOTS.has(room.name) && (slot < FIRST_PRIVATE_SLOT || slot >= SLOTS))) throw new Wrong("opening-foreign", where);
      const head = room.heads[line.len];
      // The papers grow with every checkpoint, and nothing else may be sealed; no room ever shrinks, and a private one begins with an entry.
      const least = FIXED_SLOTS.has(room.name) ? (last ?? 0) : (last ?? 1);
      if (line.len < least || head === undefined || (room.name === "papers" && line.len === (last ?? 0))) throw new Wrong("opening-length", where);
      const blinded = toHex(await sha256(ascii("MR1S"), fromHex(line.r), u64be(line.len), head));
      if (blinded !== checkpoint.slots[line.slot]) throw new Wrong("opening-mismatch", where);
      last = room.sealed = line.len;
    }
  }
  const papers = rooms.get("papers");
  if (papers !== undefined && papers.sealed !== papers.heads.length - 1) throw new Wrong("paper-unsealed", `papers, ${papers.sealed + 1}`);
}

// ── transcripts and files ──

async function transcriptOf(archive: Archive, name: string, caseId: string): Promise<number> {
  const file = `transcripts/${name}.jsonl`;
  let last = 0;
  const all = lines(await archive.read(file), file);
  for (const [index, value] of all.entries()) {
    const where = `${file}, ${index + 1}`;
    const { seq } = entryOf(fields(value, where, { entry: isText }).entry, where, caseId, name);
    if (seq <= last) throw new Wrong("transcript-place", where);
    last = seq;
  }
  return all.length;
}

/** The files in evidence/ that entries of provable rooms name, each of the length that they say. */
function checkAttached(archive: Archive, rooms: ReadonlyMap<string, Room>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const room of rooms.values()) {
    for (const entry of room.entries) {
      for (const one of entry["att"] as readonly { sha256: string; len: number }[]) {
        const file = `evidence/${one.sha256}`;
        const member = archive.members.get(file);
        if (member === undefined) continue;
        if (member.size !== one.len) throw new Wrong("attached-length", file);
        named.add(file);
      }
    }
  }
  return named;
}

/** The papers say of every printed paper which bytes it has. */
function printedIn(papers: readonly JsonObject[], hashes: ReadonlyMap<string, string>): (Printed & { size: number })[] {
  return papers
    .filter((entry) => entry["kind"] === "PaperPrinted")
    .flatMap((entry) => {
      const { paper, language, sha256: hash, size } = entry["body"] as JsonObject;
      if (typeof paper !== "string" || typeof language !== "string" || typeof hash !== "string" || typeof size !== "number") return [];
      const file = `documents/${paper}-${language}.pdf`;
      return [{ paper, language, sha256: hash, size, file: hashes.get(file) === hash ? file : null }];
    });
}

/** A printed paper or a settlement's text that no paper tells of was put in its place. */
async function checkPapers(archive: Archive, papers: readonly JsonObject[], printed: readonly (Printed & { size: number })[]): Promise<void> {
  for (const [name, { size }] of archive.members) {
    if (PRINTED.test(name) && !printed.some((one) => one.file === name && one.size === size)) throw new Wrong("paper-not-printed", name);
  }
  if (!archive.has(SETTLEMENT)) return;
  const hash = toHex(await sha256(ascii("MR1T"), await archive.read(SETTLEMENT)));
  const isTold = papers.some((entry) => entry["kind"] === "SettlementEffective" && (entry["body"] as JsonObject)["text_hash"] === hash);
  if (!isTold) throw new Wrong("paper-not-printed", SETTLEMENT);
}

/** A fingerprint as people type or paste it; `null` when it is none. */
export function fingerprintIn(typed: string): string | null {
  const digits = typed.replaceAll(/[\s:-]/gu, "").toLowerCase();
  return isHex64(digits) ? digits : null;
}

export async function sha256Of(file: Blob): Promise<string> {
  if (file.size > 2 ** 28) throw new Unreadable("too-large");
  return toHex(await sha256(new Uint8Array(await file.arrayBuffer())));
}
