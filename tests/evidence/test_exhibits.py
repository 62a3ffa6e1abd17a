"""Exhibits: files that a side has go out, with bytes of their own among the papers."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import httpx

from desk import Desk, code_of, sha256
from ended import Ended, Time
from mediation.case import commands as c
from mediation.db import reading_as
from mediation.evidence.sweeper import Sweeper
from mediation.export.verify import check
from mediation.keeping.worker import Keeper

LETTER = b"%PDF-1.4 a letter of May"


async def refer(desk: Desk, by: str = "client", **changes: Any) -> str:
    """Both sides take the step, and one of them proposes an ombudsman; returns the referral."""
    await desk.docket.do("client", c.StepTier, to="management")
    for side in ("client", "handler"):
        await desk.docket.do(side, c.StepTier, to="referral")
    fields = {"kind": "ombudsman", "court_stays_open": True, "binding": False, "institution": "The ombudsman"}
    return await desk.docket.do(by, c.ProposeReferral, proposal=c.Proposal(**{**fields, **changes}))


async def choose(desk: Desk, who: str, referral: str, file: str, name: str = "Letter.pdf") -> httpx.Response:
    body = {"command_id": uuid4().hex, "referral": referral, "file": file, "name": name}
    return await desk.ask(who, "POST", "/exhibits", json=body)


async def chosen(desk: Desk, who: str, referral: str, file: str, name: str = "Letter.pdf") -> str:
    answer = await choose(desk, who, referral, file, name)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["file"])


async def test_a_reader_of_papers_opens_what_goes_out_and_not_what_it_was_chosen_from(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    file = await desk.send("client", "joint", LETTER, name="our weak spot.pdf")
    exhibit = await chosen(desk, "client", await refer(desk), file)
    for who in ("client", "handler", "mediator", "lawyer"):
        assert (await desk.fetch(who, exhibit)).content == LETTER
    assert code_of(await desk.fetch("lawyer", file)) == (404, "file-unknown")
    entries = (await desk.ask("lawyer", "GET", "/rooms/papers/entries")).text
    assert "Letter.pdf" in entries
    assert "weak spot" not in entries
    assert file not in entries


async def test_postgresql_itself_shows_a_reader_of_papers_the_exhibit_and_no_other_file(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    file = await desk.send("client", "joint", LETTER)
    exhibit = await chosen(desk, "client", await refer(desk), file)
    seen = {}
    for who in ("lawyer", "handler"):
        seat = desk.docket.seats[who]
        async with reading_as(desk.app.state.readers, seat.case_id, seat.participant_id) as conn:
            seen[who] = {row["file_id"].hex for row in await conn.fetch("SELECT file_id FROM files")}
    assert seen == {"lawyer": {exhibit}, "handler": {exhibit, file}}


async def test_the_same_command_again_copies_nothing_twice(desk: Desk) -> None:
    file = await desk.send("client", "talks", LETTER)
    body = {"command_id": uuid4().hex, "referral": await refer(desk), "file": file, "name": "Letter.pdf"}
    answers = [await desk.ask("client", "POST", "/exhibits", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(desk.stored()) == 2
    other = await desk.ask("client", "POST", "/exhibits", json={**body, "name": "Another.pdf"})
    assert code_of(other) == (409, "command-id-reused")


async def test_what_may_not_go_out_is_refused_before_a_byte_is_copied(desk: Desk) -> None:
    secret = await desk.send("client", "team-client", b"among us")
    made = await desk.send("client", "joint", b"a position", origin="made-for-mediation")
    theirs = await desk.send("handler", "joint", b"their memo")
    referral = await refer(desk)
    before = desk.stored()
    for file in (secret, made, theirs):
        assert code_of(await choose(desk, "client", referral, file)) == (409, "only-what-existed-before")
    assert code_of(await choose(desk, "handler", referral, secret)) == (404, "file-unknown")
    assert desk.stored() == before
    assert await desk.app.state.pool.fetchval("SELECT count(*) FROM bytes_to_erase") == 0


async def test_what_is_taken_back_lies_about_no_longer(desk: Desk) -> None:
    file = await desk.send("client", "talks", LETTER)
    referral = await refer(desk)
    exhibit = await chosen(desk, "client", referral, file)
    await desk.docket.do("client", c.TakeBackExhibit, referral=referral, exhibit=exhibit)
    assert code_of(await desk.fetch("client", exhibit)) == (404, "file-unknown")
    again = await chosen(desk, "client", referral, file)
    await desk.docket.do("client", c.WithdrawReferral, referral=referral)
    assert code_of(await desk.fetch("client", again)) == (404, "file-unknown")
    pool = desk.app.state.pool
    assert await pool.fetchval("SELECT count(*) FROM bytes_to_erase") == 2
    assert (await desk.fetch("handler", file)).content == LETTER, "what was sent in direct talks stays"


async def test_a_copy_that_was_never_entered_is_erased(desk: Desk, monkeypatch: Any) -> None:
    file = await desk.send("client", "talks", LETTER)
    referral = await refer(desk)

    async def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the process died here")

    with monkeypatch.context() as patch:
        patch.setattr(desk.app.state.casework, "handle", crash)
        assert (await choose(desk, "client", referral, file)).status_code == 500
    assert len(desk.stored()) == 2
    sweeper, now = Sweeper(desk.app.state.pool, desk.app.state.storage), await _clock(desk)
    assert await sweeper.sweep(now) == 0, "it may still be on its way"
    await sweeper.sweep(now + timedelta(hours=1))
    assert len(desk.stored()) == 1


async def _clock(desk: Desk) -> Any:
    return await desk.app.state.pool.fetchval("SELECT clock_timestamp()")


async def test_an_exhibit_outlives_the_table_it_was_chosen_from(desk: Desk) -> None:
    file = await desk.send("client", "joint", LETTER)
    referral = await refer(desk)
    exhibit = await chosen(desk, "client", referral, file)
    await desk.docket.do("mediator", c.EndMediation, outcome="referred")
    ended_at = (await desk.docket.sees("client")).ending
    assert ended_at is not None
    time = Time(ended_at.at)
    ended = Ended(desk.docket, time, Keeper(desk.docket.casework, desk.app.state.bus, now=time), "")
    ended.time.day(40)
    while await ended.keeper.look():
        pass
    assert code_of(await desk.fetch("client", file)) == (404, "file-unknown")
    assert (await desk.fetch("handler", exhibit)).content == LETTER


async def test_a_bundle_with_an_exhibit_verifies_and_holds_its_bytes(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    file = await desk.send("client", "joint", LETTER)
    await chosen(desk, "client", await refer(desk), file)
    answer = await desk.ask("lawyer", "GET", "/bundle?files=true")
    assert answer.status_code == 200
    check(BytesIO(answer.content))
    with ZipFile(BytesIO(answer.content)) as bundle:
        assert bundle.read(f"evidence/{sha256(LETTER)}") == LETTER


async def test_a_side_has_a_share_of_what_may_lie_among_the_papers(desk: Desk) -> None:
    files = [await desk.send("client", "talks", b"letter %d" % n) for n in range(4)]
    referral = await refer(desk)
    for file in files:
        await chosen(desk, "client", referral, file)
    own = await desk.send("client", "joint", b"one more")
    assert code_of(await choose(desk, "client", referral, own)) == (409, "room-is-full")
    theirs = await desk.send("handler", "talks", b"a letter of theirs")
    await chosen(desk, "handler", referral, theirs)
