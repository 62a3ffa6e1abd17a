"""The browser in which a link was opened: known again by a random cookie, so that a code is typed once.

A visit is verified by the code for one invitation, gets a new secret then, and ends with the browser or after half a
day. Networks lose answers: the same acceptance from the same visit gets its seat again for an hour, and the same words
from anywhere else do not.
"""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from litestar.types import Scope

from mediation.db import Connection
from mediation.identity.middleware import cookie_of
from mediation.identity.tokens import new_token, token_hash

COOKIE: Final = "__Host-mediation-visit"
VALID_FOR: Final = timedelta(hours=12)
RECOVERABLE_FOR: Final = timedelta(hours=1)


def visit_of(scope: Scope) -> str | None:
    """Return the secret of the visit this browser is on, or None when it is on none."""
    visit = cookie_of(scope["headers"], COOKIE)
    return visit if visit is not None and re.fullmatch("[A-Za-z0-9_-]{43}", visit) else None


async def begin(conn: Connection, scope: Scope, invitation_id: str, now: datetime) -> str:
    """Note that this browser reads the invited mailbox, and return the Set-Cookie value of its new secret.

    What it had shown for other invitations moves along: two links in one browser do not shut each other out.
    """
    secret, earlier = new_token(), visit_of(scope)
    await conn.execute("DELETE FROM visits WHERE expires_at < $1", now)
    if earlier is not None:
        await conn.execute(
            "UPDATE visits SET visit_hash = $2 WHERE visit_hash = $1", token_hash(earlier), token_hash(secret)
        )
    await conn.execute(
        """
        INSERT INTO visits (visit_hash, invitation_id, expires_at) VALUES ($1, $2, $3)
        ON CONFLICT (visit_hash, invitation_id) DO UPDATE SET expires_at = excluded.expires_at
        """,
        token_hash(secret),
        UUID(hex=invitation_id),
        now + VALID_FOR,
    )
    return f"{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax"


async def is_verified(conn: Connection, scope: Scope, invitation_id: str, now: datetime) -> bool:
    """Whether this browser has shown that it reads the mailbox of this invitation."""
    visit = visit_of(scope)
    if visit is None:
        return False
    found = await conn.fetchval(
        "SELECT true FROM visits WHERE visit_hash = $1 AND invitation_id = $2 AND expires_at > $3",
        token_hash(visit),
        UUID(hex=invitation_id),
        now,
    )
    return found is not None


async def end_all(conn: Connection, invitation_id: str) -> None:
    """Forget everybody who has shown a code for this invitation, because its address is another one now."""
    await conn.execute("DELETE FROM visits WHERE invitation_id = $1", UUID(hex=invitation_id))


def fingerprint(command_id: str, visit: str | None) -> str:
    """Return the 32 hex digits under which an acceptance is known again: this command from this browser."""
    return UUID(bytes=hashlib.sha256(f"{command_id} {visit or ''}".encode()).digest()[:16]).hex
