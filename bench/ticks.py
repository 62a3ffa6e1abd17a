"""One tick of the worker that does what is due by itself, among a thousand open cases and among a hundred thousand.

Two databases of one server, measured in turns. Both hold the same cases of which something is due; the open ones beside
them are copies of one of these, papers and all, of which nothing is due for a year.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from mediation import db, embedded, migrate
from mediation.bus import Bus
from mediation.case.commands import OpenCase, PartyDescription
from mediation.casework.clockwork import Clockwork
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.drafting import texts
from mediation.identity import accounts
from mediation.record.keys import Keyring

FEW, MANY = 1_000, 100_000
DUE = 20
"""Cases of which something is due in a tick that finds work."""
ROUNDS = 9
IDLE_LOOKS = 50
START = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)
EVERY = timedelta(days=30)
"""Something is due in every due case about this often, until the portal's own ladder has run out."""

# Everything of the copied case that a worker could be tempted to read.
TABLES = ("cases", "rooms", "entries")
CLAIM = """
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
SELECT case_id FROM due WHERE due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""


class _House:
    """One database with its open cases, and a worker by a clock that is set by hand."""

    def __init__(self, pool: Pool, casework: Casework, open_cases: int) -> None:
        self.pool, self.open_cases, self.now = pool, open_cases, START
        self.worker = Clockwork(casework, now=lambda: self.now)

    @classmethod
    async def furnished(cls, dsn: str, open_cases: int) -> "_House":
        """Open the cases of which something will be due, and put the others beside them."""
        pool, keyring = await db.open_pool(dsn, size=2), Keyring.from_seed(bytes(32))
        async with pool.acquire() as conn:
            await keyring.register(conn)
            account_id = await accounts.create_guest(conn, "Dana", START)
        casework = Casework(pool, Bus(dsn), keyring, host="The host", texts=texts)
        for _ in range(DUE):
            case_id, _ = await casework.open(account_id, "Dana", _opening(), START)
        owner = await asyncpg.connect(dsn)
        await _copy(owner, case_id, open_cases)
        await owner.execute("VACUUM ANALYZE")
        await owner.close()
        return cls(pool, casework, open_cases)

    async def idle_look(self) -> float:
        """Milliseconds of a look that finds nothing due; the median of some."""
        took = []
        for _ in range(IDLE_LOOKS):
            began = time.perf_counter()
            done = await self.worker.look()
            took.append((time.perf_counter() - began) * 1000)
            assert done == 0, "something was due"
        return statistics.median(took)

    async def busy_look(self) -> tuple[int, float]:
        """How many cases had something due, and milliseconds for each of them."""
        began = time.perf_counter()
        done = await self.worker.look()
        return done, (time.perf_counter() - began) * 1000 / max(done, 1)

    async def pages_read(self) -> int:
        """Pages of 8 KiB that the database touches to find that nothing is due."""
        async with self.pool.acquire() as conn:
            plan = json.loads(await conn.fetchval(CLAIM, self.now))[0]["Plan"]
        return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def _opening() -> OpenCase:
    return OpenCase(
        command_id=uuid4().hex,
        title="The website that came late",
        category="timeline",
        account="It was promised for March and came in June.",
        business=PartyDescription(name="Example Studio"),
        client=PartyDescription(name="Dana", capacity="consumer"),
        opener="principal",
    )


async def _copy(conn: asyncpg.Connection, case_id: str, times: int) -> None:
    async with conn.transaction():
        await conn.execute("CREATE TEMPORARY TABLE copies (case_id uuid) ON COMMIT DROP")
        await conn.execute("INSERT INTO copies SELECT gen_random_uuid() FROM generate_series(1, $1)", times)
        for table in TABLES:
            await conn.execute(
                f"""
                INSERT INTO {table} SELECT (jsonb_populate_record(one, jsonb_build_object('case_id', c.case_id))).*
                FROM {table} one, copies c WHERE one.case_id = '{case_id}'
                """
            )
        await conn.execute(
            """
            INSERT INTO due (case_id, due_at)
            SELECT case_id, $1::timestamptz + interval '1 year' * random() FROM copies
            """,
            START + timedelta(days=1_000),
        )


async def _compare(few: _House, many: _House) -> dict[str, Any]:
    idle: dict[int, list[float]] = {FEW: [], MANY: []}
    busy: dict[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(ROUNDS):
        # In turns, and the first one changes, so that a busy moment of the machine falls on both.
        for house in (few, many) if turn % 2 else (many, few):
            idle[house.open_cases].append(await house.idle_look())
        for house in (few, many) if turn % 2 else (many, few):
            house.now += EVERY / 6
            done, took = await house.busy_look()
            if done:
                busy[house.open_cases].append(took)
    return {
        "due_cases": DUE,
        "pages_to_find_nothing": {f"{house.open_cases}_open": await house.pages_read() for house in (few, many)},
        "idle_look_ms": {f"{open_cases}_open": round(statistics.median(ms), 3) for open_cases, ms in idle.items()},
        "ms_per_due_case": {f"{open_cases}_open": round(statistics.median(ms), 2) for open_cases, ms in busy.items()},
        "ratio_of_idle_looks": _ratio(idle),
        "ratio_per_due_case": _ratio(busy),
    }


def _ratio(took: dict[int, list[float]]) -> float:
    """How much longer it takes among many than among few; the median of the turns."""
    return round(statistics.median(many / few for few, many in zip(took[FEW], took[MANY], strict=True)), 3)


async def _run(dsns: dict[int, str]) -> dict[str, Any]:
    houses = [await _House.furnished(dsn, open_cases) for open_cases, dsn in dsns.items()]
    try:
        return await _compare(*houses)
    finally:
        for house in houses:
            await house.pool.close()


def run() -> dict[str, Any]:
    """Measure and return the figures: milliseconds, pages, and how many times as much a hundred thousand cases take."""
    with tempfile.TemporaryDirectory(prefix="mb-") as folder:
        dsn = embedded.start(Path(folder))
        try:
            return asyncio.run(_in_two_databases(dsn))
        finally:
            embedded.stop(Path(folder))


async def _in_two_databases(dsn: str) -> dict[str, Any]:
    dsns = {}
    for open_cases in (FEW, MANY):
        conn = await asyncpg.connect(dsn)
        await conn.execute(f"CREATE DATABASE with_{open_cases}")
        await conn.close()
        dsns[open_cases] = dsn.replace(f"/{embedded.DATABASE}?", f"/with_{open_cases}?")
        await asyncio.to_thread(migrate.upgrade, dsns[open_cases])
    return await _run(dsns)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
