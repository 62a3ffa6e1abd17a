"""The case on one page over HTTP, for the screen and to carry away: what its reader reads, and for them alone."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler
from msgspec.structs import replace

from mediation import clock
from mediation.case.refusals import NotInThisRoom
from mediation.case.show.brief import Brief, brief_for
from mediation.case.text import text_from
from mediation.casework.handle import Casework
from mediation.db import reading_as
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.papers import brief as paper
from mediation.papers import problems
from mediation.papers.routes import PDF, saved, spent
from mediation.papers.typesetting import CannotTypeset, typeset
from mediation.papers.words import Language

AnyRequest = Request[Any, Any, State]


@get("/cases/{case_id:str}/brief", opt={"who": SEAT}, tags=["papers"])
async def read_brief(request: AnyRequest, case_id: FromPath[str]) -> Brief:  # noqa: ARG001 - the seat knows the case
    """The case on one page, made of papers, talks and the table as far as the signed-in person reads them."""
    return await _brief(request, seat_of(request))


@get("/cases/{case_id:str}/brief.pdf", opt={"who": SEAT}, media_type=PDF, tags=["papers"])
async def brief_pdf(
    request: AnyRequest, case_id: FromPath[str], language: FromQuery[Language] = "en"
) -> Response[bytes]:
    """The case on one page, to print. It is a copy to work with, and not sealed."""
    seat, now = seat_of(request), clock.now()
    await spent(request, seat)
    brief = await _brief(request, seat)
    async with request.app.state.typesetting:
        try:
            made = await typeset("brief", lambda mend: paper.page(brief, seat.name, case_id, language, mend, now), now)
        except CannotTypeset as failed:
            raise problems.cannot_be_made() from failed
    return saved(made, PDF, f"brief-{case_id[:8]}-{language}.pdf")


async def _brief(request: AnyRequest, seat: Seat) -> Brief:
    casework: Casework = request.app.state.casework
    readers = request.app.state.readers
    async with reading_as(readers, seat.case_id, seat.participant_id) as conn:
        known = await casework.known(conn, seat.case_id, seat.participant_id)
    me = known.papers.people.get(seat.participant_id)
    if me is None:
        # They left while they asked.
        raise NotInThisRoom
    if known.joint is not None and known.joint.document is not None:
        name = known.joint.document.document
        # The second wall says so as well, as in `drafting.reading`.
        if await casework.document_access(readers, seat, name) is not None:
            known = replace(
                known, text=text_from(name, await request.app.state.documents.canonical(seat.case_id, name))
            )
    return brief_for(known, me)


routers: Final[list[ControllerRouterHandler]] = [read_brief, brief_pdf]
"""To be mounted under /api."""
