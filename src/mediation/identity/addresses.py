"""Where the people on a case are reached: at their account's address, or at the one to which they were invited."""

from dataclasses import dataclass
from uuid import UUID

from mediation.db import Connection
from mediation.mail.message import Language


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody with an address, and the language in which they are written to."""

    participant_id: str
    email: str
    language: Language


async def on_case(conn: Connection, case_id: str, participant_id: str | None = None) -> list[Reached]:
    """Everybody on a case of whom an address is known, or this one person, if it is.

    Guests have no address of their own: whoever reads the mailbox to which they were invited can come in as them.
    """
    rows = await conn.fetch(
        """
        SELECT DISTINCT ON (s.participant_id) s.participant_id, coalesce(a.email, i.email) AS email,
               CASE WHEN a.email IS NULL THEN i.language ELSE a.language END AS language
        FROM seats s JOIN accounts a USING (account_id)
        LEFT JOIN invitations i ON i.case_id = s.case_id AND i.accepted_by = s.participant_id
        WHERE s.case_id = $1 AND s.left_at IS NULL AND ($2::uuid IS NULL OR s.participant_id = $2)
          AND coalesce(a.email, i.email) IS NOT NULL
        ORDER BY s.participant_id, i.accepted_at DESC
        """,
        UUID(case_id),
        UUID(participant_id) if participant_id is not None else None,
    )
    return [Reached(row["participant_id"].hex, row["email"], row["language"]) for row in rows]
