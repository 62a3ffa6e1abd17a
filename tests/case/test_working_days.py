"""Working days as people count them: not the day it happens, but the whole of the last one."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.case.working_days import MONDAY_TO_FRIDAY, Calendar, next_working_day, over_at

FRIDAY = datetime(2026, 1, 30, 16, 30, tzinfo=UTC)
BERLIN = Calendar(zone="Europe/Berlin", closed=(date(2026, 12, 25), date(2027, 1, 1)))

calendars = st.builds(
    Calendar,
    zone=st.sampled_from(sorted(available_timezones())),
    weekend=st.sets(st.integers(0, 6), max_size=6).map(tuple),
    closed=st.sets(st.dates(date(2025, 12, 1), date(2027, 3, 1)), max_size=20).map(lambda days: tuple(sorted(days))),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given a zone


def test_three_working_days_from_a_friday_are_over_after_wednesday() -> None:
    assert over_at(MONDAY_TO_FRIDAY, FRIDAY, 3) == datetime(2026, 2, 5, tzinfo=UTC)


def test_after_a_friday_one_may_act_on_monday() -> None:
    assert next_working_day(MONDAY_TO_FRIDAY, FRIDAY) == datetime(2026, 2, 2, tzinfo=UTC)


def test_what_happens_on_a_saturday_counts_from_monday() -> None:
    saturday, sunday = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
    assert (
        over_at(MONDAY_TO_FRIDAY, saturday, 1)
        == over_at(MONDAY_TO_FRIDAY, sunday, 1)
        == datetime(2026, 2, 3, tzinfo=UTC)
    )


def test_holidays_do_not_count_and_midnight_is_where_the_people_are() -> None:
    notice = datetime(2026, 12, 23, 23, 30, tzinfo=UTC)  # Thursday, half past midnight in Berlin
    assert over_at(BERLIN, notice, 1) == datetime(2026, 12, 28, 23, tzinfo=UTC)
    assert over_at(BERLIN, notice, 5) == datetime(2027, 1, 4, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "midnight"),
    [
        # The clocks go forward on Sunday, 29 March 2026: the Monday that follows begins an hour earlier in UTC.
        ("Europe/Berlin", datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 22, tzinfo=UTC)),
        # They skip midnight itself in Cairo, on Friday, 24 April 2026.
        ("Africa/Cairo", datetime(2026, 4, 22, 12, tzinfo=UTC), datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ],
)
def test_a_day_ends_with_its_midnight_also_where_the_clocks_are_changed(
    zone: str, moment: datetime, midnight: datetime
) -> None:
    assert over_at(Calendar(zone=zone), moment, 1) == midnight


@given(calendars, moments, st.integers(1, 15))
def test_a_period_is_over_later_the_longer_it_is_and_holds_as_many_working_days_as_it_says(
    calendar: Calendar, moment: datetime, days: int
) -> None:
    ends = [over_at(calendar, moment, number) for number in range(1, days + 1)]
    assert moment < ends[0]
    assert all(one < other for one, other in pairwise(ends))
    # Counted the other way round: every day whose whole lies between.
    first, last = calendar.day_of(moment), calendar.day_of(ends[-1] - timedelta(seconds=1))
    between = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    assert sum(calendar.is_working(day) for day in between) == days
