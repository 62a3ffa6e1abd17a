"""Cases on a fresh database whose people all have an address, and a clock that the tests move."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from mediation import clock
from mediation.case import commands as c
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.identity import accounts
from mediation.mail.message import Message
from mediation.mail.postman import SmtpPostman
from mediation.notices import wishes
from mediation.notices.letters import Letters
from mediation.notices.wishes import Wishes
from mediation.notices.worker import Teller
from mediation.outbox import Outbox
from mediation.settings import SmtpServer
from office import Docket

BASE = "https://portal.example"
SENDER = "mediation@portal.example"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@dataclass
class Time:
    """Stands still until a test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


class NoBus:
    """The test looks by itself."""

    def publish(self, _hint: dict[str, Any]) -> None:
        """Nobody listens."""

    def listen(self, _topic: str, _listener: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
        """Nothing is ever said."""
        return lambda: None


class Reachable(Docket):
    """A case of people who all have an address; further cases may be of the same people."""

    accounts: dict[str, str]

    async def account_of(self, nickname: str) -> str:
        known: dict[str, str] = self.__dict__.setdefault("accounts", {})
        if nickname not in known:
            async with self.casework.pool.acquire() as conn:
                known[nickname] = await accounts.create_staff(
                    conn, nickname.title(), f"{nickname}.{uuid4().hex[:6]}@friends.example", None, clock.now()
                )
        return known[nickname]

    async def mention(self, author: str, room: str, *nicknames: str) -> None:
        people = tuple(self.seats[nickname].participant_id for nickname in nicknames)
        await self.do(author, c.PostMessage, room=room, text="And you?", mentions=people)


@dataclass
class Town:
    """A portal's cases, its people, and the worker that tells them what is new."""

    pool: Pool
    casework: Casework
    time: Time
    dockets: list[Reachable] = field(default_factory=list)

    async def case(self, of: Reachable | None = None) -> Reachable:
        """A mediation that has just begun, perhaps of people who have one already. Everybody has read everything."""
        docket = Reachable(self.casework)
        if of is not None:
            docket.__dict__["accounts"] = of.__dict__["accounts"]
        await docket.open()
        await docket.begin()
        self.dockets.append(docket)
        await self.everybody_has_read_everything()
        return docket

    async def everybody_has_read_everything(self) -> None:
        async with self.pool.acquire() as conn:
            await conn.execute("DELETE FROM notices")
            await conn.execute("DELETE FROM outbox")

    def teller(self, pool: Pool | None = None) -> Teller:
        return Teller(pool or self.pool, Letters(BASE), now=self.time)

    async def post(self, port: int) -> int:
        """Carry what waits to the mail server on this port; returns how many mails that was."""
        postman = SmtpPostman(SmtpServer(host="localhost", port=port, security="none"), SENDER)
        return await Outbox(self.pool, NoBus(), postman).send_due()

    async def wish(self, docket: Reachable, nickname: str, **wanted: Any) -> None:
        async with self.pool.acquire() as conn:
            await wishes.keep(conn, docket.seats[nickname].account_id, Wishes(**wanted))

    async def mails(self) -> list[Message]:
        """Every mail that waits, the oldest first."""
        async with self.pool.acquire() as conn:
            rows = await conn.fetch("SELECT message FROM outbox ORDER BY created_at, message")
        return [msgspec.json.decode(row["message"], type=Message) for row in rows]

    async def mailed(self) -> list[tuple[str, str]]:
        """Who was mailed what, by name and subject, in order of both."""
        return sorted((mail.to.partition(".")[0], mail.subject) for mail in await self.mails())

    async def notices(self, docket: Reachable) -> dict[str, list[str]]:
        """What everybody is told, by nickname: kind and room."""
        nicknames = {seat.participant_id: nickname for nickname, seat in docket.seats.items()}
        async with self.pool.acquire() as conn:
            rows = await conn.fetch(
                """
                SELECT participant_id, kind, room FROM notices WHERE case_id = $1 AND read_at IS NULL
                ORDER BY at, room, seq
                """,
                docket.case_id,
            )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(nicknames[row["participant_id"].hex], []).append(f"{row['kind']} in {row['room']}")
        return found

    async def reads(self, docket: Reachable, nickname: str, room: str) -> None:
        async with self.pool.acquire() as conn:
            await conn.execute(
                "UPDATE notices SET read_at = $4 WHERE case_id = $1 AND participant_id = $2 AND room = $3",
                *(docket.case_id, docket.seats[nickname].participant_id, room, self.time.now),
            )
