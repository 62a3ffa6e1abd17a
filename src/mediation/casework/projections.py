"""The rows kept beside the log, written in the same transaction: who sits where, who reads which room from when."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mediation.case import events as e
from mediation.case.decide.by_itself import due_at
from mediation.case.keeping import next_at
from mediation.case.rooms import members_of, rooms_of
from mediation.case.state import Case, Papers, Told
from mediation.case.terms import JOINT, PAPERS, TALKS
from mediation.casework.waking import wake_at
from mediation.db import Connection


async def take_seat(
    conn: Connection, case_id: str, account_id: str, joined: e.ParticipantJoined, now: datetime
) -> None:
    """Give an account its seat on a case."""
    await conn.execute(
        """
        INSERT INTO seats (case_id, participant_id, account_id, role, party, name, joined_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        UUID(case_id),
        UUID(joined.participant),
        UUID(account_id),
        joined.role,
        joined.party,
        joined.name,
        now,
    )


_CHANGES_MEMBERSHIP = (
    e.ParticipantJoined,
    e.ParticipantLeft,
    e.MediatorAppointed,
    e.AgreementAccepted,
    e.MediationBegan,
    e.RoomOpened,
    e.MemberAdmitted,
    e.MemberLeft,
)


async def project(conn: Connection, case_id: str, before: Case, after: Case, written: Iterable[Told]) -> None:
    """Bring seats, memberships and when to look at the case again up to what the papers and the rooms now say."""
    written = list(written)
    if after.papers.ended_at is not None:
        await wake_at(conn, "keeping", case_id, next_at(after))
    if before.papers.ended_at is None and after.papers.ended_at is not None:
        await wake_at(conn, "printings", case_id, after.papers.ended_at)
    if after.papers is not before.papers and due_at(after.papers) != due_at(before.papers):
        await wake_at(conn, "due", case_id, due_at(after.papers))
    if not any(isinstance(t.event, _CHANGES_MEMBERSHIP) for t in written):
        return
    was, became = _memberships(before), _memberships(after)
    ended = [(room, who, since) for (room, who), since in was.items() if became.get((room, who)) != since]
    begun = [(room, who, since) for (room, who), since in became.items() if was.get((room, who)) != since]
    case = UUID(case_id)
    if ended:
        # A leaver's reading ends with the entry that tells of their leaving.
        await conn.execute(
            """
            UPDATE memberships m SET until_seq = r.length
            FROM unnest($2::text[], $3::uuid[], $4::bigint[]) AS gone (room, participant_id, from_seq)
            JOIN rooms r ON r.case_id = $1 AND r.room = gone.room
            WHERE m.case_id = $1 AND m.room = gone.room AND m.participant_id = gone.participant_id
              AND m.from_seq = gone.from_seq
            """,
            case,
            *zip(*((room, UUID(who), since) for room, who, since in ended), strict=True),
        )
    if begun:
        await conn.execute(
            """
            INSERT INTO memberships (case_id, room, participant_id, from_seq)
            SELECT $1, * FROM unnest($2::text[], $3::uuid[], $4::bigint[])
            """,
            case,
            *zip(*((room, UUID(who), since) for room, who, since in begun), strict=True),
        )
    for told in written:
        if isinstance(told.event, e.ParticipantLeft):
            await conn.execute(
                "UPDATE seats SET left_at = $3 WHERE case_id = $1 AND participant_id = $2",
                case,
                UUID(told.event.participant),
                told.at,
            )


def _memberships(case: Case) -> dict[tuple[str, str], int]:
    """Who reads which room from which entry on."""
    papers: Papers = case.papers
    if papers.facts is None:
        return {}
    found = {(room, who): 1 for room in (PAPERS, TALKS, JOINT) for who in members_of(case, room)}
    for room, state in case.private.items():
        for who, since in state.since.items():
            if room in rooms_of(case, who):
                found[room, who] = since
    return found
