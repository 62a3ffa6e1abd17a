"""Two databases for two worlds that are to look alike."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import asyncpg
import pytest

from mediation import embedded


def _administer(dsn: str, statement: str) -> None:
    async def work() -> None:
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work()).result()


@pytest.fixture
def second_database(postgres: str) -> Iterator[str]:
    """The address of another fresh migrated database beside `database`."""
    name = f"test_{uuid4().hex[:12]}"
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE mediation_template STRATEGY FILE_COPY")
    try:
        yield postgres.replace(f"/{embedded.DATABASE}?", f"/{name}?")
    finally:
        _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")
