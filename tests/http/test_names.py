"""Names as they are shown: what cannot be seen is not in them, and none is spelt to pass for another's."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.identity import accounts
from mediation.identity.names import mixes_alphabets, plain_line
from mediation.problems import Problem


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Da\u200bna", "Dana"),  # zero-width space
        ("Dana\u200d", "Dana"),  # joiner with nothing to join
        ("D\u200dana", "Dana"),  # joiner in a script that has no use for it
        ("Dana\ufe0f", "Dana"),  # variation selector
        ("Da\u00adna", "Dana"),  # soft hyphen
        ("\u3164Dana\u2800", "Dana"),  # fillers that look like nothing
        ("\u202eanaD\u202c", "anaD"),  # right to left by force
        ("Dana\U000e0041", "Dana"),  # tag letters
        ("Dana\u2028Mediator", "Dana Mediator"),  # a line of its own
        ("Dana\x1b[31m", "Dana[31m"),
        ("\U0001d403\U0001d41a\U0001d427\U0001d41a", "Dana"),  # mathematical bold
        ("\uff24\uff41\uff4e\uff41", "Dana"),  # full width
        ("Cafe\u0301", "Caf\u00e9"),
        ("Cafe\u200b\u0301", "Caf\u00e9"),
        ("Dana  \t Mu\u0308ller", "Dana M\u00fcller"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_not_in_a_name(written: str, shown: str) -> None:
    assert plain_line(written) == shown


@pytest.mark.parametrize(
    "name",
    [
        "\u0646\u06cc\u0644\u0648\u0641\u0631\u200c\u062c\u0627\u0646",  # Persian, with the joiner it needs
        "\u0915\u094d\u200d\u0937",  # Devanagari, a half letter
        "O\u2019Brien-\u0141ukasz",
        "Nguy\u1ec5n Th\u1ecb Minh Khai",
        "\u7530\u4e2d \u3055\u304f\u3089",
        "Jos\u00e9 M\u00aa N\u00fa\u00f1ez",
        "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
        "\U0001f33b Dana",
    ],
)
def test_the_names_of_the_world_stay_as_they_are(name: str) -> None:
    assert accounts.plain_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", ["D\u0430na", "\u041cira Roth", "Jo\u03bfst", "\u0391nna", "Noa K\u0435ller"])
def test_a_name_with_a_letter_from_another_alphabet_within_a_word_is_refused(name: str) -> None:
    with pytest.raises(Problem) as refused:
        accounts.plain_name(name)
    assert refused.value.code == "name-mixes-alphabets"


@pytest.mark.parametrize(
    "name", ["Sara \u0421\u0430\u0440\u0430", "\u0391\u03bd\u03bd\u03b1 Berg", "\u0410\u043d\u043d\u0430-Maria"]
)
def test_a_name_written_in_two_alphabets_word_by_word_is_a_name(name: str) -> None:
    assert not mixes_alphabets(name)


def test_a_title_may_be_empty_and_is_shown_as_plainly_as_a_name() -> None:
    assert accounts.plain_title("") == ""
    assert accounts.plain_title(" Head of\u200b billing ") == "Head of billing"
    assert len(accounts.plain_title("x" * 500)) == accounts.LONGEST_NAME


@settings(deadline=None)
@given(st.text())
def test_showing_a_name_twice_changes_nothing_more_and_leaves_no_control_in_it(text: str) -> None:
    shown = plain_line(text)
    assert plain_line(shown) == shown
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for c in shown)
    assert shown == shown.strip()
