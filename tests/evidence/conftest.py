"""A mediation that has just begun, in a portal with small limits for files."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from desk import Desk
from feeds import serving
from mediation.app import create_app
from mediation.settings import Settings
from office import Docket


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    settings = Settings(
        data_dir=tmp_path, database_url=database, pool_size=5, file_mib=3, room_mib=8, room_files=4, uploads=2
    )
    app = create_app(settings)
    async with serving(app) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Desk(app, docket, http, port, settings.files_dir)
