"""With the portal's own checks taken away, PostgreSQL alone still keeps people to their own rooms.

Each test is run a second time on a portal whose readers are shown everything: then the same requests do leak, so that
what keeps the first portal silent is the wall, and not that nothing was asked.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest

from mediation import db
from mediation.case import commands as c
from mediation.case import show
from mediation.case.state import Case
from mediation.casework import folds, handle, routes
from mediation.live import feed
from mediation.record.log import Stretch
from office import Docket
from walls.portal import BEFORE, HIDDEN, NAMED_ROOMS, Portal, Start, keep_notes, say_in_confidence

WALLS = pytest.mark.parametrize(("readers", "leaks"), [(db.READER, False), (db.ROLE, True)])


def everywhere(case: Case, _viewer: str) -> frozenset[str]:
    return NAMED_ROOMS | frozenset(case.private)


def uncut(case: Case, _rooms: object) -> Case:
    return case


async def whatever_there_is(conn: db.Connection, case_id: str, _participant_id: str) -> dict[str, Stretch]:
    """Every room that PostgreSQL will show, from as early on as anybody reads it."""
    rows = await conn.fetch(
        """
        SELECT m.room, min(m.from_seq) AS first, r.length FROM memberships m JOIN rooms r USING (case_id, room)
        WHERE m.case_id = $1 AND m.until_seq IS NULL GROUP BY m.room, r.length
        """,
        UUID(case_id),
    )
    return {row["room"]: Stretch(row["first"], row["length"]) for row in rows}


@pytest.fixture
def no_first_wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A portal that asks nobody who is in which room, and asks PostgreSQL for everything."""
    with monkeypatch.context() as patch:
        for module in (show, folds, routes, feed):
            patch.setattr(module, "rooms_of", everywhere)
        for module in (show, folds):
            patch.setattr(module, "restrict", uncut)
        for module in (folds, handle, routes, feed):
            patch.setattr(module, "rooms_shown", whatever_there_is, raising=hasattr(module, "rooms_shown"))
        yield


async def everything_over_http(portal: Portal, nickname: str) -> dict[str, str]:
    """What every reading route answers, by its path."""
    rooms = [f"/rooms/{room}/entries" for room in sorted(NAMED_ROOMS)]
    private = [room["room"] for room in (await portal.get("mediator")).json()["rooms"] if "private-" in room["room"]]
    rooms += [f"/rooms/{room}/entries" for room in private]
    answers = {
        path: await portal.get(nickname, path) for path in ("", *rooms, "/notes", "/seal", f"/search?q={HIDDEN}")
    }
    found = {path: answer.text for path, answer in answers.items()}
    found["list"] = (await portal.http.get("/api/cases", headers=await portal.docket.cookie(nickname))).text
    with ZipFile(BytesIO((await portal.get(nickname, "/bundle")).content)) as bundle:
        found["bundle"] = " ".join(bundle.read(name).decode(errors="replace") for name in bundle.namelist())
    return found


@WALLS
async def test_a_side_gets_nothing_of_other_rooms_over_http(
    start: Start, no_first_wall: None, readers: str, leaks: bool
) -> None:
    async with start(readers=readers) as portal:
        await say_in_confidence(portal.docket)
        await keep_notes(portal, f"They would pay half, {HIDDEN}.")
        await portal.get("mediator")  # whose rooms this process now has folded and at hand
        found = await everything_over_http(portal, "client")
        told = {path for path, text in found.items() if HIDDEN in text}
        expected = {"", "/rooms/caucus-business/entries", "/rooms/team-business/entries"} if leaks else set()
        assert told >= expected
        assert leaks or not told
        assert '"seq":1' in found["/rooms/joint/entries"], "their own rooms are open to them"


@WALLS
async def test_a_side_gets_nothing_of_other_rooms_on_the_feed(
    start: Start, no_first_wall: None, readers: str, leaks: bool
) -> None:
    async with start(readers=readers) as portal:
        await portal.docket.say("handler", "team-business", f"Early, {HIDDEN}.")
        async with await portal.watch("client") as client, await portal.watch("mediator") as mediator:
            await say_in_confidence(portal.docket)
            await portal.docket.say("handler", "joint", "That was all.")
            for browser in (client, mediator):
                await browser.until_said("That was all.")
            frames = [str(frame) for frame in client.frames]
            assert any(HIDDEN in frame for frame in frames) == leaks
            if not leaks:
                assert set(client.entries) <= set(client.heads)
                assert set(client.heads) == {"papers", "talks", "joint", "caucus-client", "team-client"}


@WALLS
async def test_a_joiner_reads_private_rooms_from_their_first_entry_only(
    start: Start, no_first_wall: None, readers: str, leaks: bool
) -> None:
    async with start(readers=readers) as portal:
        await portal.docket.say("client", "team-client", f"I would take half, {BEFORE}.")
        await portal.docket.join("counsel", "counsel", "client")
        await portal.docket.say("client", "team-client", "Welcome.")
        await portal.get("client")
        answer = await portal.get("counsel", "/rooms/team-client/entries")
        assert "Welcome." in answer.text
        assert (BEFORE in answer.text) == leaks
        async with await portal.watch("counsel") as counsel:
            assert any(BEFORE in str(frame) for frame in counsel.frames) == leaks
            assert "Welcome." in counsel.said("team-client")


async def test_who_was_removed_is_shown_out_though_nobody_checks(start: Start, no_first_wall: None) -> None:
    async with start() as portal:
        await portal.docket.join("counsel", "counsel", "client")
        async with await portal.watch("counsel") as counsel:
            removed: Any = portal.docket.seats["counsel"].participant_id
            await portal.docket.do("client", c.RemoveParticipant, participant=removed)
            assert (await counsel.bye())["code"] == "not-on-this-case"


@WALLS
async def test_a_socket_attaches_to_no_document_that_postgresql_does_not_show(
    docket: Docket, monkeypatch: pytest.MonkeyPatch, database: str, readers: str, leaks: bool
) -> None:
    await docket.do("mediator", c.SetStage, stage="drafting")
    await docket.join("counsel", "counsel", "client")
    monkeypatch.setattr(handle, "document_is_open", lambda _case, _document: True)
    reading = await db.open_pool(database, size=1, role=readers)
    try:
        access = docket.casework.document_access
        at_the_table = await access(reading, docket.seats["client"], "settlement.1")
        outside = await access(reading, docket.seats["counsel"], "settlement.1")
    finally:
        reading.terminate()
    assert at_the_table == "read-write"
    assert (outside is not None) == leaks
