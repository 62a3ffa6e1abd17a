"""Inviting somebody by mail, seeing what became of it, sending it again or elsewhere, and taking it back."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from litestar import Request, delete, get, post, put
from litestar.datastructures import State
from litestar.params import JSONBody, PathParameter
from litestar.types import ControllerRouterHandler
from msgspec.structs import replace

from mediation import clock, outbox
from mediation.case.state import Papers
from mediation.case.terms import Party, Role
from mediation.db import Connection
from mediation.identity import accounts, limits
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.identity.limits import Budget
from mediation.invitations import ledger, sent, visits
from mediation.invitations.ledger import Row
from mediation.invitations.wire import Invitation, Invite, Invited, NewAddress, NewLink
from mediation.mail import texts
from mediation.mail.message import checked_address
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]
InvitationId = Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$")]

_INVITING_ROLES: Final = frozenset({"mediator", "principal", "handler", "manager"})
# No account shall be able to fill a stranger's mailbox through us.
_MAILS_PER_ADDRESS: Final = Budget("invitation-mailbox", 10, timedelta(hours=1))


@post("/cases/{case_id:str}/invitations", opt={"who": SEAT}, tags=["invitations"])
async def invite(request: AnyRequest, data: JSONBody[Invite]) -> Invited:
    """Invite somebody to the case by mail. The link is shown in this answer too, and needs a code from that mailbox."""
    seat, email, now = _inviting_seat(request), checked(data.email), clock.now()
    named = replace(data, name=accounts.plain_title(data.name), title=accounts.plain_title(data.title))
    async with request.app.state.pool.acquire() as conn:
        await _may_invite(conn, request, seat, data.role, data.party)
        await _count_mail(conn, request, email, now)
        async with conn.transaction():
            row, is_new = await sent.make(conn, seat, named, email, now)
            link = await _new_link(conn, request, row, row.expires_at, now, mails=is_new)
    request.app.state.outbox.hurry()
    return Invited(command_id=data.command_id, invitation_id=row.invitation_id, link=link, expires_at=row.expires_at)


@get("/cases/{case_id:str}/invitations", opt={"who": SEAT}, tags=["invitations"])
async def invitations(request: AnyRequest) -> list[Invitation]:
    """List the invitations of one's own side, newest first; the mediator's are the mediator's alone."""
    seat = _inviting_seat(request)
    async with request.app.state.pool.acquire() as conn:
        rows = await sent.of_side(conn, seat)
    return [_shown(row, clock.now()) for row in rows]


@post(
    "/cases/{case_id:str}/invitations/{invitation_id:str}/resend",
    opt={"who": SEAT},
    status_code=200,
    tags=["invitations"],
)
async def resend(request: AnyRequest, invitation_id: InvitationId) -> NewLink:
    """Mail the invitation again, with a further link; it stands as long again, and earlier links keep working."""
    seat, now = _inviting_seat(request), clock.now()
    async with request.app.state.pool.acquire() as conn:
        async with conn.transaction():
            row = await sent.of_side_by_id(conn, seat, invitation_id)
        if row.email is None or row.state(now) == "revoked":
            raise _taken_back()
        if row.accepted_at is None:
            await _may_invite(conn, request, seat, row.role, row.party)
        await _count_mail(conn, request, row.email, now)
        async with conn.transaction():
            row = await sent.of_side_by_id(conn, seat, invitation_id)
            if row.state(now) == "revoked":
                raise _taken_back()
            await sent.extend(conn, invitation_id, now)
            until = row.expires_at if row.accepted_at is not None else now + sent.VALID_FOR
            link = await _new_link(conn, request, row, until, now, mails=True)
    request.app.state.outbox.hurry()
    return NewLink(link=link, expires_at=until)


@put("/cases/{case_id:str}/invitations/{invitation_id:str}/address", opt={"who": SEAT}, tags=["invitations"])
async def replace_address(request: AnyRequest, invitation_id: InvitationId, data: JSONBody[NewAddress]) -> NewLink:
    """Send an open invitation to another address; links and codes that went to the old one stop working."""
    seat, email, now = _inviting_seat(request), checked(data.email), clock.now()
    async with request.app.state.pool.acquire() as conn:
        async with conn.transaction():
            row = _still_open(await sent.of_side_by_id(conn, seat, invitation_id), now)
        await _may_invite(conn, request, seat, row.role, row.party)
        await _count_mail(conn, request, email, now)
        async with conn.transaction():
            row = _still_open(await sent.of_side_by_id(conn, seat, invitation_id), now)
            await _take_mail_back(conn, row, now)
            await sent.replace_address(conn, invitation_id, email, now)
            await visits.end_all(conn, invitation_id)
            await sent.extend(conn, invitation_id, now)
            row = await sent.of_side_by_id(conn, seat, invitation_id)
            link = await _new_link(conn, request, row, row.expires_at, now, mails=True)
    request.app.state.outbox.hurry()
    return NewLink(link=link, expires_at=row.expires_at)


