"""Hints between two processes, each a bus of its own, over one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from mediation.bus import MISSED, Bus, Hint
from mediation.db import Pool


class Ear:
    """Collects what a topic's listener hears."""

    def __init__(self, bus: Bus, topic: str) -> None:
        self._heard: asyncio.Queue[Hint] = asyncio.Queue()
        self.stop = bus.listen(topic, self._heard.put_nowait)

    async def next(self) -> Hint:
        async with asyncio.timeout(10):
            return await self._heard.get()

    def now(self) -> list[Hint]:
        """What has been heard so far, without waiting."""
        return [self._heard.get_nowait() for _ in range(self._heard.qsize())]


@pytest.fixture
async def buses(database: str) -> AsyncIterator[tuple[Bus, Bus]]:
    here, there = Bus(database), Bus(database)
    await here.start()
    await there.start()
    yield here, there
    await here.stop()
    await there.stop()


_BUSES = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query LIKE 'LISTEN%' OR query LIKE '%pg_notify%')
"""


async def connections(database: str) -> set[int]:
    """The server's processes behind every bus."""
    conn = await asyncpg.connect(database)
    try:
        return {row["pid"] for row in await conn.fetch(_BUSES)}
    finally:
        await conn.close()


async def cut(database: str, processes: set[int]) -> None:
    """Ends these connections, as a restart of the server would."""
    conn = await asyncpg.connect(database)
    try:
        for process in processes:
            assert await conn.fetchval("SELECT pg_terminate_backend($1)", process)
    finally:
        await conn.close()


async def test_a_hint_is_heard_here_at_once_and_there_soon(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    own, far = Ear(here, "case:1"), Ear(there, "case:1")
    here.publish({"case": "1", "heads": {"papers": 3}})
    assert own.now() == [{"case": "1", "heads": {"papers": 3}}]
    assert await far.next() == {"case": "1", "heads": {"papers": 3}}


async def test_only_listeners_of_the_topic_hear_and_none_after_stopping(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    other, document, session = Ear(there, "case:2"), Ear(there, "document:1:settlement.1"), Ear(there, "session")
    stopped = Ear(there, "case:1")
    stopped.stop()
    here.publish({"case": "1", "heads": {"joint": 1}})
    here.publish({"case": "1", "document": "settlement.1", "head": 4})
    here.publish({"session_ended": "ab"})
    assert await document.next() == {"case": "1", "document": "settlement.1", "head": 4}
    assert await session.next() == {"session_ended": "ab"}
    assert other.now() == []
    assert stopped.now() == []


async def test_hints_about_the_same_thing_are_merged_while_they_wait(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    far = Ear(there, "case:1")
    for n in range(1, 1_001):
        here.publish({"case": "1", "heads": {"papers": n}})
        here.publish({"case": "1", "heads": {"joint": 2 * n}})
    furthest: dict[str, int] = {}
    heard = 0
    while furthest != {"papers": 1_000, "joint": 2_000}:
        furthest.update((await far.next())["heads"])
        heard += 1
    assert heard < 10


async def test_hints_too_many_for_one_notice_all_arrive(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    far = Ear(there, "session")
    hashes = {f"{n:064x}" for n in range(500)}
    for one in hashes:
        here.publish({"session_ended": one})
    assert {(await far.next())["session_ended"] for _ in hashes} == hashes


async def test_after_a_lost_connection_listeners_look_again_and_hints_go_on(
    buses: tuple[Bus, Bus], database: str
) -> None:
    here, there = buses
    far = Ear(there, "case:1")
    here.publish({"case": "1", "heads": {"papers": 1}})
    await far.next()
    both = await connections(database)
    assert len(both) == 2
    await cut(database, both)
    assert await far.next() == MISSED
    here.publish({"case": "1", "heads": {"papers": 2}})
    assert await far.next() == {"case": "1", "heads": {"papers": 2}}


async def test_what_is_published_while_the_connection_is_away_is_sent_when_it_is_back(database: str) -> None:
    there, here = Bus(database), Bus(database)
    await there.start()
    theirs = await connections(database)
    await here.start()
    far = Ear(there, "case:1")
    await cut(database, await connections(database) - theirs)
    here.publish({"case": "1", "heads": {"papers": 7}})
    assert await far.next() == {"case": "1", "heads": {"papers": 7}}
    await here.stop()
    await there.stop()


async def test_a_listener_that_fails_keeps_neither_publisher_nor_others_from_going_on(buses: tuple[Bus, Bus]) -> None:
    here, _ = buses

    def fails(_hint: Hint) -> None:
        raise RuntimeError("a fault of the listener")

    here.listen("case:1", fails)
    own = Ear(here, "case:1")
    here.publish({"case": "1", "heads": {"papers": 1}})
    assert len(own.now()) == 1


async def test_a_notice_that_is_none_of_ours_is_passed_over(buses: tuple[Bus, Bus], database: str) -> None:
    here, there = buses
    far = Ear(there, "case:1")
    conn = await asyncpg.connect(database)
    for payload in ("", "{", "[]", '{"from": "x"}', '{"from": "x", "hints": [1]}', '{"from": "x", "hints": [{}]}'):
        await conn.execute("SELECT pg_notify('mediation_hints', $1)", payload)
    await conn.close()
    here.publish({"case": "1", "heads": {"papers": 1}})
    assert await far.next() == {"case": "1", "heads": {"papers": 1}}


@pytest.mark.parametrize("hint", [{}, {"document": "x"}, {"case": 1}, {"case": "1", "text": "x" * 5_000}])
async def test_what_is_no_hint_is_refused(hint: Hint) -> None:
    with pytest.raises(ValueError, match="hint"):
        Bus("postgresql://nowhere").publish(hint)


async def test_a_bus_may_hold_a_connection_of_a_pool(pool: Pool, database: str) -> None:
    here, there = Bus(pool), Bus(database)
    await here.start()
    await there.start()
    far = Ear(there, "case:1")
    here.publish({"case": "1", "heads": {"papers": 1}})
    assert await far.next() == {"case": "1", "heads": {"papers": 1}}
    await here.stop()
    await there.stop()
