"""What management settles with whoever speaks for its side: known to that side alone, a warning and never a rule."""

from datetime import timedelta

import pytest

from casebook import Story, drafted_case, opened_case, person
from mediation.case import commands as c
from mediation.case.terms import Money

FIVE_THOUSAND = Money(minor=500_000, currency="EUR")
SIX_THOUSAND = Money(minor=600_000, currency="EUR")


def with_a_manager() -> Story:
    """A case at the stage of drafting, with the handler's manager on it, who has accepted the ground rules."""
    case = drafted_case().having("manager", "manager", "business")
    case.agree("manager")
    return case


def settle(case: Story, who: str = "manager", **changes: object) -> str:
    fields = {"meaning": "at-most", "amount": FIVE_THOUSAND, **changes}
    return case.do(who, c.SetLimit, **fields)


def test_a_manager_settles_with_the_handler_and_neither_mediator_nor_client_sees_anything_of_it() -> None:
    case = with_a_manager()
    before = {who: case.book.seen_by(person(who)) for who in ("client", "mediator")}
    until = case.now + timedelta(days=2)
    limit = settle(case, terms="No instalments beyond May.", until=until)
    shown = case.sees("handler").limit
    assert shown is not None
    assert (shown.limit, shown.room, shown.by) == (limit, "team-business", person("manager"))
    assert (shown.meaning, shown.amount, shown.terms) == ("at-most", FIVE_THOUSAND, "No instalments beyond May.")
    assert shown.until == until.replace(second=0)
    for who, screen in before.items():
        assert case.book.seen_by(person(who)) == screen
        assert case.sees(who).limit is None


def test_going_beyond_it_is_the_same_act_with_the_same_answer() -> None:
    """Whether anything was settled leaves no trace in any room but the side's own."""
    told = []
    for is_settled in (True, False):
        case = with_a_manager()
        case.writes("handler", "We pay six thousand euros.")
        if is_settled:
            settle(case, command_id="ab" * 16)
        else:
            case.do("manager", c.PostMessage, command_id="ab" * 16, room="team-business", text="Just words.")
        offer = case.do("client", c.MakeOffer, amount=SIX_THOUSAND)
        case.do("handler", c.AnswerOffer, offer=offer, accepted=True)
        case.do("handler", c.MakeOffer, amount=SIX_THOUSAND)
        case.agree_to_clauses("handler")
        case.agree_to_clauses("client")
        case.do("mediator", c.Freeze, text_hash=case.text.text_hash)
        screens = [case.sees(who) for who in ("client", "mediator")]
        rooms = {room: case.book.rooms[room] for room in ("papers", "talks", "joint")}
        can = [case.sees("handler").allowed_actions, case.sees("handler").offers]
        told.append((screens, rooms, can))
    assert told[0] == told[1]


def test_it_is_replaced_by_the_next_and_taken_back() -> None:
    case = with_a_manager()
    first = settle(case)
    second = settle(case, amount=SIX_THOUSAND)
    shown = case.sees("handler").limit
    assert shown is not None
    assert shown.amount == SIX_THOUSAND
    assert case.refused("manager", c.TakeBackLimit, limit=first) == "not-there"
    case.do("manager", c.TakeBackLimit, limit=second)
    assert case.sees("handler").limit is None
    assert case.refused("manager", c.TakeBackLimit, limit=second) == "not-there"


def test_the_client_settles_with_their_lawyer_what_they_must_at_least_get() -> None:
    case = drafted_case().with_counsel()
    settle(case, "client", meaning="at-least", amount=FIVE_THOUSAND)
    shown = case.sees("counsel").limit
    assert shown is not None
    assert (shown.meaning, shown.by, shown.can) == ("at-least", person("client"), [])
    assert case.sees("handler").limit is None


@pytest.mark.parametrize("who", ["handler", "counsel"])
def test_whoever_is_bound_by_it_settles_none(who: str) -> None:
    case = with_a_manager().with_counsel()
    assert "SetLimit" not in case.sees(who).allowed_actions
    assert case.refused(who, c.SetLimit, meaning="at-most", terms="Anything.") == "for-management"


def test_the_mediator_settles_none() -> None:
    case = with_a_manager()
    assert case.refused("mediator", c.SetLimit, meaning="at-most", terms="Anything.") == "for-the-sides"


def test_it_is_settled_before_the_mediation_too() -> None:
    case = opened_case().having("manager", "manager", "business")
    settle(case)
    assert case.sees("handler").limit is not None


def test_who_comes_later_is_not_told_and_the_manager_sees_that() -> None:
    case = with_a_manager()
    settle(case)
    case.with_counsel("house counsel", "business")
    assert case.sees("house counsel").limit is None
    shown = case.sees("manager").limit
    assert shown is not None
    assert shown.not_read_by == [person("house counsel")]
    settle(case)
    assert case.sees("house counsel").limit is not None


def test_a_manager_who_came_later_cannot_take_back_what_they_never_read() -> None:
    case = with_a_manager()
    limit = settle(case)
    case.having("director", "manager", "business")
    assert case.refused("director", c.TakeBackLimit, limit=limit) == "not-there"
    settle(case, "director", amount=SIX_THOUSAND)
    shown = case.sees("manager").limit
    assert shown is not None
    assert shown.by == person("director")


def test_it_needs_an_amount_or_terms() -> None:
    case = with_a_manager()
    assert case.refused("manager", c.SetLimit, meaning="at-most", terms="  ") == "limit-says-nothing"
    settle(case, amount=None, terms="Repair, and no money.")


@pytest.mark.parametrize(
    ("away", "code"),
    [(timedelta(), "time-is-over"), (timedelta(days=-1), "time-is-over"), (timedelta(days=400), "time-is-too-far")],
)
def test_it_ends_at_a_time_that_is_to_come_within_a_year(away: timedelta, code: str) -> None:
    case = with_a_manager()
    fields = {"meaning": "at-most", "amount": FIVE_THOUSAND, "until": case.now + away}
    assert case.refused("manager", c.SetLimit, **fields) == code


def test_one_that_has_ended_is_still_shown_with_its_time() -> None:
    case = with_a_manager()
    settle(case, until=case.now + timedelta(hours=1))
    case.after(timedelta(days=1))
    shown = case.sees("handler").limit
    assert shown is not None
    assert shown.until is not None
    assert shown.until < case.now


def test_after_the_end_nothing_is_settled_any_more() -> None:
    case = with_a_manager()
    settle(case)
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    assert case.refused("manager", c.SetLimit, meaning="at-most", amount=FIVE_THOUSAND) == "mediation-has-ended"
    shown = case.sees("manager").limit
    assert shown is not None
    assert shown.can == []
