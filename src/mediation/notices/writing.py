"""Notices are written with what they tell of, in its transaction; what has to be mailed at once, with them.

Whatever else is mailed, the worker mails when its time has come (`mediation.notices.worker`).
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record

from mediation import outbox
from mediation.case import events as e
from mediation.case.state import Case, Told
from mediation.db import Connection
from mediation.notices.acts import notices_of
from mediation.notices.kinds import LEGAL, PROMPT, Kind
from mediation.notices.letters import Letters, Reader, Waiting, dates_in, kept_dates
from mediation.notices.notice import Notice
from mediation.notices.timing import How, Wish, send_at
from mediation.notices.wishes import COLUMNS, wishes_in

NOBODY: Final = "system"
"""The author of what is nobody's act, as the record names it."""
QUIET: Final = timedelta(minutes=15)
"""Somebody who was written to about a case has had their mail for so long: nobody can be flooded."""
GRACE: Final = timedelta(minutes=2)
"""Whoever sits at the screen has read it by then, and is not written to."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """A notice with its reader, and with how and when they are written to."""

    notice: Notice
    row: Record
    how: How
    mail_at: datetime | None
    notice_id: UUID = field(default_factory=uuid.uuid4)


async def write(
    conn: Connection, case_id: str, before: Case, after: Case, written: Iterable[Told], letters: Letters
) -> None:
    """Write the notices that follow from an act, one for each whom it concerns, and mail those that cannot wait.

    `before` and `after` are the case around what was written; the caller's transaction holds the case's lock.
    """
    written = list(written)
    for told in written:
        if isinstance(told.event, e.MessageStruck):
            await _take_back(conn, case_id, told.room, told.event.seq)
        if isinstance(told.event, e.ClocksStarted | e.MediationEnded | e.CaseClosed):
            await _take_back_the_pause(conn, case_id, told.at)
    await _has_read(conn, case_id, written)
    notices = notices_of(before, written, after)
    if not notices:
        return
    at = written[0].at
    rows = await _recipients(conn, case_id, notices)
    planned = [
        _Planned(notice, row, *_plan(notice, row)) for notice, row in zip(notices, rows, strict=True) if row is not None
    ]
    await _insert(conn, case_id, planned, at)
    for one in planned:
        is_prompt = one.how == "at-once" and one.notice.kind in PROMPT
        if is_prompt and one.mail_at is not None and one.mail_at <= at:
            await _mail(conn, case_id, one, letters, at)


async def _recipients(conn: Connection, case_id: str, notices: Sequence[Notice]) -> list[Record | None]:
    """For each notice its reader: account, address, wishes, and when they were last written to about such a thing.

    What was told early, with something else, does not count: that was not what they were written to about.
    """
    rows = await conn.fetch(
        f"""
        SELECT t.n, s.account_id, coalesce(a.email, i.email) AS email,
            CASE WHEN a.email IS NULL THEN i.language ELSE a.language END AS language,
            r.how AS of_room, {COLUMNS},
            (SELECT max(o.mailed_at) FROM notices o WHERE o.case_id = $1 AND o.participant_id = s.participant_id
                AND o.how = 'at-once' AND o.mail_at <= o.mailed_at AND o.kind <> ALL ($4::text[])) AS last_mail
        FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS t (participant_id, room, n)
        JOIN seats s ON s.case_id = $1 AND s.participant_id = t.participant_id
        JOIN accounts a ON a.account_id = s.account_id
        LEFT JOIN LATERAL (
            SELECT email, language FROM invitations
            WHERE case_id = $1 AND accepted_by = s.participant_id ORDER BY accepted_at DESC LIMIT 1
        ) i ON true
        LEFT JOIN notice_wishes w ON w.account_id = s.account_id
        LEFT JOIN notice_room_wishes r
            ON r.case_id = $1 AND r.participant_id = s.participant_id AND r.room = t.room
        """,  # noqa: S608 - the columns are ours
        UUID(hex=case_id),
        [UUID(hex=notice.participant) for notice in notices],
        [notice.room for notice in notices],
        sorted(LEGAL),
    )
    found: list[Record | None] = [None] * len(notices)
    for row in rows:
        found[row["n"] - 1] = row
    return found


def _plan(notice: Notice, row: Record) -> tuple[How, datetime | None]:
    """How and when the reader is written to."""
    wishes = wishes_in(dict(row))
    how = wishes.how(notice.kind, row["of_room"])
    if row["email"] is None:
        return how, None
    at = max(notice.at, notice.not_before or notice.at)
    return how, planned_at(notice.kind, how, at, wishes.when, row["last_mail"])


def planned_at(kind: Kind, how: How, at: datetime, when: Wish, last_mail: datetime | None) -> datetime | None:
    """When to write to somebody about what happened at `at`, whom we last wrote to at `last_mail`."""
    if how == "at-once" and kind not in LEGAL:
        soonest = at if kind in PROMPT else at + GRACE
        at = max(soonest, last_mail + QUIET) if last_mail is not None else soonest
    return send_at(how, at, when)


async def _insert(conn: Connection, case_id: str, planned: Sequence[_Planned], at: datetime) -> None:
    """Keep the notices."""
    await conn.execute(
        """
        INSERT INTO notices (notice_id, case_id, participant_id, account_id, room, seq, last_seq, kind, at, due_at,
            how, mail_at, dates, parts)
        SELECT t.notice_id, $1, t.participant_id, t.account_id, t.room, t.seq, t.last_seq, t.kind, $12, t.due_at,
            t.how, t.mail_at, t.dates, string_to_array(t.parts, ' ')
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[],
            $9::timestamptz[], $10::text[], $11::timestamptz[], $13::jsonb[], $14::text[])
            AS t (notice_id, participant_id, account_id, room, seq, last_seq, kind, due_at, how, mail_at, dates, parts)
        ON CONFLICT (case_id, participant_id, room, kind) WHERE read_at IS NULL AND kind IN ('news', 'clauses')
            DO UPDATE SET last_seq = EXCLUDED.last_seq
        """,
        UUID(hex=case_id),
        [one.notice_id for one in planned],
        [UUID(hex=one.notice.participant) for one in planned],
        [one.row["account_id"] for one in planned],
        [one.notice.room for one in planned],
        [one.notice.seq for one in planned],
        [one.notice.upto for one in planned],
        [one.notice.kind for one in planned],
        [one.notice.due for one in planned],
        [one.how for one in planned],
        [one.mail_at for one in planned],
        at,
        [kept_dates(one.notice.dates) for one in planned],
        [" ".join(one.notice.parts) for one in planned],
    )


async def _mail(conn: Connection, case_id: str, one: _Planned, letters: Letters, at: datetime) -> None:
    """Put the mail about this notice into the outbox; whatever waits of this case is told with it.

    Not a pause that may come to nothing, and nothing of a room that they have left.
    """
    rows = await conn.fetch(
        """
        UPDATE notices n SET mailed_at = $3
        WHERE n.case_id = $1 AND n.participant_id = $2 AND n.mail_at IS NOT NULL AND n.how = 'at-once'
          AND n.mailed_at IS NULL AND n.read_at IS NULL AND (n.parts <> '{still}' OR n.mail_at <= $3)
          AND (n.notice_id = $4 OR EXISTS (
            SELECT FROM memberships m WHERE m.case_id = n.case_id AND m.participant_id = n.participant_id
                AND m.room = n.room AND m.until_seq IS NULL
          ))
        RETURNING notice_id, kind, at, due_at, parts, dates
        """,
        UUID(hex=case_id),
        UUID(hex=one.notice.participant),
        at,
        one.notice_id,
    )
    reader = Reader(one.row["email"], one.row["language"], wishes_in(dict(one.row)).when.zone)
    waiting = [waiting_in(row) for row in sorted(rows, key=lambda row: row["at"])]
    await outbox.put(conn, await letters.about(conn, case_id, waiting, reader, at), at)


def waiting_in(row: Record) -> Waiting:
    """A row with these columns, as mails are put together from."""
    return Waiting(
        notice_id=row["notice_id"].hex,
        kind=row["kind"],
        at=row["at"],
        due=row["due_at"],
        parts=tuple(row["parts"]),
        dates=dates_in(row["dates"]),
    )


async def _has_read(conn: Connection, case_id: str, written: Sequence[Told]) -> None:
    """Whoever acts in a room has seen what waited for them there, and is not written to about it any more.

    What has legal effect stays until they have been shown it.
    """
    acted = {(t.actor, t.room): t for t in reversed(written) if t.actor != NOBODY}
    if not acted:
        return
    await conn.execute(
        """
        UPDATE notices n SET read_at = $5 FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS t (who, room, seq)
        WHERE n.case_id = $1 AND n.participant_id = t.who AND n.room = t.room AND n.last_seq < t.seq
          AND n.read_at IS NULL AND n.kind <> ALL ($6::text[])
        """,
        UUID(hex=case_id),
        [UUID(hex=who) for who, _ in acted],
        [room for _, room in acted],
        [t.seq for t in acted.values()],
        written[0].at,
        sorted(LEGAL),
    )


async def _take_back(conn: Connection, case_id: str, room: str, seq: int) -> None:
    """What is gone is told to nobody; where more was said since, that is still there to be read."""
    await conn.execute(
        "DELETE FROM notices WHERE case_id = $1 AND room = $2 AND seq = $3 AND last_seq = $3",
        UUID(hex=case_id),
        room,
        seq,
    )


async def _take_back_the_pause(conn: Connection, case_id: str, at: datetime) -> None:
    """A pause that is over before it put off anybody's day was told to nobody."""
    await conn.execute(
        """
        DELETE FROM notices
        WHERE case_id = $1 AND kind = 'time' AND parts = '{still}' AND mailed_at IS NULL AND mail_at > $2
        """,
        UUID(hex=case_id),
        at,
    )


async def forget_room(conn: Connection, case_id: str, room: str) -> None:
    """Forget that anything was said in a room, with the room."""
    for table in ("notices", "notice_room_wishes"):
        await conn.execute(f"DELETE FROM {table} WHERE case_id = $1 AND room = $2", UUID(hex=case_id), room)  # noqa: S608
