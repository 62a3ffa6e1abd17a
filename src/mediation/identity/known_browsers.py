"""Browsers in which an account has signed in before. Strangers who guess at the account do not use up their tries.

Otherwise whoever knows an e-mail address could keep its owner out for as long as they cared to go on guessing.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from litestar.datastructures import Cookie

from mediation.db import Connection
from mediation.identity.tokens import new_token, token_hash

COOKIE: Final = "__Host-mediation-known"
KEPT: Final = timedelta(days=180)


async def remember(conn: Connection, account_id: str, now: datetime) -> Cookie:
    """Note that the account signed in here; returns the cookie by which the browser will be known."""
    token = new_token()
    await conn.execute("DELETE FROM known_browsers WHERE expires_at <= $1", now)
    await conn.execute(
        "INSERT INTO known_browsers (token_hash, account_id, expires_at) VALUES ($1, $2, $3)",
        token_hash(token),
        UUID(hex=account_id),
        now + KEPT,
    )
    return Cookie(
        key=COOKIE,
        value=token,
        path="/",
        max_age=int(KEPT.total_seconds()),
        secure=True,
        httponly=True,
        samesite="strict",
    )


async def recognise(conn: Connection, token: str | None, account_id: str, now: datetime) -> str | None:
    """Return the name under which the browser's tries are counted when this account signed in there, else None."""
    key = token_hash(token) if token is not None else None
    if key is None:
        return None
    known = await conn.fetchval(
        "SELECT true FROM known_browsers WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3",
        key,
        UUID(hex=account_id),
        now,
    )
    return key.hex() if known else None


async def forget_all(conn: Connection, account_id: str, *, but: str | None = None) -> None:
    """No browser is known to the account any more, or only the one with this cookie."""
    await conn.execute(
        "DELETE FROM known_browsers WHERE account_id = $1 AND token_hash IS DISTINCT FROM $2",
        UUID(hex=account_id),
        token_hash(but) if but is not None else None,
    )
