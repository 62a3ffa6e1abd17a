"""Allowances in portions: never more than the budget over all processes, at nearly no cost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import connect

from apps import portal_app
from desk import Desk, code_of
from feeds import serving, watching
from mediation import clock
from mediation.db import Pool
from mediation.drafting import wire
from mediation.identity import accounts, sessions
from mediation.identity.limits import Budget, Leases, TooManyTries
from mediation.settings import Settings
from office import Docket

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
WINDOW = timedelta(minutes=5)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def spent(leases: Leases, budget: Budget, times: int, subject: str = "somebody") -> int:
    """How many of so many tries are granted."""
    granted = 0
    for _ in range(times):
        try:
            await leases.spend(budget, subject)
        except TooManyTries:
            continue
        granted += 1
    return granted


async def test_all_processes_together_grant_the_budget_and_not_one_more(pool: Pool) -> None:
    clock, budget = Clock(), Budget("commands", 600, WINDOW)
    processes = [Leases(pool, now=clock) for _ in range(4)]
    granted = await asyncio.gather(*(spent(leases, budget, 250) for leases in processes for _ in range(2)))
    assert sum(granted) == 600


async def test_a_process_alone_grants_the_whole_budget_for_twenty_questions(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = Budget("commands", 600, WINDOW)
    leases, asked = Leases(pool, now=Clock()), 0
    lease = leases._lease

    async def counted(*given: Any) -> int:
        nonlocal asked
        asked += 1
        return await lease(*given)

    monkeypatch.setattr(leases, "_lease", counted)
    assert await spent(leases, budget, 1000) == 600
    # One more that found it spent; from then on it is known.
    assert asked == 21


@pytest.mark.parametrize("tries", [1, 7, 19, 20, 21, 601])
async def test_no_budget_is_too_small_or_odd_to_be_kept(pool: Pool, tries: int) -> None:
    processes = [Leases(pool, now=Clock()) for _ in range(3)]
    budget = Budget("odd", tries, WINDOW)
    assert sum([await spent(leases, budget, 700) for leases in processes]) == tries


async def test_bytes_are_counted_by_the_piece_and_beyond_what_an_integer_holds(pool: Pool) -> None:
    budget = Budget("upload-bytes", 5 << 30, WINDOW)
    leases = Leases(pool, now=Clock())
    for _ in range(5):
        await leases.spend(budget, "somebody", 1 << 30)
    with pytest.raises(TooManyTries):
        await leases.spend(budget, "somebody", 1)


async def test_the_refusal_says_when_to_come_back_and_the_next_window_is_a_new_one(pool: Pool) -> None:
    clock, budget = Clock(), Budget("commands", 10, WINDOW)
    leases = Leases(pool, now=clock)
    clock.now += timedelta(minutes=2)
    assert await spent(leases, budget, 20) == 10
    with pytest.raises(TooManyTries) as refused:
        await leases.spend(budget, "somebody")
    assert refused.value.retry_after == 180
    assert await spent(leases, budget, 1, "somebody else") == 1
    clock.now += timedelta(minutes=3)
    assert await spent(leases, budget, 20) == 10


@pytest.fixture
async def strict(database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A portal with small budgets, and a mediation that has just begun."""
    settings = Settings(
        data_dir=tmp_path, database_url=database, pool_size=5, command_tries=5, frame_tries=5, upload_mib=1
    )
    async with (
        portal_app(settings) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Desk(app, docket, http, port, settings.files_dir)


async def test_commands_of_one_account_are_bounded_and_nobody_elses_suffer(strict: Desk) -> None:
    async def say(who: str) -> httpx.Response:
        body = {"command_id": uuid4().hex, "room": "talks", "text": "Again!"}
        return await strict.ask(who, "POST", "/messages", json=body)

    answers = [await say("client") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429] * 2
    assert code_of(answers[-1]) == (429, "too-many-tries")
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 300
    assert (await say("handler")).status_code == 201


async def test_opening_cases_is_bounded_as_any_command(strict: Desk) -> None:
    def dispute() -> dict[str, Any]:
        sides = {"business": {"name": "Example Studio"}, "client": {"name": "Dana", "capacity": "consumer"}}
        more = {"title": "Late", "category": "timeline", "account": "It came late.", "opener": "handler"}
        return {"command_id": uuid4().hex, **sides, **more}

    pool: Pool = strict.app.state.pool
    async with pool.acquire() as conn:
        mira = await accounts.create_staff(conn, "Mira", "mira@example.org", None, clock.now())
        who = {"cookie": f"__Host-mediation={await sessions.create(conn, mira, clock.now())}"}
    answers = [await strict.http.post("/api/cases", json=dispute(), headers=who) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429]


async def test_frames_on_the_feed_are_bounded(strict: Desk) -> None:
    async with watching(strict.port, strict.docket.case_id, await strict.docket.cookie("client")) as screen:
        for _ in range(6):
            await screen.send(type="ping")
        assert (await screen.bye())["code"] == "too-many"


async def test_feed_and_documents_share_the_frames_of_an_account(strict: Desk) -> None:
    cookie = await strict.docket.cookie("client")
    async with watching(strict.port, strict.docket.case_id, cookie) as screen:
        await screen.silence()
    url = f"ws://127.0.0.1:{strict.port}/api/cases/{strict.docket.case_id}/documents"
    async with connect(url, additional_headers=cookie, proxy=None) as frames:
        for _ in range(5):
            await frames.send(wire.PING)
        async with asyncio.timeout(10):
            await frames.wait_closed()
        assert (frames.close_code, frames.close_reason) == (1013, "too-many")


async def test_bytes_of_uploads_are_bounded(strict: Desk) -> None:
    mib = b"x" * (1 << 20)
    begun = (await strict.begin("client", "joint", 2 * len(mib))).json()
    assert (await strict.piece("client", begun["upload"], 0, mib)).status_code == 200
    refused = await strict.piece("client", begun["upload"], len(mib), mib)
    assert code_of(refused) == (429, "too-many-tries")
