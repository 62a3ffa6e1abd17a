"""Files over HTTP: an upload in pieces, the file it becomes, and what may be seen of it."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any, Final

from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.casework.attachment import SHUT_IN
from mediation.db import reading_as
from mediation.evidence import problems
from mediation.evidence.exhibits import Exhibits
from mediation.evidence.files import attachment, find
from mediation.evidence.previews import Previews
from mediation.evidence.uploads import Uploads
from mediation.evidence.wire import PIECE, BeginUpload, ChooseFile, Filed, FinishUpload, Progress, Received, Upload
from mediation.identity import limits
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.identity.limits import Budget

AnyRequest = Request[Any, Any, State]

UPLOADS: Final = Budget("upload", 300)
"""Files begun or finished."""
DOWNLOADS: Final = Budget("file-download", 600)
PAGES: Final = Budget("file-page", 600)
_PIECE_TIME: Final = timedelta(seconds=60)


@post("/cases/{case_id:str}/uploads", opt={"who": SEAT}, tags=["files"])
async def begin_upload(request: AnyRequest, case_id: FromPath[str], data: JSONBody[BeginUpload]) -> Upload:  # noqa: ARG001
    """Begin to send a file for a room. Whoever may not speak there now is refused here already."""
    seat = await _spent(request, UPLOADS)
    return await _uploads(request).begin(seat, data, clock.now())


@put(
    "/cases/{case_id:str}/uploads/{upload:str}",
    opt={"who": SEAT, "body": "bytes", "max_body": PIECE},
    tags=["files"],
    description="The body is the bytes of one piece, as application/octet-stream: `piece` of them, the last one fewer. "
    "`offset` is how many bytes come before it; the same piece again changes nothing.",
)
async def send_piece(
    request: AnyRequest,
    case_id: FromPath[str],  # noqa: ARG001
    upload: FromPath[str],
    offset: Annotated[int, QueryParameter(ge=0, le=2**40)],
) -> Received:
    """Send the next piece of an upload."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/octet-stream":
        raise problems.not_bytes()
    content = bytearray()
    try:
        async with asyncio.timeout(_PIECE_TIME.total_seconds()):
            async for arrived in request.stream():
                content += arrived
    except TimeoutError:
        raise problems.too_slow() from None
    await limits.spend_for(request, limits.upload_bytes, len(content))
    received = await _uploads(request).take(seat_of(request), upload, offset, bytes(content), clock.now())
    return Received(received=received)


@get("/cases/{case_id:str}/uploads/{upload:str}", opt={"who": SEAT}, tags=["files"])
async def upload_so_far(request: AnyRequest, case_id: FromPath[str], upload: FromPath[str]) -> Progress:  # noqa: ARG001
    """How far an upload of one's own has come: from there it goes on."""
    seat = seat_of(request)
    async with reading_as(request.app.state.readers, seat.case_id, seat.participant_id) as conn:
        return await _uploads(request).progress(conn, seat, upload)


@delete("/cases/{case_id:str}/uploads/{upload:str}", opt={"who": SEAT}, tags=["files"])
async def give_up_upload(request: AnyRequest, case_id: FromPath[str], upload: FromPath[str]) -> None:  # noqa: ARG001
    """Give an upload of one's own up; what has arrived is erased."""
    await _uploads(request).drop(seat_of(request), upload)


@post("/cases/{case_id:str}/files", opt={"who": SEAT}, tags=["files"])
async def finish_upload(request: AnyRequest, case_id: FromPath[str], data: JSONBody[FinishUpload]) -> Filed:  # noqa: ARG001
    """Make a whole upload a file of its room, if what arrived is what was sent."""
    seat = await _spent(request, UPLOADS)
    return await _uploads(request).finish(seat, data, clock.now())


@post("/cases/{case_id:str}/exhibits", opt={"who": SEAT}, tags=["files"])
async def choose_exhibit(request: AnyRequest, case_id: FromPath[str], data: JSONBody[ChooseFile]) -> Filed:  # noqa: ARG001
    """Have a file go out with a referral: one that existed before, chosen one by one."""
    seat = await _spent(request, UPLOADS)
    exhibits: Exhibits = request.app.state.exhibits
    return await exhibits.choose(seat, data, clock.now())


@get(
    "/cases/{case_id:str}/files/{file:str}",
    opt={"who": SEAT},
    media_type="application/octet-stream",
    tags=["files"],
)
async def download_file(request: AnyRequest, case_id: FromPath[str], file: FromPath[str]) -> Response[bytes]:  # noqa: ARG001
    """A file of a room that one is in, for saving."""
    seat = await _spent(request, DOWNLOADS)
    return await attachment(await find(request.app.state.readers, seat, file), request.app.state.storage)


@get(
    "/cases/{case_id:str}/files/{file:str}/preview",
    opt={"who": SEAT},
    media_type="image/webp",
    tags=["files"],
    description="The header `x-pages` says how many pages can be shown.",
)
async def preview_file(
    request: AnyRequest,
    case_id: FromPath[str],  # noqa: ARG001
    file: FromPath[str],
    page: Annotated[int, QueryParameter(ge=1, le=10_000)] = 1,
) -> Response[bytes]:
    """A page of a picture or PDF, drawn by the portal."""
    seat = await _spent(request, PAGES)
    previews: Previews = request.app.state.previews
    picture, pages = await previews.page(await find(request.app.state.readers, seat, file), page, seat.account_id)
    return Response(picture, media_type="image/webp", headers={"x-pages": str(pages), **SHUT_IN})


async def _spent(request: AnyRequest, budget: Budget) -> Seat:
    """Whoever asks, after their asking was counted."""
    seat = seat_of(request)
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, budget, seat.account_id, clock.now())
    return seat


def _uploads(request: AnyRequest) -> Uploads:
    uploads: Uploads = request.app.state.uploads
    return uploads


routers: list[ControllerRouterHandler] = [
    begin_upload,
    send_piece,
    upload_so_far,
    give_up_upload,
    finish_upload,
    choose_exhibit,
    download_file,
    preview_file,
]
"""To be mounted under /api."""
