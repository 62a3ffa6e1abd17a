"""How deep parts of a document lie, whatever order their placings are told in."""

import time

import pytest

from mediation.drafting.canonical import DEEPEST
from mediation.drafting.updates import Nesting, Placed
from mediation.drafting.wire import Malformed


def element(client: int, clock: int, *siblings: tuple[int, int], inside: tuple[int, int] | None = None) -> Placed:
    return Placed((client, clock), inside, siblings, is_text=False)


def test_a_chain_told_backwards_is_as_deep_as_told_forwards() -> None:
    chain = [element(1, 0), *(element(1, n, inside=(1, n - 1)) for n in range(1, DEEPEST))]
    for told in (chain, chain[::-1]):
        nesting = Nesting()
        assert nesting.add(told)
        with pytest.raises(Malformed):
            nesting.add([element(1, DEEPEST, inside=(1, DEEPEST - 1))])


def test_two_people_taking_turns_cost_no_more_than_one() -> None:
    turns = 20_000
    placed = [element(1, 0), *(element(n % 2 + 1, n, ((n - 1) % 2 + 1, n - 1)) for n in range(1, turns))]
    # As a state is written: everything of the one, then everything of the other.
    placed.sort(key=lambda one: (-one.place[0], one.place[1]))
    began = time.process_time()
    assert Nesting().add(placed)
    assert time.process_time() - began < 2


def test_what_rests_on_something_unknown_is_said_to_be_unknown() -> None:
    nesting = Nesting()
    assert not nesting.add([element(1, 5, (9, 9)), element(1, 6, inside=(1, 5))])
    assert nesting.add([element(9, 9), element(1, 5, (9, 9))])


def test_the_first_word_about_a_place_counts() -> None:
    nesting = Nesting()
    assert nesting.add([element(1, 0), *(element(1, n, inside=(1, n - 1)) for n in range(1, DEEPEST))])
    assert nesting.add([element(1, DEEPEST - 1)])
    with pytest.raises(Malformed):
        nesting.add([element(1, DEEPEST, inside=(1, DEEPEST - 1))])


def test_nothing_lies_inside_text() -> None:
    nesting = Nesting()
    assert nesting.add([Placed((1, 0), None, (), is_text=True)])
    with pytest.raises(Malformed):
        nesting.add([element(1, 1, inside=(1, 0))])
