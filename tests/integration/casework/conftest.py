"""A casework on a fresh database, and a case in it, for each test that asks."""

from collections.abc import AsyncIterator

import pytest

from mediation.bus import Bus
from mediation.casework.handle import Casework
from mediation.db import Pool
from office import Docket, casework_on


@pytest.fixture
async def bus(database: str) -> AsyncIterator[Bus]:
    bus = Bus(database)
    await bus.start()
    try:
        yield bus
    finally:
        await bus.stop()


@pytest.fixture
async def casework(pool: Pool, bus: Bus) -> Casework:
    return await casework_on(pool, bus)


@pytest.fixture
async def docket(casework: Casework) -> Docket:
    """A mediation that has just begun: handler, client and mediator at the table."""
    return await (await Docket(casework).open()).begin()
