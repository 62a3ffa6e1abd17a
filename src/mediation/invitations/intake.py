"""The public page of a business, where a client opens a dispute: a code to their mailbox, then the case at once."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Final, get_args
from uuid import UUID

import asyncpg
from litestar import Response, get, post
from litestar.params import JSONBody, PathParameter
from litestar.types import ControllerRouterHandler

from mediation import clock, outbox
from mediation.case.commands import OpenCase, PartyDescription
from mediation.case.show.ladder import ends_on
from mediation.case.terms import Category
from mediation.casework.handle import Casework
from mediation.casework.policies import policy_for
from mediation.db import Connection
from mediation.identity import accounts, codes, limits, organisations, sessions
from mediation.identity.codes import Subject
from mediation.identity.devices import device_of
from mediation.identity.guards import ANYONE
from mediation.identity.limits import Budget, address_of
from mediation.identity.organisations import Organisation
from mediation.identity.wire import CodeSent
from mediation.invitations import ledger, sent
from mediation.invitations.inviting import checked
from mediation.invitations.looking import AnyRequest, mail_code, session_in
from mediation.invitations.wire import AskIntakeCode, IntakeOpened, IntakePage, OpenFromOutside
from mediation.mail import texts
from mediation.problems import Problem

_OPEN_TO_ANYONE: Final = {"who": ANYONE, "session": "optional"}
Slug = Annotated[str, PathParameter(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
# Whoever stands at one network address may have this many mails sent to strangers, and this many cases opened.
_CODES_PER_ADDRESS: Final = Budget("intake-codes", 20, timedelta(hours=1))
_TRIES_PER_ADDRESS: Final = Budget("intake-tries", 60, timedelta(hours=1))


@get("/intake/{slug:str}", opt={"who": ANYONE}, tags=["intake"])
async def intake_page(request: AnyRequest, slug: Slug) -> IntakePage:
    """Tell whose page this is, and within how many working days they answer."""
    async with request.app.state.pool.acquire() as conn:
        business = await _business(conn, slug)
        within = {category: await _answers_within(conn, business, category) for category in get_args(Category)}
    return IntakePage(organisation=business.name, place=business.place, answer_within_days=within)


@post("/intake/{slug:str}/code", opt=_OPEN_TO_ANYONE, status_code=202, tags=["intake"])
async def intake_code(request: AnyRequest, slug: Slug, data: JSONBody[AskIntakeCode]) -> CodeSent:
    """Mail a code to the address that the client gives, so that nobody opens a dispute in another's name."""
    email, now = checked(data.email), clock.now()
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _CODES_PER_ADDRESS, address_of(request.scope), now)
        subject = _subject(await _business(conn, slug), email)
        made = await mail_code(conn, request, subject, data.language, now)
    request.app.state.outbox.hurry()
    return codes.sent(made)


@post("/intake/{slug:str}", opt=_OPEN_TO_ANYONE, tags=["intake"])
async def open_from_outside(request: AnyRequest, slug: Slug, data: JSONBody[OpenFromOutside]) -> Response[IntakeOpened]:
    """Open the dispute and seat its client. The same form sent again leads to the same case."""
    email, name, earlier = checked(data.email), accounts.plain_name(data.name), session_in(request)
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _TRIES_PER_ADDRESS, address_of(request.scope), clock.now())
        business = await _business(conn, slug)
        key, subject = codes.key_of(request.app.state.keyring), _subject(business, email)
        nonce = await codes.check(conn, key, subject, data.code, clock.now(), even_used=True)
        intake = hashlib.sha256(f"{business.organisation_id}\n{email}\n{data.command_id}".encode()).digest()
        async with conn.transaction():
            # Two of the same that come at once take turns; the second finds what the first made.
            await conn.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(intake[:8], signed=True))
            now = clock.now()
            row = await conn.fetchrow("SELECT * FROM intakes WHERE intake_hash = $1", intake)
            tell = None
            if row is None:
                await codes.use(conn, subject, nonce, now)
                row, tell = await _open(conn, request, business, data, email, name, intake, now)
            answer_by = await _answer_by(conn, request, row["case_id"].hex)
            token = await sessions.create(conn, row["account_id"].hex, now, device=device_of(request.scope))
            if earlier is not None:
                await sessions.end(conn, earlier.session_id, now)
    if tell is not None:
        tell()
        request.app.state.outbox.hurry()
    if earlier is not None:
        request.app.state.live_sessions.ended(earlier.session_id)
    return Response(
        IntakeOpened(case_id=row["case_id"].hex, participant_id=row["participant_id"].hex, answer_by=answer_by),
        headers={"set-cookie": sessions.cookie_header(token, "guest")},
    )


