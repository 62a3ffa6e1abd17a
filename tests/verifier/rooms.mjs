// What was said: rooms, their openings, transcripts, attached files and papers (sections 2 to 4, and 8.3 to 8.8).
import { hex, sha256, u64 } from "./bytes.mjs";
import { NAMED_ROOMS, formed, is, lines, parse } from "./json.mjs";
import { hold } from "./refusal.mjs";

const LONGEST_ENTRY = 2 ** 20;
const SLOTS = 16;
export const EVIDENCE = /^evidence\/([\da-f]{64})$/u;
const PRINTED = /^documents\/([a-z]+)-([a-z]{2})\.pdf$/u;
const SETTLEMENT = "documents/settlement.json";
export const ROOM_FILE = /^(rooms|transcripts)\/([^/]+)\.jsonl$/u;

const OPENING = { checkpoint: is.count, room: is.room, slot: is.count, r: is.hash, len: is.count };
const ENTRY = {
  v: is.one,
  case: is.id,
  room: is.room,
  seq: is.count,
  at: is.time,
  actor: is.actor,
  kind: is.kind,
  body: is.object,
  att: is.listOf(is.fields({ sha256: is.hash, len: is.count, name: is.text })),
};

/** An entry that was shipped as text, in its place. */
function entryOf(source, { case: caseId }, room, what) {
  hold(Buffer.byteLength(source) <= LONGEST_ENTRY, `${what} is longer than 1 MiB.`);
  const entry = formed(parse(source, what), ENTRY, what);
  hold(entry.case === caseId && entry.room === room, `${what} was written in another room or case.`);
  return entry;
}

export function roomsOf(manifest, files) {
  const rooms = new Map();
  for (const name of Object.keys(manifest.heads).toSorted()) {
    hold(files.has(`rooms/${name}.jsonl`), `The manifest has a head for ${name}, which is not in rooms/.`);
  }
  for (const name of [...files.keys()].toSorted()) {
    const [, folder, room] = ROOM_FILE.exec(name) ?? [];
    if (folder !== "rooms") continue;
    hold(room in manifest.heads, `The manifest has no head for ${room}.`);
    rooms.set(room, roomOf(manifest, room, lines(files.get(name)(), name)));
  }
  hold(rooms.has("papers"), "The papers are missing.");
  return rooms;
}

/** The heads after 0, 1, 2 … entries, the entries themselves, and the numbers of those that are not shown. */
function roomOf(manifest, room, all) {
  const heads = [sha256("MR1G", hex(manifest.case), room)];
  const entries = [];
  const withheld = [];
  for (const line of all) {
    const seq = heads.length;
    const what = `Entry ${seq} of ${room}`;
    let commitment;
    if (is.object(line) && "commitment" in line) {
      commitment = hex(formed(line, { commitment: is.hash }, what).commitment);
      withheld.push(seq);
    } else {
      const { salt, entry: source } = formed(line, { salt: is.hash, entry: is.text }, what);
      const entry = entryOf(source, manifest, room, what);
      hold(entry.seq === seq, `${what} says that it is number ${entry.seq}.`);
      commitment = sha256("MR1L", hex(salt), source);
      entries.push(entry);
    }
    heads.push(sha256("MR1C", u64(seq), heads.at(-1), commitment));
  }
  return { heads, entries, withheld };
}

