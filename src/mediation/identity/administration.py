"""What administrators do: accounts of staff, organisations, and who works where. Nothing here touches a case."""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from asyncpg import Record
from litestar import delete, get, post, put
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection
from mediation.identity import accounts, known_browsers, organisations, resets, sessions
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import ADMIN, session_of
from mediation.identity.wire import (
    AddAccount,
    AddMember,
    AddOrganisation,
    ChangeAccount,
    MembershipView,
    Organisations,
    OrganisationView,
    PathId,
    StaffAccount,
    StaffAccounts,
)
from mediation.problems import Problem

_LISTED: Final = 2_000
# Held while rights change, so that two administrators cannot shut each other out at the same moment.
_RIGHTS_LOCK: Final = 0x6D65646961746F72


@get("/admin/accounts", opt={"who": ADMIN}, tags=["administration"])
async def list_accounts(request: AnyRequest) -> StaffAccounts:
    """The staff accounts. Guests are known to their cases alone."""
    async with request.app.state.pool.acquire() as conn:
        return StaffAccounts(accounts=await _staff(conn))


@post("/admin/accounts", opt={"who": ADMIN}, tags=["administration"])
async def add_account(request: AnyRequest, data: JSONBody[AddAccount]) -> StaffAccount:
    """Make a staff account, and mail its owner a link to choose a password."""
    now = clock.now()
    account_id = _made_by(session_of(request).account_id, data.command_id, "account")
    async with request.app.state.pool.acquire() as conn:
        async with conn.transaction():
            if await accounts.find(conn, account_id) is None:
                await _add(conn, request.app.state.settings.base_url, account_id, data, now)
        [made] = await _staff(conn, account_id)
    if (made.email, made.name) != (accounts.plain_email(data.email), accounts.plain_name(data.name)):
        raise organisations.id_reused()
    request.app.state.outbox.hurry()
    return made


async def _add(conn: Connection, base_url: str, account_id: str, data: AddAccount, now: datetime) -> None:
    await accounts.create_staff(
        conn,
        data.name,
        data.email,
        None,
        now,
        administrator=data.administrator,
        language=data.language,
        account_id=account_id,
    )
    if data.organisation is not None:
        await organisations.put_member(conn, data.organisation, account_id, data.role)
    account = await accounts.find(conn, account_id)
    if account is not None:
        await resets.mail_first_link(conn, base_url, account, now)


@put("/admin/accounts/{account:str}", opt={"who": ADMIN}, tags=["administration"])
async def change_account(request: AnyRequest, account: PathId, data: JSONBody[ChangeAccount]) -> StaffAccount:
    """Shut an account or open it again, and say whether it manages others. A change ends its sessions at once."""
    if account == session_of(request).account_id:
        raise Problem(
            409,
            "not-your-own-account",
            "Nobody shuts or changes their own account here.",
            "Ask another administrator, or whoever runs this portal.",
        )
    async with request.app.state.pool.acquire() as conn:
        async with conn.transaction():
            ended = await _change(conn, session_of(request).account_id, account, data, clock.now())
        [changed] = await _staff(conn, account)
    for session_id in ended:
        request.app.state.live_sessions.ended(session_id)
    return changed


async def _change(conn: Connection, by: str, account_id: str, data: ChangeAccount, now: datetime) -> list[str]:
    await conn.execute("SELECT pg_advisory_xact_lock($1)", _RIGHTS_LOCK)
    asking = await accounts.find(conn, by)
    if asking is None or asking.is_disabled or not asking.administrator:
        raise Problem(403, "not-open-to-you", "This is not open to your account.", "Go back to your own cases.")
    account = await accounts.find(conn, account_id)
    if account is None or account.kind != "staff":
        raise organisations.account_unknown()
    if (account.is_disabled, account.administrator) == (data.disabled, data.administrator):
        return []
    if data.administrator and not account.administrator and await _sits_on_a_case(conn, account_id):
        raise Problem(
            409,
            "sits-on-a-case",
            "This account has a seat on a case, and whoever manages accounts has none.",
            "Make another account for managing.",
        )
    await conn.execute(
        """
        UPDATE accounts SET administrator = $2, disabled_at = CASE WHEN $3 THEN COALESCE(disabled_at, $4) END
        WHERE account_id = $1
        """,
        UUID(hex=account_id),
        data.administrator,
        data.disabled,
        now,
    )
    if data.disabled:
        await resets.void_links(conn, account_id)
        await known_browsers.forget_all(conn, account_id)
    # Whoever has other rights than before signs in again: a token never outlives what it was given for.
    return await sessions.end_all(conn, account_id, now)


