"""Files as their readers get them: found through the rooms one is in, and sent as attachments that nothing executes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from litestar import Response
from litestar.types import Receive, Scope, Send

from mediation.db import Pool, reading_as
from mediation.evidence import problems
from mediation.evidence.names import disposition
from mediation.identity.guards import Seat
from mediation.storage import NoSuchPart, Storage, StoreAway

log = structlog.get_logger(__name__)

_PATIENCE: Final = timedelta(seconds=30)  # with a reader who takes nothing of a piece
SHUT_IN: Final = {
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
"""What keeps a file from doing anything in a browser, should one open it in spite of all."""


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


async def attachment(file: File, storage: Storage) -> "Attachment":
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

    headers = {
        "content-disposition": disposition(file.name),
        "content-length": str(file.size),
        **SHUT_IN,
    }
    return Attachment(pieces(), media_type=file.media_type, headers=headers)


class Attachment(Response[bytes]):
    """A body sent piece by piece to a reader who keeps taking them; one who stops is let go."""

    def __init__(self, pieces: AsyncIterator[bytes], *, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(b"", media_type=media_type, headers=headers)
        self._pieces = pieces

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - the framework's own signature is longer
        """What the framework calls to send it."""
        return self._send

    async def _send(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        fields = {"content-type": str(self.media_type), **{k: str(v) for k, v in self.headers.items()}}
        headers = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        try:
            async for piece in self._pieces:
                async with asyncio.timeout(_PATIENCE.total_seconds()):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except (TimeoutError, NoSuchPart, StoreAway) as cut:
            # Fewer bytes than were promised: the browser shows a download that failed, never half a file as a whole.
            log.warning("evidence.download_cut", kind=type(cut).__name__)
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})
