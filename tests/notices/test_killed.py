"""Workers that are killed again and again while they write to people: nobody is left out, and nobody is told twice.

A mail may arrive twice, when its sender dies before it could note that it was taken: then it is the same mail, under
the same Message-ID, by which mail programs know it.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from mail_server import MailServer, mail_server
from notices_town import BASE, MONDAY, SENDER, Reachable, Town

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
PEOPLE, WORKERS, ROUNDS = (5_000, 4, 13) if IS_SOAK else (12, 2, 2)
"""Everybody is due one mail. In every round each of the workers is killed at some moment."""

# Says so each time that it is about to commit, or has sent and not noted it; it goes on or is killed, as it comes.
WORKER = """
import asyncio, sys
from datetime import datetime
from mediation import clock, db
from mediation.mail.postman import SmtpPostman
from mediation.notices.letters import Letters
from mediation.notices.worker import Teller
from mediation.outbox import Outbox
from mediation.settings import SmtpServer
from notices_town import NoBus

class WatchedTeller(Teller):
    async def _tell(self, *given):
        mails = await super()._tell(*given)
        print("about to commit", flush=True)
        return mails

class WatchedPostman(SmtpPostman):
    async def carry(self, *given):
        await super().carry(*given)
        print("sent", flush=True)

async def main(dsn, now, base, sender, port):
    clock.now = lambda: datetime.fromisoformat(now)
    pool = await db.open_pool(dsn, size=4)
    postman = WatchedPostman(SmtpServer(host="localhost", port=int(port), security="none"), sender)
    teller, outbox = WatchedTeller(pool, Letters(base), now=clock.now), Outbox(pool, NoBus(), postman)
    await asyncio.gather(teller.look(), outbox.send_due())
    await outbox.send_due()
    print("done", flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


async def kill_a_worker(database: str, now: datetime, port: int, after: int) -> bool:
    """Start one, and kill it once it has said so much; tells whether it was killed before it was done."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, database, now.isoformat(), BASE, SENDER, str(port)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )
    assert worker.stdout is not None
    was_done = False
    async with asyncio.timeout(300):
        for _ in range(after):
            if (await worker.stdout.readline()) not in {b"about to commit\n", b"sent\n"}:
                was_done = True
                break
        with suppress(ProcessLookupError):
            worker.send_signal(signal.SIGKILL)
        await worker.wait()
    return not was_done


@pytest.mark.soak
@pytest.mark.timeout(3_600 if IS_SOAK else 120)
async def test_everybody_is_written_to_once_however_often_a_worker_is_killed(town: Town, database: str) -> None:
    await people_with_news(town)
    town.time.later(days=1, hours=1)
    chance, kills, start = Random(5), 0, town.time.now
    with mail_server() as server:
        # Each mail is said to be two things, so that about half of them are left for the last rounds.
        most = max(2, 2 * PEOPLE // (WORKERS * ROUNDS))
        for _ in range(ROUNDS):
            # Their clocks jump, too: what one has claimed may be claimed by the next.
            clocks = [start + timedelta(hours=chance.uniform(-0.5, 6)) for _ in range(WORKERS)]
            killed = [kill_a_worker(database, clock, server.port, chance.randint(1, most)) for clock in clocks]
            kills += sum(await asyncio.gather(*killed))
        town.time.now = start + timedelta(hours=7)
        await town.teller().look()
        # On a busy machine a mail server may be late, and is tried again.
        for _ in range(10):
            town.time.later(hours=1)
            await town.post(server.port)
        check(server)
    async with town.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM notices WHERE mailed_at IS NULL") == 0
        assert await conn.fetchval("SELECT count(*) FROM outbox WHERE sent_at IS NULL") == 0
    again = len(server.mails) - PEOPLE
    assert kills
    print(f"\nsoak: {PEOPLE} mails due, {kills} workers killed: none lost, {again} came again under one Message-ID")


def check(server: MailServer) -> None:
    """Everybody was written to, under one Message-ID each, with the same words whenever it was sent."""
    told: dict[str, set[tuple[str, str]]] = {}
    for mail in server.mails:
        told.setdefault(str(mail["To"]), set()).add((str(mail["Message-ID"]), mail.as_string()))
    assert len(told) == PEOPLE
    assert all(len(mails) == 1 for mails in told.values())


async def people_with_news(town: Town) -> None:
    """So many people of one case, each of whom has something to read: rows as commands write them, but sooner."""
    docket = Reachable(town.casework)
    await docket.open()
    case_id, opener = UUID(docket.case_id), UUID(docket.seats["handler"].participant_id)
    async with town.pool.acquire() as conn:
        await conn.execute(
            """
            INSERT INTO accounts (account_id, name, email, kind, created_at)
            SELECT gen_random_uuid(), 'Reader ' || n, 'reader' || n || '@friends.example', 'staff', $1
            FROM generate_series(1, $2) n
            """,
            *(MONDAY, PEOPLE),
        )
        readers = "FROM accounts WHERE name LIKE 'Reader %'"
        await conn.execute(
            f"""
            INSERT INTO seats (case_id, participant_id, account_id, role, party, name, joined_at)
            SELECT $1, account_id, account_id, 'companion', 'client', name, $2 {readers}
            """,
            *(case_id, MONDAY),
        )
        await conn.execute(
            f"""
            INSERT INTO memberships (case_id, room, participant_id, from_seq)
            SELECT $1, 'papers', account_id, 1 {readers}
            """,
            case_id,
        )
        await conn.execute(
            f"""
            INSERT INTO notices (notice_id, case_id, participant_id, account_id, room, seq, last_seq, kind, at, how,
                mail_at)
            SELECT gen_random_uuid(), $1, account_id, account_id, 'papers', 1, 1, 'news', $2, 'daily', $3 {readers}
            """,
            *(case_id, MONDAY, MONDAY + timedelta(days=1)),
        )
        await conn.execute("DELETE FROM notices WHERE participant_id = $1", opener)
