// Hashes, numbers and signatures over bytes: section 1 of docs/record-format.md.
import { createHash, createPublicKey, verify as isSignedBy } from "node:crypto";

export function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const hex = (text) => Buffer.from(text, "hex");

export function u64(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
}

/** Whether `sig` (hex) is by the key whose 32 bytes are `ed25519` (hex), over the domain's line and the bytes. */
export function isBy(ed25519, domain, bytes, sig) {
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: hex(ed25519).toString("base64url") };
    const signed = Buffer.concat([Buffer.from(`medrec/v1/${domain}\n`), bytes]);
    return isSignedBy(null, signed, createPublicKey({ key: jwk, format: "jwk" }), hex(sig));
  } catch {
    return false;
  }
}
