"""Workers that are killed again and again while they write to people: nobody is left out, and nobody is told twice."""

import asyncio
import os
import signal
import sys
from datetime import datetime
from random import Random

import pytest

from notices_town import BASE, Town

KILLS = 50 if os.environ.get("MEDIATION_SOAK") else 4
CASES = 60 if os.environ.get("MEDIATION_SOAK") else 4

# Says so each time that it is about to commit, and then goes on or is killed, as it comes.
WORKER = """
import asyncio, sys
from datetime import datetime
from mediation import db
from mediation.notices.letters import Letters
from mediation.notices.worker import Teller

class Watched(Teller):
    async def _tell(self, *given):
        mails = await super()._tell(*given)
        print("about to commit", flush=True)
        return mails

async def main(dsn, now, base):
    pool = await db.open_pool(dsn, size=2)
    await Watched(pool, Letters(base), now=lambda: datetime.fromisoformat(now)).look()
    print("done", flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


async def kill_a_worker(database: str, now: datetime, after: int) -> None:
    """Start one, and kill it once it was about to commit so many times; or let it finish earlier."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, database, now.isoformat(), BASE),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert worker.stdout is not None
    async with asyncio.timeout(60):
        for _ in range(after):
            if await worker.stdout.readline() != b"about to commit\n":
                break
        if worker.returncode is None:
            worker.send_signal(signal.SIGKILL)
        await worker.wait()


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_everybody_is_written_to_once_however_often_a_worker_is_killed(town: Town, database: str) -> None:
    dockets = [await town.case() for _ in range(CASES)]
    for docket in dockets:
        await docket.say("client", "joint", "Something new.")
    town.time.later(days=1)
    chance = Random(5)
    for _ in range(KILLS):
        await asyncio.gather(*(kill_a_worker(database, town.time.now, chance.randint(1, 2)) for _ in range(2)))
    await town.teller().look()
    mailed = [mail.to for mail in await town.mails()]
    assert len(mailed) == len(set(mailed)) == 2 * CASES
    async with town.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM notices WHERE mailed_at IS NULL") == 0
