"""The documents app behind uvicorn, on the loop of the test."""

from typing import Self
from urllib.parse import urlencode
from uuid import UUID

import asyncpg
from litestar import Litestar

import apps
from documents_app import CASE, create_app
from mediation import clock
from mediation.drafting import log
from mediation.drafting.documents import Documents
from portal_process import free_port


async def open_case(dsn: str, name: str = "settlement.1") -> None:
    """A case with an empty document in it."""
    conn = await asyncpg.connect(dsn)
    try:
        await conn.execute(
            "INSERT INTO cases (case_id, opened_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", UUID(hex=CASE), clock.now()
        )
        await log.create(conn, CASE, name, int(name.rpartition(".")[2]), clock.now(), room="joint", since=1)
    finally:
        await conn.close()


def address(port: int, **who: str) -> str:
    """Where a person finds the documents of the case."""
    return f"ws://127.0.0.1:{port}/api/cases/{CASE}/documents?{urlencode(who)}"


class Server:
    """Serves while it is entered, so that the test can look at the live documents."""

    def __init__(self, dsn: str) -> None:
        self.port = free_port()
        self.app: Litestar = create_app(dsn)
        self._server = apps.Server(
            self.app,
            port=self.port,
            lifespan="on",
            ws_max_size=1 << 20,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
        )

    @property
    def documents(self) -> Documents:
        """The live documents."""
        documents: Documents = self.app.state.documents
        return documents

    def url(self, **who: str) -> str:
        """Where a person finds the documents."""
        return address(self.port, **who)

    async def __aenter__(self) -> Self:
        await self._server.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.end()
