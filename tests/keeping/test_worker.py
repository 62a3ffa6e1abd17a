"""The worker over a real PostgreSQL: what is due goes when it is due, each once, late rather than never."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import asyncpg
import pytest

from ended import Ended
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.refusals import Refusal
from mediation.case.terms import PAPERS
from mediation.casework.handle import Casework
from mediation.casework.waking import LEASE
from mediation.db import READER, Pool, session_settings
from mediation.export import verify
from mediation.export.bundle import write_bundle
from mediation.keeping import erasing
from mediation.keeping.worker import Keeper
from mediation.record import log
from mediation.record.doctor import doctor
from mediation.record.keys import Keyring
from office import SEED

Start = Callable[[], Awaitable[tuple[Casework, Bus]]]
SECOND = timedelta(seconds=1)
TALK = {"joint", "caucus-business", "caucus-client", "team-business", "team-client"}


async def is_sound(ended: Ended) -> bool:
    """Whether the doctor finds nothing, and the bundles of both sides verify."""
    keyring = Keyring.from_seed(SEED)
    async with ended.casework.pool.acquire() as conn:
        await keyring.register(conn)
        findings = await doctor(conn, ended.case_id)
        for nickname in ("client", "handler"):
            out = BytesIO()
            participant = ended.docket.seats[nickname].participant_id
            await write_bundle(conn, ended.case_id, participant, out, keyring, ended.time.now)
            report = verify.check(out, keyring.key_id)
            assert [room.name for room in report.rooms] == ["papers", "talks"]
            assert set(report.transcripts) <= await ended.left()
    return findings == []


async def test_each_kind_goes_on_its_day_and_the_papers_say_so(ended: Ended) -> None:
    told: list[str] = []
    for day, what, gone in (
        (14, "TalkErased caucuses", {"caucus-business", "caucus-client", ended.private}),
        (30, "TalkErased table", TALK | {ended.private}),
    ):
        ended.time.day(day, less=SECOND)
        assert await ended.keeper.look() == 0
        assert await ended.papers() == told
        ended.time.day(day)
        assert await ended.keeper.look() == 1
        told += [what, "TalkErased teams"] if day == 30 else [what]
        assert await ended.papers() == told
        assert await ended.left() == ({"papers", "talks"} | TALK | {ended.private}) - gone
        assert await is_sound(ended)
        assert await ended.keeper.look() == 0


async def test_a_portal_that_was_down_for_months_makes_up_for_it(ended: Ended) -> None:
    ended.time.day(200)
    assert await ended.keeper.look() == 1
    assert await ended.left() == {"papers", "talks"}
    assert await ended.papers() == ["TalkErased caucuses", "TalkErased table", "TalkErased teams"]
    assert await is_sound(ended)
    async with ended.casework.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM keeping") == 0


async def test_what_is_not_due_costs_nothing(ended: Ended, monkeypatch: pytest.MonkeyPatch) -> None:
    """No case is locked, read or folded before something of it is due."""

    async def not_wanted(*_: object) -> None:
        raise AssertionError("a case was looked into")

    monkeypatch.setattr("mediation.keeping.worker.erase_due", not_wanted)
    ended.time.day(13)
    assert await ended.keeper.look() == 0


async def test_a_machine_whose_clock_is_wrong_erases_nothing(ended: Ended) -> None:
    ended.time.day(30)
    assert await ended.keeper.look_by_a_right_clock() == 0
    assert await ended.papers() == []
    async with ended.casework.pool.acquire() as conn:
        await conn.execute("UPDATE keeping SET due_at = 'epoch'")
    ended.time.now = ended.time.ended_at
    before = await ended.left()
    assert await ended.keeper.look_by_a_right_clock() == 0
    assert await ended.left() == before
    async with ended.casework.pool.acquire() as conn:
        # It did look this time, and noted when to look again.
        assert await conn.fetchval("SELECT due_at > 'epoch' FROM keeping")


async def test_many_workers_at_once_erase_each_case_once(ended: Ended, start: Start) -> None:
    keepers = [ended.keeper]
    for _ in range(2):
        casework, bus = await start()
        keepers.append(Keeper(casework, bus, now=ended.time))
    ended.time.day(31)
    assert sum(await asyncio.gather(*(keeper.look() for keeper in keepers * 3))) == 1
    assert await ended.papers() == ["TalkErased caucuses", "TalkErased table", "TalkErased teams"]
    assert await is_sound(ended)


async def test_a_worker_that_fails_half_way_leaves_everything_as_it_was(
    ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_room, calls = log.erase_room, 0

    async def fail_at_the_second(*given: Any) -> bool:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError("the machine goes down")
        return await erase_room(*given)

    monkeypatch.setattr(log, "erase_room", fail_at_the_second)
    ended.time.day(14)
    before = await ended.left()
    assert await ended.keeper.look() == 0
    assert (await ended.left(), await ended.papers()) == (before, [])
    # Nobody is let in before the lease is over; then whoever comes next does it.
    assert await ended.keeper.look() == 0
    ended.time.now += LEASE
    assert await ended.keeper.look() == 1
    assert await ended.papers() == ["TalkErased caucuses"]
    assert await is_sound(ended)


async def test_a_case_that_cannot_be_erased_does_not_keep_the_others(
    ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_due = erasing.erase_due

    async def fail_for_one(conn: Any, casework: Casework, case_id: str, now: Any) -> Any:
        if case_id != ended.case_id:
            raise OSError("this one is damaged")
        return await erase_due(conn, casework, case_id, now)

    monkeypatch.setattr("mediation.keeping.worker.erase_due", fail_for_one)
    async with ended.casework.pool.acquire() as conn, conn.transaction():
        await log.open_case(conn, "0a" * 16, ended.time.now)
        await conn.execute("INSERT INTO keeping (case_id, due_at) VALUES ($1, $2)", "0a" * 16, ended.time.now)
    ended.time.day(14)
    assert await ended.keeper.look() == 1


async def hold(ended: Ended, paper: e.HoldPlaced | e.HoldLifted) -> None:
    """An order, as the command line enters it, at the worker's time."""
    async with ended.casework.pool.acquire() as conn, conn.transaction():
        await ended.casework.record(conn, ended.case_id, [(PAPERS, paper)], ended.time.now)


