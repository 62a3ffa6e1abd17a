"""What waits to be mailed waits as its reader wants it now, not as they wanted it when it happened."""

from datetime import datetime
from typing import Final
from uuid import UUID

from mediation.db import Connection
from mediation.notices import wishes
from mediation.notices.writing import planned_at

_MOST: Final = 5000


async def replan(conn: Connection, account_id: str, now: datetime) -> None:
    """Plan anew, from `now` on, what this account has not been mailed yet."""
    wanted = await wishes.of_account(conn, account_id)
    rows = await conn.fetch(
        """
        SELECT n.notice_id, n.kind, r.how AS of_room FROM notices n
        LEFT JOIN notice_room_wishes r USING (case_id, participant_id, room)
        WHERE n.account_id = $1 AND n.mail_at IS NOT NULL AND n.mailed_at IS NULL AND n.read_at IS NULL
        ORDER BY n.mail_at LIMIT $2
        FOR UPDATE OF n
        """,
        UUID(account_id),
        _MOST,
    )
    planned = []
    for row in rows:
        how = wanted.how(row["kind"], row["of_room"])
        planned.append((row["notice_id"], how, planned_at(row["kind"], how, now, wanted.when, None)))
    await conn.executemany("UPDATE notices SET how = $2, mail_at = $3 WHERE notice_id = $1", planned)
