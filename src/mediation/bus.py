"""Hints between the processes of one portal: "something moved, go and read it".

A hint never carries what people wrote. It names what moved and how far (`{"case": id, "heads": {"papers": 12}}`),
and its receiver reads the rows by sequence. Because a hint may be lost (a connection cut, a process restarting),
every receiver also polls now and then; a hint only makes it quick.

PostgreSQL's NOTIFY takes a global lock when it commits, so it is never part of a domain transaction: callers publish
after their commit, and one connection per process sends what has gathered since the last round trip.
"""

import asyncio
import json
import random
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import asyncpg
import structlog
from asyncpg.pool import PoolConnectionProxy

from mediation import db

Hint: TypeAlias = dict[str, Any]
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Listener: TypeAlias = Callable[[Hint], None]

CHANNEL = "mediation_hints"
MISSED: Hint = {"missed": True}
"""What every listener gets after the connection was away: hints may have been lost, so look again."""

_PAYLOAD_LIMIT = 7_900  # bytes; PostgreSQL refuses 8,000
_HINT_LIMIT = 4_000  # bytes of one hint; it names things, it does not carry them
_WAITING_LIMIT = 10_000  # hints kept while the database is away
_KEEP_ALIVE = timedelta(seconds=15)
_ROUND_TRIP = timedelta(seconds=5)
_SPACING = timedelta(milliseconds=15)

log = structlog.get_logger(__name__)


def topic_of(hint: Mapping[str, Any]) -> str:
    """Return the topic that a hint belongs to: `case:<id>`, `document:<case>:<name>`, `session` or `mail`.

    Raises `ValueError` for a hint that names none of them.
    """
    match hint:
        case {"case": str(case_id), "document": str(name)}:
            return f"document:{case_id}:{name}"
        case {"case": str(case_id)}:
            return f"case:{case_id}"
        case {"session_ended": _}:
            return "session"
        case {"mail": _}:
            return "mail"
        case _:
            raise ValueError("a hint names a case, a document of a case, an ended session, or mail")


