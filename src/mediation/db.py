"""Connections to PostgreSQL, as the lesser roles that the running portal works under.

`mediation_app` decides and writes. `mediation_reader` reads on behalf of one person, and PostgreSQL shows it that
person's rooms alone: docs/decisions/0074-the-second-wall.md.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

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

ROLE: Final = "mediation_app"
READER: Final = "mediation_reader"
STATEMENT = timedelta(seconds=15)
LOCK = timedelta(seconds=10)
IDLE_IN_TRANSACTION = timedelta(seconds=30)
_PATIENCE = timedelta(seconds=10)  # for a free connection


def _milliseconds(span: timedelta) -> str:
    return str(int(span / timedelta(milliseconds=1)))


def session_settings(role: str = ROLE) -> dict[str, str]:
    """What every connection of the portal starts with; `RESET ALL` falls back to these, never to the owner's role."""
    return {
        "application_name": "mediation",
        "role": role,
        "timezone": "UTC",
        "statement_timeout": _milliseconds(STATEMENT),
        "lock_timeout": _milliseconds(LOCK),
        "idle_in_transaction_session_timeout": _milliseconds(IDLE_IN_TRANSACTION),
    }


async def open_pool(dsn: str, *, size: int = 10, role: str = ROLE) -> Pool:
    """A pool of at most `size` connections that work as `role`, without the owner's power over the log.

    A pool of `READER` is for `reading_as`; without it, its connections are shown nothing of any case. Whoever holds
    one of them must not wait for one of `ROLE`: the other way round is how commands come to read.

    The database must have been migrated (migrations make the roles). Raises what asyncpg raises when the server cannot
    be reached.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        timeout=10,
        command_timeout=(STATEMENT + timedelta(seconds=5)).total_seconds(),
        server_settings=session_settings(role),
        reset=_leave_as_it_is,
    )


@asynccontextmanager
async def reading_as(readers: Pool, case_id: str, participant_id: str) -> AsyncIterator[Connection]:
    """One snapshot of what this person may read of this case; PostgreSQL leaves everything else out.

    `readers` is a pool of `READER`; both ids are 32 hex digits. What is read belongs together: a membership that ends
    meanwhile ends for all of it or for none. Nothing can be written, and no further transaction begun.
    """
    # UUID() lets nothing but hex digits into the statement, which one round trip cannot take as parameters.
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
        f"SELECT set_config('mediation.case', '{UUID(case_id)}', true), "
        f"set_config('mediation.participant', '{UUID(participant_id)}', true)"
    )
    async with readers.acquire(timeout=_PATIENCE.total_seconds()) as conn:
        try:
            await conn.execute(begin)
            yield conn
        finally:
            if not conn.is_closed():
                await conn.execute("ROLLBACK")


async def _leave_as_it_is(_connection: "asyncpg.Connection[Record]") -> None:
    """Nothing: the portal never changes a session (no SET, no LISTEN, no session lock).

    asyncpg's own reset query would be a round trip for nothing after every use. It still rolls back a transaction
    that was left open.
    """


async def connect(dsn: str) -> "asyncpg.Connection[Record]":
    """One connection outside the pools, as `mediation_app`, for listening."""
    return await asyncpg.connect(dsn, timeout=10, server_settings=session_settings())
