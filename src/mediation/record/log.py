"""The log of a case: what was said in each room, in order, append-only.

One transaction is the caller's: `lock`, then `read` as needed, then `append`, then commit. Heads are read under the
lock and advanced in place by `append`, so a transaction that fails must throw its `Heads` away.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from mediation.case import chain
from mediation.db import Connection
from mediation.record.keys import Keyring
from mediation.record.seal import seal

Attachment = chain.Attachment


class CaseUnknown(LookupError):  # noqa: N818 - reads as the sentence it is
    """There is no case of this id."""


class CaseAlreadyOpen(ValueError):  # noqa: N818
    """A case of this id exists."""


class NoRoomLeft(ValueError):  # noqa: N818
    """The case has used all its slots: seven named rooms and nine private ones."""


class PapersStay(ValueError):  # noqa: N818
    """Papers are never erased, and direct talks never as a whole."""


class NotShown(LookupError):  # noqa: N818
    """Entries that should be there are not, or PostgreSQL does not show them to whom they are read for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written; its number, salt and place in the chain come from `append`."""

    room: str
    actor: str
    kind: str
    body: Mapping[str, object]
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was written. `seq` counts from 1 within its room."""

    room: str
    seq: int
    at: datetime
    actor: str
    kind: str
    body: dict[str, Any]
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """The place of an entry whose text is gone for good."""

    room: str
    seq: int


class Stretch(NamedTuple):
    """The entries of a room from number `first` to number `last`; none when `last` is smaller."""

    first: int
    last: int


@dataclass(slots=True)
class Head:
    """A room's slot in every checkpoint, how many entries it holds, and the chain's value after the last of them."""

    slot: int
    length: int
    digest: bytes


@dataclass(slots=True)
class Heads:
    """Where every room of a case stands, and the last checkpoint (`checkpoint` 0: none yet)."""

    case_id: str
    rooms: dict[str, Head] = field(default_factory=dict)
    checkpoint: int = 0
    checkpoint_hash: bytes = chain.NO_CHECKPOINT
    checkpoint_at: datetime | None = None

    def lengths(self) -> dict[str, int]:
        """How many entries each room holds; rooms in which nothing was said are 0."""
        return {room: head.length for room, head in self.rooms.items()}


async def open_case(conn: Connection, case_id: str, at: datetime) -> Heads:
    """Open the record of a new case, all seven named rooms empty. The case is locked until the transaction ends.

    The rooms exist from the start so that checkpoint 1 already proves that nothing was said in them.
    Raises CaseAlreadyOpen.
    """
    heads = Heads(case_id, {r: Head(slot, 0, chain.genesis(case_id, r)) for r, slot in chain.SLOTS.items()})
    try:
        await conn.execute("INSERT INTO cases (case_id, opened_at) VALUES ($1, $2)", UUID(case_id), at)
    except asyncpg.UniqueViolationError as error:
        raise CaseAlreadyOpen(case_id) from error
    await _insert_rooms(conn, heads, heads.rooms)
    return heads


async def lock(conn: Connection, case_id: str) -> Heads:
    """Wait for the case, hold it until the transaction ends, and tell where its rooms stand. Raises CaseUnknown."""
    rows = await conn.fetch("SELECT * FROM lock_case($1)", UUID(case_id))
    if not rows:
        raise CaseUnknown(case_id)
    return Heads(
        case_id,
        {row["room"]: Head(row["slot"], row["length"], row["head"]) for row in rows},
        rows[0]["checkpoint_n"],
        rows[0]["checkpoint_hash"],
        rows[0]["checkpoint_at"],
    )


