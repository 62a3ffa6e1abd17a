"""A portal in which a text waits for signatures since a Monday morning."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from apps import portal_app
from feeds import serving
from mediation import clock
from mediation.case import commands as c
from mediation.settings import Settings
from signatories import Room, Signatories, Time


@pytest.fixture
async def room(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """Both sides agree to a text, and the mediator has frozen it; the client is a consumer without a lawyer.

    It is a Monday to come, so that the worker of the portal, which has a clock of its own, finds nothing due.
    """
    time = Time(clock.now() + timedelta(days=7))
    time.on(0, 9)
    assert time.now > datetime.now(UTC)
    async with (
        portal_app(Settings(data_dir=tmp_path, database_url=database, pool_size=5)) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        await app.state.outbox.stop()  # tests say when mail goes out
        monkeypatch.setattr(clock, "now", time)
        docket = Signatories(app.state.casework)
        await docket.open()
        await docket.begin()
        await docket.do("mediator", c.SetStage, stage="drafting")
        await docket.agree_on()
        await docket.freeze()
        yield Room(app, docket, http, time)
