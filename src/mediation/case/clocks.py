"""Terms that run: when each is over, when it is to be remembered, and while what it stands still. Pure.

A clock counts the working days that end while it runs. The day it begins does not count (`working_days`); a day that
ends while it stands still does not either, so a pause moves its end by as many working days as end in the pause.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from mediation.case.terms import Party
from mediation.case.working_days import Calendar

_MOMENT = timedelta(microseconds=1)
_AT_ONCE = timedelta(hours=1)

TermName = Literal["acknowledge", "answer", "resolve"]
"""Until the other side is here, until whoever was asked answers, until this step of the ladder has settled it."""
Still = Literal["paused", "waiting", "resting", "signing"]
"""Why a clock stands still: the table is paused, whoever owes this waits for the other side, the case rests, or both
agree to a text that is being signed."""


class Clock(Struct, frozen=True, kw_only=True):
    """A term that runs for the side that owes the next step."""

    term: TermName
    owed_by: Party
    since: datetime
    days: int
    remind: tuple[int, ...] = ()
    reminded: frozenset[int] = frozenset()
    still: frozenset[Still] = frozenset()
    spells: tuple[tuple[datetime, datetime | None], ...] = ()
    """From when to when it stood still; the last may not be over."""

    @property
    def key(self) -> str:
        """What a case has one of at a time."""
        return key_of(self.term, self.owed_by)


def key_of(term: TermName, owed_by: Party) -> str:
    """What names this term among those of a case: a step is settled by both, whoever owes it."""
    return term if term == "resolve" else f"{term}-{owed_by}"


class Act(Struct, frozen=True):
    """What is due for a clock: that it is remembered, with so many days left, or, with none, that it is over."""

    at: datetime
    clock: Clock
    days_left: int


def stopped(clock: Clock, why: Still, at: datetime) -> Clock:
    """The clock, standing still for this reason as well."""
    spells = clock.spells if clock.still else (*clock.spells, (at, None))
    return replace(clock, still=clock.still | {why}, spells=spells)


def started(clock: Clock, why: Still, at: datetime) -> Clock:
    """The clock without this reason to stand still; it runs once there is none."""
    if why not in clock.still:
        return clock
    still = clock.still - {why}
    spells = clock.spells if still else (*clock.spells[:-1], (clock.spells[-1][0], at))
    return replace(clock, still=still, spells=spells)


def extended(calendar: Calendar, clock: Clock, days: int, at: datetime) -> Clock:
    """The clock with so many working days more; what was remembered is so again when its new time has not come."""
    longer = replace(clock, days=clock.days + days)
    running = longer
    for why in clock.still:
        running = started(running, why, at)
    ends = _ends(calendar, running)
    return replace(longer, reminded=frozenset(left for left in clock.reminded if ends[longer.days - left - 1] <= at))


def over_at(calendar: Calendar, clock: Clock) -> datetime | None:
    """When the term is over, if nothing comes between; None while the clock stands still."""
    return None if clock.still else _ends(calendar, clock)[-1]


def last_day(calendar: Calendar, clock: Clock) -> date | None:
    """The day whose end the term is over with, where its midnights are; None while the clock stands still."""
    over = over_at(calendar, clock)
    return calendar.day_of(over - _MOMENT) if over is not None else None


def acts(calendar: Calendar, clock: Clock) -> list[Act]:
    """What is still due for this clock, the earliest first; nothing while it stands still."""
    if clock.still:
        return []
    ends = _ends(calendar, clock)
    reminders = {left for left in clock.remind if left < clock.days} - clock.reminded
    return [Act(ends[clock.days - left - 1], clock, left) for left in (*sorted(reminders, reverse=True), 0)]


@lru_cache(maxsize=2_048)
def is_late(due_at: datetime, at: datetime) -> bool:
    """Whether what was due then and was done `at` is to be told as late; a worker that runs looks every minute."""
    return at - due_at > _AT_ONCE


def _ends(calendar: Calendar, clock: Clock) -> tuple[datetime, ...]:
    """When each of its working days is over, of a clock that runs; asked for every screen, so it is kept."""
    return tuple(islice(_counted(calendar, clock), clock.days))


def _counted(calendar: Calendar, clock: Clock) -> Iterator[datetime]:
    """The ends of the working days that count, in their order, without end."""
    for day in calendar.working_days_after(calendar.day_of(clock.since)):
        end = calendar.ends(day)
        if not any(begun < end and (until is None or end <= until) for begun, until in clock.spells):
            yield end
