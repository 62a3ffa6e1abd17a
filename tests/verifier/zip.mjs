// The members of a bundle's zip file: section 6 of docs/record-format.md, first paragraph.
import { crc32, inflateRawSync } from "node:zlib";
import { hold, shown } from "./refusal.mjs";

const MOST_MEMBERS = 20_000;
const MOST_UNPACKED = 2 ** 31;
const END = 22;
const ENTRY = 46;
const LOCAL = 30;
/** How hard it was packed (bits 1 and 2), names in UTF-8 (11). Anything else is refused. */
const KNOWN_FLAGS = 0b1000_0000_0110;

/**
 * The members by name, each a function that unpacks it. Nothing is unpacked here, and never more than the directory
 * announces. Refuses extra fields (zip64 among them), comments, encryption, a name twice, and any byte that belongs to
 * no member.
 */
export function members(zip) {
  const hasEnd = zip.length >= END && zip.readUInt32LE(zip.length - END) === 0x06054b50;
  hold(hasEnd, "This is not a zip file, or it does not end where it says.");
  const end = zip.subarray(zip.length - END);
  const [count, size, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  hold(end.readUInt32LE(4) === 0 && end.readUInt16LE(8) === count, "The zip file is split over several disks.");
  hold(end.readUInt16LE(20) === 0, "The zip file has a comment.");
  hold(start + size === zip.length - END, "Something stands before, between or after the parts of the zip file.");
  hold(count <= MOST_MEMBERS, `The zip file has more than ${MOST_MEMBERS} members.`);

  const found = [];
  let at = start;
  for (let number = 0; number < count; number++) {
    const entry = directoryEntry(zip.subarray(at, start + size));
    found.push(entry);
    at += entry.length;
  }
  hold(at === start + size, "The directory of the zip file is longer than its members.");
  hold(
    found.reduce((sum, entry) => sum + entry.unpacked, 0) <= MOST_UNPACKED,
    `The zip file unpacks to more than ${MOST_UNPACKED} bytes.`,
  );

  const byName = new Map();
  let upto = 0;
  for (const entry of found.toSorted((one, other) => one.offset - other.offset)) {
    hold(entry.offset === upto, `Something stands between the parts of the zip file, before ${shown(entry.name)}.`);
    const [data, next] = packedData(zip.subarray(0, start), entry);
    hold(!byName.has(entry.name), `${shown(entry.name)} is in the zip file twice.`);
    byName.set(entry.name, () => unpack(data, entry));
    upto = next;
  }
  hold(upto === start, "Something stands between the last member of the zip file and its directory.");
  return byName;
}

function directoryEntry(from) {
  hold(from.length >= ENTRY && from.readUInt32LE(0) === 0x02014b50, "The directory of the zip file is broken.");
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => from.readUInt16LE(place));
  const length = ENTRY + nameLength + extraLength + commentLength;
  hold(from.length >= length, "The directory of the zip file is broken.");
  const name = from.toString("latin1", ENTRY, ENTRY + nameLength);
  const [flags, method] = [from.readUInt16LE(8), from.readUInt16LE(10)];
  const [crc, packed, unpacked] = [16, 20, 24].map((place) => from.readUInt32LE(place));
  const offset = from.readUInt32LE(42);
  hold(commentLength === 0, `${shown(name)} has a comment in the zip file.`);
  hold(from.readUInt16LE(34) === 0, "The zip file is split over several disks.");
  hold((flags & ~KNOWN_FLAGS) === 0, `${shown(name)} is encrypted, or packed in a way that is not described.`);
  hold(method === 0 || method === 8, `${shown(name)} is neither stored nor deflated.`);
  hold(extraLength === 0, `${shown(name)} has extra fields in the zip file.`);
  hold(method === 8 || packed === unpacked, `${shown(name)} is stored, in another length than its own.`);
  return { name, flags, method, crc, packed, unpacked, offset, length };
}

/** What is packed for this member, and where the next one begins. */
function packedData(zip, { name, flags, method, crc, packed, unpacked, offset }) {
  const header = zip.subarray(offset, offset + LOCAL);
  const isHere = header.length === LOCAL && header.readUInt32LE(0) === 0x04034b50;
  hold(isHere, `${shown(name)} is not where the directory says.`);
  const [nameLength, extraLength] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const begin = offset + LOCAL + nameLength + extraLength;
  const sizes = [14, 18, 22].map((place) => header.readUInt32LE(place));
  hold(
    header.readUInt16LE(6) === flags &&
      header.readUInt16LE(8) === method &&
      zip.toString("latin1", offset + LOCAL, offset + LOCAL + nameLength) === name &&
      extraLength === 0 &&
      [crc, packed, unpacked].every((value, at) => value === sizes[at]),
    `${shown(name)} is described in two ways in the zip file.`,
  );
  const data = zip.subarray(begin, begin + packed);
  hold(data.length === packed, `${shown(name)} is cut off.`);
  return [data, begin + packed];
}

function unpack(data, { name, method, crc, unpacked }) {
  const content = method === 0 ? data : inflated(data, name, unpacked);
  hold(content.length === unpacked && crc32(content) === crc, `${shown(name)} is damaged.`);
  return content;
}

function inflated(data, name, length) {
  try {
    const { buffer, engine } = inflateRawSync(data, { maxOutputLength: Math.max(length, 1), info: true });
    const isAll = engine.bytesWritten === data.length;
    hold(isAll, `Something stands between the parts of the zip file, after ${shown(name)}.`);
    return buffer;
  } catch (error) {
    hold(!/^(Z_|ERR_BUFFER_TOO_LARGE)/u.test(error.code ?? ""), `${shown(name)} is damaged.`);
    throw error;
  }
}
