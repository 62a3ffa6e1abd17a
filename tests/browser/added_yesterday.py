"""Has every passkey of a portal been added a day earlier: no test waits a day. Its argument is the data folder."""

import asyncio
import sys
from pathlib import Path

import asyncpg

from mediation import embedded


async def _set_back(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("UPDATE passkeys SET created_at = created_at - interval '25 hours'")
    finally:
        await connection.close()


asyncio.run(_set_back(embedded.start(Path(sys.argv[1]))))
