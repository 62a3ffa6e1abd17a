"""Workers that are killed, clocks that jump, a database that goes down: each act is done once, none is missed."""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import asyncpg
import pytest
from msgspec.structs import replace

from casebook import opening
from ladders import COLIN, RUTH
from mediation import db, embedded, migrate
from mediation.bus import Bus
from mediation.case import events as e
from mediation.case.decide.terms import next_act
from mediation.case.policy import DEFAULT_POLICY
from mediation.case.terms import PAPERS
from mediation.casework.folds import told
from mediation.casework.policies import Reach, StepReach
from mediation.identity import organisations
from mediation.identity.wire import AddOrganisation
from mediation.ladder.routes import write
from mediation.ladder.wire import WritePolicy
from mediation.record import log
from mediation.record.doctor import doctor
from office import account, casework_on

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
CASES, WORKERS, KILLS, RESTARTS = (250, 4, 50, 1) if IS_SOAK else (6, 2, 3, 0)
DAYS_A_SECOND = 2 if IS_SOAK else 20
START = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)
END = START + timedelta(days=150)
"""By then the portal's own ladder has nothing left to do by itself when nobody ever says anything."""
LASTS = (END - START) / timedelta(days=DAYS_A_SECOND)
"""Seconds that the story takes."""
JUMPS = ((LASTS / 3, 7.0), (LASTS / 2, -0.125))
"""After so many seconds every clock jumps by so many days: nobody worked for a week; it was set back three hours."""
PEOPLE = (COLIN, RUTH)
"""Named for a step; nobody of them ever comes."""
CALLED = "SELECT count(*) FROM invitations WHERE case_id = $1::text::uuid AND called_for = 'management'"
LINKS_AND_MAILS = """
    SELECT (SELECT count(*) FROM invitation_links), (SELECT count(*) FROM outbox WHERE kind = 'invitation')
    """

OVER = {"nobody-came", "answer-over", "step-over"}
"""What a notice says of a time that is over; the one person of each case is told of each, once."""

# Looks again and again by a clock that runs fast; a database that is away is waited for.
WORKER = """
import asyncio, json, sys, time
from datetime import datetime, timedelta
from mediation import db
from mediation.bus import Bus
from mediation.casework.clockwork import Clockwork
from mediation.invitations.calling import Caller
from office import casework_on

async def main(dsn, start, began, days, jumps):
    def now():
        passed = time.time() - float(began)
        jumped = sum(by for after, by in json.loads(jumps) if after <= passed)
        at = datetime.fromisoformat(start) + timedelta(days=float(days) * passed + jumped)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)
    while True:
        try:
            pool, bus = await db.open_pool(dsn, size=3), Bus(dsn)
            casework = await casework_on(pool, bus, calls=Caller("https://portal.example").follow)
            clockwork = Clockwork(casework, now=now)
            while True:
                await clockwork.look()
                await asyncio.sleep(0.02)
        except Exception as failed:
            print(type(failed).__name__, file=sys.stderr, flush=True)
            await asyncio.sleep(0.2)

asyncio.run(main(*sys.argv[1:]))
"""


