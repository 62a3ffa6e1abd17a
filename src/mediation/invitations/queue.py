"""Disputes that clients opened with a business and nobody there has taken on yet."""

import uuid
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.commands import JoinCase
from mediation.case.show.ladder import ends_on
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.identity.guards import STAFF, find_seat, not_on_this_case, session_of
from mediation.invitations.looking import AnyRequest
from mediation.invitations.wire import Taken, TakeOn, WaitingCase
from mediation.problems import Problem
from mediation.record import log

CaseId = Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$")]
_MOST = 200

# A case waits while nobody of the business sits on it. Who works for the business is asked anew every time.
_WAITING = """
    SELECT c.case_id, c.opened_at
    FROM case_organisations co JOIN cases c USING (case_id)
    JOIN organisations o USING (organisation_id) JOIN organisation_members m USING (organisation_id)
    WHERE m.account_id = $1 AND o.kind = 'business' AND ($2::uuid IS NULL OR c.case_id = $2)
      AND NOT EXISTS (SELECT FROM seats s WHERE s.case_id = c.case_id AND s.party = 'business' AND s.left_at IS NULL)
      AND EXISTS (SELECT FROM intakes i WHERE i.case_id = c.case_id)
    ORDER BY c.opened_at, c.case_id LIMIT $3
    """


@get("/intake-queue", opt={"who": STAFF}, tags=["intake"])
async def intake_queue(request: AnyRequest) -> list[WaitingCase]:
    """List what waits for an answer of one's own business, the longest waiting first."""
    casework: Casework = request.app.state.casework
    waiting = []
    async with request.app.state.pool.acquire() as conn:
        rows = await conn.fetch(_WAITING, uuid.UUID(hex=session_of(request).account_id), None, _MOST)
        for row in rows:
            papers = (await casework.facts(conn, row["case_id"].hex)).papers
            if papers.ended_at is None and papers.closed_at is None:
                waiting.append(
                    WaitingCase(
                        case_id=row["case_id"].hex,
                        title=papers.opened.title,
                        category=papers.opened.category,
                        client=papers.opened.client.name,
                        opened_at=row["opened_at"],
                        answer_by=ends_on(papers, "answer-business"),
                    )
                )
    return waiting


@post("/intake-queue/{case_id:str}/take", opt={"who": STAFF}, status_code=200, tags=["intake"])
async def take_on(request: AnyRequest, case_id: CaseId, data: JSONBody[TakeOn]) -> Taken:  # noqa: ARG001 - a seat is taken once, whatever the id
    """Take a waiting dispute on as the business's handler. Of two who do so at once, one does."""
    session, casework = session_of(request), request.app.state.casework
    tell = None
    async with request.app.state.pool.acquire() as conn:
        if not await _is_in_queue(conn, case_id, session.account_id):
            return Taken(case_id=case_id, participant_id=await _own_seat(conn, case_id, session.account_id))
        async with conn.transaction():
            await log.lock(conn, case_id)
            if await _is_in_queue(conn, case_id, session.account_id):
                seat = JoinCase(name=session.name, role="handler", party="business")
                participant_id = uuid.uuid4().hex
                tell = await casework.join(conn, case_id, session.account_id, participant_id, seat, clock.now())
            else:
                participant_id = await _own_seat(conn, case_id, session.account_id)
    if tell is not None:
        tell()
    return Taken(case_id=case_id, participant_id=participant_id)


async def _is_in_queue(conn: Connection, case_id: str, account_id: str) -> bool:
    return bool(await conn.fetch(_WAITING, uuid.UUID(hex=account_id), uuid.UUID(hex=case_id), 1))


async def _own_seat(conn: Connection, case_id: str, account_id: str) -> str:
    """Return the seat of somebody who took the case on before; raises `Problem` when it was somebody else, or never."""
    seat = await find_seat(conn, case_id, account_id)
    if seat is not None and seat.party == "business":
        return seat.participant_id
    is_ours = await conn.fetchval(
        """
        SELECT true FROM case_organisations JOIN organisation_members USING (organisation_id)
        JOIN intakes i USING (case_id) WHERE case_id = $1 AND organisation_members.account_id = $2 LIMIT 1
        """,
        uuid.UUID(hex=case_id),
        uuid.UUID(hex=account_id),
    )
    if is_ours is None:
        raise not_on_this_case()
    raise Problem(
        409,
        "already-taken-on",
        "Somebody else has taken this on already.",
        "Look at your list again; ask them to invite you if you should be there too.",
    )


routers: list[ControllerRouterHandler] = [intake_queue, take_on]
