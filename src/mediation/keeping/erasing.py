"""Erasing what is due of one case, whole or not at all, in one transaction under the case's lock."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from mediation.case import keeping
from mediation.case.events import Decision, TalkErased
from mediation.case.evolve import fold
from mediation.case.state import Case
from mediation.case.terms import PAPERS
from mediation.casework.folds import told
from mediation.casework.handle import Casework
from mediation.casework.waking import wake_at
from mediation.db import Connection
from mediation.notices.writing import forget_room
from mediation.record import log


async def erase_due(conn: Connection, casework: Casework, case_id: str, now: datetime) -> Callable[[], None] | None:
    """Erase what is due of a case and note when to look again; `conn` is in a transaction of its own.

    Returns what to call after the commit, which tells the open screens, or None when nothing was due any more: a hold
    was placed, a side keeps its room, or another process was quicker. Raises `CaseUnknown`.
    """
    heads = await log.lock(conn, case_id)
    case = await _as_it_is(conn, heads)
    kinds, rooms = keeping.due(case, heads.rooms, now)
    if not kinds and not rooms:
        await wake_at(conn, "keeping", case_id, keeping.next_at(case))
        return None
    # The papers come first: the openings of the checkpoint that they seal are destroyed with the others.
    papers: Decision = [(PAPERS, TalkErased(what=kind)) for kind in kinds]
    tell = await casework.record(conn, case_id, papers, now) if papers else None
    for room in rooms:
        await log.erase_room(conn, case_id, room, now)
        await forget_room(conn, case_id, room)
    if "caucuses" in kinds:
        await conn.execute("DELETE FROM notes WHERE case_id = $1", UUID(case_id))
    await wake_at(conn, "keeping", case_id, keeping.next_at(await _as_it_is(conn, heads)))
    return tell or (lambda: None)


async def _as_it_is(conn: Connection, heads: log.Heads) -> Case:
    """The whole case from its rows, past every cache: what was erased must not be counted as being there."""
    entries = [entry for room in heads.rooms for entry in await log.read(conn, heads.case_id, room)]
    return fold(told(entry) for entry in entries if isinstance(entry, log.Entry))
