/** Talking to the browser's passkeys: what the server sends becomes bytes, and what the browser gives becomes JSON. */

/** Browsers that know passkeys but not yet the standard's own ways to and from JSON are helped along. */
export function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (one) => one.charCodeAt(0));
}

export function toBase64Url(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

type Descriptors = readonly { id: string; type: string; transports?: string[] }[];

function descriptors(all: Descriptors | undefined): PublicKeyCredentialDescriptor[] {
  return (all ?? []).map((one) => ({ id: toBytes(one.id), type: "public-key" }));
}

/** Whether this browser can keep a passkey for us at all; it refuses bare addresses and plain http. */
export function knowsPasskeys(): boolean {
  return typeof window.PublicKeyCredential === "function" && window.isSecureContext;
}

function creationOptions(options: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  if ("parseCreationOptionsFromJSON" in PublicKeyCredential) return PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const { challenge, user, excludeCredentials, pubKeyCredParams, rp, timeout, authenticatorSelection } = options as PublicKeyCredentialCreationOptionsJSON & {
    authenticatorSelection?: AuthenticatorSelectionCriteria;
  };
  return {
    rp,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    pubKeyCredParams: pubKeyCredParams.map((one) => ({ alg: one.alg, type: "public-key" })),
    excludeCredentials: descriptors(excludeCredentials),
    ...(timeout === undefined ? {} : { timeout }),
    ...(authenticatorSelection === undefined ? {} : { authenticatorSelection }),
  };
}

function requestOptions(options: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  if ("parseRequestOptionsFromJSON" in PublicKeyCredential) return PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const { challenge, rpId, timeout, userVerification, allowCredentials } = options as PublicKeyCredentialRequestOptionsJSON & {
    userVerification?: UserVerificationRequirement;
  };
  return {
    challenge: toBytes(challenge),
    allowCredentials: descriptors(allowCredentials),
    ...(rpId === undefined ? {} : { rpId }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(userVerification === undefined ? {} : { userVerification }),
  };
}

/** The credential as JSON, in the parts that every server needs. */
function asJson(credential: PublicKeyCredential): unknown {
  if (typeof credential.toJSON === "function") return credential.toJSON();
  const { response } = credential;
  const parts =
    response instanceof AuthenticatorAttestationResponse
      ? { attestationObject: toBase64Url(response.attestationObject) }
      : response instanceof AuthenticatorAssertionResponse
        ? {
            authenticatorData: toBase64Url(response.authenticatorData),
            signature: toBase64Url(response.signature),
            userHandle: response.userHandle === null ? null : toBase64Url(response.userHandle),
          }
        : {};
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    response: { clientDataJSON: toBase64Url(response.clientDataJSON), ...parts },
  };
}

/** Somebody closed the browser's own window, or let it run out; that is an answer, and no fault. */
export class NotThisTime extends Error {}

async function asked(question: () => Promise<Credential | null>): Promise<unknown> {
  let credential: Credential | null;
  try {
    credential = await question();
  } catch (error) {
    if (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError")) throw new NotThisTime();
    throw error;
  }
  if (!(credential instanceof PublicKeyCredential)) throw new NotThisTime();
  return asJson(credential);
}

export function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> {
  return asked(() => navigator.credentials.create({ publicKey: creationOptions(options) }));
}

export function showPasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  return asked(() => navigator.credentials.get({ publicKey: requestOptions(options) }));
}

/** The device this browser would keep a passkey on already has one (WebAuthn: InvalidStateError). */
export function isKeptAlready(error: unknown): boolean {
  return error instanceof DOMException && error.name === "InvalidStateError";
}
