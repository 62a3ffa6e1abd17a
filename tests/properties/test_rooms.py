"""Privacy by construction, over random histories of commands: what is said in a room stays in that room."""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import laws

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
EXAMPLES, LENGTH = (2_000, 60) if IS_SOAK else (40, 30)
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600 if IS_SOAK else 120)]

chances = st.randoms(use_true_random=False)
budget = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module", autouse=True)
def _figures() -> None:
    print(f"\nsoak: rooms, {EXAMPLES} histories of {LENGTH} steps for each property")


@budget
@given(chances)
def test_what_is_said_elsewhere_changes_neither_an_answer_nor_a_screen(chance: Random) -> None:
    laws.rooms_do_not_interfere(chance, LENGTH)


@budget
@given(chances)
def test_no_screen_mentions_a_word_an_id_or_a_room_from_where_its_viewer_is_not(chance: Random) -> None:
    laws.nothing_hidden_is_mentioned(chance, LENGTH)


@budget
@given(chances)
def test_whoever_is_in_a_room_stays_in_it_until_they_leave_the_case(chance: Random) -> None:
    laws.rooms_are_left_only_with_the_case(chance, LENGTH)


@budget
@given(chances)
def test_folding_the_log_gives_the_state_that_decided_it(chance: Random) -> None:
    laws.the_log_folds_to_what_decided(chance, LENGTH)


@budget
@given(chances)
def test_every_button_is_accepted_and_what_no_button_gives_is_refused(chance: Random) -> None:
    laws.screens_and_rules_agree(chance, LENGTH)
