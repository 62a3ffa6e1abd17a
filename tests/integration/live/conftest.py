"""The whole portal in this process with a mediation that has just begun, for each test that asks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from apps import portal_app
from feeds import Browser, serving, watching
from mediation.settings import Settings
from office import Docket


@dataclass
class Live:
    """A running portal and a case in it."""

    docket: Docket
    port: int

    async def watch(
        self, nickname: str, since: Mapping[str, int] | None = None, *, greet: bool = True, receive_buffer: int = 0
    ) -> AbstractAsyncContextManager[Browser]:
        cookie = await self.docket.cookie(nickname)
        return watching(self.port, self.docket.case_id, cookie, since, greet=greet, receive_buffer=receive_buffer)


@pytest.fixture
async def live(database: str, tmp_path: Path) -> AsyncIterator[Live]:
    async with (
        portal_app(
            Settings(data_dir=tmp_path, database_url=database, base_url="http://localhost:8000", pool_size=5)
        ) as app,
        serving(app) as port,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Live(docket, port)
