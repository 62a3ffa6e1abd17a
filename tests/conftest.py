"""What the tests stand on: a PostgreSQL for the whole run, a fresh migrated database for each test that asks,
real portals as processes, and a Chromium. Everything is stopped at the end, also when tests fail or are interrupted.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import TypeVar
from uuid import uuid4

import asyncpg
import psutil
import pytest

import loaded
from chromium import locate_chromium
from mediation import db, embedded, migrate
from portal_process import Portal

_T = TypeVar("_T")
_TEMPLATE = "mediation_template"
# Every process that the tests start inherits this, so that none is overlooked at the end.
_MARK, _RUN = "TESTS_OF_MEDIATION", uuid4().hex
_folders: list[Path] = []
# Nothing here outlives the run, so it need not survive a power cut.
_IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def pytest_configure() -> None:
    """Ends politely when terminated, so that fixtures stop what they started."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    os.environ[_MARK] = _RUN
    # Portals are started by the dozen: each would compile itself anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if "PYTEST_XDIST_WORKER" in os.environ:
        # What a browser leaves in its temporary folder is told from what another worker's browser is still using.
        os.environ["TMPDIR"] = tempfile.tempdir = str(short_folder())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts what takes longest first, so that no worker is left with it at the end."""
    long = ("tests/browser", "tests/proofs", "tests/ground/test_wheel", "tests/properties")
    items.sort(key=lambda item: next((n for n, place in enumerate(long) if place in item.nodeid), len(long)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that leaves a process behind has failed, whatever its tests say."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    loaded.end()
    # The workers of a run are its own, and end with it.
    workers = {worker.pid for worker in psutil.Process().children() if "execnet" in " ".join(worker.cmdline())}
    ours = [p for p in psutil.process_iter() if p.pid not in {os.getpid(), *workers} and _is_ours(p)]
    # What was asked to end may take a moment to do so.
    _, left = psutil.wait_procs(ours, timeout=5)
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        for process in left:
            sys.stderr.write(f"\nLeft behind: {process}")


def _is_ours(process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # A database server has an environment of its own, but is told one of our folders.
        is_in_our_folder = any(str(folder) in word for word in process.cmdline() for folder in _folders)
        return is_in_our_folder or process.environ().get(_MARK) == _RUN
    except psutil.Error:
        return False


def _wait_for(work: Coroutine[object, object, _T]) -> _T:
    """Runs `work` on a loop of its own, because a fixture may be set up inside a running one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _administer(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named(dsn: str, database: str) -> str:
    return dsn.replace(f"/{embedded.DATABASE}?", f"/{database}?")


def short_folder() -> Path:
    """A new folder whose path is short enough for a socket, which a server that drops root may enter."""
    folder = Path(tempfile.mkdtemp(prefix="mp-", dir="/tmp"))
    folder.chmod(0o711)
    _folders.append(folder)
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an embedded PostgreSQL that lives as long as the run, with a migrated template in it."""
    folder = short_folder()
    try:
        dsn = embedded.start(folder, options=_IN_A_HURRY)
        _wait_for(_administer(dsn, f"CREATE DATABASE {_TEMPLATE}"))
        migrate.upgrade(_named(dsn, _TEMPLATE))
        yield dsn
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder)


@pytest.fixture
def empty_database(postgres: str) -> Iterator[str]:
    """The address of a database in which nothing has been migrated."""
    yield from _database(postgres, "template0")


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The address of a fresh migrated database, as its owner."""
    yield from _database(postgres, _TEMPLATE)


@pytest.fixture(scope="module")
def shared_database(postgres: str) -> Iterator[str]:
    """The address of a migrated database for all tests of one file, where a portal for each would cost too much."""
    yield from _database(postgres, _TEMPLATE)


def _database(postgres: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex[:12]}"
    _wait_for(_administer(postgres, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    try:
        yield _named(postgres, name)
    finally:
        _wait_for(_administer(postgres, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def pool(database: str) -> AsyncIterator[db.Pool]:
    """A pool on a fresh migrated database, as `mediation_app`."""
    pool = await db.open_pool(database, size=5)
    try:
        yield pool
    finally:
        # A test that failed inside a transaction must not keep the next one waiting.
        pool.terminate()


@pytest.fixture
async def readers(database: str) -> AsyncIterator[db.Pool]:
    """A pool on the same database that reads on behalf of one person at a time (`db.reading_as`)."""
    readers = await db.open_pool(database, size=3, role=db.READER)
    try:
        yield readers
    finally:
        readers.terminate()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder for a portal or an embedded server, removed afterwards together with its server."""
    folder = short_folder()
    try:
        yield folder
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder)


@pytest.fixture
def start_portal(database: str) -> Iterator[Callable[..., Portal]]:
    """Starts portals as real processes on the test's database: `start_portal()`, `start_portal(demo=False)`.

    Each has a free port; all share one data folder, as several processes of one installation do.
    """
    folder = short_folder()
    started: list[Portal] = []

    def start(*, demo: bool = True, **environment: str) -> Portal:
        portal = Portal(folder, database, demo=demo, environment=environment)
        started.append(portal)
        return portal.start()

    try:
        yield start
    finally:
        for portal in started:
            portal.stop()
        shutil.rmtree(folder)


@pytest.fixture
def portal(start_portal: Callable[..., Portal]) -> Portal:
    """One running portal in demo mode."""
    return start_portal()


@pytest.fixture(scope="module")
def shared_portal(shared_database: str) -> Iterator[Portal]:
    """A portal in demo mode for all tests of one file that ask it and leave it running as it is."""
    folder = short_folder()
    portal = Portal(folder, shared_database, demo=True)
    try:
        yield portal.start()
    finally:
        portal.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Path]:
    """The path of a Chromium that browser tests may start. Fails, never skips, when there is none."""
    before = set(_unpacked())
    yield locate_chromium()
    for left in set(_unpacked()) - before:
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _unpacked() -> Iterator[Path]:
    """What a browser leaves in the temporary folder."""
    place = Path(os.environ.get("TMPDIR", "/tmp"))
    for pattern in ("playwright_chromiumdev_profile-*", "playwright-artifacts-*", ".org.chromium.Chromium.*"):
        yield from place.glob(pattern)
