"""Demo sign-in: reusable links for demo people. The route exists in demo mode alone."""

from datetime import datetime
from uuid import UUID

from mediation.db import Connection
from mediation.identity.tokens import new_token, token_hash


async def demo_link(conn: Connection, account_id: str, case_id: str | None, now: datetime) -> str:
    """Return the token of a link `/demo/<token>` that signs this account in and leads to the case. Never expires."""
    token = new_token()
    await conn.execute(
        "INSERT INTO demo_links (token_hash, account_id, case_id, created_at) VALUES ($1, $2, $3, $4)",
        token_hash(token),
        UUID(hex=account_id),
        UUID(hex=case_id) if case_id is not None else None,
        now,
    )
    return token


async def follow(conn: Connection, token: str) -> tuple[str, str | None] | None:
    """Return the account and case that a demo link leads to, or None when there is no such link."""
    key = token_hash(token)
    if key is None:
        return None
    row = await conn.fetchrow("SELECT account_id, case_id FROM demo_links WHERE token_hash = $1", key)
    if row is None:
        return None
    return row["account_id"].hex, row["case_id"].hex if row["case_id"] is not None else None
