"""The feed of one browser: welcome, then entries and view changes as they happen, until one side says goodbye.

A frame is sent only when this viewer's own view or entries changed: silence about other rooms is silence.
"""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.rooms import rooms_of
from mediation.case.show import view_for
from mediation.case.state import Case
from mediation.casework.wire import PAGE, entry_view
from mediation.identity.guards import SEAT, Seat, seat_of, session_of
from mediation.live import wire
from mediation.live.hub import Hub, Hubs

SEND_WITHIN = timedelta(seconds=10)
HELLO_WITHIN = timedelta(seconds=10)
TYPING_EVERY = timedelta(seconds=2)
MESSAGES_A_MINUTE = 240
"""Typing and pings of one browser; more than that is no person."""


class Goodbye(Exception):  # noqa: N818 - how a feed ends, not a fault
    """The feed is over; `code` says why."""

    def __init__(self, code: wire.ByeCode, after_ms: int = 1000) -> None:
        super().__init__(code)
        self.code: wire.ByeCode = code
        self.after_ms = after_ms


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
        try:
            async with asyncio.timeout(HELLO_WITHIN.total_seconds()):
                message = await self._read()
        except TimeoutError:
            raise Goodbye("bad-message") from None
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

    async def _known(self, hub: Hub) -> Case:
        if self.participant not in hub.case.papers.people or not rooms_of(hub.case, self.participant):
            raise Goodbye("not-on-this-case", after_ms=-1)
        async with self._hubs.pool.acquire() as conn:
            return await self._hubs.folds.known_to(conn, self._seat.case_id, hub.case, self.participant)

    async def _welcome(self, hub: Hub, hello: wire.Hello) -> None:
        lengths = dict(hub.lengths)
        known = await self._known(hub)
        view = view_for(self.participant, known, self._seat.case_id)
        rooms = rooms_of(known, self.participant)
        heads = {room: lengths.get(room, 0) for room in sorted(rooms)}
        await self._send(wire.welcome(view, heads))
        self._parts = wire.parts_of(view)
        for room in sorted(rooms):
            await self._send_entries(hub, known, room, hello.since.get(room, 0), lengths.get(room, 0))
        self._here = hub.here | {self.participant}
        await self._send(wire.presence(sorted(self._shown(known, self._here))))
        self._wake.set()

    async def _catch_up(self, hub: Hub) -> None:
        lengths = dict(hub.lengths)
        known = await self._known(hub)
        rooms = rooms_of(known, self.participant)
        for room in sorted(rooms):
            if lengths.get(room, 0) > self._sent.get(room, 0):
                await self._send_entries(hub, known, room, self._sent.get(room, 0), lengths[room])
            self._sent.setdefault(room, 0)
        parts = wire.parts_of(view_for(self.participant, known, self._seat.case_id))
        changed = {name: msgspec.Raw(part) for name, part in parts.items() if self._parts.get(name) != part}
        if changed:
            await self._send(wire.view_change(changed))
            self._parts = parts
        here = hub.here | {self.participant}
        if here != self._here:
            self._here = here
            await self._send(wire.presence(sorted(self._shown(known, here))))
        typing, self._typing = self._typing, set()
        for room, participant in sorted(typing):
            if room in rooms:
                await self._send(wire.typing(room, participant))

    @staticmethod
    def _shown(known: Case, here: frozenset[str]) -> frozenset[str]:
        return here & {person.participant for person in known.papers.present()}

    async def _send_entries(self, hub: Hub, known: Case, room: str, after: int, upto: int) -> None:
        state = known.private.get(room)
        if state is not None:
            after = max(after, state.since.get(self.participant, 1) - 1)
        if after < upto:
            async with self._hubs.pool.acquire() as conn:
                entries = await hub.entries(conn, room, after, upto)
            for start in range(0, len(entries), PAGE):
                await self._send(wire.entries(room, [entry_view(e) for e in entries[start : start + PAGE]]))
        self._sent[room] = upto

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
