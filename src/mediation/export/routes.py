"""`GET /api/cases/{case_id}/bundle`: what the person who asks may take away."""

from io import BytesIO
from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from mediation import clock
from mediation.export.bundle import NotOnThisCase, write_bundle
from mediation.identity import limits
from mediation.identity.guards import SEAT, not_on_this_case, seat_of
from mediation.identity.limits import Budget

DOWNLOADS: Final = Budget("bundle", 60)
"""Packing a long case takes a second of a processor that others are waiting for."""


@get(
    "/cases/{case_id:str}/bundle",
    opt={"who": SEAT},
    media_type="application/zip",
    summary="Your bundle of the record",
    description="A zip of what you may take away, checkable offline with `mediation verify`.",
    tags=["record"],
)
async def bundle(request: Request[Any, Any, Any], case_id: FromPath[str], state: State) -> Response[bytes]:
    """The bundle of the participant whose seat this is."""
    seat = seat_of(request)
    now, out = clock.now(), BytesIO()
    try:
        async with state.pool.acquire() as conn:
            await limits.spend(conn, DOWNLOADS, seat.participant_id, now)
            await write_bundle(
                conn, case_id, seat.participant_id, out, state.keyring, now, state.get("bundle_documents")
            )
    except NotOnThisCase as error:
        raise not_on_this_case() from error
    return Response(
        out.getvalue(),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="mediation-record-{case_id[:8]}-{now:%Y-%m-%d}.zip"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


routers: Final = [bundle]