@delete("/cases/{case_id:str}/invitations/{invitation_id:str}", opt={"who": SEAT}, tags=["invitations"])
async def revoke(request: AnyRequest, invitation_id: InvitationId) -> None:
    """Make an open invitation of one's own side unusable; revoking twice is no error."""
    seat, now = _inviting_seat(request), clock.now()
    async with request.app.state.pool.acquire() as conn, conn.transaction():
        row = await sent.of_side_by_id(conn, seat, invitation_id)
        if row.accepted_at is not None:
            raise _already_accepted()
        await _take_mail_back(conn, row, now)
        await sent.revoke(conn, invitation_id, now)


async def _may_invite(conn: Connection, request: AnyRequest, seat: Seat, role: Role, party: Party | None) -> None:
    if not await request.app.state.casework.may_invite(conn, seat.case_id, seat.participant_id, role, party):
        raise _may_not_invite()
    if await ledger.speaks_for_a_business_that_waits(conn, seat.case_id, seat.party, party):
        raise _may_not_invite()


async def _count_mail(conn: Connection, request: AnyRequest, email: str, now: datetime) -> None:
    """Count a mail that this account sends. What others send to that address is not counted with it.

    Else whoever tries an address until they are refused could tell whether the other side invites it too, and could
    keep it from being invited.
    """
    account = seat_of(request).account_id
    await limits.spend(conn, limits.invitations(request.app.state.settings), account, now)
    await limits.spend(conn, _MAILS_PER_ADDRESS, f"{account}\n{email}", now)


async def _new_link(
    conn: Connection, request: AnyRequest, row: Row, until: datetime, now: datetime, *, mails: bool
) -> str:
    """Give the invitation a further link and mail it, in the caller's transaction; returns the link."""
    link = f"{request.app.state.settings.origin}/join#{await sent.add_link(conn, row.invitation_id, now)}"
    if mails and row.email is not None:
        papers = (await request.app.state.casework.facts(conn, row.case_id)).papers
        message = texts.invitation(
            row.email, row.language, inviting_side(papers, row), papers.opened.category, link, until
        )
        mail_id = await outbox.put(conn, message, now)
        await sent.mark_mailed(conn, row.invitation_id, mail_id)
    return link


async def _take_mail_back(conn: Connection, row: Row, now: datetime) -> None:
    """Keep a mail that has not gone out yet from going out."""
    if row.mail_id is not None:
        await outbox.take_back(conn, row.mail_id, now)


def inviting_side(papers: Papers, row: Row) -> str:
    """Return the name of the side that invites, or the mediator's own."""
    if row.inviter_party is None and row.invited_by is not None:
        return papers.people[row.invited_by].name
    side = papers.opened.business if row.inviter_party == "business" else papers.opened.client
    return side.name


def checked(text: str) -> str:
    """Return an e-mail address as it is kept; raises `Problem` 400 when it is none."""
    try:
        return checked_address(text)
    except ValueError:
        raise Problem(
            400, "email-needed", "That is not an e-mail address.", "Enter one like name@example.org."
        ) from None


def _still_open(row: Row, now: datetime) -> Row:
    if row.accepted_at is not None:
        raise _already_accepted()
    if row.state(now) == "revoked":
        raise _taken_back()
    return row


def _may_not_invite() -> Problem:
    return Problem(
        403,
        "may-not-invite",
        "You cannot invite somebody in this role.",
        "Whoever speaks for their side can invite them.",
    )


def _already_accepted() -> Problem:
    return Problem(
        409,
        "invitation-already-used",
        "This invitation has been accepted.",
        "Whoever accepted it is on the case now; speak with the mediator if they should not be.",
    )


def _taken_back() -> Problem:
    return Problem(410, "invitation-revoked", "This invitation was taken back.", "Invite them again.")


def _inviting_seat(request: AnyRequest) -> Seat:
    seat = seat_of(request)
    if seat.role not in _INVITING_ROLES:
        raise _may_not_invite()
    return seat


def _shown(row: Row, now: datetime) -> Invitation:
    return Invitation(
        invitation_id=row.invitation_id,
        role=row.role,
        party=row.party,
        email=row.email,
        name=row.suggested_name,
        title=row.title,
        state=row.state(now),
        mail=row.mail,
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        called_for=row.called_for,
    )


routers: list[ControllerRouterHandler] = [invite, invitations, resend, replace_address, revoke]
