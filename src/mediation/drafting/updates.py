"""How far a Yjs update reaches, read from its bytes. Pure.

yrs keeps an update whose predecessor is missing in a waiting place that it neither shows nor saves, and loses text
when the predecessor comes later. So after applying, we look whether everything the update holds has arrived.
Format (V1): yjs/src/utils/encoding.js and yjs/src/structs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mediation.drafting.canonical import ROOT
from mediation.drafting.wire import Malformed, read_var_bytes, read_var_string, read_var_uint

_ROOT: Final = ROOT.encode()
_DEEPEST: Final = 100
"""Levels of lists and objects inside one value; yrs reads each level one call deeper."""
_FIRST_CHILDREN: Final = 12_000
"""Types placed first inside another, in one update. Each level of nesting needs one, and yrs deletes level by level
one call deeper: some 20,000 are known to be safe, 130,000 to end the process."""
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_PARENT_SUB, _CONTENT = 0x80, 0x40, 0x20, 0x1F
_GC, _SKIP = 0, 10
_JSON, _TYPE = 2, 7
_NAMED_TYPES: Final = (3, 5)  # an XML element and an XML hook carry their name
_FIXED_ANY: Final = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
_ANY_INT, _ANY_STRING, _ANY_OBJECT, _ANY_ARRAY, _ANY_BYTES = 125, 119, 118, 117, 116


@dataclass(frozen=True, slots=True)
class Reach:
    """What an update brings: for each client the clock after its last change, deletions aside.

    `nests` tells whether it places a type first inside another, which is the only way to nest deeper.
    """

    ends: Mapping[int, int]
    nests: bool


def reach(update: bytes) -> Reach:
    """Read what an update brings. Raises `Malformed` for what is no update or holds what no editor of ours writes."""
    ends: dict[int, int] = {}
    first_children = 0
    clients, at = read_var_uint(update, 0)
    for _ in range(clients):
        structs, at = read_var_uint(update, at)
        client, at = read_var_uint(update, at)
        clock, at = read_var_uint(update, at)
        for _ in range(structs):
            length, first_child, at = _struct(update, at)
            clock += length
            first_children += first_child
        ends[client] = max(clock, ends.get(client, 0))
    if first_children > _FIRST_CHILDREN:
        raise Malformed("the update could be nested beyond reason")
    return Reach(ends, first_children > 0)


def clocks(vector: bytes) -> dict[int, int]:
    """The state vector as a clock for each client. Raises `Malformed`."""
    count, at = read_var_uint(vector, 0)
    known: dict[int, int] = {}
    for _ in range(count):
        client, at = read_var_uint(vector, at)
        known[client], at = read_var_uint(vector, at)
    return known


def _struct(data: bytes, at: int) -> tuple[int, bool, int]:
    """The length of the struct at `at`, whether it is a type placed first inside another, and the place after it."""
    if at >= len(data):
        raise Malformed("the update ends before its last change")
    info = data[at]
    at += 1
    content = info & _CONTENT
    if content in {_GC, _SKIP}:
        length, at = read_var_uint(data, at)
        return length, False, at
    first_child = False
    if info & _HAS_ORIGIN:
        at = _identity(data, at)
    if info & _HAS_RIGHT_ORIGIN:
        at = _identity(data, at)
    if not info & (_HAS_ORIGIN | _HAS_RIGHT_ORIGIN):
        at_root, at = read_var_uint(data, at)
        at = _root(data, at) if at_root else _identity(data, at)
        first_child = not at_root and content == _TYPE
        if info & _HAS_PARENT_SUB:
            _, at = read_var_bytes(data, at)
    length, at = _content(data, at, content)
    return length, first_child, at


def _root(data: bytes, at: int) -> int:
    name, at = read_var_bytes(data, at)
    if name != _ROOT:
        raise Malformed("a document holds one fragment and nothing beside it")
    return at


def _identity(data: bytes, at: int) -> int:
    _, at = read_var_uint(data, at)
    return read_var_uint(data, at)[1]


def _content(data: bytes, at: int, content: int) -> tuple[int, int]:
    match content:
        case 1:  # deleted
            return read_var_uint(data, at)
        case 2 | 8:  # JSON values as strings, or any values
            count, at = read_var_uint(data, at)
            for _ in range(count):
                at = read_var_bytes(data, at)[1] if content == _JSON else _any(data, at, 0)
            return count, at
        case 4:  # text, counted as JavaScript counts
            text, at = read_var_string(data, at)
            return len(text.encode("utf-16-le")) // 2, at
        case 3 | 5:  # bytes, or an embedded value as JSON
            return 1, read_var_bytes(data, at)[1]
        case 6:  # a format begins or ends: name and value
            _, at = read_var_bytes(data, at)
            return 1, read_var_bytes(data, at)[1]
        case 7:  # a shared type
            kind, at = read_var_uint(data, at)
            return 1, read_var_bytes(data, at)[1] if kind in _NAMED_TYPES else at
        case _:
            raise Malformed(f"no editor writes content of type {content}")


def _any(data: bytes, at: int, depth: int) -> int:
    if at >= len(data) or depth > _DEEPEST:
        raise Malformed("a value is cut short or nested beyond reason")
    tag = data[at]
    at += 1
    if tag in _FIXED_ANY:
        at += _FIXED_ANY[tag]
    elif tag == _ANY_INT:
        while at < len(data) and data[at] & 0x80:
            at += 1
        at += 1
    elif tag in {_ANY_STRING, _ANY_BYTES}:
        _, at = read_var_bytes(data, at)
    elif tag in {_ANY_OBJECT, _ANY_ARRAY}:
        count, at = read_var_uint(data, at)
        for _ in range(count):
            if tag == _ANY_OBJECT:
                _, at = read_var_bytes(data, at)
            at = _any(data, at, depth + 1)
    else:
        raise Malformed(f"there is no value of type {tag}")
    if at > len(data):
        raise Malformed("a value is cut short")
    return at
