"""Apps that one test hands on to the next, and a server that ends at once: most tests take less than either costs.

An app is nothing but its routes. What it works with lies in its state, of which each test gets one of its own.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from socket import socket
from typing import Any

import uvicorn
from litestar import Litestar
from litestar.datastructures import State

from mediation.app import create_app
from mediation.settings import Settings

_idle: defaultdict[str, list[tuple[Litestar, dict[str, Any]]]] = defaultdict(list)
# More often than uvicorn looks: what is still under way is over within a moment.
_GLANCE = 0.005


@contextlib.asynccontextmanager
async def lent(kind: str, build: Callable[[], Litestar]) -> AsyncIterator[Litestar]:
    """An app of this kind that nobody else has at the moment, as it was when it was built."""
    if _idle[kind]:
        app, built = _idle[kind].pop()
    else:
        app = build()
        built = app.state.dict()
    app.state = State({**built}, deep_copy=False)
    try:
        yield app
    finally:
        # What the test worked with is let go of now, not when the next one comes.
        app.state = State()
        _idle[kind].append((app, built))


@contextlib.asynccontextmanager
async def portal_app(settings: Settings) -> AsyncIterator[Litestar]:
    """The whole portal as `create_app` makes it, not started."""
    async with lent("portal", lambda: create_app(settings)) as app:
        app.state.settings = settings
        yield app


class Server(uvicorn.Server):
    """uvicorn that says when it has begun, and looks up as soon as it is to end; uvicorn itself naps meanwhile."""

    def __init__(self, app: Litestar, **config: Any) -> None:
        super().__init__(
            uvicorn.Config(
                app, **{"port": 0, "ws": "websockets-sansio", "log_config": None, "access_log": False, **config}
            )
        )
        self._begun, self._ending = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def listener(self) -> socket:
        """What it listens on."""
        listener: socket = self.servers[0].sockets[0]
        return listener

    @property
    def listens_on(self) -> int:
        """The port."""
        return int(self.listener.getsockname()[1])

    async def begin(self) -> None:
        """Returns once it listens. Raises what keeps the app from starting."""
        self._task = asyncio.create_task(self._serve())
        waiting = asyncio.create_task(self._begun.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            waiting.cancel()
            self._task.result()

    async def end(self) -> None:
        """Returns once everything has ended."""
        assert self._task is not None
        self.should_exit = True
        self._ending.set()
        await self._task

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self._begun.set()

    async def main_loop(self) -> None:
        seconds = 0
        # The first of ten ticks writes the header with the time.
        while not await self.on_tick(seconds * 10):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._ending.wait()
            seconds += 1

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        under_way = self.server_state
        for connection in list(under_way.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while (under_way.connections or under_way.tasks) and not self.force_exit:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(_GLANCE)
        for task in under_way.tasks:
            task.cancel()
        if not self.force_exit:
            await self.lifespan.shutdown()
