"""Mediations that have ended, in processes that share one PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from ended import Ended, end
from mediation.bus import Bus
from mediation.casework.handle import Casework
from mediation.db import Pool
from office import Docket, casework_on

Start = Callable[[], Awaitable[tuple[Casework, Bus]]]


@pytest.fixture
async def start(database: str, pool: Pool) -> AsyncIterator[Start]:
    """Starts a process of the portal: a casework with caches and a bus of its own."""
    async with contextlib.AsyncExitStack() as stack:

        async def started() -> tuple[Casework, Bus]:
            bus = Bus(database)
            await bus.start()
            stack.push_async_callback(bus.stop)
            return await casework_on(pool, bus), bus

        yield started


@pytest.fixture
async def ended(start: Start) -> Ended:
    """A mediation that ended just now."""
    casework, bus = await start()
    return await end(await (await Docket(casework).open()).begin(), bus)