class Bus:
    """Delivers hints to listeners here at once, and to the other processes over one connection of its own.

    `where` is a connection string, or a pool of which one connection is then held. `publish` and `listen` never
    wait and never fail because of the database; call them on the event loop.
    """

    def __init__(self, where: "str | asyncpg.Pool[asyncpg.Record]", *, process: str | None = None) -> None:
        self._where = where
        self._process = process or secrets.token_hex(8)
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._waiting: dict[str, Hint] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connected = False

    @property
    def connected(self) -> bool:
        """Whether hints reach the other processes at this moment."""
        return self._connected

    async def start(self) -> None:
        """Connect and begin to deliver; raises what asyncpg raises when the first connection fails."""
        connection = await self._connect()
        self._connected = True
        self._task = asyncio.create_task(self._run(connection), name="bus")

    async def stop(self) -> None:
        """Send what still waits (for a second at most), then let go of the connection."""
        if self._task is None:
            return
        deadline = asyncio.get_running_loop().time() + 1
        while self._waiting and self._connected and asyncio.get_running_loop().time() < deadline:
            self._wake.set()
            await asyncio.sleep(0.01)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    def publish(self, hint: Hint) -> None:
        """Tell everyone listening to the hint's topic; call it after the commit that made it true.

        Hints that differ only in how far something moved (`head`, `heads`, `cursor`) are merged while they wait.
        Raises `ValueError` for a hint without a topic or too large to be one.
        """
        topic = topic_of(hint)
        if len(json.dumps(hint)) > _HINT_LIMIT:
            raise ValueError("a hint names what moved; it does not carry it")
        self._wait(hint)
        self._wake.set()
        self._deliver(topic, hint)

    def listen(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every hint of `topic`, and with `MISSED` when some may have been lost.

        The listener runs on the loop and must return at once. Returns the function that stops it.
        """
        self._listeners[topic].append(listener)

        def stop() -> None:
            heard = self._listeners.get(topic, [])
            if listener in heard:
                heard.remove(listener)
            if not heard:
                self._listeners.pop(topic, None)

        return stop

    def _wait(self, hint: Hint) -> None:
        told = {name: value for name, value in hint.items() if name not in {"head", "heads"}}
        if "cursor" in told:
            told["cursor"] = told["cursor"][0]  # whose it is; only where it was last is worth telling
        key = json.dumps(told, sort_keys=True)
        self._waiting[key] = _further(self._waiting.pop(key, {}), hint)
        if len(self._waiting) > _WAITING_LIMIT:
            del self._waiting[next(iter(self._waiting))]

    def _deliver(self, topic: str, hint: Hint) -> None:
        for listener in tuple(self._listeners.get(topic, ())):
            try:
                listener(hint)
            except Exception:  # one listener's fault must not silence the others, nor the publisher
                log.exception("bus.listener_failed", topic=topic.partition(":")[0])

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            envelope = json.loads(str(payload))
            if envelope["from"] == self._process:
                return
            hints = [(topic_of(hint), hint) for hint in envelope["hints"]]
        except (ValueError, KeyError, TypeError):
            log.warning("bus.not_a_hint")
            return
        for topic, hint in hints:
            self._deliver(topic, hint)

    async def _connect(self) -> Connection:
        connection: Connection
        if isinstance(self._where, str):
            connection = await db.connect(self._where)
        else:
            connection = await self._where.acquire(timeout=_ROUND_TRIP.total_seconds())
        connection.add_termination_listener(self._ended)
        await connection.add_listener(CHANNEL, self._heard)
        return connection

    def _ended(self, _connection: object) -> None:
        self._wake.set()

    async def _run(self, connection: Connection) -> None:
        while True:
            try:
                await self._serve(connection)
            except Exception as lost:  # noqa: BLE001 - asyncpg raises bare exceptions too when a server dies under it
                log.warning("bus.connection_lost", reason=type(lost).__name__)
            finally:
                self._connected = False
                await self._let_go(connection)
            connection = await self._reconnect()
            self._connected = True
            # What was published while the connection ended may have woken the loop that was about to end with it.
            self._wake.set()
            for topic in tuple(self._listeners):
                self._deliver(topic, dict(MISSED))

    async def _reconnect(self) -> Connection:
        pause = 0.05
        while True:
            try:
                return await self._connect()
            except Exception as refused:  # noqa: BLE001 - as above
                log.warning("bus.cannot_connect", reason=type(refused).__name__)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads reconnections, hides nothing
            pause = min(pause * 2, 2.0)

    async def _let_go(self, connection: Connection) -> None:
        connection.terminate()
        if isinstance(connection, PoolConnectionProxy) and not isinstance(self._where, str):
            try:
                await self._where.release(connection)
            except Exception as gone:  # noqa: BLE001 - as above; the pool opens another when it needs one
                log.debug("bus.release", reason=type(gone).__name__)

    async def _serve(self, connection: Connection) -> None:
        while not connection.is_closed():
            try:
                async with asyncio.timeout(_KEEP_ALIVE.total_seconds()):
                    await self._wake.wait()
            except TimeoutError:
                await connection.execute("SELECT 1", timeout=_ROUND_TRIP.total_seconds())
            self._wake.clear()
            while self._waiting and not connection.is_closed():
                await self._send(connection)
                # The first hint goes out at once; a flood is gathered.
                await asyncio.sleep(_SPACING.total_seconds())

    async def _send(self, connection: Connection) -> None:
        sending: dict[str, Hint] = {}
        size = len(self._process) + 32
        for key, hint in self._waiting.items():
            size += len(json.dumps(hint)) + 2
            if size > _PAYLOAD_LIMIT:
                break
            sending[key] = hint
        for key in sending:
            del self._waiting[key]
        payload = json.dumps({"from": self._process, "hints": list(sending.values())})
        try:
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload, timeout=_ROUND_TRIP.total_seconds())
        except BaseException:
            # Not known to be sent: send again. A hint heard twice costs one read.
            for hint in sending.values():
                self._wait(hint)
            raise


def _further(earlier: Hint, later: Hint) -> Hint:
    """Merge two hints about the same thing into one that reaches as far as either."""
    merged = {**earlier, **later}
    if "head" in earlier and "head" in later:
        merged["head"] = max(earlier["head"], later["head"])
    if "heads" in earlier and "heads" in later:
        heads = dict(earlier["heads"])
        for room, head in later["heads"].items():
            heads[room] = max(head, heads.get(room, 0))
        merged["heads"] = heads
    return merged
