"""The feed's messages, both ways. JSON text frames, told apart by `type`."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from mediation.case.terms import Room
from mediation.case.view import CaseView
from mediation.casework.wire import EntryView

MAX_FRAME = 4096
"""Bytes of one message from a browser; longer ones end the connection."""

Counter = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Hello(Struct, tag_field="type", tag="hello", frozen=True):
    """First message: how far this browser has read each room."""

    since: Annotated[dict[Room, Counter], Meta(max_length=16)] = {}


class Typing(Struct, tag_field="type", tag="typing", frozen=True):
    """Somebody writes in a room."""

    room: Room


class Ping(Struct, tag_field="type", tag="ping", frozen=True):
    """The browser asks whether the server is still there."""


FromBrowser = Hello | Typing | Ping
_DECODER: msgspec.json.Decoder[FromBrowser] = msgspec.json.Decoder(FromBrowser)

ByeCode = Literal["session-ended", "not-on-this-case", "restart", "slow", "bad-message", "too-many"]

CLOSE_CODES: dict[ByeCode, int] = {
    "bad-message": 4400,
    "session-ended": 4401,
    "not-on-this-case": 4403,
    "slow": 4408,
    "too-many": 4429,
    "restart": 1012,
}
"""The close code that goes with each goodbye."""


class BadMessage(ValueError):  # noqa: N818 - reads as the sentence it is
    """A frame that is not a message of this feed."""


def read(frame: str) -> FromBrowser:
    """The message in a text frame. Raises BadMessage."""
    if len(frame) > MAX_FRAME:
        raise BadMessage
    try:
        return _DECODER.decode(frame)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        raise BadMessage from fault


def _frame(**fields: Any) -> str:  # noqa: ANN401 - a message's fields, encoded at once
    return msgspec.json.encode(fields).decode()


def welcome(view: CaseView, heads: dict[str, int]) -> str:
    """The whole view, and how far each room of this viewer reaches."""
    return _frame(type="welcome", view=view, heads=heads)


def entries(room: str, page: list[EntryView]) -> str:
    """New entries of one room, in order."""
    return _frame(type="entries", room=room, entries=page)


def view_change(changed: dict[str, msgspec.Raw]) -> str:
    """Those parts of the view that are different now."""
    return _frame(type="view", changed=changed)


def presence(here: list[str]) -> str:
    """Who is connected to the case. Never in which room, nor how long."""
    return _frame(type="presence", here=here)


def typing(room: str, participant: str) -> str:
    """Somebody is writing in a room."""
    return _frame(type="typing", room=room, participant=participant)


def pong() -> str:
    """The answer to a ping."""
    return _frame(type="pong")


def bye(code: ByeCode, after_ms: int) -> str:
    """The server is about to close; come back after so many milliseconds, if at all (-1: do not)."""
    return _frame(type="bye", code=code, after_ms=after_ms)


def parts_of(view: CaseView) -> dict[str, bytes]:
    """The view in encoded parts, to be compared with the next one."""
    return {name: msgspec.json.encode(getattr(view, name)) for name in view.__struct_fields__}
