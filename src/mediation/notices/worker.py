"""The worker that mails notices when their time has come: each once, late rather than never, one mail for many.

Every process has one. What a person is due is taken, mailed and marked in one transaction, under a lock of that
person alone: so two workers never write to the same person at once, and one that is killed leaves everything as it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record

from mediation import clock, outbox
from mediation.db import Connection, Pool
from mediation.notices.dates import Date
from mediation.notices.letters import Letters, Reader, dates_in
from mediation.notices.wishes import COLUMNS, wishes_in
from mediation.notices.writing import waiting_in
from mediation.watch import Watch

LOOK_EVERY: Final = timedelta(seconds=15)
KEPT: Final = timedelta(days=180)
"""How long a notice that was read stays in the list."""

NEXT: Final = """
    SELECT account_id FROM notices
    WHERE mail_at <= $1 AND mailed_at IS NULL AND read_at IS NULL AND account_id <> ALL ($2::uuid[])
    ORDER BY mail_at LIMIT 1
    """


class Teller:
    """The worker of this process. `start` and `stop` it with the app."""

    def __init__(
        self,
        pool: Pool,
        letters: Letters,
        *,
        hurry: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """`hurry` is called after mails were put into the outbox."""
        self._pool = pool
        self._letters = letters
        self._hurry = hurry
        self._now = now
        self._watch = Watch("teller", self._look_and_forget, LOOK_EVERY)

    async def start(self) -> None:
        """Begin to look."""
        self._watch.start()

    async def stop(self) -> None:
        """Stop; what was being written is rolled back, and written by whoever looks next."""
        await self._watch.stop()

    async def look(self) -> int:
        """Mail everything that is due, as far as no other process is at it; tells to how many mails that led."""
        now, mails, met = self._now(), 0, set[UUID]()
        while True:
            async with self._pool.acquire() as conn, conn.transaction():
                account = await self._next(conn, now, met)
                if account is None:
                    break
                met.add(account)
                is_ours = await conn.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 18))", account.hex)
                if is_ours:
                    mails += await self._tell(conn, account, now)
        if mails:
            self._hurry()
        return mails

    async def _next(self, conn: Connection, now: datetime, met: set[UUID]) -> UUID | None:
        """Somebody who is due a mail, and whom we have not looked at yet."""
        found: UUID | None = await conn.fetchval(
            NEXT,
            now,
            list(met),
        )
        return found

    async def _tell(self, conn: Connection, account: UUID, now: datetime) -> int:
        due = await conn.fetch(
            f"""
            SELECT n.notice_id, n.case_id, n.participant_id, n.kind, n.at, n.due_at, n.parts, n.dates, n.how,
                n.mail_at <= $2 AS is_due,
                coalesce(a.email, i.email) AS email,
                CASE WHEN a.email IS NULL THEN i.language ELSE a.language END AS language, {COLUMNS},
                s.left_at IS NULL AND a.disabled_at IS NULL AND EXISTS (
                    SELECT FROM memberships m WHERE m.case_id = n.case_id AND m.participant_id = n.participant_id
                        AND m.room = n.room AND m.until_seq IS NULL
                ) AS is_theirs
            FROM notices n JOIN seats s ON s.case_id = n.case_id AND s.participant_id = n.participant_id
            JOIN accounts a ON a.account_id = n.account_id
            LEFT JOIN LATERAL (
                SELECT email, language FROM invitations
                WHERE case_id = n.case_id AND accepted_by = n.participant_id ORDER BY accepted_at DESC LIMIT 1
            ) i ON true
            LEFT JOIN notice_wishes w ON w.account_id = n.account_id
            WHERE n.account_id = $1 AND n.mail_at IS NOT NULL AND n.mailed_at IS NULL AND n.read_at IS NULL
                AND (n.mail_at <= $2 OR n.how = 'at-once' AND n.parts <> ARRAY['still'])
            ORDER BY n.mail_at, n.case_id, n.room, n.seq
            FOR UPDATE OF n
            """,  # noqa: S608 - the columns are ours
            account,
            now,
        )
        # Who has left the room meanwhile is told nothing more of it.
        theirs = [row for row in due if row["is_theirs"] and row["email"] is not None]
        # What waits a little longer of a case that they are written to about now is told with it.
        now_about = {row["case_id"] for row in theirs if row["how"] == "at-once" and row["is_due"]}
        told = [row for row in theirs if row["is_due"] or row["case_id"] in now_about]
        mails = await self._mail(conn, told, now)
        await conn.execute(
            "UPDATE notices SET mailed_at = $2 WHERE notice_id = ANY ($1::uuid[])",
            [row["notice_id"] for row in told],
            now,
        )
        await conn.execute(
            "UPDATE notices SET mail_at = NULL WHERE notice_id = ANY ($1::uuid[])",
            [row["notice_id"] for row in due if not row["is_theirs"] or row["email"] is None],
        )
        return mails

    async def _mail(self, conn: Connection, due: Sequence[Record], now: datetime) -> int:
        """Put the mails into the outbox: one for each case of which something cannot wait, one for all the rest."""
        urgent: dict[UUID, list[Record]] = defaultdict(list)
        for row in due:
            if row["how"] == "at-once":
                urgent[row["case_id"]].append(row)
        for case_id, rows in urgent.items():
            waiting = [waiting_in(row) for row in sorted(rows, key=lambda row: row["at"])]
            letter = await self._letters.about(conn, case_id.hex, waiting, _reader(rows[0]), now)
            await outbox.put(conn, letter, now)
        rest: dict[UUID, list[Date]] = defaultdict(list)
        daily = [row for row in due if row["how"] == "daily"]
        for row in sorted(daily, key=lambda row: row["at"]):
            rest[row["case_id"]] += dates_in(row["dates"])
        if rest:
            dates = [(case_id.hex, told) for case_id, told in rest.items()]
            await outbox.put(conn, self._letters.digest(dates, _reader(daily[0]), now), now)
        return len(urgent) + bool(rest)

    async def forget(self) -> None:
        """Delete what was read long ago."""
        async with self._pool.acquire() as conn:
            await conn.execute("DELETE FROM notices WHERE read_at < $1", self._now() - KEPT)

    async def _look_and_forget(self) -> None:
        await self.look()
        await self.forget()


def _reader(row: Record) -> Reader:
    return Reader(row["email"], row["language"], wishes_in(dict(row)).when.zone)
