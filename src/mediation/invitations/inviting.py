"""Inviting somebody to a case, seeing what became of it, and taking it back."""

from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, delete, get, post
from litestar.datastructures import State
from litestar.params import JSONBody, PathParameter
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.invitations import ledger
from mediation.invitations.ledger import Row
from mediation.invitations.wire import Invitation, Invite, Invited
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]
InvitationId = Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$")]

_INVITING_ROLES: Final = frozenset({"mediator", "principal", "handler", "manager"})


@post("/cases/{case_id:str}/invitations", opt={"who": SEAT}, tags=["invitations"])
async def invite(request: AnyRequest, data: JSONBody[Invite]) -> Invited:
    """Invite somebody to the case. The link is shown in this answer and never again."""
    seat = _inviting_seat(request)
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        if not await request.app.state.casework.may_invite(
            conn, seat.case_id, seat.participant_id, data.role, data.party
        ):
            raise _may_not_invite()
        token, expires_at = await ledger.make(conn, seat, data, now)
    link = f"{request.app.state.settings.origin}/join#{token}"
    return Invited(command_id=data.command_id, invitation_id=data.command_id, link=link, expires_at=expires_at)


@get("/cases/{case_id:str}/invitations", opt={"who": SEAT}, tags=["invitations"])
async def invitations(request: AnyRequest) -> list[Invitation]:
    """List the invitations of one's own side, newest first; the mediator's are the mediator's alone."""
    seat = _inviting_seat(request)
    async with request.app.state.pool.acquire() as conn:
        rows = await ledger.of_side(conn, seat)
    return [_shown(row, clock.now()) for row in rows]


@delete("/cases/{case_id:str}/invitations/{invitation_id:str}", opt={"who": SEAT}, tags=["invitations"])
async def revoke(request: AnyRequest, invitation_id: InvitationId) -> None:
    """Make an open invitation of one's own side unusable."""
    seat = _inviting_seat(request)
    async with request.app.state.pool.acquire() as conn:
        await ledger.revoke(conn, seat, invitation_id, clock.now())


def _may_not_invite() -> Problem:
    return Problem(
        403,
        "may-not-invite",
        "You cannot invite somebody in this role.",
        "Ask the person who speaks for your side, or the mediator, to invite them.",
    )


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
        name=row.suggested_name,
        title=row.title,
        state=row.state(now),
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
    )


routers: list[ControllerRouterHandler] = [invite, invitations, revoke]
