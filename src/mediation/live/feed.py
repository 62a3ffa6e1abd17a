"""The feed of one browser: welcome, then entries and view changes as they happen, until one side says goodbye.

A frame is sent only when this viewer's own view or entries changed: silence about other rooms is silence.
"""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.rooms import rooms_of
from mediation.case.show import view_for
from mediation.case.state import Case
from mediation.casework.folds import rooms_shown
from mediation.casework.wire import PAGE, entry_view
from mediation.db import reading_as
from mediation.identity import limits
from mediation.identity.guards import SEAT, Seat, seat_of, session_of
from mediation.identity.limits import TooManyTries
from mediation.live import wire
from mediation.live.hub import Hub, Hubs
from mediation.record import log
from mediation.record.log import Stretch

SEND_WITHIN = timedelta(seconds=10)
HELLO_WITHIN = timedelta(seconds=10)
TYPING_EVERY = timedelta(seconds=2)
AT_ONCE = 2 * PAGE
"""Entries of a room that are read in one go."""
MESSAGES_A_MINUTE = 240
"""Typing and pings of one browser; more than that is no person."""


class Goodbye(Exception):  # noqa: N818 - how a feed ends, not a fault
    """The feed is over; `code` says why."""

    def __init__(self, code: wire.ByeCode, after_ms: int = 1000) -> None:
        super().__init__(code)
        self.code: wire.ByeCode = code
        self.after_ms = after_ms


class _News(NamedTuple):
    """What somebody knows, their rooms, and entries of these that they have not been sent."""

    known: Case
    rooms: dict[str, Stretch]
    fresh: dict[str, list[log.Entry | log.Erased]]


