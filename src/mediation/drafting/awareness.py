"""Live cursors: what y-protocols' awareness updates hold, and whose cursor is whose.

A client says where its own cursor is and nothing else. Who the cursor belongs to is written by the server, so nobody
can appear under another's name, and nobody can move or remove another's cursor.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from mediation.drafting import wire
from mediation.identity.guards import Seat

_STATE_LIMIT: Final = 4_096  # characters of one cursor
_ENTRIES_LIMIT: Final = 256
_COLOURS: Final = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What a client tells of one cursor. `state` is None when it is gone."""

    client: int
    clock: int
    state: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A cursor as the others see it. `state` is JSON text, `null` when it is gone."""

    client: int
    clock: int
    state: str


def read(update: bytes) -> list[Told]:
    """What an awareness update tells. Raises `wire.Malformed`."""
    count, at = wire.read_var_uint(update, 0)
    if count > _ENTRIES_LIMIT:
        raise wire.Malformed("more cursors than a table has seats")
    told: list[Told] = []
    for _ in range(count):
        client, at = wire.read_var_uint(update, at)
        clock, at = wire.read_var_uint(update, at)
        text, at = wire.read_var_string(update, at)
        told.append(Told(client, clock, _state(text)))
    if at != len(update):
        raise wire.Malformed("the cursors go on after the last")
    return told


def encode(cursors: list[Cursor]) -> bytes:
    """An awareness update that tells these cursors."""
    out = bytearray(wire.var_uint(len(cursors)))
    for cursor in cursors:
        out += wire.var_uint(cursor.client) + wire.var_uint(cursor.clock) + wire.var_string(cursor.state)
    return bytes(out)


def user_of(seat: Seat) -> dict[str, Any]:
    """Whose cursor it is. `color` is one of the tokens `cursor-1` … `cursor-8`, the same for a person everywhere."""
    colour = hashlib.sha256(seat.participant_id.encode()).digest()[0] % _COLOURS + 1
    return {
        "name": seat.name,
        "party": seat.party,
        "role": seat.role,
        "color": f"cursor-{colour}",
        "participant": seat.participant_id,
    }


def shown(seat: Seat, state: dict[str, Any]) -> str:
    """The client's state as the others get it: its cursor, and the server's word for who it is."""
    cursor = state.get("cursor")
    return json.dumps({"user": user_of(seat), "cursor": cursor if isinstance(cursor, dict) else None})


def participant_of(state: str) -> str | None:
    """Whose cursor a state that `shown` wrote belongs to; None when it is gone."""
    shown_state = json.loads(state)
    return None if shown_state is None else str(shown_state["user"]["participant"])


def _state(text: str) -> dict[str, Any] | None:
    if len(text) > _STATE_LIMIT:
        raise wire.Malformed("a cursor is not that large")
    try:
        state = json.loads(text)
        # Python reads NaN and 1e999 and would write what no browser can read: then nobody sees any cursor.
        json.dumps(state, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise wire.Malformed("a cursor is not JSON") from error
    if state is None or isinstance(state, dict):
        return state
    raise wire.Malformed("a cursor is an object or null")
