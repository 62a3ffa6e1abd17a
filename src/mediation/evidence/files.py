"""Files as their readers get them: found through the rooms one is in, and sent as attachments that nothing executes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import structlog

from mediation.casework.attachment import Attachment
from mediation.db import Pool, reading_as
from mediation.evidence import problems
from mediation.evidence.names import disposition
from mediation.identity.guards import Seat
from mediation.storage import NoSuchPart, Storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody may read, and where its bytes lie."""

    room: str
    name: str
    media_type: str
    size: int
    sha256: str
    key: str
    parts: tuple[str, ...]
    pages: int | None


async def find(readers: Pool, seat: Seat, file_id: str) -> File:
    """The file, read as this person. Raises `file_unknown` for every file that is not theirs to read, and for none."""
    try:
        wanted = UUID(hex=file_id)
    except ValueError:
        raise problems.file_unknown() from None
    async with reading_as(readers, seat.case_id, seat.participant_id) as conn:
        row = await conn.fetchrow(
            """
            SELECT f.room, f.name, f.media_type, f.size, f.sha256, f.key, f.parts, f.pages
            FROM files f
            JOIN memberships m ON m.case_id = f.case_id AND m.room = f.room AND m.from_seq <= f.seq
            WHERE f.case_id = $1 AND f.file_id = $2 AND m.participant_id = $3 AND m.until_seq IS NULL
            """,
            UUID(seat.case_id),
            wanted,
            UUID(seat.participant_id),
        )
    if row is None:
        raise problems.file_unknown()
    return File(
        room=row["room"],
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        sha256=row["sha256"].hex(),
        key=row["key"],
        parts=tuple(row["parts"]),
        pages=row["pages"],
    )


async def attachment(file: File, storage: Storage) -> Attachment:
    """The file on its way. Its first piece is at hand before the answer begins: after that no refusal can be said."""
    try:
        first = await storage.get(file.key, file.parts[0])
    except NoSuchPart as missing:
        # Withdrawn a moment ago; or lost, which is for whoever runs the portal to know.
        log.warning("evidence.bytes_missing", size=file.size)
        raise problems.file_unknown() from missing

    async def pieces() -> AsyncIterator[bytes]:
        yield first
        async for piece in storage.stream(file.key, file.parts[1:]):
            yield piece

    return Attachment(pieces(), size=file.size, media_type=file.media_type, disposition=disposition(file.name))
