"""One websocket of a person at one case: frames in, frames out, several documents beside each other."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final, Protocol

import structlog

from mediation.drafting import wire
from mediation.drafting.attachment import Attachment
from mediation.drafting.room import MALFORMED, Room
from mediation.identity.guards import Seat
from mediation.identity.limits import TooManyTries

TOO_BIG: Final = 1009
FORBIDDEN: Final = 4403
TIMED_OUT: Final = 4408
INTERNAL: Final = 1011
TRY_LATER: Final = 1013
UNSENT_LIMIT: Final = 1 << 20
"""Bytes that may wait for a reader; one who falls further behind is cut off and compares again."""
SEND_PATIENCE: Final = timedelta(seconds=10)
SILENCE: Final = timedelta(seconds=60)
_DOCUMENTS_LIMIT: Final = 8
_FRAMES_PER_SECOND: Final = 2_000
_BYTES_PER_SECOND: Final = 2 << 20
_BURST: Final = timedelta(seconds=8)

logger = structlog.get_logger(__name__)


Spend = Callable[[str], Awaitable[None]]
"""Counts a frame of an account; raises `TooManyTries`."""


async def freely(_account: str) -> None:
    """Nobody counts."""


class Host(Protocol):
    """The part of `Documents` that a socket needs."""

    async def attach(self, session: "Session", seat: Seat, address: str) -> tuple[Room, Attachment] | None:
        """Open the document of that address, or None when it is not open to the seat."""


class Outgoing:
    """What waits to be sent to one socket, bounded in bytes; `run` sends it until `close` is called."""

    def __init__(self, send: Callable[[Any], Awaitable[None]]) -> None:
        self._send = send
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._largest = 0
        self._closing: tuple[int, str] | None = None
        self._wake = asyncio.Event()
        self._sending_since: float | None = None
        self.last_sent = time.monotonic()

    def send(self, frame: bytes) -> None:
        """Queue a frame. A reader too far behind is closed instead: 4408, "slow".

        The largest frame that waits is not held against the reader: a long document's whole state is one frame, and
        counting it would close every socket that opens the document.
        """
        if self._closing is not None:
            return
        if self._bytes - self._largest > UNSENT_LIMIT:
            self.close(TIMED_OUT, "slow")
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        self._largest = max(self._largest, len(frame))
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        """Close the socket; what still waits is not sent. The first reason counts."""
        if self._closing is None:
            self._closing = (code, reason)
            self._wake.set()

    def is_stuck(self, now: float) -> bool:
        """Whether the reader has taken nothing for `SEND_PATIENCE`. `now` is `time.monotonic()`."""
        return self._sending_since is not None and now - self._sending_since > SEND_PATIENCE.total_seconds()

    async def run(self) -> None:
        """Send until closed. It may have to be cancelled when `is_stuck`: a timer for each frame would cost more."""
        while self._closing is None:
            await self._wake.wait()
            self._wake.clear()
            while self._frames and self._closing is None:
                self._sending_since = time.monotonic()
                frame = self._frames.popleft()
                await self._send({"type": "websocket.send", "bytes": frame})
                self._bytes -= len(frame)
            self._largest = 0
            self.last_sent = time.monotonic()
            self._sending_since = None
        code, reason = self._closing
        self._sending_since = time.monotonic()
        await self._send({"type": "websocket.close", "code": code, "reason": reason})


class Allowance:
    """How much a socket may send: a bucket that fills at a steady rate and holds a burst."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._most = per_second * _BURST.total_seconds()
        self._left = self._most
        self._at = time.monotonic()

    def take(self, amount: int) -> float:
        """Take from the bucket and return how many seconds to wait before taking more."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second) - amount
        self._at = now
        return 0.0 if self._left >= 0 else -self._left / self._per_second


class Session:
    """Serves one socket until it closes. `seat` is who sits at it, `session_id` the sign-in it belongs to."""

    def __init__(
        self,
        host: Host,
        seat: Seat,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
        spend: Spend = freely,
    ) -> None:
        """`receive` and `send` are ASGI's; `spend` is asked before a frame is heard."""
        self.seat = seat
        self.last_heard = time.monotonic()
        self.open: dict[str, tuple[Room, Attachment]] = {}
        self._host = host
        self._receive = receive
        self._spend = spend
        self._outgoing = Outgoing(send)
        self._frames = Allowance(_FRAMES_PER_SECOND)
        self._bytes = Allowance(_BYTES_PER_SECOND)
        self._writer: asyncio.Task[None] | None = None

    def send(self, frame: bytes) -> None:
        """Queue a frame; never waits."""
        self._outgoing.send(frame)

    def close(self, code: int, reason: str) -> None:
        """Close the socket, with every document on it."""
        self._outgoing.close(code, reason)

    def keep_alive(self, now: float, every: timedelta) -> None:
        """Ping a socket that was told nothing lately, close a silent one, and drop one that takes nothing in.

        `now` is `time.monotonic()`.
        """
        if self._outgoing.is_stuck(now) and self._writer is not None:
            self._writer.cancel()
        elif now - self.last_heard > SILENCE.total_seconds():
            self.close(TIMED_OUT, "silent")
        elif now - self._outgoing.last_sent > every.total_seconds():
            self.send(wire.PING)

    def detach(self, address: str, reason: str) -> None:
        """Take one document away from the provider; the socket stays."""
        held = self.open.pop(address, None)
        if held is not None:
            room, attachment = held
            self.send(wire.denied(attachment.start, "permission-denied"))
            self.send(wire.closed(attachment.start, reason))
            room.leave(attachment)

    async def serve(self) -> None:
        """Read and write until either side closes, then let go of every document."""
        reader = asyncio.create_task(self._read(), name="documents reader")
        writer = self._writer = asyncio.create_task(self._outgoing.run(), name="documents writer")
        try:
            await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for room, attachment in self.open.values():
                room.leave(attachment)
            self.open.clear()
            for task in (reader, writer):
                task.cancel()
            for outcome in await asyncio.gather(reader, writer, return_exceptions=True):
                # A socket that went away while being written to is no fault of ours.
                if isinstance(outcome, Exception):
                    logger.debug("documents.socket_gone", fault=type(outcome).__name__)

    async def _read(self) -> None:
        try:
            while (data := await self._next()) is not None:
                await self._spend(self.seat.account_id)
                await self._handle(data)
                pause = max(self._frames.take(1), self._bytes.take(len(data)))
                if pause > 0:
                    await asyncio.sleep(pause)
        except wire.Malformed as fault:
            self.close(MALFORMED, str(fault))
        except TooManyTries:
            self.close(TRY_LATER, "too-many")
        except Exception:
            logger.exception("documents.failed")
            self.close(INTERNAL, "something went wrong here")
        else:
            return
        # The writer says goodbye; until then there is nothing more to read.
        await asyncio.Event().wait()

    async def _next(self) -> bytes | None:
        """The next frame, or None when the client has gone. Raises `wire.Malformed` for a frame of text."""
        event = await self._receive()
        if event["type"] != "websocket.receive":
            return None
        data = event.get("bytes")
        if not isinstance(data, bytes):
            raise wire.Malformed("frames are binary")
        if len(data) > wire.FRAME_LIMIT:
            self.close(TOO_BIG, "too large")
            await asyncio.Event().wait()
        self.last_heard = time.monotonic()
        return data

    async def _handle(self, data: bytes) -> None:
        address, message = wire.decode(data)
        match message:
            case wire.Ping():
                self.send(wire.PONG)
                return
            case wire.Pong():
                return
            case wire.BroadcastStateless():
                self.close(FORBIDDEN, "not for clients")
                return
            case wire.Leave():
                self._leave(address)
                return
            case _:
                held = self.open.get(address) or await self._attach(address, message)
        if held is not None:
            room, attachment = held
            await self._pass_on(room, attachment, message)

    async def _attach(self, address: str, message: wire.Message) -> tuple[Room, Attachment] | None:
        """Open a document with the frame a provider begins with; what it says before being let in is not heard."""
        if not isinstance(message, wire.Token):
            return None
        if len(self.open) >= _DOCUMENTS_LIMIT:
            raise wire.Malformed("too many documents on one socket")
        held = await self._host.attach(self, self.seat, address)
        if held is None:
            self.send(wire.denied(wire.prefix(address), "permission-denied"))
            return None
        self.open[address] = held
        return held

    async def _pass_on(self, room: Room, attachment: Attachment, message: wire.Message) -> None:
        match message:
            case wire.Token():
                self.send(wire.authenticated(attachment.start, attachment.scope))
                room.cursors.tell_all(attachment)
            case wire.State(vector):
                room.state(attachment, vector)
            case wire.Difference(update):
                room.difference(attachment, update)
                await room.ready()
            case wire.Update(update):
                room.update(attachment, update)
                await room.ready()
            case wire.Awareness(update):
                room.move_cursors(attachment, update)
            case wire.QueryAwareness():
                room.cursors.tell_all(attachment)
            case _:
                return  # a stateless text: there is nobody to read it

    def _leave(self, address: str) -> None:
        held = self.open.pop(address, None)
        if held is not None:
            room, attachment = held
            room.leave(attachment)
