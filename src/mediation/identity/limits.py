"""How often something may be tried: counted in PostgreSQL, atomically, over all processes.

What is counted (an address, an e-mail) is kept only as a hash that changes with every window and is deleted a day
later, so the table is no list of who tried.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from litestar.types import Scope

from mediation.db import Connection
from mediation.problems import Problem

_KEPT: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
