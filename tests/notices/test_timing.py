"""When people are written to, by the clock on their wall: over midnight, and when clocks are changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.notices.timing import How, Quiet, Wish, is_zone, send_at

BERLIN = "Europe/Berlin"
NIGHT = Quiet(time(22), time(7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def berlin(how: How, now: str, quiet: Quiet | None = NIGHT, digest_at: time = time(8)) -> str | None:
    found = send_at(how, at(now), Wish(zone=BERLIN, quiet=quiet, digest_at=digest_at))
    return found.astimezone(ZoneInfo(BERLIN)).isoformat(timespec="minutes") if found is not None else None


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("2026-03-10T12:00+01:00", "2026-03-10T12:00+01:00"),
        ("2026-03-10T21:59+01:00", "2026-03-10T21:59+01:00"),
        ("2026-03-10T22:00+01:00", "2026-03-11T07:00+01:00"),
        ("2026-03-11T03:00+01:00", "2026-03-11T07:00+01:00"),
        ("2026-03-11T07:00+01:00", "2026-03-11T07:00+01:00"),
        # the nights in which clocks are put forward, and back
        ("2026-03-28T23:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00"),
    ],
)
def test_quiet_hours_put_a_mail_off_to_the_morning(now: str, sent: str) -> None:
    assert berlin("at-once", now) == sent


def test_quiet_hours_within_a_day() -> None:
    noon = Quiet(time(12), time(14))
    assert berlin("at-once", "2026-03-10T13:00+01:00", noon) == "2026-03-10T14:00+01:00"
    assert berlin("at-once", "2026-03-10T14:00+01:00", noon) == "2026-03-10T14:00+01:00"


def test_hours_that_end_as_they_begin_are_no_hours() -> None:
    assert berlin("at-once", "2026-03-10T13:00+01:00", Quiet(time(13), time(13))) == "2026-03-10T13:00+01:00"


def test_quiet_hours_that_end_in_the_hour_which_is_left_out_end_with_it() -> None:
    """On 29 March it is three o'clock a moment after 1:59."""
    assert berlin("at-once", "2026-03-29T00:30+01:00", Quiet(time(22), time(2, 30))) == "2026-03-29T03:00+02:00"


def test_in_the_hour_which_comes_twice_it_may_be_quiet_twice() -> None:
    quiet = Quiet(time(22), time(2, 30))
    assert berlin("at-once", "2026-10-25T02:10+02:00", quiet) == "2026-10-25T02:30+02:00"
    assert berlin("at-once", "2026-10-25T02:40+02:00", quiet) == "2026-10-25T02:40+02:00"
    assert berlin("at-once", "2026-10-25T02:10+01:00", quiet) == "2026-10-25T02:30+01:00"


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("2026-03-10T07:59+01:00", "2026-03-10T08:00+01:00"),
        ("2026-03-10T08:00+01:00", "2026-03-11T08:00+01:00"),
        ("2026-03-28T09:00+01:00", "2026-03-29T08:00+02:00"),
        ("2026-10-24T09:00+02:00", "2026-10-25T08:00+01:00"),
        ("2028-02-28T09:00+01:00", "2028-02-29T08:00+01:00"),
        ("2026-12-31T23:30+01:00", "2027-01-01T08:00+01:00"),
    ],
)
def test_once_a_day_is_at_the_same_hour_of_every_day(now: str, sent: str) -> None:
    assert berlin("daily", now) == sent


def test_a_daily_mail_waits_for_the_end_of_quiet_hours_too() -> None:
    assert berlin("daily", "2026-03-10T12:00+01:00", digest_at=time(6)) == "2026-03-11T07:00+01:00"


def test_a_daily_mail_in_the_hour_which_is_left_out_comes_right_behind_it() -> None:
    assert berlin("daily", "2026-03-28T12:00+01:00", None, time(2, 30)) == "2026-03-29T03:00+02:00"


def test_never_is_never() -> None:
    assert berlin("never", "2026-03-10T12:00+01:00") is None


def test_only_what_is_a_zone_is_one() -> None:
    assert is_zone("Europe/Berlin")
    assert is_zone("UTC")
    for name in ("", "Mars/Olympus", "../etc/passwd", "CEST", "europe/berlin"):
        assert not is_zone(name)


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC")
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@given(
    minutes=st.integers(0, 3 * 366 * 24 * 60),
    zone=st.sampled_from(ZONES),
    begins=HOURS,
    ends=HOURS,
    how=st.sampled_from(["at-once", "daily"]),
    digest_at=HOURS,
)
def test_nobody_is_woken_and_nothing_comes_before_it_happened_or_days_late(
    minutes: int, zone: str, begins: time, ends: time, how: How, digest_at: time
) -> None:
    now, quiet = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), Quiet(begins, ends)
    sent = send_at(how, now, Wish(zone=zone, quiet=quiet, digest_at=digest_at))
    assert sent is not None
    assert sent >= now
    assert not quiet.covers(sent.astimezone(ZoneInfo(zone)).time())
    assert sent - now <= timedelta(days=2, hours=2)
    if how == "at-once":
        # In all the time between it was quiet: it came as soon as it could.
        moment = now
        while moment < sent - timedelta(minutes=1):
            assert quiet.covers(moment.astimezone(ZoneInfo(zone)).time())
            moment += timedelta(minutes=7)
