"""The pool, the migrations and the embedded server, on a real PostgreSQL."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import psutil
import pytest

from mediation import db, embedded, migrate


async def test_the_running_portal_works_as_the_lesser_role(pool: db.Pool) -> None:
    assert await pool.fetchval("SELECT current_user") == "mediation_app"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute("CREATE TABLE public.extra (n int)")


async def test_resetting_the_role_gives_nobody_the_owners_power(pool: db.Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("RESET ROLE; RESET ALL")
        assert await connection.fetchval("SELECT current_user") == "mediation_app"
        assert await connection.fetchval("SHOW statement_timeout") == "15s"


async def test_a_transaction_left_open_is_rolled_back_before_the_next_use(database: str) -> None:
    pool = await db.open_pool(database, size=1)
    async with pool.acquire() as connection:
        await connection.execute("BEGIN; CREATE TEMPORARY TABLE left_behind (n int)")
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT to_regclass('left_behind')") is None
        assert not connection.is_in_transaction()
    await pool.close()


def test_migrating_twice_changes_nothing_the_second_time(empty_database: str) -> None:
    assert migrate.revision(empty_database) is None
    assert migrate.upgrade(empty_database) == migrate.newest()
    assert migrate.upgrade(empty_database) == migrate.newest() == migrate.revision(empty_database)


def test_two_processes_that_start_at_once_migrate_once(empty_database: str) -> None:
    with ThreadPoolExecutor(max_workers=4) as processes:
        reached = list(processes.map(migrate.upgrade, [empty_database] * 4))
    assert reached == [migrate.newest()] * 4


async def test_a_database_from_a_newer_portal_is_refused(database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("UPDATE alembic_version SET version_num = '9999'")
    await owner.close()
    with pytest.raises(migrate.DatabaseUnfit, match="a newer one migrated it"):
        migrate.upgrade(database)


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(migrate.migrations_dir(), tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "9000_broken.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9000', {migrate.newest()!r}\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (n int); SELECT 1/0')\n"
    )
    monkeypatch.setattr(migrate, "migrations_dir", lambda: tmp_path / "migrations")
    with pytest.raises(asyncpg.DivisionByZeroError):
        migrate.upgrade(empty_database)
    assert migrate.revision(empty_database) is None


def test_the_embedded_server_starts_stops_and_starts_again(data_dir: Path) -> None:
    embedded.start(data_dir)
    first = embedded.running_pid(data_dir)
    assert first is not None
    server = psutil.Process(first)
    assert embedded.stop(data_dir) is True
    server.wait(10)
    assert embedded.running_pid(data_dir) is None
    embedded.start(data_dir)
    assert embedded.running_pid(data_dir) not in {None, first}


_USER = "import sys, pathlib; from mediation import embedded; embedded.start(pathlib.Path(sys.argv[1])); print('up', flush=True); sys.stdin.read(); print(embedded.stop(pathlib.Path(sys.argv[1])))"  # noqa: E501


def _another_user(data_dir: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", _USER, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def test_the_last_user_of_the_embedded_server_stops_it(data_dir: Path) -> None:
    embedded.start(data_dir)
    server = embedded.running_pid(data_dir)
    with _another_user(data_dir) as other:
        assert embedded.stop(data_dir) is False
        assert embedded.running_pid(data_dir) == server
        said, _ = other.communicate()
    assert said == "True\n"
    assert embedded.running_pid(data_dir) is None


def test_a_killed_user_keeps_nobody_from_stopping_the_embedded_server(data_dir: Path) -> None:
    with _another_user(data_dir) as other:
        server = embedded.running_pid(data_dir)
        other.kill()
        other.communicate()
    assert embedded.running_pid(data_dir) == server
    embedded.start(data_dir)
    assert embedded.running_pid(data_dir) == server
    assert embedded.stop(data_dir) is True


async def test_the_embedded_server_comes_back_after_it_was_killed_itself(data_dir: Path) -> None:
    dsn = embedded.start(data_dir)
    owner = await asyncpg.connect(dsn)
    await owner.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
    killed = embedded.running_pid(data_dir)
    assert killed is not None
    server = psutil.Process(killed)
    server.kill()
    server.wait(10)
    owner.terminate()
    owner = await asyncpg.connect(embedded.start(data_dir))
    assert await owner.fetchval("SELECT n FROM kept") == 7
    await owner.close()


def test_a_start_that_was_cut_short_is_begun_afresh(data_dir: Path) -> None:
    (data_dir / "postgresql").mkdir(mode=0o700)
    (data_dir / "postgresql" / "half").touch()
    embedded.start(data_dir)
    assert embedded.running_pid(data_dir) is not None


def test_a_path_too_long_for_a_socket_still_works(data_dir: Path) -> None:
    deep = data_dir / ("long" * 20) / ("name" * 20)
    deep.parent.mkdir(mode=0o711)
    dsn = embedded.start(deep)
    try:
        assert migrate.server_version(dsn).startswith("18")
    finally:
        embedded.stop(deep)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_root_keeps_a_private_home_closed(data_dir: Path) -> None:
    home = data_dir / "home"
    home.mkdir(mode=0o700)
    embedded.start(home / "portal")
    try:
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        embedded.stop(home / "portal")
        shutil.rmtree((home / "portal" / "postgresql").resolve().parent)
