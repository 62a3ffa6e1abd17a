"""Looking a printed paper up: open to whoever holds one, and told nothing but what shows whether it is that paper.

The code stands on the paper alone; the portal keeps its hash. It tells no name and no case, also to those who know one.
"""

import re
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request, post
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.terms import PAPERS
from mediation.db import Connection
from mediation.identity import limits
from mediation.identity.guards import ANYONE
from mediation.identity.limits import Budget, address_of
from mediation.papers import problems
from mediation.papers.wire import LookedUp, LookUp
from mediation.record import log

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter in it is read as another one."""
_LENGTH: Final = 20
"""Of 5 bits each: nobody finds one by trying."""
_READ_AS: Final = str.maketrans("ILO", "110")
_PER_ADDRESS: Final = Budget("look-ups", 60)


def new_code() -> str:
    """A code that nobody can guess: 100 bits in four groups of five."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(drawn[at : at + 5] for at in range(0, _LENGTH, 5))


def code_hash(typed: str) -> bytes:
    """What is kept of a code, however it was typed."""
    return sha256(b"look-up\n" + re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_READ_AS).encode()).digest()


@post("/look-ups", opt={"who": ANYONE}, status_code=200, tags=["papers"])
async def look_up(request: Request[Any, Any, State], data: JSONBody[LookUp]) -> LookedUp:
    """What the record says of the paper that bears this code: its hash, and what seals it. No name, and no case."""
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _PER_ADDRESS, address_of(request.scope), clock.now())
        row = await conn.fetchrow(
            "SELECT case_id, paper, language, sha256, size FROM printed_papers WHERE code_sha256 = $1",
            code_hash(data.code),
        )
        if row is None:
            raise problems.code_unknown()
        return await _looked_up(conn, row)


async def _looked_up(conn: Connection, row: asyncpg.Record) -> LookedUp:
    case_id, digest = row["case_id"].hex, row["sha256"].hex()
    entries = [one for one in await log.read(conn, case_id, PAPERS) if isinstance(one, log.Entry)]
    entry = next(one for one in entries if one.kind == "PaperPrinted" and one.body["sha256"] == digest)
    checkpoints = await conn.fetch(
        """
        SELECT c.n, c.body, c.key_id FROM checkpoints c
        JOIN openings o ON o.case_id = c.case_id AND o.n = c.n AND o.room = 'papers'
        WHERE c.case_id = $1 AND (c.n = $2 OR o.length >= $3) ORDER BY c.n LIMIT 2
        """,
        UUID(case_id),
        entry.body["checkpoint"],
        entry.seq,
    )
    printed, sealing = checkpoints
    return LookedUp(
        paper=row["paper"],
        language=row["language"],
        sha256=digest,
        size=row["size"],
        sealed_at=entry.at,
        checkpoint=printed["n"],
        checkpoint_sha256=sha256(printed["body"]).hexdigest(),
        checkpoint_at=datetime.fromisoformat(msgspec.json.decode(printed["body"])["at"]),
        sealed_by=sealing["n"],
        sealed_by_sha256=sha256(sealing["body"]).hexdigest(),
        key=sealing["key_id"],
    )


routers: Final[list[ControllerRouterHandler]] = [look_up]
"""To be mounted under /api."""
