/** SHA-256 and Ed25519 as this browser has them, and bytes in the spellings of the record. */
import { Unreadable } from "./findings";
import type { Bytes } from "./zip";

const encoder = new TextEncoder();

export function ascii(text: string): Bytes {
  return encoder.encode(text);
}

export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

/** Eight bytes, most significant first. */
export function u64be(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

export function joined(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

/** Browsers give no hashes to pages that did not come over https. */
function subtle(): SubtleCrypto {
  const known = globalThis.crypto as Partial<Crypto> | undefined;
  if (known?.subtle === undefined) throw new Unreadable("no-ed25519");
  return known.subtle;
}

export async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const [only] = parts;
  return new Uint8Array(await subtle().digest("SHA-256", parts.length === 1 && only !== undefined ? only : joined(...parts)));
}

/** Throws `Unreadable` where the browser knows no Ed25519. */
export async function isSigned(ed25519: string, signature: string, message: Bytes): Promise<boolean> {
  try {
    const key = await subtle().importKey("raw", fromHex(ed25519), "Ed25519", false, ["verify"]);
    return await subtle().verify("Ed25519", key, fromHex(signature), message);
  } catch (error) {
    if (error instanceof DOMException && error.name === "DataError") return false;
    throw new Unreadable("no-ed25519");
  }
}
