"""Looking at an invitation, accepting it, declining it. Open to whoever holds the link."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.commands import JoinCase
from mediation.case.events import CaseOpened
from mediation.case.state import Papers
from mediation.case.terms import Party
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.identity import accounts, limits, sessions
from mediation.identity.guards import ANYONE, find_seat
from mediation.identity.limits import Budget, address_of
from mediation.identity.sessions import Session
from mediation.invitations import ledger, visits
from mediation.invitations.ledger import Row
from mediation.invitations.wire import Accept, Accepted, ByToken, FirstPage, Preview
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]

_OPEN_TO_ANYONE: Final = {"who": ANYONE, "session": "optional"}
# Roles in which people with an account of their own come to a case; a client's seat never hangs on a staff account.
_STAFF_ROLES: Final = frozenset({"mediator", "handler", "manager", "counsel", "legal"})


async def _papers(conn: Connection, request: AnyRequest, row: Row) -> Papers:
    casework: Casework = request.app.state.casework
    return (await casework.facts(conn, row.case_id)).papers


@post("/invitations/preview", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def preview(request: AnyRequest, data: JSONBody[ByToken]) -> Response[Preview]:
    """Tell who invites, and to what kind of thing. Looking changes nothing, however often it is done."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await _count(conn, request, now)
        row = await ledger.find(conn, data.token)
        is_theirs = row is not None and await _is_theirs(conn, request, row)
        row = _usable(row, now, even_accepted=is_theirs)
        papers = await _papers(conn, request, row)
    shown = Preview(
        state="yours" if is_theirs else "open",
        inviter=_inviting_side(papers, row),
        category=papers.opened.category,
        role=row.role,
        party=row.party,
        expires_at=row.expires_at,
        case_id=row.case_id if is_theirs else None,
    )
    is_marked = visits.visit_of(request.scope) is not None
    return Response(shown, headers={} if is_marked else {"set-cookie": visits.marking_cookie_header()})


