"""A side's own draft: nobody outside its room learns its words, that there is one, how long it is, or of its use."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import asyncpg
import pytest

from feeds import Browser
from mediation import clock, db
from mediation.case import commands as c
from mediation.case.events import TalkErased
from mediation.case.terms import Kept
from mediation.casework import handle
from mediation.drafting import committed, texts, wire
from mediation.drafting.building import build
from mediation.drafting.canonical import canonical
from mediation.drafting.log import CannotAppend, Written, append
from mediation.record import log as record
from office import Docket
from proofs.masks import comparable
from typist import answers, at_the_document, keystrokes, types, until
from walls.portal import HIDDEN, Portal, Start

OUTSIDE = ("client", "mediator")


async def shown(docket: Docket, readers: db.Pool, nickname: str) -> set[str]:
    """The documents that PostgreSQL shows to somebody, whatever the portal thinks."""
    async with db.reading_as(readers, docket.case_id, docket.seats[nickname].participant_id) as conn:
        return {row["name"] for row in await conn.fetch("SELECT name FROM documents")}


async def begin(docket: Docket, nickname: str, begun_with: str = "nothing") -> str:
    await docket.do(nickname, c.OpenDraft, begun_with=begun_with)
    draft = (await docket.sees(nickname)).own_draft
    assert draft is not None
    return draft.name


async def words_of(docket: Docket, document: str) -> str:
    async with docket.casework.pool.acquire() as conn:
        state = await committed.load(conn, docket.case_id, document)
    assert state is not None
    return str(canonical(state.doc))


async def test_postgresql_shows_a_draft_to_its_own_side_alone(docket: Docket, readers: db.Pool) -> None:
    await docket.do("mediator", c.SetStage, stage="drafting")
    await docket.join("manager", "manager", "business")
    draft = await begin(docket, "handler")
    await docket.join("counsel", "counsel", "business")
    assert await shown(docket, readers, "handler") == {"settlement.1", draft}
    assert await shown(docket, readers, "manager") == {draft}, "at the table once they have accepted the ground rules"
    for who in OUTSIDE:
        assert await shown(docket, readers, who) == {"settlement.1"}
    assert await shown(docket, readers, "counsel") == set(), "they came after it was begun"
    again = await begin(docket, "manager", "draft")
    assert await shown(docket, readers, "counsel") == {again}
    await docket.do("handler", c.RemoveParticipant, participant=docket.seats["counsel"].participant_id)
    assert await shown(docket, readers, "counsel") == set()


@pytest.mark.parametrize(("role", "leaks"), [(db.READER, False), (db.ROLE, True)])
async def test_postgresql_alone_keeps_others_from_the_draft_and_newcomers_from_an_earlier_one(
    docket: Docket, monkeypatch: pytest.MonkeyPatch, database: str, role: str, leaks: bool
) -> None:
    """The second time with a reader to whom everything is shown: then the same requests do leak."""
    await docket.join("manager", "manager", "business")
    draft = await begin(docket, "handler")
    await docket.join("counsel", "counsel", "business")
    monkeypatch.setattr(handle, "document_is_open", lambda _case, _document: True)
    reading = await db.open_pool(database, size=1, role=role)
    try:
        may = {who: await docket.casework.document_access(reading, docket.seats[who], draft) for who in docket.seats}
    finally:
        reading.terminate()
    assert may["handler"] == may["manager"] == "read-write"
    assert {who: may[who] is not None for who in (*OUTSIDE, "counsel")} == dict.fromkeys((*OUTSIDE, "counsel"), leaks)


async def test_the_rules_alone_keep_everybody_else_from_it_too(docket: Docket, database: str) -> None:
    draft = await begin(docket, "handler")
    everything = await db.open_pool(database, size=1, role=db.ROLE)
    try:
        for who in docket.seats:
            access = await docket.casework.document_access(everything, docket.seats[who], draft)
            assert access == ("read-write" if who == "handler" else None)
    finally:
        everything.terminate()


async def test_no_document_lies_in_a_room_that_its_name_does_not_tell(docket: Docket) -> None:
    await begin(docket, "handler")
    async with docket.casework.pool.acquire() as conn:
        for name, room in (("draft-business.1", "joint"), ("draft-client.1", "team-business"), ("remarks.1", "joint")):
            with pytest.raises(asyncpg.CheckViolationError):
                await texts.create(conn, docket.case_id, name, 1, clock.now(), room=room, since=1)
        for move in ("room = 'joint'", "since = 1"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(f"UPDATE documents SET {move} WHERE name LIKE 'draft-%'")


async def looks(portal: Portal, nickname: str) -> list[object]:
    """Everything that somebody outside may ask for, as the bytes and headers they get."""
    paths = ("", "/rooms/joint/entries", "/rooms/team-business/entries", f"/search?q={HIDDEN}", "/search?q=draft")
    found: list[object] = [comparable(await portal.get(nickname, path)) for path in (*paths, "/text", "/bundle")]
    cases = await portal.http.get("/api/cases", headers=await portal.docket.cookie(nickname))
    return [*found, comparable(cases)]


async def test_nothing_that_others_get_differs_by_a_byte_when_a_side_drafts_by_itself(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as portal:
        docket = portal.docket
        await docket.do("mediator", c.SetStage, stage="drafting")
        # A bundle says when it was made.
        moment = clock.now()
        monkeypatch.setattr(clock, "now", lambda: moment)
        async with await portal.watch("client") as client, await portal.watch("mediator") as mediator:
            before = {who: await looks(portal, who) for who in OUTSIDE}
            for browser in (client, mediator):
                await browser.silence()
            async with await portal.watch("handler") as own:
                for browser in (client, mediator):
                    await arrived(browser, 3)
                draft = await begin(docket, "handler", "table")
                await own.until(lambda frame: frame["type"] == "view" and "own_draft" in frame["changed"])
                typed = keystrokes(uuid4().hex, f"At most half, {HIDDEN}.")
                await types(portal.port, docket.case_id, await docket.cookie("handler"), draft, typed)
                assert HIDDEN in await words_of(docket, draft)
                for browser in (client, mediator):
                    assert await browser.silence() == []
            for browser in (client, mediator):
                await arrived(browser, 2)
                assert await browser.silence() == []
            assert {who: await looks(portal, who) for who in OUTSIDE} == before
            told = " ".join(str(frame) for browser in (client, mediator) for frame in browser.frames)
            assert HIDDEN not in told
            assert draft not in told


async def arrived(browser: Browser, count: int) -> None:
    """Wait until so many people are shown as here: that, everybody may know."""
    while len(browser.here) != count:
        await browser.frame()


async def test_its_name_opens_nothing_and_answers_others_like_one_that_never_was(start: Start) -> None:
    async with start() as portal:
        docket, port = portal.docket, portal.port
        draft = await begin(docket, "handler")
        never = f"draft-business.{int(draft.partition('.')[2]) + 1}"
        await types(port, docket.case_id, await docket.cookie("handler"), draft, keystrokes("1" * 32, HIDDEN))
        for who in OUTSIDE:
            heard, unheard = [
                await answers(port, docket.case_id, await docket.cookie(who), name) for name in (draft, never)
            ]
            assert [frame.removeprefix(wire.prefix(draft)) for frame in heard] == [
                frame.removeprefix(wire.prefix(never)) for frame in unheard
            ]
            assert heard == [wire.denied(wire.prefix(draft), "permission-denied")]
            asked = [await portal.get(who, f"/documents/{name}/authors") for name in (draft, never)]
            assert comparable(asked[0]) == comparable(asked[1])
            assert asked[0].status_code == 404
        assert len(await answers(port, docket.case_id, await docket.cookie("handler"), draft)) > 1


async def test_who_is_removed_loses_it_while_it_is_open(start: Start) -> None:
    async with start() as portal:
        docket = portal.docket
        await docket.join("manager", "manager", "business")
        draft = await begin(docket, "handler")
        denied = wire.denied(wire.prefix(draft), "permission-denied")
        async with at_the_document(portal.port, docket.case_id, await docket.cookie("manager"), draft) as frames:
            await docket.do("handler", c.RemoveParticipant, participant=docket.seats["manager"].participant_id)
            assert denied in [frame async for frame in until(frames, denied)]


async def test_a_bundle_tells_its_own_side_that_there_was_one_and_nobody_its_words(start: Start) -> None:
    async with start() as portal:
        docket = portal.docket
        draft = await begin(docket, "handler")
        await types(portal.port, docket.case_id, await docket.cookie("handler"), draft, keystrokes("1" * 32, HIDDEN))
        told = {}
        for who in (*OUTSIDE, "handler"):
            with ZipFile(BytesIO((await portal.get(who, "/bundle")).content)) as bundle:
                packed = b" ".join(bundle.read(name) for name in bundle.namelist())
            assert HIDDEN.encode() not in packed
            told[who] = draft.encode() in packed or b"DraftOpened" in packed
        assert told == {"client": False, "mediator": False, "handler": True}


async def test_it_begins_with_the_table_s_text_and_without_what_was_deleted_there(docket: Docket) -> None:
    await docket.do("mediator", c.SetStage, stage="drafting")
    await put_on_the_table(docket, "1" * 32, f"We offer, {HIDDEN}.")
    await put_on_the_table(docket, "1" * 32, "We offer half.")
    draft = await begin(docket, "client", "table")
    assert "We offer half." in await words_of(docket, draft)
    async with docket.casework.pool.acquire() as conn:
        kept = await conn.fetch(
            "SELECT name, string_agg(update, '' ORDER BY seq) AS typed FROM document_updates GROUP BY name"
        )
    typed = {row["name"]: row["typed"] for row in kept}
    assert HIDDEN.encode() in typed["settlement.1"]
    assert HIDDEN.encode() not in typed[draft]


async def put_on_the_table(docket: Docket, clause: str, words: str) -> None:
    """Suggest and accept a wording: for a new clause, or for one that is there."""
    async with docket.casework.pool.acquire() as conn, conn.transaction():
        text = await texts.read(conn, docket.case_id, "settlement.1")
    assert text is not None
    here = text.clause(clause)
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    suggestion = await docket.do(
        "mediator",
        c.Suggest,
        document="settlement.1",
        change="insert" if here is None else "replace",
        clause=clause,
        base_hash=None if here is None else here.text_hash,
        node={"type": "clause", "attrs": {"id": clause}, "content": [paragraph]},
    )
    await docket.do("mediator", c.AcceptSuggestion, suggestion=suggestion)


async def test_begun_anew_it_holds_what_it_said_and_none_of_what_was_deleted(docket: Docket) -> None:
    draft = await begin(docket, "client")
    text = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Only this."}]}]}
    async with docket.casework.pool.acquire() as conn:
        await append(conn, docket.case_id, draft, [Written(build(text), None)], clock.now())
    again = await begin(docket, "client", "draft")
    assert again != draft
    assert await words_of(docket, again) == await words_of(docket, draft)


async def test_it_goes_with_its_own_room_and_with_no_other(docket: Docket) -> None:
    await docket.do("mediator", c.SetStage, stage="drafting")
    ours, theirs = await begin(docket, "client"), await begin(docket, "handler")
    await docket.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    pool = docket.casework.pool

    async def left() -> set[str]:
        async with pool.acquire() as conn:
            return {row["name"] for row in await conn.fetch("SELECT name FROM documents")}

    async def erase(room: str, what: Kept) -> None:
        async with pool.acquire() as conn, conn.transaction():
            tell = await docket.casework.record(conn, docket.case_id, [("papers", TalkErased(what=what))], clock.now())
            await record.erase_room(conn, docket.case_id, room, clock.now())
        tell()

    await erase("joint", "table")
    assert await left() == {ours, theirs}
    await erase("team-business", "teams")
    assert await left() == {ours}
    async with pool.acquire() as conn:
        with pytest.raises(CannotAppend):
            await append(conn, docket.case_id, theirs, [Written(keystrokes("1" * 32, HIDDEN), None)], clock.now())
