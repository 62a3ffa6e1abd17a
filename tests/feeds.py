"""Browsers on the live feed: they keep every frame, and what they know of entries and view as a screen would."""

import asyncio
import contextlib
import json
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from litestar import Litestar
from websockets.asyncio.client import ClientConnection, connect

from apps import Server

WITHIN = 10.0
Frame = dict[str, Any]


class Browser:
    """One connected browser. Frames are read as they are asked for; nothing is dropped."""

    def __init__(self, connection: ClientConnection) -> None:
        self.socket = connection
        self.frames: list[Frame] = []
        self.entries: dict[str, list[Frame]] = defaultdict(list)
        self.view: dict[str, Any] = {}
        self.heads: dict[str, int] = {}
        self.here: list[str] = []

    async def send(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def frame(self) -> Frame:
        """The next frame, whatever it is; fails when none comes."""
        async with asyncio.timeout(WITHIN):
            frame: Frame = json.loads(await self.socket.recv())
        self.frames.append(frame)
        match frame["type"]:
            case "welcome":
                self.view, self.heads = frame["view"], frame["heads"]
            case "view":
                self.view = self.view | frame["changed"]
            case "entries":
                self.entries[frame["room"]] += frame["entries"]
            case "presence":
                self.here = frame["here"]
            case _:
                pass
        return frame

    async def until(self, is_it: Callable[[Frame], bool]) -> list[Frame]:
        """Read until a frame is it; returns every frame that came, that one last."""
        came = [await self.frame()]
        while not is_it(came[-1]):
            came.append(await self.frame())
        return came

    async def until_said(self, text: str) -> list[Frame]:
        """Read until somebody's words have come."""
        return await self.until(lambda frame: frame["type"] == "entries" and text in json.dumps(frame["entries"]))

    async def silence(self) -> list[Frame]:
        """Every frame that was under way: the answer to a ping comes after them."""
        await self.send(type="ping")
        return (await self.until(lambda frame: frame["type"] == "pong"))[:-1]

    def numbers(self, room: str) -> list[int]:
        """The numbers of the entries that came of a room, in the order they came."""
        return [entry["seq"] for entry in self.entries[room]]

    def said(self, room: str) -> list[str]:
        """The words that came of a room."""
        return [e["body"]["text"] for e in self.entries[room] if e.get("kind") == "MessagePosted"]

    async def bye(self) -> Frame:
        """The goodbye of the server, and the close that follows."""
        frame = (await self.until(lambda frame: frame["type"] == "bye"))[-1]
        async with asyncio.timeout(WITHIN):
            await self.socket.wait_closed()
        return frame


@contextlib.asynccontextmanager
async def watching(
    port: int,
    case_id: str,
    cookie: Mapping[str, str],
    since: Mapping[str, int] | None = None,
    *,
    greet: bool = True,
    receive_buffer: int = 0,
) -> AsyncIterator[Browser]:
    """A browser on the feed of a case, welcomed and told who is here."""
    url = f"ws://127.0.0.1:{port}/api/cases/{case_id}/feed"
    line = socket.socket()
    if receive_buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    async with connect(url, sock=line, additional_headers=cookie, proxy=None, close_timeout=1) as connection:
        browser = Browser(connection)
        if greet:
            await browser.send(type="hello", since=dict(since or {}))
            await browser.until(lambda frame: frame["type"] == "presence")
        yield browser


@contextlib.asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[int]:
    """The whole app behind a real server with real sockets; gives the port."""
    server = Server(app, ws_per_message_deflate=False, lifespan="on", timeout_graceful_shutdown=1)
    await server.begin()
    # A little buffer, so that it soon shows when a browser does not read.
    server.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
    try:
        yield server.listens_on
    finally:
        await server.end()
