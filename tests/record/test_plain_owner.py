"""The record on a server where the portal's database user is no superuser, as hosted databases are."""

from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from mediation import db, embedded, migrate
from mediation.record import log
from mediation.record.doctor import doctor
from sample_record import CLIENT, START, key


async def a_database_owned_by(dsn: str, owner: str) -> str:
    """A new database of a user who may create roles and nothing more; its address as that user."""
    admin = await asyncpg.connect(dsn)
    try:
        await admin.execute(f"CREATE ROLE {owner} LOGIN NOSUPERUSER CREATEROLE")
        await admin.execute(f"CREATE DATABASE {owner} OWNER {owner}")
    finally:
        await admin.close()
    return dsn.replace(f"{embedded.SUPERUSER}@/{embedded.DATABASE}?", f"{owner}@/{owner}?")


async def test_the_record_works_for_an_owner_who_is_no_superuser(data_dir: Path) -> None:
    """On a cluster of its own, so that this owner is the one who creates the roles."""
    dsn = await a_database_owned_by(embedded.start(data_dir), "plain")
    migrate.upgrade(dsn)
    pool = await db.open_pool(dsn, size=2)
    try:
        async with pool.acquire() as conn:
            assert await conn.fetchval("SELECT current_user") == "mediation_app"
            keyring, case_id = key("k"), uuid4().hex
            await keyring.register(conn)
            async with conn.transaction():
                heads = await log.open_case(conn, case_id, START)
                drafts = [log.Draft(room, CLIENT, "MessagePosted", {"text": "hi"}) for room in ("papers", "talks")]
                await log.append(conn, case_id, heads, START, drafts, keyring)
            assert await log.erase(conn, case_id, "talks", 1)
            assert await log.read(conn, case_id, "talks") == [log.Erased("talks", 1)]
            assert await doctor(conn, case_id) == []
            async with conn.transaction():
                heads = await log.lock(conn, case_id)
                paper = log.Draft("papers", "system", "TalkErased", {"what": "table"})
                await log.append(conn, case_id, heads, START, [paper], keyring)
                assert await log.erase_room(conn, case_id, "joint", START)
            assert await doctor(conn, case_id) == []
            for change in ("UPDATE entries SET entry = NULL, salt = NULL", "SET ROLE mediation_eraser"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await conn.execute(change)
        await the_owner_can_back_everything_up(dsn)
    finally:
        await pool.close()


async def the_owner_can_back_everything_up(dsn: str) -> None:
    """Row-level security binds an owner too: a dump must hold every row, or fail, and never leave some out."""
    owner = await asyncpg.connect(dsn)
    try:
        assert await owner.fetchval("SELECT count(*) FROM entries") == 3
        # What pg_dump begins with, unless it is told --enable-row-security.
        await owner.execute("SET row_security = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await owner.fetchval("SELECT count(*) FROM entries")
    finally:
        await owner.close()


async def test_roles_that_another_owner_made_are_asked_for_in_a_sentence(postgres: str) -> None:
    """And once an administrator has granted them, the migration goes through."""
    owner = f"second_{uuid4().hex[:8]}"
    dsn = await a_database_owned_by(postgres, owner)
    admin = await asyncpg.connect(postgres)
    try:
        version = int(await admin.fetchval("SHOW server_version_num"))
        if version >= 160000:
            with pytest.raises(asyncpg.RaiseError, match="may not use it") as refused:
                migrate.upgrade(dsn)
            assert f"GRANT mediation_app TO {owner}" in (refused.value.hint or "")
        await admin.execute(f"GRANT mediation_app, mediation_eraser, mediation_reader TO {owner} WITH ADMIN OPTION")
        assert migrate.upgrade(dsn) == migrate.newest()
    finally:
        await admin.execute(f"DROP DATABASE {owner} WITH (FORCE)")
        await admin.execute(f"DROP ROLE {owner}")
        await admin.close()
