"""The bare limit for commands: a Litestar handler that inserts one row in one transaction and nothing else."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from litestar import Litestar, post
from litestar.datastructures import State
from msgspec import Struct


class Row(Struct):
    command_id: str
    room: str
    text: str


@post("/rows")
async def insert(state: State, data: Row) -> dict[str, str]:
    """Insert one row."""
    async with state.pool.acquire() as conn, conn.transaction():
        await conn.execute("INSERT INTO bench_rows (command_id, room, text) VALUES ($1, $2, $3)", *_values(data))
    return {"command_id": data.command_id}


def _values(data: Row) -> tuple[str, str, str]:
    return data.command_id, data.room, data.text


@asynccontextmanager
async def _pool(app: Litestar) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=10)
    await app.state.pool.execute(
        "CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, command_id text, room text, text text)"
    )
    yield
    await app.state.pool.close()


if __name__ == "__main__":
    uvicorn.run(
        Litestar([insert], lifespan=[_pool]), port=int(sys.argv[1]), loop="uvloop", http="httptools", log_level="error"
    )
