"""Ready clauses: a provider's leads write them, and whoever drafts with one of its mediators begins with them.

Every change is another version beside those before it, and a retired clause is one whose newest version says so. What
was taken into a settlement is a copy: nothing that happens here changes a text.
"""

import unicodedata
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record
from litestar import get, put
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection
from mediation.identity import limits
from mediation.identity.accounts import Language
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import SEAT, SIGNED_IN, led_by, seat_of, session_of
from mediation.identity.limits import Budget
from mediation.identity.names import plain_line
from mediation.identity.wire import (
    ClauseVersion,
    ClauseVersions,
    PathId,
    ProvidersClauses,
    ReadyClause,
    ReadyClauses,
    WriteClause,
)
from mediation.problems import Problem

_MOST: Final = 200
"""How many clauses a provider has, retired ones among them; also how many versions of one are shown."""
_BUDGET: Final = Budget("ready clauses", 120, timedelta(hours=1))
_NEWEST: Final = "SELECT DISTINCT ON (organisation_id, clause_id) * FROM ready_clauses"
_IN_ORDER: Final = "ORDER BY organisation_id, clause_id, version DESC"


@get("/providers/{provider:str}/clauses", opt={"who": SIGNED_IN}, tags=["ready clauses"])
async def list_clauses(request: AnyRequest, provider: PathId) -> ProvidersClauses:
    """Every clause of a provider as it is now, retired ones among them, for those who lead the provider."""
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, session_of(request).account_id, provider, "provider")
        rows = await conn.fetch(
            f"""
            SELECT c.*, a.name AS by FROM ({_NEWEST} WHERE organisation_id = $1 {_IN_ORDER}) c
            JOIN accounts a ON a.account_id = c.written_by ORDER BY c.retired, lower(c.title), c.clause_id LIMIT $2
            """,  # noqa: S608 - the parts are ours
            UUID(hex=provider),
            _MOST,
        )
    return ProvidersClauses(provider=name, clauses=[_version(row) for row in rows])


@get("/providers/{provider:str}/clauses/{clause:str}", opt={"who": SIGNED_IN}, tags=["ready clauses"])
async def list_versions(request: AnyRequest, provider: PathId, clause: PathId) -> ClauseVersions:
    """How a clause read over time, the newest version first; none for a clause that is not there."""
    async with request.app.state.pool.acquire() as conn:
        await led_by(conn, session_of(request).account_id, provider, "provider")
        rows = await conn.fetch(f"{_VERSIONS} ORDER BY version DESC LIMIT $3", *_key(provider, clause), _MOST)
    return ClauseVersions(versions=[_version(row) for row in rows])


@put("/providers/{provider:str}/clauses/{clause:str}", opt={"who": SIGNED_IN}, tags=["ready clauses"])
async def write_clause(
    request: AnyRequest, provider: PathId, clause: PathId, data: JSONBody[WriteClause]
) -> ClauseVersion:
    """Write a version of a clause: the first one, or the next after what one has read.

    The same sent again changes nothing. Raises `Problem` 409 when somebody else was faster.
    """
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        await led_by(conn, account_id, provider, "provider")
        await limits.spend(conn, _BUDGET, account_id, now)
        return await write(conn, provider, clause, data, account_id, now)


