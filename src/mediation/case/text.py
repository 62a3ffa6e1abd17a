"""The settlement's text as canonical JSON: its clauses, and what a suggestion makes of it. Pure."""

from typing import Any

from mediation.case.chain import canonical, text_hash
from mediation.case.state import Clause, Suggestion, Text


def text_from(document: str, node: dict[str, Any]) -> Text:
    """The text with its clauses in order; a clause without an id cannot be agreed to and is none of them."""
    spelt = canonical(node)
    clauses = tuple(
        Clause(attrs["id"], text_hash(child), child)
        for child in _children(spelt)
        if child.get("type") == "clause" and isinstance(attrs := child.get("attrs"), dict) and "id" in attrs
    )
    stray = any(_has_words(child) for child in _children(spelt) if not _is_one_of(clauses, child))
    return Text(document, text_hash(spelt), spelt, clauses, stray)


def _is_one_of(clauses: tuple[Clause, ...], child: dict[str, Any]) -> bool:
    return any(clause.node is child for clause in clauses)


def _has_words(node: dict[str, Any]) -> bool:
    is_shown = node.get("type") == "clause_ref" or bool(str(node.get("text", "")).strip())
    return is_shown or any(_has_words(child) for child in _children(node))


def changed_by(node: dict[str, Any], suggestion: Suggestion) -> dict[str, Any]:
    """The text after a suggestion was accepted, which `decide` has found to fit it."""
    children = _children(node)
    if suggestion.change == "replace" and suggestion.node is not None:
        # Two who move one clause at once leave it in the text twice; the first is the one that was read.
        place = next(place for place, child in enumerate(children) if _is(child, suggestion.clause))
        children[place] = dict(suggestion.node)
        return {**node, "content": children}
    moved = next((child for child in children if _is(child, suggestion.clause)), suggestion.node)
    children = [child for child in children if not _is(child, suggestion.clause)]
    if suggestion.change != "remove" and moved is not None:
        children.insert(place_after(children, suggestion.after), dict(moved))
    return {"type": "doc", **({"content": children} if children else {})}


def place_after(children: list[dict[str, Any]], after: str | None) -> int:
    """The place behind a clause, or the one before the first clause."""
    if after is not None:
        return next((place + 1 for place, child in enumerate(children) if _is(child, after)), len(children))
    return next((place for place, child in enumerate(children) if child.get("type") == "clause"), len(children))


def _children(node: dict[str, Any]) -> list[dict[str, Any]]:
    return list(node.get("content", ()))


def _is(child: dict[str, Any], clause: str) -> bool:
    return child.get("type") == "clause" and child.get("attrs", {}).get("id") == clause
