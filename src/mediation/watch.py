"""What a process looks after every so often, as long as it runs: mail that waits, terms that end, bytes to erase."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

_EARLY: Final = 0.8
"""Processes that were started together would else look together, again and again."""

logger = structlog.get_logger(__name__)


class Watch:
    """Looks at once, then whenever it is hurried, and otherwise each time shortly before `every` is over.

    Whatever a look raises is logged under the watch's name and ends nothing: a database that is away comes back.
    """

    def __init__(self, name: str, look: Callable[[], Awaitable[object]], every: timedelta) -> None:
        self._name = name
        self._look = look
        self._every = every
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look; call it on the loop."""
        self._task = asyncio.create_task(self._watch(), name=self._name)

    async def stop(self) -> None:
        """End, in the middle of a look too; without effect where it was never started."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def hurry(self) -> None:
        """Have it look now, or once more when it is looking already."""
        self._wake.set()

    async def _watch(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._look()
            except Exception as failed:  # noqa: BLE001 - see above
                logger.warning("watch.look_failed", watch=self._name, reason=type(failed).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every.total_seconds() * random.uniform(_EARLY, 1)):  # noqa: S311 - hides nothing
                    await self._wake.wait()
