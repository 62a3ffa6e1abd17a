"""Cases of which something is due at a certain time: noted beside the log, and claimed by one worker of all processes.

A row only wakes a worker. What is due is decided from the papers, under the lock of the case, so a row that is late,
stale or claimed twice does no harm.
"""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from mediation.db import Connection

Due = Literal["keeping", "due", "printings"]
"""What wakes: something is to be erased, something happens by itself, papers are printed. The table's name."""
LEASE: Final = timedelta(minutes=5)
"""A case with which a worker failed is tried again after this long, and does not hold up the others."""
_MAY_DIFFER: Final = timedelta(minutes=5)


async def wake_at(conn: Connection, table: Due, case_id: str, due: datetime | None) -> None:
    """Have the case looked at when something of it is due, or, with None, not at all."""
    if due is None:
        await conn.execute(f"DELETE FROM {table} WHERE case_id = $1", UUID(case_id))  # noqa: S608 - one of three names
        return
    await conn.execute(
        f"""
        INSERT INTO {table} (case_id, due_at) VALUES ($1, $2)
        ON CONFLICT (case_id) DO UPDATE SET due_at = EXCLUDED.due_at, leased_until = NULL
        """,  # noqa: S608 - as above
        UUID(case_id),
        due,
    )


async def claim(conn: Connection, table: Due, now: datetime) -> str | None:
    """A case of which something is due, that nobody else is given until its lease is over; None when there is none."""
    found: UUID | None = await conn.fetchval(
        f"""
        UPDATE {table} SET leased_until = $2 FROM (
            SELECT case_id FROM {table} WHERE due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AS claimed
        WHERE {table}.case_id = claimed.case_id RETURNING {table}.case_id
        """,  # noqa: S608 - as above
        now,
        now + LEASE,
    )
    return None if found is None else found.hex


async def agree_about_time(conn: Connection, now: datetime) -> bool:
    """Whether the clocks of this machine and the database's are near each other.

    What happens too early by a wrong clock does not come back: words that are erased, a time to withdraw that is over.
    """
    theirs: datetime = await conn.fetchval("SELECT clock_timestamp()")
    return abs(now - theirs) < _MAY_DIFFER
