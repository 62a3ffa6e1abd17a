"""Brings a database up to date. Migrations are hand-written SQL that only ever goes forward."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from mediation.settings import CannotRun

if TYPE_CHECKING:
    from asyncpg import Record

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent
_OLDEST_POSTGRES = 15
# Any number will do, as long as every process that migrates asks for the same one.
_LOCK = 0x6D656469


class DatabaseUnfit(CannotRun):
    """The database cannot be used as it is; `str()` says why and what to do."""


def migrations_dir() -> Path:
    """The migrations: inside the installed package, or beside `src` in a checkout."""
    packaged = _PACKAGE / "_migrations"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "migrations"


def newest() -> str | None:
    """The revision that this version of the portal expects."""
    return _scripts().get_current_head()


def upgrade(dsn: str) -> str | None:
    """Applies what is missing, all of it or nothing, and returns the revision reached.

    Two processes that start at once take turns. Raises `DatabaseUnfit` when the server is too old or the database is
    newer than this portal.
    """
    return _on_connection(dsn, _upgrade)


def revision(dsn: str) -> str | None:
    """The revision that the database is at; None when it was never migrated."""
    return _on_connection(dsn, _revision)


def server_version(dsn: str) -> str:
    """The version of the PostgreSQL server, such as "18.4"."""

    async def ask(connection: "asyncpg.Connection[Record]") -> str:
        return str(await connection.fetchval("SHOW server_version"))

    return _on_connection(dsn, ask)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _script_from(reached: str | None) -> str:
    """The SQL that leads from a revision to the newest one, the version table included."""
    config = _config()
    config.output_buffer = io.StringIO()
    command.upgrade(config, f"{reached or 'base'}:head", sql=True)
    return config.output_buffer.getvalue()


async def _upgrade(connection: "asyncpg.Connection[Record]") -> str | None:
    if connection.get_server_version().major < _OLDEST_POSTGRES:
        raise DatabaseUnfit(f"PostgreSQL {_OLDEST_POSTGRES} or newer is needed: set DATABASE_URL to such a server.")
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        reached = await _revision(connection)
        expected = newest()
        if reached == expected:
            return reached
        if reached is not None and reached not in {script.revision for script in _scripts().walk_revisions()}:
            raise DatabaseUnfit(
                f"The database is at revision {reached}, which this version of the portal does not know: "
                "a newer one migrated it. Start that version, or restore a backup."
            )
        # Without arguments asyncpg uses the simple protocol, the only one that takes many statements at once.
        await connection.execute(_script_from(reached))
        return expected


async def _revision(connection: "asyncpg.Connection[Record]") -> str | None:
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    reached = await connection.fetchval("SELECT version_num FROM alembic_version")
    return None if reached is None else str(reached)


def _on_connection(dsn: str, work: Callable[["asyncpg.Connection[Record]"], Awaitable[_T]]) -> _T:
    """Runs `work` on a loop of its own, so that a caller whose loop is running may ask too."""

    async def run() -> _T:
        try:
            connection = await asyncpg.connect(dsn, timeout=30)
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
            # Never the address itself: it may hold a password.
            raise DatabaseUnfit(f"The database cannot be reached ({failure}): check DATABASE_URL.") from failure
        try:
            return await work(connection)
        finally:
            await connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, run()).result()
