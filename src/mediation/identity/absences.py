"""Being away: until which day, and who stands in. Whoever is away is not called to a step of a ladder."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from litestar import get, put
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection
from mediation.identity import limits
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import STAFF, session_of
from mediation.identity.limits import Budget
from mediation.identity.wire import Absence, Colleague, SayAbsence
from mediation.problems import Problem

LONGEST: Final = timedelta(days=366)
_MOST: Final = 500
"""How many colleagues are offered."""
_SAYING: Final = Budget("absences", 60, timedelta(hours=1))


@get("/account/absence", opt={"who": STAFF}, tags=["account"])
async def read_absence(request: AnyRequest) -> Absence:
    """Until when one is away, if one is, and which colleagues could stand in."""
    account_id, today = session_of(request).account_id, clock.now().date()
    async with request.app.state.pool.acquire() as conn:
        return await _absence(conn, account_id, today)


@put("/account/absence", opt={"who": STAFF}, status_code=200, tags=["account"])
async def say_absence(request: AnyRequest, data: JSONBody[SayAbsence]) -> Absence:
    """Say until which day one is away, that day among them, and who stands in; without a day one is back."""
    account_id, now = session_of(request).account_id, clock.now()
    today = now.date()
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _SAYING, account_id, now)
        if data.until is None:
            await conn.execute("DELETE FROM absences WHERE account_id = $1", UUID(hex=account_id))
            return await _absence(conn, account_id, today)
        # Where the day is already over elsewhere, or has not begun, it is still a day of theirs.
        if not today - timedelta(days=1) <= data.until <= today + LONGEST:
            raise Problem(
                400, "absence-too-far", "This day is past, or too far away.", "Choose a day within the next year."
            )
        if data.stands_in is not None and data.stands_in not in {
            one.account for one in await _colleagues(conn, account_id)
        }:
            raise Problem(
                400,
                "not-a-colleague",
                "Nobody of that name works for your business.",
                "Choose one of your colleagues, or nobody.",
            )
        await conn.execute(
            """
            INSERT INTO absences (account_id, until, stands_in) VALUES ($1, $2, $3)
            ON CONFLICT (account_id) DO UPDATE SET until = EXCLUDED.until, stands_in = EXCLUDED.stands_in
            """,
            UUID(hex=account_id),
            data.until,
            UUID(hex=data.stands_in) if data.stands_in is not None else None,
        )
        return await _absence(conn, account_id, today)


async def _absence(conn: Connection, account_id: str, today: date) -> Absence:
    row = await conn.fetchrow(
        "SELECT until, stands_in FROM absences WHERE account_id = $1 AND until >= $2", UUID(hex=account_id), today
    )
    colleagues = await _colleagues(conn, account_id)
    stands_in = row["stands_in"].hex if row is not None and row["stands_in"] is not None else None
    return Absence(
        until=row["until"] if row is not None else None,
        # Whoever has left the business meanwhile stands in for nobody.
        stands_in=stands_in if stands_in in {one.account for one in colleagues} else None,
        colleagues=colleagues,
    )


async def _colleagues(conn: Connection, account_id: str) -> list[Colleague]:
    """Who else works for a business that this account works for, by name."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT a.account_id, a.name FROM organisation_members mine
        JOIN organisations o USING (organisation_id) JOIN organisation_members m USING (organisation_id)
        JOIN accounts a ON a.account_id = m.account_id
        WHERE mine.account_id = $1 AND a.account_id <> $1 AND o.kind = 'business' AND a.disabled_at IS NULL
        ORDER BY a.name, a.account_id LIMIT $2
        """,
        UUID(hex=account_id),
        _MOST,
    )
    return [Colleague(account=row["account_id"].hex, name=row["name"]) for row in rows]


routers: list[ControllerRouterHandler] = [read_absence, say_absence]
"""To be mounted under /api."""
