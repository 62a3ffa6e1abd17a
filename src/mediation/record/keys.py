"""The signing key of this portal: made at first start, kept 0600, replaced only by a key that it signed itself.

A key's id is its fingerprint: SHA-256 of the 32 bytes of the public key, as 64 hex. The first key of a portal counts
from the Unix epoch, since nothing was signed before it; each later one from the moment of its rotation.
"""

import contextlib
import itertools
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mediation.case import chain
from mediation.db import Connection

THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_ROTATION = 0x6D6B6579  # any number that nothing else locks
CURRENT, NEXT = "signing.pem", "signing-next.pem"


class KeyRetired(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """Another process has rotated the signing key, and the new one is not at hand here."""


class KeyForeign(RuntimeError):  # noqa: N818
    """The database was signed by another key than the one at hand; `str()` says which, and what to do."""


class KeyUnusable(RuntimeError):  # noqa: N818
    """The key file cannot be used as it is; `str()` says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key as everybody may know it. `signature` is by `signed_by`, the key before it; both None for the first."""

    ed25519: bytes
    valid_from: datetime
    signed_by: str | None = None
    signature: bytes | None = None

    @property
    def key_id(self) -> str:
        """The fingerprint, 64 hex."""
        return fingerprint(self.ed25519)

    def statement(self) -> bytes:
        """What the key before this one signs (after `chain.KEY_DOMAIN`) to hand over to it."""
        return chain.jcs(
            {"v": 1, "id": self.key_id, "ed25519": self.ed25519.hex(), "from": chain.stamp(self.valid_from)}
        )


class Keyring:
    """The private key that signs now. What others need to check its signatures is in `signing_keys`."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._folder: Path | None = None
        self.valid_from = THE_BEGINNING

    @property
    def ed25519(self) -> bytes:
        """The public key, 32 bytes."""
        return _raw(self._private)

    @property
    def key_id(self) -> str:
        """The fingerprint of the public key, 64 hex."""
        return fingerprint(self.ed25519)

    def __repr__(self) -> str:
        return f"<Keyring {self.key_id[:8]}>"

    @classmethod
    def from_seed(cls, seed: bytes) -> "Keyring":
        """The key of a 32-byte seed, as a setting holds it."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_folder(cls, folder: Path) -> "Keyring":
        """The key kept in `folder`, made now if there is none. Raises KeyUnusable.

        Of several processes that start at once on an empty folder, one makes the key and the others read it.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / CURRENT
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                _write(path, Ed25519PrivateKey.generate())
        keyring = cls(_load(path))
        keyring._folder = folder
        return keyring

    def sign(self, domain: bytes, message: bytes) -> bytes:
        """Ed25519 over `domain` (one of chain's `…_DOMAIN`) followed by `message`."""
        return self._private.sign(domain + message)

    async def register(self, conn: Connection, folder: Path | None = None) -> None:
        """Make this key known to the database, or become the one that signs there. Call at every start.

        After a rotation the present key is looked for in `folder` (of `from_folder`, if not given), where it lies
        also when the rotation was cut short after its commit. Raises KeyForeign when it is not there.
        """
        self._folder = folder or self._folder
        await conn.execute(
            """
            INSERT INTO signing_keys (key_id, ed25519, valid_from)
            SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM signing_keys) ON CONFLICT DO NOTHING
            """,
            self.key_id,
            self.ed25519,
            THE_BEGINNING,
        )
        if not await self.catch_up(conn):
            newest = (await public_keys(conn))[-1]
            raise KeyForeign(
                f"This database was signed by key {newest.key_id[:16]}…, and the key at hand is "
                f"{self.key_id[:16]}…: put the old key back (MEDIATION_SIGNING_KEY, or {CURRENT} in the keys folder)."
            )

    async def catch_up(self, conn: Connection) -> bool:
        """Become the present key if another process has rotated to it; tells whether this now is the present key."""
        newest = (await public_keys(conn))[-1]
        if newest.key_id != self.key_id:
            successor = self._in_folder(newest.key_id)
            if successor is None:
                return False
            self._private = successor
        self.valid_from = newest.valid_from
        return True

    def _in_folder(self, key_id: str) -> Ed25519PrivateKey | None:
        if self._folder is None:
            return None
        # Whoever rotates, and others who follow, may be moving the files at this moment; so the first is tried again.
        for name in (CURRENT, NEXT, CURRENT):
            with contextlib.suppress(FileNotFoundError):
                private = _load(self._folder / name)
                if fingerprint(_raw(private)) == key_id:
                    if name == NEXT:
                        _move(self._folder / NEXT, self._folder / CURRENT)
                    return private
        return None

    async def rotate(self, conn: Connection, folder: Path, now: datetime) -> None:
        """Replace the key by a fresh one that it signs, in the database and in `folder`; it then is the fresh one.

        Other processes with this folder follow at their next seal; without it they cannot seal any more. The new key
        lies in `folder` before the database knows of it, so no crash can leave a key that nobody holds. `conn` must
        not be in a transaction. Raises KeyRetired when another key is the present one, and ValueError when `now` is
        not later than the start of the present key.
        """
        self._folder = folder
        await conn.execute("SELECT pg_advisory_lock($1)", _ONE_ROTATION)
        try:
            # Under the lock nobody else is between its two files, so one left over there is of a rotation cut short.
            if not await self.catch_up(conn):
                raise KeyRetired(self.key_id)
            if now <= self.valid_from:
                raise ValueError(f"the present key counts from {self.valid_from}, which is not before {now}")
            await self._hand_over(conn, folder, now)
        finally:
            await conn.execute("SELECT pg_advisory_unlock($1)", _ONE_ROTATION)

    async def _hand_over(self, conn: Connection, folder: Path, now: datetime) -> None:
        fresh = Ed25519PrivateKey.generate()
        (folder / NEXT).unlink(missing_ok=True)
        _write(folder / NEXT, fresh)
        unsigned = PublicKey(_raw(fresh), now)
        await conn.execute(
            """
            INSERT INTO signing_keys (key_id, ed25519, valid_from, signed_by, signature) VALUES ($1, $2, $3, $4, $5)
            """,
            unsigned.key_id,
            unsigned.ed25519,
            now,
            self.key_id,
            self.sign(chain.KEY_DOMAIN, unsigned.statement()),
        )
        _move(folder / NEXT, folder / CURRENT)
        self._private, self.valid_from = fresh, now


def fingerprint(ed25519: bytes) -> str:
    """SHA-256 of a public key's 32 bytes, 64 hex: the id of the key, and what people compare."""
    return sha256(ed25519).hexdigest()


def is_signed(ed25519: bytes, signature: bytes, domain: bytes, message: bytes) -> bool:
    """Whether `signature` is by the public key `ed25519` over `domain` followed by `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(ed25519).verify(signature, domain + message)
    except (InvalidSignature, ValueError):
        return False
    return True


async def public_keys(conn: Connection) -> list[PublicKey]:
    """All keys this portal ever signed with, each signed by the one before it, the current one last."""
    rows = await conn.fetch(
        """
        WITH RECURSIVE line AS (
            SELECT k.*, 1 AS position FROM signing_keys k WHERE signed_by IS NULL
            UNION ALL
            SELECT k.*, line.position + 1 FROM signing_keys k JOIN line ON k.signed_by = line.key_id
        )
        SELECT ed25519, valid_from, signed_by, signature FROM line ORDER BY position
        """
    )
    return [PublicKey(row["ed25519"], row["valid_from"], row["signed_by"], row["signature"]) for row in rows]


def broken_handover(keys: Sequence[PublicKey]) -> PublicKey | None:
    """The first key that the one before it did not sign, or that does not count from later than it."""
    for before, key in itertools.pairwise(keys):
        if (
            key.signed_by != before.key_id
            or key.signature is None
            or key.valid_from <= before.valid_from
            or not is_signed(before.ed25519, key.signature, chain.KEY_DOMAIN, key.statement())
        ):
            return key
    return None


def _raw(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _load(path: Path) -> Ed25519PrivateKey:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyUnusable(f"{path} can be read by others on this machine: chmod 600 it, and rotate the key.")
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise KeyUnusable(f"{path} is not a private key: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable(f"{path} is not an Ed25519 key.")
    return private


def _move(path: Path, to: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # another process was faster
        path.replace(to)


def _write(path: Path, private: Ed25519PrivateKey) -> None:
    """Appears whole or not at all, readable by its owner alone. Raises FileExistsError."""
    encoded = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mkstemp opens 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
