"""What a settlement's text marks: amounts to be paid, dates by which, and clauses that it refers to. Pure.

An `amount` and a `date` are marks on words of a clause; a `clause_ref` is a node that names a clause by its id, and is
shown as its number. What another browser has written into them may be anything, so each is looked at before it counts.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

from mediation.case.terms import Money

Json = Mapping[str, Any]
_LARGEST: Final = 10**14
_CURRENCY: Final = re.compile("[A-Z]{3}")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLAUSE: Final = re.compile("[0-9a-f]{32}")


class Obligation(Struct, frozen=True, kw_only=True):
    """An amount or a date that a clause marks. `words` is how the text says it, which is what counts."""

    clause: str | None
    """The clause's id; None outside the clauses."""
    kind: Literal["amount", "date"]
    value: Money | date
    words: str


class Reference(Struct, frozen=True, kw_only=True):
    """A clause names another one. `to` is None where what is written there is no clause's id."""

    clause: str | None
    to: str | None


def amount_of(attrs: object) -> Money | None:
    """The amount that a mark's attributes tell; None when they tell none."""
    if not isinstance(attrs, Mapping):
        return None
    minor, currency = attrs.get("minor"), attrs.get("currency")
    if type(minor) is not int or not 0 <= minor <= _LARGEST:
        return None
    if not isinstance(currency, str) or _CURRENCY.fullmatch(currency) is None:
        return None
    return Money(minor, currency)


def date_of(attrs: object) -> date | None:
    """The day that a mark's attributes tell; None when there is no such day."""
    on = attrs.get("on") if isinstance(attrs, Mapping) else None
    if not isinstance(on, str) or _DAY.fullmatch(on) is None:
        return None
    try:
        return date.fromisoformat(on)
    except ValueError:
        return None


def obligations_in(node: Json) -> list[Obligation]:
    """The amounts and dates of a text or clause (canonical JSON), in the order of the text.

    Words next to each other that carry the same mark are one, also where some of them are bold. Marks whose value makes
    no sense are none.
    """
    return list(_obligations(node, _id_of(node)))


def references_in(node: Json) -> list[Reference]:
    """The references of a text or clause (canonical JSON), in the order of the text."""
    return list(_references(node, _id_of(node)))


def says_only_what_it_can(node: Json) -> bool:
    """Whether every amount, date and reference of a suggested clause has a value that makes sense."""
    if node.get("type") == "clause_ref" and _clause_named_by(node) is None:
        return False
    for mark in node.get("marks", ()):
        value_of = _VALUES.get(mark.get("type"))
        if value_of is not None and value_of(mark.get("attrs")) is None:
            return False
    return all(says_only_what_it_can(child) for child in node.get("content", ()))


_VALUES: Final = {"amount": amount_of, "date": date_of}


def _obligations(node: Json, clause: str | None) -> Iterator[Obligation]:
    run: dict[str, Obligation] = {}
    for child in node.get("content", ()):
        here = dict(_marked(child, clause)) if child.get("type") == "text" else {}
        for kind, started in list(run.items()):
            if (more := here.get(kind)) is not None and more.value == started.value:
                here[kind] = _joined(started, more)
            else:
                yield started
        run = here
        yield from _obligations(child, _id_of(child) or clause)
    yield from run.values()


def _marked(text: Json, clause: str | None) -> Iterator[tuple[str, Obligation]]:
    for mark in text.get("marks", ()):
        value_of = _VALUES.get(mark.get("type"))
        value = value_of(mark.get("attrs")) if value_of is not None else None
        if value is not None:
            kind: Literal["amount", "date"] = "amount" if isinstance(value, Money) else "date"
            yield kind, Obligation(clause=clause, kind=kind, value=value, words=str(text.get("text", "")))


def _joined(one: Obligation, more: Obligation) -> Obligation:
    return Obligation(clause=one.clause, kind=one.kind, value=one.value, words=one.words + more.words)


def _references(node: Json, clause: str | None) -> Iterator[Reference]:
    for child in node.get("content", ()):
        if child.get("type") == "clause_ref":
            yield Reference(clause=clause, to=_clause_named_by(child))
        yield from _references(child, _id_of(child) or clause)


def _clause_named_by(node: Json) -> str | None:
    attrs = node.get("attrs")
    named = attrs.get("clause") if isinstance(attrs, Mapping) else None
    return named if isinstance(named, str) and _CLAUSE.fullmatch(named) is not None else None


def _id_of(node: Json) -> str | None:
    attrs = node.get("attrs")
    named = attrs.get("id") if node.get("type") == "clause" and isinstance(attrs, Mapping) else None
    return named if isinstance(named, str) else None
