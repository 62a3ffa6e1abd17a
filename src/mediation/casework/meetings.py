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
from mediation.notices.calendar import MEDIA_TYPE
from mediation.notices.dates import of_meeting
from mediation.notices.letters import Letters


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
    letters = Letters(request.app.state.settings.base_url)
    # The very file that is mailed: under one name, so that a calendar moves its entry instead of adding one.
    made = letters.file(case_id, of_meeting(found), zone=found.zone, language=language, now=clock.now())
    disposition = f'attachment; filename="meeting-{found.meeting[:8]}.ics"'
    return Response(made, media_type=MEDIA_TYPE, headers={"content-disposition": disposition, **SHUT_IN})


routers: Final[list[ControllerRouterHandler]] = [meeting_in_a_calendar]
"""To be mounted under /api."""
