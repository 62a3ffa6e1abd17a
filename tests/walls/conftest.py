"""The portal of these tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from apps import portal_app
from feeds import serving
from mediation import app as composition
from mediation import db
from mediation.bus import Bus
from mediation.settings import Settings
from office import Docket, casework_on
from walls.portal import Portal, Start


@pytest.fixture
async def bus(database: str) -> AsyncIterator[Bus]:
    bus = Bus(database)
    await bus.start()
    try:
        yield bus
    finally:
        await bus.stop()


@pytest.fixture
async def docket(pool: db.Pool, bus: Bus) -> Docket:
    """A mediation that has just begun: handler, client and mediator at the table."""
    return await (await Docket(await casework_on(pool, bus)).open()).begin()


@pytest.fixture
def start(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts a portal: `start()`, or `start(readers=db.ROLE)`, in which PostgreSQL shows its readers everything."""

    @asynccontextmanager
    async def started(readers: str = db.READER) -> AsyncIterator[Portal]:
        monkeypatch.setattr(composition, "READER", readers)
        settings = Settings(data_dir=tmp_path, database_url=database, base_url="http://localhost:8000", pool_size=4)
        async with (
            portal_app(settings) as app,
            serving(app) as port,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
        ):
            docket = await (await Docket(app.state.casework).open()).begin()
            yield Portal(docket, http, port)

    return started
