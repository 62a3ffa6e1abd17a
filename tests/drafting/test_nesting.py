"""How deep parts of a document lie, whatever order their placings are told in."""

import time
from typing import Any

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from mediation.case.chain import text_hash
from mediation.drafting.canonical import DEEPEST, ROOT, canonical
from mediation.drafting.updates import Nesting, Placed, reach
from mediation.drafting.wire import Malformed, var_string, var_uint


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


def test_what_lies_beside_something_unknown_is_not_told_by_its_other_neighbour() -> None:
    nesting = Nesting()
    assert nesting.add([element(1, 0)])
    assert not nesting.add([element(1, 7, (1, 5), (1, 0))])


def test_words_in_an_element_are_refused() -> None:
    nesting = Nesting()
    words = Placed((1, 2), (1, 0), (), is_text=False, is_words=True)
    assert nesting.add([element(1, 0), Placed((1, 1), (1, 0), (), is_text=True)])
    assert nesting.add([Placed((1, 3), (1, 1), (), is_text=False, is_words=True)])
    with pytest.raises(Malformed):
        nesting.add([words])


# An element with a value as its first child, and a client told of twice: both would hide what comes after.
INSIDE = b"\x08\x00\x07\x00\x01\x7f"
ELEMENT = b"\x07\x01" + var_string("prosemirror") + b"\x03" + var_string("clause")


@pytest.mark.parametrize(
    "update",
    [
        b"\x01\x02\x07\x00" + ELEMENT + INSIDE + b"\x00",
        b"\x02" + (b"\x01\x07\x00" + ELEMENT) * 2 + b"\x00",
        b"\x01" + var_uint(1) + b"\x07\x00\x08\x01" + var_string("prosemirror") + b"\x01\x7f\x00",
    ],
)
def test_what_would_hide_how_deep_it_goes_is_refused(update: bytes) -> None:
    with pytest.raises(Malformed):
        reach(update)


def written(content: bytes) -> bytes:
    """An update that puts a run of text at the top, and one thing into it."""
    text = b"\x07\x01" + var_string("prosemirror") + b"\x06"
    return b"\x01\x02\x07\x00" + text + content + b"\x00"


@pytest.mark.parametrize("name", ["strong", "strong--abcdEF01", "link", "em"])
def test_marks_that_the_editor_has_are_read(name: str) -> None:
    reach(written(b"\x06\x00\x07\x00" + var_string(name) + var_string("{}")))


@pytest.mark.parametrize(
    "content",
    [
        b"\x06\x00\x07\x00" + var_string("blink") + var_string("{}"),
        b"\x06\x00\x07\x00" + var_string("") + var_string("{}"),
        b"\x05\x00\x07\x00" + var_string('{"image":"https://example.org"}'),
    ],
    ids=["an unknown mark", "a mark without a name", "something embedded"],
)
def test_what_would_make_the_next_browser_drop_words_is_refused(content: bytes) -> None:
    with pytest.raises(Malformed):
        reach(written(content))


def attribute(value: bytes) -> bytes:
    """An update that puts a clause at the top and gives it an attribute."""
    return b"\x01\x02\x07\x00" + ELEMENT + b"\x28\x00\x07\x00" + var_string("id") + b"\x01" + value + b"\x00"


@pytest.mark.parametrize(
    "value", [b"\x77" + var_string("a1"), b"\x7d\x05", b"\x7c\x3f\x80\x00\x00", b"\x75\x01\x7d\x41", b"\x7e"]
)
def test_attributes_that_the_editor_writes_are_read(value: bytes) -> None:
    reach(attribute(value))


@pytest.mark.parametrize(
    "value",
    [
        b"\x7c\x3f\xc0\x00\x00",
        b"\x7b\x7f\xf8" + bytes(6),
        b"\x7b\x7f\xe1" + bytes(6),
        b"\x7b\x7f\xf0",
        b"\x7a" + bytes(8),
        b"\x7d" + b"\xff" * 9 + b"\x01",
        b"\x74\x01\xff",
        b"\x77" + var_string("a\0"),
        b"\x75\x01" * 6 + b"\x7e",
    ],
    ids=["1.5", "NaN", "1e308", "cut", "a bigint", "too large", "bytes", "U+0000", "lists in lists"],
)
def test_an_attribute_with_which_the_text_would_have_no_hash_is_refused(value: bytes) -> None:
    """Else one edit keeps everybody from reading, agreeing to and signing the text."""
    with pytest.raises(Malformed):
        reach(attribute(value))


@pytest.mark.parametrize("href", ["1.5", "9007199254740992", '"\\u0000"', '"\\ud800"', "NaN", "["])
def test_a_mark_with_which_the_text_would_have_no_hash_is_refused(href: str) -> None:
    with pytest.raises(Malformed):
        reach(written(b"\x06\x00\x07\x00" + var_string("link") + var_string(f'{{"href":{href}}}')))


def test_a_text_as_deep_as_may_be_has_a_hash() -> None:
    doc: Doc[Any] = Doc()
    within: Any = doc.get(ROOT, type=XmlFragment)
    for _ in range(DEEPEST - 2):
        within = within.children.append(XmlElement("clause"))
    words = within.children.append(XmlElement("paragraph")).children.append(XmlText())
    words.insert(0, "x", {"link": {"href": "https://example.org"}})
    reach(doc.get_update())
    assert text_hash({"type": "entry", "content": [{"type": "body", "content": [canonical(doc)]}]})


def test_words_with_which_the_text_would_have_no_hash_are_refused() -> None:
    with pytest.raises(Malformed):
        reach(written(b"\x04\x00\x07\x00" + var_string("a\0b")))


def test_an_element_that_no_settlement_has_is_refused() -> None:
    with pytest.raises(Malformed):
        reach(b"\x01\x01\x07\x00\x07\x01" + var_string("prosemirror") + b"\x03" + var_string("iframe") + b"\x00")
