import { afterEach, describe, expect, test, vi } from "vitest";
import { isKeptAlready, makePasskey, NotThisTime, showPasskey, toBase64Url, toBytes } from "./webauthn";

const CREATION: PublicKeyCredentialCreationOptionsJSON = {
  rp: { id: "portal.example", name: "Portal" },
  user: { id: "AQID", name: "amara", displayName: "Dr Amara Okafor" },
  challenge: "-_-_",
  pubKeyCredParams: [{ alg: -7, type: "public-key" }],
  excludeCredentials: [{ id: "BAUG", type: "public-key" }],
};

class Credential {
  constructor(private readonly json: unknown) {}
  toJSON() {
    return this.json;
  }
}

/** A browser with passkeys: `answer` is what its own window leads to. */
function browser(answer: () => Promise<unknown>, more: object = {}) {
  const asked = vi.fn(answer);
  vi.stubGlobal("PublicKeyCredential", Object.assign(Credential, more));
  vi.stubGlobal("navigator", { credentials: { create: asked, get: asked } });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const name of ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"]) Reflect.deleteProperty(Credential, name);
});

describe("bytes", () => {
  test("go to the address-safe alphabet and back", () => {
    const bytes = Uint8Array.from([0, 62, 63, 250, 251, 252, 253, 254, 255]);
    expect(toBase64Url(bytes.buffer)).not.toMatch(/[+/=]/);
    expect(toBytes(toBase64Url(bytes.buffer))).toEqual(bytes);
  });
});

describe("a passkey", () => {
  test("is made with the options as the browser itself reads them", async () => {
    const parsed = { challenge: new Uint8Array(1) };
    const asked = browser(() => Promise.resolve(new Credential({ id: "made" })), { parseCreationOptionsFromJSON: () => parsed });
    expect(await makePasskey(CREATION)).toEqual({ id: "made" });
    expect(asked).toHaveBeenCalledWith({ publicKey: parsed });
  });

  test("is made in a browser that cannot read them itself", async () => {
    const asked = browser(() => Promise.resolve(new Credential({ id: "made" })));
    await makePasskey(CREATION);
    const { publicKey } = (asked.mock.calls as unknown as [{ publicKey: PublicKeyCredentialCreationOptions }][])[0]?.[0] ?? {};
    expect(publicKey?.challenge).toEqual(Uint8Array.from([0xfb, 0xff, 0xbf]));
    expect(publicKey?.user).toMatchObject({ id: Uint8Array.from([1, 2, 3]), name: "amara" });
    expect(publicKey?.excludeCredentials).toEqual([{ id: Uint8Array.from([4, 5, 6]), type: "public-key" }]);
  });

  test("is shown without any being named, so that the browser offers its own", async () => {
    const asked = browser(() => Promise.resolve(new Credential({ id: "shown" })));
    expect(await showPasskey({ challenge: "AQID", rpId: "portal.example" })).toEqual({ id: "shown" });
    expect(asked).toHaveBeenCalledWith({ publicKey: { challenge: Uint8Array.from([1, 2, 3]), rpId: "portal.example", allowCredentials: [] } });
  });

  test("that nobody wants after all is no fault", async () => {
    browser(() => Promise.reject(new DOMException("closed", "NotAllowedError")));
    await expect(makePasskey(CREATION)).rejects.toBeInstanceOf(NotThisTime);
    browser(() => Promise.resolve(null));
    await expect(showPasskey({ challenge: "AQID" })).rejects.toBeInstanceOf(NotThisTime);
  });

  test("that this device has already is told apart from a fault", async () => {
    browser(() => Promise.reject(new DOMException("known", "InvalidStateError")));
    const error: unknown = await makePasskey(CREATION).catch((one: unknown) => one);
    expect(isKeptAlready(error)).toBe(true);
    expect(isKeptAlready(new Error("else"))).toBe(false);
  });
});
