"""The committed state of a document, rebuilt from the database and from nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pycrdt import Doc

from mediation.db import Connection
from mediation.drafting import log
from mediation.drafting.canonical import Unreadable, canonical
from mediation.drafting.log import BrokenSequence, DocumentRow, Row
from mediation.drafting.updates import Nesting, clocks, reach
from mediation.drafting.wire import Malformed

_SNAPSHOT_EVERY: Final = 1_000  # updates since the last one


class Damaged(Exception):  # noqa: N818 - reads as the sentence it is
    """The stored updates cannot be replayed; the document needs an operator."""


@dataclass(frozen=True, slots=True)
class Committed:
    """A document at update `head`. `since_snapshot` counts the updates that were replayed one by one.

    `nesting` tells how deep its parts lie, as far as that can still be read.
    """

    row: DocumentRow
    doc: Doc[Any]
    head: int
    since_snapshot: int
    nesting: Nesting


async def load(conn: Connection, case_id: str, name: str) -> Committed | None:
    """Rebuild the document from its newest snapshot and every update after it, strictly in order.

    Returns None when there is no such document. Raises `BrokenSequence` or `Damaged` when it cannot be rebuilt.
    """
    row = await log.find(conn, case_id, name)
    if row is None:
        return None
    doc: Doc[Any] = Doc()
    snapshot = await log.read_snapshot(conn, case_id, name)
    head = 0
    if snapshot is not None:
        replay(doc, [snapshot.update])
        head = snapshot.seq
    began = head
    while rows := await log.read(conn, case_id, name, head):
        replay(doc, [one.update for one in rows])
        head = rows[-1].seq
    if head < row.head:
        raise BrokenSequence(f"the log of {name} ends at {head}, not at {row.head}")
    nesting = Nesting()
    try:
        # Read from the collected state: it holds everything that can still be written beside or into.
        nesting.add(reach(doc.get_update()).placed)
    except Malformed as fault:
        raise Damaged(f"the document holds what none of its updates brought: {fault}") from fault
    return Committed(row, doc, head, head - began, nesting)


def replay(doc: Doc[Any], updates: list[bytes]) -> None:
    """Apply committed updates in order, as one transaction. Raises `Damaged`."""
    try:
        with doc.transaction():
            for update in updates:
                doc.apply_update(update)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in yrs is no Exception
        raise Damaged(f"a stored update cannot be applied: {type(fault).__name__}") from fault


async def keep_snapshot_if_due(conn: Connection, committed: Committed, now: datetime) -> bool:
    """Keep a compact state when many updates had to be replayed; return whether one was kept.

    It is rebuilt and compared first, because whoever loads it has nothing to notice a loss by.
    """
    if committed.since_snapshot < _SNAPSHOT_EVERY:
        return False
    state = committed.doc.get_update()
    again: Doc[Any] = Doc()
    replay(again, [state])
    if not _same(again, committed.doc):
        return False
    await log.keep_snapshot(conn, committed.row.case_id, committed.row.name, Row(committed.head, state), now)
    return True


def _same(one: Doc[Any], other: Doc[Any]) -> bool:
    try:
        return clocks(one.get_state()) == clocks(other.get_state()) and canonical(one) == canonical(other)
    except Unreadable:
        return False