async def append(
    conn: Connection, case_id: str, heads: Heads, at: datetime, drafts: Sequence[Draft], keyring: Keyring
) -> list[Entry]:
    """Write `drafts` in order and tell what was written; `heads` (from `lock`) moves along.

    A first entry in a private room gives that room its slot. If any draft is a paper, one checkpoint over all rooms
    is sealed with `keyring` (§4: that and nothing else seals). Raises NoRoomLeft, chain.NotRecordable, and
    keys.KeyRetired when another process has rotated the key meanwhile.
    """
    if not drafts:
        return []
    await _open_private_rooms(conn, heads, (draft.room for draft in drafts))
    written: list[Entry] = []
    rows: list[tuple[str, int, int, bytes, bytes, bytes, bytes]] = []
    place = sum(heads.lengths().values())
    for draft in drafts:
        head = heads.rooms[draft.room]
        place, seq, salt = place + 1, head.length + 1, secrets.token_bytes(32)
        encoded = chain.entry_bytes(
            case_id=case_id,
            room=draft.room,
            seq=seq,
            at=at,
            actor=draft.actor,
            kind=draft.kind,
            body=draft.body,
            attachments=draft.attachments,
        )
        committed = chain.commitment(salt, encoded)
        head.length, head.digest = seq, chain.link(seq, head.digest, committed)
        rows.append((draft.room, seq, place, encoded, salt, committed, head.digest))
        written.append(parse(encoded))
    touched = {draft.room: heads.rooms[draft.room] for draft in drafts}
    await conn.execute(
        """
        WITH written AS (
            INSERT INTO entries (case_id, room, seq, place, entry, salt, commitment, head)
            SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bytea[], $6::bytea[], $7::bytea[],
                                     $8::bytea[])
        )
        UPDATE rooms SET length = reached.length, head = reached.head
        FROM unnest($9::text[], $10::bigint[], $11::bytea[]) AS reached (room, length, head)
        WHERE rooms.case_id = $1 AND rooms.room = reached.room
        """,
        UUID(case_id),
        *zip(*rows, strict=True),
        list(touched),
        [head.length for head in touched.values()],
        [head.digest for head in touched.values()],
    )
    if "papers" in touched:
        sealed = await seal(
            conn,
            case_id,
            n=heads.checkpoint + 1,
            at=at if heads.checkpoint_at is None else max(at, heads.checkpoint_at),
            previous=heads.checkpoint_hash,
            rooms={room: (head.slot, head.length, head.digest) for room, head in heads.rooms.items()},
            keyring=keyring,
        )
        heads.checkpoint, heads.checkpoint_hash, heads.checkpoint_at = sealed.n, sealed.digest, sealed.at
    return written


async def read(
    conn: Connection, case_id: str, room: str, after: int = 0, limit: int | None = None
) -> list[Entry | Erased]:
    """The entries of one room with `seq` greater than `after`, in order, at most `limit` of them."""
    rows = await conn.fetch(
        "SELECT room, seq, entry FROM entries WHERE case_id = $1 AND room = $2 AND seq > $3 ORDER BY seq LIMIT $4",
        UUID(case_id),
        room,
        after,
        limit,
    )
    return [_read(row) for row in rows]


async def read_rooms(
    conn: Connection, case_id: str, stretches: Mapping[str, Stretch]
) -> dict[str, list[Entry | Erased]]:
    """These stretches of these rooms, in order. Raises `NotShown` unless every entry of them is there.

    Read as a person, PostgreSQL leaves out what is not theirs; what is folded or counted must not have such holes.
    """
    rows = await conn.fetch(
        """
        SELECT e.room, e.seq, e.entry
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS wanted (room, first, last)
        JOIN entries e ON e.case_id = $1 AND e.room = wanted.room AND e.seq >= wanted.first AND e.seq <= wanted.last
        ORDER BY e.room, e.seq
        """,
        UUID(case_id),
        list(stretches),
        [stretch.first for stretch in stretches.values()],
        [stretch.last for stretch in stretches.values()],
    )
    found: dict[str, list[Entry | Erased]] = {room: [] for room in stretches}
    for row in rows:
        found[row["room"]].append(_read(row))
    for room, (first, last) in stretches.items():
        if [entry.seq for entry in found[room]] != list(range(first, last + 1)):
            raise NotShown(room)
    return found


