"""Links by mail with which a password is chosen: a forgotten one's successor, or the first of a new account.

Asking takes the same time and gets the same answer for every address, because the looking-up happens after the
answer. An earlier link stays good until one is used: otherwise whoever knows an address could keep voiding them.
"""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import structlog
from litestar import Response, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import Cookie, State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock, outbox
from mediation.db import Connection
from mediation.identity import accounts, known_browsers, limits, passwords, sessions
from mediation.identity.accounts import Account
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import ANYONE
from mediation.identity.limits import Budget, TooManyTries, address_of
from mediation.identity.tokens import new_token, token_hash
from mediation.identity.wire import AskForReset, UseReset
from mediation.mail import texts
from mediation.problems import Problem

RESET_LASTS: Final = timedelta(minutes=30)
FIRST_LASTS: Final = timedelta(days=7)
_MAILS: Final = Budget("password-reset-mails", 3, timedelta(hours=1))  # to one address; more would be a nuisance

log = structlog.get_logger(__name__)


def _per_address(state: State) -> Budget:
    return Budget("password-reset-address", state.settings.sign_in_tries * 3)


async def write_link(conn: Connection, base_url: str, account_id: str, now: datetime, lasts: timedelta) -> str:
    """Make a link for the account and return it; this is the only time it is known. Older ones stay good."""
    token = new_token()
    await conn.execute("DELETE FROM password_resets WHERE expires_at <= $1", now)
    await conn.execute(
        "INSERT INTO password_resets (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash(token),
        UUID(hex=account_id),
        now,
        now + lasts,
    )
    return f"{base_url.rstrip('/')}/password#{token}"


async def mail_first_link(conn: Connection, base_url: str, account: Account, now: datetime) -> None:
    """Write the mail of a new account, in the caller's transaction."""
    link = await write_link(conn, base_url, account.account_id, now, FIRST_LASTS)
    until = now + FIRST_LASTS
    await outbox.put(
        conn,
        texts.first_password(account.email or "", account.language, link, until),
        now,
        useless_after=until,
    )


@post("/password-resets", opt={"who": ANYONE}, status_code=202, tags=["identity"])
async def ask_for_reset(request: AnyRequest, data: JSONBody[AskForReset]) -> Response[None]:
    """Have a link mailed. The answer is the same for every address, with an account or without."""
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _per_address(request.app.state), address_of(request.scope), clock.now())
    return Response(None, background=BackgroundTask(_mail_link, request.app.state, data.email))


async def _mail_link(state: State, email: str) -> None:
    now = clock.now()
    try:
        async with state.pool.acquire() as conn:
            account = await accounts.find_by_email(conn, email)
            if account is None or account.email is None or account.kind != "staff" or account.is_disabled:
                return
            await limits.spend(conn, _MAILS, account.email, now)
            async with conn.transaction():
                link = await write_link(conn, state.settings.base_url, account.account_id, now, RESET_LASTS)
                until = now + RESET_LASTS
                mail = texts.password_reset(account.email, account.language, link, until)
                await outbox.put(conn, mail, now, useless_after=until)
        state.outbox.hurry()
    except TooManyTries:
        return  # the mails of this hour are in the mailbox, and their links are good
    except Exception:  # nobody waits for this any more, so the log is the one to tell
        log.exception("resets.not_mailed")


@post("/password-resets/use", opt={"who": ANYONE}, status_code=204, tags=["identity"])
async def use_reset(request: AnyRequest, data: JSONBody[UseReset]) -> Response[None]:
    """Choose a password with a mailed link. It works once, and ends every session of the account.

    The browser is known from then on, so that the new password works in it whatever strangers try meanwhile.
    """
    accounts.refuse_weak(data.password)
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _per_address(request.app.state), address_of(request.scope), now)
        if await _account_of(conn, data.token, now) is None:
            raise _unusable()
    hashed = await passwords.hash_password(data.password)
    ended, known = await _take_over(request.app.state, data.token, hashed, clock.now())
    for session_id in ended:
        request.app.state.live_sessions.ended(session_id)
    request.app.state.outbox.hurry()
    return Response(None, cookies=[known])


async def _take_over(state: State, token: str, hashed: str, now: datetime) -> tuple[list[str], Cookie]:
    async with state.pool.acquire() as conn, conn.transaction():
        account_id = await _spend(conn, token, now)
        await accounts.set_password(conn, account_id, hashed)
        await void_links(conn, account_id)
        await known_browsers.forget_all(conn, account_id)
        account = await accounts.find(conn, account_id)
        if account is not None:
            await mail_notice(conn, state.settings.base_url, account, "password", now)
        return await sessions.end_all(conn, account_id, now), await known_browsers.remember(conn, account_id, now)


async def mail_notice(
    conn: Connection, base_url: str, account: Account, what: Literal["password", "passkey"], now: datetime
) -> None:
    """Tell an account's owner that there is another way into it, in case it was not they."""
    if account.email is not None:
        link = f"{base_url.rstrip('/')}/account"
        await outbox.put(conn, texts.account_changed(account.email, account.language, what, link), now)


async def void_links(conn: Connection, account_id: str) -> None:
    """No mailed link sets this account's password any more."""
    await conn.execute("DELETE FROM password_resets WHERE account_id = $1", UUID(hex=account_id))


async def _account_of(conn: Connection, token: str, now: datetime) -> str | None:
    """The account whose password a link sets now, or None."""
    found = await conn.fetchval(
        """
        SELECT account_id FROM password_resets JOIN accounts USING (account_id)
        WHERE token_hash = $1 AND expires_at > $2 AND disabled_at IS NULL
        """,
        token_hash(token),
        now,
    )
    return found.hex if found is not None else None


async def _spend(conn: Connection, token: str, now: datetime) -> str:
    """Use a link up and return its account. Of two uses at once, the second waits here and then finds nothing."""
    found = await conn.fetchval(
        """
        DELETE FROM password_resets r USING accounts a
        WHERE r.token_hash = $1 AND r.expires_at > $2 AND a.account_id = r.account_id AND a.disabled_at IS NULL
        RETURNING r.account_id
        """,
        token_hash(token),
        now,
    )
    if found is None:
        raise _unusable()
    return str(found.hex)


def _unusable() -> Problem:
    return Problem(
        410,
        "reset-link-unusable",
        "This link does not set a password any more.",
        "Ask for a new one: each works once, and not for long.",
    )


routers: list[ControllerRouterHandler] = [ask_for_reset, use_reset]
"""To be mounted under /api."""
