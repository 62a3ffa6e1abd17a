"""What PostgreSQL shows of its rows, and to whom, whatever is asked of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import pytest

from mediation import clock, db
from mediation.case import commands as c
from office import Docket
from walls.portal import HIDDEN, say_in_confidence

TABLES = {
    "cases": "case_id, checkpoint_n",
    "checkpoints": "case_id, n, body",
    "documents": "case_id, name",
    "entries": "case_id, room, seq, entry",
    "memberships": "case_id, room, participant_id, from_seq, until_seq",
    "notes": "case_id, participant_id, text",
    "openings": "case_id, n, room, length",
    "rooms": "case_id, room, length",
}
"""Every table that is read on behalf of a person, and what is asked of it: all of it."""
OWN = {"papers", "talks", "joint", "caucus-client", "team-client"}


@dataclass
class Wall:
    """A case, and connections that read it as one person or another."""

    docket: Docket
    readers: db.Pool

    @asynccontextmanager
    async def reading(self, nickname: str, case_id: str | None = None) -> AsyncIterator[db.Connection]:
        participant = self.docket.seats[nickname].participant_id
        async with db.reading_as(self.readers, case_id or self.docket.case_id, participant) as conn:
            yield conn

    async def shown(self, nickname: str, case_id: str | None = None) -> dict[str, list[asyncpg.Record]]:
        """Every row of every table that PostgreSQL shows to somebody."""
        async with self.reading(nickname, case_id) as conn:
            return {table: await conn.fetch(f"SELECT {columns} FROM {table}") for table, columns in TABLES.items()}


@pytest.fixture
async def wall(docket: Docket, readers: db.Pool) -> Wall:
    await say_in_confidence(docket)
    await docket.do("mediator", c.SetStage, stage="drafting")
    seat = docket.seats["mediator"]
    async with docket.casework.pool.acquire() as conn:
        await conn.execute(
            "INSERT INTO notes VALUES ($1, $2, $3, $4)",
            UUID(seat.case_id),
            UUID(seat.participant_id),
            f"They would pay half, {HIDDEN}.",
            clock.now(),
        )
    return Wall(docket, readers)


def rooms_in(rows: list[asyncpg.Record]) -> set[str]:
    return {row["room"] for row in rows}


async def test_a_person_is_shown_the_rows_of_their_own_rooms(wall: Wall) -> None:
    shown = await wall.shown("client")
    assert rooms_in(shown["rooms"]) == rooms_in(shown["memberships"]) == OWN
    assert rooms_in(shown["entries"]) == OWN - {"talks"}, "nothing was said in the talks"
    lengths = await wall.docket.lengths()
    assert {room: lengths[room] for room in OWN} == {row["room"]: row["length"] for row in shown["rooms"]}
    assert {row["participant_id"].hex for row in shown["memberships"]} == {wall.docket.seats["client"].participant_id}
    assert not shown["notes"]
    assert [row["name"] for row in shown["documents"]] == ["settlement.1"]
    assert HIDDEN not in str(shown)
    assert HIDDEN in str(await wall.shown("mediator"))


async def test_openings_are_of_papers_and_talks_alone(wall: Wall) -> None:
    """An opening tells how long a room was at every checkpoint; of a caucus even its own people need none."""
    for nickname in ("client", "mediator"):
        assert rooms_in((await wall.shown(nickname))["openings"]) == {"papers", "talks"}


async def test_notes_are_shown_to_whoever_made_them(wall: Wall) -> None:
    assert [row["text"] for row in (await wall.shown("mediator"))["notes"]] == [f"They would pay half, {HIDDEN}."]
    await wall.docket.do("client", c.RefuseMediator)
    assert not (await wall.shown("mediator"))["notes"]


async def test_a_joiner_is_shown_private_rooms_from_their_first_entry_on(wall: Wall) -> None:
    for _ in range(3):
        await wall.docket.say("client", "team-client", "Before you came.")
    await wall.docket.join("counsel", "counsel", "client")
    shown = await wall.shown("counsel")
    first = {row["room"]: row["from_seq"] for row in shown["memberships"]}
    assert first["team-client"] == 5
    assert min(row["seq"] for row in shown["entries"] if row["room"] == "team-client") == 5
    assert min(row["seq"] for row in shown["entries"] if row["room"] == "papers") == 1
    assert "joint" not in rooms_in(shown["rooms"]), "they have not agreed to mediate yet"
    assert not shown["documents"]


async def test_who_has_left_or_was_removed_is_shown_nothing(wall: Wall) -> None:
    await wall.docket.join("counsel", "counsel", "client")
    await wall.docket.join("companion", "companion", "client")
    await wall.docket.do("counsel", c.Leave)
    removed = wall.docket.seats["companion"].participant_id
    await wall.docket.do("client", c.RemoveParticipant, participant=removed)
    for nickname in ("counsel", "companion"):
        assert await wall.shown(nickname) == {table: [] for table in TABLES}


async def test_a_seat_on_one_case_opens_no_other(wall: Wall) -> None:
    other = await Docket(wall.docket.casework).open()
    assert await wall.shown("handler", other.case_id) == {table: [] for table in TABLES}
    assert await wall.shown("handler", uuid4().hex) == {table: [] for table in TABLES}


async def test_a_connection_that_reads_for_nobody_is_shown_nothing(wall: Wall) -> None:
    """Before it has ever read for somebody, and after."""
    async with wall.readers.acquire() as conn:
        for _ in range(2):
            for table, columns in TABLES.items():
                assert await conn.fetch(f"SELECT {columns} FROM {table}") == []
            async with conn.transaction():
                seat = wall.docket.seats["client"]
                await conn.execute(
                    "SELECT set_config('mediation.case', $1, true), set_config('mediation.participant', $2, true)",
                    seat.case_id,
                    seat.participant_id,
                )
                assert await conn.fetch("SELECT room FROM rooms")


async def test_whoever_was_cut_off_while_reading_leaves_nothing_to_the_next(wall: Wall, database: str) -> None:
    only_one = await db.open_pool(database, size=1, role=db.READER)
    mediator, began = wall.docket.seats["mediator"].participant_id, asyncio.Event()

    async def read_for_long() -> None:
        async with db.reading_as(only_one, wall.docket.case_id, mediator) as conn:
            assert await conn.fetch("SELECT room FROM rooms WHERE room = 'caucus-business'")
            began.set()
            await conn.fetch("SELECT pg_sleep(60)")

    reading = asyncio.create_task(read_for_long())
    try:
        await began.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        async with only_one.acquire(timeout=10) as conn:
            assert not conn.is_in_transaction()
            assert await conn.fetch("SELECT room FROM rooms") == []
    finally:
        only_one.terminate()


async def test_what_is_read_belongs_to_one_moment(wall: Wall) -> None:
    await wall.docket.join("counsel", "counsel", "client")
    async with wall.reading("counsel") as conn:
        before = await conn.fetch("SELECT room, length FROM rooms")
        await wall.docket.say("client", "team-client", "Meanwhile.")
        await wall.docket.do("counsel", c.Leave)
        assert await conn.fetch("SELECT room, length FROM rooms") == before
    async with wall.reading("counsel") as conn:
        assert await conn.fetch("SELECT room, length FROM rooms") == []


HIDDEN_COLUMNS = [
    "SELECT place FROM entries",
    "SELECT head FROM entries",
    "SELECT slot FROM rooms",
    "SELECT head FROM rooms",
    "SELECT name FROM seats",
    "SELECT fingerprint FROM commands",
    "SELECT update FROM document_updates",
    "SELECT state FROM document_snapshots",
    "SELECT head FROM documents",
    "SELECT email FROM accounts",
    "SELECT role FROM invitations",
    "SELECT participant_id FROM presence",
]


async def test_what_nobody_is_read_to_cannot_be_asked_for(wall: Wall) -> None:
    for question in HIDDEN_COLUMNS:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with wall.reading("mediator") as conn:
                await conn.fetch(question)


CHANGES = [
    "INSERT INTO notes (case_id, participant_id, text) SELECT case_id, participant_id, '' FROM notes",
    "UPDATE notes SET text = ''",
    "DELETE FROM notes",
    "UPDATE memberships SET until_seq = NULL",
    "INSERT INTO memberships (case_id, room, participant_id) SELECT case_id, 'joint', participant_id FROM notes",
    "UPDATE entries SET entry = NULL, salt = NULL",
    "DELETE FROM entries",
    "TRUNCATE entries CASCADE",
    "SELECT case_id FROM cases FOR UPDATE",
    "SELECT * FROM lock_case(gen_random_uuid())",
    "SELECT erase_entry(gen_random_uuid(), 'joint', 1)",
    "SELECT erase_room(gen_random_uuid(), 'joint', now())",
    "CREATE TABLE public.extra (n int)",
    "ALTER TABLE entries DISABLE ROW LEVEL SECURITY",
    "DROP POLICY entries_reader ON entries",
    "CREATE POLICY wide ON entries USING (true)",
]


async def test_the_reader_cannot_change_anything(wall: Wall) -> None:
    """Neither where it reads, which is read-only, nor in a transaction of its own."""
    for change in CHANGES:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
            async with wall.reading("mediator") as conn:
                await conn.execute(change)
        async with wall.readers.acquire() as conn:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(change)
