"""Accepting an invitation, once, or declining it, as often as one likes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from litestar import Response, post
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.commands import JoinCase
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.identity import accounts, organisations, sessions
from mediation.identity.devices import device_of
from mediation.identity.guards import ANYONE, find_seat
from mediation.identity.sessions import Session
from mediation.invitations import ledger, visits
from mediation.invitations.ledger import Row
from mediation.invitations.looking import (
    STAFF_ROLES,
    AnyRequest,
    count,
    is_verified,
    no_longer_stands,
    require_own_account,
    require_verified,
    session_in,
    usable,
)
from mediation.invitations.wire import Accept, Accepted, ByToken
from mediation.notices.webhooks.queue import put_opening
from mediation.problems import Problem

_OPEN_TO_ANYONE: Final = {"who": ANYONE, "session": "optional"}


@post("/invitations/accept", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def accept(request: AnyRequest, data: JSONBody[Accept]) -> Response[Accepted]:
    """Take the seat: once, under a lock. The same again from the same browser gets the same answer."""
    earlier = session_in(request)
    command = visits.fingerprint(data.command_id, visits.visit_of(request.scope))
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, clock.now())
        async with conn.transaction():
            row = await ledger.find(conn, data.token, lock=True)
            now = clock.now()  # only now: others may have held the lock for a while
            taken = await _taken_before(conn, request, row, command, now)
            if taken is not None and earlier is not None and earlier.account_id == taken.account_id:
                return Response(taken.answer(data.command_id))
            if taken is None:
                row = usable(row, now)
                await require_verified(conn, request, row, now)
                taken = await _take_seat(conn, request, row, data, now)
            token = await sessions.create(conn, taken.account_id, now, device=device_of(request.scope))
            account = await accounts.find(conn, taken.account_id)
            if earlier is not None:
                await sessions.end(conn, earlier.session_id, now)
    taken.tell()
    if earlier is not None:
        request.app.state.live_sessions.ended(earlier.session_id)
    kind = account.kind if account is not None else "guest"
    return Response(taken.answer(data.command_id), headers={"set-cookie": sessions.cookie_header(token, kind)})


@post("/invitations/decline", opt=_OPEN_TO_ANYONE, status_code=204, tags=["invitations"])
async def decline(request: AnyRequest, data: JSONBody[ByToken]) -> None:
    """Say no, without a reason and without a code. While the link is valid one may still change one's mind."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, now)
        async with conn.transaction():
            row = usable(await ledger.find(conn, data.token, lock=True), now)
            await ledger.mark_declined(conn, row.invitation_id, now)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A seat that the invitation gave; `tell` is called after the commit."""

    case_id: str
    account_id: str
    participant_id: str
    tell: Callable[[], None]

    def answer(self, command_id: str) -> Accepted:
        return Accepted(command_id=command_id, case_id=self.case_id, participant_id=self.participant_id)


def _nothing_new() -> None:
    """Everybody has been told."""


async def _taken_before(
    conn: Connection, request: AnyRequest, row: Row | None, command: str, now: datetime
) -> _Taken | None:
    """Return the seat that this same acceptance took, when it may be answered again.

    That is: to the browser that is signed in as its holder, or for a while to the browser that had shown the code.
    """
    if row is None or row.accepted_at is None or row.accepted_by is None or row.accepted_with != command:
        return None
    holder = await ledger.holder_of(conn, row)
    session = session_in(request)
    is_signed_in = session is not None and session.account_id == holder
    is_same_visit = (
        visits.visit_of(request.scope) is not None
        and now - row.accepted_at <= visits.RECOVERABLE_FOR
        and await is_verified(conn, request, row, now)
    )
    if holder is None or not (is_signed_in or is_same_visit):
        return None
    return _Taken(row.case_id, holder, row.accepted_by, _nothing_new)


async def _take_seat(conn: Connection, request: AnyRequest, row: Row, data: Accept, now: datetime) -> _Taken:
    """Seat somebody in the caller's transaction, and bind the invitation to them."""
    casework: Casework = request.app.state.casework
    if await ledger.speaks_for_a_business_that_waits(conn, row.case_id, row.inviter_party, row.party):
        raise no_longer_stands()
    name = accounts.plain_name(data.name)
    account_id = await _account_for(conn, session_in(request), row, name, now)
    participant_id = uuid.uuid4().hex
    is_mediator = row.role == "mediator"
    earlier_cases = await organisations.earlier_cases(conn, account_id, row.case_id) if is_mediator else None
    seat = JoinCase(name=name, role=row.role, party=row.party, title=row.title, earlier_cases=earlier_cases)
    tell = await casework.join(conn, row.case_id, account_id, participant_id, seat, now, invited_by=row.invited_by)
    if row.role == "handler":
        business = await organisations.tie_to_business_of(conn, row.case_id, account_id)
        await put_opening(conn, row.case_id, business, now)
    command = visits.fingerprint(data.command_id, visits.visit_of(request.scope))
    await ledger.mark_accepted(conn, row.invitation_id, participant_id, command, now)
    return _Taken(row.case_id, account_id, participant_id, tell)


async def _account_for(conn: Connection, session: Session | None, row: Row, name: str, now: datetime) -> str:
    """Return the account that will hold the seat; raises `Problem` 409 when that person is on this case already.

    A guest who is signed in keeps their account when it came by the same address, and no other: whoever reads that
    mailbox can get into everything the account sits on.
    """
    if session is not None and await find_seat(conn, row.case_id, session.account_id) is not None:
        raise Problem(
            409,
            "already-on-this-case",
            f"This browser is signed in as {session.name}, who is on this case already.",
            "Sign out first, or open the link in another browser or a private window.",
        )
    if session is not None and await _binds(conn, session, row):
        return session.account_id
    await require_own_account(conn, session, row)
    return await accounts.create_guest(conn, name, now)


async def _binds(conn: Connection, session: Session, row: Row) -> bool:
    """Whether the account that is signed in takes the seat, rather than a new guest."""
    if session.kind == "guest":
        return row.email is not None and await ledger.reads_mailbox(conn, session.account_id, row.email)
    return row.role in STAFF_ROLES and not session.administrator


routers: list[ControllerRouterHandler] = [accept, decline]
