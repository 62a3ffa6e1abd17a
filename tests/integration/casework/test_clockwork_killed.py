"""Workers that are killed, clocks that jump, a database that goes down: each act is done once, none is missed.

Whom it concerns is mailed of each: at least once, and however often it comes, as the same mail under one Message-ID.
"""

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
from mail_server import MailServer, mail_server
from mediation import db, embedded, migrate
from mediation.bus import Bus
from mediation.case import events as e
from mediation.case.decide.terms import next_act
from mediation.case.policy import DEFAULT_POLICY
from mediation.case.terms import PAPERS
from mediation.casework.folds import told
from mediation.casework.policies import Reach, StepReach
from mediation.identity import accounts, organisations
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

# Every mail that anybody decides to send, whatever becomes of it in the outbox.
LEDGER = """
CREATE TABLE written (mail_id uuid PRIMARY KEY);
CREATE FUNCTION note_mail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN INSERT INTO written VALUES (NEW.mail_id); RETURN NEW; END $$;
CREATE TRIGGER noted AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION note_mail();
"""
WAITING = """
    SELECT (SELECT count(*) FROM due WHERE due_at <= $1) + (SELECT count(*) FROM outbox WHERE message IS NOT NULL)
        + (SELECT count(*) FROM notices WHERE mail_at IS NOT NULL AND mailed_at IS NULL)
    """

# Looks again and again by a clock that runs fast; a database that is away is waited for.
WORKER = """
import asyncio, json, sys, time
from datetime import datetime, timedelta
from mediation import clock, db, outbox
from mediation.bus import Bus
from mediation.casework.clockwork import Clockwork
from mediation.invitations.calling import Caller
from mediation.mail.postman import SmtpPostman
from mediation.notices.letters import Letters
from mediation.notices.worker import Teller
from mediation.settings import SmtpServer
from notices_town import BASE, SENDER, NoBus
from office import casework_on

async def main(dsn, start, began, days, jumps, port):
    def now():
        passed = time.time() - float(began)
        jumped = sum(by for after, by in json.loads(jumps) if after <= passed)
        at = datetime.fromisoformat(start) + timedelta(days=float(days) * passed + jumped)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)
    clock.now = now
    outbox.LEASE = timedelta(seconds=5 * float(days) * 86_400)  # five seconds of the mail server's time
    postman = SmtpPostman(SmtpServer(host="localhost", port=int(port), security="none"), SENDER)
    while True:
        try:
            pool, bus = await db.open_pool(dsn, size=3), Bus(dsn)
            casework = await casework_on(pool, bus, calls=Caller(BASE).follow)
            clockwork = Clockwork(casework, now=now)
            teller, post = Teller(pool, Letters(BASE), now=now), outbox.Outbox(pool, NoBus(), postman)
            while True:
                await clockwork.look()
                await teller.look()
                await post.send_due()
                await asyncio.sleep(0.02)
        except Exception as failed:
            print(type(failed).__name__, file=sys.stderr, flush=True)
            await asyncio.sleep(0.2)

asyncio.run(main(*sys.argv[1:]))
"""