async def _open(
    conn: Connection,
    request: AnyRequest,
    business: Organisation,
    data: OpenFromOutside,
    email: str,
    name: str,
    intake: bytes,
    now: datetime,
) -> tuple[asyncpg.Record, Callable[[], None]]:
    """Open the case in the caller's transaction, with everything that goes with it: seat, way back, mails."""
    casework: Casework = request.app.state.casework
    command = OpenCase(
        command_id=data.command_id,
        title=data.title,
        category=data.category,
        account=data.account,
        business=PartyDescription(name=business.name, place=business.place, capacity="business"),
        client=PartyDescription(name=name, capacity="consumer"),
        opener="principal",
        amount=data.amount,
        since=data.since,
        wish=data.wish,
    )
    account_id = await _account(conn, request, email, name, now)
    case_id, participant_id, tell = await casework.open_within(
        conn, account_id, name, command, now, organisation_id=business.organisation_id, by_page=True
    )
    answer_by = await _answer_by(conn, request, case_id)
    token = await sent.make_accepted(conn, case_id, participant_id, email, data.language, now)
    origin = request.app.state.settings.origin
    back = f"{origin}/join#{token}"
    await outbox.put(conn, texts.acknowledgement(email, data.language, business.name, back, answer_by), now)
    # Nobody knows which language the business reads; that of its own page's visitors is the best guess.
    await outbox.put(conn, texts.intake_notice(business.email, data.language, f"{origin}/", answer_by), now)
    made = await conn.fetch(
        """
        INSERT INTO intakes (intake_hash, case_id, participant_id, account_id, opened_at)
        VALUES ($1, $2, $3, $4, $5) RETURNING *
        """,
        intake,
        UUID(hex=case_id),
        UUID(hex=participant_id),
        UUID(hex=account_id),
        now,
    )
    return made[0], tell


async def _answers_within(conn: Connection, business: Organisation, category: Category) -> int | None:
    """Working days for an answer on the first step of the ladder that such a dispute would have; None without any."""
    policy = (await policy_for(conn, business.organisation_id, category)).policy
    answer = policy.rung(policy.ladder[0]).answer
    return answer.days if answer is not None else None


async def _answer_by(conn: Connection, request: AnyRequest, case_id: str) -> date | None:
    """The last day for the business's answer, as the clock of the case has it: what is promised is what counts."""
    casework: Casework = request.app.state.casework
    return ends_on((await casework.facts(conn, case_id)).papers, "answer-business")


async def _account(conn: Connection, request: AnyRequest, email: str, name: str, now: datetime) -> str:
    """Return the account that takes the client's seat: the guest's who is signed in with this address, or a new one."""
    session = session_in(request)
    if session is not None and session.kind == "guest" and await ledger.reads_mailbox(conn, session.account_id, email):
        return session.account_id
    return await accounts.create_guest(conn, name, now)


async def _business(conn: Connection, slug: str) -> Organisation:
    business = await organisations.business_at(conn, slug)
    if business is None:
        raise Problem(
            404,
            "intake-unknown",
            "Nobody takes in disputes under this address.",
            "Check the address, or ask the business for the link to its page.",
        )
    return business


def _subject(business: Organisation, email: str) -> Subject:
    return Subject("intake", business.organisation_id, email)


routers: list[ControllerRouterHandler] = [intake_page, intake_code, open_from_outside]
