"""One command, one transaction, one effect: also when it fails half-way, comes twice, or meets another."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import opening
from mediation import clock
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.decide.ground import statement_hash
from mediation.case.refusals import Refusal
from mediation.casework import handle
from mediation.casework.handle import Answer, Casework
from mediation.db import Pool
from mediation.problems import Problem
from mediation.record import log
from office import Docket, account, casework_on

TIMES = 20


class BrokenError(RuntimeError):
    pass


async def _breaks(*_asked: object, **_more: object) -> None:
    raise BrokenError


async def rows(pool: Pool, docket: Docket) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database holds of the case."""
    tables = ("entries", "rooms", "checkpoints", "memberships", "seats", "commands", "cases")
    async with pool.acquire() as conn:
        return {
            table: sorted(
                tuple(map(str, row))
                for row in await conn.fetch(f"SELECT * FROM {table} WHERE case_id = $1::text::uuid", docket.case_id)
            )
            for table in tables
        }


@pytest.mark.parametrize("step", ["append", "project", "_keep_answer"])
async def test_what_fails_half_way_leaves_nothing_behind(
    docket: Docket, pool: Pool, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await docket.join("counsel", "counsel", "client")
    before, seen = await rows(pool, docket), await docket.sees("client")
    with monkeypatch.context() as patch:
        if step == "append":
            whole = log.append

            async def append(*asked: Any) -> None:
                await whole(*asked)
                raise BrokenError

            patch.setattr(log, "append", append)
        else:
            patch.setattr(handle, step, _breaks)
        with pytest.raises(BrokenError):
            await docket.do("mediator", c.PutIssue, text="How the delay is made good")
        with pytest.raises(BrokenError):
            await docket.say("counsel", "team-client", "Never said.")
    assert await rows(pool, docket) == before
    assert await docket.sees("client") == seen
    await docket.do("mediator", c.PutIssue, text="How the delay is made good")
    assert [issue.number for issue in (await docket.sees("client")).issues] == [1]


async def test_somebody_who_joined_late_is_not_shown_what_was_never_written(
    docket: Docket, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await docket.join("manager", "manager", "business")
    await docket.agree("manager")
    asked = {"room": "caucus-business", "form": "my-words"}
    with monkeypatch.context() as patch:
        patch.setattr(handle, "_keep_answer", _breaks)
        with pytest.raises(BrokenError):
            await docket.do("manager", c.ProposeSharing, **asked, text="Never asked.")
    await docket.do("manager", c.ProposeSharing, **asked, text="We would pay half.")
    assert [sharing.text for sharing in (await docket.sees("manager")).sharings] == ["We would pay half."]


async def test_the_same_command_again_has_the_same_answer_and_one_effect(docket: Docket) -> None:
    command = c.ProposeStatement(command_id=uuid4().hex, kind="shared-fact", text="It was due in March.")
    first = await docket.give("client", command)
    length = (await docket.lengths())["joint"]
    assert await docket.give("client", command, later=timedelta(days=1)) == first
    assert (await docket.lengths())["joint"] == length


async def test_the_same_id_with_another_body_is_refused(docket: Docket) -> None:
    command_id = uuid4().hex
    await docket.give("client", c.PostMessage(command_id=command_id, room="joint", text="Hello."))
    for other in (
        c.PostMessage(command_id=command_id, room="joint", text="Goodbye."),
        c.PostMessage(command_id=command_id, room="talks", text="Hello."),
        c.Pause(command_id=command_id),
    ):
        with pytest.raises(Problem) as refused:
            await docket.give("client", other)
        assert (refused.value.status, refused.value.code) == (409, "command-id-reused")
    await docket.give("handler", c.PostMessage(command_id=command_id, room="joint", text="Another's own."))


async def test_a_refused_command_may_be_sent_again_under_its_id(docket: Docket) -> None:
    command = c.Resume(command_id=uuid4().hex)
    with pytest.raises(Refusal):
        await docket.give("mediator", command)
    await docket.do("client", c.Pause)
    await docket.give("mediator", command)


async def test_a_command_that_comes_many_times_at_once_has_one_effect(docket: Docket) -> None:
    command = c.PostMessage(command_id=uuid4().hex, room="joint", text="Are you there?")
    before = (await docket.lengths())["joint"]
    answers = await asyncio.gather(*(docket.give("client", command) for _ in range(TIMES)))
    assert len({answer.written[0].seq for answer in answers}) == 1
    assert (await docket.lengths())["joint"] == before + 1


async def test_after_its_message_was_struck_a_command_still_has_no_second_effect(docket: Docket, pool: Pool) -> None:
    command = c.PostMessage(command_id=uuid4().hex, room="joint", text="That was unfair.")
    answer = await docket.give("client", command)
    await docket.do("client", c.StrikeMessage, room="joint", seq=answer.written[0].seq)
    length = (await docket.lengths())["joint"]
    assert await docket.give("client", command) == answer
    assert (await docket.lengths())["joint"] == length
    async with pool.acquire() as conn:
        kept = await conn.fetchval(
            "SELECT fingerprint FROM commands WHERE command_id = $1::text::uuid", command.command_id
        )
        assert kept is None, "few words could be guessed from their hash"
        assert isinstance(
            (await log.read(conn, docket.case_id, "joint", after=answer.written[0].seq - 1))[0], log.Erased
        )


async def outcomes(*commands: Any) -> list[str]:
    """What came of commands given at the same moment: "done", or the code of the refusal."""
    answers = await asyncio.gather(*commands, return_exceptions=True)
    found = []
    for answer in answers:
        assert isinstance(answer, Answer | Refusal), answer
        found.append(answer.code if isinstance(answer, Refusal) else "done")
    return sorted(found)


async def test_two_people_acting_on_one_offer_at_once_get_one_outcome(docket: Docket) -> None:
    for _ in range(5):
        offer = await docket.do("handler", c.MakeOffer, terms="We repay a third.")
        accept = c.AnswerOffer(command_id=uuid4().hex, offer=offer, accepted=True)
        withdraw = c.WithdrawOffer(command_id=uuid4().hex, offer=offer)
        found = await outcomes(docket.give("client", accept), docket.give("handler", withdraw))
        assert found == ["done", "offer-already-answered"]


async def test_an_assent_never_meets_a_wording_that_was_changed_meanwhile(docket: Docket) -> None:
    for turn in range(5):
        text = f"It was due in March, {turn}."
        statement = await docket.do("mediator", c.ProposeStatement, kind="shared-fact", text=text)
        text_hash = statement_hash(statement, "shared-fact", text)
        assent = c.GiveAssent(command_id=uuid4().hex, statement=statement, text_hash=text_hash)
        reword = c.RewordStatement(command_id=uuid4().hex, statement=statement, text=f"{text} Or April.")
        await outcomes(docket.give("client", assent), docket.give("mediator", reword))
        seen = next(s for s in (await docket.sees("client")).statements if s.statement == statement)
        assert seen.assents == [], "whichever came first, nobody has agreed to the new wording"


async def test_opening_again_with_the_same_id_leads_to_the_same_case_and_other_words_are_refused(
    casework: Casework, pool: Pool
) -> None:
    handler = await account(pool, "Handler")
    command = opening(uuid4().hex)
    places = await asyncio.gather(*(casework.open(handler, "Handler", command, clock.now()) for _ in range(5)))
    assert len(set(places)) == 1
    with pytest.raises(Problem) as refused:
        await casework.open(handler, "Handler", opening(command.command_id, title="Something else"), clock.now())
    assert refused.value.code == "command-id-reused"
    assert await casework.open(await account(pool, "Other"), "Other", command, clock.now()) != places[0]


async def test_a_reader_who_comes_with_older_lengths_does_not_make_anything_happen_twice(
    docket: Docket, casework: Casework, pool: Pool
) -> None:
    before = await docket.lengths()
    await docket.do("mediator", c.PutIssue, text="How the delay is made good")
    await docket.say("client", "joint", "A good question.")
    async with pool.acquire() as conn:
        await casework.folds.load(conn, docket.case_id, before)
    view = await docket.sees("mediator")
    assert [issue.number for issue in view.issues] == [1]
    assert [spoken.messages for spoken in view.spoken] == [0, 1, 0]


async def test_somebody_of_a_side_joins_after_everyone_of_it_had_left(casework: Casework, pool: Pool) -> None:
    docket = await Docket(casework).open()
    await docket.join("mediator", "mediator", None)
    await docket.join("companion", "companion", "client")
    await docket.do("companion", c.Leave)
    await docket.join("client", "principal", "client")
    await docket.say("mediator", "caucus-client", "Welcome.")
    async with pool.acquire() as conn:
        since = await conn.fetch(
            """
            SELECT from_seq, until_seq FROM memberships
            WHERE room = 'caucus-client' AND participant_id = $1::text::uuid
            """,
            docket.seats["mediator"].participant_id,
        )
    assert [tuple(one) for one in since] == [(1, None)]


async def test_another_process_meets_what_this_one_wrote(docket: Docket, pool: Pool, bus: Bus) -> None:
    elsewhere = docket.seen_from(await casework_on(pool, bus))
    for process in (docket, elsewhere) * 4:
        await process.do("mediator", c.PutIssue, text=f"Question {uuid4().hex}")
    for process in (docket, elsewhere):
        assert [issue.number for issue in (await process.sees("client")).issues] == list(range(1, 9))
