"""Invitations as those who send them meet them: made, listed, sent again or elsewhere, taken back."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from mediation.case.calling import OneToCall
from mediation.case.terms import Party, Role, Tier
from mediation.db import Connection
from mediation.identity.guards import Seat
from mediation.identity.tokens import new_token, token_hash
from mediation.invitations.ledger import Row, row_of
from mediation.invitations.wire import Invite
from mediation.mail.message import Language
from mediation.problems import Problem

VALID_FOR: Final = timedelta(days=14)
MOST_PENDING: Final = 30  # of one side in one case: enough for any side, too few to fill a disk
MOST_LINKS: Final = 50  # of one invitation
MOST_REMINDED: Final = 10  # at once, of one side in one case


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
        return row_of(new), True
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
    return row_of(same), False


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


async def make_call(conn: Connection, case_id: str, called_for: Tier, place: int, one: OneToCall, now: datetime) -> Row:
    """Write an invitation as manager that the ladder makes and nobody on the case; it has no link yet.

    A place in the line of a step is called once in a case; PostgreSQL sees to it.
    """
    row = await conn.fetchrow(
        """
        INSERT INTO invitations (invitation_id, case_id, role, party, email, language, suggested_name, title,
                                 inviter_party, created_at, expires_at, called_for, called_place)
        VALUES ($1, $2, 'manager', 'business', $3, $4, $5, $6, 'business', $7, $8, $9, $10) RETURNING *
        """,
        uuid.uuid4(),
        UUID(hex=case_id),
        one.email,
        one.language,
        one.name,
        one.title,
        now,
        now + VALID_FOR,
        called_for,
        place,
    )
    if row is None:
        raise LookupError("a row that was inserted is returned")
    return row_of(row)


async def unanswered(
    conn: Connection, case_id: str, party: Party, roles: Collection[Role], quiet_since: datetime
) -> list[Row]:
    """The invitations of a side in these roles that nobody has answered, the newest ones, locked.

    Left out is whoever was mailed after `quiet_since`, and whoever is accepting theirs at this moment.
    """
    rows = await conn.fetch(
        """
        SELECT invitations.* FROM invitations LEFT JOIN outbox USING (mail_id)
        WHERE case_id = $1 AND party = $2 AND role = ANY($3::text[]) AND email IS NOT NULL
          AND accepted_at IS NULL AND revoked_at IS NULL AND declined_at IS NULL
          AND coalesce(outbox.created_at, invitations.created_at) <= $4
        ORDER BY invitations.created_at DESC, invitation_id LIMIT $5
        FOR UPDATE OF invitations SKIP LOCKED
        """,
        UUID(hex=case_id),
        party,
        sorted(roles),
        quiet_since,
        MOST_REMINDED,
    )
    return [row_of(row) for row in rows]


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
        WHERE case_id = $1 AND inviter_party IS NOT DISTINCT FROM $2
          AND (called_for IS NOT NULL OR accepted_by IS DISTINCT FROM invited_by)
        ORDER BY invitations.created_at DESC, invitation_id
        """,
        UUID(hex=seat.case_id),
        seat.party,
    )
    return [row_of(row) for row in rows]


async def of_side_by_id(conn: Connection, seat: Seat, invitation_id: str) -> Row:
    """Return one invitation of the seat's own side, locked; raises `Problem` 404 for any other."""
    row = await conn.fetchrow(
        """
        SELECT * FROM invitations
        WHERE invitation_id = $1 AND case_id = $2 AND inviter_party IS NOT DISTINCT FROM $3
          AND (called_for IS NOT NULL OR accepted_by IS DISTINCT FROM invited_by)
        FOR UPDATE
        """,
        UUID(hex=invitation_id),
        UUID(hex=seat.case_id),
        seat.party,
    )
    if row is None:
        raise Problem(404, "no-such-invitation", "There is no such invitation.", "Look at your invitations again.")
    return row_of(row)


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
