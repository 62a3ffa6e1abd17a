"""One hub for each case that somebody is looking at: it notices that something moved, and has its sockets look.

A hint from the bus makes it look; without hints it looks every two seconds all the same. What moved, each socket reads
for itself, as the person who sits at it: the hub knows who is in which room and how far that reaches, and no words. It
wakes nobody for what is said elsewhere, so that not even the time their browser waits for an answer tells of it.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol, TypeAlias
from uuid import UUID

import structlog

from mediation import clock
from mediation.bus import Bus
from mediation.casework.folds import Folds
from mediation.db import Connection, Pool
from mediation.live.presence import RENEW_EVERY, Presence
from mediation.watch import Watch

LOOK_EVERY = timedelta(seconds=2)

_Reach: TypeAlias = set[tuple[str, int, int]]

_log = structlog.get_logger(__name__)


class Screen(Protocol):
    """A socket as its hub knows it."""

    participant: str

    def look(self) -> None:
        """Something may have changed: have a look when it suits."""

    def someone_types(self, room: str, participant: str) -> None:
        """Somebody is writing in a room."""


class Hub:
    """How far one case has moved, and who is looking at it here."""

    def __init__(self, case_id: str, pool: Pool) -> None:
        self.case_id = case_id
        self.screens: set[Screen] = set()
        self.here: frozenset[str] = frozenset()
        self._pool = pool
        self._seen: dict[Screen, _Reach | None] = {}
        self._was_erased = False
        self._looking = asyncio.Lock()
        self._again = asyncio.Event()

    def heard(self, hint: dict[str, Any]) -> None:
        """A hint about this case has come."""
        if "typing" in hint:
            for screen in tuple(self.screens):
                screen.someone_types(hint["typing"], hint["by"])
        else:
            # An erasure takes words away and moves no counter but that of papers, which may have been seen before.
            self._was_erased |= "erased" in hint
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
        """Look how far everybody reads and who is here, and have those screens look for whom anything is new."""
        async with self._looking:
            async with self._pool.acquire() as conn:
                reaches = await _reaches(conn, self.case_id)
                here = await presence.here(conn, self.case_id, clock.now())
            is_for_all = here != self.here or self._was_erased
            self.here, self._was_erased = here, False
            seen, self._seen = self._seen, {s: reaches.get(s.participant) for s in self.screens}
        for screen, reach in tuple(self._seen.items()):
            if is_for_all or screen not in seen or seen[screen] != reach:
                screen.look()


async def _reaches(conn: Connection, case_id: str) -> dict[str, _Reach]:
    """How far everybody on the case reads each room they are in now, and from where on."""
    rows = await conn.fetch(
        """
        SELECT m.participant_id, m.room, m.from_seq, r.length
        FROM memberships m JOIN rooms r ON r.case_id = $1 AND r.room = m.room
        WHERE m.case_id = $1 AND m.until_seq IS NULL
        """,
        UUID(case_id),
    )
    reaches: dict[str, _Reach] = defaultdict(set)
    for row in rows:
        reaches[row["participant_id"].hex].add((row["room"], row["from_seq"], row["length"]))
    return reaches


class Hubs:
    """The hubs of this process."""

    def __init__(self, pool: Pool, readers: Pool, bus: Bus, folds: Folds) -> None:
        self.pool = pool
        self.readers = readers
        self.bus = bus
        self.folds = folds
        self.presence = Presence()
        self._hubs: dict[str, tuple[Hub, Callable[[], None], asyncio.Task[None]]] = {}
        self._renewal = Watch("presence", self._renew, RENEW_EVERY)

    async def start(self) -> None:
        """Begin to renew presence."""
        self._renewal.start()

    async def stop(self) -> None:
        """Stop looking."""
        tasks = [task for _, _, task in self._hubs.values()]
        for _, stop_listening, _ in self._hubs.values():
            stop_listening()
        self._hubs.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._renewal.stop()

    async def join(self, case_id: str, screen: Screen) -> Hub:
        """The hub of a case, with this screen among its own; it knows who is here when it is returned.

        The screen is subscribed before anything is read, so nothing written in between is missed.
        """
        if case_id not in self._hubs:
            hub = Hub(case_id, self.pool)
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
        async with self.pool.acquire() as conn:
            await self.presence.renew(conn, clock.now())
