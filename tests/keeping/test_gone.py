"""The words are really gone: from every table, every stored file, every open screen; whatever they were said in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.asyncio.client import ClientConnection, connect

from apps import portal_app
from desk import Desk, code_of
from ended import MARK, Ended, end
from feeds import serving, watching
from mediation.case import commands as c
from mediation.drafting import log as documents
from mediation.papers.printing import Printer
from mediation.settings import Settings
from office import Docket

DOCUMENT = "settlement.1"
NOTE = f"What I make of the {MARK}"


@pytest.fixture
async def desk(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """The whole portal, and a mediation that has just begun; its papers are not printed, each of which is a frame."""

    async def rest(_printer: Printer) -> None:
        """Print nothing."""

    monkeypatch.setattr(Printer, "start", rest)
    settings = Settings(data_dir=tmp_path, database_url=database, pool_size=5)
    async with (
        portal_app(settings) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Desk(app, docket, http, port, settings.files_dir)


@pytest.fixture
async def ended(desk: Desk) -> Ended:
    """It has ended: with notes, files, a document, and an upload that never came to an end."""
    kept = await desk.ask("mediator", "PUT", "/notes", json={"text": NOTE})
    assert kept.status_code == 200
    for who, room in (("client", "joint"), ("client", "caucus-client"), ("handler", "team-business")):
        await desk.send(who, room, f"{MARK} in a file of {room}".encode(), name=f"{MARK}.txt")
    begun = await desk.begin("client", "team-client", 4000, name=f"{MARK} unfinished.txt")
    await desk.piece("client", begun.json()["upload"], 0, MARK.encode() * 571 + b"end")
    ended = await end(desk.docket, desk.app.state.bus)
    async with ended.casework.pool.acquire() as conn:
        typed = clause(f"{MARK} in a clause")
        for document in (DOCUMENT, await own_draft(desk)):
            await documents.append(conn, ended.case_id, document, [documents.Written(typed, None)], ended.time.now)
            await documents.keep_snapshot(conn, ended.case_id, document, documents.Row(1, typed), ended.time.now)
        await conn.execute(
            "INSERT INTO document_versions (case_id, version, name, node, at) VALUES ($1, $1, $2, $3, $4)",
            *(ended.case_id, DOCUMENT, f"{MARK} in a version", ended.time.now),
        )
    return ended


async def own_draft(desk: Desk) -> str:
    """The name of the client's own draft."""
    draft = (await desk.docket.sees("client")).own_draft
    assert draft is not None
    return draft.name


def clause(words: str) -> bytes:
    """The keystrokes of a settlement with one paragraph."""
    doc: Doc[XmlFragment] = Doc()
    root = doc.get("prosemirror", type=XmlFragment)
    root.children.append(paragraph := XmlElement("paragraph"))
    paragraph.children.append(XmlText(words))
    return doc.get_update()


async def places_of(database: str, word: str) -> set[str]:
    """Every table in which a word stands, as text or in bytes, seen as the owner of the database."""
    owner = await asyncpg.connect(database)
    try:
        tables = await owner.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        found = set()
        for (table,) in tables:
            question = f"SELECT EXISTS (SELECT FROM public.{table} AS t WHERE t::text LIKE $1 OR t::text LIKE $2)"
            if await owner.fetchval(question, f"%{word}%", f"%{word.encode().hex()}%"):
                found.add(table)
        return found
    finally:
        await owner.close()


async def test_after_the_last_day_the_words_stand_nowhere_any_more(desk: Desk, ended: Ended, database: str) -> None:
    held = {"entries", "notes", "files", "uploads", "document_updates", "document_snapshots", "document_versions"}
    assert await places_of(database, MARK) == held
    assert any(MARK.encode() in stored.read_bytes() for stored in desk.stored())
    # A fingerprint of few words can be guessed; so can who wrote what, from the places in the answers.
    assert await fingerprints(ended) > 0

    ended.time.day(14)
    assert await ended.keeper.look() == 1
    assert await places_of(database, NOTE) == set()
    assert await fingerprints(ended) == 0

    ended.time.day(30)
    assert await ended.keeper.look() == 1
    assert await places_of(database, MARK) == set()
    for _ in range(2):  # the second time for what arrived meanwhile
        await desk.app.state.sweeper.sweep(ended.time.now)
        ended.time.now += timedelta(hours=1)
    # The papers of the case stay, as the record does.
    assert [one.name for one in desk.stored() if one.name != "paper.pdf"] == []
    async with ended.casework.pool.acquire() as conn:
        places = await conn.fetch("SELECT DISTINCT room FROM commands, unnest(written_rooms) AS w (room)")
        assert {row["room"] for row in places} <= {"papers", "talks"}
        met = await conn.fetchval("SELECT count(*) FROM memberships WHERE room = $1", ended.private)
        assert met == 0, "who met in a room of chosen people was said there alone"
        left = await conn.fetchval(
            """
            SELECT count(*) FROM openings o JOIN erasures e USING (case_id, room) WHERE o.n <= e.checkpoint_n
            """
        )
        assert left == 0


async def fingerprints(ended: Ended) -> int:
    async with ended.casework.pool.acquire() as conn:
        return int(await conn.fetchval("SELECT count(fingerprint) FROM commands WHERE case_id = $1", ended.case_id))


