"""A meeting as a file for one's calendar."""

from typing import Any, Final, Literal

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.refusals import NotThere
from mediation.casework.attachment import SHUT_IN
from mediation.casework.handle import Casework
from mediation.db import reading_as
from mediation.identity.guards import SEAT, seat_of
from mediation.notices.calendar import MEDIA_TYPE, meeting_file


@get("/cases/{case_id:str}/meetings/{meeting:str}/calendar.ics", opt={"who": SEAT}, tags=["cases"])
async def meeting_in_a_calendar(
    request: Request[Any, Any, State],
    case_id: FromPath[str],
    meeting: FromPath[str],
    language: FromQuery[Literal["en", "de"]] = "en",
) -> Response[bytes]:
    """A meeting that is set, moved or called off, for a calendar: when it is and where to look, and nothing else."""
    casework: Casework = request.app.state.casework
    seat = seat_of(request)
    async with reading_as(request.app.state.readers, case_id, seat.participant_id) as conn:
        known = await casework.known(conn, case_id, seat.participant_id)
    found = known.papers.meetings.get(meeting)
    if found is None:
        raise NotThere
    base_url = request.app.state.settings.base_url
    made = meeting_file(
        # The same for as long as it is the same meeting, so that a calendar moves its entry instead of adding one.
        uid=f"{found.meeting}@{base_url.partition('://')[2]}",
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        zone=found.zone,
        language=language,
        url=f"{base_url}/cases/{case_id}/meetings",
        sequence=found.sequence,
        cancelled=found.cancelled_at is not None,
        now=clock.now(),
    )
    disposition = f'attachment; filename="meeting-{found.meeting[:8]}.ics"'
    return Response(made, media_type=MEDIA_TYPE, headers={"content-disposition": disposition, **SHUT_IN})


routers: Final[list[ControllerRouterHandler]] = [meeting_in_a_calendar]
"""To be mounted under /api."""