async def _sits_on_a_case(conn: Connection, account_id: str) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM seats WHERE account_id = $1 AND left_at IS NULL)", UUID(hex=account_id)
    )
    return bool(found)


@get("/admin/organisations", opt={"who": ADMIN}, tags=["administration"])
async def list_organisations(request: AnyRequest) -> Organisations:
    """The businesses and providers of this portal, with their staff."""
    async with request.app.state.pool.acquire() as conn:
        return Organisations(organisations=await organisations.listed(conn))


@post("/admin/organisations", opt={"who": ADMIN}, tags=["administration"])
async def add_organisation(request: AnyRequest, data: JSONBody[AddOrganisation]) -> OrganisationView:
    """Make a business or a provider."""
    organisation_id = _made_by(session_of(request).account_id, data.command_id, "organisation")
    async with request.app.state.pool.acquire() as conn:
        await organisations.add(conn, organisation_id, data, clock.now())
        [made] = await organisations.listed(conn, organisation_id)
    return made


@post("/admin/organisations/{organisation:str}/members", opt={"who": ADMIN}, status_code=200, tags=["administration"])
async def add_member(request: AnyRequest, organisation: PathId, data: JSONBody[AddMember]) -> OrganisationView:
    """Have a staff account work there, or change in which role it does."""
    async with request.app.state.pool.acquire() as conn:
        await organisations.put_member(conn, organisation, data.account, data.role)
        return await _one(conn, organisation)


@delete(
    "/admin/organisations/{organisation:str}/members/{account:str}",
    opt={"who": ADMIN},
    status_code=200,
    tags=["administration"],
)
async def drop_member(request: AnyRequest, organisation: PathId, account: PathId) -> OrganisationView:
    """Have an account not work there any more. Doing it twice is no error."""
    async with request.app.state.pool.acquire() as conn:
        await organisations.drop_member(conn, organisation, account)
        return await _one(conn, organisation)


async def _one(conn: Connection, organisation_id: str) -> OrganisationView:
    found = await organisations.listed(conn, organisation_id)
    if not found:
        raise organisations.organisation_unknown()
    return found[0]


async def _staff(conn: Connection, account_id: str | None = None) -> list[StaffAccount]:
    rows = await conn.fetch(
        """
        SELECT a.account_id, a.name, a.email, a.administrator, a.disabled_at, a.language, a.created_at,
               a.password_hash IS NULL AND NOT EXISTS (
                   SELECT FROM passkeys p WHERE p.account_id = a.account_id) AS waiting
        FROM accounts a
        WHERE a.kind = 'staff' AND ($1::uuid IS NULL OR a.account_id = $1)
        ORDER BY a.name, a.account_id LIMIT $2
        """,
        UUID(hex=account_id) if account_id is not None else None,
        _LISTED,
    )
    works_for = await organisations.memberships(conn, (row["account_id"].hex for row in rows))
    return [_staff_account(row, works_for[row["account_id"].hex]) for row in rows]


def _staff_account(row: Record, works_for: list[MembershipView]) -> StaffAccount:
    return StaffAccount(
        account_id=row["account_id"].hex,
        name=row["name"],
        email=row["email"] or "",
        administrator=row["administrator"],
        disabled_at=row["disabled_at"],
        waiting=row["waiting"],
        language=row["language"],
        created_at=row["created_at"],
        organisations=works_for,
    )


def _made_by(account_id: str, command_id: str, what: str) -> str:
    """The id of what an administrator makes with this command: sent again, it makes nothing new."""
    return hashlib.sha256(f"{what} {account_id} {command_id}".encode()).hexdigest()[:32]


routers: list[ControllerRouterHandler] = [
    list_accounts,
    add_account,
    change_account,
    list_organisations,
    add_organisation,
    add_member,
    drop_member,
]
"""To be mounted under /api."""
