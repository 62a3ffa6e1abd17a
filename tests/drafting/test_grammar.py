"""What may be suggested is what a browser keeps: everything else would vanish from everybody's text once accepted."""

from typing import Any

import pytest

from casebook import a_clause
from mediation.drafting.texts import is_writable

CLAUSE = "1" * 32


def node(kind: str, *content: dict[str, Any], **attrs: object) -> dict[str, Any]:
    made: dict[str, Any] = {"type": kind, **({"attrs": attrs} if attrs else {})}
    return {**made, "content": list(content)} if content else made


def words(text: str = "Nine hundred euros.", *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}


def link(href: object) -> dict[str, Any]:
    return node("paragraph", words("here", {"type": "link", "attrs": {"href": href}}))


PARAGRAPH = node("paragraph", words())


def a_clause_with(*more: dict[str, Any]) -> dict[str, Any]:
    clause = a_clause(CLAUSE, "Nine hundred euros.")
    return {**clause, "content": [*clause["content"], *more]}


def in_a_table(cell: dict[str, Any]) -> dict[str, Any]:
    return node("table", node("table_row", cell))


@pytest.mark.parametrize(
    "more",
    [
        PARAGRAPH,
        node("paragraph"),
        node("bullet_list", node("list_item", PARAGRAPH, node("ordered_list", node("list_item", PARAGRAPH), order=3))),
        in_a_table(node("table_header", PARAGRAPH, colspan=2, rowspan=1, colwidth=[100, 80])),
        link("https://example.org/a?b=c#d"),
        link("mailto:anna@example.org"),
    ],
    ids=str,
)
def test_what_an_editor_writes_can_be_suggested(more: dict[str, Any]) -> None:
    assert is_writable(a_clause_with(more))


@pytest.mark.parametrize(
    "more",
    [
        node("heading", words("A heading"), level=1),
        node("clause", PARAGRAPH, id="2" * 32),
        node("bullet_list"),
        node("bullet_list", PARAGRAPH),
        node("bullet_list", node("list_item")),
        node("bullet_list", node("list_item", node("bullet_list", node("list_item", PARAGRAPH)))),
        node("ordered_list", node("list_item", PARAGRAPH), order="3"),
        node("paragraph", PARAGRAPH),
        node("table"),
        in_a_table(node("table_cell")),
        in_a_table(node("table_cell", words())),
        in_a_table(node("table_cell", PARAGRAPH, colwidth="100")),
        in_a_table(node("table_cell", PARAGRAPH, colspan=True)),
        words(),
        link("javascript:alert(1)"),
        link("http://example.org"),
        link("https://example.org/a b"),
        link("https://example.org/" + "a" * 2_000),
        link(["https://example.org"]),
    ],
    ids=lambda more: str(more)[:90],
)
def test_what_a_browser_would_throw_away_cannot(more: dict[str, Any]) -> None:
    assert not is_writable(a_clause_with(more))


def test_a_clause_begins_with_a_paragraph_and_comes_from_a_statement_an_offer_or_nowhere() -> None:
    listed = node("bullet_list", node("list_item", PARAGRAPH))
    assert not is_writable({**a_clause(CLAUSE, ""), "content": [listed, PARAGRAPH]})
    for source, is_one in ((f"statement:{CLAUSE}", True), (f"offer:{CLAUSE}", True), ("https://x", False), (7, False)):
        clause = a_clause(CLAUSE, "Nine hundred euros.")
        assert is_writable({**clause, "attrs": {"id": CLAUSE, "from": source}}) is is_one
