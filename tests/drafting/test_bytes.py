"""Whatever bytes come in, reading them ends with a message or with a refusal, and nothing else."""

import contextlib
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.drafting import awareness, wire
from mediation.drafting.awareness import Cursor
from mediation.drafting.updates import clocks, reach
from mediation.identity.guards import Seat

EXAMPLES = 20_000 if os.environ.get("MEDIATION_SOAK") else 300
NUMBERS = st.integers(0, (1 << 53) - 1)
long = settings(max_examples=EXAMPLES, deadline=None)


@pytest.mark.soak
@long
@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_malformed(data: bytes) -> None:
    for read in (wire.decode, awareness.read, reach, clocks):
        # Any other exception fails the test.
        with contextlib.suppress(wire.Malformed):
            assert read(data) is not None


@pytest.mark.soak
@long
@given(st.binary(max_size=100), st.sampled_from(list(wire.Type)))
def test_any_payload_behind_an_address_is_a_message_or_malformed(payload: bytes, kind: wire.Type) -> None:
    try:
        address, _ = wire.decode(wire.prefix("settlement.1") + bytes([kind]) + payload)
    except wire.Malformed:
        return
    assert address == "settlement.1"


@given(NUMBERS)
def test_a_number_comes_back_as_it_went(number: int) -> None:
    assert wire.read_var_uint(wire.var_uint(number), 0) == (number, len(wire.var_uint(number)))


@given(st.text().filter(lambda text: text.isprintable()), st.binary())
def test_what_is_written_is_read(text: str, data: bytes) -> None:
    start = wire.prefix("settlement.1\0session")
    for frame, message in (
        (wire.state(start, data), wire.State(data)),
        (wire.difference(start, data), wire.Difference(data)),
        (wire.update(start, data), wire.Update(data)),
        (wire.awareness(start, data), wire.Awareness(data)),
    ):
        assert wire.decode(frame) == ("settlement.1\0session", message)
    assert wire.read_var_string(wire.var_string(text), 0)[0] == text


@given(st.lists(st.builds(Cursor, NUMBERS, NUMBERS, st.sampled_from(["null", '{"cursor": null}'])), max_size=20))
def test_cursors_come_back_as_they_went(cursors: list[Cursor]) -> None:
    told = awareness.read(awareness.encode(cursors))
    assert [(one.client, one.clock, json.dumps(one.state)) for one in told] == [
        (one.client, one.clock, one.state) for one in cursors
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_cursor_that_no_browser_could_read_is_refused(number: str) -> None:
    update = awareness.encode([Cursor(7, 1, f'{{"cursor": {{"anchor": {number}}}}}')])
    with pytest.raises(wire.Malformed):
        awareness.read(update)


def test_a_person_has_the_same_colour_everywhere() -> None:
    seat = Seat("c" * 32, "a" * 32, "f" * 32, "principal", "client", "Anna")
    assert awareness.user_of(seat) == awareness.user_of(seat)
    assert awareness.user_of(seat)["color"] in {f"cursor-{n}" for n in range(1, 9)}