async def test_an_order_that_comes_a_second_before_keeps_everything(ended: Ended) -> None:
    ended.time.day(14, less=SECOND)
    await hold(ended, e.HoldPlaced(ground="order", reference="4 C 12/26"))
    before = await ended.left()
    for day in (14, 30, 400):
        ended.time.day(day)
        assert await ended.keeper.look() == 0
    assert await ended.left() == before
    await hold(ended, e.HoldLifted())
    ended.time.day(414, less=SECOND)
    assert await ended.keeper.look() == 0
    ended.time.day(414)
    assert await ended.keeper.look() == 1
    assert await ended.left() == {"papers", "talks"}
    assert await ended.papers() == [
        *("HoldPlaced order", "HoldLifted"),
        *("TalkErased caucuses", "TalkErased table", "TalkErased teams"),
    ]
    assert await is_sound(ended)


async def test_a_hold_that_comes_while_the_worker_waits_for_the_case_is_kept(
    ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is only a wake-up call: what counts are the papers under the case's lock."""
    claim = ended.keeper._claim

    async def hold_after_the_claim() -> str | None:
        claimed = await claim()
        if claimed is not None:
            await hold(ended, e.HoldPlaced(ground="order", reference="4 C 12/26"))
        return claimed

    monkeypatch.setattr(ended.keeper, "_claim", hold_after_the_claim)
    ended.time.day(14)
    assert await ended.keeper.look() == 0
    assert await ended.papers() == ["HoldPlaced order"]
    assert ended.private in await ended.left()


async def test_all_holders_together_stop_it_and_one_of_them_lets_it_go_on(ended: Ended) -> None:
    for nickname in ("client", "mediator", "handler"):
        await ended.docket.do(nickname, c.AskHold)
    ended.time.day(100)
    assert await ended.keeper.look() == 0
    # People's commands bear the real time, at which the mediation has just ended.
    await ended.docket.do("client", c.LiftHold)
    assert await ended.keeper.look() == 1
    assert await ended.papers() == [
        *("HoldPlaced holders", "HoldLifted"),
        *("TalkErased caucuses", "TalkErased table", "TalkErased teams"),
    ]


async def test_a_side_keeps_its_own_room_and_its_end_is_told_to_nobody(ended: Ended) -> None:
    await ended.docket.do("client", c.KeepTeamRoom, days=90)
    ended.time.day(30)
    assert await ended.keeper.look() == 1
    assert await ended.left() == {"papers", "talks", "team-client"}
    told = await ended.papers()
    assert told == ["TalkErased caucuses", "TalkErased table", "TalkErased teams"]
    seen = {nickname: await ended.docket.sees(nickname) for nickname in ("handler", "mediator")}
    (kept,) = [room for room in (await ended.docket.sees("client")).rooms if room.room == "team-client"]
    assert kept.kept_until is not None
    assert not kept.erased
    assert kept.erase_at == kept.kept_until
    await ended.docket.say("client", "team-client", "What do we do with it?")
    ended.time.now = kept.kept_until - SECOND
    assert await ended.keeper.look() == 0
    ended.time.now = kept.kept_until
    assert await ended.keeper.look() == 1
    assert await ended.left() == {"papers", "talks"}
    assert await ended.papers() == told
    assert {nickname: await ended.docket.sees(nickname) for nickname in seen} == seen
    assert [room.erased for room in (await ended.docket.sees("client")).rooms if room.room == "team-client"] == [True]
    with pytest.raises(Refusal, match="erased"):
        await ended.docket.do("client", c.KeepTeamRoom, days=1)
    assert await is_sound(ended)


async def test_processes_with_warm_caches_forget(ended: Ended, start: Start) -> None:
    other, _ = await start()
    elsewhere = ended.docket.seen_from(other)
    for docket in (ended.docket, elsewhere):
        assert (await docket.sees("client")).positions
    ended.time.day(30)
    await ended.keeper.look()
    for docket in (ended.docket, elsewhere):
        view = await docket.sees("client")
        assert not view.positions
        assert {room.room for room in view.rooms if room.erased} == {"joint", "caucus-client", "team-client"}


async def test_a_process_that_missed_the_hint_forgets_at_its_next_look(ended: Ended, pool: Pool, start: Start) -> None:
    """Also where no paper gives it away: a kept room goes without one."""
    deaf, bus = await start()
    await bus.stop()
    await ended.docket.do("client", c.KeepTeamRoom, days=90)
    ended.time.day(30)
    await ended.keeper.look()
    elsewhere = ended.docket.seen_from(deaf)
    late = Keeper(deaf, bus, now=ended.time)
    await elsewhere.sees("client")
    ended.time.day(91)
    await ended.keeper.look()
    await late.look()
    assert [room.erased for room in (await elsewhere.sees("client")).rooms if room.room == "team-client"] == [True]


async def test_life_goes_on_after_everything_was_erased(ended: Ended) -> None:
    ended.time.day(31)
    await ended.keeper.look()
    docket = ended.docket
    await docket.say("handler", "talks", "One more thing.")
    await docket.join("counsel", "counsel", "client")
    assert (await docket.sees("counsel")).rooms
    with pytest.raises(Refusal, match="ended"):
        await docket.say("counsel", "team-client", "Anybody here?")
    await docket.do("client", c.RemoveParticipant, participant=docket.seats["counsel"].participant_id)
    await docket.do("mediator", c.CloseCase)
    # Who came and went left traces in rooms of which nothing is to be left.
    await ended.keeper.look()
    assert await ended.left() == {"papers", "talks"}
    assert await is_sound(ended)


async def test_a_case_that_ended_under_an_earlier_release_is_looked_at_and_waits_for_its_day(ended: Ended) -> None:
    async with ended.casework.pool.acquire() as conn:
        await conn.execute("UPDATE keeping SET due_at = 'epoch'")
        assert await ended.keeper.look() == 0
        due: Any = await conn.fetchval("SELECT due_at FROM keeping")
    assert due == ended.time.ended_at + timedelta(days=14)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT erase_room($1, 'papers', 'epoch')",
        "SELECT erase_room($1, 'talks', 'epoch')",
        # No paper tells of these.
        "SELECT erase_room($1, 'joint', 'epoch')",
        "SELECT erase_room($1, 'caucus-client', 'epoch')",
        "SELECT erase_room($1, 'team-client', 'epoch')",
        "DELETE FROM openings WHERE case_id = $1",
        "DELETE FROM document_updates WHERE case_id = $1",
        "DELETE FROM documents WHERE case_id = $1",
        "DELETE FROM memberships WHERE case_id = $1",
        "DELETE FROM erasures WHERE case_id = $1",
        "UPDATE commands SET written_seqs = '{}' WHERE case_id = $1",
    ],
)
async def test_the_portal_itself_can_take_away_no_more_than_whole_rooms_of_talk(ended: Ended, statement: str) -> None:
    async with ended.casework.pool.acquire() as conn:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await conn.execute(statement, ended.case_id)