@asynccontextmanager
async def working(dsn: str, began: float) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Some workers; whoever kills one puts another in its place."""
    workers = [await a_worker(dsn, began) for _ in range(WORKERS)]
    try:
        yield workers
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()


async def a_worker(dsn: str, began: float) -> asyncio.subprocess.Process:
    arguments = (dsn, START.isoformat(), str(began), str(DAYS_A_SECOND), json.dumps(JUMPS))
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, *arguments),
        stderr=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )


async def still_due(dsn: str) -> int:
    """In how many cases something is due up to the end of the story; all of them while the database is away."""
    try:
        connection = await db.connect(dsn)
    except (OSError, asyncpg.PostgresError):
        return CASES
    try:
        found: int = await connection.fetchval("SELECT count(*) FROM due WHERE due_at <= $1", END)
    finally:
        await connection.close()
    return found


@pytest.mark.soak
@pytest.mark.timeout(3_600 if IS_SOAK else 120)
async def test_every_act_is_done_once_whoever_is_killed_meanwhile(data_dir: Path) -> None:
    chance = Random(20_261_122)
    dsn = embedded.start(data_dir)
    try:
        await asyncio.to_thread(migrate.upgrade, dsn)
        case_ids = await open_cases(dsn)
        began, kills, restarts = time.time(), 0, 0
        async with working(dsn, began) as workers:
            while time.time() - began < LASTS or await still_due(dsn):
                await asyncio.sleep(LASTS / (KILLS + 1) * chance.uniform(0.5, 1))
                if kills < KILLS:
                    struck = chance.randrange(WORKERS)
                    workers[struck].send_signal(signal.SIGKILL)
                    await workers[struck].wait()
                    workers[struck] = await a_worker(dsn, began)
                    kills += 1
                if restarts < RESTARTS and kills > KILLS // 2:
                    await struck_down(data_dir)
                    assert embedded.start(data_dir) == dsn
                    restarts += 1
        acts = await check(dsn, case_ids)
    finally:
        embedded.stop(data_dir)
    assert kills == KILLS
    happened = f"{kills} killed, {restarts} restarts, {len(JUMPS)} jumps of the clock"
    print(f"\nsoak: {acts} acts of {CASES} cases by {WORKERS} workers, {happened}: each once")


async def struck_down(data_dir: Path) -> None:
    """The database stops at once, as if the power had gone, and is really gone."""
    pid = embedded.running_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    while embedded.running_pid(data_dir) is not None:  # noqa: ASYNC110 - another process, which tells nobody
        await asyncio.sleep(0.05)


async def open_cases(dsn: str) -> list[str]:
    """Cases with a business that names two people for a step of the portal's own ladder, as addresses."""
    pool, bus = await db.open_pool(dsn, size=2), Bus(dsn)
    casework, business = await casework_on(pool, bus), uuid4().hex
    wanted = AddOrganisation(
        command_id=business, kind="business", name="Studio", slug="studio", email="desk@studio.example"
    )
    rungs = tuple(replace(r, people=PEOPLE) if r.tier == "management" else r for r in DEFAULT_POLICY.rungs)
    ways = tuple(Reach(email=f"person{number}@studio.example") for number in range(len(PEOPLE)))
    wish = WritePolicy(
        version=1, policy=replace(DEFAULT_POLICY, rungs=rungs), reach=(StepReach(tier="management", people=ways),)
    )
    async with pool.acquire() as conn:
        await organisations.add(conn, business, wanted, START)
        await write(conn, business, "general", wish, await account(pool, "Lead"), START)
    case_ids = []
    for number in range(CASES):
        account_id, at = await account(pool, "Somebody"), START + timedelta(minutes=7 * number)
        command = opening(uuid4().hex, opener="principal")
        case_id, _ = await casework.open(account_id, "Somebody", command, at, organisation_id=business)
        case_ids.append(case_id)
    await pool.close()
    return case_ids


async def check(dsn: str, case_ids: list[str]) -> int:
    """How many acts were done; fails unless each was done once, none before its time, and none is left."""
    pool, bus = await db.open_pool(dsn, size=2), Bus(dsn)
    casework, acts = await casework_on(pool, bus), 0
    async with pool.acquire() as conn:
        for case_id in case_ids:
            entries = [entry for entry in await log.read(conn, case_id, PAPERS) if isinstance(entry, log.Entry)]
            done = [
                (t.seq, t.at, t.event) for t in map(told, entries) if isinstance(t.event, e.Reminded | e.TermExpired)
            ]
            assert max(Counter(event for _, _, event in done).values()) == 1
            assert all(event.due_at <= at for _, at, event in done)
            assert entries[-1].at >= END - timedelta(days=60)
            left = next_act((await casework.facts(conn, case_id)).papers)
            assert left is None or left.at > END
            told_of = await conn.fetch("SELECT parts FROM notices WHERE case_id = $1::text::uuid", case_id)
            expired = sum(isinstance(event, e.TermExpired) for _, _, event in done)
            assert sum(not OVER.isdisjoint(row["parts"]) for row in told_of) == expired, "one act, one notice"
            assert await doctor(conn, case_id) == []
            assert await conn.fetchval(CALLED, case_id) == len(PEOPLE)
            acts += len(done)
        # Whatever a killed worker began was undone in one piece: there is a mail for every link.
        links, mails = await conn.fetchrow(LINKS_AND_MAILS) or (0, 1)
        assert links == mails
    await pool.close()
    return acts
