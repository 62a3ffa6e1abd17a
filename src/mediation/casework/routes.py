"""Cases over HTTP: the list, the view, a room's entries, and one route for each command."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post, put
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.commands import COLLECTIONS, Command, OpenCase
from mediation.case.refusals import ForTheMediator, NothingLeftToKeep, NotInThisRoom, SeatDoesNotFit
from mediation.case.rooms import rooms_of
from mediation.case.show import view_for
from mediation.case.view import CaseView
from mediation.casework.folds import rooms_shown
from mediation.casework.handle import Answer, Casework
from mediation.casework.wire import PAGE, Caseload, EntryPage, Notes, Opened, card, entry_view
from mediation.db import Pool, reading_as
from mediation.identity import limits, organisations
from mediation.identity.guards import SEAT, SIGNED_IN, STAFF, seat_of, session_of
from mediation.record import log

AnyRequest = Request[Any, Any, State]
RoomSeq = Annotated[int, QueryParameter(ge=0, le=2**53 - 1)]


def casework_of(request: AnyRequest) -> Casework:
    """The shell of the cases in this process."""
    casework: Casework = request.app.state.casework
    return casework


def readers_of(request: AnyRequest) -> Pool:
    """The connections that read on behalf of one person (`db.reading_as`)."""
    readers: Pool = request.app.state.readers
    return readers


@get("/cases", opt={"who": SIGNED_IN}, tags=["cases"])
async def list_cases(request: AnyRequest) -> Caseload:
    """The cases this account has a seat on, the newest first; an administrator has none."""
    if session_of(request).administrator:
        return Caseload(cases=[])
    casework = casework_of(request)
    async with casework.pool.acquire() as conn:
        rows = await conn.fetch(
            """
            SELECT case_id, participant_id FROM seats JOIN cases USING (case_id)
            WHERE account_id = $1 AND left_at IS NULL ORDER BY opened_at DESC, case_id LIMIT 200
            """,
            UUID(session_of(request).account_id),
        )
    views = []
    for case_id, participant_id in ((row["case_id"].hex, row["participant_id"].hex) for row in rows):
        async with reading_as(readers_of(request), case_id, participant_id) as reading:
            known = await casework.known(reading, case_id, participant_id)
        # They may have left this one since the list of their seats was read.
        if participant_id in known.papers.people:
            views.append(view_for(participant_id, known, case_id))
    return Caseload(cases=[card(view) for view in views])


@post("/cases", opt={"who": STAFF}, tags=["cases"])
async def open_case(request: AnyRequest, data: JSONBody[OpenCase]) -> Opened:
    """Open a dispute, as the business's handler or as the mediator."""
    session = session_of(request)
    if data.opener == "principal":
        # A client comes by the business's own page, or by invitation.
        raise SeatDoesNotFit
    await limits.spend_for(request, limits.commands)
    casework = casework_of(request)
    business = None
    if data.opener == "handler":
        async with casework.pool.acquire() as conn:
            business = await organisations.ones_own(conn, session.account_id, data.business.name)
    case_id, participant = await casework.open(
        session.account_id,
        session.name,
        data,
        clock.now(),
        organisation_id=business.organisation_id if business is not None else None,
    )
    return Opened(command_id=data.command_id, case=case_id, participant=participant)


@get("/cases/{case_id:str}", opt={"who": SEAT}, tags=["cases"])
async def read_case(request: AnyRequest, case_id: FromPath[str]) -> CaseView:
    """What the signed-in person sees of the case now."""
    seat = seat_of(request)
    async with reading_as(readers_of(request), case_id, seat.participant_id) as conn:
        return await casework_of(request).view(conn, case_id, seat.participant_id)


@get("/cases/{case_id:str}/rooms/{room:str}/entries", opt={"who": SEAT}, tags=["cases"])
async def read_entries(
    request: AnyRequest,
    case_id: FromPath[str],
    room: FromPath[str],
    after: RoomSeq = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=PAGE)] = PAGE,
) -> EntryPage:
    """A room's entries after `after`, oldest first, as far back as this person may read."""
    seat = seat_of(request)
    async with reading_as(readers_of(request), case_id, seat.participant_id) as conn:
        known = await casework_of(request).known(conn, case_id, seat.participant_id)
        shown = (await rooms_shown(conn, case_id, seat.participant_id)).get(room)
        if shown is None or room not in rooms_of(known, seat.participant_id):
            raise NotInThisRoom
        entries = await log.read(conn, case_id, room, after=max(after, shown.first - 1), limit=limit)
    return EntryPage(room=room, entries=[entry_view(entry) for entry in entries], head=shown.last)


@get("/cases/{case_id:str}/notes", opt={"who": SEAT}, tags=["cases"])
async def read_notes(request: AnyRequest, case_id: FromPath[str]) -> Notes:
    """The mediator's own notes."""
    place = _as_mediator(request, case_id)
    async with reading_as(readers_of(request), case_id, seat_of(request).participant_id) as conn:
        text = await conn.fetchval("SELECT text FROM notes WHERE case_id = $1 AND participant_id = $2", *place)
    return Notes(text=text or "")


@put("/cases/{case_id:str}/notes", opt={"who": SEAT}, tags=["cases"])
async def keep_notes(request: AnyRequest, case_id: FromPath[str], data: JSONBody[Notes]) -> Notes:
    """Keep the mediator's own notes, in place of the earlier ones; empty ones are gone."""
    place = _as_mediator(request, case_id)
    await limits.spend_for(request, limits.commands)
    casework = casework_of(request)
    async with casework.pool.acquire() as conn, conn.transaction():
        # Whoever destroys them holds this row meanwhile: notes that come too late must not outlive the others.
        await conn.execute("SELECT FROM cases WHERE case_id = $1 FOR SHARE", place[0])
        if "caucuses" in (await casework.facts(conn, case_id)).papers.erased:
            raise NothingLeftToKeep
        if data.text.strip():
            await conn.execute(
                """
                INSERT INTO notes (case_id, participant_id, text, changed_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (case_id, participant_id) DO UPDATE SET text = $3, changed_at = $4
                """,
                *place,
                data.text,
                clock.now(),
            )
        else:
            await conn.execute("DELETE FROM notes WHERE case_id = $1 AND participant_id = $2", *place)
    return data


def _as_mediator(request: AnyRequest, case_id: str) -> tuple[UUID, UUID]:
    seat = seat_of(request)
    if seat.role != "mediator":
        raise ForTheMediator
    return UUID(case_id), UUID(seat.participant_id)


def _route_for(command: type[Command], collection: str) -> HTTPRouteHandler:
    """The route of one command, named and described by it."""

    async def give(request: AnyRequest, data: JSONBody[command]) -> Answer:  # type: ignore[valid-type]
        await limits.spend_for(request, limits.commands)
        return await casework_of(request).handle(seat_of(request), data, clock.now())

    give.__doc__ = command.__doc__ if command.__doc__ and not command.__doc__.startswith(command.__name__) else None
    give.__name__ = command.__name__
    return post(
        f"/cases/{{case_id:str}}/{collection}",
        opt={"who": SEAT},
        tags=["commands"],
        name=command.__name__,
        operation_id=command.__name__,
        summary=command.__name__,
    )(give)


routers: list[ControllerRouterHandler] = [
    list_cases,
    open_case,
    read_case,
    read_entries,
    read_notes,
    keep_notes,
    *(_route_for(command, collection) for command, collection in COLLECTIONS.items()),
]
"""To be mounted under /api."""
