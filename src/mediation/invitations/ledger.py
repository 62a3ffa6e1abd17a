"""Invitations as those who come by them meet them: found by the hash of a link, accepted once under a row lock."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from mediation.case.terms import Party, Role, Tier
from mediation.db import Connection
from mediation.identity.tokens import token_hash
from mediation.invitations.wire import State
from mediation.mail.message import Language


@dataclass(frozen=True, slots=True)
class Row:
    """One invitation as it is kept. `is_dead_link`: it was found by a link to an address that was replaced.

    `called_for` is the step of the ladder to which the portal called by itself; then nobody invited.
    """

    invitation_id: str
    case_id: str
    role: Role
    party: Party | None
    email: str | None
    language: Language
    suggested_name: str
    title: str
    invited_by: str | None
    inviter_party: Party | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    declined_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str | None
    accepted_with: str | None
    mail_id: str | None
    mail: Literal["waiting", "sent", "failed"] = "sent"
    is_dead_link: bool = False
    called_for: Tier | None = None

    def state(self, now: datetime) -> State:
        """What has become of it. Declining is no lock: people may change their mind while the link is valid."""
        if self.accepted_at is not None:
            return "accepted"
        if self.revoked_at is not None or self.is_dead_link:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "declined" if self.declined_at is not None else "pending"


async def find(conn: Connection, token: str, *, lock: bool = False) -> Row | None:
    """Return the invitation this token opens, or None; with `lock`, nobody else can change it until the end."""
    key = token_hash(token)
    if key is None:
        return None
    if lock:
        # A statement of its own, so that the next one sees what happened while this one waited.
        await conn.execute(
            """
            SELECT FROM invitations
            WHERE invitation_id = (SELECT invitation_id FROM invitation_links WHERE token_hash = $1) FOR UPDATE
            """,
            key,
        )
    row = await conn.fetchrow(
        """
        SELECT invitations.*, void_at FROM invitation_links JOIN invitations USING (invitation_id)
        WHERE token_hash = $1
        """,
        key,
    )
    return row_of(row) if row is not None else None


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


async def speaks_for_a_business_that_waits(
    conn: Connection, case_id: str, inviter_party: str | None, party: Party | None
) -> bool:
    """Whether somebody else would choose who speaks for a business, in a dispute that waits in that business's queue.

    Its page gave the case the business's name, so the first to answer is somebody who works there (`queue`). Whoever
    opened it could otherwise seat a friend there, and have the business agree to anything in a signed record.
    """
    if party != "business" or inviter_party == "business":
        return False
    waits: bool = await conn.fetchval(
        """
        SELECT EXISTS (SELECT FROM intakes WHERE case_id = $1)
            AND NOT EXISTS (SELECT FROM seats WHERE case_id = $1 AND party = 'business' AND left_at IS NULL)
        """,
        UUID(hex=case_id),
    )
    return waits


async def reads_mailbox(conn: Connection, account_id: str, email: str) -> bool:
    """Whether an account is known to belong to this address: it is its own, or a guest of it came by a code."""
    found = await conn.fetchval(
        """
        SELECT true WHERE EXISTS (SELECT FROM accounts WHERE account_id = $1 AND email = $2)
            OR EXISTS (
                SELECT FROM invitations i JOIN seats s ON s.case_id = i.case_id AND s.participant_id = i.accepted_by
                WHERE i.email = $2 AND s.account_id = $1
            )
        """,
        UUID(hex=account_id),
        email,
    )
    return found is not None


def _hex(value: uuid.UUID | None) -> str | None:
    return value.hex if value is not None else None


def _mail(row: asyncpg.Record) -> Literal["waiting", "sent", "failed"]:
    """What became of the newest mail; one that the outbox has forgotten went out long ago."""
    if row.get("in_outbox") is None or row["sent_at"] is not None:
        return "sent"
    return "failed" if row["failed_at"] is not None else "waiting"


def row_of(row: asyncpg.Record) -> Row:
    """Return what a row of the table says; of `void_at` and the outbox, too, where the query joined them."""
    return Row(
        invitation_id=row["invitation_id"].hex,
        case_id=row["case_id"].hex,
        role=row["role"],
        party=row["party"],
        email=row["email"],
        language=row["language"],
        suggested_name=row["suggested_name"],
        title=row["title"],
        invited_by=_hex(row["invited_by"]),
        inviter_party=row["inviter_party"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        declined_at=row["declined_at"],
        accepted_at=row["accepted_at"],
        accepted_by=_hex(row["accepted_by"]),
        accepted_with=_hex(row["accepted_with"]),
        mail_id=_hex(row["mail_id"]),
        mail=_mail(row),
        is_dead_link=row.get("void_at") is not None,
        called_for=row["called_for"],
    )
