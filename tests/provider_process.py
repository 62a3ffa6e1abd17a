"""People at a document, each the published @hocuspocus/provider in a Node process of its own."""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from chromium import NODE

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tests" / "integration" / "provider.mjs"
_PATIENCE = 30.0

Event = dict[str, Any]


class Person:
    """Tells its provider what to do and waits for what it says. Use as a context."""

    def __init__(self, url: str, name: str = "settlement.1", headers: dict[str, str] | None = None) -> None:
        self.name = name
        self.events: list[Event] = []
        self._environment = {**os.environ, "PROVIDER": json.dumps({"url": url, "headers": headers or {}})}
        self._news = asyncio.Condition()
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            NODE,
            "--input-type=module",
            "--eval",
            SCRIPT.read_text(),
            cwd=ROOT / "frontend",
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 26,
        )
        self._reader = asyncio.create_task(self._read())
        await self.hears("started")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._reader is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reader
        # Closes the pipes now rather than when the collector comes by.
        self._process._transport.close()  # type: ignore[attr-defined]

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._news:
                self.events.append(json.loads(line))
                self._news.notify_all()

    async def do(self, what: str, **details: Any) -> None:
        """Has the provider do something."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **details}).encode() + b"\n")
        await self._process.stdin.drain()

    async def hears(self, event: str, suits: Callable[[Event], bool] = lambda _: True, *, since: int = 0) -> Event:
        """Waits for an event, counting those from number `since` on."""

        def found() -> Event | None:
            return next((one for one in self.events[since:] if one["event"] == event and suits(one)), None)

        async with self._news:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._news.wait_for(lambda: found() is not None)
            except TimeoutError:
                raise AssertionError(f"no {event} came; the last were {self.events[-8:]}") from None
        event_found = found()
        assert event_found is not None
        return event_found

    async def comes_in(self) -> "Person":
        """Connects and opens the document, and is told what is in it."""
        since = len(self.events)
        await self.do("open", name=self.name)
        await self.do("connect")
        await self.hears("synced", since=since)
        return self

    async def writes(self, word: str) -> None:
        """Adds a paragraph."""
        await self.do("write", name=self.name, word=word)

    async def has_it_saved(self) -> None:
        """Waits until the provider counts nothing as unsaved."""
        await self.sees(lambda state: state["unsynced"] == 0)

    async def state(self) -> Event:
        """What the provider holds now."""
        since = len(self.events)
        await self.do("tell", name=self.name)
        return await self.hears("state", since=since)

    async def sees(self, suits: Callable[[Event], bool]) -> Event:
        """Waits until what the provider holds suits, looking again whenever it says something."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while True:
                    seen = len(self.events)
                    state = await self.state()
                    if suits(state):
                        return state
                    async with self._news:
                        # The answer to our own question is no news.
                        await self._news.wait_for(lambda: len(self.events) > seen + 1)  # noqa: B023
        except TimeoutError:
            raise AssertionError(f"it never came to that; the last was {await self.state()}") from None
