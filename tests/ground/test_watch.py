"""A watch looks at once, whenever it is hurried and every so often, and nothing but its end stops it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from mediation.watch import Watch

LONG, SHORT = timedelta(hours=1), timedelta(milliseconds=1)


class Looks:
    """Counts the looks; `at` returns with the look of that number."""

    def __init__(self) -> None:
        self.count = 0
        self._more = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._more:
            self.count += 1
            self._more.notify_all()

    async def at(self, count: int) -> None:
        async with asyncio.timeout(5), self._more:
            await self._more.wait_for(lambda: self.count >= count)


@asynccontextmanager
async def _started(watch: Watch) -> AsyncIterator[Watch]:
    watch.start()
    try:
        yield watch
    finally:
        await watch.stop()


async def test_it_looks_at_once_and_again_when_it_is_hurried() -> None:
    looks = Looks()
    async with _started(Watch("test", looks, LONG)) as watch:
        await looks.at(1)
        watch.hurry()
        await looks.at(2)


async def test_it_looks_every_so_often_unasked() -> None:
    looks = Looks()
    async with _started(Watch("test", looks, SHORT)):
        await looks.at(3)


async def test_what_a_look_raises_ends_nothing() -> None:
    looks = Looks()

    async def fail() -> None:
        await looks()
        raise ConnectionRefusedError

    async with _started(Watch("test", fail, SHORT)):
        await looks.at(2)


async def test_being_hurried_while_it_looks_has_it_look_once_more() -> None:
    looks, may_go_on = Looks(), asyncio.Event()

    async def slowly() -> None:
        await looks()
        await may_go_on.wait()

    async with _started(Watch("test", slowly, LONG)) as watch:
        await looks.at(1)
        watch.hurry()
        may_go_on.set()
        await looks.at(2)


async def test_it_ends_in_the_middle_of_a_look() -> None:
    looks = Looks()

    async def forever() -> None:
        await looks()
        await asyncio.Event().wait()

    watch = Watch("test", forever, SHORT)
    watch.start()
    await looks.at(1)
    await asyncio.wait_for(watch.stop(), 5)
    assert looks.count == 1


async def test_ending_what_was_never_started_is_nothing() -> None:
    await Watch("test", Looks(), LONG).stop()
