"""Canonical JSON written into a Yjs document, as y-prosemirror would write it. The other way round: `canonical`."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from mediation.case.state import Suggestion
from mediation.case.text import place_after
from mediation.drafting.canonical import NODES, ROOT, canonical
from mediation.drafting.updates import reach
from mediation.drafting.wire import Malformed

Json = Mapping[str, Any]


class CannotBuild(ValueError):  # noqa: N818 - reads as the sentence it is
    """The JSON holds what no settlement holds; the message says what."""


def build(node: Json) -> bytes:
    """An update that makes an empty document read as `node`. Raises `CannotBuild`."""
    doc: Doc[Any] = Doc()
    fragment = doc.get(ROOT, type=XmlFragment)
    with doc.transaction():
        _append(fragment, node.get("content", ()))
    _require_same(doc, node)
    return _let_in(doc.get_update())


def require_buildable(node: Json) -> None:
    """Raise `CannotBuild` unless this clause could be written into a settlement and would read the same."""
    build({"type": "doc", "content": [node]})


def change(doc: Doc[Any], suggestion: Suggestion, expected: Json) -> bytes:
    """Change the document as a suggestion says, and return the update. Raises `CannotBuild`.

    Words that stay are not touched, so cursors stay where they are. `expected` is what the text must read afterwards.
    """
    updates: list[bytes] = []
    observation = doc.observe(lambda event: updates.append(event.update))
    try:
        with doc.transaction():
            _change(doc.get(ROOT, type=XmlFragment), suggestion)
    finally:
        doc.unobserve(observation)
    _require_same(doc, expected)
    return _let_in(updates[0]) if updates else b"\0\0"


def _let_in(update: bytes) -> bytes:
    """The update, if it is one that a browser may send: every update is read again when the document is loaded."""
    try:
        reach(update)
    except Malformed as fault:
        raise CannotBuild(str(fault)) from fault
    return update


def _require_same(doc: Doc[Any], expected: Json) -> None:
    if canonical(doc) != expected:
        raise CannotBuild("the text would not read as it should")


def _change(fragment: XmlFragment, suggestion: Suggestion) -> None:
    children = fragment.children
    found = [(place, child) for place in range(len(children)) if (child := _clause(children[place], suggestion.clause))]
    if suggestion.change == "replace" and suggestion.node is not None:
        for _, clause in found[:1]:
            _rewrite(clause, suggestion.node)
        return
    moved: Json | None = suggestion.node
    for place, clause in reversed(found):
        moved = _json(clause)
        del children[place]
    if suggestion.change == "remove" or moved is None:
        return
    # The places count what an editor shows; a run of text between the blocks is nothing it shows.
    shown = [_stub(child) for child in children]
    _insert(fragment, place_after(shown, suggestion.after), moved)


def _clause(child: object, clause: str) -> XmlElement | None:
    if isinstance(child, XmlElement) and child.tag == "clause" and child.attributes.get("id") == clause:
        return child
    return None


def _stub(child: object) -> dict[str, Any]:
    if isinstance(child, XmlElement):
        return {"type": child.tag, "attrs": {"id": child.attributes.get("id")}}
    return {"type": "text"}


def _json(element: XmlElement) -> Json:
    copy: Doc[Any] = Doc()
    copy.apply_update(element.doc.get_update())
    whole = canonical(copy)["content"]
    wanted = element.attributes.get("id")
    found: Json = next(n for n in whole if n["type"] == "clause" and n.get("attrs", {}).get("id") == wanted)
    return found


def _rewrite(element: XmlElement, node: Json) -> None:
    """Make an element read as `node`, leaving alone what reads alike already."""
    attrs = node.get("attrs", {})
    for name, unset in NODES[element.tag or ""].items():
        if name in attrs and attrs[name] != element.attributes.get(name):
            element.attributes[name] = attrs[name]
        elif name not in attrs and unset is None and name in element.attributes:
            del element.attributes[name]
    blocks = list(node.get("content", ()))
    children = element.children
    here = [child for child in children if isinstance(child, XmlElement) and child.tag == "paragraph"]
    if len(here) == len(children) == len(blocks) and all(block["type"] == "paragraph" for block in blocks):
        for paragraph, block in zip(here, blocks, strict=True):
            _rewrite_words(paragraph, block.get("content", ()))
        return
    while len(children):
        del children[0]
    _append(element, blocks)


def _rewrite_words(paragraph: XmlElement, content: Sequence[Json]) -> None:
    children = paragraph.children
    only = children[0] if len(children) == 1 else None
    is_plain = len(content) <= 1 and all(one["type"] == "text" and not one.get("marks") for one in content)
    if is_plain and isinstance(only, XmlText) and all(not formats for _, formats in only.diff()):
        _splice(only, "".join(str(piece) for piece, _ in only.diff()), content[0]["text"] if content else "")
        return
    while len(children):
        del children[0]
    _append(paragraph, content)


def _splice(text: XmlText, old: str, new: str) -> None:
    """Replace only what differs between the common beginning and the common end."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    at, gone = _units(old[:start]), _units(old[start : len(old) - end])
    if gone:
        del text[at : at + gone]
    if words := new[start : len(new) - end]:
        text.insert(at, words)


def _units(text: str) -> int:
    """Where yrs counts a place in a text: in bytes of UTF-8."""
    return len(text.encode())


def _append(parent: XmlFragment | XmlElement, content: Sequence[Json]) -> None:
    # Neighbouring texts lie in one run, as y-prosemirror writes them.
    for is_text, run in groupby(content, key=lambda node: node.get("type") == "text"):
        if is_text:
            text = parent.children.append(XmlText())
            for node in run:
                text.insert(_units("".join(p for p, _ in text.diff())), node["text"], _formats(node))
        else:
            for node in run:
                _insert(parent, len(parent.children), node)


def _formats(node: Json) -> dict[str, Any] | None:
    marks = {mark["type"]: dict(mark.get("attrs", {})) for mark in node.get("marks", ())}
    return marks or None


def _insert(parent: XmlFragment | XmlElement, place: int, node: Json) -> None:
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in NODES:
        raise CannotBuild(f"a settlement holds no {kind}")
    element = parent.children.insert(place, XmlElement(kind))
    for name, value in node.get("attrs", {}).items():
        if name not in NODES[kind]:
            raise CannotBuild(f"a {kind} has no {name}")
        if value != NODES[kind][name]:
            element.attributes[name] = value
    _append(element, node.get("content", ()))
