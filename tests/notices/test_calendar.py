"""Calendar files as a parser that is not ours reads them: the right hours, and nothing of any dispute."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from mediation.notices.calendar import deadline_file, meeting_file

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://portal.example/cases/0f"


def meeting(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "uid": "1@portal.example",
        "starts_at": datetime(2026, 3, 30, 8, tzinfo=UTC),
        "ends_at": datetime(2026, 3, 30, 9, 30, tzinfo=UTC),
        "zone": "Europe/Berlin",
        "language": "en",
        "url": URL,
        "sequence": 0,
        "cancelled": False,
        "now": NOW,
    }
    return meeting_file(**{**given, **changes})


def deadline(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "uid": "2@portal.example",
        "due_at": datetime(2026, 4, 10, 21, 30, tzinfo=UTC),
        "zone": "Europe/Berlin",
        "language": "en",
        "url": URL,
        "sequence": 0,
        "cancelled": False,
        "now": NOW,
    }
    return deadline_file(**{**given, **changes})


def read(file: bytes) -> Any:
    return vobject.readOne(file.decode())


def test_a_meeting_is_at_its_hour_wherever_it_is_read() -> None:
    event = read(meeting()).vevent
    assert event.dtstart.value == datetime(2026, 3, 30, 8, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.url.value == URL
    # Berlin's clocks were put forward the day before.
    assert "2026-03-30 10:00 – 11:30 (Europe/Berlin)" in event.description.value


def test_a_meeting_through_the_night_in_which_clocks_are_put_back_lasts_as_long_as_it_lasts() -> None:
    starts = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    event = read(meeting(starts_at=starts, ends_at=starts.replace(fold=1))).vevent
    assert event.dtend.value - event.dtstart.value == timedelta(hours=1)


def test_a_change_keeps_the_name_and_counts_on_and_a_cancellation_says_so() -> None:
    moved = read(meeting(sequence=2))
    gone = read(meeting(sequence=3, cancelled=True))
    assert moved.vevent.uid.value == gone.vevent.uid.value == "1@portal.example"
    assert (moved.vevent.sequence.value, gone.vevent.sequence.value) == ("2", "3")
    assert (moved.method.value, moved.vevent.status.value) == ("PUBLISH", "CONFIRMED")
    assert (gone.method.value, gone.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert not hasattr(gone.vevent, "valarm")


@pytest.mark.parametrize(
    ("due_at", "zone", "day"),
    [
        (datetime(2026, 4, 10, 21, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 4, 10)),
        (datetime(2026, 4, 10, 22, 0, tzinfo=UTC), "Europe/Berlin", date(2026, 4, 10)),  # midnight there
        (datetime(2026, 4, 10, 22, 1, tzinfo=UTC), "Europe/Berlin", date(2026, 4, 11)),
        (datetime(2026, 4, 10, 22, 1, tzinfo=UTC), "America/New_York", date(2026, 4, 10)),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), "UTC", date(2028, 2, 29)),
    ],
)
def test_what_is_due_stands_on_the_last_day_on_which_it_may_be_done(due_at: datetime, zone: str, day: date) -> None:
    event = read(deadline(due_at=due_at, zone=zone)).vevent
    assert event.dtstart.value == day
    assert event.dtend.value == day + timedelta(days=1)


@pytest.mark.parametrize("file", [meeting, deadline])
def test_files_speak_both_languages_and_end_their_lines_as_the_standard_says(file: Any) -> None:
    english, german = file(language="en"), file(language="de")
    assert read(english).vevent.summary.value != read(german).vevent.summary.value
    assert read(file(language="fr")).vevent.summary.value == read(english).vevent.summary.value
    for written in (english, german):
        assert written.replace(b"\r\n", b"").count(b"\n") == 0
        assert max(map(len, written.split(b"\r\n"))) <= 75


def test_what_is_no_meeting_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        meeting(ends_at=datetime(2026, 3, 30, 8, tzinfo=UTC))
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(ValueError, match="not a time zone"):
            meeting(zone=zone)