async def provable_to(conn: Connection, case_id: str, participant: str) -> list[str]:
    """The rooms that this participant can prove: those that may be produced, and that they still read all of.

    Openings tell how long a room was at every checkpoint, so who reads a part of it gets it as words alone.
    """
    rows = await conn.fetch(
        """
        SELECT room FROM memberships
        WHERE case_id = $1 AND participant_id = $2 AND from_seq = 1 AND until_seq IS NULL
        """,
        UUID(case_id),
        UUID(participant),
    )
    whole = {row["room"] for row in rows}
    return [room for room in chain.PROVABLE if room in whole]


async def lengths(conn: Connection, case_id: str) -> dict[str, int]:
    """How many entries each room of the case holds, without locking it; empty for an unknown case."""
    rows = await conn.fetch("SELECT room, length FROM rooms WHERE case_id = $1", UUID(case_id))
    return {row["room"]: row["length"] for row in rows}


async def erase(conn: Connection, case_id: str, room: str, seq: int) -> bool:
    """Delete an entry's text and salt for good; its commitment stays and the chain still verifies.

    Tells whether there is such an entry; erasing twice is no error. Raises PapersStay for a paper.
    """
    if room == "papers":
        raise PapersStay(f"entry {seq} of papers")
    return bool(await conn.fetchval("SELECT erase_entry($1, $2, $3)", UUID(case_id), room, seq))


async def erase_room(conn: Connection, case_id: str, room: str, at: datetime) -> bool:
    """Erase a room whole: every entry's text and salt, its openings, the documents on its table, the traces in answers.

    The commitments stay and the chain still verifies. What is written there later is erased by calling it again.
    Tells whether there is such a room. Raises PapersStay for papers and for direct talks.
    """
    if room in chain.PROVABLE:
        raise PapersStay(room)
    return bool(await conn.fetchval("SELECT erase_room($1, $2, $3)", UUID(case_id), room, at))


def parse(encoded: bytes) -> Entry:
    """The entry that `chain.entry_bytes` encoded."""
    e = _DECODER.decode(encoded)
    attachments = tuple(Attachment(a.sha256, a.len, a.name) for a in e.att)
    return Entry(e.room, e.seq, e.at, e.actor, e.kind, e.body, attachments)


class _WrittenAttachment(msgspec.Struct):
    sha256: str
    len: int
    name: str


class _Written(msgspec.Struct):
    room: str
    seq: int
    at: datetime
    actor: str
    kind: str
    body: dict[str, Any]
    att: list[_WrittenAttachment]


_DECODER = msgspec.json.Decoder(_Written)


def _read(row: "asyncpg.Record") -> Entry | Erased:
    return Erased(row["room"], row["seq"]) if row["entry"] is None else parse(row["entry"])


async def _open_private_rooms(conn: Connection, heads: Heads, rooms: Iterable[str]) -> None:
    opened: dict[str, Head] = {}
    for room in rooms:
        if room in heads.rooms:
            continue
        taken = {head.slot for head in heads.rooms.values()}
        slot = next((slot for slot in chain.PRIVATE_SLOTS if slot not in taken), None)
        if slot is None:
            raise NoRoomLeft(heads.case_id)
        heads.rooms[room] = opened[room] = Head(slot, 0, chain.genesis(heads.case_id, room))
    if opened:
        await _insert_rooms(conn, heads, opened)


async def _insert_rooms(conn: Connection, heads: Heads, rooms: Mapping[str, Head]) -> None:
    await conn.execute(
        """
        INSERT INTO rooms (case_id, room, slot, length, head)
        SELECT $1, * FROM unnest($2::text[], $3::smallint[], $4::bigint[], $5::bytea[])
        """,
        UUID(heads.case_id),
        list(rooms),
        [head.slot for head in rooms.values()],
        [head.length for head in rooms.values()],
        [head.digest for head in rooms.values()],
    )
