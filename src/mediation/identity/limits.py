"""How often something may be tried: counted in PostgreSQL, atomically, over all processes.

What is counted (an address, an e-mail) is kept only as a hash that changes with every window and is deleted a day
later, so the table is no list of who tried.

`spend` counts every try by itself. `Leases` is for what happens all the time (commands, frames of sockets, bytes of
uploads): a process takes an allowance in portions, and asks PostgreSQL again only when one is used up.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.types import Scope

from mediation import clock
from mediation.db import Connection, Pool
from mediation.identity.guards import session_of
from mediation.problems import Problem
from mediation.settings import Settings

_KEPT: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PORTIONS: Final = 20
_HELD: Final = 10_000
MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Budget:
    """`tries` of one kind per window. Windows are fixed, so a burst over their seam may reach twice as many."""

    name: str
    tries: int
    window: timedelta = timedelta(minutes=15)


class TooManyTries(Problem):
    """429 with the seconds after which it is worth trying again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429,
            "too-many-tries",
            "That was too often in a short time.",
            f"Wait {max(1, round(retry_after / 60))} minutes, then try again.",
        )
        self.retry_after = retry_after


def _window_start(budget: Budget, now: datetime) -> datetime:
    return now - (now - _EPOCH) % budget.window


def _key(budget: Budget, subject: str, start: datetime) -> bytes:
    return hashlib.sha256(f"{budget.name}\n{start.isoformat()}\n{subject}".encode()).digest()


async def spend(conn: Connection, budget: Budget, subject: str, now: datetime) -> None:
    """Count one try; raises `TooManyTries` when the budget is spent.

    Call it outside a transaction: a try counts whatever becomes of the request.
    """
    start = _window_start(budget, now)
    count: int = await conn.fetchval(
        """
        INSERT INTO limits (key, window_start, count) VALUES ($1, $2, 1)
        ON CONFLICT (key) DO UPDATE SET count = limits.count + 1 RETURNING count
        """,
        _key(budget, subject, start),
        start,
    )
    if count == 1:
        await conn.execute("DELETE FROM limits WHERE window_start < $1", now - _KEPT)
    if count > budget.tries:
        raise TooManyTries(max(1, int((start + budget.window - now).total_seconds())))


async def forgive(conn: Connection, budget: Budget, subject: str, now: datetime) -> None:
    """Forget the tries of this window, because the last one succeeded."""
    await conn.execute("DELETE FROM limits WHERE key = $1", _key(budget, subject, _window_start(budget, now)))


async def is_first_in(conn: Connection, name: str, subject: str, time: timedelta, now: datetime) -> bool:
    """Whether this happens to `subject` for the first time in so long, which may be a day; it is noted if so.

    Counted from the last time that it did, not by windows, and in the caller's transaction: what is undone with it did
    not happen. `subject` must not be guessable, because its hash stays the same.
    """
    key = hashlib.sha256(f"{name}\n{subject}".encode()).digest()
    is_first = await conn.fetchval(
        """
        INSERT INTO limits (key, window_start, count) VALUES ($1, $2, 1)
        ON CONFLICT (key) DO UPDATE SET window_start = $2 WHERE limits.window_start <= $3 RETURNING true
        """,
        key,
        now,
        now - time,
    )
    return is_first is True


def commands(settings: Settings) -> Budget:
    """Commands of one account, over all its cases and devices. To be taken from `Leases`."""
    return Budget("commands", settings.command_tries, timedelta(minutes=5))


def frames(settings: Settings) -> Budget:
    """What one account's sockets send, feed and documents together. To be taken from `Leases`."""
    return Budget("frames", settings.frame_tries, timedelta(minutes=5))


def upload_bytes(settings: Settings) -> Budget:
    """Bytes that one account uploads in an hour: `leases.spend(upload_bytes(settings), account_id, len(piece))`."""
    return Budget("upload-bytes", settings.upload_mib * MIB, timedelta(hours=1))


def invitations(settings: Settings) -> Budget:
    """Invitations that one account sends, renewed and replaced ones included: each is a mail to somebody. `spend`."""
    return Budget("invitations", settings.invitations_a_day, timedelta(days=1))


@dataclass(slots=True)
class _Held:
    """What this process may still spend for one subject in the window from `start` to `end`."""

    start: datetime
    end: datetime
    left: int = 0
    is_spent: bool = False


class Leases:
    """The allowances that this process holds.

    All processes together never grant more than the budget. One may refuse a little early: up to a portion, a
    twentieth of the budget, may lie unused with each of the others.
    """

    def __init__(self, pool: Pool, *, now: Callable[[], datetime] = clock.now) -> None:
        self._pool = pool
        self._now = now
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()

    async def spend(self, budget: Budget, subject: str, amount: int = 1) -> None:
        """Spend `amount` for `subject`; nearly always without a word to the database. Raises `TooManyTries`."""
        now = self._now()
        held = self._held.get((budget.name, subject))
        if held is None or now >= held.end:
            held = self._begin(budget, subject, now)
        if held.left < amount and not held.is_spent:
            granted = await self._lease(budget, subject, held.start, max(amount, -(-budget.tries // _PORTIONS)))
            held.left += granted
            held.is_spent = granted == 0
        if held.left < amount:
            raise TooManyTries(max(1, int((held.end - now).total_seconds())))
        held.left -= amount

    def _begin(self, budget: Budget, subject: str, now: datetime) -> _Held:
        start = _window_start(budget, now)
        held = self._held[budget.name, subject] = _Held(start, start + budget.window)
        self._held.move_to_end((budget.name, subject))
        if len(self._held) > _HELD:
            self._held.popitem(last=False)
        return held

    async def _lease(self, budget: Budget, subject: str, start: datetime, portion: int) -> int:
        """Take a portion from what is left for all processes; returns how much of it was there."""
        async with self._pool.acquire() as conn:
            count: int | None = await conn.fetchval(
                """
                INSERT INTO limits (key, window_start, count) VALUES ($1, $2, $3)
                ON CONFLICT (key) DO UPDATE SET count = limits.count + $3 WHERE limits.count < $4 RETURNING count
                """,
                _key(budget, subject, start),
                start,
                portion,
                budget.tries,
            )
            if count == portion:
                await conn.execute("DELETE FROM limits WHERE window_start < $1", self._now() - _KEPT)
        return 0 if count is None else max(0, min(portion, budget.tries - (count - portion)))


async def spend_for(
    connection: ASGIConnection[Any, Any, Any, Any], of: Callable[[Settings], Budget], amount: int = 1
) -> None:
    """Spend what the signed-in account may still do of one kind, such as `commands`. Raises `TooManyTries`."""
    state = connection.app.state
    await state.leases.spend(of(state.settings), session_of(connection).account_id, amount)


def address_of(scope: Scope) -> str:
    """Return the network address to count by: an IPv6 customer has a whole /64, so that is what counts as one."""
    client = scope.get("client")
    if not client:
        return "unknown"
    host = client[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
