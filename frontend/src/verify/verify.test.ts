import { describe, expect, it } from "vitest";
import { checkBundle, fingerprintIn } from "./bundle";
import { Unreadable, Wrong, type Fault } from "./findings";
import { aKey, append, forged, hex, inEntry, inLine, published, publishedZip, signedBy, zipped, type Files, type Parts } from "../testing/forgedBundle";
import { parseStrictly } from "./strictJson";

const papers = "rooms/papers.jsonl";
const talks = "rooms/talks.jsonl";
const joint = "transcripts/joint.jsonl";

async function outcome(file: Blob, expected: string | null = null): Promise<string> {
  try {
    await checkBundle(file, expected);
    return "verifies";
  } catch (error) {
    if (error instanceof Wrong) return error.fault;
    if (error instanceof Unreadable) return error.hindrance;
    throw error;
  }
}

describe("the published bundle", () => {
  it("verifies, and tells what it proves and what it only shows", async () => {
    const report = await checkBundle(new Blob([publishedZip()]), published.fingerprint);
    expect(report.expected).toBe("signer");
    expect(report.signer).toBe(published.fingerprint);
    expect(report.rooms.map((one) => one.room)).toEqual(["papers", "talks"]);
    expect(report.rooms.find((one) => one.room === "papers")).toMatchObject({ tail: 0 });
    expect(report.transcripts).toEqual([{ room: "joint", entries: 1 }]);
    expect(report.newest?.count).toBe(published.files["checkpoints.jsonl"]?.trimEnd().split("\n").length);
    expect(report.newest?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("verifies deflated as well as stored", async () => {
    expect(await outcome(zipped(published.files))).toBe("verifies");
    expect(await outcome(zipped(published.files, true))).toBe("verifies");
  });

  it("is told from one that somebody sealed anew only by the fingerprint", async () => {
    const anew = zipped(forged());
    expect(await outcome(anew)).toBe("verifies");
    expect(await outcome(anew, published.fingerprint)).toBe("key-not-expected");
  });

  it("never verifies with one byte flipped", async () => {
    const zip = publishedZip();
    for (let at = 0; at < zip.byteLength; at += 97) {
      const copy = zip.slice();
      copy[at] = (copy[at] ?? 0) ^ 1;
      // Of a zip's own fields, the time of a part is read by nobody.
      const found = await outcome(new Blob([copy]));
      if (found === "verifies") expect(isTimeOfAPart(zip, at), `byte ${at}`).toBe(true);
    }
  });
});

/** The fields of a zip that say when and by what it was packed, and hold nothing of the record. */
function isTimeOfAPart(zip: Uint8Array, at: number): boolean {
  const text = Buffer.from(zip).toString("latin1");
  const local = text.lastIndexOf("PK\u0003\u0004", at);
  const central = text.lastIndexOf("PK\u0001\u0002", at);
  const within = at - Math.max(local, central);
  return central > local ? (within >= 4 && within < 8) || (within >= 12 && within < 16) || (within >= 34 && within < 42) : (within >= 4 && within < 6) || (within >= 10 && within < 14);
}

/** Each change alone, made by somebody who can sign with a key of their own. */
const changes: readonly [name: string, fault: Fault, change: (parts: Parts) => unknown][] = [
  ["a word of a paper changed", "opening-mismatch", (parts) => inEntry(parts, papers, 0, (entry) => ({ ...entry, body: { title: "another" } }))],
  ["a paper taken out", "entry-place", (parts) => inLine(parts, papers, 0, () => null)],
  ["the last paper taken out", "room-length", (parts) => inLine(parts, papers, (parts.files[papers]?.split("\n").length ?? 0) - 2, () => null)],
  ["a paper of another case", "other-case", (parts) => inEntry(parts, papers, 0, (entry) => ({ ...entry, case: "a".repeat(32) }))],
  ["a paper of another room", "entry-place", (parts) => inEntry(parts, papers, 0, (entry) => ({ ...entry, room: "talks" }))],
  ["a paper with a further field", "form", (parts) => inEntry(parts, papers, 0, (entry) => ({ ...entry, note: "" }))],
  ["a paper dated on a day that never was", "form", (parts) => inEntry(parts, papers, 0, (entry) => ({ ...entry, at: "2026-02-30T09:00:00.000Z" }))],
  ["another salt", "opening-mismatch", (parts) => inLine(parts, papers, 0, (line) => ({ ...line, salt: "0".repeat(64) }))],
  ["a withheld paper with another commitment", "opening-mismatch", (parts) => inLine(parts, papers, 0, () => ({ commitment: "0".repeat(64) }))],
  ["another last entry of the direct talks", "head", (parts) => changeTail(parts)],
  ["a checkpoint taken out", "checkpoint-place", (parts) => parts.checkpoints.splice(0, 1)],
  ["the last checkpoint taken out", "opening-foreign", (parts) => parts.checkpoints.pop()],
  ["the last checkpoint taken out with its openings", "paper-unsealed", (parts) => withoutLastCheckpoint(parts)],
  ["a checkpoint of another case", "other-case", (parts) => changeK(parts, 0, { case: "a".repeat(32) })],
  ["a checkpoint that follows another one", "checkpoint-link", (parts) => changeK(parts, 1, { prev: "wrong" })],
  ["a checkpoint dated before the one before it", "checkpoint-time", (parts) => changeK(parts, 1, { at: "2020-01-01T00:00:00.000Z" })],
  ["a checkpoint by a key that nobody lists", "checkpoint-key", (parts) => (parts.checkpoints[0] && (parts.checkpoints[0].key = "f".repeat(64)))],
  ["a checkpoint with fifteen slots", "form", (parts) => changeK(parts, 0, { slots: (parts.checkpoints[0]?.k["slots"] as string[]).slice(1) })],
  ["a checkpoint that seals other papers", "opening-mismatch", (parts) => changeK(parts, 0, { slots: Array.from({ length: 16 }, () => "0".repeat(64)) })],
  ["an opening taken out", "opening-missing", (parts) => parts.openings.splice(0, 1)],
  ["an opening twice", "opening-foreign", (parts) => parts.openings.push({ ...parts.openings[0] })],
  ["an opening of a room that is in confidence", "opening-foreign", (parts) => parts.openings.push({ ...parts.openings[0], room: "joint", slot: 2 })],
  ["an opening in the slot of another room", "opening-foreign", (parts) => void (parts.openings[0] = { ...parts.openings[0], slot: 5 })],
  ["an opening that seals more than there is", "opening-length", (parts) => void (parts.openings[0] = { ...parts.openings[0], len: 99 })],
  ["an opening that seals no paper", "opening-length", (parts) => void (parts.openings = parts.openings.map((one) => (one["room"] === "papers" && one["checkpoint"] === 1 ? { ...one, len: 0 } : one)))],
  ["an opening with other random bytes", "opening-mismatch", (parts) => void (parts.openings[0] = { ...parts.openings[0], r: "0".repeat(64) })],
  ["a room without a head", "room-list", (parts) => delete parts.manifest.heads["talks"]],
  ["a head of another value", "head", (parts) => void (parts.manifest.heads["talks"] = { ...parts.manifest.heads["talks"], head: "0".repeat(64) } as never)],
  ["a room in both places", "room-list", (parts) => void (parts.files["transcripts/talks.jsonl"] = "")],
  ["a transcript that counts backwards", "transcript-place", (parts) => void (parts.files[joint] = `${parts.files[joint] ?? ""}${parts.files[joint] ?? ""}`)],
  ["a file that belongs in no bundle", "file-foreign", (parts) => void (parts.files["run-me.exe"] = "")],
  ["evidence under another name", "evidence-misnamed", (parts) => void (parts.files[`evidence/${"0".repeat(64)}`] = "a photo")],
  ["a folder among the documents", "file-foreign", (parts) => (parts.files["documents/more/a.txt"] = "")],
  ["a handover to a key that nobody has", "file-foreign", (parts) => (parts.files["documents/signing-key-other.json"] = "{}")],
  ["no checkpoint at all", "checkpoint-place", (parts) => ((parts.checkpoints = []), (parts.openings = []))],
  ["no README", "file-missing", (parts) => delete parts.files["README.txt"]],
  ["a key twice", "key-list", (parts) => parts.manifest.keys.push({ ...parts.manifest.keys[0], from: "2026-01-01T00:00:00.000Z" } as never)],
  ["a key that ends before it signed", "key-list", (parts) => (parts.manifest.keys[0] && (parts.manifest.keys[0].until = "1980-01-01T00:00:00.000Z"))],
  ["a key that is not what its id says", "key-list", (parts) => (parts.manifest.keys[0] && (parts.manifest.keys[0].id = "f".repeat(64)))],
  ["an earlier key that handed nothing over", "key-handover", (parts) => withEarlierKey(parts)],
  ["a manifest with a further field", "form", (parts) => void (parts.manifest["more"] = 1)],
  ["a manifest of another kind", "form", (parts) => void (parts.manifest["kind"] = "case")],
  ["a manifest for nobody", "form", (parts) => void (parts.manifest["for"] = "system")],
  ["a first key that has a beginning", "key-list", (parts) => (parts.manifest.keys[0] && (parts.manifest.keys[0].from = "2026-01-01T00:00:00.000Z"))],
  ["a manifest of another format", "form", (parts) => void (parts.manifest["format"] = "mediation-record/2")],
];

function changeK(parts: Parts, index: number, k: Record<string, unknown>) {
  const one = parts.checkpoints[index];
  if (one !== undefined) one.k = { ...one.k, ...k };
}

function withoutLastCheckpoint(parts: Parts) {
  const gone = parts.checkpoints.length;
  parts.checkpoints.pop();
  parts.openings = parts.openings.filter((one) => one["checkpoint"] !== gone);
}

/** The last entry, which no checkpoint seals yet: for it the head in the manifest speaks. */
function changeTail(parts: Parts) {
  inEntry(parts, talks, (parts.files[talks]?.split("\n").length ?? 0) - 2, (entry) => ({ ...entry, body: { text: "something else" } }));
}

function withEarlierKey(parts: Parts) {
  const earlier = aKey();
  const [now] = parts.manifest.keys;
  if (now === undefined) return;
  const since = "1990-01-01T00:00:00.000Z";
  parts.manifest.keys = [{ id: earlier.id, ed25519: earlier.ed25519, from: now.from, until: since }, { ...now, from: since }];
}

const lateChanges: readonly [name: string, fault: Fault, change: (files: Files) => unknown][] = [
  ["a file changed after the export", "file-changed", (files) => (files["README.txt"] = `${files["README.txt"] ?? ""}!`)],
  ["a file slipped in after the export", "file-unlisted", (files) => void (files["documents/more.txt"] = "")],
  ["a file taken out after the export", "file-missing", (files) => delete files["transcripts/joint.jsonl"]],
  ["the manifest changed after the export", "manifest-signature", (files) => void (files["manifest.json"] = (files["manifest.json"] ?? "").replace("README.txt", "README.md"))],
  ["the manifest signed by somebody else", "manifest-signature", (files) => void (files["manifest.sig"] = JSON.stringify({ key: (JSON.parse(files["manifest.sig"] ?? "") as { key: string }).key, sig: signedBy(aKey(), `medrec/v1/manifest\n${files["manifest.json"] ?? ""}`) }))],
];

describe("a bundle that was tampered with", () => {
  it.each(changes)("%s: %s", async (_, fault, change) => {
    expect(await outcome(zipped(forged(change)))).toBe(fault);
  });

  it.each(lateChanges)("%s: %s", async (_, fault, change) => {
    expect(await outcome(zipped(forged(undefined, change)))).toBe(fault);
  });

  it("a checkpoint whose signature is another's: checkpoint-signature", async () => {
    const key = aKey();
    const files = forged(undefined, undefined, key);
    const swapped = (files["checkpoints.jsonl"] ?? "").replace(/"sig":"(.)/, (_, digit: string) => `"sig":"${digit === "0" ? "1" : "0"}`);
    files["checkpoints.jsonl"] = swapped;
    const manifest = JSON.parse(files["manifest.json"] ?? "") as { files: { name: string; sha256: string }[] };
    for (const one of manifest.files) if (one.name === "checkpoints.jsonl") one.sha256 = hex(swapped);
    files["manifest.json"] = JSON.stringify(manifest);
    files["manifest.sig"] = JSON.stringify({ key: key.id, sig: signedBy(key, `medrec/v1/manifest\n${files["manifest.json"]}`) });
    expect(await outcome(zipped(files))).toBe("checkpoint-signature");
  });
});

describe("a key that was handed over", () => {
  const since = "1990-01-01T00:00:00.000Z";
  const handedOver = (by: (earlier: ReturnType<typeof aKey>) => ReturnType<typeof aKey>) => {
    const [earlier, now] = [aKey(), aKey()];
    const files = forged(
      (parts) => {
        parts.manifest.keys = [
          { id: earlier.id, ed25519: earlier.ed25519, from: "1970-01-01T00:00:00.000Z", until: since },
          { id: now.id, ed25519: now.ed25519, from: since, until: null },
        ];
        const k = JSON.stringify({ v: 1, id: now.id, ed25519: now.ed25519, from: since });
        parts.files[`documents/signing-key-${now.id}.json`] = JSON.stringify({ k, sig: signedBy(by(earlier), `medrec/v1/key\n${k}`), key: earlier.id });
      },
      undefined,
      now,
    );
    return { files, earlier };
  };

  it("is trusted by whoever trusts the one before it", async () => {
    const { files, earlier } = handedOver((one) => one);
    expect((await checkBundle(zipped(files), earlier.id)).expected).toBe("earlier");
  });

  it("is refused when somebody else signed that", async () => {
    expect(await outcome(zipped(handedOver(() => aKey()).files))).toBe("key-handover");
  });
});

describe("what is in evidence/ and documents/", () => {
  const photo = "a photo";
  const named = (len: number) => (parts: Parts) => {
    parts.files[`evidence/${hex(photo)}`] = photo;
    append(parts, "talks", { kind: "MessagePosted", body: { text: "See." }, att: [{ sha256: hex(photo), len, name: "photo.jpg" }] });
  };

  it("is proven when an entry names it, and else merely shown", async () => {
    const file = `evidence/${hex(photo)}`;
    expect(await checkBundle(zipped(forged(named(photo.length))))).toMatchObject({ proven: [file], shown: [] });
    expect(await checkBundle(zipped(forged((parts) => void (parts.files[file] = photo))))).toMatchObject({ proven: [], shown: [file] });
  });

  it("is refused when the entry says another length: attached-length", async () => {
    expect(await outcome(zipped(forged(named(photo.length + 1))))).toBe("attached-length");
  });

  const pdf = "%PDF-1.7 the settlement";
  const inPdf = "documents/settlement-en.pdf";
  const print = (parts: Parts, size = pdf.length) => append(parts, "papers", { kind: "PaperPrinted", body: { paper: "settlement", language: "en", sha256: hex(pdf), size, checkpoint: 2 } });

  it("is proven when a paper says that it was printed, which may also lie elsewhere", async () => {
    const held = await checkBundle(zipped(forged((parts) => (print(parts), (parts.files[inPdf] = pdf)))));
    expect(held).toMatchObject({ proven: [inPdf], shown: [], printed: [{ paper: "settlement", language: "en", sha256: hex(pdf), file: inPdf }] });
    expect((await checkBundle(zipped(forged((parts) => print(parts))))).printed).toMatchObject([{ file: null }]);
  });

  it.each<[string, (parts: Parts) => unknown]>([
    ["a printed paper that nobody printed", (parts) => (parts.files[inPdf] = pdf)],
    ["a printed paper with another byte", (parts) => (print(parts), (parts.files[inPdf] = `${pdf}!`))],
    ["a printed paper of another length than the papers say", (parts) => (print(parts, 1), (parts.files[inPdf] = pdf))],
    ["a printed paper in another language", (parts) => (print(parts), (parts.files["documents/settlement-de.pdf"] = pdf))],
    ["the text of a settlement that never took effect", (parts) => (parts.files["documents/settlement.json"] = "{}")],
  ])("%s: paper-not-printed", async (_, change) => {
    expect(await outcome(zipped(forged(change)))).toBe("paper-not-printed");
  });

  it("is proven when it is the text that took effect", async () => {
    const text = '{"type":"doc"}';
    const inEffect = (parts: Parts) => {
      append(parts, "papers", { kind: "SettlementEffective", body: { text_hash: hex(`MR1T${text}`) } });
      parts.files["documents/settlement.json"] = text;
    };
    expect(await checkBundle(zipped(forged(inEffect)))).toMatchObject({ proven: ["documents/settlement.json"], shown: [] });
  });

  it("is merely shown when it is a copy in Word", async () => {
    const report = await checkBundle(zipped(forged((parts) => (parts.files["documents/settlement-en.docx"] = "PK"))));
    expect(report).toMatchObject({ proven: [], shown: ["documents/settlement-en.docx"] });
  });
});

describe("a file that is no bundle", () => {
  it.each<[string, Blob]>([
    ["nothing", new Blob([])],
    ["a text", new Blob(["not a zip file, but longer than the end of one is"])],
    ["something before the zip", new Blob(["x", publishedZip()])],
    ["something after the zip", new Blob([publishedZip(), "x"])],
    ["a part with a flag that bundles do not use", new Blob([flagged(0x20)])],
    ["a part whose lengths follow it", new Blob([flagged(0, 8)])],
    ["a part that lies about where it begins", new Blob([withByte(publishedZip(), 0, 0)])],
  ])("%s", async (_, file) => {
    expect(await outcome(file)).toBe("not-a-bundle");
  });
});

/** The published bundle with these bits set among the flags of its first part, in both places. */
function flagged(high: number, low = 0): Uint8Array<ArrayBuffer> {
  const zip = publishedZip();
  const listed = Buffer.from(zip).indexOf("PK\u0001\u0002");
  for (const at of [6, listed + 8]) zip.set([low, high], at);
  return zip;
}

function withByte(bytes: Uint8Array<ArrayBuffer>, at: number, value: number) {
  bytes[at] = value;
  return bytes;
}

describe("strict JSON", () => {
  it.each(['{"a":1,"a":2}', "1.0", "1e3", "-0", "9007199254740992", '"\\u0000"', '"\\ud83d"', '"a\nb"', "[1,]", "{}{}", "01", "", "tru", '{"a"}', "[".repeat(5_000)])("refuses %s", (text) => {
    expect(() => parseStrictly(text)).toThrow(SyntaxError);
  });

  it("reads everything else as it is, names like __proto__ among it", () => {
    expect(parseStrictly('{"a":[true,null,-7,"\\u00e9\\ud83d\\ude42 \\\\\\""]}')).toEqual({ a: [true, null, -7, 'é🙂 \\"'] });
    expect(Object.keys(parseStrictly('{"__proto__":1}') as object)).toEqual(["__proto__"]);
    expect(parseStrictly(" 9007199254740991 ")).toBe(9007199254740991);
  });
});

it("takes a fingerprint as it is pasted", () => {
  expect(fingerprintIn(" AB:cd ".repeat(16))).toBe("abcd".repeat(16));
  expect(fingerprintIn("abc")).toBeNull();
});
