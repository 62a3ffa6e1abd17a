"""Somebody's system on a real socket, which takes webhooks, or does what it is told to instead."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from feeds import serving


@dataclass
class Receiver:
    """Somebody's system: it keeps what it is given, and answers as it is told to."""

    port: int = 0
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    wait: asyncio.Event | None = None
    location: str = ""
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def __call__(self, scope: Any, receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        if scope["type"] == "lifespan":
            for phase in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{phase}.complete"})
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.got.append(({k.decode(): v.decode() for k, v in scope["headers"]}, body))
        self.came.set()
        if self.wait is not None:
            await self.wait.wait()
        headers = [(b"location", self.location.encode())] if self.location else []
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * 100_000})


@asynccontextmanager
async def listening(receiver: Receiver) -> AsyncIterator[Receiver]:
    async with serving(receiver) as receiver.port:  # type: ignore[arg-type]
        yield receiver
