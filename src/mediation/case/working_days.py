"""When a period is over that is counted in working days. Pure.

The day something happens does not count and the last day counts whole, as article 3 of Regulation (EEC, Euratom)
1182/71 counts days: a period of three working days that begins on a Friday is over at the midnight after Wednesday.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE

_DAY = timedelta(days=1)


class Calendar(Struct, frozen=True, kw_only=True):
    """On which days people work, and where their midnight is.

    `zone` is a name of the IANA database, `weekend` holds days as Monday 0 … Sunday 6, `closed` the holidays in their
    order. `name` says whose holidays they are.
    """

    name: Annotated[str, Meta(max_length=200, pattern=PRINTABLE)] = ""
    zone: Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_+/-]*$(?!\\n)")] = "UTC"
    weekend: Annotated[tuple[Annotated[int, Meta(ge=0, le=6)], ...], Meta(max_length=6)] = (5, 6)
    closed: Annotated[tuple[date, ...], Meta(max_length=1_000)] = ()

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        place = bisect_left(self.closed, day)
        is_closed = place < len(self.closed) and self.closed[place] == day
        return not is_closed and day.weekday() not in self.weekend

    def day_of(self, moment: datetime) -> date:
        """The day it is there at this moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def begins(self, day: date) -> datetime:
        """The first moment of a day, in UTC; where the clocks skip midnight, the moment they skip it."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def ends(self, day: date) -> datetime:
        """The moment at which a day is over, in UTC."""
        return self.begins(day + _DAY)

    def working_days_after(self, day: date) -> Iterator[date]:
        """The working days that follow this one, without end."""
        while True:
            day += _DAY
            if self.is_working(day):
                yield day


MONDAY_TO_FRIDAY = Calendar()
"""By UTC and without holidays: for what nobody has named a calendar for."""


def next_working_day(calendar: Calendar, moment: datetime) -> datetime:
    """The moment at which the next working day begins."""
    return calendar.begins(next(calendar.working_days_after(calendar.day_of(moment))))


def over_at(calendar: Calendar, moment: datetime, days: int) -> datetime:
    """The moment at which so many working days, one at least, are over that are counted from this one."""
    following = calendar.working_days_after(calendar.day_of(moment))
    last = next(day for number, day in enumerate(following, 1) if number == days)
    return calendar.ends(last)
