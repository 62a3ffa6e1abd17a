"""The settlement's text for commands: read and changed within their transaction, under the document's lock.

The lock order is case, then document; whoever calls these holds the case.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from mediation.case.state import Suggestion, Text
from mediation.case.text import changed_by, text_from
from mediation.db import Connection
from mediation.drafting import building, committed, log
from mediation.drafting.building import CannotBuild
from mediation.drafting.canonical import Unreadable, canonical
from mediation.drafting.grammar import can_be_shown
from mediation.drafting.log import Written


def is_writable(node: Mapping[str, Any]) -> bool:
    """Whether a suggested clause could be written into a settlement and would read the same."""
    try:
        building.require_buildable(node)
        return can_be_shown(node)
    except (CannotBuild, AttributeError, KeyError, TypeError, ValueError):
        return False


async def create(
    conn: Connection,
    case_id: str,
    name: str,
    epoch: int,
    now: datetime,
    node: Mapping[str, Any] | None = None,
    *,
    room: str,
    since: int,
) -> bool:
    """Make a document of a room, for whoever reads that room's entry `since`; tells whether it is new.

    It is empty, or begins with a wording, from which nothing that was deleted can be read.
    """
    is_new = await log.create(conn, case_id, name, epoch, now, room=room, since=since)
    if is_new and node is not None and node.get("content"):
        await log.append(conn, case_id, name, [Written(building.build(node), None)], now)
    return is_new


async def read(conn: Connection, case_id: str, name: str) -> Text | None:
    """The text as it is committed, which nobody changes until the transaction ends; None when there is none."""
    await log.hold(conn, case_id, name)
    state = await committed.load(conn, case_id, name)
    if state is None:
        return None
    try:
        text = text_from(name, canonical(state.doc))
    except Unreadable:
        return None
    # Yjs lets an editor of somebody's own give a clause a list for an id. Nobody can agree to that by its id, and
    # looking for it among the agreed ones would fail each time that anybody types.
    return replace(text, clauses=tuple(one for one in text.clauses if type(one.clause) is str))


async def change(
    conn: Connection, case_id: str, name: str, suggestion: Suggestion, text: Text, by: str, now: datetime
) -> int:
    """Change the text as a suggestion says; returns the number of the update. `text` is what `read` gave."""
    state = await committed.load(conn, case_id, name)
    if state is None:
        raise LookupError(f"There is no document {name} in case {case_id}.")
    update = building.change(state.doc, suggestion, changed_by(text.node, suggestion))
    return await log.append(conn, case_id, name, [Written(update, by)], now, even_agreed=True)


async def append(conn: Connection, case_id: str, name: str, updates: list[bytes], by: str | None, now: datetime) -> int:
    """Append what somebody typed although a side agrees to the text; returns the number of the last update."""
    return await log.append(conn, case_id, name, [Written(one, by) for one in updates], now, even_agreed=True)


async def mark_agreed(conn: Connection, case_id: str, name: str, *, agreed: bool) -> None:
    """Note whether a side agrees to any clause: then edits come through `Casework.typed_over_agreement`."""
    await log.mark_agreed(conn, case_id, name, agreed=agreed)


async def freeze(conn: Connection, case_id: str, name: str, now: datetime) -> None:
    """Let nobody write any more."""
    await log.freeze(conn, case_id, name, now)


async def keep_version(conn: Connection, case_id: str, version: str, text: Text, now: datetime) -> None:
    """Keep the wording of the whole text."""
    await log.keep_version(conn, case_id, version, text.document, msgspec.json.encode(text.node).decode(), now)


async def version(conn: Connection, case_id: str, version_id: str) -> dict[str, Any] | None:
    """A kept wording as canonical JSON, or None."""
    found = await log.version(conn, case_id, version_id)
    node: dict[str, Any] | None = msgspec.json.decode(found) if found is not None else None
    return node
