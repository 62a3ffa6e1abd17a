"""The worker that forgets: it looks every minute for cases of which something is due, one of all processes for each.

Late rather than never: a portal that was down erases what is overdue as soon as it runs. A case is claimed by a lease,
so a process that is killed in between only delays it; whether anything is due is decided under the case's lock.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from mediation import clock
from mediation.bus import Bus
from mediation.casework.handle import Casework
from mediation.casework.waking import agree_about_time, claim
from mediation.keeping.erasing import erase_due
from mediation.watch import Watch

LOOK_EVERY: Final = timedelta(minutes=1)
FORGET_FOR: Final = timedelta(minutes=10)
"""Hints may be lost, and what was being read while the words went may be kept a moment later: so forget again."""

logger = structlog.get_logger(__name__)


class Keeper:
    """The worker of this process. `start` and `stop` it with the app."""

    def __init__(self, casework: Casework, bus: Bus, *, now: Callable[[], datetime] = clock.now) -> None:
        self._casework = casework
        self._pool = casework.pool
        self._bus = bus
        self._now = now
        self._watch = Watch("keeper", self.look_by_a_right_clock, LOOK_EVERY)
        self._looked_at = now()

    async def start(self) -> None:
        """Begin to look."""
        self._watch.start()

    async def stop(self) -> None:
        """Stop; a case under way is rolled back, and looked at again when its lease is over."""
        await self._watch.stop()

    async def look(self) -> int:
        """Erase everything that is due now, as far as no other process is at it; tells of how many cases."""
        done = 0
        while (case_id := await self._claim()) is not None:
            try:
                done += await self._erase(case_id)
            except Exception:
                # One case that cannot be erased must not keep the others.
                logger.exception("keeping.failed", case=case_id)
        await self._forget_lately_erased()
        return done

    async def _claim(self) -> str | None:
        async with self._pool.acquire() as conn:
            return await claim(conn, "keeping", self._now())

    async def _erase(self, case_id: str) -> bool:
        async with self._pool.acquire() as conn, conn.transaction():
            tell = await erase_due(conn, self._casework, case_id, self._now())
        if tell is None:
            return False
        logger.info("keeping.erased", case=case_id)
        # In this order: who looks again must not find what was kept.
        self._bus.publish({"case": case_id, "erased": True})
        tell()
        return True

    async def _forget_lately_erased(self) -> None:
        now = self._now()
        async with self._pool.acquire() as conn:
            rows = await conn.fetch(
                "SELECT DISTINCT case_id FROM erasures WHERE at > $1", min(now, self._looked_at) - FORGET_FOR
            )
        for row in rows:
            self._casework.folds.forget(row["case_id"].hex)
        self._looked_at = now

    async def look_by_a_right_clock(self) -> int:
        """As `look`, but nothing is erased by a clock that is wrong: what goes too early does not come back."""
        async with self._pool.acquire() as conn:
            is_right = await agree_about_time(conn, self._now())
        if is_right:
            return await self.look()
        logger.error("keeping.clocks_disagree")
        return 0
