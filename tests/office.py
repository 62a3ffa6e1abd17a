"""Cases in a real PostgreSQL: people with accounts and seats, and the caseworks of one or several processes."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from casebook import HOST, opening
from histories import Step, Teller
from mediation import clock
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.policy import DEFAULT_POLICY
from mediation.case.refusals import Refusal
from mediation.case.terms import Party, Role
from mediation.case.view import CaseView
from mediation.casework.handle import Answer, Calls, Casework
from mediation.db import Pool
from mediation.drafting import texts
from mediation.identity import accounts, sessions
from mediation.identity.guards import Seat
from mediation.record import log
from mediation.record.keys import Keyring

SEED = bytes(32)


async def casework_on(pool: Pool, bus: Bus, *, calls: Calls | None = None) -> Casework:
    """A casework as one process has it, with caches of its own; `calls` asks people to come."""
    keyring = Keyring.from_seed(SEED)
    async with pool.acquire() as conn:
        await keyring.register(conn)
    return Casework(pool, bus, keyring, host=HOST, texts=texts, calls=calls)


async def account(pool: Pool, name: str) -> str:
    async with pool.acquire() as conn:
        return await accounts.create_guest(conn, name, clock.now())


@dataclass
class Docket:
    """One case and everybody's seat on it, by nickname."""

    casework: Casework
    case_id: str = ""
    seats: dict[str, Seat] = field(default_factory=dict)

    async def open(self) -> "Docket":
        """Open the case with "handler" in the first seat."""
        account_id = await self.account_of("handler")
        command = opening(uuid4().hex)
        self.case_id, participant = await self.casework.open(account_id, "Handler", command, clock.now())
        self.seats["handler"] = Seat(self.case_id, participant, account_id, "handler", "business", "Handler")
        return self

    async def account_of(self, nickname: str) -> str:
        """A new account for somebody."""
        return await account(self.casework.pool, nickname.title())

    async def join(self, nickname: str, role: Role, party: Party | None) -> "Docket":
        account_id, participant = await self.account_of(nickname), uuid4().hex
        seat = c.JoinCase(name=nickname.title(), role=role, party=party)
        async with self.casework.pool.acquire() as conn, conn.transaction():
            tell = await self.casework.join(conn, self.case_id, account_id, participant, seat, clock.now())
        tell()
        self.seats[nickname] = Seat(self.case_id, participant, account_id, role, party, nickname.title())
        return self

    async def begin(self) -> "Docket":
        """Client and mediator join, and everybody accepts everything."""
        await self.join("client", "principal", "client")
        await self.join("mediator", "mediator", None)
        await self.do("mediator", c.Disclose, text="No ties.")
        for nickname in ("handler", "client"):
            await self.do(nickname, c.AcceptMediator)
        for nickname in tuple(self.seats):
            await self.agree(nickname)
        return self

    async def agree(self, nickname: str) -> None:
        agreement = (await self.sees(nickname)).agreement
        await self.do(nickname, c.AcceptAgreement, sha256=agreement.sha256)

    async def do(self, nickname: str, kind: type[c.Command], /, **fields: Any) -> str:
        """Give a command; returns its id, which is the id of what it made."""
        return (await self.give(nickname, kind(command_id=uuid4().hex, **fields))).command_id

    async def give(self, nickname: str, command: c.Command, later: timedelta = timedelta()) -> Answer:
        return await self.casework.handle(self.seats[nickname], command, clock.now() + later)

    async def say(self, nickname: str, room: str, text: str) -> int:
        """Post a message; returns its number in the room."""
        answer = await self.give(nickname, c.PostMessage(command_id=uuid4().hex, room=room, text=text))
        return answer.written[0].seq

    async def sees(self, nickname: str) -> CaseView:
        async with self.casework.pool.acquire() as conn:
            return await self.casework.view(conn, self.case_id, self.seats[nickname].participant_id)

    async def lengths(self) -> dict[str, int]:
        async with self.casework.pool.acquire() as conn:
            return await log.lengths(conn, self.case_id)

    async def cookie(self, nickname: str) -> dict[str, str]:
        """The header that signs somebody in."""
        async with self.casework.pool.acquire() as conn:
            token = await sessions.create(conn, self.seats[nickname].account_id, clock.now())
        return {"cookie": f"__Host-mediation={token}"}

    def seen_from(self, casework: Casework) -> "Docket":
        """The same case through another process."""
        return Docket(casework, self.case_id, self.seats)


class Replay:
    """A random history as it is taken by processes that share a database."""

    def __init__(self, processes: list[Casework], opener: str, chance: Random, length: int) -> None:
        """`opener` is the account that opens the case, as the business's handler."""
        self.processes = processes
        self.pool = processes[0].pool
        command_id = hashlib.sha256(b"step 0").hexdigest()[:32]
        seat = hashlib.sha256(f"seat {opener} {command_id}".encode()).hexdigest()[:32]
        self.case_id = Casework.case_id_for(opener, command_id)
        self.accounts = {seat: opener}
        self.history = Teller(chance, "handler", {"handler": seat}, DEFAULT_POLICY).tell(length)

    async def take(self, turn: int) -> None:
        """Take the step of this number; it must be answered as it was in memory."""
        step, answer = self.history.steps[turn], self.history.answers[turn]
        found = "done"
        try:
            await self._take(self.processes[turn % len(self.processes)], step)
        except Refusal as refusal:
            found = refusal.code
        assert found == (answer if isinstance(answer, str) else "done"), step

    async def _take(self, casework: Casework, step: Step) -> None:
        if isinstance(step.what, c.OpenCase):
            assert await casework.open(self.accounts[step.by], "Opener", step.what, step.at) == (self.case_id, step.by)
        elif isinstance(step.what, c.JoinCase):
            self.accounts[step.by] = await account(self.pool, step.what.name)
            async with self.pool.acquire() as conn, conn.transaction():
                joining = casework.join(conn, self.case_id, self.accounts[step.by], step.by, step.what, step.at)
                tell = await joining
            tell()
        else:
            await casework.handle(Seat(self.case_id, step.by, "", "", None, ""), step.what, step.at)
