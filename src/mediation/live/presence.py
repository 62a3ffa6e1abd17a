"""Who has a live connection to a case, over all processes. A row is a lease that its process renews."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from mediation.db import Connection

LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=10)


class Presence:
    """The presence rows of this process."""

    def __init__(self) -> None:
        self._process = uuid4()

    async def arrive(self, conn: Connection, case_id: str, participant: str, socket: UUID, now: datetime) -> None:
        """Somebody has connected."""
        await conn.execute(
            """
            INSERT INTO presence (case_id, participant_id, socket, process, until) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (case_id, participant_id, socket) DO UPDATE SET until = $5
            """,
            UUID(case_id),
            UUID(participant),
            socket,
            self._process,
            now + LEASE,
        )

    async def go(self, conn: Connection, case_id: str, participant: str, socket: UUID) -> None:
        """A connection is gone."""
        await conn.execute(
            "DELETE FROM presence WHERE case_id = $1 AND participant_id = $2 AND socket = $3",
            UUID(case_id),
            UUID(participant),
            socket,
        )

    async def renew(self, conn: Connection, now: datetime) -> None:
        """Keep this process's rows, and drop those of processes that are gone."""
        await conn.execute("UPDATE presence SET until = $2 WHERE process = $1", self._process, now + LEASE)
        await conn.execute("DELETE FROM presence WHERE until < $1", now)

    async def here(self, conn: Connection, case_id: str, now: datetime) -> frozenset[str]:
        """Everyone with a live connection to the case."""
        rows = await conn.fetch(
            "SELECT DISTINCT participant_id FROM presence WHERE case_id = $1 AND until > $2", UUID(case_id), now
        )
        return frozenset(row["participant_id"].hex for row in rows)
