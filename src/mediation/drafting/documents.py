"""Co-edited documents of every case: opened by commands, edited over websockets, read by whoever signs them."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import structlog

from mediation import clock
from mediation.bus import Bus, Hint
from mediation.db import Pool
from mediation.drafting import committed, log, wire
from mediation.drafting.attachment import Attachment, Scope
from mediation.drafting.canonical import canonical
from mediation.drafting.committed import Damaged
from mediation.drafting.room import RESET, Room, TypedOver
from mediation.drafting.session import Session, Spend, freely
from mediation.identity.guards import Seat

Access: TypeAlias = Callable[[Seat, str], Awaitable[Scope | None]]
"""Asks the case what a seat may do with the document of that name now; None: it is not theirs, or not there.

The seat is the one of the handshake, so look its participant up again: they may have left the case since.
"""

_NAME: Final = re.compile(r"[a-z][a-z-]{0,30}\.[1-9][0-9]{0,8}")
_PING_EVERY: Final = timedelta(seconds=12)
_STRIKES: Final = 3
_PENALTY: Final = timedelta(seconds=60)

logger = structlog.get_logger(__name__)


async def _nobody_agrees(*_asked: object) -> int:
    raise log.CannotAppend("a side agrees to this text, and nobody here knows the case")


class Documents:
    """The live documents of this process. `start` and `stop` it with the app; call it on the event loop."""

    def __init__(
        self,
        pool: Pool,
        bus: Bus,
        access: Access,
        *,
        typed_over: TypedOver | None = None,
        spend: Spend = freely,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """`typed_over` saves edits of a text that a side agrees to; `spend` counts the frames of an account."""
        self._pool = pool
        self._bus = bus
        self._access = access
        self._typed_over = typed_over or _nobody_agrees
        self._spend = spend
        self._now = now
        self._rooms: dict[tuple[str, str], Room] = {}
        self._loading: dict[tuple[str, str], asyncio.Task[Room | None]] = {}
        self._sessions: dict[str, set[Session]] = defaultdict(set)
        self._changes: dict[str, int] = defaultdict(int)
        self._listening: dict[str, Callable[[], None]] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._strikes: dict[tuple[str, str, str], list[float]] = {}
        self._pinger: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Begin to keep sockets alive."""
        self._pinger = asyncio.create_task(self._keep_alive(), name="documents keep-alive")

    async def stop(self) -> None:
        """Save what has come in and close every socket with 1012, so that clients come back by themselves."""
        self._stopping = True
        await asyncio.gather(*(room.finish() for room in tuple(self._rooms.values())))
        for sessions in tuple(self._sessions.values()):
            for session in tuple(sessions):
                session.close(1012, "the portal is restarting")
        tasks = [task for task in (self._pinger, *self._asking.values(), *self._loading.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ── for commands ────────────────────────────────────────────────────────────────────────────────────────────

    async def canonical(self, case_id: str, name: str) -> dict[str, Any]:
        """The committed state as canonical ProseMirror JSON.

        Raises `LookupError` when there is no such document, `Unreadable` when no editor could have made it.
        """
        async with self._pool.acquire() as conn:
            state = await committed.load(conn, case_id, name)
        if state is None:
            raise LookupError(f"There is no document {name} in case {case_id}.")
        return canonical(state.doc)

    # ── for sockets ─────────────────────────────────────────────────────────────────────────────────────────────

    async def serve(
        self,
        seat: Seat,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
        registered: Callable[[Session], Callable[[], None]] = lambda _session: lambda: None,
    ) -> None:
        """Serve an accepted websocket until it closes.

        `receive` and `send` are ASGI's. `registered` is told of the session and returns what to call at its end.
        """
        session = Session(self, seat, receive, send, self._spend)
        self._sessions[seat.case_id].add(session)
        if seat.case_id not in self._listening:
            self._listening[seat.case_id] = self._bus.listen(
                f"case:{seat.case_id}", lambda hint: self._moved(seat.case_id, hint)
            )
        forget = registered(session)
        if self._stopping:
            session.close(1012, "the portal is restarting")
        try:
            await session.serve()
        finally:
            forget()
            self._sessions[seat.case_id].discard(session)
            if not self._sessions[seat.case_id]:
                del self._sessions[seat.case_id]
                self._listening.pop(seat.case_id)()
                self._changes.pop(seat.case_id, None)

    async def attach(self, session: Session, seat: Seat, address: str) -> tuple[Room, Attachment] | None:
        """Open the document of that address for the seat, or return None when it is not open to them."""
        name = address.partition("\0")[0]
        if not _NAME.fullmatch(name) or self._is_held_off(seat, name):
            return None
        while True:
            changes = self._changes.get(seat.case_id)
            scope = await self._access(seat, name)
            room = None if scope is None else await self._room(seat.case_id, name)
            if scope is None or room is None:
                return None
            # The case moved while we asked, or the document was dropped: ask again, for the answer may be another.
            if changes == self._changes.get(seat.case_id) and not room.is_over:
                break
        attachment = Attachment(session, seat, address, wire.prefix(address), "readonly" if room.frozen else scope)
        room.attachments.add(attachment)
        return room, attachment

    async def _room(self, case_id: str, name: str) -> Room | None:
        key = (case_id, name)
        room = self._rooms.get(key)
        if room is not None:
            return room
        loading = self._loading.get(key)
        if loading is None:
            loading = self._loading[key] = asyncio.create_task(self._load(case_id, name), name=f"load {name}")
            loading.add_done_callback(lambda _task: self._loading.pop(key, None))
        return await asyncio.shield(loading)

    async def _load(self, case_id: str, name: str) -> Room | None:
        async with self._pool.acquire(timeout=10) as conn:
            try:
                state = await committed.load(conn, case_id, name)
            except (Damaged, log.BrokenSequence):
                logger.exception("document.damaged")
                return None
            if state is None:
                return None
            await committed.keep_snapshot_if_due(conn, state, self._now())
        room = Room(state, self._pool, self._bus, self._now, self._left, self._typed_over)
        room.faulty = self._faulty
        self._rooms[case_id, name] = room
        return room

    def _left(self, room: Room) -> None:
        if self._rooms.get((room.case_id, room.name)) is room:
            del self._rooms[room.case_id, room.name]

    def _faulty(self, room: Room, attachment: Attachment) -> None:
        key = (room.case_id, room.name, attachment.seat.participant_id)
        moment = time.monotonic()
        self._strikes[key] = [at for at in self._strikes.get(key, []) if moment - at < _PENALTY.total_seconds()] + [
            moment
        ]

    def _is_held_off(self, seat: Seat, name: str) -> bool:
        """Whether this person's edits broke the document several times within a minute; others may go on."""
        moment = time.monotonic()
        strikes = self._strikes.get((seat.case_id, name, seat.participant_id), [])
        return sum(moment - at < _PENALTY.total_seconds() for at in strikes) >= _STRIKES

    def _moved(self, case_id: str, hint: Hint) -> None:
        if {"heads", "missed", "erased"} & hint.keys():
            self._changes[case_id] += 1
            if case_id not in self._asking:
                self._asking[case_id] = asyncio.create_task(self._follow(case_id), name="documents access")

    async def _follow(self, case_id: str) -> None:
        try:
            seen = -1
            while seen != self._changes.get(case_id, seen):
                seen = self._changes[case_id]
                await self._ask_again(case_id)
        finally:
            self._asking.pop(case_id, None)

    async def _ask_again(self, case_id: str) -> None:
        for session in tuple(self._sessions.get(case_id, ())):
            try:
                await self._reauthorise(session)
            except Exception:
                logger.exception("documents.reauthorise_failed")
                session.close(RESET, "please connect again")

    async def _reauthorise(self, session: Session) -> None:
        for address, (room, attachment) in tuple(session.open.items()):
            scope = await self._access(session.seat, room.name)
            if session.open.get(address) != (room, attachment):
                continue
            if scope is None:
                session.detach(address, "permission-denied")
                continue
            scope = "readonly" if room.frozen else scope
            if scope != attachment.scope:
                attachment.scope = scope
                session.send(wire.authenticated(attachment.start, scope))

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(_PING_EVERY.total_seconds() / 2)
            moment = time.monotonic()
            for sessions in tuple(self._sessions.values()):
                for session in tuple(sessions):
                    session.keep_alive(moment, _PING_EVERY)