@asynccontextmanager
async def working(dsn: str, began: float, port: int) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Some workers; whoever kills one puts another in its place."""
    workers = [await a_worker(dsn, began, port) for _ in range(WORKERS)]
    try:
        yield workers
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()


async def a_worker(dsn: str, began: float, port: int) -> asyncio.subprocess.Process:
    arguments = (dsn, START.isoformat(), str(began), str(DAYS_A_SECOND), json.dumps(JUMPS), str(port))
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, *arguments),
        stderr=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )


async def still_to_do(dsn: str) -> int:
    """What is due up to the end of the story, and mails that wait; something while the database is away."""
    try:
        connection = await db.connect(dsn)
    except (OSError, asyncpg.PostgresError):
        return CASES
    try:
        found: int = await connection.fetchval(WAITING, END)
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
        with mail_server() as server:
            async with working(dsn, began, server.port) as workers:
                while time.time() - began < LASTS or await still_to_do(dsn):
                    await asyncio.sleep(LASTS / (KILLS + 1) * chance.uniform(0.5, 1))
                    if kills < KILLS:
                        struck = chance.randrange(WORKERS)
                        workers[struck].send_signal(signal.SIGKILL)
                        await workers[struck].wait()
                        workers[struck] = await a_worker(dsn, began, server.port)
                        kills += 1
                    if restarts < RESTARTS and kills > KILLS // 2:
                        await struck_down(data_dir)
                        assert embedded.start(data_dir) == dsn
                        restarts += 1
            acts = await check(dsn, case_ids)
            mails = await check_mails(dsn, server)
    finally:
        embedded.stop(data_dir)
    assert kills == KILLS
    happened = f"{kills} killed, {restarts} restarts, {len(JUMPS)} jumps of the clock"
    print(f"\nsoak: {acts} acts of {CASES} cases by {WORKERS} workers, {happened}: each once; {mails}")


async def struck_down(data_dir: Path) -> None:
    """The database stops at once, as if the power had gone, and is really gone."""
    pid = embedded.running_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    while embedded.running_pid(data_dir) is not None:  # noqa: ASYNC110 - another process, which tells nobody
        await asyncio.sleep(0.05)


async def open_cases(dsn: str) -> list[str]:
    """Cases with a business whose ladder is the portal's own, with management early and two people named for it."""
    pool, bus = await db.open_pool(dsn, size=2), Bus(dsn)
    casework, business = await casework_on(pool, bus), uuid4().hex
    wanted = AddOrganisation(
        command_id=business, kind="business", name="Studio", slug="studio", email="desk@studio.example"
    )
    talks, mediation, management, referral = DEFAULT_POLICY.rungs
    rungs = (talks, replace(management, people=PEOPLE), mediation, referral)
    ways = tuple(Reach(email=f"person{number}@studio.example") for number in range(len(PEOPLE)))
    wish = WritePolicy(
        version=1, policy=replace(DEFAULT_POLICY, rungs=rungs), reach=(StepReach(tier="management", people=ways),)
    )
    owner = await asyncpg.connect(dsn)
    await owner.execute(LEDGER)
    await owner.close()
    async with pool.acquire() as conn:
        await organisations.add(conn, business, wanted, START)
        await write(conn, business, "general", wish, await account(pool, "Lead"), START)
    case_ids = []
    for number in range(CASES):
        at, address = START + timedelta(minutes=7 * number), f"somebody{number}@friends.example"
        async with pool.acquire() as conn:
            account_id = await accounts.create_staff(conn, "Somebody", address, None, at)
        command = opening(uuid4().hex, opener="principal")
        case_id, _ = await casework.open(account_id, "Somebody", command, at, organisation_id=business)
        case_ids.append(case_id)
    await pool.close()
    return case_ids


def should_be_called(papers: list[e.Event]) -> int:
    """How many: one when management is reached, and one more with each reminder while the case is there."""
    tier, found = "talks", 0
    for event in papers:
        tier = event.to if isinstance(event, e.TierReached) else tier
        is_reason = isinstance(event, e.TierReached) or (isinstance(event, e.Reminded) and event.term != "acknowledge")
        found += tier == "management" and is_reason
    return min(found, len(PEOPLE))


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
            assert await conn.fetchval(CALLED, case_id) == should_be_called([told(entry).event for entry in entries])
            acts += len(done)
        # Whatever a killed worker began was undone in one piece: there is a mail for every link.
        links, mails = await conn.fetchrow(LINKS_AND_MAILS) or (0, 1)
        assert links == mails
    await pool.close()
    return acts


async def check_mails(dsn: str, server: MailServer) -> str:
    """What arrived, in words; fails unless each mail that was decided on came, and came as one and the same."""
    owner = await asyncpg.connect(dsn)
    written = {f"<{row['mail_id'].hex}@portal.example>" for row in await owner.fetch("SELECT mail_id FROM written")}
    told = await owner.fetchval("SELECT count(*) FROM notices WHERE mailed_at IS NOT NULL")
    assert await owner.fetchval("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == 0
    await owner.close()
    assert told >= CASES
    came: dict[str, set[str]] = {}
    for mail in server.mails:
        came.setdefault(str(mail["Message-ID"]), set()).add(mail.as_string())
    assert came.keys() == written
    assert all(len(same) == 1 for same in came.values())
    return f"{len(written)} mails, none lost, {len(server.mails) - len(written)} came again under one Message-ID"
