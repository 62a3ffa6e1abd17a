"""Offers and counter-offers, in direct talks and at the table."""

from casebook import mediated_case, opened_case
from mediation.case import commands as c
from mediation.case.terms import Money

HALF = Money(minor=90_000, currency="EUR")


def states(case: object, nickname: str = "client") -> list[str]:
    return [offer.state for offer in case.sees(nickname).offers]  # type: ignore[attr-defined]


def test_an_offer_has_an_amount_or_terms() -> None:
    case = mediated_case()
    assert case.refused("client", c.MakeOffer, terms="  ") == "offer-is-empty"
    case.do("client", c.MakeOffer, amount=HALF)
    case.do("client", c.MakeOffer, terms="They finish the shop.")
    assert states(case) == ["open", "open"]


def test_the_other_side_accepts_or_declines() -> None:
    case = mediated_case()
    first, second = (case.do("handler", c.MakeOffer, amount=HALF) for _ in range(2))
    assert case.line("client")[1] == "answer-offer"
    assert case.refused("handler", c.AnswerOffer, offer=first, accepted=True) == "not-your-own-offer"
    assert case.refused("mediator", c.AnswerOffer, offer=first, accepted=True) == "for-the-sides"
    case.do("client", c.AnswerOffer, offer=first, accepted=False)
    case.do("client", c.AnswerOffer, offer=second, accepted=True)
    assert states(case) == ["declined", "accepted"]
    assert case.refused("client", c.AnswerOffer, offer=first, accepted=True) == "offer-already-answered"


def test_a_counter_offer_closes_the_one_it_answers() -> None:
    case = mediated_case()
    first = case.do("handler", c.MakeOffer, amount=HALF)
    assert case.refused("handler", c.MakeOffer, amount=HALF, in_answer_to=first) == "not-your-own-offer"
    case.do("client", c.MakeOffer, amount=HALF, terms="And an apology.", in_answer_to=first)
    assert states(case) == ["countered", "open"]
    assert case.refused("client", c.MakeOffer, amount=HALF, in_answer_to=first) == "offer-already-answered"
    assert case.refused("handler", c.WithdrawOffer, offer=first) == "offer-already-answered"


def test_a_side_withdraws_its_own_offer() -> None:
    case = mediated_case()
    offer = case.do("handler", c.MakeOffer, amount=HALF)
    assert case.refused("client", c.WithdrawOffer, offer=offer) == "not-yours"
    case.do("handler", c.WithdrawOffer, offer=offer)
    assert states(case) == ["withdrawn"]
    assert case.refused("client", c.AnswerOffer, offer=offer, accepted=True) == "offer-already-answered"


def test_offers_of_direct_talks_stay_there() -> None:
    case = opened_case()
    offer = case.do("handler", c.MakeOffer, room="talks", amount=HALF)
    assert case.refused("client", c.MakeOffer, amount=HALF) == "not-before-the-mediation-begins"
    case.do("client", c.AnswerOffer, room="talks", offer=offer, accepted=False)
    assert case.sees("client").offers[0].room == "talks"
    case.with_mediator().in_mediation()
    assert case.refused("client", c.AnswerOffer, offer=offer, accepted=True) == "not-there"
    assert case.refused("client", c.AnswerOffer, offer="0" * 32, accepted=True) == "not-there"


def test_once_the_mediation_has_begun_offers_are_made_and_answered_at_the_table() -> None:
    case = opened_case()
    offer = case.do("handler", c.MakeOffer, room="talks", amount=HALF)
    case.with_mediator().in_mediation()
    for kind, more in ((c.AnswerOffer, {"offer": offer, "accepted": True}), (c.MakeOffer, {"amount": HALF})):
        assert case.refused("client", kind, room="talks", **more) == "offers-are-made-at-the-table"
    assert case.sees("client").offers[0].can == []


def test_advisers_do_not_bargain_unless_their_side_says_so() -> None:
    case = mediated_case().with_counsel()
    case.agree("counsel")
    assert case.refused("counsel", c.MakeOffer, amount=HALF) == "for-those-who-can-agree"
    assert "MakeOffer" not in case.sees("counsel").allowed_actions


def test_two_things_cannot_bear_one_name() -> None:
    case = mediated_case()
    offer = case.do("handler", c.MakeOffer, amount=HALF)
    assert case.refused("client", c.MakeOffer, amount=HALF, command_id=offer) == "name-is-taken"


def test_once_the_mediation_has_begun_offers_are_made_at_the_table() -> None:
    """Who joins late is not at the table yet, and does not know who can agree today."""
    case = mediated_case()
    assert case.refused("handler", c.MakeOffer, room="talks", amount=HALF) == "offers-are-made-at-the-table"


def test_what_is_open_in_direct_talks_lapses_when_the_mediation_begins() -> None:
    case = opened_case()
    case.do("handler", c.MakeOffer, room="talks", amount=HALF)
    assert states(case) == ["open"]
    case.with_mediator().in_mediation()
    assert states(case) == ["lapsed"]
