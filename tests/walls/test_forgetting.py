"""What was erased is in no fold either: of no process, and not by a hint that was lost or came late."""

from typing import Any

import pytest

from mediation import clock, db
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.events import TalkErased
from mediation.case.view import CaseView
from mediation.casework.folds import rooms_shown
from mediation.casework.handle import Casework
from mediation.record import log
from office import Docket, casework_on
from walls.portal import HIDDEN, Start

TABLE = TalkErased(what="table")


class Deaf(Bus):
    """A process that no hint reaches."""

    def listen(self, topic: str, listener: Any) -> Any:
        return super().listen(f"not {topic}", listener)


@pytest.fixture
async def spoken(docket: Docket) -> Docket:
    """A mediation in which somebody has stated a position that will be erased."""
    await docket.do("client", c.StatePosition, text=f"I want half back, {HIDDEN}.")
    return docket


async def erase_the_table(docket: Docket) -> None:
    """As the portal does it when it is time: one transaction, and a paper that tells of it."""
    async with docket.casework.pool.acquire() as conn, conn.transaction():
        tell = await docket.casework.record(conn, docket.case_id, [("papers", TABLE)], clock.now())
        await log.erase_room(conn, docket.case_id, "joint", clock.now())
    tell()


async def seen(casework: Casework, readers: db.Pool, docket: Docket, nickname: str) -> CaseView:
    participant = docket.seats[nickname].participant_id
    async with db.reading_as(readers, docket.case_id, participant) as conn:
        return await casework.view(conn, docket.case_id, participant)


async def test_a_paper_that_tells_of_an_erasure_empties_the_folds_without_any_hint(
    spoken: Docket, readers: db.Pool, database: str
) -> None:
    elsewhere = await casework_on(spoken.casework.pool, Deaf(database))
    for casework in (spoken.casework, elsewhere):
        assert HIDDEN in str(await seen(casework, readers, spoken, "client"))
    await erase_the_table(spoken)
    for casework in (spoken.casework, elsewhere):
        for nickname in ("mediator", "client"):
            assert HIDDEN not in str(await seen(casework, readers, spoken, nickname))


async def test_commands_after_an_erasure_are_decided_without_what_was_erased(spoken: Docket, readers: db.Pool) -> None:
    await erase_the_table(spoken)
    await spoken.do("mediator", c.PutIssue, text="How the delay is made good")
    for nickname in ("mediator", "client"):
        view = await seen(spoken.casework, readers, spoken, nickname)
        assert view.positions == []
        assert [issue.text for issue in view.issues] == ["How the delay is made good"]


async def test_a_reader_who_began_before_the_erasure_leaves_nothing_behind_for_those_after_it(
    spoken: Docket, readers: db.Pool, database: str
) -> None:
    """The papers are known to reach past the erasure, and only then are the old words folded."""
    elsewhere = await casework_on(spoken.casework.pool, Deaf(database))
    client = spoken.seats["client"].participant_id
    async with db.reading_as(readers, spoken.case_id, client) as conn:
        rooms = await rooms_shown(conn, spoken.case_id, client)
        await erase_the_table(spoken)
        async with spoken.casework.pool.acquire() as other:
            await elsewhere.facts(other, spoken.case_id)
        known = await elsewhere.folds.shown(conn, spoken.case_id, client, rooms)
        assert HIDDEN in str(known), "their snapshot is from before"
    assert HIDDEN not in str(await seen(elsewhere, readers, spoken, "client"))


async def test_a_hint_of_an_erasure_empties_the_folds_of_every_process_at_once(
    spoken: Docket, readers: db.Pool, database: str
) -> None:
    bus = Bus(database)
    await bus.start()
    try:
        elsewhere = await casework_on(spoken.casework.pool, bus)
        await seen(elsewhere, readers, spoken, "client")
        assert spoken.case_id in elsewhere.folds._kept
        bus.publish({"case": spoken.case_id, "erased": True})
        assert spoken.case_id not in elsewhere.folds._kept
    finally:
        await bus.stop()


async def test_a_screen_loses_what_was_erased_while_it_looks(start: Start) -> None:
    async with start() as portal:
        await portal.docket.do("client", c.StatePosition, text=f"I want half back, {HIDDEN}.")
        async with await portal.watch("handler") as handler:
            assert HIDDEN in str(handler.view["positions"])
            await erase_the_table(portal.docket)
            portal.docket.casework._bus.publish({"case": portal.docket.case_id, "erased": True})
            await handler.until(lambda frame: frame["type"] == "view" and frame["changed"].get("positions") == [])
