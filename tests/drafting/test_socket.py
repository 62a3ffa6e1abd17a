"""One socket's sending side: bounded, and dropped when nobody takes what is sent."""

import asyncio
import time
from datetime import timedelta
from typing import Any

from mediation.drafting.documents import Documents
from mediation.drafting.session import UNSENT_LIMIT, Outgoing, Session
from mediation.identity.guards import Seat

_HOUR = timedelta(hours=1)
SEAT = Seat("c" * 32, "a" * 32, "f" * 32, "principal", "client", "Anna")


async def never() -> Any:
    """A client that says nothing."""
    await asyncio.Event().wait()


async def test_a_socket_that_takes_nothing_is_dropped_without_a_goodbye() -> None:
    began = asyncio.Event()

    async def stuck(_event: Any) -> None:
        began.set()
        await asyncio.Event().wait()

    session = Session(object.__new__(Documents), SEAT, never, stuck)
    serving = asyncio.create_task(session.serve())
    session.send(b"hello")
    await began.wait()
    session.keep_alive(time.monotonic() + 5, every=_HOUR)
    assert not serving.done()
    session.keep_alive(time.monotonic() + 11, every=_HOUR)
    async with asyncio.timeout(5):
        await serving


async def test_a_reader_too_far_behind_is_closed() -> None:
    sent: list[Any] = []

    async def takes(event: Any) -> None:
        sent.append(event)

    outgoing = Outgoing(takes)
    for _ in range(4):
        outgoing.send(bytes(UNSENT_LIMIT // 2 + 1))
    async with asyncio.timeout(5):
        await outgoing.run()
    assert sent == [{"type": "websocket.close", "code": 4408, "reason": "slow"}]


async def test_a_long_document_in_one_frame_does_not_close_the_socket_that_opens_it() -> None:
    outgoing = Outgoing(takes := Taken())
    state = bytes(3 * UNSENT_LIMIT)
    for frame in (state, b"who is here", b"an edit"):
        outgoing.send(frame)
    serving = asyncio.create_task(outgoing.run())
    async with asyncio.timeout(5):
        await takes.wait_for(3)
    outgoing.close(1000, "done")
    async with asyncio.timeout(5):
        await serving
    assert [event.get("bytes") for event in takes.events[:3]] == [state, b"who is here", b"an edit"]


class Taken:
    """A reader that takes everything."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self._more = asyncio.Condition()

    async def __call__(self, event: Any) -> None:
        async with self._more:
            self.events.append(event)
            self._more.notify_all()

    async def wait_for(self, count: int) -> None:
        async with self._more:
            await self._more.wait_for(lambda: len(self.events) >= count)


async def test_a_silent_client_is_closed_and_a_quiet_server_pings() -> None:
    sent: list[Any] = []
    told = asyncio.Event()

    async def takes(event: Any) -> None:
        sent.append(event)
        told.set()

    session = Session(object.__new__(Documents), SEAT, never, takes)
    serving = asyncio.create_task(session.serve())
    await asyncio.sleep(0)
    session.keep_alive(time.monotonic() + 20, every=_HOUR / 240)
    await told.wait()
    assert sent == [{"type": "websocket.send", "bytes": b"\x09"}]
    session.keep_alive(time.monotonic() + 61, every=_HOUR)
    async with asyncio.timeout(5):
        await serving
    assert sent[-1] == {"type": "websocket.close", "code": 4408, "reason": "silent"}
