"""The log on a real PostgreSQL: order, one writer at a time, nothing undone, erasure that leaves the chain whole."""

import asyncio
import itertools
import json
from hashlib import sha256
from uuid import UUID, uuid4

import asyncpg
import pytest

from mediation.case import chain
from mediation.db import Connection, Pool
from mediation.record import log
from mediation.record.doctor import doctor
from mediation.record.keys import Keyring
from sample_record import CLIENT, START, key


@pytest.fixture
async def keyring(pool: Pool) -> Keyring:
    keyring = key("the portal's key")
    async with pool.acquire() as conn:
        await keyring.register(conn)
    return keyring


def message(room: str, text: str = "Hello") -> log.Draft:
    return log.Draft(room, CLIENT, "MessagePosted", {"text": text})


PAPER = log.Draft("papers", "system", "CaseOpened", {"title": "A website that came late"})


async def write(conn: Connection, keyring: Keyring, case_id: str, *drafts: log.Draft) -> list[log.Entry]:
    async with conn.transaction():
        return await log.append(conn, case_id, await log.lock(conn, case_id), START, drafts, keyring)


async def opened(pool: Pool, keyring: Keyring, *drafts: log.Draft) -> str:
    case_id = uuid4().hex
    async with pool.acquire() as conn, conn.transaction():
        heads = await log.open_case(conn, case_id, START)
        await log.append(conn, case_id, heads, START, [PAPER, *drafts], keyring)
    return case_id


async def test_what_is_written_is_read_back_in_order_room_by_room(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring, message("joint", "one"))
    async with pool.acquire() as conn:
        await write(
            conn, keyring, case_id, message("caucus-client"), message("joint", "two"), message("joint", "three")
        )
        joint = await log.read(conn, case_id, "joint")
        assert [(e.seq, e.body["text"]) for e in joint if isinstance(e, log.Entry)] == [
            (1, "one"),
            (2, "two"),
            (3, "three"),
        ]
        assert [e.seq for e in await log.read(conn, case_id, "joint", after=1, limit=1)] == [2]
        assert (await log.lengths(conn, case_id))["caucus-client"] == 1
        wanted = {"papers": log.Stretch(1, 1), "joint": log.Stretch(2, 3), "team-client": log.Stretch(1, 0)}
        found = await log.read_rooms(conn, case_id, wanted)
        assert {room: [e.seq for e in entries] for room, entries in found.items()} == {
            "papers": [1],
            "joint": [2, 3],
            "team-client": [],
        }
        with pytest.raises(log.NotShown):
            await log.read_rooms(conn, case_id, {"joint": log.Stretch(3, 4)})
        assert await doctor(conn, case_id) == []


