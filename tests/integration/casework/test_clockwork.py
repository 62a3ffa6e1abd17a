"""The ladder over a real PostgreSQL: what is due by itself is done when it is due: once, and late rather than never."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import opening
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.terms import PAPERS
from mediation.casework.clockwork import Clockwork
from mediation.casework.handle import Casework
from mediation.casework.waking import LEASE
from mediation.db import Pool
from mediation.identity.guards import Seat
from mediation.record import log
from mediation.record.doctor import doctor
from office import account, casework_on

MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)


@dataclass
class Wait:
    """A case that its client has opened on a Monday, with a clock of its own."""

    casework: Casework
    seat: Seat
    now: datetime = MONDAY

    def clockwork(self, casework: Casework | None = None) -> Clockwork:
        return Clockwork(casework or self.casework, now=lambda: self.now)

    async def on(self, moment: datetime) -> int:
        """Time passes up to this moment, and the worker looks."""
        self.now = moment
        return await self.clockwork().look()

    async def told(self) -> list[str]:
        """What the portal entered in the papers by itself, with the day, and with what it was late for."""
        async with self.casework.pool.acquire() as conn:
            entries = await log.read(conn, self.seat.case_id, PAPERS)
        return [_line(e) for e in entries if isinstance(e, log.Entry) and e.actor == "system"]

    async def due(self) -> datetime | None:
        async with self.casework.pool.acquire() as conn:
            found: datetime | None = await conn.fetchval("SELECT due_at FROM due")
        return found


def _line(entry: log.Entry) -> str:
    body: dict[str, Any] = entry.body
    words = [entry.kind, *(str(body[key]) for key in ("term", "days_left", "then", "to") if key in body)]
    was_due = datetime.fromisoformat(body["due_at"]) if "due_at" in body else entry.at
    late = "" if was_due == entry.at else f", due {was_due:%d %b}"
    return f"{entry.at:%d %b}: {' '.join(words)}{late}"


async def opened(casework: Casework, opener: str = "principal") -> Wait:
    account_id = await account(casework.pool, "Somebody")
    case_id, participant = await casework.open(account_id, "Somebody", opening(uuid4().hex, opener=opener), MONDAY)
    role, party = ("principal", "client") if opener == "principal" else ("handler", "business")
    return Wait(casework, Seat(case_id, participant, account_id, role, party, "Somebody"))  # type: ignore[arg-type]


@pytest.fixture
async def wait(pool: Pool, bus: Bus) -> Wait:
    return await opened(await casework_on(pool, bus))


@pytest.fixture
async def elsewhere(pool: Pool, database: str) -> AsyncIterator[Casework]:
    """Another process of the same portal."""
    bus = Bus(database)
    await bus.start()
    yield await casework_on(pool, bus)
    await bus.stop()


async def test_the_business_says_nothing_for_ten_working_days(wait: Wait) -> None:
    days: list[int] = []
    for day in range(16):
        moment = datetime(2026, 2, 2, tzinfo=UTC) + timedelta(days=day)
        days += [day] * await wait.on(max(moment, MONDAY))
    assert await wait.told() == [
        "05 Feb: Reminded acknowledge 3",
        "07 Feb: Reminded acknowledge 1",
        "10 Feb: Reminded answer 5",
        "10 Feb: TermExpired acknowledge remind",
        "14 Feb: Reminded answer 1",
        "17 Feb: TermExpired answer refused",
    ]
    # It had nothing to do on any other day, and what is next is the reminder of the step.
    assert days == [3, 5, 8, 12, 15]
    assert await wait.due() == datetime(2026, 2, 24, tzinfo=UTC)
    async with wait.casework.pool.acquire() as conn:
        assert await doctor(conn, wait.seat.case_id) == []


async def test_a_portal_that_was_off_for_a_fortnight_makes_up_for_it_and_says_that_it_is_late(wait: Wait) -> None:
    assert await wait.on(datetime(2026, 2, 17, 8, 0, tzinfo=UTC)) == 1
    assert await wait.told() == [
        "17 Feb: Reminded acknowledge 3, due 05 Feb",
        "17 Feb: Reminded acknowledge 1, due 07 Feb",
        "17 Feb: Reminded answer 5, due 10 Feb",
        "17 Feb: TermExpired acknowledge remind, due 10 Feb",
        "17 Feb: Reminded answer 1, due 14 Feb",
        "17 Feb: TermExpired answer refused, due 17 Feb",
    ]
    assert await wait.on(datetime(2026, 2, 17, 8, 1, tzinfo=UTC)) == 0


async def test_a_consumer_says_nothing_and_writes_when_the_case_rests(pool: Pool, bus: Bus) -> None:
    wait = await opened(await casework_on(pool, bus), "handler")
    for day in range(60):
        await wait.on(MONDAY + timedelta(days=day))
    assert (await wait.told())[-2:] == ["17 Feb: TermExpired answer rest, due 17 Feb", "17 Feb: CaseRested"]
    assert await wait.due() is None
    await wait.casework.handle(wait.seat, c.AskForAnswer(command_id="a" * 32), wait.now)
    # Another ten working days, and the time of the step goes on where it stood.
    assert await wait.due() is not None


async def test_talks_go_on_to_mediation_by_themselves_and_everybody_reads_it(wait: Wait) -> None:
    await wait.on(datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert (await wait.told())[-3:] == [
        "03 Mar: TermExpired resolve step-up",
        "03 Mar: TierReached mediation",
        "03 Mar: NoticeServed business",
    ]
    async with wait.casework.pool.acquire() as conn:
        view = await wait.casework.view(conn, wait.seat.case_id, wait.seat.participant_id)
    assert view.tier == "mediation"
    assert {term.term for term in view.terms} == {"answer", "resolve"}


async def test_several_workers_do_each_act_once(wait: Wait, elsewhere: Casework) -> None:
    wait.now = datetime(2026, 2, 17, 8, 0, tzinfo=UTC)
    workers = [wait.clockwork(), wait.clockwork(elsewhere)]
    assert sum(await asyncio.gather(*(worker.look() for worker in workers * 3))) == 1
    told = await wait.told()
    assert len(told) == len(set(told)) == 6


async def test_workers_that_no_lease_keeps_apart_meet_at_the_lock(wait: Wait, elsewhere: Casework) -> None:
    now = datetime(2026, 2, 17, 8, 0, tzinfo=UTC)
    done = await asyncio.gather(
        *(casework.do_what_is_due(wait.seat.case_id, now) for casework in [wait.casework, elsewhere] * 3)
    )
    assert sorted(done) == [False] * 5 + [True]
    assert len(await wait.told()) == 6


async def test_a_worker_that_stopped_half_way_delays_it_by_no_more_than_its_lease(wait: Wait) -> None:
    wait.now = datetime(2026, 2, 17, 8, 0, tzinfo=UTC)
    assert await wait.clockwork()._claim() == wait.seat.case_id
    assert await wait.clockwork().look() == 0
    wait.now += LEASE
    assert await wait.clockwork().look() == 1


async def test_an_answer_that_comes_while_the_worker_is_on_its_way_is_in_time(wait: Wait) -> None:
    now = datetime(2026, 2, 16, 23, 59, tzinfo=UTC)
    await wait.on(now)
    account_id = await account(wait.casework.pool, "Handler")
    async with wait.casework.pool.acquire() as conn, conn.transaction():
        seat = c.JoinCase(name="Handler", role="handler", party="business")
        await wait.casework.join(conn, wait.seat.case_id, account_id, "b" * 32, seat, now)
    handler = Seat(wait.seat.case_id, "b" * 32, account_id, "handler", "business", "Handler")
    await wait.casework.handle(handler, c.PostMessage(command_id="c" * 32, room="talks", text="Here we are."), now)
    await wait.on(datetime(2026, 2, 17, 0, 1, tzinfo=UTC))
    assert not [line for line in await wait.told() if "TermExpired answer" in line]


async def test_a_machine_whose_clock_is_wrong_does_nothing(wait: Wait) -> None:
    wait.now = datetime(2036, 1, 1, tzinfo=UTC)
    assert await wait.clockwork().look_by_a_right_clock() == 0
    assert await wait.told() == []


async def test_what_the_worker_reads_depends_on_what_is_due_and_not_on_what_is_open(wait: Wait) -> None:
    async with wait.casework.pool.acquire() as conn, conn.transaction():
        await conn.execute(
            """
            INSERT INTO cases SELECT (jsonb_populate_record(one, jsonb_build_object('case_id', gen_random_uuid()))).*
            FROM cases one, generate_series(1, 3000)
            """
        )
        await conn.execute(
            "INSERT INTO due (case_id, due_at) SELECT case_id, now() + '1 year' FROM cases ON CONFLICT DO NOTHING"
        )
        plan = await conn.fetch(
            """
            EXPLAIN SELECT case_id FROM due WHERE due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """,
            wait.now,
        )
    assert any("Index Scan using due_at on due" in row[0] for row in plan), plan
