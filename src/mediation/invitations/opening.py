"""Opening a link: who invites, a code to the invited mailbox, then the page that everybody reads first."""

from datetime import datetime
from typing import Final

from litestar import Response, post
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.events import CaseOpened
from mediation.case.standstill import time_limits
from mediation.case.terms import Party
from mediation.db import Connection
from mediation.identity import accounts, codes, sessions
from mediation.identity.codes import Subject
from mediation.identity.devices import device_of
from mediation.identity.guards import ANYONE
from mediation.identity.wire import CodeSent
from mediation.invitations import ledger, visits
from mediation.invitations.inviting import inviting_side
from mediation.invitations.ledger import Row
from mediation.invitations.looking import (
    AnyRequest,
    count,
    is_theirs,
    is_verified,
    mail_code,
    no_longer_stands,
    papers_of,
    require_own_account,
    require_verified,
    session_in,
    sign_in_instead,
    usable,
)
from mediation.invitations.wire import ByToken, FirstPage, Preview, Verified, Verify

_OPEN_TO_ANYONE: Final = {"who": ANYONE, "session": "optional"}


@post("/invitations/preview", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def preview(request: AnyRequest, data: JSONBody[ByToken]) -> Preview:
    """Tell who invites, and to what kind of thing. Looking changes nothing, however often it is done."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, now)
        row = usable(await ledger.find(conn, data.token), now, even_accepted=True)
        theirs = await is_theirs(conn, request, row)
        verified = theirs or await is_verified(conn, request, row, now)
        papers = await papers_of(conn, request, row)
    return Preview(
        state="yours" if theirs else "accepted" if row.accepted_at is not None else "open",
        inviter=inviting_side(papers, row),
        category=papers.opened.category,
        verified=verified,
        expires_at=row.expires_at,
        case_id=row.case_id if theirs else None,
    )


@post("/invitations/code", opt=_OPEN_TO_ANYONE, status_code=202, tags=["invitations"])
async def send_code(request: AnyRequest, data: JSONBody[ByToken]) -> CodeSent:
    """Mail a one-time code to the invited address, which the answer does not tell."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, now)
        row, subject = await _coded(conn, data.token, now)
        made = await mail_code(conn, request, subject, row.language, now)
    request.app.state.outbox.hurry()
    return codes.sent(made)


@post("/invitations/verify", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def verify(request: AnyRequest, data: JSONBody[Verify]) -> Response[Verified]:
    """Take the code. It opens the first page; of an accepted invitation it signs its own person in."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, now)
        row, subject = await _coded(conn, data.token, now)
        nonce = await codes.check(conn, codes.key_of(request.app.state.keyring), subject, data.code, now)
        async with conn.transaction():
            row = usable(await ledger.find(conn, data.token, lock=True), now, even_accepted=True)
            if row.email != subject.email:  # replaced while the code was being compared
                raise no_longer_stands()
            await codes.use(conn, subject, nonce, now)
            if row.accepted_at is None:
                await require_own_account(conn, session_in(request), row)
                visit = await visits.begin(conn, request.scope, row.invitation_id, now)
                return Response(Verified(state="open"), headers={"set-cookie": visit})
            cookie = await _sign_in(conn, request, row, now)
    earlier = session_in(request)
    if earlier is not None:
        request.app.state.live_sessions.ended(earlier.session_id)
    return Response(Verified(state="yours", case_id=row.case_id), headers={"set-cookie": cookie})


@post("/invitations/first-page", opt=_OPEN_TO_ANYONE, status_code=200, tags=["invitations"])
async def first_page(request: AnyRequest, data: JSONBody[ByToken]) -> FirstPage:
    """Give the case's facts for the page everyone reads before anything else; after the code alone."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await count(conn, request, now)
        row = usable(await ledger.find(conn, data.token), now)
        await require_verified(conn, request, row, now)
        papers = await papers_of(conn, request, row)
    opened, mediator = papers.opened, papers.people.get(papers.mediator or "")
    return FirstPage(
        title=opened.title,
        category=opened.category,
        account=opened.account,
        inviter=papers.people[row.invited_by].name if row.invited_by is not None else inviting_side(papers, row),
        inviter_party=row.inviter_party,
        business=opened.business.name,
        client=opened.client.name,
        mediator=mediator.name if mediator is not None else None,
        earlier_cases=mediator.earlier_cases if mediator is not None else None,
        fees=opened.fees,
        operator=opened.host or None,
        host_party=_side_that_hosts(opened),
        ladder=opened.ladder,
        still_until=papers.standstill.until if time_limits(papers.standstill, now) == "stand-still" else None,
        role=row.role,
        party=row.party,
        suggested_name=row.suggested_name,
        expires_at=row.expires_at,
    )


async def _coded(conn: Connection, token: str, now: datetime) -> tuple[Row, Subject]:
    """Return the invitation and what a code for it is bound to; raises `Problem` when no code leads anywhere."""
    row = usable(await ledger.find(conn, token), now, even_accepted=True)
    if row.email is None or (row.accepted_at is not None and await ledger.holder_of(conn, row) is None):
        raise no_longer_stands()
    return row, Subject("invitation", row.invitation_id, row.email)


async def _sign_in(conn: Connection, request: AnyRequest, row: Row, now: datetime) -> str:
    """Open a session for whoever accepted the invitation, and return its Set-Cookie value.

    An account with a password is not opened by one mailbox: it may sit on many cases.
    """
    holder = await ledger.holder_of(conn, row)
    account = await accounts.find(conn, holder) if holder is not None else None
    if account is None:
        raise no_longer_stands()
    if account.kind == "staff":
        raise sign_in_instead()
    token = await sessions.create(conn, account.account_id, now, device=device_of(request.scope))
    earlier = session_in(request)
    if earlier is not None:
        await sessions.end(conn, earlier.session_id, now)
    return sessions.cookie_header(token, account.kind)


def _side_that_hosts(opened: CaseOpened) -> Party | None:
    """Return the side that runs this portal; a host that is a party says so on the first page."""
    if not opened.host_is_party:
        return None
    return "business" if opened.host == opened.business.name else "client"


routers: list[ControllerRouterHandler] = [preview, send_code, verify, first_page]
