"""What is on disk: compact states that lose nothing, an orderly stop, and a database that goes away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from documents_app import CASE
from documents_server import Server, open_case
from mediation import clock
from mediation.db import Pool
from mediation.drafting import committed, log
from mediation.drafting.canonical import canonical
from provider_process import Person

NAME = "settlement.1"
ANNA = {"participant": "a" * 32, "name": "Anna"}


@pytest.fixture
async def server(database: str) -> AsyncIterator[Server]:
    await open_case(database)
    async with Server(database) as server:
        yield server


async def typed(pool: Pool, words: int) -> dict[str, Any]:
    """A document into whose log `words` edits were written; returns its text."""
    doc: Doc[Any] = Doc()
    updates: list[bytes] = []
    observation = doc.observe(lambda event: updates.append(event.update))
    doc["prosemirror"] = XmlFragment()
    doc["prosemirror"].children.append(XmlElement("paragraph")).children.append(XmlText("begun"))
    text = doc["prosemirror"].children[0].children[0]
    for n in range(words - 1):
        text.insert(n % 7, f"{n} ")
        if n % 3 == 0:
            del text[2:4]
    doc.unobserve(observation)
    async with pool.acquire() as conn:
        for at in range(0, len(updates), 500):
            batch = [log.Written(update, "a" * 32) for update in updates[at : at + 500]]
            await log.append(conn, CASE, NAME, batch, clock.now())
    return canonical(doc)


async def test_a_long_log_gets_a_compact_state_that_reads_the_same(pool: Pool, server: Server, database: str) -> None:
    text = await typed(pool, 1_500)
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        assert len((await anna.state())["paragraphs"]) == 1
    async with pool.acquire() as conn:
        snapshot = await log.read_snapshot(conn, CASE, NAME)
        row = await log.find(conn, CASE, NAME)
        assert snapshot is not None
        assert row is not None
        assert snapshot.seq == row.head
        loaded = await committed.load(conn, CASE, NAME)
        assert loaded is not None
        assert loaded.since_snapshot == 0
        assert canonical(loaded.doc) == text
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        await anna.writes("added afterwards")
        await anna.has_it_saved()
    after = await server.documents.canonical(CASE, NAME)
    assert after["content"][:-1] == text["content"]


async def test_deleted_words_are_not_sent_to_a_newcomer(server: Server) -> None:
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        await anna.do("type", name=NAME, word="an offer nobody was meant to see")
        await anna.has_it_saved()
        room = server.documents._rooms[CASE, NAME]
        assert b"nobody was meant" in room._replica.missing(b"\0")
        await anna.do("erase", name=NAME)
        await anna.has_it_saved()
        assert b"nobody was meant" not in room._replica.missing(b"\0")


async def test_an_orderly_stop_saves_and_sends_everybody_back_later(database: str) -> None:
    await open_case(database)
    async with Server(database) as server, Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        for n in range(200):
            await anna.writes(f"word-{n}")
        await anna.hears("acknowledged")
        await server.documents.stop()
        assert (await anna.hears("closed"))["code"] in {1012, 1006}
        promised = max(event["to"] for event in anna.events if event["event"] == "acknowledged")
        kept = await server.documents.canonical(CASE, NAME)
        # The first acknowledgement may be of nothing yet: then nothing was promised.
        assert len(kept.get("content", ())) >= promised


async def test_when_the_database_drops_the_connection_nothing_is_lost(server: Server, database: str) -> None:
    async with Person(server.url(**ANNA)) as anna:
        await anna.comes_in()
        owner = await asyncpg.connect(database)
        for n in range(5):
            await anna.writes(f"before-{n}")
            await owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await anna.writes(f"after-{n}")
        await owner.close()
        everything = {f"{when}-{n}" for n in range(5) for when in ("before", "after")}
        await anna.sees(lambda state: state["unsynced"] == 0 and set(state["paragraphs"]) == everything)
        async with asyncio.timeout(20):
            while True:
                kept = await server.documents.canonical(CASE, NAME)
                if {node["content"][0]["text"] for node in kept["content"]} == everything:
                    break
                await asyncio.sleep(0.05)


async def test_a_gap_in_the_log_is_noticed_and_nothing_after_it_is_applied(pool: Pool, database: str) -> None:
    await open_case(database)
    await typed(pool, 10)
    owner = await asyncpg.connect(database)
    await owner.execute("ALTER TABLE document_updates DISABLE TRIGGER ALL")
    await owner.execute("DELETE FROM document_updates WHERE seq = 5")
    await owner.close()
    async with pool.acquire() as conn:
        with pytest.raises(log.BrokenSequence):
            await committed.load(conn, CASE, NAME)
