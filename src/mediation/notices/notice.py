"""That somebody is told of something, and the form of the rules that say whom it concerns."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from mediation.case.state import Case, Person, Told
from mediation.notices.dates import Date
from mediation.notices.kinds import Kind, Part


class Notice(Struct, frozen=True, kw_only=True):
    """That somebody is told of an entry, and of what came with it up to the entry `upto` of that room."""

    participant: str
    room: str
    seq: int
    upto: int
    kind: Kind
    at: datetime
    due: datetime | None = None
    """Until when something is to be done."""
    parts: tuple[Part, ...] = ()
    """What it consisted of, for the sentences of a mail."""
    dates: tuple[Date, ...] = ()
    """What it changes in its reader's calendar."""
    not_before: datetime | None = None
    """Until then it may come to nothing, and is not mailed."""


Concerned: TypeAlias = Iterable[tuple[Person, Kind, Date | None]]
Rule: TypeAlias = Callable[[Told, Case, list[Person]], Concerned]
"""Given an event, what is known of papers and its room, and the people of the room without its author."""
