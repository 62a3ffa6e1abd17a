"""The worker that does what is due by itself: a signed text takes effect, a term is remembered, a term is over.

Each act once, late rather than never. Every process looks, a case is claimed by a lease, and whether anything is due is
decided under the case's lock from its papers, which then tell that it was done; so a process that is killed only delays
it, and one that comes second finds nothing to do.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from mediation import clock
from mediation.casework.handle import Casework
from mediation.casework.waking import agree_about_time, claim
from mediation.watch import Watch

LOOK_EVERY: Final = timedelta(minutes=1)

logger = structlog.get_logger(__name__)


class Clockwork:
    """The worker of this process. `start` and `stop` it with the app."""

    def __init__(self, casework: Casework, *, now: Callable[[], datetime] = clock.now) -> None:
        self._casework = casework
        self._now = now
        self._watch = Watch("clockwork", self.look_by_a_right_clock, LOOK_EVERY)

    async def start(self) -> None:
        """Begin to look."""
        self._watch.start()

    async def stop(self) -> None:
        """Stop; a case under way is rolled back, and looked at again when its lease is over."""
        await self._watch.stop()

    async def look(self) -> int:
        """Do everything that is due, as far as no other process is at it; tells in how many cases that was."""
        done = 0
        while (case_id := await self._claim()) is not None:
            try:
                done += await self._casework.do_what_is_due(case_id, self._now())
            except Exception:
                # One case that cannot be read must not keep the others.
                logger.exception("clockwork.failed", case=case_id)
        return done

    async def look_by_a_right_clock(self) -> int:
        """As `look`, but nothing is done by a clock that is wrong: nobody shall lose time by it."""
        async with self._casework.pool.acquire() as conn:
            is_right = await agree_about_time(conn, self._now())
        if is_right:
            return await self.look()
        logger.error("clockwork.clocks_disagree")
        return 0

    async def _claim(self) -> str | None:
        async with self._casework.pool.acquire() as conn:
            return await claim(conn, "due", self._now())
