"""The documents app behind uvicorn, in this process or in one of its own that can be killed."""

import asyncio
import os
import sys
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import asyncpg
import uvicorn
from documents_app import CASE, create_app
from litestar import Litestar
from portal_process import free_port

from mediation import clock
from mediation.drafting import log
from mediation.drafting.documents import Documents

_OPTIONS = {"ws": "websockets-sansio", "ws_max_size": 1 << 20, "ws_per_message_deflate": False, "lifespan": "on"}


async def open_case(dsn: str, name: str = "settlement.1") -> None:
    """A case with an empty document in it."""
    conn = await asyncpg.connect(dsn)
    try:
        await conn.execute(
            "INSERT INTO cases (case_id, opened_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", UUID(hex=CASE), clock.now()
        )
        await log.create(conn, CASE, name, int(name.rpartition(".")[2]), clock.now())
    finally:
        await conn.close()


def address(port: int, **who: str) -> str:
    """Where a person finds the documents of the case."""
    return f"ws://127.0.0.1:{port}/api/cases/{CASE}/documents?{urlencode(who)}"


class Server:
    """Served on a thread-less loop of this test, so that the test can look at the live documents. A context."""

    def __init__(self, dsn: str) -> None:
        self.port = free_port()
        self.app: Litestar = create_app(dsn)
        self._server = uvicorn.Server(
            uvicorn.Config(self.app, port=self.port, log_config=None, timeout_graceful_shutdown=2, **_OPTIONS)
        )
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        self._task: asyncio.Task[None] | None = None

    @property
    def documents(self) -> Documents:
        """The live documents."""
        documents: Documents = self.app.state.documents
        return documents

    def url(self, **who: str) -> str:
        """Where a person finds the documents."""
        return address(self.port, **who)

    async def __aenter__(self) -> "Server":
        self._task = asyncio.create_task(self._server._serve())
        while not self._server.started:
            if self._task.done():
                await self._task
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._server.should_exit = True
        await self._task


class ServerProcess:
    """Served by a process of its own. `kill` and `start` again keep port and database."""

    def __init__(self, dsn: str) -> None:
        self.port = free_port()
        self._environment = {
            **os.environ,
            "DATABASE_URL": dsn,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    def url(self, **who: str) -> str:
        """Where a person finds the documents."""
        return address(self.port, **who)

    async def start(self) -> "ServerProcess":
        """Starts it and returns when it listens."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "uvicorn",
            "documents_app:from_environment",
            "--factory",
            "--port",
            str(self.port),
            "--ws=websockets-sansio",
            "--no-access-log",
            "--log-level=warning",
            env=self._environment,
        )
        for _ in range(600):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                assert self._process.returncode is None, "the server did not start"
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return self
        raise AssertionError("the server did not start")

    async def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        self._process._transport.close()  # type: ignore[attr-defined]
