"""A security key in software (WebAuthn Level 3): makes ES256 keys, counts its signatures, and can be copied."""

import base64
import copy
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _NEW_KEY = 0x01, 0x04, 0x40


@dataclass
class Kept:
    """A key that lives in the authenticator and finds its account by itself."""

    id: bytes
    private: ec.EllipticCurvePrivateKey
    user: bytes
    relying_party: str


@dataclass
class Authenticator:
    """What a person holds in their hand. `origin` is the page that asks; `counts`: whether it counts signatures."""

    origin: str
    counts: bool = True
    signatures: int = 0
    kept: list[Kept] = field(default_factory=list)

    def copied(self) -> "Authenticator":
        """The same keys on another device, as a thief with the memory chip would have them."""
        twin = copy.copy(self)
        twin.kept = list(self.kept)
        return twin

    def make(self, options: dict[str, Any], *, id: bytes | None = None, **changes: Any) -> dict[str, Any]:  # noqa: A002
        """What `navigator.credentials.create` gives for these options, by `toJSON`. `changes` forge client data."""
        assert {"type": "public-key", "alg": -7} in options["pubKeyCredParams"]
        assert all(
            raw(excluded["id"]) not in {kept.id for kept in self.kept} for excluded in options["excludeCredentials"]
        )
        key = Kept(
            id or secrets.token_bytes(16),
            ec.generate_private_key(ec.SECP256R1()),
            raw(options["user"]["id"]),
            options["rp"]["id"],
        )
        self.kept.append(key)
        numbers = key.private.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        attested = bytes(16) + len(key.id).to_bytes(2) + key.id + public
        data = self._data(key, _PRESENT | _VERIFIED | _NEW_KEY) + attested
        return self._credential(
            key,
            clientDataJSON=text(self._client_data("webauthn.create", options, changes)),
            attestationObject=text(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
            transports=["internal"],
        )

    def prove(self, options: dict[str, Any], *, flags: int = _PRESENT | _VERIFIED, **changes: Any) -> dict[str, Any]:
        """What `navigator.credentials.get` gives, with the newest key for that portal."""
        key = [kept for kept in self.kept if kept.relying_party == options["rpId"]][-1]
        data = self._data(key, flags)
        client = self._client_data("webauthn.get", options, changes)
        signature = key.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            key,
            clientDataJSON=text(client),
            authenticatorData=text(data),
            signature=text(signature),
            userHandle=text(key.user),
        )

    def _data(self, key: Kept, flags: int) -> bytes:
        self.signatures += self.counts
        return hashlib.sha256(key.relying_party.encode()).digest() + bytes([flags]) + self.signatures.to_bytes(4)

    def _client_data(self, kind: str, options: dict[str, Any], changes: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps({**said, **changes}).encode()

    @staticmethod
    def _credential(key: Kept, **response: Any) -> dict[str, Any]:
        return {
            "id": text(key.id),
            "rawId": text(key.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        }


def text(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(encoded: str) -> bytes:
    """The bytes of base64url text."""
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
