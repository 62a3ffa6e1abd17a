"""Connections to PostgreSQL, as the lesser role that the running portal works under."""

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    from asyncpg import Record
    from asyncpg.pool import PoolConnectionProxy

    Pool: TypeAlias = asyncpg.Pool[Record]
    # What `async with pool.acquire()` gives and what `asyncpg.connect` gives are used alike.
    Connection: TypeAlias = asyncpg.Connection[Record] | PoolConnectionProxy[Record]
else:
    Pool = asyncpg.Pool
    Connection = asyncpg.Connection

ROLE = "mediation_app"
STATEMENT = timedelta(seconds=15)
LOCK = timedelta(seconds=10)
IDLE_IN_TRANSACTION = timedelta(seconds=30)


def _milliseconds(span: timedelta) -> str:
    return str(int(span / timedelta(milliseconds=1)))


def session_settings() -> dict[str, str]:
    """What every connection of the portal starts with; `RESET ALL` falls back to these, never to the owner's role."""
    return {
        "application_name": "mediation",
        "role": ROLE,
        "timezone": "UTC",
        "statement_timeout": _milliseconds(STATEMENT),
        "lock_timeout": _milliseconds(LOCK),
        "idle_in_transaction_session_timeout": _milliseconds(IDLE_IN_TRANSACTION),
    }


async def open_pool(dsn: str, *, size: int = 10) -> Pool:
    """A pool of at most `size` connections that work as `mediation_app`, without the owner's power over the log.

    The database must have been migrated (the first migration makes the role). Raises what asyncpg raises when the
    server cannot be reached.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        timeout=10,
        command_timeout=(STATEMENT + timedelta(seconds=5)).total_seconds(),
        server_settings=session_settings(),
        reset=_leave_as_it_is,
    )


async def _leave_as_it_is(_connection: "asyncpg.Connection[Record]") -> None:
    """Nothing: the portal never changes a session (no SET, no LISTEN, no session lock).

    asyncpg's own reset query would be a round trip for nothing after every use. It still rolls back a transaction
    that was left open.
    """


async def connect(dsn: str) -> "asyncpg.Connection[Record]":
    """One connection outside the pool, as `mediation_app`, for listening."""
    return await asyncpg.connect(dsn, timeout=10, server_settings=session_settings())
