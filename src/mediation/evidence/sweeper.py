"""Erases the bytes of what is gone: files whose entry was erased, uploads that were given up or never finished.

The transaction that makes a file disappear only notes its key; the bytes go once that is certain, as often as it takes.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from mediation import clock
from mediation.db import Pool
from mediation.storage import Storage, StoreAway
from mediation.watch import Watch

_EVERY: Final = timedelta(seconds=10)
_ONCE_MORE: Final = timedelta(minutes=10)  # longer than any piece or picture that was under way can take
_AGAIN: Final = timedelta(minutes=1)  # after the store could not be reached


class Sweeper:
    """One in each process; what one is at, the others leave alone."""

    def __init__(self, pool: Pool, storage: Storage) -> None:
        self._pool = pool
        self._storage = storage
        self._watch = Watch("sweeper", lambda: self.sweep(clock.now()), _EVERY)

    async def start(self) -> None:
        """Begin to look every few seconds."""
        self._watch.start()

    async def stop(self) -> None:
        """Stop looking; what is noted stays noted."""
        await self._watch.stop()

    async def sweep(self, now: datetime) -> int:
        """Erase everything that is due, and tell how much that was."""
        async with self._pool.acquire() as conn:
            await conn.execute(
                """
                WITH gone AS (DELETE FROM uploads WHERE expires_at <= $1 RETURNING key)
                INSERT INTO bytes_to_erase (key) SELECT key FROM gone
                """,
                now,
            )
        erased = 0
        while await self._erase_one(now):
            erased += 1
        return erased

    async def _erase_one(self, now: datetime) -> bool:
        """Erase the bytes of one key; false when none is due. A crash on the way leaves it noted as it was."""
        async with self._pool.acquire() as conn, conn.transaction():
            row = await conn.fetchrow(
                """
                SELECT key, erased_once FROM bytes_to_erase WHERE not_before IS NULL OR not_before <= $1
                ORDER BY not_before NULLS FIRST LIMIT 1 FOR UPDATE SKIP LOCKED
                """,
                now,
            )
            if row is None:
                return False
            try:
                async with asyncio.timeout(20):
                    await self._storage.erase(row["key"])
            except (StoreAway, TimeoutError):
                await conn.execute("UPDATE bytes_to_erase SET not_before = $2 WHERE key = $1", row["key"], now + _AGAIN)
                return True
            if row["erased_once"]:
                await conn.execute("DELETE FROM bytes_to_erase WHERE key = $1", row["key"])
            else:
                await conn.execute(
                    "UPDATE bytes_to_erase SET erased_once = true, not_before = $2 WHERE key = $1",
                    row["key"],
                    now + _ONCE_MORE,
                )
            return True
