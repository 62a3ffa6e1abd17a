"""Sealing: a signed checkpoint over all rooms of a case, each room's head hidden in its slot."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from mediation.case import chain
from mediation.db import Connection
from mediation.record.keys import KeyRetired, Keyring


@dataclass(frozen=True, slots=True)
class Opening:
    """What unblinds one room's slot in one checkpoint."""

    room: str
    slot: int
    r: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A sealed checkpoint: `body` is K of the format, `sig` its signature by the key `key_id`."""

    n: int
    at: datetime
    body: bytes
    sig: bytes
    key_id: str
    openings: tuple[Opening, ...]

    @property
    def digest(self) -> bytes:
        """SHA-256 of K: what the next checkpoint refers to, and what is printed and mailed."""
        return sha256(self.body).digest()


def checkpoint(
    case_id: str,
    *,
    n: int,
    at: datetime,
    previous: bytes,
    rooms: Mapping[str, tuple[int, int, bytes]],
    keyring: Keyring,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Checkpoint:
    """Checkpoint `n` over `rooms` (slot, length and head of each), signed; unused slots hold `random(32)`.

    A key signs nothing dated before itself, so a clock that was set back cannot make a checkpoint that no verifier
    would accept.
    """
    at = max(at, keyring.valid_from)
    slots = [random(32) for _ in range(chain.SLOT_COUNT)]
    openings = []
    for room, (slot, length, head) in sorted(rooms.items(), key=lambda item: item[1][0]):
        opening = Opening(room, slot, random(32), length)
        slots[slot] = chain.blinded_head(opening.r, length, head)
        openings.append(opening)
    body = chain.checkpoint_bytes(case_id=case_id, n=n, at=at, previous=previous, slots=slots)
    signature = keyring.sign(chain.CHECKPOINT_DOMAIN, body)
    return Checkpoint(n, at, body, signature, keyring.key_id, tuple(openings))


async def seal(
    conn: Connection,
    case_id: str,
    *,
    n: int,
    at: datetime,
    previous: bytes,
    rooms: Mapping[str, tuple[int, int, bytes]],
    keyring: Keyring,
) -> Checkpoint:
    """Make checkpoint `n` and store it with its openings, under the caller's lock.

    If another process has rotated the key meanwhile, `keyring` follows it. Raises KeyRetired when it cannot.
    """
    sealed = checkpoint(case_id, n=n, at=at, previous=previous, rooms=rooms, keyring=keyring)
    if await _stored(conn, case_id, sealed):
        return sealed
    if await keyring.catch_up(conn):
        sealed = checkpoint(case_id, n=n, at=at, previous=previous, rooms=rooms, keyring=keyring)
        if await _stored(conn, case_id, sealed):
            return sealed
    raise KeyRetired(keyring.key_id)


async def _stored(conn: Connection, case_id: str, sealed: Checkpoint) -> bool:
    """Store a checkpoint, unless its key has a successor: verifiers would not accept it any more."""
    stored = await conn.fetchval(
        """
        WITH sealed AS (
            INSERT INTO checkpoints (case_id, n, body, sig, key_id)
            SELECT $1, $2::bigint, $3, $4, $5::text
            WHERE NOT EXISTS (SELECT FROM signing_keys WHERE signed_by = $5::text)
            RETURNING n
        ), opened AS (
            INSERT INTO openings (case_id, n, slot, room, r, length)
            SELECT $1, sealed.n, o.slot, o.room, o.r, o.length
            FROM sealed, unnest($6::smallint[], $7::text[], $8::bytea[], $9::bigint[]) AS o (slot, room, r, length)
        )
        UPDATE cases SET checkpoint_n = sealed.n, checkpoint_hash = $10, checkpoint_at = $11
        FROM sealed WHERE case_id = $1
        RETURNING checkpoint_n
        """,
        UUID(case_id),
        sealed.n,
        sealed.body,
        sealed.sig,
        sealed.key_id,
        [opening.slot for opening in sealed.openings],
        [opening.room for opening in sealed.openings],
        [opening.r for opening in sealed.openings],
        [opening.length for opening in sealed.openings],
        sealed.digest,
        sealed.at,
    )
    return stored is not None
