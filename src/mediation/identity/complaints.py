"""Complaints about a mediator: to their provider or, where nobody there could answer, to the administrators.

Beside the record, so that no room, view or count of the case changes by one, and the mediator never comes across it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record
from litestar import get, post
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock, outbox
from mediation.case.refusals import NoMediatorYet
from mediation.db import Connection
from mediation.identity import limits, organisations
from mediation.identity.accounts import Language
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import SEAT, SIGNED_IN, Seat, not_open_to_you, seat_of, session_of
from mediation.identity.limits import Budget
from mediation.identity.sessions import Session
from mediation.identity.wire import Complain, ComplaintMade, Complaints, ComplaintView, PathId
from mediation.mail import texts
from mediation.problems import Problem

_BUDGET: Final = Budget("complaints", 10, timedelta(hours=1))


@post("/cases/{case_id:str}/complaints", opt={"who": SEAT}, tags=["complaints"])
async def complain(request: AnyRequest, data: JSONBody[Complain]) -> ComplaintMade:
    """Complain about the mediator. Nobody on the case learns of it, the mediator least of all."""
    seat, state, now = seat_of(request), request.app.state, clock.now()
    if seat.role == "mediator":
        raise not_open_to_you()
    complaint_id = hashlib.sha256(f"complaint {seat.participant_id} {data.command_id}".encode()).hexdigest()[:32]
    async with state.pool.acquire() as conn:
        earlier = await _made(conn, complaint_id)
        if earlier is None:
            await limits.spend(conn, _BUDGET, seat.account_id, now)
            mediator = await _mediator_of(conn, seat.case_id)
            async with conn.transaction():
                provider = await _provider_of(conn, mediator)
                await _keep(conn, complaint_id, seat, mediator, provider, data.text, now)
                await _write_mails(conn, state.settings.base_url, mediator, provider, now)
            state.outbox.hurry()
            earlier = await _made(conn, complaint_id)
    if earlier is None or earlier["text"] != data.text:
        raise organisations.id_reused()
    return ComplaintMade(command_id=data.command_id, reference=_reference(complaint_id), to=earlier["name"])


@get("/complaints", opt={"who": SIGNED_IN}, tags=["complaints"])
async def list_complaints(request: AnyRequest) -> Complaints:
    """The complaints that this account answers: a provider's lead for its mediators, an administrator for the rest."""
    session = session_of(request)
    async with request.app.state.pool.acquire() as conn:
        if not await _answers_any(conn, session):
            raise not_open_to_you()
        rows = await conn.fetch(
            f"""
            SELECT c.complaint_id, c.case_id, c.text, c.created_at, c.handled_at, o.name AS to, a.name AS about,
                   s.name AS by
            FROM complaints c
            JOIN accounts a ON a.account_id = c.about_account
            JOIN seats s ON s.case_id = c.case_id AND s.participant_id = c.by_participant
            LEFT JOIN organisations o USING (organisation_id)
            WHERE {_ANSWERED_BY} ORDER BY c.created_at DESC, c.complaint_id LIMIT 500
            """,  # noqa: S608 - the condition is ours
            UUID(hex=session.account_id),
            session.administrator,
        )
    return Complaints(complaints=[_view(row) for row in rows])


@post("/complaints/{complaint:str}/handled", opt={"who": SIGNED_IN}, status_code=204, tags=["complaints"])
async def mark_handled(request: AnyRequest, complaint: PathId) -> None:
    """Note that a complaint has been answered. Noting it twice is no error."""
    session = session_of(request)
    async with request.app.state.pool.acquire() as conn:
        if not await _answers_any(conn, session):
            raise not_open_to_you()
        found = await conn.fetchval(
            f"""
            UPDATE complaints c SET handled_at = COALESCE(handled_at, $4)
            WHERE complaint_id = $3 AND {_ANSWERED_BY} RETURNING true
            """,  # noqa: S608 - as above
            UUID(hex=session.account_id),
            session.administrator,
            UUID(hex=complaint),
            clock.now(),
        )
    if not found:
        raise Problem(404, "complaint-unknown", "There is no such complaint.", "Reload the page.")


# $1 is an account, $2 whether it is an administrator's. Nobody answers a complaint about themselves.
_ANSWERED_BY: Final = """
    c.about_account <> $1 AND CASE WHEN c.organisation_id IS NULL THEN $2 ELSE EXISTS (
        SELECT FROM organisation_members m
        WHERE m.organisation_id = c.organisation_id AND m.account_id = $1 AND m.role = 'lead') END
"""


