"""A worker that is killed at the worst moment: everything erased and nothing committed yet."""

import asyncio
import signal
import sys
from datetime import datetime

from ended import Ended
from mediation.casework.waking import LEASE

# Runs one look, stops just before the commit, says so and waits to be killed.
WORKER = """
import asyncio, sys
from datetime import datetime
from mediation import db
from mediation.bus import Bus
from mediation.keeping import erasing, worker
from office import casework_on

async def wait_to_be_killed(*_):
    print("erased", flush=True)
    await asyncio.Event().wait()

async def main(dsn, now):
    erasing.wake_at = wait_to_be_killed
    pool = await db.open_pool(dsn, size=2)
    bus = Bus(dsn)
    await worker.Keeper(await casework_on(pool, bus), bus, now=lambda: datetime.fromisoformat(now)).look()

asyncio.run(main(*sys.argv[1:]))
"""


async def kill_a_worker(database: str, now: datetime) -> None:
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, database, now.isoformat()),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert worker.stdout is not None
    async with asyncio.timeout(60):
        assert await worker.stdout.readline() == b"erased\n"
        worker.send_signal(signal.SIGKILL)
        await worker.wait()


async def test_what_a_killed_worker_had_begun_is_undone_and_done_once_by_the_next(ended: Ended, database: str) -> None:
    ended.time.day(31)
    before = await ended.left()
    await kill_a_worker(database, ended.time.now)
    assert await ended.left() == before
    assert await ended.papers() == []
    # The dead one's lease stands in the way for a while, and then no longer.
    assert await ended.keeper.look() == 0
    ended.time.now += LEASE
    assert await ended.keeper.look() == 1
    assert await ended.left() == {"papers", "talks"}
    assert await ended.papers() == ["TalkErased caucuses", "TalkErased table", "TalkErased teams"]
