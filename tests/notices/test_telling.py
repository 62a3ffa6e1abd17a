"""People are told: with what happened, or when they want to be; once, late rather than never, and of nothing else."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from mediation import db
from mediation.case import commands as c
from mediation.case.decide.terms import STANDSTILL_SHA256
from mediation.db import Pool, reading_as
from mediation.notices import wishes
from mediation.notices.letters import Letters
from mediation.notices.timing import Quiet, Wish
from mediation.notices.worker import NEXT
from mediation.notices.writing import GRACE, QUIET, forget_room
from notices_town import BASE, MONDAY, Town

BERLIN = Wish(zone="Europe/Berlin", quiet=Quiet(time(22), time(7)))


async def test_what_is_said_is_told_to_the_others_in_the_room_once_until_they_read_it(town: Town) -> None:
    docket = await town.case()
    for words in ("It was late.", "Very late."):
        await docket.say("client", "joint", words)
    assert await town.notices(docket) == {"handler": ["news in joint"], "mediator": ["news in joint"]}
    await town.reads(docket, "handler", "joint")
    await docket.say("client", "joint", "And never on time.")
    assert await town.notices(docket) == {"handler": ["news in joint"], "mediator": ["news in joint"]}


async def test_whoever_acts_in_a_room_has_seen_what_waited_for_them_there(town: Town) -> None:
    docket = await town.case()
    await docket.do("mediator", c.SetStage, stage="bargaining")
    await docket.say("mediator", "caucus-business", "What would help you?")
    offer = await docket.do("client", c.MakeOffer, room="joint", terms="Half of it.")
    await docket.do("client", c.StepTier, to="management")
    await docket.do("handler", c.AnswerOffer, room="joint", offer=offer, accepted=False)
    # What stands in the papers has legal effect and waits until it is shown; the caucus is another room.
    left = (await town.notices(docket))["handler"]
    assert {"news in caucus-business", "served in papers"} <= set(left)
    assert "answer in joint" not in left


async def test_what_is_taken_back_was_never_told(town: Town) -> None:
    docket = await town.case()
    seq = await docket.say("client", "joint", "I did not want to say this.")
    await docket.do("client", c.StrikeMessage, room="joint", seq=seq)
    assert await town.notices(docket) == {}
    seq = await docket.say("client", "joint", "Nor this.")
    await docket.say("client", "joint", "But this.")
    await docket.do("client", c.StrikeMessage, room="joint", seq=seq)
    assert await town.notices(docket) == {"handler": ["news in joint"], "mediator": ["news in joint"]}


async def test_postgresql_shows_notices_to_those_they_are_for_and_only_while_they_are_in_the_room(
    town: Town, readers: Pool
) -> None:
    docket = await town.case()
    await docket.join("counsel", "counsel", "client")
    await town.everybody_has_read_everything()
    await docket.say("client", "caucus-client", "Between us.")

    async def shown(nickname: str) -> int:
        async with reading_as(readers, docket.case_id, docket.seats[nickname].participant_id) as conn:
            # Whatever is asked, as a bug or an attack might.
            return int(await conn.fetchval("SELECT count(*) FROM notices"))

    assert {nickname: await shown(nickname) for nickname in docket.seats} == {
        "handler": 0,
        "client": 0,
        "mediator": 1,
        "counsel": 1,
    }
    counsel = docket.seats["counsel"].participant_id
    await docket.do("mediator", c.RemoveParticipant, participant=counsel)
    assert await shown("counsel") == 0


async def test_what_has_legal_effect_is_mailed_with_it_whatever_people_want(town: Town) -> None:
    docket = await town.case()
    await town.wish(docket, "handler", awaits="never", news="never")
    await docket.do("client", c.StepTier, to="management")
    assert await town.mailed() == [
        ("handler", "You are asked for an answer"),
        ("mediator", "A next step was taken"),
    ]


async def test_quiet_hours_put_off_even_that_by_hours_and_no_longer(town: Town) -> None:
    docket = await town.case()
    await town.wish(docket, "handler", when=BERLIN)
    town.time.now = MONDAY.replace(hour=23)  # midnight in Berlin
    await docket.do("client", c.StepTier, to="management")
    assert [whom for whom, _ in await town.mailed()] == ["mediator"]
    town.time.now = MONDAY.replace(hour=5, minute=59) + timedelta(days=1)
    assert await town.teller().look() == 0
    town.time.later(minutes=1)
    assert await town.teller().look() == 1
    assert [whom for whom, _ in await town.mailed()] == ["handler", "mediator"]


async def test_a_mail_says_that_time_limits_stand_still_as_long_as_they_do_whoever_sends_it(town: Town) -> None:
    docket = await town.case()
    agreed = {"until": date(2027, 3, 31), "text_sha256": STANDSTILL_SHA256}
    for side in ("client", "handler"):
        await docket.do(side, c.AgreeStandstill, **agreed)
    await town.everybody_has_read_everything()
    await town.wish(docket, "handler", when=BERLIN)
    town.time.now = MONDAY.replace(hour=23)
    await docket.do("client", c.StepTier, to="management")
    town.time.later(hours=7)
    assert await town.teller().look() == 1
    still = "Both sides have agreed that legal time limits stand still until the end of 31 March 2027."
    assert [still in mail.body for mail in await town.mails()] == [True, True]
    await town.everybody_has_read_everything()
    town.time.now = datetime(2027, 4, 1, 9, tzinfo=UTC)
    await docket.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    ended = [mail.body for mail in await town.mails()]
    assert ended
    assert all("Legal time limits may be running." in body and "stand still" not in body for body in ended)


async def test_whoever_has_read_it_by_then_is_not_written_to(town: Town) -> None:
    docket = await town.case()
    await docket.do("mediator", c.SetStage, stage="bargaining")
    await town.everybody_has_read_everything()
    await docket.do("client", c.MakeOffer, room="joint", terms="Half of it.")
    assert await town.notices(docket) == {"handler": ["answer in joint"], "mediator": ["news in joint"]}
    assert await town.mailed() == []
    town.time.now += GRACE - timedelta(seconds=1)
    assert await town.teller().look() == 0
    town.time.later(seconds=1)
    assert await town.teller().look() == 1
    assert await town.mailed() == [("handler", "Your answer is awaited")]
    await docket.do("handler", c.MakeOffer, room="joint", terms="A quarter of it.")
    await town.reads(docket, "client", "joint")
    town.time.later(days=3)
    await town.teller().look()
    assert "client" not in [whom for whom, _ in await town.mailed()]


async def test_one_mail_a_day_for_all_that_is_there_to_be_read(town: Town) -> None:
    docket = await town.case()
    other, quiet_one = await town.case(docket), await town.case(docket)
    for one in (docket, other):
        await one.say("client", "joint", "Something new.")
        await one.say("mediator", "caucus-business", "And this between us.")
    await quiet_one.say("client", "joint", "Something read.")
    await town.reads(quiet_one, "handler", "joint")
    town.time.now = MONDAY + timedelta(hours=22)
    assert await town.teller().look() == 0
    town.time.later(hours=1)
    assert await town.teller().look() == 2
    handler, mediator = await town.mails()
    assert handler.subject == mediator.subject == "What is new"
    assert "in 2 cases" in handler.body
    assert "in 3 cases" in mediator.body
    assert handler.body.count(BASE) == 1
    assert await town.teller().look() == 0, "told once"


async def test_a_server_that_was_off_for_a_week_makes_up_for_it_with_one_mail(town: Town) -> None:
    docket = await town.case()
    await docket.say("client", "joint", "Something new.")
    town.time.later(days=7)
    assert await town.teller().look() == 2
    assert await town.teller().look() == 0


async def test_several_workers_write_to_everybody_once(town: Town, database: str) -> None:
    dockets = [await town.case() for _ in range(4)]
    for docket in dockets:
        await docket.do("mediator", c.SetStage, stage="bargaining")
        await docket.do("client", c.MakeOffer, room="joint", terms="Half of it.")
        await docket.say("client", "joint", "Something new.")
    town.time.later(days=1)
    other = await db.open_pool(database, size=4)
    try:
        tellers = [town.teller(), town.teller(other), town.teller(), town.teller(other)]
        told = sum(await asyncio.gather(*(teller.look() for teller in tellers)))
        # Whom another was just writing to is met at the next look.
        told += await town.teller().look()
    finally:
        other.terminate()
    mailed = [whom for whom, _ in sorted({(mail.to, mail.subject) for mail in await town.mails()})]
    assert told == len(mailed) == len(await town.mails())
    # The handler: an answer is awaited, and news. The mediator: news.
    assert told == 4 * 3


async def test_a_worker_that_dies_in_between_leaves_everything_to_the_next(town: Town) -> None:
    docket = await town.case()
    await docket.say("client", "joint", "Something new.")
    town.time.later(days=1)

    class Dying(Letters):
        def digest(self, *_given: Any) -> Any:
            raise SystemError

    teller = town.teller()
    teller._letters = Dying(BASE)
    with pytest.raises(SystemError):
        await teller.look()
    assert await town.mails() == []
    assert await town.teller().look() == 2


async def test_nobody_is_told_of_a_room_they_have_left_meanwhile(town: Town) -> None:
    docket = await town.case()
    town.time.later(seconds=1)
    await docket.join("counsel", "counsel", "client")
    await town.everybody_has_read_everything()
    await docket.say("client", "team-client", "What do you think?")
    await docket.do("client", c.RemoveParticipant, participant=docket.seats["counsel"].participant_id)
    town.time.later(days=1)
    await town.teller().look()
    assert "counsel" not in [whom for whom, _ in await town.mailed()]


async def test_nobody_is_flooded_by_what_awaits_them(town: Town) -> None:
    docket = await town.case()
    await docket.mention("client", "joint", "handler")
    for _ in range(20):
        town.time.later(seconds=30)
        await docket.mention("client", "joint", "handler")
        await docket.mention("mediator", "caucus-business", "handler")
        await town.teller().look()
    assert len(await town.mails()) == 1
    town.time.now += QUIET
    assert await town.teller().look() == 1, "the others come together"
    assert len(await town.mails()) == 2


async def test_a_room_may_be_told_of_in_another_way_than_the_rest(town: Town) -> None:
    docket = await town.case()
    seat = docket.seats["handler"]
    async with town.pool.acquire() as conn:
        await wishes.keep_for_room(conn, docket.case_id, seat.participant_id, "joint", "at-once")
        await wishes.keep_for_room(conn, docket.case_id, seat.participant_id, "talks", "never")
    await docket.say("client", "joint", "At the table.")
    await docket.say("client", "talks", "And directly.")
    town.time.now += GRACE
    await town.teller().look()
    assert await town.mailed() == [("handler", "Something new to read")]
    town.time.later(days=2)
    await town.teller().look()
    assert [whom for whom, _ in await town.mailed()].count("handler") == 1
    assert "news in talks" in (await town.notices(docket))["handler"], "it is there for whoever looks"


async def test_with_a_room_goes_that_anything_was_said_there(town: Town) -> None:
    docket = await town.case()
    await docket.say("mediator", "caucus-client", "Between us.")
    assert await town.notices(docket) == {"client": ["news in caucus-client"]}
    async with town.pool.acquire() as conn, conn.transaction():
        await forget_room(conn, docket.case_id, "caucus-client")
    assert await town.notices(docket) == {}


async def test_what_the_worker_does_depends_on_what_is_due_and_not_on_what_is_there(town: Town) -> None:
    docket = await town.case()
    seat = docket.seats["handler"]
    async with town.pool.acquire() as conn:
        await conn.execute(
            """
            INSERT INTO notices (notice_id, case_id, participant_id, account_id, room, seq, last_seq, kind, at, how,
                mail_at)
            SELECT gen_random_uuid(), $1, $2, $3, 'joint', n, n, 'answer', $4, 'at-once',
                $4::timestamptz + interval '1 year'
            FROM generate_series(1, 20000) n
            """,
            *(UUID(docket.case_id), UUID(seat.participant_id), UUID(seat.account_id), MONDAY),
        )
        await conn.execute("ANALYZE notices")
        question = NEXT.replace("$1", "'2027-03-02'").replace("$2", "'{}'")
        plan = "\n".join(row[0] for row in await conn.fetch(f"EXPLAIN {question}"))
    assert "notices_due" in plan
    assert "Seq Scan" not in plan
