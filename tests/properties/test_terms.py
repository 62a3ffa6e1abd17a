"""Terms over random policies, calendars, zones and histories: each act once, at its time, as the dry run said."""

import os
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import available_timezones

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import laws
from casebook import Casebook, just_opened
from histories import a_history
from mediation.case import events as e
from mediation.case.clocks import Clock, acts, over_at, started, stopped
from mediation.case.decide.terms import next_act
from mediation.case.foresight import foreseen
from mediation.case.policy import Expiry, Policy, Responsible, Rung, Term
from mediation.case.terms import PAPERS, Tier
from mediation.case.working_days import Calendar

ORDER: tuple[Tier, ...] = ("talks", "mediation", "management", "executive", "referral")
IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
EXAMPLES = 2_000 if IS_SOAK else 25
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600 if IS_SOAK else 120)]
budget = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

chances = st.randoms(use_true_random=False)
calendars = st.builds(
    Calendar,
    zone=st.sampled_from(sorted(available_timezones())),
    weekend=st.sets(st.integers(0, 6), max_size=5).map(lambda days: tuple(sorted(days))),
    closed=st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=20).map(lambda days: tuple(sorted(days))),
)
times = st.builds(
    Term,
    days=st.integers(1, 12),
    remind=st.lists(st.integers(1, 12), max_size=3, unique=True).map(tuple),
)
expiries: st.SearchStrategy[Expiry] = st.sampled_from(("remind", "step-up", "refused", "rest"))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given a zone


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A ladder of some steps in their order, with some times, with or without anybody at a step."""
    ladder = [tier for tier in ORDER if tier == "talks" or draw(st.booleans())]
    rungs = tuple(
        Rung(
            tier=tier,
            people=draw(st.sampled_from(((), (Responsible(name="Colin Marsh"),)))),
            answer=draw(st.none() | times),
            resolve=draw(st.none() | times),
            leave_early=draw(st.sampled_from(("either", "both"))),
            if_nobody=draw(st.sampled_from(("skip", "wait"))),
        )
        for tier in ladder
    )
    return Policy(
        name="Any",
        calendar=draw(calendars),
        rungs=rungs,
        acknowledge=draw(st.none() | times),
        business_silent=draw(expiries),
        consumer_silent=draw(expiries),
        unresolved=draw(expiries),
    )


BY_ITSELF = (e.Reminded, e.TermExpired)


def acts_of(book: Casebook) -> list[tuple[datetime, e.Reminded | e.TermExpired]]:
    """What was due, as the papers tell of it, with when it was done."""
    return [(t.at, t.event) for t in book.rooms[PAPERS] if t is not None and isinstance(t.event, BY_ITSELF)]


@budget
@given(policies(), chances)
def test_each_act_happens_once_none_before_its_time_none_after_the_end_and_none_is_missed(
    policy: Policy, chance: Random
) -> None:
    history = a_history(chance, 30, policy)
    book, last = history.book, history.steps[-1].at
    done = acts_of(book)
    assert all(at == event.due_at for at, event in done)
    assert len(done) == len(set(done))
    ended = book.whole.papers.ended_at
    assert ended is None or all(at <= ended for at, _ in done)
    # Nothing that is due by now is still to be done.
    upcoming = next_act(book.whole.papers)
    assert upcoming is None or upcoming.at > last
    for kind in {(type(event), event.term, event.party) for _, event in done}:
        times_done = [at for at, event in done if (type(event), event.term, event.party) == kind]
        assert times_done == sorted(times_done)


@budget
@given(policies(), st.sampled_from(("handler", "principal")), moments)
def test_the_dry_run_tells_exactly_what_then_happens(policy: Policy, opener: str, moment: datetime) -> None:
    case = just_opened(opener, policy=policy, at=moment)
    until = moment + timedelta(days=200)
    told = foreseen(case.papers, until)
    before = len(case.book.rooms[PAPERS])
    case.after(until - moment)
    happened = [(t.at, t.event) for t in case.book.rooms[PAPERS][before:] if t is not None]
    assert happened == [(one.at, one.event) for one in told]


@budget
@given(policies(), chances)
def test_and_so_it_does_from_the_middle_of_any_history(policy: Policy, chance: Random) -> None:
    history = a_history(chance, 20, policy)
    book, now = history.book, history.steps[-1].at
    until = now + timedelta(days=200)
    told = foreseen(book.whole.papers, until)
    assert [(t.at, t.event) for t in book.until(until)] == [(one.at, one.event) for one in told]


@budget
@given(calendars, moments, st.integers(1, 60), st.integers(0, 90 * 24), st.integers(0, 40 * 24))
def test_a_pause_moves_what_is_due_by_as_many_working_days_as_end_in_it(
    calendar: Calendar, since: datetime, days: int, begins: int, lasts: int
) -> None:
    clock = Clock(term="resolve", owed_by="business", since=since, days=days)
    before = over_at(calendar, clock)
    paused_at = since + timedelta(hours=begins)
    assert before is not None
    assume(paused_at < before)
    resumed_at = paused_at + timedelta(hours=lasts)
    pausing = stopped(clock, "paused", paused_at)
    assert over_at(calendar, pausing) is None
    assert acts(calendar, pausing) == []
    after = over_at(calendar, started(pausing, "paused", resumed_at))
    # Counted day by day: the working days that end in the pause, the day the clock began apart.
    first, last = calendar.day_of(paused_at) - timedelta(days=1), calendar.day_of(resumed_at) + timedelta(days=1)
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    lost = sum(
        calendar.is_working(day) and day > calendar.day_of(since) and paused_at < calendar.ends(day) <= resumed_at
        for day in between
    )
    assert after == over_at(calendar, replace(clock, days=days + lost))


@budget
@given(policies(), chances)
def test_what_is_said_elsewhere_moves_no_date(policy: Policy, chance: Random) -> None:
    laws.rooms_do_not_interfere(chance, 25, policy)


@budget
@given(policies(), chances)
def test_the_log_of_a_ladder_folds_to_what_decided_it(policy: Policy, chance: Random) -> None:
    laws.the_log_folds_to_what_decided(chance, 25, policy)


@budget
@given(policies(), chances)
def test_every_button_of_a_ladder_is_accepted_and_what_no_button_gives_is_refused(
    policy: Policy, chance: Random
) -> None:
    laws.screens_and_rules_agree(chance, 25, policy)