async def write(
    conn: Connection, provider: str, clause: str, data: WriteClause, account_id: str, now: datetime
) -> ClauseVersion:
    """Keep a version by this account and return it; raises `Problem` 400 or 409."""
    title, words, means = plain_line(data.title), _plain(data.words), _plain(data.means)
    if not (title and words and means):
        raise Problem(
            400,
            "clause-incomplete",
            "A ready clause needs a title, its wording, and what it means.",
            "Write what is missing.",
        )
    if data.version == 1:
        await _find_room(conn, provider, clause)
    written = (data.language, title, words, means, data.takes_rights, data.retired)
    await conn.execute(
        """
        INSERT INTO ready_clauses (organisation_id, clause_id, version, language, title, words, means,
            takes_rights, retired, written_by, written_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 WHERE $3 = 1 OR EXISTS (
            SELECT FROM ready_clauses WHERE organisation_id = $1 AND clause_id = $2 AND version = $3 - 1)
        ON CONFLICT DO NOTHING
        """,
        *_key(provider, clause),
        data.version,
        *written,
        UUID(hex=account_id),
        now,
    )
    kept = await conn.fetchrow(f"{_VERSIONS} AND version = $3", *_key(provider, clause), data.version)
    if kept is None or kept["written_by"].hex != account_id or _wording(kept) != written:
        raise Problem(
            409,
            "clause-rewritten",
            "Somebody has rewritten this clause since you read it.",
            "Read it as it is now, then change it again.",
        )
    return _version(kept)


@get("/cases/{case_id:str}/ready-clauses", opt={"who": SEAT}, tags=["ready clauses"])
async def offer_clauses(request: AnyRequest) -> ReadyClauses:
    """The clauses of those providers for whom the case's present mediator works, by title; the same for everybody.

    They are words about no case, and who mediates stands in its papers: nothing of a room shows in the answer.
    """
    async with request.app.state.pool.acquire() as conn:
        rows = await conn.fetch(
            f"""
            WITH here AS (
                SELECT organisation_id, o.name FROM seats s JOIN organisation_members m USING (account_id)
                JOIN organisations o USING (organisation_id)
                WHERE s.case_id = $1 AND s.role = 'mediator' AND s.left_at IS NULL AND o.kind = 'provider'
            )
            SELECT c.*, here.name AS provider FROM here JOIN (
                {_NEWEST} WHERE organisation_id IN (SELECT organisation_id FROM here) {_IN_ORDER}
            ) c USING (organisation_id)
            WHERE NOT c.retired ORDER BY lower(c.title), c.clause_id LIMIT $2
            """,  # noqa: S608 - as above
            UUID(hex=seat_of(request).case_id),
            _MOST,
        )
    return ReadyClauses(clauses=[_ready(row) for row in rows])


_VERSIONS: Final = """
    SELECT c.*, a.name AS by FROM ready_clauses c JOIN accounts a ON a.account_id = c.written_by
    WHERE organisation_id = $1 AND clause_id = $2
"""


async def _find_room(conn: Connection, provider: str, clause: str) -> None:
    """Raise `Problem` 409 when a clause more would be more than are kept."""
    others = await conn.fetchval(
        "SELECT count(DISTINCT clause_id) FROM ready_clauses WHERE organisation_id = $1 AND clause_id <> $2",
        *_key(provider, clause),
    )
    if others >= _MOST:
        raise Problem(
            409,
            "clauses-are-used-up",
            f"There are {_MOST} ready clauses already.",
            "Take up one that is retired, and rewrite it.",
        )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _key(provider: str, clause: str) -> tuple[UUID, UUID]:
    return UUID(hex=provider), UUID(hex=clause)


def _wording(row: Record) -> tuple[Language, str, str, str, bool, bool]:
    return row["language"], row["title"], row["words"], row["means"], row["takes_rights"], row["retired"]


def _version(row: Record) -> ClauseVersion:
    language, title, words, means, takes_rights, retired = _wording(row)
    return ClauseVersion(
        clause=row["clause_id"].hex,
        version=row["version"],
        language=language,
        title=title,
        words=words,
        means=means,
        takes_rights=takes_rights,
        retired=retired,
        by=row["by"],
        at=row["written_at"],
    )


def _ready(row: Record) -> ReadyClause:
    return ReadyClause(
        provider=row["provider"],
        clause=row["clause_id"].hex,
        language=row["language"],
        title=row["title"],
        words=row["words"],
        means=row["means"],
        takes_rights=row["takes_rights"],
    )


routers: list[ControllerRouterHandler] = [list_clauses, list_versions, write_clause, offer_clauses]
"""To be mounted under /api."""