async def test_a_checkpoint_is_sealed_with_every_paper_and_with_nothing_else(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn:
        await write(conn, keyring, case_id, message("joint"))
        assert await conn.fetchval("SELECT count(*) FROM checkpoints") == 1
        await write(conn, keyring, case_id, message("talks"), PAPER, PAPER)
        bodies = [row["body"] for row in await conn.fetch("SELECT body FROM checkpoints ORDER BY n")]
        assert len(bodies) == 2
        assert json.loads(bodies[1])["prev"] == sha256(bodies[0]).hexdigest()
        openings = await conn.fetch("SELECT room, length FROM openings WHERE n = 2")
        assert {row["room"]: row["length"] for row in openings if row["length"]} == {
            "papers": 3,
            "talks": 1,
            "joint": 1,
        }
        assert await doctor(conn, case_id) == []


async def test_two_appends_in_one_transaction_follow_each_other(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn, conn.transaction():
        heads = await log.lock(conn, case_id)
        await log.append(conn, case_id, heads, START, [message("joint")], keyring)
        await log.append(conn, case_id, heads, START, [message("joint"), PAPER], keyring)
        assert heads.lengths()["joint"] == 2
        assert heads.checkpoint == 2
    async with pool.acquire() as conn:
        assert await doctor(conn, case_id) == []


async def test_writers_at_the_same_time_take_turns_and_lose_nothing(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)

    async def one(number: int) -> None:
        async with pool.acquire() as conn:
            await write(conn, keyring, case_id, message(["joint", "talks"][number % 2], str(number)), PAPER)

    await asyncio.gather(*(one(number) for number in range(30)))
    async with pool.acquire() as conn:
        said = [await log.read(conn, case_id, room) for room in ("joint", "talks")]
        assert sorted(int(e.body["text"]) for e in itertools.chain(*said) if isinstance(e, log.Entry)) == list(
            range(30)
        )
        assert [e.seq for e in said[0]] == list(range(1, 16))
        assert await conn.fetchval("SELECT max(n) FROM checkpoints") == 31
        assert await doctor(conn, case_id) == []


async def test_heads_read_without_the_lock_cannot_overwrite_what_came_between(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn:
        async with conn.transaction():
            stale = await log.lock(conn, case_id)
        await write(conn, keyring, case_id, message("joint", "first"))
        # Whichever PostgreSQL finds first: the number is taken, or the room would not grow.
        with pytest.raises((asyncpg.UniqueViolationError, asyncpg.InsufficientPrivilegeError)):
            async with conn.transaction():
                await log.append(conn, case_id, stale, START, [message("joint", "second")], keyring)
        assert await doctor(conn, case_id) == []


async def test_a_transaction_that_fails_leaves_no_trace(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn:
        with pytest.raises(chain.NotRecordable):
            await write(conn, keyring, case_id, PAPER, log.Draft("joint", CLIENT, "MessagePosted", {"share": 0.5}))
        assert (await log.lengths(conn, case_id))["papers"] == 1
        assert await conn.fetchval("SELECT count(*) FROM checkpoints") == 1


async def test_private_rooms_get_the_nine_slots_that_are_left(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring, *(message(f"private-{number}") for number in range(9)))
    async with pool.acquire() as conn:
        slots = await conn.fetch("SELECT slot FROM rooms WHERE room LIKE 'private-%' ORDER BY slot")
        assert [row["slot"] for row in slots] == list(range(7, 16))
        with pytest.raises(log.NoRoomLeft):
            await write(conn, keyring, case_id, message("private-one-too-many"))
        await write(conn, keyring, case_id, PAPER)
        assert await doctor(conn, case_id) == []


async def test_an_unknown_case_and_a_second_opening_are_refused(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn:
        with pytest.raises(log.CaseUnknown):
            await log.lock(conn, uuid4().hex)
        with pytest.raises(log.CaseAlreadyOpen):
            async with conn.transaction():
                await log.open_case(conn, case_id, START)


async def test_erasing_removes_the_words_and_the_salt_and_the_chain_still_verifies(
    pool: Pool, keyring: Keyring
) -> None:
    case_id = await opened(pool, keyring, message("talks", "Something said in anger"), message("talks", "Sorry"))
    async with pool.acquire() as conn:
        assert await log.erase(conn, case_id, "talks", 1)
        assert await log.erase(conn, case_id, "talks", 1)  # twice is no error
        assert not await log.erase(conn, case_id, "talks", 9)
        first, second = await log.read(conn, case_id, "talks")
        assert first == log.Erased("talks", 1)
        assert isinstance(second, log.Entry)
        row = await conn.fetchrow("SELECT * FROM entries WHERE room = 'talks' AND seq = 1")
        assert row is not None
        assert (row["entry"], row["salt"]) == (None, None)
        assert b"anger" not in b"".join(value for value in row.values() if isinstance(value, bytes))
        await write(conn, keyring, case_id, message("talks"), PAPER)
        assert await doctor(conn, case_id) == []


async def test_papers_are_never_erased(pool: Pool, keyring: Keyring) -> None:
    case_id = await opened(pool, keyring)
    async with pool.acquire() as conn:
        with pytest.raises(log.PapersStay):
            await log.erase(conn, case_id, "papers", 1)
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="Papers stay"):
            await conn.execute("SELECT erase_entry($1, 'papers', 1)", UUID(case_id))


CHANGES = [
    "UPDATE entries SET entry = NULL, salt = NULL",
    "UPDATE entries SET entry = '{}'",
    "UPDATE entries SET commitment = salt WHERE salt IS NOT NULL",
    "UPDATE entries SET seq = seq + 100",
    "DELETE FROM entries",
    "TRUNCATE entries CASCADE",
    "TRUNCATE cases CASCADE",
    "UPDATE checkpoints SET sig = sig",
    "DELETE FROM checkpoints",
    "TRUNCATE checkpoints CASCADE",
    "UPDATE openings SET length = 0",
    "DELETE FROM openings",
    "TRUNCATE openings",
    "UPDATE signing_keys SET valid_from = valid_from",
    "DELETE FROM signing_keys",
    "TRUNCATE signing_keys CASCADE",
    "UPDATE rooms SET length = length - 1 WHERE length > 0",
    "UPDATE rooms SET slot = 15 WHERE room = 'talks'",
    "UPDATE rooms SET head = head",
    "DELETE FROM rooms",
    "DELETE FROM cases",
]


@pytest.mark.parametrize("who", ["mediation_app", "owner", "mediation_eraser"])
async def test_nobody_changes_or_removes_what_is_in_the_record(
    pool: Pool, keyring: Keyring, database: str, who: str
) -> None:
    """Not the portal, not even a superuser by accident; the eraser's role alone cannot do more than its function."""
    case_id = await opened(pool, keyring, message("joint"))
    owner = await asyncpg.connect(database)
    try:
        if who != "owner":
            await owner.execute(f"SET ROLE {who}")
        for change in CHANGES:
            if (who, change) == ("mediation_eraser", CHANGES[0]):
                continue  # the one thing it is for
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await owner.execute(change)
    finally:
        await owner.close()
    async with pool.acquire() as conn:
        assert await doctor(conn, case_id) == []


async def test_the_portal_cannot_turn_the_triggers_off(pool: Pool) -> None:
    async with pool.acquire() as conn:
        for attempt in (
            "ALTER TABLE entries DISABLE TRIGGER ALL",
            "DROP TRIGGER entries_keep ON entries",
            "SET session_replication_role = replica",
            "CREATE FUNCTION public.entries_hook() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "ALTER FUNCTION erase_entry(uuid, text, bigint) OWNER TO mediation_app",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(attempt)