@post("/invitations/first-page", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def first_page(request: AnyRequest, data: JSONBody[ByToken]) -> FirstPage:
    """Give the case's facts for the page everyone reads before anything else."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await _count(conn, request, now)
        row = _usable(await ledger.find(conn, data.token), now)
        papers = await _papers(conn, request, row)
    opened = papers.opened
    return FirstPage(
        title=opened.title,
        category=opened.category,
        account=opened.account,
        inviter=papers.people[row.invited_by].name,
        inviter_party=row.inviter_party,
        business=opened.business.name,
        client=opened.client.name,
        mediator=papers.people[papers.mediator].name if papers.mediator is not None else None,
        fees=opened.fees,
        operator=opened.host or None,
        host_party=_side_that_hosts(opened),
        ladder=opened.ladder,
        role=row.role,
        party=row.party,
        suggested_name=row.suggested_name,
        expires_at=row.expires_at,
    )


@post("/invitations/accept", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def accept(request: AnyRequest, data: JSONBody[Accept]) -> Response[Accepted]:
    """Take the seat: once, under a lock. The same again from the same browser gets the same answer."""
    earlier: Session | None = request.scope["state"]["session"]
    command = visits.fingerprint(data.command_id, visits.visit_of(request.scope))
    async with request.app.state.pool.acquire() as conn:
        await _count(conn, request, clock.now())
        async with conn.transaction():
            row = await ledger.find(conn, data.token, lock=True)
            now = clock.now()  # only now: others may have held the lock for a while
            taken = await _taken_before(conn, request, row, command, now)
            if taken is not None and earlier is not None and earlier.account_id == taken.account_id:
                return Response(taken.answer(data.command_id))
            if taken is None:
                taken = await _take_seat(conn, request, _usable(row, now), data, now)
            token = await sessions.create(conn, taken.account_id, now)
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
    """Say no, without a reason. While the link is valid one may still change one's mind."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await _count(conn, request, now)
        async with conn.transaction():
            row = _usable(await ledger.find(conn, data.token, lock=True), now)
            await ledger.mark_declined(conn, row.invitation_id, now)


async def _count(conn: Connection, request: AnyRequest, now: datetime) -> None:
    budget = Budget("invitation-address", request.app.state.settings.invitation_tries)
    await limits.spend(conn, budget, address_of(request.scope), now)


def _usable(row: Row | None, now: datetime, *, even_accepted: bool = False) -> Row:
    """Return the invitation if its link can still be used; raises the `Problem` that says why it cannot."""
    ask_again = "Ask whoever invited you for a new link."
    if row is None:
        raise Problem(
            404,
            "invitation-unknown",
            "This link does not lead to an invitation.",
            "Check that you have the whole link, or ask whoever invited you for a new one.",
        )
    match row.state(now):
        case "accepted" if not even_accepted:
            raise Problem(
                409,
                "invitation-already-used",
                "This invitation has been accepted already.",
                "If it was you, go back to the browser you used. If the connection broke while you joined, "
                "or it was not you, ask whoever invited you for a new link.",
            )
        case "revoked":
            raise Problem(410, "invitation-revoked", "This invitation was taken back.", ask_again)
        case "expired":
            raise Problem(410, "invitation-expired", "This invitation has expired.", ask_again)
        case _:
            return row


async def _is_theirs(conn: Connection, request: AnyRequest, row: Row) -> bool:
    """Whether this browser is signed in as the person whom the invitation made."""
    session: Session | None = request.scope["state"]["session"]
    return session is not None and await ledger.holder_of(conn, row) == session.account_id


def _binds(session: Session | None, row: Row) -> bool:
    """Whether the account that is signed in takes the seat, rather than a new guest."""
    return session is not None and (session.kind == "guest" or row.role in _STAFF_ROLES)


def _side_that_hosts(opened: CaseOpened) -> Party | None:
    """Return the side that runs this portal; a host that is a party says so on the first page."""
    if not opened.host_is_party:
        return None
    return "business" if opened.host == opened.business.name else "client"


def _inviting_side(papers: Papers, row: Row) -> str:
    """Return the name of the side that invites, or the mediator's own."""
    if row.inviter_party is None:
        return papers.people[row.invited_by].name
    side = papers.opened.business if row.inviter_party == "business" else papers.opened.client
    return side.name


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

    That is: to the browser that is signed in as its holder, or for a while to the browser that opened the link.
    """
    if row is None or row.accepted_at is None or row.accepted_by is None or row.accepted_with != command:
        return None
    holder = await ledger.holder_of(conn, row)
    session: Session | None = request.scope["state"]["session"]
    is_signed_in = session is not None and session.account_id == holder
    is_same_visit = visits.visit_of(request.scope) is not None and now - row.accepted_at <= visits.RECOVERABLE_FOR
    if holder is None or not (is_signed_in or is_same_visit):
        return None
    return _Taken(row.case_id, holder, row.accepted_by, _nothing_new)


async def _take_seat(conn: Connection, request: AnyRequest, row: Row, data: Accept, now: datetime) -> _Taken:
    """Seat somebody in the caller's transaction, and bind the invitation to them."""
    casework: Casework = request.app.state.casework
    name = accounts.plain_name(data.name)
    account_id = await _account_for(conn, request.scope["state"]["session"], row, name, now)
    participant_id = uuid.uuid4().hex
    seat = JoinCase(name=name, role=row.role, party=row.party, title=row.title)
    tell = await casework.join(conn, row.case_id, account_id, participant_id, seat, now, invited_by=row.invited_by)
    command = visits.fingerprint(data.command_id, visits.visit_of(request.scope))
    await ledger.mark_accepted(conn, row.invitation_id, participant_id, command, now)
    return _Taken(row.case_id, account_id, participant_id, tell)


async def _account_for(conn: Connection, session: Session | None, row: Row, name: str, now: datetime) -> str:
    """Return the account that will hold the seat; raises `Problem` 409 when that person is on this case already."""
    if session is not None and await find_seat(conn, row.case_id, session.account_id) is not None:
        raise Problem(
            409,
            "already-on-this-case",
            f"This browser is signed in as {session.name}, who is on this case already.",
            "Sign out first, or open the link in another browser or a private window.",
        )
    if session is not None and _binds(session, row):
        return session.account_id
    return await accounts.create_guest(conn, name, now)


routers: list[ControllerRouterHandler] = [preview, first_page, accept, decline]
