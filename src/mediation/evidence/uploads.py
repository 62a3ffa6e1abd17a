"""Files on their way: begun, taken in piece by piece across cuts, and made files of their room once they are whole.

What has arrived lies in the store from the first piece on, each piece a part of its own, so that finishing copies
nothing. A part is named by its place and a hash of its content under the file's random key: what has been checked can
not be replaced by a piece that arrives late, and equal pieces of two files do not share a name.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record

from mediation.case.commands import AddFile
from mediation.case.decide import decide
from mediation.casework.handle import Casework, Place
from mediation.db import Connection, Pool, reading_as
from mediation.evidence import problems
from mediation.evidence.names import SNIFFED, cleaned, media_type_of
from mediation.evidence.wire import PIECE, BeginUpload, Filed, FinishUpload, Progress, Upload
from mediation.identity.guards import Seat
from mediation.problems import Problem
from mediation.record.log import Entry
from mediation.settings import Settings
from mediation.storage import NoSuchPart, Storage

KEPT: Final = timedelta(days=1)
"""How long an upload may take from its first word to its last piece."""
_IDLE: Final = timedelta(minutes=15)  # an upload that nobody goes on with gives way to a new one
_CHECKING: Final = timedelta(seconds=60)
_NO_HASH: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What files may come to. Sizes in bytes."""

    file: int
    room: int
    files: int
    uploads: int


def limits_of(settings: Settings) -> Limits:
    """What the operator allows."""
    return Limits(
        file=settings.file_mib << 20,
        room=settings.room_mib << 20,
        files=settings.room_files,
        uploads=settings.uploads,
    )


