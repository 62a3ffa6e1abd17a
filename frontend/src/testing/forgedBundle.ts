/** For tests: the bundle of docs/vectors, taken apart, changed, and put together again by a forger with a key of their own. */
import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";

const vectors = new URL("../../../docs/vectors/", import.meta.url);

export type Files = Record<string, string>;

export const published = JSON.parse(readFileSync(new URL("bundle.json", vectors), "utf-8")) as { fingerprint: string; files: Files };

export function publishedZip(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(new URL("bundle.zip", vectors)));
}

export const hex = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Files as a zip without gaps; `deflated` packs them. */
export function zipped(files: Files, deflated = false): Blob {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text, "utf-8");
    const packed = deflated ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32BE(0x504b0304, 0);
    const method = deflated ? 8 : 0;
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32BE(0x504b0102, 0);
    central.writeUInt16LE(method, 10);
    local.copy(central, 16, 14, 26);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name, "ascii"));
    parts.push(local, Buffer.from(name, "ascii"), packed);
    offset += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Blob([Uint8Array.from(Buffer.concat([...parts, listed, end]))]);
}

interface Key {
  id: string;
  ed25519: string;
  secret: KeyObject;
}

export function aKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const ed25519 = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return { id: hex(ed25519), ed25519: ed25519.toString("hex"), secret: createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })) };
}

export const signedBy = (key: Key, text: string) => sign(null, Buffer.from(text, "utf-8"), key.secret).toString("hex");

/** A record in the parts that a forger thinks in. */
export interface Parts {
  manifest: { case: string; keys: { id: string; ed25519: string; from: string; until: string | null }[]; heads: Record<string, { len: number; head: string }>; files: unknown[] } & Record<string, unknown>;
  checkpoints: { k: Record<string, unknown>; key: string; tst: string | null }[];
  openings: Record<string, unknown>[];
  /** Further files, and those that stand in for what the record has. */
  files: Files;
}

const values = (text: string) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const jsonl = (all: readonly unknown[]) => all.map((one) => `${JSON.stringify(one)}\n`).join("");

/**
 * The published record, changed and sealed again: links, signatures and hashes of files are made right by whoever
 * holds `key`, so that only what the change itself breaks is wrong. `late` changes the finished files.
 */
export function forged(change: (parts: Parts) => unknown = () => undefined, late: (files: Files) => unknown = () => undefined, key: Key = aKey()): Files {
  const { files } = published;
  const manifest = JSON.parse(files["manifest.json"] ?? "") as Parts["manifest"];
  const parts: Parts = {
    manifest: { ...manifest, keys: [{ id: key.id, ed25519: key.ed25519, from: "1970-01-01T00:00:00.000Z", until: null }] },
    checkpoints: values(files["checkpoints.jsonl"] ?? "").map((line) => ({ k: JSON.parse(String(line["k"])) as Record<string, unknown>, key: key.id, tst: null })),
    openings: values(files["openings.jsonl"] ?? ""),
    files: Object.fromEntries(Object.entries(files).filter(([name]) => /^(?:rooms|transcripts)\/|^README/.test(name))),
  };
  change(parts);
  let prev = "0".repeat(64);
  const checkpoints = parts.checkpoints.map(({ k, key: by, tst }) => {
    const text = JSON.stringify({ ...k, prev: k["prev"] === "wrong" ? "f".repeat(64) : prev });
    prev = hex(text);
    return { k: text, sig: signedBy(key, `medrec/v1/checkpoint\n${text}`), key: by, tst };
  });
  const all: Files = { ...parts.files, "checkpoints.jsonl": jsonl(checkpoints), "openings.jsonl": jsonl(parts.openings) };
  const listed = Object.entries(all).map(([name, text]) => ({ name, sha256: hex(text), len: Buffer.byteLength(text) }));
  const signed = JSON.stringify({ ...parts.manifest, files: listed });
  const made: Files = { ...all, "manifest.json": signed, "manifest.sig": JSON.stringify({ key: key.id, sig: signedBy(key, `medrec/v1/manifest\n${signed}`) }) };
  late(made);
  return made;
}

/** Change line `index` of a `.jsonl` file among the parts. */
export function inLine(parts: Parts, file: string, index: number, change: (line: Record<string, unknown>) => Record<string, unknown> | null): void {
  parts.files[file] = jsonl(values(parts.files[file] ?? "").flatMap((line, at) => (at === index ? (change(line) ?? []) : line)));
}

/** Change what an entry says, within the line that holds it. */
export function inEntry(parts: Parts, file: string, index: number, change: (entry: Record<string, unknown>) => Record<string, unknown>): void {
  inLine(parts, file, index, (line) => ({ ...line, entry: JSON.stringify(change(JSON.parse(String(line["entry"])) as Record<string, unknown>)) }));
}

/** Write an entry behind the others of a provable room; one in the papers is sealed by a checkpoint, as the portal does. */
export function append(parts: Parts, room: "papers" | "talks", entry: { kind: string; body: unknown; att?: unknown[] }): void {
  const { case: caseId, heads } = parts.manifest;
  const now = heads[room];
  const last = parts.checkpoints.at(-1);
  if (now === undefined || last === undefined) throw new Error("not a room of the record");
  const file = `rooms/${room}.jsonl`;
  const seq = now.len + 1;
  const text = JSON.stringify({ v: 1, case: caseId, room, seq, at: last.k["at"], actor: "system", att: [], ...entry });
  const salt = Buffer.alloc(32, seq);
  const commitment = Buffer.from(hex(Buffer.concat([Buffer.from("MR1L"), salt, Buffer.from(text)])), "hex");
  const head = hex(Buffer.concat([Buffer.from("MR1C"), u64be(seq), Buffer.from(now.head, "hex"), commitment]));
  parts.files[file] = `${parts.files[file] ?? ""}${JSON.stringify({ salt: salt.toString("hex"), entry: text })}\n`;
  heads[room] = { len: seq, head };
  if (room !== "papers") return;
  const n = parts.checkpoints.length + 1;
  const slots = Array.from({ length: 16 }, () => "0".repeat(64));
  for (const [slot, name] of (["papers", "talks"] as const).entries()) {
    const r = Buffer.alloc(32, n);
    const { len = 0, head: sealed = "" } = heads[name] ?? {};
    slots[slot] = hex(Buffer.concat([Buffer.from("MR1S"), r, u64be(len), Buffer.from(sealed, "hex")]));
    parts.openings.push({ checkpoint: n, room: name, slot, r: r.toString("hex"), len });
  }
  parts.checkpoints.push({ k: { ...last.k, n, slots }, key: last.key, tst: null });
}

function u64be(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
