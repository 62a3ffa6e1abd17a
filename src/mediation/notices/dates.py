"""What somebody's calendar should hold of a case: its meetings, and the last days of the times that run for them. Pure.

An entry of a calendar has a name that stays and a number that grows with every change. Both follow from the papers, so
that whoever was given a file earlier gets one that takes its place, whichever process makes it.
"""

from collections.abc import Iterable
from datetime import date as day
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from mediation.case.clocks import Clock, over_at
from mediation.case.state import Meeting, Papers
from mediation.case.terms import Party
from mediation.case.working_days import Calendar
from mediation.notices.calendar import last_day


class Date(Struct, frozen=True, kw_only=True):
    """An entry of a calendar: a meeting from `starts_at` to `ends_at`, or, without a start, what is due until then.

    `zone` is where its day ends, or its hours are meant. `cancelled`: there is nothing at that time, as things stand.
    """

    name: str
    sequence: int
    starts_at: datetime | None = None
    ends_at: datetime
    zone: str
    cancelled: bool = False

    @property
    def is_due(self) -> bool:
        """Whether something is to be done by then."""
        return self.starts_at is None and not self.cancelled

    def last_day(self) -> day:
        """The last day on which what is due may be done, where the case has its calendar."""
        return last_day(self.ends_at, self.zone)


def of_meeting(meeting: Meeting) -> Date:
    """A meeting, under the name that it keeps when it is moved."""
    return Date(
        name=meeting.meeting,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        cancelled=meeting.cancelled_at is not None,
    )


def of_term(calendar: Calendar, clock: Clock) -> Date:
    """A time that runs; one that stands still is cancelled, under the day that it had until then.

    Its number counts the working days that it was given and how often it stood still and went on: both only grow.
    """
    ran = replace(clock, still=frozenset(), spells=clock.spells[:-1]) if clock.still else clock
    over = over_at(calendar, ran)
    if over is None:
        raise AssertionError("a time that runs is over at some moment")
    changes = sum(1 if until is None else 2 for _, until in clock.spells)
    return Date(
        name=f"{clock.key} {clock.since.isoformat()}",
        sequence=clock.days + changes,
        ends_at=over,
        zone=calendar.zone,
        cancelled=bool(clock.still),
    )


def newest(dates: Iterable[Date]) -> dict[str, Date]:
    """By their names the dates as they are now, of those that were told one after another."""
    found: dict[str, Date] = {}
    for date in dates:
        if date.name not in found or found[date.name].sequence <= date.sequence:
            found[date.name] = date
    return found


def is_told(clock: Clock) -> bool:
    """Whether the side that owes it was told its last day: when an answer was asked of it, or with a reminder."""
    return clock.term == "answer" or bool(clock.reminded)


def changes(before: Papers, after: Papers, party: Party | None, at: datetime) -> list[Date]:
    """What an act at this moment changed of the dates that this side's people have been told of.

    A time that is no longer counted leaves the calendars; one that was over before stays there, as what was. A pause
    that is over before the day has moved was told to nobody.
    """
    policy = after.facts.policy if after.facts is not None else None
    if party is None or policy is None or before.clocks is after.clocks:
        return []
    calendar = policy.calendar
    goes_on = "paused" in before.still - after.still
    was, now = _told(calendar, before, party), _told(calendar, after, party)
    changed = [
        date
        for date, clock in now.values()
        if (was[date.name][0].sequence != date.sequence if date.name in was else not date.cancelled)
        and (has_moved(calendar, clock) or not goes_on)
    ]
    gone = [
        replace(date, sequence=date.sequence + 1, cancelled=True)
        for date, _ in was.values()
        if date.name not in now and date.ends_at > at
    ]
    return changed + gone


def lost_from(calendar: Calendar, at: datetime) -> datetime:
    """The moment from which a time that stands still since `at` is over later than it would have been."""
    days = calendar.working_days_after(calendar.day_of(at) - timedelta(days=1))
    return next(end for end in map(calendar.ends, days) if end > at)


def has_moved(calendar: Calendar, clock: Clock) -> bool:
    """Whether a time is over at another moment than was told before it last stood still."""
    if not clock.spells:
        return True
    *earlier, (stood_still, _) = clock.spells
    was_never_told = stood_still <= clock.since
    return was_never_told or over_at(calendar, clock) != over_at(calendar, replace(clock, spells=tuple(earlier)))


def _told(calendar: Calendar, papers: Papers, party: Party) -> dict[str, tuple[Date, Clock]]:
    clocks = (clock for clock in papers.clocks.values() if clock.owed_by == party and is_told(clock))
    dates = ((of_term(calendar, clock), clock) for clock in clocks)
    return {date.name: (date, clock) for date, clock in dates}
