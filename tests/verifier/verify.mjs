// A second verifier for bundles, written from docs/record-format.md alone: it shares nothing with the portal, not even
// the language, so that a mistake of the portal's own verifier does not go unnoticed. Node 24, no packages.
//
//   node verify.mjs [--key FINGERPRINT] [--seal HASH] BUNDLE.zip
//   node verify.mjs [--key FINGERPRINT] [--seal HASH] --each < paths
//
// --key: the signing key's fingerprint from elsewhere. --seal: a checkpoint's hash from elsewhere, as it is printed on
// a settlement. Prints what is proven and exits 0, or prints the first thing that is wrong and exits 1. With --each it
// answers for every path on standard input with one line of JSON, {"file","proven":bool,"said":sentence}.
import { readFileSync, statSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { check } from "./check.mjs";
import { Wrong, hold } from "./refusal.mjs";

const LARGEST = 2 ** 31;

function* report({ manifest, key, checkpoints, rooms, sealed, transcripts, evidence, papers }) {
  const last = checkpoints.at(-1);
  yield `Case ${manifest.case}, exported for ${manifest.for} at ${manifest.exported_at}.`;
  yield `Signed by key ${manifest.keys.at(-1).id}${key === null ? ", which nobody has confirmed" : ""}.`;
  yield `Proven, as of checkpoint ${last.n} of ${last.at}, whose hash is ${last.hash}:`;
  for (const [name, { heads, withheld }] of rooms) {
    const newer = heads.length - 1 - sealed.get(name);
    const hidden = withheld.length > 0 ? `; withheld or erased: ${withheld.join(", ")}` : "";
    const tail = newer > 0 ? `; ${newer} newer, which only the export's signature speaks for` : "";
    yield `  ${name}: ${sealed.get(name)} entries, complete and in order${hidden}${tail}`;
  }
  const isSealed = (place) => Number(place.split(" ")[1]) <= sealed.get(place.split(" ")[0]);
  const proven = evidence.filter(({ provenBy }) => provenBy.some(isSealed));
  for (const { hash, size, provenBy } of proven) {
    yield `  file ${hash}, ${size} bytes, as named by entry ${provenBy.filter(isSealed).join(", ")}`;
  }
  for (const { name, size, provenBy } of papers) yield `  ${name}, ${size} bytes, as named by entry papers ${provenBy}`;
  yield "Shown, and proven by nothing but the export's signature:";
  for (const [name, entries] of transcripts) yield `  ${name}: ${entries.length} entries`;
  for (const { hash, size } of evidence.filter((one) => !proven.includes(one))) yield `  file ${hash}, ${size} bytes`;
}

/** `{proven, said}` for one file: a report in lines, or the first thing that is wrong. */
function verdict(path, expected) {
  try {
    hold(statSync(path).size <= LARGEST, `The file is larger than ${LARGEST} bytes.`);
    return { proven: true, said: [...report(check(readFileSync(path), expected))].join("\n") };
  } catch (error) {
    if (error.syscall !== undefined) return { proven: false, said: `The file cannot be read: ${error.code}.` };
    if (!(error instanceof Wrong)) throw error;
    return { proven: false, said: error.message };
  }
}

function main() {
  const options = { key: { type: "string" }, seal: { type: "string" }, each: { type: "boolean" } };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const expected = { key: values.key ?? null, seal: values.seal ?? null };
  const paths = values.each ? readFileSync(0, "utf8").split("\n").filter(Boolean) : positionals;
  if (!values.each && paths.length !== 1) throw new Error("Give one bundle, or --each and paths on standard input.");
  let areProven = true;
  for (const file of paths) {
    const { proven, said } = verdict(file, expected);
    areProven &&= proven;
    writeSync(1, values.each ? `${JSON.stringify({ file, proven, said })}\n` : `${said}\n`);
  }
  process.exitCode = areProven ? 0 : 1;
}

if (import.meta.main) main();
