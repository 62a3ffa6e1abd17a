"""The table of invitations: found by the hash of their token, accepted once under a lock on their row."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg

from mediation.case.terms import Party, Role
from mediation.db import Connection
from mediation.identity.guards import Seat
from mediation.identity.tokens import new_token, token_hash
from mediation.invitations.wire import Invite, State
from mediation.problems import Problem

VALID_FOR: Final = timedelta(days=14)
MOST_PENDING: Final = 30  # of one side in one case: enough for any side, too few to fill a disk


@dataclass(frozen=True, slots=True)
class Row:
    """One invitation as it is kept."""

    invitation_id: str
    case_id: str
    role: Role
    party: Party | None
    suggested_name: str
    title: str
    invited_by: str
    inviter_party: Party | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    declined_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str | None
    accepted_with: str | None

    def state(self, now: datetime) -> State:
        """What has become of it. Declining is no lock: people may change their mind while the link is valid."""
        if self.accepted_at is not None:
            return "accepted"
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "declined" if self.declined_at is not None else "pending"


async def make(conn: Connection, seat: Seat, invite: Invite, now: datetime) -> tuple[str, datetime]:
    """Write an invitation and return its token (shown this once) and when it expires.

    The command's id is the invitation's id, so the same command again finds its own invitation and gives it a new
    token. Raises `Problem` 409 when the id was used for something else, 429 when the side has too many open ones.
    """
    pending = await conn.fetchval(
        """
        SELECT count(*) FROM invitations
        WHERE case_id = $1 AND inviter_party IS NOT DISTINCT FROM $2 AND invitation_id <> $4
          AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3
        """,
        UUID(hex=seat.case_id),
        seat.party,
        now,
        UUID(hex=invite.command_id),
    )
    if pending >= MOST_PENDING:
        raise Problem(
            429,
            "too-many-invitations",
            f"{pending} of your invitations are still open.",
            "Revoke those that are no longer needed, then invite again.",
        )
    token = new_token()
    expires_at: datetime | None = await conn.fetchval(
        """
        INSERT INTO invitations (token_hash, invitation_id, case_id, role, party, suggested_name, title,
                                 invited_by, inviter_party, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (invitation_id) DO UPDATE SET token_hash = excluded.token_hash
        WHERE invitations.invited_by = excluded.invited_by AND invitations.case_id = excluded.case_id
          AND invitations.role = excluded.role AND invitations.party IS NOT DISTINCT FROM excluded.party
          AND invitations.suggested_name = excluded.suggested_name AND invitations.title = excluded.title
          AND invitations.accepted_at IS NULL AND invitations.revoked_at IS NULL
        RETURNING expires_at
        """,
        token_hash(token),
        UUID(hex=invite.command_id),
        UUID(hex=seat.case_id),
        invite.role,
        invite.party,
        invite.name,
        invite.title,
        UUID(hex=seat.participant_id),
        seat.party,
        now,
        now + VALID_FOR,
    )
    if expires_at is None:
        raise Problem(
            409,
            "command-id-used",
            "This was sent before, with something else in it.",
            "Look at your invitations, then send it again as a new one.",
        )
    return token, expires_at


async def of_side(conn: Connection, seat: Seat) -> list[Row]:
    """Return the invitations that the seat's own side made (the mediator is a side here), newest first."""
    rows = await conn.fetch(
        """
        SELECT * FROM invitations WHERE case_id = $1 AND inviter_party IS NOT DISTINCT FROM $2
        ORDER BY created_at DESC, invitation_id
        """,
        UUID(hex=seat.case_id),
        seat.party,
    )
    return [_row(row) for row in rows]


async def revoke(conn: Connection, seat: Seat, invitation_id: str, now: datetime) -> None:
    """Make an open invitation of the seat's own side unusable; revoking twice is no error.

    Raises `Problem` 404 for one that the side did not make, 409 for one that was accepted.
    """
    state = await conn.fetchrow(
        """
        UPDATE invitations
        SET revoked_at = CASE WHEN accepted_at IS NULL THEN coalesce(revoked_at, $4) ELSE revoked_at END
        WHERE invitation_id = $1 AND case_id = $2 AND inviter_party IS NOT DISTINCT FROM $3
        RETURNING accepted_at
        """,
        UUID(hex=invitation_id),
        UUID(hex=seat.case_id),
        seat.party,
        now,
    )
    if state is None:
        raise Problem(404, "no-such-invitation", "There is no such invitation.", "Look at your invitations again.")
    if state["accepted_at"] is not None:
        raise Problem(
            409,
            "invitation-already-used",
            "This invitation has been accepted.",
            "Whoever accepted it is on the case now; speak with the mediator if they should not be.",
        )


async def find(conn: Connection, token: str, *, lock: bool = False) -> Row | None:
    """Return the invitation this token opens, or None; with `lock`, nobody else can change it until the end."""
    key = token_hash(token)
    if key is None:
        return None
    query = "SELECT * FROM invitations WHERE token_hash = $1"
    row = await conn.fetchrow(f"{query} FOR UPDATE" if lock else query, key)
    return _row(row) if row is not None else None


async def mark_accepted(conn: Connection, invitation_id: str, participant_id: str, command: str, now: datetime) -> None:
    """Bind the invitation to the participant it made."""
    await conn.execute(
        """
        UPDATE invitations SET accepted_at = $2, accepted_by = $3, accepted_with = $4, declined_at = NULL
        WHERE invitation_id = $1
        """,
        UUID(hex=invitation_id),
        now,
        UUID(hex=participant_id),
        UUID(hex=command),
    )


async def mark_declined(conn: Connection, invitation_id: str, now: datetime) -> None:
    """Note that whoever was invited said no."""
    await conn.execute(
        "UPDATE invitations SET declined_at = coalesce(declined_at, $2) WHERE invitation_id = $1",
        UUID(hex=invitation_id),
        now,
    )


async def holder_of(conn: Connection, row: Row) -> str | None:
    """Return the account that holds the seat an accepted invitation gave, or None."""
    if row.accepted_by is None:
        return None
    account: UUID | None = await conn.fetchval(
        "SELECT account_id FROM seats WHERE case_id = $1 AND participant_id = $2 AND left_at IS NULL",
        UUID(hex=row.case_id),
        UUID(hex=row.accepted_by),
    )
    return _hex(account)


def _hex(value: uuid.UUID | None) -> str | None:
    return value.hex if value is not None else None


def _row(row: asyncpg.Record) -> Row:
    return Row(
        invitation_id=row["invitation_id"].hex,
        case_id=row["case_id"].hex,
        role=row["role"],
        party=row["party"],
        suggested_name=row["suggested_name"],
        title=row["title"],
        invited_by=row["invited_by"].hex,
        inviter_party=row["inviter_party"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        declined_at=row["declined_at"],
        accepted_at=row["accepted_at"],
        accepted_by=_hex(row["accepted_by"]),
        accepted_with=_hex(row["accepted_with"]),
    )
