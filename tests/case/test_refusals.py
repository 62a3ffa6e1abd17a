"""Every refusal is a sentence with a stable code and a next step, the same whoever asks and whatever is elsewhere."""

import inspect
import re

import pytest

from buttons import everything
from casebook import Story, mediated_case, person
from mediation.case import commands as c
from mediation.case import refusals
from mediation.case.decide import decide
from mediation.case.refusals import Refusal

KINDS = [
    kind for _, kind in inspect.getmembers(refusals, inspect.isclass) if issubclass(kind, Refusal) and kind != Refusal
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_a_sentence_with_a_code_and_a_next_step(kind: type[Refusal]) -> None:
    refusal = kind()
    assert re.fullmatch("[a-z]+(-[a-z]+)*", refusal.code)
    assert 400 <= refusal.status < 500
    assert str(refusal) == refusal.title
    for sentence in (refusal.title, refusal.next_step):
        assert sentence.endswith(".")
        assert sentence[0].isupper()


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_has_nothing_to_tell_but_its_own_words(kind: type[Refusal]) -> None:
    assert list(inspect.signature(kind).parameters) == []
    assert kind().__dict__ == {}


def test_no_two_refusals_share_a_code() -> None:
    assert len({kind().code for kind in KINDS}) == len(KINDS)


def with_secrets(case: Story) -> Story:
    """Something of every kind in the caucus and team of the business."""
    case.in_caucus("business")
    seq = case.say("handler", "caucus-business", "We would pay all of it.")
    case.say("handler", "team-business", "Do not tell them.")
    case.do("handler", c.StrikeMessage, room="caucus-business", seq=seq)
    case.do("mediator", c.ScribePosition, owner=person("handler"), text="We are sorry.")
    case.do("handler", c.ProposeSharing, room="caucus-business", form="my-words", text="We are sorry.")
    case.do("mediator", c.ProposeSharing, room="caucus-business", form="what-if", text="What if all of it?")
    return case


def test_the_client_is_answered_the_same_whether_anything_is_there_or_not() -> None:
    """Whatever the client tries in the other side's rooms, with the true ids and numbers of what is there."""
    full, empty = with_secrets(mediated_case()), mediated_case()
    tried = 0
    for command in everything(full.book.whole, "f" * 32):
        answers = []
        for case in (full, empty):
            try:
                answers.append(str(decide(case.book.known_to(person("client")), command, person("client"), full.now)))
            except Refusal as refusal:
                answers.append(refusal.code)
        assert answers[0] == answers[1], command
        tried += 1
    for room in ("caucus-business", "team-business"):
        for seq in range(1, 6):
            assert full.refused("client", c.StrikeMessage, room=room, seq=seq) == "not-in-this-room"
    assert tried > 60
