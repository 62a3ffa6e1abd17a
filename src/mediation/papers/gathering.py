"""Reads what the papers for a lawyer are made of: what one participant may take away, and nothing else."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from mediation.case import chain
from mediation.case.state import Papers
from mediation.db import Connection
from mediation.papers.content import Seals
from mediation.papers.dossier import Dossier, Exhibit, Head
from mediation.record import log


async def dossier_of(
    conn: Connection, case_id: str, participant_id: str, papers: Papers, host: str, address: str
) -> Dossier:
    """What this participant may produce, and, apart, which files of other rooms they read.

    Decided by memberships alone, as in the bundle (`log.provable_to`): `conn` may see more, when an operator asks.
    """
    provable = await log.provable_to(conn, case_id, participant_id)
    files = await _files(conn, case_id, participant_id)
    return Dossier(
        case_id=case_id,
        papers=papers,
        rooms={room: await log.read(conn, case_id, room) for room in provable},
        heads=await _heads(conn, case_id, provable),
        seals=await _newest_seal(conn, case_id),
        host=host,
        address=address,
        exhibits=[one for one in files if one.room in provable],
        confidential=[one for one in files if one.room not in provable],
    )


async def _files(conn: Connection, case_id: str, participant_id: str) -> list[Exhibit]:
    """The files of the entries that the participant takes away, in their order; withdrawn ones are gone."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT e.room, e.seq, e.entry
        FROM memberships m
        JOIN files f ON f.case_id = m.case_id AND f.room = m.room
            AND f.seq BETWEEN m.from_seq AND coalesce(m.until_seq, f.seq)
        JOIN entries e ON e.case_id = f.case_id AND e.room = f.room AND e.seq = f.seq AND e.entry IS NOT NULL
        WHERE m.case_id = $1 AND m.participant_id = $2
        ORDER BY e.room, e.seq
        """,
        UUID(case_id),
        UUID(participant_id),
    )
    return sorted(map(_exhibit, map(log.parse, (row["entry"] for row in rows))), key=lambda one: (one.at, one.room))


def _exhibit(entry: log.Entry) -> Exhibit:
    body = entry.body
    return Exhibit(
        room=entry.room,
        seq=entry.seq,
        at=entry.at,
        by=entry.actor,
        name=body["name"],
        size=body["size"],
        sha256=body["sha256"],
        origin=body["origin"],
    )


async def _heads(conn: Connection, case_id: str, rooms: Sequence[str]) -> dict[str, Head]:
    found: dict[str, Head] = {}
    for room in rooms:
        rows = await conn.fetch(
            "SELECT commitment FROM entries WHERE case_id = $1 AND room = $2 ORDER BY seq", UUID(case_id), room
        )
        found[room] = Head(len(rows), chain.head_of(case_id, room, (row["commitment"] for row in rows)).hex())
    return found


async def _newest_seal(conn: Connection, case_id: str) -> Seals:
    row = await conn.fetchrow(
        "SELECT n, body, key_id FROM checkpoints WHERE case_id = $1 ORDER BY n DESC LIMIT 1", UUID(case_id)
    )
    if row is None:
        raise LookupError(f"case {case_id} has no checkpoint")
    return Seals(
        checkpoint=row["n"],
        checkpoint_sha256=sha256(row["body"]).hexdigest(),
        checkpoint_at=datetime.fromisoformat(msgspec.json.decode(row["body"])["at"]),
        record_key=row["key_id"],
        seal_key="",
    )