async def test_an_open_screen_is_told_and_a_new_one_shows_no_words(desk: Desk, ended: Ended) -> None:
    cookie = await desk.docket.cookie("client")
    async with watching(desk.port, ended.case_id, cookie) as screen:
        await screen.silence()
        assert any(MARK in words for words in screen.said("joint"))
        ended.time.day(30)
        await ended.keeper.look()
        await screen.until(lambda frame: frame["type"] == "view" and "rooms" in frame["changed"])
        await screen.silence()
        assert MARK not in str(screen.view)
        erased = {room["room"] for room in screen.view["rooms"] if room["erased"]}
        assert erased == {"joint", "caucus-client", "team-client"}
    async with watching(desk.port, ended.case_id, cookie) as screen:
        await screen.silence()
        assert MARK not in str(screen.frames)
        assert screen.entries["talks"]


async def test_the_other_side_gets_no_frame_when_a_kept_room_is_kept_or_goes(desk: Desk, ended: Ended) -> None:
    ended.time.day(29)
    await ended.keeper.look()
    async with (
        watching(desk.port, ended.case_id, await desk.docket.cookie("handler")) as theirs,
        watching(desk.port, ended.case_id, await desk.docket.cookie("client")) as ours,
    ):
        for screen in (theirs, ours):
            while len(screen.here) < 2:
                await screen.frame()
            await screen.silence()
        await desk.docket.do("client", c.KeepTeamRoom, days=90)
        await ours.until(lambda frame: frame["type"] == "view")
        assert await theirs.silence() == []
        ended.time.day(30)
        await ended.keeper.look()
        await theirs.until(lambda frame: frame["type"] == "view" and "rooms" in frame["changed"])
        await theirs.silence()
        await ours.silence()
        ended.time.day(91)
        assert await ended.keeper.look() == 1
        await ours.until(lambda frame: frame["type"] == "view" and "rooms" in frame["changed"])
        assert await theirs.silence() == []


async def test_a_side_s_own_draft_stays_as_long_as_it_keeps_its_room(desk: Desk, ended: Ended, database: str) -> None:
    await desk.docket.do("client", c.KeepTeamRoom, days=90)
    ended.time.day(30)
    await ended.keeper.look()
    async with ended.casework.pool.acquire() as conn:
        assert [row["name"] for row in await conn.fetch("SELECT name FROM documents")] == [await own_draft(desk)]
    assert "document_updates" in await places_of(database, MARK)
    ended.time.day(91)
    await ended.keeper.look()
    assert await places_of(database, MARK) == set()


async def test_an_open_document_is_taken_away_and_opens_no_more(desk: Desk, ended: Ended) -> None:
    url = f"ws://127.0.0.1:{desk.port}/api/cases/{ended.case_id}/documents"
    cookie = await desk.docket.cookie("client")
    start = bytes([len(DOCUMENT), *DOCUMENT.encode()])
    token, allowed, denied = start + bytes([2, 0, 0]), start + bytes([2, 2]), start + bytes([2, 1])

    async def until(frames: ClientConnection, beginning: bytes) -> None:
        async with asyncio.timeout(10):
            while not (await frames.recv(decode=False)).startswith(beginning):
                pass

    async with connect(url, additional_headers=cookie, proxy=None) as frames:
        await frames.send(token)
        await until(frames, allowed)
        ended.time.day(30)
        await ended.keeper.look()
        await until(frames, denied)
        # It opens no more, and the process lets go of it a moment after its last reader.
        async with asyncio.timeout(10):
            await frames.send(token)
            await until(frames, denied)
            while desk.app.state.documents._rooms:
                await frames.send(token)
                await until(frames, denied)


async def test_nothing_of_it_is_to_be_had_over_http(desk: Desk, ended: Ended) -> None:
    files = {file["file"] for file in await desk.files("client")}
    assert len(files) == 2
    ended.time.day(30)
    await ended.keeper.look()
    assert MARK not in (await desk.ask("client", "GET", "")).text
    for room in ("joint", "caucus-client", "team-client"):
        entries = await desk.ask("client", "GET", f"/rooms/{room}/entries")
        assert MARK not in entries.text
    found = await desk.ask("client", "GET", "/search", params={"q": MARK})
    assert found.json()["hits"] == []
    for file in files:
        assert (await desk.fetch("client", file)).status_code == 404
    assert (await desk.ask("mediator", "GET", "/notes")).json() == {"text": ""}
    late = await desk.ask("mediator", "PUT", "/notes", json={"text": "I remember all of it"})
    assert code_of(late) == (409, "nothing-left-to-keep")


async def test_notes_are_destroyed_when_their_mediator_says_so(desk: Desk, ended: Ended, database: str) -> None:
    assert "notes" in await places_of(database, NOTE)
    assert (await desk.ask("mediator", "PUT", "/notes", json={"text": ""})).status_code == 200
    assert await places_of(database, NOTE) == set()


async def test_the_page_says_until_when_everything_can_be_taken_away(desk: Desk, ended: Ended) -> None:
    view = (await desk.ask("client", "GET", "")).json()
    days = {room["room"]: room["erase_at"] for room in view["rooms"]}
    ended.time.day(14)
    assert datetime.fromisoformat(days["caucus-client"]) == ended.time.now
    assert days["papers"] is None
    ended.time.day(30, less=timedelta(seconds=1))
    await ended.keeper.look()
    bundle = await desk.ask("client", "GET", "/bundle")
    assert bundle.status_code == 200
