"""When somebody is written to: at once, once a day, never, and not in their quiet hours. By their own clock.

Pure: the moment is an argument. Hours are those on the wall, so a day may have 23 or 25 of them.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

How = Literal["at-once", "daily", "never"]

MORNING: Final = time(8)
_A_SECOND: Final = timedelta(seconds=1)


class Quiet(Struct, frozen=True):
    """Hours of the wall clock in which nobody is written to; over midnight when they end before they begin."""

    begins: time
    ends: time

    def covers(self, hour: time) -> bool:
        """Whether the wall clock shows quiet hours. From `begins` on, and no more at `ends`."""
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


class Wish(Struct, frozen=True, kw_only=True):
    """When somebody wants to be written to: their hours, and where their clock hangs."""

    zone: str = "UTC"
    quiet: Quiet | None = None
    digest_at: time = MORNING


def send_at(how: How, now: datetime, wish: Wish) -> datetime | None:
    """The moment at which to write about what happened `now`; None when never.

    Never before `now`, and never in quiet hours: those put a mail off to their end.
    """
    if how == "never":
        return None
    zone = ZoneInfo(wish.zone)
    at = now.astimezone(UTC) if how == "at-once" else _next(wish.digest_at, now, zone)
    return _after_quiet(at, wish.quiet, zone)


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone that we know, such as Europe/Berlin."""
    return name in available_timezones()


def _after_quiet(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    if quiet is None or not quiet.covers(local.time()):
        return at
    return _next(quiet.ends, at, zone)


def _next(hour: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The next moment after `after` at which the wall clock shows `hour`, or would if it were not put forward."""
    today = after.astimezone(zone).date()
    for days in range(3):
        for moment in _moments(today + timedelta(days=days), hour, zone):
            if moment > after:
                return moment
    raise AssertionError("every hour comes within two days")


def _moments(day: date, hour: time, zone: ZoneInfo) -> list[datetime]:
    """When it is `hour` on that day: once; twice when clocks are put back; else when they are put forward over it."""
    wall = datetime.combine(day, hour)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = [m for m in (first, second) if m.astimezone(zone).replace(tzinfo=None) == wall]
    if shown:
        return sorted(set(shown))
    # Between the two ways of reading it, clocks jump over the hour: the first moment behind it.
    early, late = sorted((first, second))
    while late - early > _A_SECOND:
        middle = early + (late - early) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return [late.replace(microsecond=0)]
