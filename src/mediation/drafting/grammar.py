"""What an editor of ours can show of a clause: which node holds which, and what their attributes say. Pure.

y-prosemirror takes out of the shared text whatever its schema refuses, on the screen of whoever opens it next. So a
clause that the server puts into the text must be one that the browser keeps. This mirrors
`frontend/src/drafting/schema.ts`, as `canonical` does; the agreement test holds them together.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mediation.case.obligations import says_only_what_it_can

Json = Mapping[str, Any]
_INLINE: Final = frozenset({"text", "hard_break", "clause_ref"})
_LISTS: Final = frozenset({"bullet_list", "ordered_list"})
_CELLS: Final = frozenset({"table_cell", "table_header"})
_SAFE_LINK: Final = re.compile(r"(?:https://|mailto:)[^\s\ufeff]+", re.IGNORECASE)
_SOURCE: Final = re.compile("(?:statement|offer):[0-9a-f]{32}")
_LONGEST_LINK: Final = 2_000


def can_be_shown(clause: Json) -> bool:
    """Whether a browser shows this clause (canonical JSON) as it is, and keeps it."""
    return clause.get("type") == "clause" and _holds_what_it_may(clause) and says_only_what_it_can(clause)


def _holds_what_it_may(node: Json) -> bool:
    kind = node.get("type")
    content = node.get("content", ())
    if kind == "text":
        return not content and all(_is_mark(mark) for mark in node.get("marks", ()))
    rule, attrs = _CONTENT.get(kind), node.get("attrs", {})
    if rule is None or not isinstance(attrs, Mapping):
        return False
    if not all(check(attrs[name]) for name, check in _ATTRS.get(kind, {}).items() if name in attrs):
        return False
    return rule([child.get("type") for child in content]) and all(_holds_what_it_may(child) for child in content)


def _is_mark(mark: Json) -> bool:
    if mark.get("type") != "link":
        return True
    href = mark.get("attrs", {}).get("href")
    return isinstance(href, str) and len(href) <= _LONGEST_LINK and _SAFE_LINK.fullmatch(href) is not None


def _paragraph_and(more: frozenset[str]) -> Callable[[Sequence[object]], bool]:
    """A paragraph, and then more of them or of what else may stand there."""
    return lambda kinds: bool(kinds) and kinds[0] == "paragraph" and {*kinds} <= more | {"paragraph"}


def _some(kinds_of: frozenset[str]) -> Callable[[Sequence[object]], bool]:
    return lambda kinds: bool(kinds) and {*kinds} <= kinds_of


def _any(kinds_of: frozenset[str]) -> Callable[[Sequence[object]], bool]:
    return lambda kinds: {*kinds} <= kinds_of


_CONTENT: Final[Mapping[object, Callable[[Sequence[object]], bool]]] = {
    "clause": _paragraph_and(_LISTS | {"table"}),
    "paragraph": _any(_INLINE),
    "bullet_list": _some(frozenset({"list_item"})),
    "ordered_list": _some(frozenset({"list_item"})),
    "list_item": _paragraph_and(_LISTS),
    "table": _some(frozenset({"table_row"})),
    "table_row": _any(_CELLS),
    "table_cell": _some(frozenset({"paragraph"})),
    "table_header": _some(frozenset({"paragraph"})),
    "hard_break": _any(frozenset()),
    "clause_ref": _any(frozenset()),
}


def _is_number(value: object) -> bool:
    return type(value) is int


def _are_widths(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_number, value))


_SPANS: Final = {"colspan": _is_number, "rowspan": _is_number, "colwidth": _are_widths}
_ATTRS: Final[Mapping[object, Mapping[str, Callable[[object], bool]]]] = {
    "clause": {"from": lambda value: isinstance(value, str) and _SOURCE.fullmatch(value) is not None},
    "ordered_list": {"order": _is_number},
    "table_cell": _SPANS,
    "table_header": _SPANS,
}
