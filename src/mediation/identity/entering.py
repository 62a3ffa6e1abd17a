"""Coming in: a new session at every sign-in, whatever it was done with."""

from datetime import datetime
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie, State

from mediation.db import Pool
from mediation.identity import accounts, sessions
from mediation.identity.accounts import Account
from mediation.identity.devices import device_of
from mediation.identity.guards import not_signed_in
from mediation.identity.sessions import Session
from mediation.identity.wire import SignedIn

AnyRequest = Request[Any, Any, State]


async def start_session(
    request: AnyRequest, account_id: str, now: datetime, *, password_hash: str | None = None
) -> str:
    """Open a session with a new token and end the one this browser came with; returns the token.

    A cookie that came with the request is never taken over, so nobody can choose another person's session. Raises
    `Problem` 401 when the account was shut meanwhile, or `password_hash` is no longer its own.
    """
    earlier: Session | None = request.scope["state"].get("session")
    pool: Pool = request.app.state.pool
    async with pool.acquire() as conn, conn.transaction():
        if not await accounts.still_opens(conn, account_id, password_hash):
            raise not_signed_in()
        token = await sessions.create(conn, account_id, now, device=device_of(request.scope))
        if earlier is not None:
            await sessions.end(conn, earlier.session_id, now)
    if earlier is not None:
        request.app.state.live_sessions.ended(earlier.session_id)
    return token


def signed_in(account: Account) -> SignedIn:
    """Who one is, for oneself."""
    return SignedIn(
        account_id=account.account_id,
        name=account.name,
        kind=account.kind,
        email=account.email,
        administrator=account.administrator,
        language=account.language,
    )


def welcome(account: Account, token: str, known: Cookie | None = None) -> Response[SignedIn]:
    """The answer to a sign-in: who one is, and the session's cookie."""
    return Response(
        signed_in(account),
        headers={"set-cookie": sessions.cookie_header(token, account.kind)},
        cookies=[known] if known is not None else None,
    )
