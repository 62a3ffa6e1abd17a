"""A text that both sides signed binds when the time to withdraw is over: once, late rather than never, told to all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import pytest

from mediation.bus import Bus
from mediation.case import commands as c
from mediation.casework.clockwork import Clockwork
from mediation.casework.handle import Casework
from mediation.casework.waking import LEASE
from mediation.drafting import texts
from mediation.record import log
from mediation.record.doctor import doctor
from office import Docket
from signatories import Room, refused

IN_FORCE = {"Die Vereinbarung gilt jetzt", "The agreement is in force"}
TUESDAY, FRIDAY, SATURDAY = 1, 4, 5


async def both_sign(room: Room) -> None:
    """The handler signs on Monday, the client on Tuesday: Wednesday, Thursday and Friday to think."""
    assert (await room.sign("handler")).status_code == 201
    room.time.on(TUESDAY, 10)
    assert (await room.sign("client")).status_code == 201


@pytest.fixture
async def elsewhere(room: Room, database: str) -> AsyncIterator[Casework]:
    """Another process of the same portal."""
    bus = Bus(database)
    await bus.start()
    yield Casework(room.docket.casework.pool, bus, room.app.state.keyring, host="", texts=texts)
    await bus.stop()


def clockwork(room: Room, casework: Casework | None = None) -> Clockwork:
    return Clockwork(casework or room.docket.casework, now=room.time)


async def due(room: Room) -> datetime | None:
    async with room.docket.casework.pool.acquire() as conn:
        found: datetime | None = await conn.fetchval("SELECT due_at FROM due")
    return found


async def test_a_consumers_signature_binds_after_three_working_days(room: Room) -> None:
    await both_sign(room)
    assert "SettlementEffective" not in await room.docket.papers()
    saturday = datetime.combine(room.time.now.date() + timedelta(days=4), time(), UTC)
    assert await due(room) == saturday
    room.time.now = saturday - timedelta(seconds=1)
    assert await clockwork(room).look() == 0
    room.time.now = saturday
    assert await clockwork(room).look() == 1
    assert (await room.docket.papers())[-2:] == ["SettlementEffective", "MediationEnded"]
    assert await due(room) is None
    assert await clockwork(room).look() == 0
    async with room.docket.casework.pool.acquire() as conn:
        assert await doctor(conn, room.docket.case_id) == []
        papers = await log.read(conn, room.docket.case_id, "papers")
    effective = [entry for entry in papers if isinstance(entry, log.Entry) and entry.kind == "SettlementEffective"]
    assert [(entry.actor, entry.at) for entry in effective] == [("system", saturday)]
    assert "nine hundred and forty" in str(effective[0].body)
    assert refused(await room.ask("handler", "/signing/code")) == "mediation-has-ended"


async def test_a_portal_that_was_down_makes_up_for_it(room: Room) -> None:
    await both_sign(room)
    room.time.now += timedelta(days=40)
    assert await clockwork(room).look() == 1
    view = await room.docket.sees("client")
    assert view.signing is not None
    assert view.signing.effective_at == room.time.now


async def test_taken_back_in_time_it_never_binds(room: Room) -> None:
    await both_sign(room)
    room.time.on(FRIDAY, 23, 59)
    await room.docket.do("client", c.TakeBackSignature)
    # What is left is the time of the step, which runs again.
    left = await due(room)
    assert left is not None
    assert left > room.time.now + timedelta(days=7)
    room.time.on(SATURDAY, 1)
    assert await clockwork(room).look() == 0
    assert (await room.docket.sees("handler")).signing is None
    assert "SettlementEffective" not in await room.docket.papers()
    assert not [mail for mail in await room.mails_to("handler") if "gilt" in mail["Subject"]]


async def test_it_cannot_be_taken_back_when_the_time_is_over_though_no_worker_has_looked(room: Room) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    answer = await room.ask("client", "/signature-withdrawals", json={"command_id": "1" * 32})
    assert refused(answer) == "effective-already"
    assert await clockwork(room).look() == 1


async def test_waived_by_the_client_it_binds_with_the_waiver(room: Room) -> None:
    await both_sign(room)
    await room.docket.do("client", c.WaiveTimeToThink)
    assert (await room.docket.papers())[-1] == "MediationEnded"
    assert await due(room) is None
    assert len([mail for mail in await room.mails_to("client") if "in force" in mail["Subject"]]) == 1


async def test_several_workers_at_once_let_it_take_effect_once(room: Room, elsewhere: Casework) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    workers = [clockwork(room), clockwork(room, elsewhere)]
    assert sum(await asyncio.gather(*(worker.look() for worker in workers * 2))) == 1
    assert (await room.docket.papers()).count("SettlementEffective") == 1


async def test_workers_that_no_lease_keeps_apart_meet_at_the_lock(room: Room, elsewhere: Casework) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    caseworks = [room.docket.casework, elsewhere]
    found = await asyncio.gather(
        *(casework.do_what_is_due(room.docket.case_id, room.time.now) for casework in caseworks * 2)
    )
    assert sorted(found) == [False, False, False, True]
    assert (await room.docket.papers()).count("SettlementEffective") == 1
    assert len([mail for mail in await room.mails_to("client") if "in force" in mail["Subject"]]) == 1


async def test_a_worker_that_stopped_half_way_delays_it_by_no_more_than_its_lease(room: Room) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    stopped = clockwork(room)
    assert await stopped._claim() == room.docket.case_id
    assert await clockwork(room).look() == 0
    room.time.now += LEASE
    assert await clockwork(room).look() == 1


async def test_a_case_with_which_something_is_wrong_does_not_hold_up_the_others(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    casework = room.docket.casework
    other = await Docket(casework).open()
    async with casework.pool.acquire() as conn:
        await conn.execute("UPDATE due SET due_at = 'epoch' WHERE case_id = $1", other.case_id)
    do_what_is_due = casework.do_what_is_due

    async def fail_for_the_other(case_id: str, now: datetime) -> bool:
        if case_id == other.case_id:
            raise ConnectionError
        return await do_what_is_due(case_id, now)

    with monkeypatch.context() as patched:
        patched.setattr(casework, "do_what_is_due", fail_for_the_other)
        assert await clockwork(room).look() == 1
    # And a row that should not be there does no harm: the papers decide.
    assert await due(room) == datetime(1970, 1, 1, tzinfo=UTC)
    room.time.now += LEASE
    assert await clockwork(room).look() == 0
    # The times of its step are ahead.
    left = await due(room)
    assert left is not None
    assert left > room.time.now


async def test_a_machine_whose_clock_is_wrong_lets_nothing_take_effect(room: Room) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    assert await clockwork(room).look_by_a_right_clock() == 0
    assert "SettlementEffective" not in await room.docket.papers()


async def test_everybody_on_the_case_is_told_at_once_and_with_no_word_of_it(room: Room) -> None:
    await room.docket.join("counsel", "counsel", "business")
    await room.docket.join("companion", "companion", "client")
    await room.docket.do("mediator", c.RemoveParticipant, participant=room.docket.seats["counsel"].participant_id)
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    assert await clockwork(room).look() == 1
    async with room.docket.casework.pool.acquire() as conn:
        checkpoint = await conn.fetchrow("SELECT checkpoint_n, checkpoint_hash FROM cases")
    assert checkpoint is not None
    key = room.app.state.keyring.key_id
    told = {}
    for who in ("handler", "client", "mediator", "companion", "counsel"):
        told[who] = [m for m in await room.mails_to(who) if m["Subject"] in IN_FORCE]
    assert {who: len(mails) for who, mails in told.items()} == {
        "handler": 1,
        "client": 1,
        "mediator": 1,
        "companion": 1,
        "counsel": 0,
    }
    assert told["handler"][0]["Subject"] == "Die Vereinbarung gilt jetzt"
    content = told["client"][0].get_content()
    assert told["client"][0]["Subject"] == "The agreement is in force"
    assert f"{room.app.state.settings.base_url}/cases/{room.docket.case_id}" in content
    assert f"Seal no. {checkpoint['checkpoint_n']}: {checkpoint['checkpoint_hash'].hex()}" in content
    assert key in content
    assert f"since {room.time.now.day} " in content
    for word in ("nine", "hundred", "euros", "website"):
        assert word not in content


async def test_where_the_text_cannot_be_read_nothing_binds_and_nobody_is_told(room: Room) -> None:
    await both_sign(room)
    room.time.on(SATURDAY, 0)
    mails = len(await room.mails_to("client"))
    unreadable = Casework(room.docket.casework.pool, room.app.state.bus, room.app.state.keyring, host="The host")
    assert await clockwork(room, unreadable).look() == 0
    assert "SettlementEffective" not in await room.docket.papers()
    assert len(await room.mails_to("client")) == mails
    room.time.now += LEASE
    assert await clockwork(room).look() == 1
    assert len(await room.mails_to("client")) == mails + 1
