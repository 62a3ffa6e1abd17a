"""One act, one notice: what somebody is told of all that a command, or something that was due, led to. Pure.

A step up is several papers in one turn, and whoever it concerns is told of it once: what they are asked to do and by
when, before what merely happened. It follows from the papers and from the rooms that they are in, and nothing else.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec.structs import replace

from mediation.case.state import Case, Told
from mediation.case.terms import PAPERS
from mediation.notices.dates import Date, changes, newest
from mediation.notices.kinds import GATHERED, STRENGTH, Kind
from mediation.notices.notice import Notice
from mediation.notices.parts import RIDES_ALONG
from mediation.notices.rules import notices_for


class Telling(Protocol):
    """Something that tells somebody of something."""

    @property
    def kind(self) -> Kind:
        """What kind of thing."""
        ...

    @property
    def due(self) -> datetime | None:
        """Until when it asks for something."""
        ...

    @property
    def dates(self) -> tuple[Date, ...]:
        """What it changes in a calendar."""
        ...


OneTelling = TypeVar("OneTelling", bound=Telling)


def notices_of(before: Case, written: Sequence[Told], after: Case) -> list[Notice]:
    """What each person is told of an act: one notice each, with all that it changes in their calendar."""
    found: dict[str, list[Notice]] = {}
    for told in written:
        for notice in notices_for(told, after):
            found.setdefault(notice.participant, []).append(notice)
    return [_as_one(before, after, notices) for notices in found.values()]


def most_telling(tellings: Iterable[OneTelling]) -> OneTelling:
    """What asks for something by a day that still counts, then the strongest; the last of those that are alike."""
    tellings = list(tellings)
    now = newest(date for one in tellings for date in one.dates)

    def weight(one: OneTelling) -> tuple[bool, int]:
        was_told = [now[date.name] for date in one.dates if date.is_due]
        is_asked = one.due is not None and (not was_told or any(date.is_due for date in was_told))
        return is_asked, STRENGTH[one.kind]

    return max(reversed(tellings), key=weight)


def _as_one(before: Case, after: Case, notices: list[Notice]) -> Notice:
    # Of what is alike, words that can be read come before the bare fact that there are some.
    in_order = sorted(notices, key=lambda notice: (notice.room != PAPERS, notice.seq))
    best = most_telling(in_order)
    place = most_telling([notice for notice in in_order if notice.parts != RIDES_ALONG] or in_order)
    party = after.papers.people[best.participant].party
    changed = changes(before.papers, after.papers, party, best.at)
    due = best.due or next((date.ends_at for date in changed if date.is_due), None)
    # A calendar is put right with a mail of its own kind, which does not wait until there is other news.
    puts_right = bool(changed) and best.kind in GATHERED
    parts = tuple(dict.fromkeys(part for notice in in_order for part in notice.parts))
    return replace(
        best,
        room=place.room,
        seq=place.seq,
        upto=max(notice.upto for notice in notices if notice.room == place.room),
        kind="time" if puts_right else best.kind,
        due=due,
        parts=("no-longer-due",) if puts_right and due is None else parts,
        dates=tuple(newest([*changed, *(date for notice in in_order for date in notice.dates)]).values()),
    )
