/** A zip file as bundles are, read in place: plain or deflated parts without gaps, and nothing around them. */
import { Unreadable, Wrong } from "./findings";

export type Bytes = Uint8Array<ArrayBuffer>;

interface Member {
  name: string;
  isDeflated: boolean;
  packed: number;
  size: number;
  crc: number;
  /** Where its packed bytes begin. */
  start: number;
}

const END = 22;
/** How hard it was packed, and a name in UTF-8. */
const KNOWN_FLAGS = 0b1000_0000_0110;
const MOST_FILES = 5_000;
const LARGEST_DIRECTORY = 2 << 20;
const LARGEST_ARCHIVE = 2 ** 30;
/** A whole part is held in memory to be hashed. */
const LARGEST_PART = 2 ** 28;
const LARGEST_UNPACKED = 2 ** 31;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crcOf(bytes: Bytes): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (CRC[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}

async function cut(file: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

const name = (view: DataView<ArrayBuffer>, at: number, length: number) => String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

interface Listed extends Omit<Member, "start"> {
  offset: number;
  flags: number;
  method: number;
}

function listed(directory: DataView<ArrayBuffer>, count: number): Listed[] {
  const all: Listed[] = [];
  let at = 0;
  while (at < directory.byteLength) {
    if (at + 46 > directory.byteLength || directory.getUint32(at) !== 0x504b0102) throw new Unreadable("not-a-bundle");
    const flags = directory.getUint16(at + 8, true);
    const method = directory.getUint16(at + 10, true);
    const [nameLength = 0, ...others] = [28, 30, 32, 34].map((field) => directory.getUint16(at + field, true));
    const next = at + 46 + nameLength;
    // Encrypted, packed in a way that bundles are not, with other fields or a comment, or on another disk.
    if (next > directory.byteLength || (flags & ~KNOWN_FLAGS) !== 0 || (method !== 0 && method !== 8) || others.some((other) => other !== 0)) throw new Unreadable("not-a-bundle");
    all.push({
      name: name(directory, at + 46, nameLength),
      flags,
      method,
      isDeflated: method === 8,
      crc: directory.getUint32(at + 16, true),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      offset: directory.getUint32(at + 42, true),
    });
    at = next;
  }
  if (all.length !== count) throw new Unreadable("not-a-bundle");
  return all;
}

/** Where the packed bytes begin, if they end exactly where the next part begins. */
async function startOf(file: Blob, one: Listed, next: number): Promise<number> {
  const head = await cut(file, one.offset, one.offset + 30);
  if (head.byteLength < 30 || head.getUint32(0) !== 0x504b0304) throw new Unreadable("not-a-bundle");
  const nameLength = head.getUint16(26, true);
  const start = one.offset + 30 + nameLength;
  const said = await cut(file, one.offset + 30, one.offset + 30 + nameLength);
  const agrees =
    said.byteLength === nameLength &&
    name(said, 0, nameLength) === one.name &&
    head.getUint16(6, true) === one.flags &&
    head.getUint16(8, true) === one.method &&
    head.getUint16(28, true) === 0 &&
    head.getUint32(18, true) === one.packed &&
    head.getUint32(22, true) === one.size &&
    head.getUint32(14, true) === one.crc;
  if (!agrees || start + one.packed !== next) throw new Unreadable("not-a-bundle");
  return start;
}

export class Archive {
  readonly #file: Blob;
  readonly members: ReadonlyMap<string, Member>;

  private constructor(file: Blob, members: ReadonlyMap<string, Member>) {
    this.#file = file;
    this.members = members;
  }

  /** Throws `Unreadable` for what is no such zip file, and `Wrong` for a name that is in it twice. */
  static async open(file: Blob): Promise<Archive> {
    if (file.size > LARGEST_ARCHIVE) throw new Unreadable("too-large");
    if (file.size < END) throw new Unreadable("not-a-bundle");
    const end = await cut(file, file.size - END, file.size);
    const [disk, from, here, count] = [4, 6, 8, 10].map((field) => end.getUint16(field, true));
    const [length = 0, offset = 0] = [12, 16].map((field) => end.getUint32(field, true));
    if (end.getUint32(0) !== 0x504b0506 || end.getUint16(20, true) !== 0 || disk !== 0 || from !== 0 || here !== count) throw new Unreadable("not-a-bundle");
    if ((count ?? 0) > MOST_FILES || length > LARGEST_DIRECTORY) throw new Unreadable("too-large");
    if (offset + length !== file.size - END) throw new Unreadable("not-a-bundle");
    const inOrder = listed(await cut(file, offset, offset + length), count ?? 0).sort((one, other) => one.offset - other.offset);
    if (inOrder.reduce((sum, one) => sum + one.size, 0) > LARGEST_UNPACKED) throw new Unreadable("too-large");
    const members = new Map<string, Member>();
    let expected = 0;
    for (const [index, one] of inOrder.entries()) {
      if (members.has(one.name)) throw new Wrong("file-twice", one.name);
      if (index === 0 && one.offset !== expected) throw new Unreadable("not-a-bundle");
      expected = inOrder[index + 1]?.offset ?? offset;
      const { name: called, isDeflated, packed, size, crc } = one;
      members.set(called, { name: called, isDeflated, packed, size, crc, start: await startOf(file, one, expected) });
    }
    return new Archive(file, members);
  }

  has(called: string): boolean {
    return this.members.has(called);
  }

  /** The content of a part, never more than the directory announced. */
  async read(called: string): Promise<Bytes> {
    const member = this.members.get(called);
    if (member === undefined) throw new Wrong("file-missing", called);
    if (member.size > LARGEST_PART) throw new Unreadable("too-large");
    const packed = this.#file.slice(member.start, member.start + member.packed);
    const content = member.isDeflated ? await inflated(packed, member) : new Uint8Array(await packed.arrayBuffer());
    if (content.byteLength !== member.size || crcOf(content) !== member.crc) throw new Wrong("file-damaged", called);
    return content;
  }
}

async function inflated(packed: Blob, member: Member): Promise<Bytes> {
  const content = new Uint8Array(member.size);
  let length = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.byteLength > member.size) throw new Wrong("file-damaged", member.name);
      content.set(value, length);
      length += value.byteLength;
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    if (error instanceof Wrong) throw error;
    throw new Wrong("file-damaged", member.name);
  }
  return content.subarray(0, length);
}
