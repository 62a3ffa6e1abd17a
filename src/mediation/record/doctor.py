"""The operator's check: rebuild every chain and checkpoint of a case from its entries and report what is wrong.

It reads rows as they are and trusts none of the columns that merely repeat something (heads, lengths, numbers).
"""

import contextlib
import itertools
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg

from mediation.case import chain
from mediation.case.keeping import kept_as
from mediation.db import Connection
from mediation.record.keys import PublicKey, broken_handover, is_signed, public_keys
from mediation.record.log import CaseUnknown


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where ("entry 3 of talks", "checkpoint 2", …) and what, as the rest of a sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


async def doctor(conn: Connection, case_id: str) -> list[Finding]:
    """What is wrong with the record of a case, the first wrong thing of every chain; empty when nothing is.

    Reads one consistent snapshot, so it may run beside people at work. Raises CaseUnknown.
    """
    async with conn.transaction(isolation="repeatable_read", readonly=True):
        case = await conn.fetchrow("SELECT * FROM cases WHERE case_id = $1", UUID(case_id))
        if case is None:
            raise CaseUnknown(case_id)
        findings: list[Finding] = []
        keys = await public_keys(conn)
        if (broken := broken_handover(keys)) is not None:
            findings.append(Finding(f"signing key {broken.key_id[:16]}…", "was not handed over by the key before it"))
        erased = {
            row["room"]: _Erasure(row["length"], row["checkpoint_n"])
            for row in await conn.fetch("SELECT * FROM erasures WHERE case_id = $1", UUID(case_id))
        }
        told = await _told_erased(conn, case_id)
        rooms: dict[str, _Room] = {}
        for row in await conn.fetch("SELECT * FROM rooms WHERE case_id = $1 ORDER BY slot", UUID(case_id)):
            rooms[row["room"]] = room = await _rebuilt(conn, case_id, row, erased.get(row["room"]))
            findings += room.findings
        findings += [Finding(room, "was erased, and no paper tells of it") for room in erased if not told(room)]
        if missing := chain.SLOTS.keys() - rooms.keys():
            return [*findings, Finding(min(missing), "is missing")]
        findings += await _order_of_writing(conn, case_id)
        findings += await _checkpoints(conn, case, rooms, keys)
        return findings


@dataclass(frozen=True, slots=True)
class _Erasure:
    """What a room held when it was erased, and the last checkpoint of which its openings were destroyed."""

    length: int
    checkpoint: int


@dataclass(slots=True)
class _Room:
    """A room rebuilt from its entries as far as they are right: its heads, H_0 first."""

    slot: int
    heads: list[bytes]
    findings: list[Finding] = field(default_factory=list)
    erasure: _Erasure | None = None

    @property
    def is_sound(self) -> bool:
        return not self.findings


async def _told_erased(conn: Connection, case_id: str) -> Callable[[str], bool]:
    """Whether the papers tell that a room was erased: a paper says it of all rooms of a sort."""
    rows = await conn.fetch(
        "SELECT entry FROM entries WHERE case_id = $1 AND room = 'papers' AND entry IS NOT NULL", UUID(case_id)
    )
    told: set[str] = set()
    for row in rows:
        # A paper that cannot be read is found by its chain.
        with contextlib.suppress(ValueError, KeyError, TypeError):
            if b'"TalkErased"' in row["entry"] and (paper := json.loads(row["entry"]))["kind"] == "TalkErased":
                told.add(paper["body"]["what"])
    return lambda room: kept_as(room) in told


async def _rebuilt(conn: Connection, case_id: str, room: asyncpg.Record, erasure: _Erasure | None) -> _Room:
    """The room up to the first thing that is wrong with it."""
    name: str = room["room"]
    if not chain.is_room(name) or room["slot"] != chain.SLOTS.get(name, room["slot"]):
        return _Room(room["slot"], [], [Finding(name, f"is no room of a case, or slot {room['slot']} is not its own")])
    heads = [chain.genesis(case_id, name)]
    rebuilt = _Room(room["slot"], heads, erasure=erasure)
    async for row in _entries(conn, case_id, name):
        if (wrong := _out_of_line(row, case_id, name, heads)) is None and erasure is not None:
            is_left = row["entry"] is not None and row["seq"] <= erasure.length
            wrong = "still holds its text, though the room was erased" if is_left else None
        if wrong is not None:
            rebuilt.findings.append(Finding(f"entry {len(heads)} of {name}", wrong))
            return rebuilt
        heads.append(row["head"])
    if len(heads) - 1 != room["length"]:
        wrong = f"should hold {room['length']} entries and holds {len(heads) - 1}"
        rebuilt.findings.append(Finding(name, wrong))
    elif heads[-1] != room["head"]:
        rebuilt.findings.append(Finding(name, "has a head that its entries do not lead to"))
    return rebuilt


def _out_of_line(row: asyncpg.Record, case_id: str, room: str, heads: list[bytes]) -> str | None:
    """What keeps an entry from following `heads`."""
    seq = len(heads)
    if row["seq"] != seq:
        return f"is missing; entry {row['seq']} follows"
    if row["entry"] is not None:
        if chain.commitment(row["salt"], row["entry"]) != row["commitment"]:
            return "is not the text that was written: it does not match its commitment"
        if (wrong := _misfiled(row["entry"], case_id, room, seq)) is not None:
            return wrong
    if chain.link(seq, heads[-1], row["commitment"]) != row["head"]:
        return "does not follow the entry before it: the chain is broken here"
    return None