class Uploads:
    """Every upload of this portal: what is under way lies in the database, so any process takes the next piece."""

    def __init__(self, casework: Casework, readers: Pool, storage: Storage, limits: Limits) -> None:
        """`readers` is a pool of `db.READER`."""
        self._pool = casework.pool
        self._readers = readers
        self._casework = casework
        self._storage = storage
        self._limits = limits

    async def begin(self, seat: Seat, wanted: BeginUpload, now: datetime) -> Upload:
        """Make room for a file. Refuses as the case would refuse the file itself, and when it would not fit."""
        if wanted.size > self._limits.file:
            raise problems.file_too_large(self._limits.file >> 20)
        upload_id, name = _named("upload", seat, wanted.command_id), cleaned(wanted.name)
        # Whoever may not speak there learns it before sending 25 MiB.
        trial = AddFile(
            command_id=upload_id,
            room=wanted.room,
            name=name,
            media_type="",
            size=wanted.size,
            sha256=_NO_HASH,
            origin=wanted.origin,
        )
        async with reading_as(self._readers, seat.case_id, seat.participant_id) as conn:
            known = await self._casework.known(conn, seat.case_id, seat.participant_id)
        decide(known, trial, seat.participant_id, now)
        async with self._pool.acquire() as conn, conn.transaction():
            await _hold_seat(conn, seat)
            found = await _find(conn, seat, upload_id)
            if found is not None:
                return _same(found, wanted, name)
            await self._make_way(conn, seat, now)
            await self.refuse_what_does_not_fit(conn, seat, wanted.room, wanted.size)
            await conn.execute(
                """
                INSERT INTO uploads (case_id, upload_id, participant_id, room, name, origin, size, key, touched_at,
                                     expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                UUID(seat.case_id),
                UUID(upload_id),
                UUID(seat.participant_id),
                wanted.room,
                name,
                wanted.origin,
                wanted.size,
                secrets.token_hex(16),
                now,
                now + KEPT,
            )
        return Upload(upload=upload_id, received=0, piece=PIECE)

    async def progress(self, conn: Connection, seat: Seat, upload_id: str) -> Progress:
        """How far one's own upload has come; `conn` may be that of a reader."""
        row = await _find(conn, seat, upload_id)
        if row is None:
            raise problems.upload_unknown()
        return Progress(received=row["received"], size=row["size"])

    async def take(self, seat: Seat, upload_id: str, offset: int, content: bytes, now: datetime) -> int:
        """Keep the piece at `offset` and tell how far the upload has come. The same piece again changes nothing."""
        async with self._pool.acquire() as conn:
            row = await _find(conn, seat, upload_id)
        if row is None:
            raise problems.upload_unknown()
        if offset % PIECE or offset > row["received"] or offset >= row["size"]:
            raise problems.upload_out_of_step()
        expected = min(PIECE, row["size"] - offset)
        if len(content) != expected:
            raise problems.piece_does_not_fit(expected)
        received: int = row["received"]
        index, key = offset // PIECE, row["key"]
        part = f"{index:06d}-{hashlib.sha256(key.encode() + content).hexdigest()[:32]}"
        if offset < received:
            if row["parts"][index] != part:
                raise problems.upload_out_of_step()
            return received
        await self._storage.put(key, part, content)
        async with self._pool.acquire() as conn:
            reached: int | None = await conn.fetchval(
                """
                UPDATE uploads SET received = received + $5, parts = parts || $6::text, touched_at = $7
                WHERE case_id = $1 AND upload_id = $2 AND participant_id = $3 AND received = $4 RETURNING received
                """,
                UUID(seat.case_id),
                UUID(upload_id),
                UUID(seat.participant_id),
                offset,
                expected,
                part,
                now,
            )
            if reached is not None:
                return reached
            kept = await _parts_of(conn, key)
        # Another connection was faster: with the same piece, then ours is that one; or with another one.
        if len(kept) > index and kept[index] == part:
            size: int = row["size"]
            return min(size, len(kept) * PIECE)
        await self._storage.drop(key, part)
        raise problems.upload_out_of_step()

    async def drop(self, seat: Seat, upload_id: str) -> None:
        """Give an upload up. One that is not under way is no error: it is what was asked for."""
        async with self._pool.acquire() as conn:
            row = await _find(conn, seat, upload_id)
            if row is not None:
                await self._discard(conn, seat, row["upload_id"].hex)

    async def finish(self, seat: Seat, wanted: FinishUpload, now: datetime) -> Filed:
        """Check that what arrived is what was sent, and enter it in its room: entry and file in one transaction."""
        file_id = _named("file", seat, wanted.command_id, wanted.upload, wanted.sha256)
        async with self._pool.acquire() as conn:
            # In this order: an upload that another request has just finished is missing here, and answered there.
            row = await _find(conn, seat, wanted.upload)
            written = await _earlier_answer(conn, seat, file_id)
        if written is not None:
            return Filed(command_id=wanted.command_id, written=written, file=file_id)
        if row is None:
            raise problems.upload_unknown()
        if row["received"] < row["size"]:
            raise problems.upload_incomplete()
        media_type = await self._check(seat, row, wanted)
        command = AddFile(
            command_id=file_id,
            room=row["room"],
            name=row["name"],
            media_type=media_type,
            size=row["size"],
            sha256=wanted.sha256,
            origin=row["origin"],
        )

        async def keep(conn: Connection, entries: Sequence[Entry]) -> None:
            await self._keep(conn, seat, wanted.upload, command, entries[0].seq)

        answer = await self._casework.handle(seat, command, now, also=keep)
        return Filed(command_id=wanted.command_id, written=answer.written, file=file_id)

    async def _check(self, seat: Seat, row: Record, wanted: FinishUpload) -> str:
        """Read everything once: raises when it is not what was sent, and tells the media type when it is."""
        reckoned, first = hashlib.sha256(), b""
        try:
            async with asyncio.timeout(_CHECKING.total_seconds()):
                async for piece in self._storage.stream(row["key"], row["parts"]):
                    reckoned.update(piece)
                    first = first or piece[:SNIFFED]
        except NoSuchPart:
            reckoned = hashlib.sha256()
        if reckoned.hexdigest() != wanted.sha256:
            async with self._pool.acquire() as conn:
                await self._discard(conn, seat, wanted.upload)
            raise problems.hash_differs()
        await self._storage.settle(row["key"])
        return media_type_of(first)

    async def _keep(self, conn: Connection, seat: Seat, upload_id: str, command: AddFile, seq: int) -> None:
        """The file's row in place of the upload's, under the lock of the case. Raises when it is gone or cannot fit."""
        await self.refuse_what_does_not_fit(conn, seat, command.room, command.size)
        kept = await conn.fetchval(
            """
            WITH arrived AS (
                DELETE FROM uploads WHERE case_id = $1 AND upload_id = $2 AND participant_id = $3 RETURNING *
            )
            INSERT INTO files (case_id, file_id, room, seq, name, media_type, size, sha256, key, parts)
            SELECT case_id, $4, room, $5, name, $6, size, $7, key, parts FROM arrived RETURNING 1
            """,
            UUID(seat.case_id),
            UUID(upload_id),
            UUID(seat.participant_id),
            UUID(command.command_id),
            seq,
            command.media_type,
            bytes.fromhex(command.sha256),
        )
        if kept is None:
            raise problems.upload_unknown()

    async def refuse_what_does_not_fit(self, conn: Connection, seat: Seat, room: str, size: int) -> None:
        """Each side has a share of its own in every room (the mediator is a side here).

        So a full room tells nothing about another, and nobody can fill one to keep the other side from showing a
        file: what was sent in direct talks is there to stay.
        """
        held = await conn.fetchrow(
            """
            SELECT count(*) AS files, coalesce(sum(f.size), 0)::bigint AS size
            FROM files f JOIN entries e USING (case_id, room, seq)
            JOIN seats s ON s.case_id = f.case_id
                AND s.participant_id = (convert_from(e.entry, 'UTF8')::json ->> 'actor')::uuid
            WHERE f.case_id = $1 AND f.room = $2 AND s.party IS NOT DISTINCT FROM $3
            """,
            UUID(seat.case_id),
            room,
            seat.party,
        )
        if held is not None and (held["files"] >= self._limits.files or held["size"] + size > self._limits.room):
            raise problems.room_is_full()

    async def _make_way(self, conn: Connection, seat: Seat, now: datetime) -> None:
        """Refuse one upload too many, unless others lie idle: a page that was closed never says that it gave up."""
        rows = await conn.fetch(
            "SELECT upload_id, touched_at FROM uploads WHERE case_id = $1 AND participant_id = $2 ORDER BY touched_at",
            UUID(seat.case_id),
            UUID(seat.participant_id),
        )
        for row in rows[: max(0, len(rows) - self._limits.uploads + 1)]:
            if row["touched_at"] > now - _IDLE:
                raise problems.too_many_uploads()
            await self._discard(conn, seat, row["upload_id"].hex)

    @staticmethod
    async def _discard(conn: Connection, seat: Seat, upload_id: str) -> None:
        await conn.execute(
            """
            WITH gone AS (
                DELETE FROM uploads WHERE case_id = $1 AND upload_id = $2 AND participant_id = $3 RETURNING key
            )
            INSERT INTO bytes_to_erase (key) SELECT key FROM gone
            """,
            UUID(seat.case_id),
            UUID(upload_id),
            UUID(seat.participant_id),
        )


def _named(what: str, seat: Seat, *parts: str) -> str:
    """An id that one person's command leads to, and nobody else's: made of both, it collides with none elsewhere."""
    words = " ".join((what, seat.case_id, seat.participant_id, *parts))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _same(found: Record, wanted: BeginUpload, name: str) -> Upload:
    if (found["room"], found["name"], found["size"], found["origin"]) != (
        wanted.room,
        name,
        wanted.size,
        wanted.origin,
    ):
        raise Problem(
            409,
            "command-id-reused",
            "Something else was sent under this id before.",
            "Send it again with a fresh command_id.",
        )
    return Upload(upload=found["upload_id"].hex, received=found["received"], piece=PIECE)


async def _hold_seat(conn: Connection, seat: Seat) -> None:
    """One beginning at a time for each person, or two at once would both be the third."""
    await conn.execute(
        "SELECT FROM seats WHERE case_id = $1 AND participant_id = $2 FOR NO KEY UPDATE",
        UUID(seat.case_id),
        UUID(seat.participant_id),
    )


async def _find(conn: Connection, seat: Seat, upload_id: str) -> Record | None:
    try:
        wanted = UUID(hex=upload_id)
    except ValueError:
        return None
    row: Record | None = await conn.fetchrow(
        """
        SELECT upload_id, room, name, origin, size, received, key, parts FROM uploads
        WHERE case_id = $1 AND upload_id = $2 AND participant_id = $3
        """,
        UUID(seat.case_id),
        wanted,
        UUID(seat.participant_id),
    )
    return row


async def _parts_of(conn: Connection, key: str) -> list[str]:
    """What is kept under a key by whatever holds it now, read at one moment: an upload, or the file it became."""
    parts: list[str] | None = await conn.fetchval(
        "SELECT parts FROM uploads WHERE key = $1 UNION ALL SELECT parts FROM files WHERE key = $1", key
    )
    return parts or []


async def _earlier_answer(conn: Connection, seat: Seat, command_id: str) -> list[Place] | None:
    row = await conn.fetchrow(
        "SELECT written_rooms, written_seqs FROM commands "
        "WHERE case_id = $1 AND participant_id = $2 AND command_id = $3",
        UUID(seat.case_id),
        UUID(seat.participant_id),
        UUID(command_id),
    )
    if row is None:
        return None
    return [Place(room, seq) for room, seq in zip(row["written_rooms"], row["written_seqs"], strict=True)]
