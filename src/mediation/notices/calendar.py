"""Files that a calendar takes in: a meeting, and a day by which something is due (RFC 5545, and 5546 for changes).

A calendar is shared with assistants, families and firms. So a file says that there is something, when, and where to
look; never about what, with whom, or in which case.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress
from icalendar.prop import vDuration, vUri

from mediation.mail.message import Language

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = "-//mediation portal//calendar//EN"
_MOMENT: Final = timedelta(microseconds=1)
_BEFORE_A_MEETING: Final = timedelta(minutes=-15)
_BEFORE_A_DAY: Final = timedelta(hours=-15)
"""From midnight of the day: at nine in the morning of the day before."""

_MEETING: Final[dict[Language, str]] = {"en": "A conversation in the portal", "de": "Ein Gespräch im Portal"}
_DEADLINE: Final[dict[Language, str]] = {
    "en": "Something is due in the portal",
    "de": "Im Portal ist etwas fällig",
}
_LOOK: Final[dict[Language, str]] = {
    "en": "What it is about is behind the sign-in:",
    "de": "Worum es geht, steht hinter der Anmeldung:",
}


def meeting_file(
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    language: str,
    url: str,
    sequence: int,
    cancelled: bool,
    now: datetime,
) -> bytes:
    """A meeting from `starts_at` to `ends_at`, which its words give in the hours of `zone`, an IANA name.

    The times are moments in UTC: every calendar shows those in its reader's own hours, while rules of time zones that
    travel along are read differently by different programs. The same `uid` with a higher `sequence` takes the place of
    the earlier file, and `cancelled` takes it away. Both ends need a zone. Raises `ValueError` when the end is not
    after the start, or the zone is none.
    """
    # Two hours of one zone are compared as they stand on the wall, where a night may have one of them twice.
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    if ends_at <= starts_at:
        raise ValueError("a meeting ends after it starts")
    day, times = hours_in(starts_at, ends_at, zone)
    hours = f"{day.isoformat()} {times}. "
    event = _event(uid, _MEETING[_language(language)], language, url, sequence, hours, cancelled=cancelled, now=now)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("transp", "OPAQUE")
    if not cancelled:
        event.add_component(_alarm(_BEFORE_A_MEETING, _MEETING[_language(language)]))
    return _file(event, cancelled=cancelled)


def deadline_file(
    *,
    uid: str,
    due_at: datetime,
    zone: str,
    language: str,
    url: str,
    sequence: int,
    cancelled: bool,
    now: datetime,
) -> bytes:
    """The day on which something is due, as an event of the whole day in `zone`.

    What is due at midnight is due on the day before. An event and not a task, because few calendars show tasks.
    Raises `ValueError` when the zone is none.
    """
    day = last_day(due_at, zone)
    event = _event(uid, _DEADLINE[_language(language)], language, url, sequence, cancelled=cancelled, now=now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if not cancelled:
        event.add_component(_alarm(_BEFORE_A_DAY, _DEADLINE[_language(language)]))
    return _file(event, cancelled=cancelled)


def uid_of(name: str, base_url: str) -> str:
    """What names an entry of a calendar everywhere, so that a later file takes the place of an earlier one."""
    return f"{name}@{base_url.partition('://')[2].partition('/')[0]}"


def hours_in(starts_at: datetime, ends_at: datetime, zone: str) -> tuple[date, str]:
    """The day and the hours of a meeting, by the clocks of a zone. Raises `ValueError` when the zone is none."""
    begins, ends = (moment.astimezone(_zone(zone)) for moment in (starts_at, ends_at))
    return begins.date(), f"{begins:%H:%M} – {ends:%H:%M} ({zone})"


def last_day(due_at: datetime, zone: str) -> date:
    """The last day, in `zone`, on which what is due may still be done. Raises `ValueError` when the zone is none."""
    # A day is over with its last moment; where clocks are put forward at midnight, the next begins at one.
    return (due_at - _MOMENT).astimezone(_zone(zone)).date()


def _event(
    uid: str, summary: str, language: str, url: str, sequence: int, hours: str = "", *, cancelled: bool, now: datetime
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("summary", summary)
    event.add("description", f"{hours}{_LOOK[_language(language)]} {url}")
    event.add("url", vUri(url))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    # RFC 5546 wants somebody who organises; nobody is to be told who that is, and answers reach nobody.
    event.add("organizer", vCalAddress("mailto:nobody@invalid"))
    return event


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", vDuration(before))
    return alarm


def _file(event: Event, *, cancelled: bool) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError("not a time zone") from unknown


def _language(language: str) -> Language:
    return "de" if language == "de" else "en"
