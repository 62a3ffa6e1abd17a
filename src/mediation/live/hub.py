"""One hub for each case that somebody is looking at: it reads what is new once, for all its sockets.

A hint from the bus makes it look; without hints it looks every two seconds all the same.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

import structlog
from immutables import Map

from mediation import clock
from mediation.bus import Bus
from mediation.case.state import Case
from mediation.casework.folds import Folds
from mediation.db import Connection, Pool
from mediation.live.presence import RENEW_EVERY, Presence
from mediation.record import log

LOOK_EVERY = timedelta(seconds=2)
_TAIL = 400
"""Entries of a case kept at hand; whoever lags further reads them from the log."""

_log = structlog.get_logger(__name__)


class Screen(Protocol):
    """A socket as its hub knows it."""

    participant: str

    def look(self) -> None:
        """Something may have changed: have a look when it suits."""

    def someone_types(self, room: str, participant: str) -> None:
        """Somebody is writing in a room."""


class Hub:
    """What this process knows of one case, and who is looking at it here."""

    def __init__(self, case_id: str, pool: Pool, folds: Folds) -> None:
        self.case_id = case_id
        self.screens: set[Screen] = set()
        self.case = Case(private=Map())
        self.lengths: dict[str, int] = {}
        self.here: frozenset[str] = frozenset()
        self._pool = pool
        self._folds = folds
        self._tail: deque[log.Entry | log.Erased] = deque(maxlen=_TAIL)
        self._looking = asyncio.Lock()
        self._again = asyncio.Event()

    def heard(self, hint: dict[str, Any]) -> None:
        """A hint about this case has come."""
        if "typing" in hint:
            for screen in tuple(self.screens):
                screen.someone_types(hint["typing"], hint["by"])
        else:
            self._again.set()

    async def watch(self, presence: Presence) -> None:
        """Look at every hint, and every two seconds without one, for as long as anybody is here."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY.total_seconds()):
                    await self._again.wait()
            self._again.clear()
            try:
                await self.refresh(presence)
            except Exception as failed:  # noqa: BLE001 - a database that is away must not end the watch
                _log.warning("live.refresh_failed", reason=type(failed).__name__)

    async def refresh(self, presence: Presence) -> None:
        """Read what is new, and have the screens look if anything is."""
        async with self._looking, self._pool.acquire() as conn:
            lengths = await log.lengths(conn, self.case_id)
            here = await presence.here(conn, self.case_id, clock.now())
            if lengths == self.lengths and here == self.here:
                return
            if lengths != self.lengths:
                if self.lengths:
                    since = {r: self.lengths.get(r, 0) for r in lengths if lengths[r] > self.lengths.get(r, 0)}
                    fresh = await log.read_since(conn, self.case_id, since)
                    self._remember([e for e in fresh if e.seq <= lengths[e.room]])
                self.case = await self._folds.load(conn, self.case_id, lengths)
                self.lengths = lengths
            self.here = here
        for screen in tuple(self.screens):
            screen.look()

    def _remember(self, fresh: list[log.Entry | log.Erased]) -> None:
        """Keep new entries at hand; the words of a struck message are not kept here either."""
        self._tail.extend(fresh)
        struck = {(e.room, e.body["seq"]) for e in fresh if isinstance(e, log.Entry) and e.kind == "MessageStruck"}
        if struck:
            kept = [log.Erased(e.room, e.seq) if (e.room, e.seq) in struck else e for e in self._tail]
            self._tail = deque(kept, maxlen=_TAIL)

    async def entries(self, conn: Connection, room: str, after: int, upto: int) -> list[log.Entry | log.Erased]:
        """A room's entries after `after` as far as `upto`, from what is at hand or else from the log."""
        at_hand = [e for e in self._tail if e.room == room and after < e.seq <= upto]
        if len(at_hand) == upto - after:
            return at_hand
        return await log.read(conn, self.case_id, room, after=after, limit=upto - after)


class Hubs:
    """The hubs of this process."""

    def __init__(self, pool: Pool, bus: Bus, folds: Folds) -> None:
        self.pool = pool
        self.bus = bus
        self.folds = folds
        self.presence = Presence()
        self._hubs: dict[str, tuple[Hub, Callable[[], None], asyncio.Task[None]]] = {}
        self._renewal: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to renew presence."""
        self._renewal = asyncio.create_task(self._renew(), name="presence")

    async def stop(self) -> None:
        """Stop looking."""
        tasks = [task for _, _, task in self._hubs.values()]
        tasks += [self._renewal] if self._renewal is not None else []
        for _, stop_listening, _ in self._hubs.values():
            stop_listening()
        self._hubs.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def join(self, case_id: str, screen: Screen) -> Hub:
        """The hub of a case, with this screen among its own; up to date when it is returned.

        The screen is subscribed before anything is read, so nothing written in between is missed.
        """
        if case_id not in self._hubs:
            hub = Hub(case_id, self.pool, self.folds)
            stop_listening = self.bus.listen(f"case:{case_id}", hub.heard)
            task = asyncio.create_task(hub.watch(self.presence), name="hub")
            self._hubs[case_id] = (hub, stop_listening, task)
        hub, _, _ = self._hubs[case_id]
        hub.screens.add(screen)
        try:
            await hub.refresh(self.presence)
        except BaseException:
            self.leave(hub, screen)
            raise
        return hub

    def leave(self, hub: Hub, screen: Screen) -> None:
        """A screen is gone; the hub goes with the last one."""
        hub.screens.discard(screen)
        if not hub.screens and hub.case_id in self._hubs:
            _, stop_listening, task = self._hubs.pop(hub.case_id)
            stop_listening()
            task.cancel()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY.total_seconds())
            try:
                async with self.pool.acquire() as conn:
                    await self.presence.renew(conn, clock.now())
            except Exception as failed:  # noqa: BLE001 - as in watch
                _log.warning("live.presence_failed", reason=type(failed).__name__)
