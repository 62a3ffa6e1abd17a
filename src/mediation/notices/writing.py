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
from mediation.notices.kinds import GATHERED, LEGAL, STRENGTH, Kind
from mediation.notices.letters import Letters
from mediation.notices.rules import Notice, notices_for
from mediation.notices.timing import How, Wish, send_at
from mediation.notices.wishes import COLUMNS, wishes_in

NOBODY: Final = "system"
"""The author of what is nobody's act, as the record names it."""
QUIET: Final = timedelta(minutes=15)
"""Somebody who was written to about a case has had their mail for so long: nobody can be flooded."""
GRACE: Final = timedelta(minutes=2)
"""Whoever sits at the screen has read it by then, and is not written to."""
PROMPT: Final[frozenset[Kind]] = LEGAL | {"mention"}
"""What goes out with the transaction."""


@dataclass(slots=True)
class _Upto:
    """A notice, and the newest entry that is told with it."""

    notice: Notice
    upto: int


@dataclass(frozen=True, slots=True)
class _Planned:
    """A notice with its reader, and with how and when they are written to."""

    notice: Notice
    upto: int
    row: Record
    how: How
    mail_at: datetime | None
    notice_id: UUID = field(default_factory=uuid.uuid4)


async def write(conn: Connection, case_id: str, case: Case, written: Iterable[Told], letters: Letters) -> None:
    """Write the notices that follow from what was written, and mail those that cannot wait.

    `case` is as it is after it; the caller's transaction holds the case's lock.
    """
    written = list(written)
    for told in written:
        if isinstance(told.event, e.MessageStruck):
            await _take_back(conn, case_id, told.room, told.event.seq)
    await _has_read(conn, case_id, written)
    notices = _gathered(notice for told in written for notice in notices_for(told, case))
    if not notices:
        return
    at = written[0].at
    rows = await _recipients(conn, case_id, notices)
    planned = [
        _Planned(one.notice, one.upto, row, *_plan(one.notice, row))
        for one, row in zip(notices, rows, strict=True)
        if row is not None
    ]
    prompt = _to_be_mailed(planned, at)
    await _insert(conn, case_id, planned, {one.notice.participant for one in prompt}, at)
    for one in prompt:
        await _mail(conn, case_id, one, letters, at)


def _gathered(notices: Iterable[Notice]) -> list[_Upto]:
    """One of each kind for each reader and room, where that is a kind that comes often."""
    found: dict[tuple[str, str, str, int], _Upto] = {}
    for notice in notices:
        key = (notice.participant, notice.room, notice.kind, 0 if notice.kind in GATHERED else notice.seq)
        if key in found:
            found[key].upto = notice.seq
        else:
            found[key] = _Upto(notice, notice.seq)
    return list(found.values())


async def _recipients(conn: Connection, case_id: str, notices: Sequence[_Upto]) -> list[Record | None]:
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
        [UUID(hex=one.notice.participant) for one in notices],
        [one.notice.room for one in notices],
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
    return how, planned_at(notice.kind, how, notice.at, wishes.when, row["last_mail"])


def planned_at(kind: Kind, how: How, at: datetime, when: Wish, last_mail: datetime | None) -> datetime | None:
    """When to write to somebody about what happened at `at`, whom we last wrote to at `last_mail`."""
    if how == "at-once" and kind not in LEGAL:
        soonest = at if kind in PROMPT else at + GRACE
        at = max(soonest, last_mail + QUIET) if last_mail is not None else soonest
    return send_at(how, at, when)


def _to_be_mailed(planned: Sequence[_Planned], at: datetime) -> list[_Planned]:
    """What cannot wait: the strongest for each reader, the earliest where several are as strong."""
    found: dict[str, _Planned] = {}
    for one in planned:
        if one.mail_at is not None and one.mail_at <= at and one.how == "at-once" and one.notice.kind in PROMPT:
            known = found.get(one.notice.participant)
            if known is None or STRENGTH[one.notice.kind] > STRENGTH[known.notice.kind]:
                found[one.notice.participant] = one
    return list(found.values())


async def _insert(conn: Connection, case_id: str, planned: Sequence[_Planned], mailed: set[str], at: datetime) -> None:
    """Keep the notices. Whoever is written to now is so of everything of this case that is not for once a day."""
    if not planned:
        return
    await conn.execute(
        """
        INSERT INTO notices (notice_id, case_id, participant_id, account_id, room, seq, last_seq, kind, at, due_at,
            how, mail_at)
        SELECT t.notice_id, $1, t.participant_id, t.account_id, t.room, t.seq, t.last_seq, t.kind, $12, t.due_at,
            t.how, t.mail_at
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[],
            $9::timestamptz[], $10::text[], $11::timestamptz[])
            AS t (notice_id, participant_id, account_id, room, seq, last_seq, kind, due_at, how, mail_at)
        ON CONFLICT (case_id, participant_id, room, kind) WHERE read_at IS NULL AND kind IN ('news', 'clauses')
            DO UPDATE SET last_seq = EXCLUDED.last_seq
        """,
        UUID(hex=case_id),
        [one.notice_id for one in planned],
        [UUID(hex=one.notice.participant) for one in planned],
        [one.row["account_id"] for one in planned],
        [one.notice.room for one in planned],
        [one.notice.seq for one in planned],
        [one.upto for one in planned],
        [one.notice.kind for one in planned],
        [one.notice.due for one in planned],
        [one.how for one in planned],
        [one.mail_at for one in planned],
        at,
    )
    if mailed:
        await conn.execute(
            """
            UPDATE notices SET mailed_at = $3
            WHERE case_id = $1 AND participant_id = ANY ($2::uuid[]) AND mail_at IS NOT NULL AND how = 'at-once'
              AND mailed_at IS NULL AND read_at IS NULL
            """,
            UUID(hex=case_id),
            [UUID(hex=participant) for participant in mailed],
            at,
        )


async def _mail(conn: Connection, case_id: str, one: _Planned, letters: Letters, at: datetime) -> None:
    """Put the mail about this notice into the outbox."""
    zone = wishes_in(dict(one.row)).when.zone
    message = await letters.about(
        conn,
        case_id,
        one.notice_id.hex,
        one.notice.kind,
        at=one.notice.at,
        due=one.notice.due,
        to=one.row["email"],
        language=one.row["language"],
        zone=zone,
        now=at,
    )
    await outbox.put(conn, message, at)


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


async def forget_room(conn: Connection, case_id: str, room: str) -> None:
    """Forget that anything was said in a room, with the room."""
    for table in ("notices", "notice_room_wishes"):
        await conn.execute(f"DELETE FROM {table} WHERE case_id = $1 AND room = $2", UUID(hex=case_id), room)  # noqa: S608