async def test_who_reads_for_a_person_erases_nothing_and_does_not_know_what_was(ended: Ended, database: str) -> None:
    reader = await asyncpg.connect(database, server_settings=session_settings(READER))
    try:
        for statement in (
            "SELECT erase_room($1, 'joint', 'epoch')",
            "SELECT FROM erasures WHERE case_id = $1",
            "SELECT FROM keeping WHERE case_id = $1",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await reader.execute(statement, ended.case_id)
    finally:
        await reader.close()


async def test_the_doctor_notices_what_was_made_to_look_like_an_erasure(ended: Ended, database: str) -> None:
    """An operator with the owner's password erases a room himself, before its time and with no word in the papers."""
    owner = await asyncpg.connect(database)
    try:
        await owner.execute(
            """
            SET session_replication_role = replica;
            UPDATE entries SET entry = NULL, salt = NULL WHERE room = 'caucus-client';
            DELETE FROM openings WHERE room = 'caucus-client';
            INSERT INTO erasures SELECT case_id, room, 'epoch', length, checkpoint_n
                FROM rooms JOIN cases USING (case_id) WHERE room = 'caucus-client';
            """
        )
    finally:
        await owner.close()
    async with ended.casework.pool.acquire() as conn:
        assert [str(f) for f in await doctor(conn, ended.case_id)] == [
            "caucus-client: was erased, and no paper tells of it"
        ]


async def test_the_doctor_notices_words_that_were_left_behind(ended: Ended, database: str) -> None:
    ended.time.day(14)
    async with ended.casework.pool.acquire() as conn:
        kept = await conn.fetchrow("SELECT * FROM entries WHERE room = 'caucus-client' AND seq = 2")
    await ended.keeper.look()
    assert kept is not None
    owner = await asyncpg.connect(database)
    try:
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(
            "UPDATE entries SET entry = $1, salt = $2 WHERE room = 'caucus-client' AND seq = 2",
            kept["entry"],
            kept["salt"],
        )
    finally:
        await owner.close()
    async with ended.casework.pool.acquire() as conn:
        (finding,) = await doctor(conn, ended.case_id)
    assert str(finding) == "entry 2 of caucus-client: still holds its text, though the room was erased"
