"""A mediation that has just begun, in a portal with small limits for files."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from apps import portal_app
from desk import Desk
from feeds import serving
from mediation.settings import Settings
from office import Docket


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    settings = Settings(
        data_dir=tmp_path, database_url=database, pool_size=5, file_mib=3, room_mib=8, room_files=4, uploads=2
    )
    async with (
        portal_app(settings) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Desk(app, docket, http, port, settings.files_dir)
