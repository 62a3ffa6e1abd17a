"""Whoever should come is asked to, over a real PostgreSQL: once, in their order, and reminded while they have not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from casebook import opening
from ladders import COLIN, RUTH
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.policy import Policy, Rung, Term
from mediation.case.terms import PAPERS
from mediation.casework.clockwork import Clockwork
from mediation.casework.handle import Casework
from mediation.casework.policies import Reach, StepReach
from mediation.db import Pool
from mediation.identity import accounts, organisations
from mediation.identity.guards import Seat
from mediation.identity.wire import AddOrganisation
from mediation.invitations import sent
from mediation.invitations.calling import Caller
from mediation.invitations.wire import Invite
from mediation.ladder.routes import write
from mediation.ladder.wire import WritePolicy
from mediation.mail.message import Message
from mediation.record import log
from office import account, casework_on

MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)
CALLER = Caller("https://portal.example")
RUTHS = "ruth@firm.example"
LADDER = Policy(
    name="Management early",
    acknowledge=Term(days=5, remind=(3,)),
    business_silent="step-up",
    rungs=(
        Rung(tier="talks", answer=Term(days=10)),
        Rung(tier="management", people=(COLIN, RUTH), answer=Term(days=10, remind=(6, 3, 1))),
        Rung(tier="mediation"),
    ),
)


@dataclass
class Town:
    """A business whose ladder names Colin, who has an account, and Ruth, who has an address; Ida works there too."""

    casework: Casework
    people: dict[str, str] = field(default_factory=dict)
    business: str = ""
    seat: Seat | None = None
    now: datetime = MONDAY

    async def found(self) -> "Town":
        self.business = uuid4().hex
        wanted = AddOrganisation(
            command_id=self.business, kind="business", name="Studio", slug="studio", email="desk@studio.example"
        )
        async with self.casework.pool.acquire() as conn:
            await organisations.add(conn, self.business, wanted, MONDAY)
            for name in ("Hana", "Colin", "Ida"):
                made = await accounts.create_staff(conn, name, f"{name.lower()}@studio.example", None, MONDAY)
                self.people[name] = made
                await organisations.put_member(conn, self.business, made, "lead")
        return self

    async def ladder(self, *reach: Reach, policy: Policy = LADDER) -> "Town":
        steps = (StepReach(tier="management", people=reach),) if reach else ()
        async with self.casework.pool.acquire() as conn:
            wish = WritePolicy(version=1, policy=policy, reach=steps)
            await write(conn, self.business, "general", wish, self.people["Hana"], MONDAY)
        return self

    async def opens(self, opener: str) -> "Town":
        """A dispute with the business, opened by its client, or by Hana as its handler."""
        by = self.people["Hana"] if opener == "handler" else await account(self.casework.pool, "Dana")
        command = opening(uuid4().hex, opener=opener)
        case_id, participant = await self.casework.open(by, "Opener", command, self.now, organisation_id=self.business)
        role, party = ("handler", "business") if opener == "handler" else ("principal", "client")
        self.seat = Seat(case_id, participant, by, role, party, "Opener")
        return self

    async def away(self, name: str, until: date, stands_in: str | None = None) -> None:
        async with self.casework.pool.acquire() as conn:
            await conn.execute(
                "INSERT INTO absences VALUES ($1, $2, $3)",
                UUID(hex=self.people[name]),
                until,
                UUID(hex=self.people[stands_in]) if stands_in is not None else None,
            )

    async def on(self, moment: datetime, *caseworks: Casework) -> int:
        """Time passes up to this moment, and the workers of these processes look."""
        self.now = moment
        workers = [Clockwork(one, now=lambda: self.now) for one in caseworks or (self.casework,)]
        return sum(await asyncio.gather(*(worker.look() for worker in workers)))

    async def give(self, command: c.Command) -> None:
        assert self.seat is not None
        await self.casework.handle(self.seat, command, self.now)

    async def come(self, role: Any, party: Any, account_id: str | None = None) -> str:
        assert self.seat is not None
        participant = uuid4().hex
        by = account_id or await account(self.casework.pool, "Newcomer")
        async with self.casework.pool.acquire() as conn, conn.transaction():
            seat = c.JoinCase(name="Newcomer", role=role, party=party)
            tell = await self.casework.join(conn, self.seat.case_id, by, participant, seat, self.now)
        tell()
        return participant

    async def mails(self) -> list[str]:
        """Every mail that waits to be sent, the oldest first: to whom, and its subject."""
        async with self.casework.pool.acquire() as conn:
            rows = await conn.fetch("SELECT message FROM outbox ORDER BY created_at, mail_id")
        found = [msgspec.json.decode(row["message"], type=Message) for row in rows]
        return [f"{mail.to}: {mail.subject}" for mail in found if mail.kind in {"invitation", "intake-notice"}]

    async def told(self, room: str = "team-business") -> list[dict[str, Any]]:
        """What the portal told a room by itself about who is asked to come."""
        assert self.seat is not None
        async with self.casework.pool.acquire() as conn:
            entries = await log.read(conn, self.seat.case_id, room)
        kinds = {"ManagerCalled", "NobodyToCall"}
        return [{"kind": one.kind, **one.body} for one in entries if isinstance(one, log.Entry) and one.kind in kinds]


ASKED, AGAIN = "You are asked to a conversation", "A reminder: you are invited to talk"
COLINS = "colin@studio.example"


@pytest.fixture
async def town(pool: Pool, bus: Bus) -> Town:
    return await Town(await casework_on(pool, bus, calls=CALLER.follow)).found()


@pytest.fixture
async def elsewhere(pool: Pool, database: str) -> AsyncIterator[Casework]:
    """Another process of the same portal."""
    bus = Bus(database)
    await bus.start()
    yield await casework_on(pool, bus, calls=CALLER.follow)
    await bus.stop()


def by_account(town: Town, name: str) -> Reach:
    return Reach(account=town.people[name])


async def test_the_business_says_nothing_and_those_of_its_management_are_asked_one_after_the_other(
    town: Town, elsewhere: Casework
) -> None:
    await town.ladder(by_account(town, "Colin"), Reach(email=RUTHS, language="de"))
    await town.opens("principal")
    # Two processes look at once, several times a day, and the first ten working days end on the 17th.
    days: dict[str, list[str]] = {}
    known = 0
    for day in range(31):
        await town.on(MONDAY.replace(hour=0, minute=0) + timedelta(days=day), *[town.casework, elsewhere] * 2)
        mails = await town.mails()
        if mails[known:]:
            days[f"{town.now:%d %b}"], known = sorted(mails[known:]), len(mails)
    assert days == {
        "17 Feb": [f"{COLINS}: {ASKED}"],
        "24 Feb": [f"{COLINS}: {AGAIN}", f"{RUTHS}: Sie werden zu einem Gespräch gebeten"],
        "27 Feb": [f"{COLINS}: {AGAIN}", f"{RUTHS}: Erinnerung: Sie sind zu einem Gespräch eingeladen"],
        "03 Mar": [f"{COLINS}: {AGAIN}", f"{RUTHS}: Erinnerung: Sie sind zu einem Gespräch eingeladen"],
    }
    async with town.casework.pool.acquire() as conn:
        papers = await conn.fetchval(
            "SELECT string_agg(convert_from(entry, 'UTF8'), ' ') FROM entries WHERE room = $1", PAPERS
        )
        rows = await conn.fetch("SELECT expires_at FROM invitations WHERE called_for = 'management'")
    assert "Colin Marsh" in papers
    assert not [hidden for hidden in ("studio.example", RUTHS, town.people["Colin"]) if hidden in papers]
    assert {row["expires_at"] for row in rows} == {datetime(2026, 3, 3, tzinfo=UTC) + sent.VALID_FOR}


async def test_whoever_has_come_ends_the_asking(town: Town) -> None:
    await town.ladder(by_account(town, "Colin"), Reach(email=RUTHS))
    await town.opens("principal")
    await town.on(datetime(2026, 2, 17, tzinfo=UTC))
    await town.come("manager", "business", town.people["Colin"])
    await town.on(datetime(2026, 3, 3, tzinfo=UTC))
    assert await town.mails() == [f"{COLINS}: {ASKED}"]


async def test_a_handler_who_is_here_reads_whom_the_portal_asked_and_the_other_side_reads_nothing_of_it(
    town: Town,
) -> None:
    await town.ladder(by_account(town, "Colin"), Reach(email=RUTHS))
    await town.away("Colin", date(2026, 2, 6), stands_in="Ida")
    await town.opens("handler")
    client = await town.come("principal", "client")
    await town.give(c.StepTier(command_id=uuid4().hex, to="management"))
    assert await town.mails() == [f"ida@studio.example: {ASKED}"]
    assert await town.told() == [{"kind": "ManagerCalled", "tier": "management", "name": "Ida", "title": ""}]
    assert town.seat is not None
    async with town.casework.pool.acquire() as conn:
        seat = Seat(town.seat.case_id, town.seat.participant_id, "", "handler", "business", "")
        [listed] = await sent.of_side(conn, seat)
        theirs = await sent.of_side(conn, Seat(town.seat.case_id, client, "", "principal", "client", ""))
        told = await conn.fetch("SELECT participant_id, kind FROM notices WHERE room = 'team-business'")
    assert (listed.suggested_name, listed.called_for, listed.invited_by) == ("Ida", "management", None)
    assert theirs == []
    assert [(row["participant_id"].hex, row["kind"]) for row in told] == [(town.seat.participant_id, "news")]


async def test_with_nobody_to_ask_the_handler_is_asked_to_choose_somebody(town: Town) -> None:
    await town.ladder(by_account(town, "Colin"), Reach())
    await town.away("Colin", date(2026, 3, 1))
    await town.opens("handler")
    await town.come("principal", "client")
    await town.give(c.StepTier(command_id=uuid4().hex, to="management"))
    assert await town.mails() == []
    assert await town.told() == [{"kind": "NobodyToCall", "tier": "management"}]
    async with town.casework.pool.acquire() as conn:
        told = await conn.fetch("SELECT kind FROM notices WHERE room = 'team-business'")
    assert [row["kind"] for row in told] == ["answer"]


async def test_the_portals_own_ladder_names_nobody_so_its_handler_chooses(town: Town) -> None:
    await town.opens("handler")
    await town.come("principal", "client")
    for step in ("mediation", "management"):
        await town.give(c.StepTier(command_id=uuid4().hex, to=step))
    assert [one["kind"] for one in await town.told()] == ["NobodyToCall"]


async def test_somebody_who_left_the_business_is_not_asked_any_more(town: Town) -> None:
    await town.ladder(by_account(town, "Colin"), Reach(email=RUTHS))
    async with town.casework.pool.acquire() as conn:
        await organisations.drop_member(conn, town.business, town.people["Colin"])
    await town.opens("principal")
    await town.on(datetime(2026, 2, 17, tzinfo=UTC))
    assert await town.mails() == [f"{RUTHS}: {ASKED}"]


async def test_an_invited_client_who_has_not_come_is_reminded_by_the_same_invitation_and_not_once_they_said_no(
    town: Town,
) -> None:
    await town.opens("handler")
    assert town.seat is not None
    names = {"dana@example.org": "de", "no@example.org": "en"}
    async with town.casework.pool.acquire() as conn:
        for address, language in names.items():
            wish = Invite(
                command_id=uuid4().hex,
                role="principal",
                party="client",
                email=address,
                language=language,  # type: ignore[arg-type]
            )
            await sent.make(conn, town.seat, wish, address, MONDAY)
        await conn.execute("UPDATE invitations SET declined_at = $1 WHERE email = 'no@example.org'", MONDAY)
    # Off until after the first two reminders: both are late, and nobody is written to twice in a day.
    await town.on(datetime(2026, 2, 7, 8, 0, tzinfo=UTC))
    assert await town.mails() == ["dana@example.org: Erinnerung: Sie sind zu einem Gespräch eingeladen"]
    await town.on(datetime(2026, 2, 10, 8, 0, tzinfo=UTC))
    assert len(await town.mails()) == 2
    await town.come("principal", "client")
    await town.on(datetime(2026, 2, 14, 8, 0, tzinfo=UTC))
    assert len(await town.mails()) == 2
    async with town.casework.pool.acquire() as conn:
        rows = await conn.fetch(
            """
            SELECT email, count(*) AS links FROM invitations JOIN invitation_links USING (invitation_id) GROUP BY email
            """
        )
    assert [(row["email"], row["links"]) for row in rows] == [("dana@example.org", 2)]
