"""What the person who asks may take away: their bundle, and the newest seal to compare one with."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from io import SEEK_END
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final
from uuid import UUID

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from mediation import clock
from mediation.case.terms import Sha256
from mediation.casework.attachment import Attachment
from mediation.db import reading_as
from mediation.export.bundle import NotOnThisCase, write_own_bundle
from mediation.identity import limits
from mediation.identity.guards import SEAT, not_on_this_case, seat_of
from mediation.identity.limits import Budget

DOWNLOADS: Final = Budget("bundle", 60)
"""Packing a long case takes a second of a processor that others are waiting for."""


WITH_FILES: Final = Budget("bundle-with-files", 6)
_PIECE: Final = 1 << 18


@get(
    "/cases/{case_id:str}/bundle",
    opt={"who": SEAT},
    media_type="application/zip",
    summary="Your bundle of the record",
    description="A zip of what you may take away, checkable offline with `mediation verify`; "
    "with `files=true`, the files of your rooms are in it.",
    tags=["record"],
)
async def bundle(
    request: Request[Any, Any, Any], case_id: FromPath[str], state: State, files: FromQuery[bool] = False
) -> Response[bytes]:
    """The bundle of the participant whose seat this is."""
    seat, now = seat_of(request), clock.now()
    async with state.pool.acquire() as conn:
        await limits.spend(conn, DOWNLOADS, seat.participant_id, now)
        if files:
            await limits.spend(conn, WITH_FILES, seat.participant_id, now)
    out = TemporaryFile()  # noqa: SIM115 - it is open for as long as it is being sent
    write = partial(write_own_bundle, state.readers, case_id, seat.participant_id, out, state.keyring, now)
    try:
        if files:
            # One at a time in each process: it may come to a gigabyte.
            async with state.packing:
                await write(state.get("bundle_documents"), state.storage)
        else:
            await write(state.get("bundle_documents"))
    except NotOnThisCase as error:
        out.close()
        raise not_on_this_case() from error
    except BaseException:
        out.close()
        raise
    return Attachment(
        _pieces_of(out),
        size=out.seek(0, SEEK_END),
        media_type="application/zip",
        disposition=f'attachment; filename="mediation-record-{case_id[:8]}-{now:%Y-%m-%d}.zip"',
    )


async def _pieces_of(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece


class Seal(Struct, frozen=True, kw_only=True):
    """What to note down today, so that nobody can show another history later: `docs/record-format.md`, §4."""

    checkpoint: int
    sealed_at: datetime
    checkpoint_sha256: Sha256
    key: Sha256


@get("/cases/{case_id:str}/seal", opt={"who": SEAT}, tags=["record"])
async def newest_seal(request: Request[Any, Any, Any], case_id: FromPath[str]) -> Seal:
    """The newest checkpoint's hash and the fingerprint of the key that signed it. Papers alone move it."""
    async with reading_as(request.app.state.readers, case_id, seat_of(request).participant_id) as conn:
        row = await conn.fetchrow(
            """
            SELECT c.checkpoint_n, c.checkpoint_at, c.checkpoint_hash, k.key_id
            FROM cases c JOIN checkpoints k ON k.case_id = c.case_id AND k.n = c.checkpoint_n
            WHERE c.case_id = $1
            """,
            UUID(case_id),
        )
    if row is None:
        raise not_on_this_case()
    return Seal(
        checkpoint=row["checkpoint_n"],
        sealed_at=row["checkpoint_at"],
        checkpoint_sha256=row["checkpoint_hash"].hex(),
        key=row["key_id"],
    )


routers: Final = [bundle, newest_seal]
