"""The log of a document: updates in one commit-ordered sequence without gaps, and the newest compact state.

Every function works on the connection it is given and joins its transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from mediation.db import Connection

SIZE_LIMIT: Final = 64 << 20
"""Bytes of all updates of one document; a settlement typed by hand stays far below."""
PAGE: Final = 5_000
_PATIENCE: Final = timedelta(seconds=10).total_seconds()


class SomebodyAgrees(Exception):  # noqa: N818 - reads as the sentence it is
    """A side agrees to a clause of this text, so an edit is saved under the lock of the case."""


class CannotAppend(Exception):  # noqa: N818 - reads as the sentence it is
    """The document is unknown, frozen, or has reached `SIZE_LIMIT`."""


class BrokenSequence(Exception):  # noqa: N818 - reads as the sentence it is
    """The log does not go on where it should; what was read must not be applied."""


@dataclass(frozen=True, slots=True)
class Row:
    """One committed update, and the participant (32 hex) over whose connection it came; None for the portal itself."""

    seq: int
    update: bytes
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An update about to be appended and the participant (32 hex) who made it; None for the portal itself."""

    update: bytes
    actor: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as its row tells. `head` is the number of the last committed update, 0 for none."""

    case_id: str
    name: str
    epoch: int
    head: int
    size: int
    frozen: bool


_APPEND = """
WITH moved AS (
    UPDATE documents SET head = head + $3, bytes = bytes + $4
    WHERE case_id = $1 AND name = $2 AND frozen_at IS NULL AND bytes + $4 <= $8 AND (NOT agreed OR $9)
    RETURNING head
)
INSERT INTO document_updates (case_id, name, seq, update, actor, at)
SELECT $1, $2, moved.head - $3 + written.place, written.update, written.actor, $7
FROM moved, unnest($5::bytea[], $6::uuid[]) WITH ORDINALITY AS written (update, actor, place)
RETURNING seq
"""


async def append(
    conn: Connection,
    case_id: str,
    name: str,
    written: Sequence[Written],
    now: datetime,
    *,
    even_agreed: bool = False,
) -> int:
    """Append updates in their order and return the number of the last; outside a transaction this commits them.

    One statement, so one round trip. Raises `CannotAppend`, or unless `even_agreed` `SomebodyAgrees`, and appends
    nothing.
    """
    rows = await conn.fetch(
        _APPEND,
        UUID(hex=case_id),
        name,
        len(written),
        sum(len(one.update) for one in written),
        [one.update for one in written],
        [None if one.actor is None else UUID(hex=one.actor) for one in written],
        now,
        SIZE_LIMIT,
        even_agreed,
        timeout=_PATIENCE,
    )
    if not rows and not even_agreed and await _is_agreed(conn, case_id, name):
        raise SomebodyAgrees
    if not rows:
        raise CannotAppend("the document is unknown, frozen or full")
    return max(int(row["seq"]) for row in rows)


async def _is_agreed(conn: Connection, case_id: str, name: str) -> bool:
    row = await conn.fetchrow(
        "SELECT agreed, frozen_at FROM documents WHERE case_id = $1 AND name = $2", UUID(hex=case_id), name
    )
    return row is not None and row["agreed"] and row["frozen_at"] is None


async def mark_agreed(conn: Connection, case_id: str, name: str, *, agreed: bool) -> None:
    """Note whether a side agrees to any clause of the text. An update that is being committed is waited for."""
    await conn.execute(
        "UPDATE documents SET agreed = $3 WHERE case_id = $1 AND name = $2 AND agreed <> $3",
        UUID(hex=case_id),
        name,
        agreed,
    )


async def hold(conn: Connection, case_id: str, name: str) -> None:
    """Let nobody append until the caller's transaction ends."""
    await conn.execute("SELECT FROM documents WHERE case_id = $1 AND name = $2 FOR UPDATE", UUID(hex=case_id), name)


