"""People at one document, through the published provider."""

import asyncio
from collections.abc import AsyncIterator
from typing import Literal

import asyncpg
import pytest

from documents_app import CASE
from documents_server import Server, open_case
from mediation import clock
from mediation.bus import Bus
from mediation.db import Pool
from mediation.drafting import log
from provider_process import Person

ANNA = {"participant": "a" * 32, "name": "Anna", "party": "client"}
BEN = {"participant": "b" * 32, "name": "Ben", "party": "business", "role": "handler"}
LEGAL = {"participant": "d" * 32, "name": "Lea", "role": "legal"}
COUNSEL = {"participant": "e" * 32, "name": "Carl", "role": "counsel"}


@pytest.fixture
async def server(database: str) -> AsyncIterator[Server]:
    await open_case(database)
    async with Server(database) as server:
        yield server


async def test_two_people_write_at_once_and_come_to_the_same_text(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        for n in range(50):
            await asyncio.gather(anna.writes(f"anna-{n}"), ben.writes(f"ben-{n}"))
        everything = {f"{who}-{n}" for who in ("anna", "ben") for n in range(50)}
        theirs = [await person.sees(lambda s: set(s["paragraphs"]) == everything) for person in (anna, ben)]
        assert theirs[0]["paragraphs"] == theirs[1]["paragraphs"]
        await anna.has_it_saved()
        await ben.has_it_saved()
        kept = await server.documents.canonical(CASE, "settlement.1")
        assert [node["content"][0]["text"] for node in kept["content"]] == theirs[0]["paragraphs"]


async def test_what_was_written_offline_arrives_after_coming_back(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        await anna.do("disconnect")
        await anna.hears("closed")
        await anna.writes("written on the train")
        await ben.writes("written meanwhile")
        await ben.has_it_saved()
        since = len(anna.events)
        await anna.do("connect")
        await anna.hears("synced", since=since)
        for person in (anna, ben):
            await person.sees(lambda s: set(s["paragraphs"]) == {"written on the train", "written meanwhile"})
        await anna.has_it_saved()


async def test_nothing_counts_as_saved_while_the_database_does_not_answer(server: Server, pool: Pool) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        await anna.has_it_saved()
        async with pool.acquire() as conn, conn.transaction():
            # Whoever saves has to wait for this lock.
            await conn.execute("SELECT FROM documents FOR UPDATE")
            await anna.writes("not yet on disk")
            await ben.sees(lambda s: s["paragraphs"] == ["not yet on disk"])
            assert (await anna.state())["unsynced"] == 1
            assert await conn.fetchval("SELECT count(*) FROM document_updates") == 0
        await anna.has_it_saved()
        async with pool.acquire() as conn:
            assert await conn.fetchval("SELECT count(*) FROM document_updates") == 1


async def test_a_reader_reads_and_what_they_write_is_refused(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**LEGAL)) as lea:
        await asyncio.gather(anna.comes_in(), lea.comes_in())
        await anna.writes("for all to read")
        assert (await lea.sees(lambda s: s["paragraphs"] == ["for all to read"]))["scope"] == "readonly"
        await lea.has_it_saved()
        await lea.writes("slipped in")
        assert (await lea.state())["unsynced"] == 1
        await anna.writes("the end")
        await anna.has_it_saved()
        kept = await server.documents.canonical(CASE, "settlement.1")
        assert [node["content"][0]["text"] for node in kept["content"]] == ["for all to read", "the end"]
        assert (await lea.state())["unsynced"] == 1


async def test_a_reader_cannot_bring_text_along_when_connecting(server: Server) -> None:
    async with Person(server.url(**LEGAL)) as lea:
        await lea.do("open", name=lea.name)
        await lea.writes("prepared at home")
        await lea.do("connect")
        await lea.hears("synced")
        assert (await server.documents.canonical(CASE, "settlement.1")) == {"type": "doc"}
        assert (await lea.state())["unsynced"] > 0


@pytest.mark.parametrize("name", ["settlement.2", "elsewhere.1", "settlement.1 ", "settlement", "../settlement.1"])
async def test_a_document_that_is_not_there_is_denied(server: Server, name: str) -> None:
    async with Person(server.url(**ANNA), name) as anna:
        await anna.do("open", name=name)
        await anna.do("connect")
        assert (await anna.hears("denied"))["reason"] == "permission-denied"


async def test_a_document_that_is_not_theirs_looks_like_one_that_is_not_there(server: Server) -> None:
    async with Person(server.url(**COUNSEL)) as carl:
        await carl.do("open", name=carl.name)
        await carl.do("connect")
        assert (await carl.hears("denied"))["reason"] == "permission-denied"


async def test_cursors_carry_the_name_the_server_knows(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        place = {"anchor": {"type": None, "tname": "prosemirror"}, "head": {"type": None, "tname": "prosemirror"}}
        await ben.do("point", name=ben.name, state={"user": {"name": "Anna"}, "cursor": place, "mood": "sly"})
        seen = await anna.hears("cursors", lambda e: any(c.get("cursor") for c in e["cursors"]))
        (cursor,) = seen["cursors"]
        assert cursor["user"]["name"] == "Ben"
        assert cursor["user"]["participant"] == BEN["participant"]
        assert cursor["user"]["party"] == "business"
        assert cursor["cursor"] == place
        assert "mood" not in cursor


async def test_a_cursor_goes_when_its_owner_goes_and_is_there_again_when_they_return(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        await ben.do("point", name=ben.name, state={"cursor": {"anchor": 1, "head": 2}})
        await anna.sees(lambda s: any(c.get("cursor") for c in s["cursors"]))
        await ben.do("disconnect")
        await ben.hears("closed")
        await anna.sees(lambda s: s["cursors"] == [])
        await ben.do("connect")
        await anna.sees(lambda s: any(c.get("cursor") for c in s["cursors"]))


async def test_when_access_ends_the_document_is_taken_away_and_the_rest_goes_on(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna, Person(server.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        rights: dict[str, str | None] = {ANNA["participant"]: "readonly", BEN["participant"]: None}

        async def changed(seat: object, _name: str) -> object:
            return rights[seat.participant_id]  # type: ignore[attr-defined]

        server.documents._access = changed  # type: ignore[assignment]
        server.app.state.bus.publish({"case": CASE, "heads": {"papers": 9}})
        await ben.hears("denied")
        await anna.hears("authenticated", lambda e: e["scope"] == "readonly")
        await ben.writes("too late")
        await anna.writes("too late as well")
        await anna.state()
        assert (await anna.state())["unsynced"] == 1
        assert await server.documents.canonical(CASE, "settlement.1") == {"type": "doc"}


async def test_a_step_of_the_case_elsewhere_is_enough_to_ask_again(server: Server, database: str) -> None:
    elsewhere = Bus(database)
    await elsewhere.start()
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()

        async def ended(_seat: object, _name: str) -> Literal["readonly"]:
            return "readonly"

        server.documents._access = ended
        elsewhere.publish({"case": CASE, "heads": {"papers": 9}})
        await anna.hears("authenticated", lambda e: e["scope"] == "readonly")
    await elsewhere.stop()


async def test_a_frozen_document_takes_nothing_more_and_says_so(server: Server, pool: Pool) -> None:
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        await anna.writes("agreed")
        await anna.has_it_saved()
        async with pool.acquire() as conn:
            await log.freeze(conn, CASE, "settlement.1", clock.now())
        await anna.writes("one more thing")
        await anna.hears("closed", lambda e: e["code"] == 4205)
        await anna.hears("authenticated", lambda e: e["scope"] == "readonly")
        kept = await server.documents.canonical(CASE, "settlement.1")
        assert [node["content"][0]["text"] for node in kept["content"]] == ["agreed"]


async def test_an_edit_in_one_process_is_seen_through_the_other(server: Server, database: str) -> None:
    async with Server(database) as other, Person(server.url(**ANNA)) as anna, Person(other.url(**BEN)) as ben:
        await asyncio.gather(anna.comes_in(), ben.comes_in())
        for n in range(30):
            await asyncio.gather(anna.writes(f"anna-{n}"), ben.writes(f"ben-{n}"))
        everything = {f"{who}-{n}" for who in ("anna", "ben") for n in range(30)}
        theirs = [await person.sees(lambda s: set(s["paragraphs"]) == everything) for person in (anna, ben)]
        assert theirs[0]["paragraphs"] == theirs[1]["paragraphs"]
        await ben.do("point", name=ben.name, state={"cursor": {"anchor": 1, "head": 2}})
        seen = await anna.sees(lambda s: any(c.get("cursor") for c in s["cursors"]))
        assert [c["user"]["name"] for c in seen["cursors"] if c.get("cursor")] == ["Ben"]


async def test_the_log_of_a_document_cannot_be_changed(server: Server, pool: Pool, database: str) -> None:
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        await anna.writes("kept")
        await anna.has_it_saved()
    for statement in (
        "UPDATE document_updates SET update = ''",
        "DELETE FROM document_updates",
        "UPDATE documents SET head = head - 1",
        "DELETE FROM documents",
    ):
        owner = await asyncpg.connect(database)
        try:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await owner.execute(statement)
        finally:
            await owner.close()
