"""Which sockets belong to which session, so that ending a session closes them at once, on every process."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, Protocol

import structlog

from mediation import clock
from mediation.db import Pool
from mediation.identity import sessions
from mediation.watch import Watch

Close = Callable[[], None]

SWEEP_EVERY: Final = timedelta(seconds=5)
MOST: Final = 100
"""Open sockets of one session on one process: two for each tab, in more tabs than anybody reads."""
_REMEMBERED: Final = 1_000

log = structlog.get_logger(__name__)


class Hints(Protocol):
    """The part of the bus that is needed here."""

    def publish(self, hint: dict[str, Any], /) -> None:
        """Tell every process."""

    def listen(self, topic: str, listener: Callable[[dict[str, Any]], None], /) -> Callable[[], None]:
        """Call the listener with every hint of a topic; returns what stops it."""


class LiveSessions:
    """Registry of open sockets by session. Hints close them at once; a look every few seconds is the net below.

    An open socket keeps its session from idling out, never from its longest life.
    """

    def __init__(self, pool: Pool, hints: Hints) -> None:
        self._pool = pool
        self._hints = hints
        self._open: dict[str, set[Close]] = defaultdict(set)
        self._ended_lately: deque[str] = deque(maxlen=_REMEMBERED)
        self._watch = Watch("live-sessions", self._look, SWEEP_EVERY)
        self._stop_listening: Callable[[], None] | None = None

    async def start(self) -> None:
        """Listen for ended sessions and begin to sweep."""
        self._stop_listening = self._hints.listen("session", self._heard)
        self._watch.start()

    async def stop(self) -> None:
        """Stop listening and sweeping; sockets are closed by whoever serves them."""
        if self._stop_listening is not None:
            self._stop_listening()
        await self._watch.stop()

    def is_full(self, session_id: str) -> bool:
        """Whether this session holds as many sockets as it may: each takes a look at every change, and a descriptor."""
        return len(self._open.get(session_id, ())) >= MOST

    def register(self, session_id: str, close: Close) -> Close:
        """Have `close` called once when the session ends; returns the function to call when the socket is gone.

        `close` runs on the loop and must not block. A session that ended between its handshake and this call is
        closed here.
        """
        self._open[session_id].add(close)
        if session_id in self._ended_lately:
            self._close(session_id)

        def forget() -> None:
            sockets = self._open.get(session_id)
            if sockets is not None:
                sockets.discard(close)
                if not sockets:
                    self._open.pop(session_id, None)

        return forget

    def ended(self, session_id: str) -> None:
        """Close the session's sockets here and everywhere; call it after the commit that ended the session."""
        self._hints.publish({"session_ended": session_id})
        self._close(session_id)

    def _heard(self, hint: dict[str, Any]) -> None:
        session_id = hint.get("session_ended")
        if isinstance(session_id, str):
            self._close(session_id)
        else:
            self._watch.hurry()

    def _close(self, session_id: str) -> None:
        self._ended_lately.append(session_id)
        for close in tuple(self._open.pop(session_id, ())):
            try:
                close()
            except Exception:  # one socket's fault must not keep the others open
                log.exception("live_sessions.close_failed")

    async def _look(self) -> None:
        known = list(self._open)
        if not known:
            return
        moment = clock.now()
        async with self._pool.acquire() as conn:
            alive = await sessions.still_open(conn, known, moment)
            await sessions.touch(conn, [bytes.fromhex(session_id) for session_id in alive], moment)
        for session_id in known:
            if session_id not in alive:
                self._close(session_id)
