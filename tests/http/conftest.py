"""A portal's way in, in this process, for each test that asks."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from mediation import clock
from mediation.bus import Bus
from mediation.db import Pool
from mediation.identity import passwords
from way_in import Person, WayIn, running, settings_for, way_in_app


@pytest.fixture
def early_in_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock at the start of an hour: tries are counted by windows, and no test shall straddle the seam of two."""
    real = clock.now
    began = real()
    late = began - began.replace(minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: real() - late)


@pytest.fixture
def hard_passwords() -> None:
    """Passwords are kept as the portal keeps them, for a test that asks how that is."""


@pytest.fixture(autouse=True)
def easy_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps a password safe takes a tenth of a second each time; most tests are about something else."""
    if "hard_passwords" not in request.fixturenames:
        easy = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(passwords, "_HASHER", easy)
        monkeypatch.setattr(passwords, "_nobodys_hash", lambda: easy.hash("nobody's"))


@pytest.fixture
async def start_way_in(
    early_in_the_hour: None, database: str, pool: Pool, tmp_path: Path
) -> AsyncIterator[Callable[..., Awaitable[WayIn]]]:
    """Starts a portal in this process: `await start_way_in(sign_in_tries=3)`."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(**changes: Any) -> WayIn:
            lending = way_in_app(pool, Bus(database), settings_for(tmp_path, **changes))
            app = await stack.enter_async_context(lending)
            return WayIn(app, await stack.enter_async_context(running(app)), pool)

        yield start


@pytest.fixture
async def way_in(start_way_in: Callable[..., Awaitable[WayIn]]) -> WayIn:
    """A portal in this process, with the usual settings."""
    return await start_way_in()


@pytest.fixture
async def case(way_in: WayIn) -> tuple[str, Person]:
    """A case that a business's handler opened."""
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    return case_id, mira
