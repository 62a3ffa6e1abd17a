"""How people want to be told: at once, once a day or never, their quiet hours, and what they say of single rooms."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from mediation.db import Connection
from mediation.notices.kinds import LEGAL, Kind
from mediation.notices.timing import MORNING, How, Quiet, Wish

_NEWS: Final[frozenset[Kind]] = frozenset({"news"})


class Wishes(Struct, frozen=True, kw_only=True):
    """What somebody wants for all their cases. `awaits`: what waits for them; `news`: what is there to be read."""

    awaits: How = "at-once"
    news: How = "daily"
    when: Wish = Wish()

    def how(self, kind: Kind, of_room: How | None = None) -> How:
        """How a notice of this kind is told; `of_room` is what they want for its room alone.

        What has legal effect is mailed whatever they want; quiet hours put it off by hours, and nothing holds it back.
        """
        if kind in LEGAL:
            return "at-once"
        if of_room is not None:
            return of_room
        return self.news if kind in _NEWS else self.awaits


COLUMNS: Final = "w.awaits, w.news, w.digest_at, w.quiet_begins, w.quiet_ends, w.zone"
"""What `wishes_in` reads of `notice_wishes`, which must be joined as `w`."""


def wishes_in(row: Mapping[str, Any]) -> Wishes:
    """The wishes in a row with these columns; the usual ones when nobody has said any."""
    if row["awaits"] is None:
        return Wishes()
    begins, ends = row["quiet_begins"], row["quiet_ends"]
    quiet = Quiet(begins, ends) if begins is not None and ends is not None else None
    return Wishes(
        awaits=row["awaits"],
        news=row["news"],
        when=Wish(zone=row["zone"], quiet=quiet, digest_at=row["digest_at"] or MORNING),
    )


async def of_account(conn: Connection, account_id: str) -> Wishes:
    """What this account wants."""
    row = await conn.fetchrow(
        f"SELECT {COLUMNS} FROM notice_wishes w WHERE account_id = $1",  # noqa: S608 - the columns are ours
        UUID(hex=account_id),
    )
    return wishes_in(dict(row)) if row is not None else Wishes()


async def keep(conn: Connection, account_id: str, wishes: Wishes) -> None:
    """Keep what this account wants, in place of what it wanted."""
    quiet = wishes.when.quiet
    begins: time | None = quiet.begins if quiet is not None else None
    ends: time | None = quiet.ends if quiet is not None else None
    await conn.execute(
        """
        INSERT INTO notice_wishes (account_id, awaits, news, digest_at, quiet_begins, quiet_ends, zone)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (account_id) DO UPDATE SET awaits = $2, news = $3, digest_at = $4, quiet_begins = $5,
            quiet_ends = $6, zone = $7
        """,
        UUID(hex=account_id),
        wishes.awaits,
        wishes.news,
        wishes.when.digest_at,
        begins,
        ends,
        wishes.when.zone,
    )


async def keep_for_room(conn: Connection, case_id: str, participant_id: str, room: str, how: How | None) -> None:
    """Keep what somebody wants for one room; with None it is as everywhere else."""
    place = (UUID(hex=case_id), UUID(hex=participant_id), room)
    if how is None:
        await conn.execute(
            "DELETE FROM notice_room_wishes WHERE case_id = $1 AND participant_id = $2 AND room = $3", *place
        )
        return
    await conn.execute(
        """
        INSERT INTO notice_room_wishes (case_id, participant_id, room, how) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id, participant_id, room) DO UPDATE SET how = $4
        """,
        *place,
        how,
    )
