"""Who is called to a step on which somebody of the business decides: in their order, nobody twice, nobody away."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from casebook import Story, just_opened, opened_case
from ladders import LADDER
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.calling import (
    Named,
    OneToCall,
    has_come,
    next_to_call,
    side_that_has_not_come,
    step_that_asks,
)

TODAY = date(2026, 2, 16)
MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)
COLIN = OneToCall(name="Colin Marsh", email="colin@example.org")
RUTH = OneToCall(name="Ruth Adeyemi", email="ruth@example.org")
NIA = OneToCall(name="Nia Obi", email="nia@example.org")


def away(one: OneToCall, until: date) -> OneToCall:
    """The same person, who has said that they are away."""
    return OneToCall(name=one.name, email=one.email, away_until=until)


def called(*line: Named, today: date = TODAY) -> str | None:
    """The name of whoever is called now."""
    found = next_to_call(line, today)
    return None if found is None else found[1].name


# ── whom ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_in_the_line_is_called_and_then_whoever_stands_in_and_nobody_twice() -> None:
    assert called(Named(person=COLIN), Named(person=RUTH)) == "Colin Marsh"
    assert called(Named(person=COLIN, is_called=True), Named(person=RUTH)) == "Ruth Adeyemi"
    assert called(Named(person=COLIN, is_called=True), Named(person=RUTH, is_called=True)) is None


def test_whoever_is_away_is_passed_over_until_their_last_day_away_is_over() -> None:
    line = (Named(person=away(COLIN, TODAY)), Named(person=RUTH))
    assert called(*line) == "Ruth Adeyemi"
    assert called(*line, today=date(2026, 2, 17)) == "Colin Marsh"


def test_whoever_stands_in_by_their_own_word_comes_before_the_next_in_the_line() -> None:
    place = Named(person=away(COLIN, TODAY), stands_in=NIA)
    assert called(place, Named(person=RUTH)) == "Nia Obi"
    assert called(Named(person=COLIN, stands_in=NIA), Named(person=RUTH)) == "Colin Marsh"
    both_away = Named(person=away(COLIN, TODAY), stands_in=away(NIA, TODAY))
    assert called(both_away, Named(person=RUTH)) == "Ruth Adeyemi"
    assert called(both_away) is None


def test_whom_the_portal_cannot_write_to_is_passed_over_and_so_is_whom_somebody_has_asked_already() -> None:
    by_name_alone = Named(person=OneToCall(name="The director"))
    asked = Named(person=OneToCall(name="Colin Marsh", email="colin@example.org", is_asked=True))
    assert called(by_name_alone, asked, Named(person=RUTH)) == "Ruth Adeyemi"
    assert called(by_name_alone) is None


# ── when ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def at_management(opener: str = "handler") -> Story:
    case = opened_case(policy=LADDER) if opener == "handler" else just_opened("principal", policy=LADDER)
    for step in ("mediation", "management"):
        case.do("handler" if opener == "handler" else "principal", c.StepTier, to=step)
    return case


def test_somebody_is_called_when_their_step_is_reached_and_at_its_reminders_and_at_nothing_else() -> None:
    papers = at_management().papers
    assert step_that_asks(papers, e.TierReached(to="management")) == "management"
    assert step_that_asks(papers, e.TierReached(to="mediation")) is None
    for term in ("answer", "resolve"):
        assert step_that_asks(papers, e.Reminded(term=term, party="client", days_left=1, due_at=MONDAY)) == "management"
    of_coming = e.Reminded(term="acknowledge", party="client", days_left=1, due_at=MONDAY)
    assert step_that_asks(papers, of_coming) is None
    in_talks = opened_case(policy=LADDER).papers
    assert step_that_asks(in_talks, e.Reminded(term="answer", party="client", days_left=1, due_at=MONDAY)) is None


def test_while_nobody_of_a_side_is_here_those_it_was_invited_for_are_reminded() -> None:
    case = just_opened("principal", policy=LADDER)
    reminded = e.Reminded(term="acknowledge", party="business", days_left=1, due_at=MONDAY)
    assert side_that_has_not_come(case.papers, reminded) == "business"
    case.having("companion", "companion", "business")
    assert side_that_has_not_come(case.papers, reminded) == "business", "a companion speaks for nobody"
    case.having("manager", "manager", "business")
    assert side_that_has_not_come(case.papers, reminded) is None


# ── who has come ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_manager_whom_the_handler_has_brought_is_enough_and_so_is_a_handler_who_is_named_themselves() -> None:
    case = at_management()
    assert not has_come(case.papers, "management", [Named(person=COLIN)])
    assert has_come(case.papers, "management", [Named(person=COLIN, is_here=True)])
    case.having("manager", "manager", "business")
    assert has_come(case.papers, "management", [Named(person=COLIN)])


def test_the_manager_of_the_step_before_is_not_yet_the_one_who_decides_above_them() -> None:
    case = at_management()
    case.having("manager", "manager", "business")
    case.do("handler", c.StepTier, to="executive")
    assert not has_come(case.papers, "executive", [Named(person=RUTH)])
    assert has_come(case.papers, "executive", [Named(person=RUTH, is_here=True)])
    case.having("chief", "manager", "business")
    assert has_come(case.papers, "executive", [Named(person=RUTH)])


@pytest.mark.parametrize("brought", [True, False])
def test_on_a_ladder_without_management_any_manager_decides_at_the_next_step(brought: bool) -> None:
    policy = replace(LADDER, rungs=tuple(rung for rung in LADDER.rungs if rung.tier != "management"))
    case = opened_case(policy=policy)
    case.do("handler", c.StepTier, to="mediation")
    if brought:
        case.having("manager", "manager", "business")
    case.do("handler", c.StepTier, to="executive")
    assert has_come(case.papers, "executive", [Named(person=RUTH)]) is brought