class Feed:
    """One connected browser."""

    def __init__(self, socket: WebSocket[Any, Any, Any], seat: Seat, hubs: Hubs) -> None:
        self.participant = seat.participant_id
        self._socket = socket
        self._seat = seat
        self._hubs = hubs
        self._sent: dict[str, int] = {}
        self._parts: dict[str, bytes] = {}
        self._here: frozenset[str] | None = None
        self._typing: set[tuple[str, str]] = set()
        self._wake = asyncio.Event()
        self._ending: Goodbye | None = None
        self._typed_at: dict[str, float] = {}

    def look(self) -> None:
        """Something may have changed."""
        self._wake.set()

    def end(self, goodbye: Goodbye) -> None:
        """End this feed as soon as it is idle."""
        self._ending = self._ending or goodbye
        self._wake.set()

    def someone_types(self, room: str, participant: str) -> None:
        """Shown to those who are in the room, and not to the one who types."""
        if participant != self.participant and room in self._sent:
            self._typing.add((room, participant))
            self._wake.set()

    async def run(self) -> None:
        """Serve this browser until it goes, or is sent away."""
        hello = await self._hello()
        socket_id = uuid4()
        hub = await self._hubs.join(self._seat.case_id, self)
        try:
            async with self._hubs.pool.acquire() as conn:
                await self._hubs.presence.arrive(conn, self._seat.case_id, self.participant, socket_id, clock.now())
            self._hubs.bus.publish({"case": self._seat.case_id, "presence": True})
            await self._welcome(hub, hello)
            await self._serve(hub)
        finally:
            self._hubs.leave(hub, self)
            with contextlib.suppress(Exception):
                async with self._hubs.pool.acquire() as conn:
                    await self._hubs.presence.go(conn, self._seat.case_id, self.participant, socket_id)
                self._hubs.bus.publish({"case": self._seat.case_id, "presence": True})

    async def _serve(self, hub: Hub) -> None:
        listening = asyncio.create_task(self._listen())
        telling = asyncio.create_task(self._tell(hub))
        try:
            done, _ = await asyncio.wait({listening, telling}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (listening, telling):
                task.cancel()
            await asyncio.gather(listening, telling, return_exceptions=True)

    async def _hello(self) -> wire.Hello:
        """The first message; whoever says nothing is sent away after a while, and at once when their session ends."""
        reading = asyncio.create_task(self._read())
        ending = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait(
                {reading, ending}, timeout=HELLO_WITHIN.total_seconds(), return_when=asyncio.FIRST_COMPLETED
            )
            if self._ending is not None:
                raise self._ending
            message = reading.result() if reading.done() else None
        finally:
            reading.cancel()
            ending.cancel()
            await asyncio.gather(reading, ending, return_exceptions=True)
        if not isinstance(message, wire.Hello):
            raise Goodbye("bad-message")
        return message

    async def _read(self) -> wire.FromBrowser:
        event = await self._socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(detail="gone")
        try:
            text = event.get("text")
            return wire.read(text if isinstance(text, str) else "")
        except wire.BadMessage:
            raise Goodbye("bad-message", after_ms=-1) from None

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        since, heard = loop.time(), 0
        while True:
            message = await self._read()
            if loop.time() - since > 60:  # noqa: PLR2004 - a minute, as the limit says
                since, heard = loop.time(), 0
            heard += 1
            if heard > MESSAGES_A_MINUTE:
                raise Goodbye("too-many", after_ms=60_000)
            try:
                await limits.spend_for(self._socket, limits.frames)
            except TooManyTries as refused:
                raise Goodbye("too-many", after_ms=refused.retry_after * 1000) from None
            match message:
                case wire.Ping():
                    await self._send(wire.pong())
                case wire.Typing(room=room):
                    self._tell_typing(room, loop.time())
                case wire.Hello():
                    raise Goodbye("bad-message", after_ms=-1)

    def _tell_typing(self, room: str, moment: float) -> None:
        # A room this person is not in is met with the silence that an empty room gives.
        if room not in self._sent or moment - self._typed_at.get(room, -60) < TYPING_EVERY.total_seconds():
            return
        self._typed_at[room] = moment
        self._hubs.bus.publish({"case": self._seat.case_id, "typing": room, "by": self.participant})

    async def _tell(self, hub: Hub) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._ending is not None:
                raise self._ending
            await self._catch_up(hub)

    async def _look(self) -> _News:
        """What this person may read now, and the first of what they have not been sent, in one snapshot."""
        case_id = self._seat.case_id
        async with reading_as(self._hubs.readers, case_id, self.participant) as conn:
            shown = await rooms_shown(conn, case_id, self.participant)
            known = await self._hubs.folds.shown(conn, case_id, self.participant, shown)
            mine = rooms_of(known, self.participant)
            rooms = {room: shown[room] for room in sorted(shown) if room in mine}
            if not rooms:
                raise Goodbye("not-on-this-case", after_ms=-1)
            unsent = {room: self._unsent(room, stretch) for room, stretch in rooms.items()}
            unsent = {room: stretch for room, stretch in unsent.items() if stretch.first <= stretch.last}
            fresh = await log.read_rooms(conn, case_id, unsent) if unsent else {}
        return _News(known, rooms, fresh)

    def _unsent(self, room: str, stretch: Stretch) -> Stretch:
        first = max(self._sent.get(room, 0) + 1, stretch.first)
        return Stretch(first, min(stretch.last, first + AT_ONCE - 1))

    async def _welcome(self, hub: Hub, hello: wire.Hello) -> None:
        self._sent = dict(hello.since)
        news = await self._look()
        view = view_for(self.participant, news.known, self._seat.case_id)
        await self._send(wire.welcome(view, {room: stretch.last for room, stretch in news.rooms.items()}))
        self._parts = wire.parts_of(view)
        await self._send_entries(news)
        self._here = hub.here | {self.participant}
        await self._send(wire.presence(sorted(self._shown(news.known, self._here))))
        self._wake.set()

    async def _catch_up(self, hub: Hub) -> None:
        news = await self._look()
        await self._send_entries(news)
        parts = wire.parts_of(view_for(self.participant, news.known, self._seat.case_id))
        changed = {name: msgspec.Raw(part) for name, part in parts.items() if self._parts.get(name) != part}
        if changed:
            await self._send(wire.view_change(changed))
            self._parts = parts
        here = hub.here | {self.participant}
        if here != self._here:
            self._here = here
            await self._send(wire.presence(sorted(self._shown(news.known, here))))
        typing, self._typing = self._typing, set()
        for room, participant in sorted(typing):
            if room in news.rooms:
                await self._send(wire.typing(room, participant))

    @staticmethod
    def _shown(known: Case, here: frozenset[str]) -> frozenset[str]:
        return here & {person.participant for person in known.papers.present()}

    async def _send_entries(self, news: _News) -> None:
        """Send what is new, room by room. Whoever is far behind is read on for in further snapshots."""
        for room, stretch in news.rooms.items():
            entries = news.fresh.get(room, [])
            while entries:
                for start in range(0, len(entries), PAGE):
                    await self._send(wire.entries(room, [entry_view(e) for e in entries[start : start + PAGE]]))
                self._sent[room] = entries[-1].seq
                entries = await self._read_on(room, self._unsent(room, stretch))
            # A browser that claims to have read more than there is has read all there is.
            self._sent[room] = stretch.last
        # A room that was left is not typed in, and is read again from where its reader may, should they come back.
        self._sent = {room: self._sent[room] for room in news.rooms}

    async def _read_on(self, room: str, unsent: Stretch) -> list[log.Entry | log.Erased]:
        if unsent.first > unsent.last:
            return []
        async with reading_as(self._hubs.readers, self._seat.case_id, self.participant) as conn:
            try:
                return (await log.read_rooms(conn, self._seat.case_id, {room: unsent}))[room]
            except log.NotShown:
                # They have left the room since; the next look says what that means for them.
                return []

    async def _send(self, frame: str) -> None:
        """Somebody who does not read for ten seconds is let go; they come back and go on from their cursor."""
        try:
            async with asyncio.timeout(SEND_WITHIN.total_seconds()):
                await self._socket.send_text(frame)
        except TimeoutError:
            raise Goodbye("slow") from None


@websocket("/cases/{case_id:str}/feed", opt={"who": SEAT})
async def feed(socket: WebSocket[Any, Any, Any]) -> None:
    """A case, live. See `mediation.live.wire` for the messages."""
    state = socket.app.state
    session = session_of(socket)
    await socket.accept()
    screen = Feed(socket, seat_of(socket), state.hubs)
    forget = state.live_sessions.register(session.session_id, lambda: screen.end(Goodbye("session-ended", -1)))
    try:
        await screen.run()
    except WebSocketDisconnect:
        return
    except Goodbye as goodbye:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(1):
                await socket.send_text(wire.bye(goodbye.code, goodbye.after_ms))
                await socket.close(code=wire.CLOSE_CODES[goodbye.code], reason=goodbye.code)
    finally:
        forget()


routers: list[ControllerRouterHandler] = [feed]
"""To be mounted under /api."""
