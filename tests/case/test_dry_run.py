"""The dry run of a ladder: "opened on Friday 23 December, the business silent: this happens on these dates"."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from casebook import just_opened
from ladders import LADDER, with_rung
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.dry_run import DryRun, dry_run
from mediation.case.policy import DEFAULT_POLICY, Policy, Term
from mediation.case.policy_rules import check_policy
from mediation.case.terms import PAPERS
from mediation.case.working_days import Calendar

CHRISTMAS = (date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2))
ENGLAND = Calendar(name="England (GB-ENG)", zone="Europe/London", closed=CHRISTMAS)
BEFORE_CHRISTMAS = date(2022, 12, 23)


def told(policy: Policy, **supposed: Any) -> list[tuple[str, str]]:
    """What happens and on which day, in short."""
    outlook = dry_run(policy, DryRun(**{"opened_on": BEFORE_CHRISTMAS, "opener": "principal", **supposed}))
    return [
        (
            f"{line.day:%a %d %b}",
            " ".join(str(w) for w in (line.what, line.party, line.term, line.tier, line.then) if w),
        )
        for line in outlook.lines
    ]


def test_opened_on_friday_23_december_the_business_silent_this_happens_on_these_dates() -> None:
    policy = replace(DEFAULT_POLICY, calendar=ENGLAND, unresolved="remind")
    assert told(policy)[:8] == [
        ("Fri 23 Dec", "opened talks"),
        ("Thu 29 Dec", "reminded business acknowledge"),
        ("Tue 03 Jan", "reminded business acknowledge"),
        ("Wed 04 Jan", "reminded business answer"),
        ("Wed 04 Jan", "over business acknowledge remind"),
        ("Tue 10 Jan", "reminded business answer"),
        ("Wed 11 Jan", "over business answer refused"),
        ("Wed 18 Jan", "reminded business resolve"),
    ]


def test_the_days_that_did_not_count_are_named_weekends_left_out() -> None:
    closed = (date(2022, 12, 25), *CHRISTMAS, date(2030, 1, 1))
    policy = replace(DEFAULT_POLICY, calendar=replace(ENGLAND, closed=closed))
    outlook = dry_run(policy, DryRun(opened_on=BEFORE_CHRISTMAS, opener="principal"))
    assert outlook.closed == list(CHRISTMAS)


def test_a_consumer_who_says_nothing_lets_the_case_rest_and_nothing_more_happens() -> None:
    lines = told(replace(LADDER, calendar=ENGLAND), opener="handler")
    assert lines[-2:] == [("Wed 11 Jan", "over client answer rest"), ("Wed 11 Jan", "rests")]


def test_a_business_as_client_is_held_to_its_silence() -> None:
    lines = told(replace(LADDER, calendar=ENGLAND), opener="handler", client="business")
    assert ("Wed 11 Jan", "over client answer refused") in lines
    assert "rests" not in [what for _, what in lines]


def test_a_step_with_nobody_in_it_is_passed_over_and_said_so() -> None:
    policy = with_rung("management", people=())
    steps = [what for _, what in told(policy) if what.startswith(("step", "passed-over"))]
    assert steps == ["step mediation", "passed-over management", "step executive"]


def test_whoever_answers_each_time_is_never_silent_and_is_asked_again_at_each_step() -> None:
    lines = [what for _, what in told(LADDER, answers_after=1)]
    assert [what for what in lines if "answer" in what or what.startswith(("step", "asked"))] == [
        "opened talks",
        *("answered business", "step mediation", "asked business"),
        *("answered business", "step management", "asked business"),
        *("answered business", "step executive", "asked business"),
        "answered business",
    ][1:]
    assert not [what for what in lines if what.endswith(("refused", "acknowledge"))]


def test_an_answer_that_comes_after_the_time_for_it_comes_after_the_silence() -> None:
    lines = [what for _, what in told(LADDER, answers_after=12)]
    silent = lines.index("over business answer refused")
    assert "answered business" in lines[silent:]


def test_a_mediator_who_opens_it_asks_nobody_yet() -> None:
    lines = told(LADDER, opener="mediator")
    assert lines[0] == ("Fri 23 Dec", "opened mediation")
    assert not [what for _, what in lines[:3] if "answer" in what]


def test_it_says_what_then_happens_in_a_case() -> None:
    """The same opening in a casebook, where the clock runs as it does in the portal."""
    case = just_opened("principal", policy=LADDER)
    case.working_days_pass(120)
    kinds = (e.Reminded, e.TermExpired, e.TierReached, e.TierSkipped, e.NoticeServed, e.CaseRested)
    happened = [t.at for t in case.book.rooms[PAPERS] if t is not None and isinstance(t.event, kinds)]
    opened = case.book.rooms[PAPERS][0]
    assert opened is not None
    outlook = dry_run(LADDER, DryRun(opened_on=LADDER.calendar.day_of(opened.at), opener="principal"))
    assert [line.at for line in outlook.lines][1:] == happened


@pytest.mark.parametrize("answers", [None, 1, 250])
@pytest.mark.parametrize("opener", ["handler", "principal", "mediator"])
def test_it_ends(opener: str, answers: int | None) -> None:
    week = Calendar(weekend=(0, 1, 2, 3, 4, 5))
    year = Term(days=250, remind=(249, 100, 50, 2, 1))
    rungs = tuple(replace(rung, answer=year, resolve=year, if_nobody="wait") for rung in LADDER.rungs)
    slow = replace(LADDER, calendar=week, rungs=rungs)
    lines = told(slow, opener=opener, answers_after=answers)
    assert 1 < len(lines) < 100


# ── what a ladder must be ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_ladder_of_the_portal_and_that_of_the_tests_can_be_climbed() -> None:
    check_policy(DEFAULT_POLICY)
    check_policy(LADDER)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rungs": LADDER.rungs[::-1]}, no.LadderIsMalformed),
        ({"rungs": (LADDER.rungs[0], LADDER.rungs[0])}, no.LadderIsMalformed),
        ({"consumer_silent": "refused"}, no.ConsumersSilenceIsNoRefusal),
        ({"business_silent": "rest"}, no.BusinessCannotLetItRest),
        ({"unresolved": "refused"}, no.StepOverMeansNextStep),
        ({"unresolved": "rest"}, no.StepOverMeansNextStep),
        ({"acknowledge": Term(days=3, remind=(3,))}, no.ReminderComesTooLate),
        ({"rungs": (replace(LADDER.rungs[0], answer=Term(days=3, remind=(1, 4))),)}, no.ReminderComesTooLate),
    ],
)
def test_what_no_dispute_could_go_by_is_refused(changes: dict[str, Any], refusal: type[no.Refusal]) -> None:
    with pytest.raises(refusal):
        check_policy(replace(LADDER, **changes))