async def _entries(conn: Connection, case_id: str, room: str) -> AsyncIterator[asyncpg.Record]:
    # In order of seq by the primary key, a few hundred at a time, so that a long case fits in memory.
    async for row in conn.cursor(
        "SELECT * FROM entries WHERE case_id = $1 AND room = $2 ORDER BY seq", UUID(case_id), room, prefetch=500
    ):
        yield row


def _misfiled(entry: bytes, case_id: str, room: str, seq: int) -> str | None:
    try:
        value = json.loads(entry)
        canonical = chain.jcs(value)
    except (ValueError, RecursionError) as error:
        return f"is not an entry: {error}"
    if canonical != entry:
        return "is not in canonical form (RFC 8785)"
    if [value.get(k) for k in ("v", "case", "room", "seq")] != [1, case_id, room, seq]:
        return "belongs to another case, room or place"
    return None


async def _order_of_writing(conn: Connection, case_id: str) -> list[Finding]:
    """The order of writing across rooms must be dense, or replaying the case would differ from what was decided."""
    is_dense = await conn.fetchval(
        """
        SELECT count(DISTINCT place) = count(*) AND coalesce(max(place), 0) = count(*) FROM entries WHERE case_id = $1
        """,
        UUID(case_id),
    )
    return [] if is_dense else [Finding("the order of writing", "has gaps or repetitions")]


async def _checkpoints(  # noqa: PLR0911 - every return is one way to be wrong
    conn: Connection, case: asyncpg.Record, rooms: dict[str, "_Room"], keys: list[PublicKey]
) -> list[Finding]:
    """The first thing wrong in the line of checkpoints."""
    case_id: str = case["case_id"].hex
    previous, n = chain.NO_CHECKPOINT, 0
    sealed: dict[str, int] = dict.fromkeys(chain.SLOTS, 0)
    openings: dict[int, list[asyncpg.Record]] = {}
    for row in await conn.fetch("SELECT * FROM openings WHERE case_id = $1 ORDER BY n, slot", case["case_id"]):
        openings.setdefault(row["n"], []).append(row)
    for row in await conn.fetch("SELECT * FROM checkpoints WHERE case_id = $1 ORDER BY n", case["case_id"]):
        n += 1
        where = f"checkpoint {n}"
        if row["n"] != n:
            return [Finding(where, f"is missing; checkpoint {row['n']} follows")]
        body = _checkpoint_body(row["body"])
        if body is None or [body["case"], body["n"], body["prev"]] != [case_id, n, previous.hex()]:
            return [Finding(where, "is malformed, of another case, or does not follow the one before it")]
        if (wrong := _unsigned(row, chain.read_stamp(body["at"]), keys)) is not None:
            return [Finding(where, wrong)]
        if (wrong := _unopened(n, openings.get(n, []), body["slots"], rooms, sealed)) is not None:
            return [Finding(where, wrong)]
        previous = sha256(row["body"]).digest()
    if (case["checkpoint_n"], case["checkpoint_hash"]) != (n, previous):
        return [Finding("the case", f"should have {case['checkpoint_n']} checkpoints, and {n} lead to another hash")]
    if rooms["papers"].is_sound and sealed["papers"] != len(rooms["papers"].heads) - 1:
        return [Finding("papers", f"is sealed up to entry {sealed['papers']} only")]
    return []


def _checkpoint_body(encoded: bytes) -> dict[str, Any] | None:
    """K as an object, or None when the bytes are not what the format makes of their own content."""
    try:
        body = json.loads(encoded)
        again = chain.checkpoint_bytes(
            case_id=body["case"],
            n=body["n"],
            at=chain.read_stamp(body["at"]),
            previous=bytes.fromhex(body["prev"]),
            slots=[bytes.fromhex(slot) for slot in body["slots"]],
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return body if again == encoded else None


def _unsigned(row: asyncpg.Record, at: datetime, keys: list[PublicKey]) -> str | None:
    for key, later in itertools.zip_longest(keys, keys[1:]):
        if key.key_id != row["key_id"]:
            continue
        if not is_signed(key.ed25519, row["sig"], chain.CHECKPOINT_DOMAIN, row["body"]):
            break
        if at < key.valid_from or (later is not None and at > later.valid_from):
            return f"is dated {chain.stamp(at)}, when the key {key.key_id[:16]}… did not sign"
        return None
    return f"is not signed by the key {row['key_id'][:16]}… that it names"


def _unopened(  # noqa: PLR0911 - as above
    n: int, openings: list[asyncpg.Record], slots: list[str], rooms: dict[str, "_Room"], sealed: dict[str, int]
) -> str | None:
    """What is wrong with the openings of checkpoint `n`; `sealed`, the lengths sealed so far, moves along."""
    before = dict(sealed)
    destroyed = {name for name, room in rooms.items() if room.erasure is not None and n <= room.erasure.checkpoint}
    missing = before.keys() - destroyed - {opening["room"] for opening in openings}
    if missing:
        return f"has no opening for {min(missing)}"
    for opening in openings:
        name, length = opening["room"], opening["length"]
        room = rooms[name]
        if opening["slot"] != room.slot:
            return f"opens {name} in slot {opening['slot']} instead of {room.slot}"
        if length < before.get(name, 0):
            return f"seals {name} at {length} entries, fewer than the checkpoint before it"
        if length < len(room.heads):
            if chain.blinded_head(opening["r"], length, room.heads[length]).hex() != slots[room.slot]:
                return f"sealed another history of {name} than the entries tell"
        elif room.is_sound:
            return f"sealed {length} entries of {name}, of which {len(room.heads) - 1} are there"
        sealed[name] = length
    if sealed["papers"] == before["papers"]:
        return "was sealed without a new paper"
    return None
