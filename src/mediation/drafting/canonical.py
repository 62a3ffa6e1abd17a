"""The settlement as canonical ProseMirror JSON, read from a Yjs document. Pure.

The browser shows what y-prosemirror makes of the same document, and both sides hash the wording: so this reads
exactly as y-prosemirror 1.3 does, including what it leaves out. The table below mirrors
`frontend/src/drafting/schema.ts`; the agreement test holds the two together.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from pycrdt._base import BaseType

ROOT: Final = "prosemirror"
DEEPEST: Final = 26
"""Levels of nesting. A settlement has about eight; the walk, and yrs below it, go one call deeper for each.

Each is two levels of JSON, of which a record holds 64: what is deeper would have no hash, and nobody could sign it.
"""

NODES: Final[Mapping[str, Mapping[str, object]]] = {
    "paragraph": {},
    "heading": {"level": 1},
    "clause": {"id": None, "from": None},
    "bullet_list": {},
    "ordered_list": {"order": 1},
    "list_item": {},
    "table": {},
    "table_row": {},
    "table_cell": {"colspan": 1, "rowspan": 1, "colwidth": None},
    "table_header": {"colspan": 1, "rowspan": 1, "colwidth": None},
    "hard_break": {},
    "clause_ref": {"clause": None},
}
"""Every node but `doc` and `text`, with its attributes and what each is when unset."""

MARKS: Final[Mapping[str, Mapping[str, object]]] = {
    "link": {"href": None},
    "em": {},
    "strong": {},
    "amount": {"minor": None, "currency": None},
    "date": {"on": None},
}
"""Every mark with its attributes and what each is when unset."""

_NEEDED: Final[Mapping[str, frozenset[str]]] = {"link": frozenset({"href"})}
"""Attributes without which the browser can make no mark."""

# Marks that may lie over each other are told apart by a hash behind their name.
_OVERLAPPING: Final = re.compile(r"(.*)--[a-zA-Z0-9+/=]{8}", re.DOTALL)


class Unreadable(ValueError):  # noqa: N818 - reads as the sentence it is
    """The document is nothing an editor of ours would have made; the message says why."""


def canonical(doc: Doc[Any]) -> dict[str, Any]:
    """The document as a `doc` node: integers whole, marks sorted, unset attributes left out, adjacent text joined.

    Raises `Unreadable` for a document nested beyond reason.
    """
    with doc.transaction():
        content = _content(doc.get(ROOT, type=XmlFragment), 1)
    return {"type": "doc", "content": content} if content else {"type": "doc"}


def check_shape(doc: Doc[Any]) -> None:
    """Raise `Unreadable` when the document is nested beyond reason, or nested where no editor nests.

    yrs goes one call deeper for each level when it deletes, so depth has to be bounded before it is reached.
    """
    with doc.transaction():
        level: list[Any] = [doc.get(ROOT, type=XmlFragment)]
        for _ in range(DEEPEST):
            level = [child for parent in level for child in _elements(parent)]
            if not level:
                return
    raise Unreadable(f"the document is nested more than {DEEPEST} levels deep")


def _elements(parent: XmlFragment | XmlElement) -> list[XmlElement]:
    elements: list[XmlElement] = []
    for child in parent.children:
        if isinstance(child, XmlElement):
            if any(isinstance(value, BaseType) for value in _given(child).values()):
                raise Unreadable("an attribute holds a shared type")
            elements.append(child)
        elif isinstance(child, XmlText):
            if any(not isinstance(piece, str) for piece, _ in child.diff()):
                raise Unreadable("text holds something that is not text")
        else:
            raise Unreadable("the document holds something that is neither element nor text")
    return elements


def _content(parent: XmlFragment | XmlElement, depth: int) -> list[dict[str, Any]]:
    if depth > DEEPEST:
        raise Unreadable(f"the document is nested more than {DEEPEST} levels deep")
    joined: list[dict[str, Any]] = []
    for child in parent.children:
        if isinstance(child, XmlElement):
            if child.tag in NODES:
                joined.append(_node(child, depth))
        elif isinstance(child, XmlText):
            for text in _texts(child):
                _join(joined, text)
    return joined


def _node(element: XmlElement, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"type": element.tag}
    if attrs := _attrs(_given(element), NODES[element.tag or ""]):
        node["attrs"] = attrs
    if content := _content(element, depth + 1):
        node["content"] = content
    return node


def _given(element: XmlElement) -> dict[str, Any]:
    pairs: Iterator[tuple[str, Any]] = iter(element.attributes)  # type: ignore[arg-type]  # it iterates
    return dict(pairs)


def _texts(text: XmlText) -> list[dict[str, Any]]:
    """The text nodes of a run; nothing when the browser could not show it, for there it is thrown away whole."""
    nodes: list[dict[str, Any]] = []
    for piece, formats in text.diff():
        marks = _marks(formats or {})
        if not isinstance(piece, str) or marks is None:
            return []
        if piece:
            nodes.append({"type": "text", "text": piece, **({"marks": marks} if marks else {})})
    return nodes


def _marks(formats: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    marks: dict[str, dict[str, Any]] = {}
    for key, value in formats.items():
        if value is None:
            continue
        overlapping = _OVERLAPPING.fullmatch(key)
        name = overlapping.group(1) if overlapping else key
        if name not in MARKS:
            return None
        given = value if isinstance(value, Mapping) else {}
        if not _NEEDED.get(name, frozenset()) <= set(given):
            return None
        attrs = _attrs(given, MARKS[name])
        marks[name] = {"type": name, "attrs": attrs} if attrs else {"type": name}
    return [marks[name] for name in sorted(marks)]


def _attrs(given: Mapping[str, Any], known: Mapping[str, object]) -> dict[str, Any]:
    attrs = {name: _whole(given[name]) if name in given else unset for name, unset in known.items()}
    return {name: value for name, value in attrs.items() if value is not None}


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Numbers come out of Yjs as floats; a whole one is an integer again, as JavaScript prints it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    if isinstance(value, Mapping):
        return {name: _whole(inner) for name, inner in value.items()}
    return value


def _join(nodes: list[dict[str, Any]], text: dict[str, Any]) -> None:
    last = nodes[-1] if nodes else None
    if last is not None and last["type"] == "text" and last.get("marks") == text.get("marks"):
        last["text"] += text["text"]
    else:
        nodes.append(text)
