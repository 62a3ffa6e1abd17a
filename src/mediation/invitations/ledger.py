"""The table of invitations: one address each, found by the hashes of their links, accepted once under a row lock."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import asyncpg

from mediation.case.terms import Party, Role
from mediation.db import Connection
from mediation.identity.guards import Seat
from mediation.identity.tokens import new_token, token_hash
from mediation.invitations.wire import Invite, State
from mediation.mail.message import Language
from mediation.problems import Problem

VALID_FOR: Final = timedelta(days=14)
MOST_PENDING: Final = 30  # of one side in one case: enough for any side, too few to fill a disk
MOST_LINKS: Final = 50  # of one invitation


@dataclass(frozen=True, slots=True)
class Row:
    """One invitation as it is kept. `is_dead_link`: it was found by a link to an address that was replaced."""

    invitation_id: str
    case_id: str
    role: Role
    party: Party | None
    email: str | None
    language: Language
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
    mail_id: str | None
    mail: Literal["waiting", "sent", "failed"] = "sent"
    is_dead_link: bool = False

    def state(self, now: datetime) -> State:
        """What has become of it. Declining is no lock: people may change their mind while the link is valid."""
        if self.accepted_at is not None:
            return "accepted"
        if self.revoked_at is not None or self.is_dead_link:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "declined" if self.declined_at is not None else "pending"


async def make(conn: Connection, seat: Seat, invite: Invite, email: str, now: datetime) -> tuple[Row, bool]:
    """Write an invitation; returns it, and whether it is new. It has no link yet.

    The command's id is the invitation's id, so the same command again finds its own invitation. Raises `Problem` 409
    when the id was used for something else, 429 when the side has too many open ones.
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
    values = (
        UUID(hex=invite.command_id),
        UUID(hex=seat.case_id),
        invite.role,
        invite.party,
        email,
        invite.language,
        invite.name,
        invite.title,
        UUID(hex=seat.participant_id),
        seat.party,
        now,
        now + VALID_FOR,
    )
    new = await conn.fetchrow(
        """
        INSERT INTO invitations (invitation_id, case_id, role, party, email, language, suggested_name, title,
                                 invited_by, inviter_party, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (invitation_id) DO NOTHING RETURNING *
        """,
        *values,
    )
    if new is not None:
        return _row(new), True
    same = await conn.fetchrow(
        """
        SELECT * FROM invitations
        WHERE invitation_id = $1 AND case_id = $2 AND role = $3 AND party IS NOT DISTINCT FROM $4 AND email = $5
          AND language = $6 AND suggested_name = $7 AND title = $8 AND invited_by = $9
          AND accepted_at IS NULL AND revoked_at IS NULL
        """,
        *values[:9],
    )
    if same is None:
        raise Problem(
            409,
            "command-id-used",
            "This was sent before, with something else in it.",
            "Look at your invitations, then send it again as a new one.",
        )
    return _row(same), False


async def make_accepted(
    conn: Connection, case_id: str, participant_id: str, email: str, language: Language, now: datetime
) -> str:
    """Write an invitation that was accepted as it was made, for a client who came by themselves; returns its link.

    It is their way back: a link that asks for a code. Nobody made it, so nobody lists it or takes it back.
    """
    invitation_id = uuid.uuid4()
    await conn.execute(
        """
        INSERT INTO invitations (invitation_id, case_id, role, party, email, language, invited_by, inviter_party,
                                 created_at, expires_at, accepted_at, accepted_by, accepted_with)
        VALUES ($1, $2, 'principal', 'client', $3, $4, $5, 'business', $6, $6, $6, $5, $7)
        """,
        invitation_id,
        UUID(hex=case_id),
        email,
        language,
        UUID(hex=participant_id),
        now,
        uuid.uuid4(),
    )
    return await add_link(conn, invitation_id.hex, now)


async def add_link(conn: Connection, invitation_id: str, now: datetime) -> str:
    """Give an invitation a further link, and return its token, shown this once. Earlier ones keep working.

    Raises `Problem` 429 when it has too many.
    """
    links = await conn.fetchval(
        "SELECT count(*) FROM invitation_links WHERE invitation_id = $1", UUID(hex=invitation_id)
    )
    if links >= MOST_LINKS:
        raise Problem(
            429,
            "too-many-links",
            "This invitation was sent again too often.",
            "One of the earlier mails still works; or invite again.",
        )
    token = new_token()
    await conn.execute(
        "INSERT INTO invitation_links (token_hash, invitation_id, made_at) VALUES ($1, $2, $3)",
        token_hash(token),
        UUID(hex=invitation_id),
        now,
    )
    return token


