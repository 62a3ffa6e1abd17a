"""Amounts, dates and references that a text marks: what they say, and what keeps a text from being frozen."""

from datetime import date
from typing import Any

import pytest

from casebook import Story, drafted_case
from mediation.case import commands as c
from mediation.case.chain import text_hash
from mediation.case.obligations import obligations_in, references_in, says_only_what_it_can
from mediation.case.terms import Money
from mediation.drafting.texts import is_writable

FIRST, SECOND = "1" * 32, "2" * 32
STRONG = {"type": "strong"}


def amount(minor: object = 320_000, currency: object = "EUR") -> dict[str, Any]:
    return {"type": "amount", "attrs": {"minor": minor, "currency": currency}}


def day(on: object = "2027-03-31") -> dict[str, Any]:
    return {"type": "date", "attrs": {"on": on}}


def words(text: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}


def refer_to(clause: object) -> dict[str, Any]:
    return {"type": "clause_ref", "attrs": {"clause": clause}}


def a_clause_of(clause: str, *content: dict[str, Any]) -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": list(content)}
    return {"type": "clause", "attrs": {"id": clause}, "content": [paragraph]}


def test_what_is_to_be_paid_and_by_when_is_read_in_the_order_of_the_text() -> None:
    pays = a_clause_of(
        FIRST, words("The studio pays "), words("€ 3,200.00", amount()), words(" by "), words("31 March 2027", day())
    )
    hands_over = a_clause_of(SECOND, words("It hands over by "), words("Friday", day("2027-04-02")))
    found = obligations_in({"type": "doc", "content": [pays, hands_over]})
    assert [(one.clause, one.kind, one.value, one.words) for one in found] == [
        (FIRST, "amount", Money(320_000, "EUR"), "€ 3,200.00"),
        (FIRST, "date", date(2027, 3, 31), "31 March 2027"),
        (SECOND, "date", date(2027, 4, 2), "Friday"),
    ]
    assert obligations_in(pays) == found[:2]


def test_an_amount_that_is_half_bold_is_one_and_two_beside_each_other_are_two() -> None:
    half_bold = a_clause_of(FIRST, words("€ 3,", amount()), words("200", amount(), STRONG), words("!", amount(1)))
    assert [(one.words, one.value) for one in obligations_in(half_bold)] == [
        ("€ 3,200", Money(320_000, "EUR")),
        ("!", Money(1, "EUR")),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        *(amount(minor) for minor in (-1, 10**14 + 1, True, 1.5, "1", None)),
        *(amount(1, currency) for currency in ("eur", "EURO", "", None, "EUR\n", 978)),
        *(day(on) for on in ("2027-02-29", "31.03.2027", "2027-3-31", "0000-01-01", "2027-03-31\n", None, 20270331)),
        {"type": "amount"},
        {"type": "date", "attrs": [1]},
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_no_obligation_and_nobody_may_suggest_it(mark: dict[str, Any]) -> None:
    clause = a_clause_of(FIRST, words("something", mark))
    assert obligations_in(clause) == []
    assert not says_only_what_it_can(clause)
    assert not is_writable(clause)


def test_what_makes_sense_may_be_suggested() -> None:
    assert is_writable(a_clause_of(FIRST, words("€ 1", amount(100)), words(" by May", day()), refer_to(SECOND)))
    for named in (None, "clause 2", "2" * 31, 2):
        assert not is_writable(a_clause_of(FIRST, refer_to(named)))


def test_a_reference_names_a_clause_and_nonsense_names_none() -> None:
    text = {"type": "doc", "content": [a_clause_of(FIRST, words("See "), refer_to(SECOND), refer_to({"a": 1}))]}
    assert [(one.clause, one.to) for one in references_in(text)] == [(FIRST, SECOND), (FIRST, None)]


def test_a_text_without_them_has_the_hash_that_it_had_before_there_were_any() -> None:
    clause = a_clause_of(FIRST, words("The studio repays "), words("900 euros", STRONG), words("."))
    assert text_hash(clause) == "f72fcd80b3659a29e1860cb81f92cce98921ed02b2a5ea084067efd5592ce7a7"


def written(case: Story, *clauses: dict[str, Any]) -> Story:
    case.book.text = {"type": "doc", "content": list(clauses)}
    for side in ("client", "handler"):
        case.agree_to_clauses(side)
    return case


def test_a_text_whose_reference_leads_nowhere_is_not_frozen() -> None:
    for gone in (SECOND, "nonsense"):
        case = written(drafted_case(), a_clause_of(FIRST, words("As said in "), refer_to(gone)))
        assert case.refused("client", c.Freeze, text_hash=case.text.text_hash) == "reference-leads-nowhere"
    both = [a_clause_of(FIRST, words("As said in "), refer_to(SECOND)), a_clause_of(SECOND, words("Silence."))]
    case = written(drafted_case(), *both)
    case.do("client", c.Freeze, text_hash=case.text.text_hash)


def test_a_reference_outside_the_clauses_is_something_that_nobody_agreed_to() -> None:
    case = written(drafted_case(), a_clause_of(FIRST, words("Silence.")))
    stray = {"type": "paragraph", "content": [refer_to(FIRST)]}
    case.book.text = {"type": "doc", "content": [stray, *case.book.text["content"]]}
    assert case.refused("client", c.Freeze, text_hash=case.text.text_hash) == "words-outside-the-clauses"
