"""A portal's cases on a fresh database, with a clock that the tests move."""

from collections.abc import AsyncIterator

import pytest

from mediation import clock
from mediation.bus import Bus
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.record.keys import Keyring
from notices_town import BASE, Time, Town


@pytest.fixture
async def town(database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    bus = Bus(database)
    await bus.start()
    time = Time()
    monkeypatch.setattr(clock, "now", time)
    keyring = Keyring.from_seed(bytes(range(32)))
    async with pool.acquire() as conn:
        await keyring.register(conn)
    casework = Casework(pool, bus, keyring, host="The host", base_url=BASE)
    try:
        yield Town(pool, casework, time)
    finally:
        await bus.stop()