/** How much of each room the last checkpoint seals. */
export function checkOpenings(all, checkpoints, rooms) {
  const byPlace = new Map();
  for (const [at, line] of all.entries()) {
    const what = `Opening ${at + 1}`;
    const opening = formed(line, OPENING, what);
    hold(rooms.has(opening.room), `${what} opens ${opening.room}, which is not in rooms/.`);
    const isThere = opening.checkpoint >= 1 && opening.checkpoint <= checkpoints.length;
    hold(isThere, `${what} is for a checkpoint that is not there.`);
    const place = `${opening.checkpoint} ${opening.room}`;
    hold(!byPlace.has(place), `Checkpoint ${opening.checkpoint} is opened twice for ${opening.room}.`);
    byPlace.set(place, opening);
  }
  const sealed = new Map();
  const slots = new Map(NAMED_ROOMS.map((room, slot) => [room, slot]));
  for (const { n, slots: held } of checkpoints) {
    for (const [name, { heads }] of rooms) {
      const opening = byPlace.get(`${n} ${name}`);
      const isPrivate = !NAMED_ROOMS.includes(name);
      // The slot of a private room holds chance until it has entries; from its first opening on, none may be missing.
      if (opening === undefined && isPrivate && !sealed.has(name)) continue;
      hold(opening !== undefined, `Checkpoint ${n} is not opened for ${name}.`);
      const { slot, r, len } = opening;
      const where = `The opening of checkpoint ${n} for ${name}`;
      if (isPrivate && !slots.has(name)) {
        const isFree = slot >= NAMED_ROOMS.length && slot < SLOTS && ![...slots.values()].includes(slot);
        hold(isFree, `${where} is in a slot that is not its own.`);
        hold(len >= 1, `${where} is from before its first entry.`);
        slots.set(name, slot);
      }
      hold(slot === slots.get(name), `${where} is in a slot that is not its own.`);
      const before = sealed.get(name) ?? 0;
      hold(len >= before, `${where} has fewer entries than the one before it.`);
      hold(name !== "papers" || len > before, `${where} has no new paper.`);
      hold(len < heads.length, `${where} has ${len} entries, and there are ${heads.length - 1}.`);
      const inside = sha256("MR1S", hex(r), u64(len), heads[len]).toString("hex");
      hold(inside === held[slot], `${where} does not fit: ${name} is not as it was sealed.`);
      sealed.set(name, len);
    }
  }
  // Of a private room whose entries are all newer than the last checkpoint, nothing is sealed yet.
  for (const name of rooms.keys()) if (!sealed.has(name)) sealed.set(name, 0);
  const papers = rooms.get("papers").heads.length - 1;
  const last = sealed.get("papers");
  hold(last === papers, `There are ${papers} papers, and the last checkpoint seals ${last}.`);
  return sealed;
}

export function transcriptsOf(manifest, files, rooms) {
  const transcripts = new Map();
  for (const name of [...files.keys()].toSorted()) {
    const [, folder, room] = ROOM_FILE.exec(name) ?? [];
    if (folder !== "transcripts") continue;
    hold(!rooms.has(room), `${room} is in rooms/ and in transcripts/.`);
    const entries = [];
    for (const [at, line] of lines(files.get(name)(), name).entries()) {
      const what = `Line ${at + 1} of ${name}`;
      const entry = entryOf(formed(line, { entry: is.text }, what).entry, manifest, room, what);
      hold(entry.seq > (entries.at(-1)?.seq ?? 0), `${what} does not come after the line before it.`);
      entries.push(entry);
    }
    transcripts.set(room, entries);
  }
  return transcripts;
}

/** The attached files, and which entries prove each: `{hash, size, provenBy: ["talks 4", …]}`. */
export function checkEvidence(files, rooms) {
  const found = [];
  for (const [name, unpack] of files) {
    const [, hash] = EVIDENCE.exec(name) ?? [];
    if (hash === undefined) continue;
    const bytes = unpack();
    hold(sha256(bytes).toString("hex") === hash, `${name} is not the file that it is named by.`);
    const provenBy = [];
    for (const [room, { entries }] of rooms) {
      for (const { seq, att } of entries) {
        const named = att.filter((one) => one.sha256 === hash);
        const isAsLong = named.every(({ len }) => len === bytes.length);
        hold(isAsLong, `${name} has another length than entry ${seq} of ${room} says.`);
        if (named.length > 0) provenBy.push(`${room} ${seq}`);
      }
    }
    found.push({ hash, size: bytes.length, provenBy });
  }
  return found;
}

/** The printed papers and the settlement's text, each with the entry that proves it: `{name, size, provenBy}`. */
export function checkPapers(files, rooms) {
  const found = [];
  const { entries } = rooms.get("papers");
  for (const [name, unpack] of files) {
    const [isPrinted, paper, language] = PRINTED.exec(name) ?? [];
    if (!isPrinted && name !== SETTLEMENT) continue;
    const bytes = unpack();
    const hash = sha256(...(isPrinted ? [] : ["MR1T"]), bytes).toString("hex");
    const proof = entries.find(({ kind, body }) =>
      isPrinted
        ? kind === "PaperPrinted" &&
          body.paper === paper &&
          body.language === language &&
          body.sha256 === hash &&
          body.size === bytes.length
        : kind === "SettlementEffective" && body.text_hash === hash,
    );
    hold(proof !== undefined, `${name} is not what any entry of the papers says.`);
    found.push({ name, size: bytes.length, provenBy: proof.seq });
  }
  return found;
}
