"""Exhibits: files that a side has go out with a referral, each with bytes of its own among the papers.

They are copied when they are chosen. What was shown at the table is erased with the table, and whoever reads papers
alone must be able to open what goes out; the copy under a key of its own leads back to no room.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from mediation.case.commands import ChooseExhibit
from mediation.case.decide import decide
from mediation.case.refusals import OnlyWhatExistedBefore
from mediation.case.terms import JOINT, PAPERS, TALKS
from mediation.casework.handle import Casework
from mediation.db import Connection, Pool, reading_as
from mediation.evidence import problems
from mediation.evidence.files import File, find
from mediation.evidence.names import cleaned
from mediation.evidence.uploads import Uploads
from mediation.evidence.wire import ChooseFile, Filed
from mediation.identity.guards import Seat
from mediation.record.log import Entry
from mediation.storage import NoSuchPart, Storage

_COPYING: Final = timedelta(seconds=60)
_LEFT_OVER: Final = timedelta(minutes=15)
"""After this long a copy whose entry was never written is nobody's."""


class Exhibits:
    """Copies what is chosen, and enters it."""

    def __init__(self, casework: Casework, readers: Pool, storage: Storage, uploads: Uploads) -> None:
        """`readers` is a pool of `db.READER`; `uploads` knows how much may lie in a room."""
        self._casework = casework
        self._pool = casework.pool
        self._readers = readers
        self._storage = storage
        self._uploads = uploads

    async def choose(self, seat: Seat, wanted: ChooseFile, now: datetime) -> Filed:
        """Have a file go out. Raises what the rules say against it, before a byte is copied."""
        file = await find(self._readers, seat, wanted.file)
        command = _command(wanted, file)
        earlier = await self._casework.answered(seat, command)
        if earlier is not None:
            return Filed(command_id=wanted.command_id, written=earlier.written, file=wanted.command_id)
        async with reading_as(self._readers, seat.case_id, seat.participant_id) as conn:
            known = await self._casework.known(conn, seat.case_id, seat.participant_id)
        decide(known, command, seat.participant_id, now)
        key = secrets.token_hex(16)
        async with self._pool.acquire() as conn:
            # Noted as to be erased until its entry is there, so that a crash leaves nothing behind.
            await conn.execute("INSERT INTO bytes_to_erase (key, not_before) VALUES ($1, $2)", key, now + _LEFT_OVER)
        parts = await self._copy(file, key)

        async def keep(conn: Connection, entries: Sequence[Entry]) -> None:
            await self._uploads.refuse_what_does_not_fit(conn, seat, PAPERS, file.size)
            await _keep(conn, seat, command, file, key, parts, entries[0].seq)

        answer = await self._casework.handle(seat, command, now, also=keep)
        return Filed(command_id=wanted.command_id, written=answer.written, file=wanted.command_id)

    async def _copy(self, file: File, key: str) -> list[str]:
        """The parts under their new key. Raises `file_unknown` when it is gone, or is not what its entry says."""
        reckoned = hashlib.sha256()
        parts: list[str] = []
        try:
            async with asyncio.timeout(_COPYING.total_seconds()):
                async for piece in self._storage.stream(file.key, file.parts):
                    reckoned.update(piece)
                    parts.append(f"{len(parts):06d}-{hashlib.sha256(key.encode() + piece).hexdigest()[:32]}")
                    await self._storage.put(key, parts[-1], piece)
        except (NoSuchPart, TimeoutError):
            reckoned = hashlib.sha256()
        if reckoned.hexdigest() != file.sha256:
            raise problems.file_unknown()
        await self._storage.settle(key)
        return parts


def _command(wanted: ChooseFile, file: File) -> ChooseExhibit:
    room: Literal["talks", "joint"]
    if file.room == TALKS:
        room = "talks"
    elif file.room == JOINT:
        room = "joint"
    else:
        raise OnlyWhatExistedBefore
    return ChooseExhibit(
        command_id=wanted.command_id,
        referral=wanted.referral,
        room=room,
        file=wanted.file,
        name=cleaned(wanted.name),
    )


async def _keep(
    conn: Connection, seat: Seat, command: ChooseExhibit, file: File, key: str, parts: list[str], seq: int
) -> None:
    if await conn.fetchval("DELETE FROM bytes_to_erase WHERE key = $1 RETURNING 1", key) is None:
        raise problems.file_unknown()
    await conn.execute(
        """
        INSERT INTO files (case_id, file_id, room, seq, name, media_type, size, sha256, key, parts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        UUID(seat.case_id),
        UUID(command.command_id),
        PAPERS,
        seq,
        command.name,
        file.media_type,
        file.size,
        bytes.fromhex(file.sha256),
        key,
        parts,
    )