async def of_side(conn: Connection, seat: Seat) -> list[Row]:
    """Return the invitations that the seat's own side made (the mediator is a side here), newest first."""
    rows = await conn.fetch(
        """
        SELECT invitations.*, outbox.sent_at, outbox.failed_at, outbox.mail_id AS in_outbox
        FROM invitations LEFT JOIN outbox USING (mail_id)
        WHERE case_id = $1 AND inviter_party IS NOT DISTINCT FROM $2 AND accepted_by IS DISTINCT FROM invited_by
        ORDER BY invitations.created_at DESC, invitation_id
        """,
        UUID(hex=seat.case_id),
        seat.party,
    )
    return [_row(row) for row in rows]


async def of_side_by_id(conn: Connection, seat: Seat, invitation_id: str) -> Row:
    """Return one invitation of the seat's own side, locked; raises `Problem` 404 for any other."""
    row = await conn.fetchrow(
        """
        SELECT * FROM invitations
        WHERE invitation_id = $1 AND case_id = $2 AND inviter_party IS NOT DISTINCT FROM $3
          AND accepted_by IS DISTINCT FROM invited_by
        FOR UPDATE
        """,
        UUID(hex=invitation_id),
        UUID(hex=seat.case_id),
        seat.party,
    )
    if row is None:
        raise Problem(404, "no-such-invitation", "There is no such invitation.", "Look at your invitations again.")
    return _row(row)


async def find(conn: Connection, token: str, *, lock: bool = False) -> Row | None:
    """Return the invitation this token opens, or None; with `lock`, nobody else can change it until the end."""
    key = token_hash(token)
    if key is None:
        return None
    query = """
        SELECT invitations.*, void_at FROM invitation_links JOIN invitations USING (invitation_id)
        WHERE token_hash = $1
        """
    row = await conn.fetchrow(f"{query} FOR UPDATE" if lock else query, key)
    return _row(row) if row is not None else None


async def revoke(conn: Connection, invitation_id: str, now: datetime) -> None:
    """Make an open invitation unusable; revoking twice is no error."""
    await conn.execute(
        "UPDATE invitations SET revoked_at = coalesce(revoked_at, $2) WHERE invitation_id = $1 AND accepted_at IS NULL",
        UUID(hex=invitation_id),
        now,
    )


async def replace_address(conn: Connection, invitation_id: str, email: str, now: datetime) -> None:
    """Send the invitation somewhere else from now on; links that went to the old address lead nowhere any more."""
    await conn.execute(
        "UPDATE invitation_links SET void_at = coalesce(void_at, $2) WHERE invitation_id = $1",
        UUID(hex=invitation_id),
        now,
    )
    await conn.execute("UPDATE invitations SET email = $2 WHERE invitation_id = $1", UUID(hex=invitation_id), email)


async def mark_mailed(conn: Connection, invitation_id: str, mail_id: str) -> None:
    """Note which mail is the newest, so that its sender sees what became of it."""
    await conn.execute(
        "UPDATE invitations SET mail_id = $2 WHERE invitation_id = $1", UUID(hex=invitation_id), UUID(hex=mail_id)
    )


async def extend(conn: Connection, invitation_id: str, now: datetime) -> None:
    """Let an open invitation stand as long again as a new one."""
    await conn.execute(
        "UPDATE invitations SET expires_at = $2 WHERE invitation_id = $1 AND accepted_at IS NULL",
        UUID(hex=invitation_id),
        now + VALID_FOR,
    )


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


def _row(row: asyncpg.Record) -> Row:
    return Row(
        invitation_id=row["invitation_id"].hex,
        case_id=row["case_id"].hex,
        role=row["role"],
        party=row["party"],
        email=row["email"],
        language=row["language"],
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
        mail_id=_hex(row["mail_id"]),
        mail=_mail(row),
        is_dead_link=row.get("void_at") is not None,
    )