async def _answers_any(conn: Connection, session: Session) -> bool:
    if session.administrator:
        return True
    leads = await conn.fetchval(
        """
        SELECT EXISTS (SELECT FROM organisation_members JOIN organisations USING (organisation_id)
                       WHERE account_id = $1 AND role = 'lead' AND kind = 'provider')
        """,
        UUID(hex=session.account_id),
    )
    return bool(leads)


async def _mediator_of(conn: Connection, case_id: str) -> UUID:
    """The account of the case's mediator, or of the last one when none is there now."""
    found: UUID | None = await conn.fetchval(
        """
        SELECT account_id FROM seats WHERE case_id = $1 AND role = 'mediator'
        ORDER BY left_at DESC NULLS FIRST, joined_at DESC LIMIT 1
        """,
        UUID(hex=case_id),
    )
    if found is None:
        raise NoMediatorYet
    return found


async def _provider_of(conn: Connection, mediator: UUID) -> Record | None:
    """The provider the mediator works for, if somebody else leads it; otherwise the administrators must answer."""
    return await conn.fetchrow(
        """
        SELECT o.organisation_id, o.email FROM organisations o JOIN organisation_members m USING (organisation_id)
        WHERE m.account_id = $1 AND o.kind = 'provider' AND EXISTS (
            SELECT FROM organisation_members l JOIN accounts a USING (account_id)
            WHERE l.organisation_id = o.organisation_id AND l.role = 'lead' AND l.account_id <> $1
              AND a.disabled_at IS NULL)
        ORDER BY o.created_at, o.organisation_id LIMIT 1
        """,
        mediator,
    )


async def _keep(
    conn: Connection, complaint_id: str, seat: Seat, mediator: UUID, provider: Record | None, text: str, now: datetime
) -> None:
    await conn.execute(
        """
        INSERT INTO complaints (complaint_id, case_id, by_participant, about_account, organisation_id, text, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (complaint_id) DO NOTHING
        """,
        UUID(hex=complaint_id),
        UUID(hex=seat.case_id),
        UUID(hex=seat.participant_id),
        mediator,
        provider["organisation_id"] if provider is not None else None,
        text,
        now,
    )


async def _write_mails(conn: Connection, base_url: str, mediator: UUID, provider: Record | None, now: datetime) -> None:
    """Tell whoever answers that a complaint waits, and nothing about it; never at the mediator's own address."""
    own = await conn.fetchval("SELECT email FROM accounts WHERE account_id = $1", mediator)
    if provider is not None and provider["email"] != own:
        addresses: list[tuple[str, Language]] = [(provider["email"], "en")]
    else:
        rows = await conn.fetch(
            """
            SELECT email, language FROM accounts a
            WHERE account_id <> $1 AND email IS NOT NULL AND disabled_at IS NULL AND CASE
                WHEN $2::uuid IS NULL THEN administrator
                ELSE EXISTS (SELECT FROM organisation_members m WHERE m.organisation_id = $2
                             AND m.account_id = a.account_id AND m.role = 'lead') END
            ORDER BY email LIMIT 20
            """,
            mediator,
            provider["organisation_id"] if provider is not None else None,
        )
        addresses = [(row["email"], row["language"]) for row in rows]
    link = f"{base_url.rstrip('/')}/complaints"
    for email, language in addresses:
        await outbox.put(conn, texts.complaint_waiting(email, language, link), now)


async def _made(conn: Connection, complaint_id: str) -> Record | None:
    return await conn.fetchrow(
        """
        SELECT c.text, o.name FROM complaints c LEFT JOIN organisations o USING (organisation_id)
        WHERE complaint_id = $1
        """,
        UUID(hex=complaint_id),
    )


def _reference(complaint_id: str) -> str:
    """What people quote on the phone."""
    return complaint_id[:8].upper()


def _view(row: Record) -> ComplaintView:
    return ComplaintView(
        complaint=row["complaint_id"].hex,
        reference=_reference(row["complaint_id"].hex),
        to=row["to"],
        about=row["about"],
        by=row["by"],
        case_id=row["case_id"].hex,
        text=row["text"],
        created_at=row["created_at"],
        handled_at=row["handled_at"],
    )


routers: list[ControllerRouterHandler] = [complain, list_complaints, mark_handled]
"""To be mounted under /api."""