async def keep_version(conn: Connection, case_id: str, version: str, name: str, node: str, now: datetime) -> None:
    """Keep a wording of the text, as JSON, under the id of the command that wants it kept."""
    await conn.execute(
        "INSERT INTO document_versions (case_id, version, name, node, at) VALUES ($1, $2, $3, $4, $5)",
        UUID(hex=case_id),
        UUID(hex=version),
        name,
        node,
        now,
    )


async def version(conn: Connection, case_id: str, version_id: str) -> str | None:
    """Return a kept wording as JSON, or None when there is none of this id that the connection may see."""
    node: str | None = await conn.fetchval(
        "SELECT node FROM document_versions WHERE case_id = $1 AND version = $2",
        UUID(hex=case_id),
        UUID(hex=version_id),
    )
    return node


async def read(conn: Connection, case_id: str, name: str, after: int, until: int | None = None) -> list[Row]:
    """Return at most `PAGE` committed updates numbered after `after` (and up to `until`), in order.

    Raises `BrokenSequence` unless they follow on without a gap.
    """
    rows = await conn.fetch(
        """
        SELECT seq, update, actor FROM document_updates
        WHERE case_id = $1 AND name = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5
        """,
        UUID(hex=case_id),
        name,
        after,
        until if until is not None else (1 << 63) - 1,
        PAGE,
        timeout=_PATIENCE,
    )
    for place, row in enumerate(rows, start=after + 1):
        if row["seq"] != place:
            raise BrokenSequence(f"update {place} is missing")
    return [Row(row["seq"], row["update"], row["actor"] and row["actor"].hex) for row in rows]


async def find(conn: Connection, case_id: str, name: str) -> DocumentRow | None:
    """Return the document's row, or None when there is no such document."""
    row = await conn.fetchrow(
        "SELECT epoch, head, bytes, frozen_at FROM documents WHERE case_id = $1 AND name = $2",
        UUID(hex=case_id),
        name,
        timeout=_PATIENCE,
    )
    if row is None:
        return None
    return DocumentRow(case_id, name, row["epoch"], row["head"], row["bytes"], row["frozen_at"] is not None)


async def create(
    conn: Connection, case_id: str, name: str, epoch: int, now: datetime, *, room: str, since: int
) -> bool:
    """Create the document, empty, and return whether it is new; a document that exists is left as it is.

    PostgreSQL shows it to whoever is in `room` now and reads it from the entry numbered `since`, or an earlier one.
    """
    return (
        await conn.fetchval(
            """
            INSERT INTO documents (case_id, name, epoch, opened_at, room, since) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING RETURNING true
            """,
            UUID(hex=case_id),
            name,
            epoch,
            now,
            room,
            since,
        )
        is True
    )


async def freeze(conn: Connection, case_id: str, name: str, now: datetime) -> None:
    """Let nothing be appended any more. An update that is being committed elsewhere is waited for."""
    await conn.execute(
        "UPDATE documents SET frozen_at = $3 WHERE case_id = $1 AND name = $2 AND frozen_at IS NULL",
        UUID(hex=case_id),
        name,
        now,
    )


async def read_snapshot(conn: Connection, case_id: str, name: str) -> Row | None:
    """Return the newest compact state and the number of the last update in it."""
    row = await conn.fetchrow(
        "SELECT seq, state FROM document_snapshots WHERE case_id = $1 AND name = $2",
        UUID(hex=case_id),
        name,
        timeout=_PATIENCE,
    )
    return None if row is None else Row(row["seq"], row["state"])


async def keep_snapshot(conn: Connection, case_id: str, name: str, state: Row, now: datetime) -> None:
    """Keep a compact state unless a newer one is there. The log itself stays whole."""
    await conn.execute(
        """
        INSERT INTO document_snapshots AS kept (case_id, name, seq, state, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (case_id, name) DO UPDATE SET seq = EXCLUDED.seq, state = EXCLUDED.state, at = EXCLUDED.at
        WHERE kept.seq < EXCLUDED.seq
        """,
        UUID(hex=case_id),
        name,
        state.seq,
        state.update,
        now,
        timeout=_PATIENCE,
    )
