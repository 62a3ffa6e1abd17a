"""Sessions: one row per sign-in, keyed by the hash of a token that only the browser holds.

Nothing is written back when a request ends, so a slow request cannot revive a session that was ended meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from mediation.db import Connection
from mediation.identity.tokens import new_token, token_hash

COOKIE = "__Host-mediation"

AccountKind = Literal["staff", "guest"]


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts unused, and at the very longest."""

    idle: timedelta
    absolute: timedelta


# A guest has no password to come back with, so their session is their way back to the table.
LIFETIMES: dict[str, Lifetime] = {
    "staff": Lifetime(idle=timedelta(hours=12), absolute=timedelta(days=14)),
    "guest": Lifetime(idle=timedelta(days=30), absolute=timedelta(days=120)),
}
TOUCH_EVERY = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `session_id` is the token's hash in hex: a name, useless as a credential."""

    session_id: str
    account_id: str
    name: str
    kind: AccountKind
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its owner sees it in their list."""

    session_id: str
    device: str
    created_at: datetime
    last_seen_at: datetime


async def create(conn: Connection, account_id: str, now: datetime, *, device: str = "") -> str:
    """Open a session for an existing account and return its token, which is shown this once.

    `device` is what its owner will know it by (`devices.device_of`). Sessions that ended a month ago are deleted.
    """
    token = new_token()
    kind = await conn.fetchval("SELECT kind FROM accounts WHERE account_id = $1", UUID(hex=account_id))
    if kind is None:
        raise LookupError(f"There is no account {account_id}.")
    lifetime = LIFETIMES[kind]
    await conn.execute(
        """
        INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, idle_until, expires_at, device)
        VALUES ($1, $2, $3, $3, $4, $5, $6)
        """,
        token_hash(token),
        UUID(hex=account_id),
        now,
        now + lifetime.idle,
        now + lifetime.absolute,
        device,
    )
    await prune(conn, now)
    return token


async def prune(conn: Connection, now: datetime) -> None:
    """Delete the sessions that ended, one way or another, a month ago."""
    await conn.execute("DELETE FROM sessions WHERE LEAST(ended_at, idle_until, expires_at) < $1", now - KEPT_AFTER_END)


async def authenticate(conn: Connection, token: str, now: datetime) -> Session | None:
    """Return the living session this token opens, or None; note that it was seen, at most once a minute."""
    key = token_hash(token)
    if key is None:
        return None
    row = await conn.fetchrow(
        """
        SELECT s.account_id, s.last_seen_at, a.name, a.kind, a.administrator
        FROM sessions s JOIN accounts a USING (account_id)
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.idle_until > $2 AND s.expires_at > $2
          AND a.disabled_at IS NULL
        """,
        key,
        now,
    )
    if row is None:
        return None
    if now - row["last_seen_at"] >= TOUCH_EVERY:
        await touch(conn, [key], now)
    return Session(
        session_id=key.hex(),
        account_id=row["account_id"].hex,
        name=row["name"],
        kind=row["kind"],
        administrator=row["administrator"],
    )


async def touch(conn: Connection, keys: list[bytes], now: datetime) -> None:
    """Note that sessions were in use at `now`, at most once a minute each; an ended one stays ended."""
    await conn.execute(
        """
        UPDATE sessions s
        SET last_seen_at = $2::timestamptz,
            idle_until = $2::timestamptz + CASE a.kind WHEN 'staff' THEN $3::interval ELSE $4::interval END
        FROM accounts a
        WHERE a.account_id = s.account_id AND s.token_hash = ANY($1::bytea[])
          AND s.ended_at IS NULL AND s.last_seen_at <= $2::timestamptz - $5::interval
        """,
        keys,
        now,
        LIFETIMES["staff"].idle,
        LIFETIMES["guest"].idle,
        TOUCH_EVERY,
    )


async def still_open(conn: Connection, session_ids: list[str], now: datetime) -> set[str]:
    """Return those of the given sessions that are neither ended nor past their longest life."""
    rows = await conn.fetch(
        """
        SELECT token_hash FROM sessions JOIN accounts USING (account_id)
        WHERE token_hash = ANY($1::bytea[]) AND ended_at IS NULL AND expires_at > $2 AND disabled_at IS NULL
        """,
        [bytes.fromhex(session_id) for session_id in session_ids],
        now,
    )
    return {row["token_hash"].hex() for row in rows}


async def end(conn: Connection, session_id: str, now: datetime) -> bool:
    """End one session for good. False when it had ended before."""
    status: str = await conn.execute(
        "UPDATE sessions SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL", bytes.fromhex(session_id), now
    )
    return status == "UPDATE 1"


async def end_all(conn: Connection, account_id: str, now: datetime, *, but: str | None = None) -> list[str]:
    """End the account's sessions, all or all but one, and return which. Close their sockets after the commit."""
    rows = await conn.fetch(
        """
        UPDATE sessions SET ended_at = $2
        WHERE account_id = $1 AND ended_at IS NULL AND token_hash IS DISTINCT FROM $3 RETURNING token_hash
        """,
        UUID(hex=account_id),
        now,
        bytes.fromhex(but) if but is not None else None,
    )
    return [row["token_hash"].hex() for row in rows]


async def living(conn: Connection, account_id: str, now: datetime) -> list[Listed]:
    """Return the account's open sessions, the one seen last first."""
    rows = await conn.fetch(
        """
        SELECT token_hash, device, created_at, last_seen_at FROM sessions
        WHERE account_id = $1 AND ended_at IS NULL AND idle_until > $2 AND expires_at > $2
        ORDER BY last_seen_at DESC, created_at DESC, token_hash LIMIT 200
        """,
        UUID(hex=account_id),
        now,
    )
    return [Listed(row["token_hash"].hex(), row["device"], row["created_at"], row["last_seen_at"]) for row in rows]


def cookie_header(token: str, kind: AccountKind) -> str:
    """Return the Set-Cookie value that hands a browser its session."""
    longest = int(LIFETIMES[kind].absolute.total_seconds())
    return f"{COOKIE}={token}; Max-Age={longest}; Path=/; Secure; HttpOnly; SameSite=Lax"


def forgetting_cookie_header() -> str:
    """Return the Set-Cookie value that makes a browser forget its session."""
    return f"{COOKIE}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
