"""What a Yjs update brings, read from its bytes before yrs sees them. Pure.

yrs keeps an update whose predecessor is missing in a waiting place that it neither shows nor saves, and loses text
when the predecessor comes later; so we look whether everything an update holds has arrived. And yrs goes one call
deeper for each level of nesting, until the process ends; so depth is known before it is reached.
Format (V1): yjs/src/utils/encoding.js and yjs/src/structs.
"""

import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from mediation.case.chain import MAX_SAFE_INTEGER
from mediation.drafting.canonical import DEEPEST, MARKS, NODES, ROOT
from mediation.drafting.wire import Malformed, read_var_bytes, read_var_string, read_var_uint

Place: TypeAlias = tuple[int, int]
"""A Yjs id: client and clock."""

_ROOT: Final = ROOT.encode()
# y-prosemirror takes out of the document what its schema does not know, on the screen of whoever opens it next.
_ELEMENTS: Final = frozenset(name.encode() for name in NODES)
_MARKS: Final = frozenset(name.encode() for name in MARKS)
_DEEPEST_VALUE: Final = 4
"""Levels of lists and objects inside one value; the widths of columns are a list of numbers."""
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_PARENT_SUB, _CONTENT = 0x80, 0x40, 0x20, 0x1F
_GC, _SKIP = 0, 10
_JSON, _TYPE = 2, 7
_VALUES: Final = frozenset({2, 8})  # JSON, any
_WORDS: Final = frozenset({4, 5, 6})  # text, an embedded value, a format
_ELEMENT, _TEXT = 3, 6
_UNSAID: Final = re.compile("[\0\ud800-\udfff]")
_EMPTY_ANY: Final = frozenset({127, 126, 121, 120})  # undefined, null, false, true
_FLOATS: Final = {124: struct.Struct(">f"), 123: struct.Struct(">d")}
_ANY_INT, _ANY_STRING, _ANY_OBJECT, _ANY_ARRAY = 125, 119, 118, 117


@dataclass(frozen=True, slots=True)
class Placed:
    """An element or a run of text put into the document: inside `parent` (None: the root) or beside `siblings`.

    The first of the siblings is the one that Yjs goes by. `is_words` is for what a run of text begins with.
    """

    place: Place
    parent: Place | None
    siblings: tuple[Place, ...]
    is_text: bool
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What an update brings: each client's clock before its first change and after its last, and what it places.

    Deletions are no change of a client's own.
    """

    starts: Mapping[int, int]
    ends: Mapping[int, int]
    placed: tuple[Placed, ...]


class Nesting:
    """How deep every element and run of text of a document lies, kept from update to update."""

    def __init__(self) -> None:
        self._depths: dict[Place, int] = {}
        self._kinds: dict[Place, bool] = {}
        """Whether it is a run of text; known also where the depth is not."""

    def add(self, placed: Iterable[Placed]) -> bool:
        """Take note of what was placed, and return whether all of it could be.

        Raises `Malformed` for what lies inside text or deeper than a document goes.
        """
        waiting: dict[Place, list[Placed]] = {}
        words: list[Placed] = []
        ready: list[Placed] = []
        for one in placed:
            if one.is_words:
                words.append(one)
            else:
                self._kinds.setdefault(one.place, one.is_text)
                ready.append(one)
        ready.reverse()
        while ready:
            one = ready.pop()
            if one.place in self._depths:
                # Yjs keeps to the first word about a place, and so do we.
                continue
            if self._add(one):
                ready += waiting.pop(one.place, ())
            else:
                # What it rests on may stand later in the same update: clients are not in order of time.
                place = one.siblings[0] if one.siblings else one.parent
                if place is not None:
                    waiting.setdefault(place, []).append(one)
        for one in words:
            # yrs does not show what follows words in an element, so nothing could tell how deep that goes.
            if one.parent is None or self._kinds.get(one.parent) is False:
                raise Malformed("words lie in text and nowhere else")
        return all(one.place in self._depths for ones in waiting.values() for one in ones)

    def _add(self, one: Placed) -> bool:
        if one.siblings:
            # A second sibling elsewhere must not tell for the first: what lies beside it lies where the first one does.
            depth = self._depths.get(one.siblings[0])
        elif one.parent is None:
            depth = 1
        elif self._kinds.get(one.parent) is True:
            raise Malformed("text holds text and nothing else")
        else:
            above = self._depths.get(one.parent)
            depth = None if above is None else above + 1
        if depth is None:
            return False
        if depth > DEEPEST:
            raise Malformed(f"a document is not nested more than {DEEPEST} levels deep")
        self._depths[one.place] = depth
        return True


class _Reader:
    """Walks through one update."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.placed: list[Placed] = []

    def number(self) -> int:
        value, self._at = read_var_uint(self._data, self._at)
        return value

    def skip(self) -> None:
        _, self._at = read_var_bytes(self._data, self._at)

    def words(self) -> str:
        text, self._at = read_var_string(self._data, self._at)
        if _UNSAID.search(text):
            raise Malformed("no record holds U+0000")
        return text

    def place(self) -> Place:
        return self.number(), self.number()

    def struct(self, here: Place) -> int:
        """Read the struct that stands at `here` and return its length."""
        if self._at >= len(self._data):
            raise Malformed("the update ends before its last change")
        info = self._data[self._at]
        self._at += 1
        content = info & _CONTENT
        if content in {_GC, _SKIP}:
            return self.number()
        siblings = tuple(self.place() for bit in (_HAS_ORIGIN, _HAS_RIGHT_ORIGIN) if info & bit)
        parent, is_attribute = None, False
        if not siblings:
            parent = self._parent()
            if info & _HAS_PARENT_SUB:
                self.skip()
                is_attribute = True
        if content == _TYPE:
            if is_attribute:
                raise Malformed("an attribute is a value")
            self.placed.append(Placed(here, parent, siblings, self._type() == _TEXT))
            return 1
        if not siblings and not is_attribute and content in _VALUES:
            raise Malformed("a value is an attribute")
        if not siblings and not is_attribute and content in _WORDS:
            self.placed.append(Placed(here, parent, (), is_text=False, is_words=True))
        return self._length(content)

    def _parent(self) -> Place | None:
        if not self.number():
            return self.place()
        name, self._at = read_var_bytes(self._data, self._at)
        if name != _ROOT:
            raise Malformed("a document holds one fragment and nothing beside it")
        return None

    def _type(self) -> int:
        kind = self.number()
        if kind == _ELEMENT:
            name, self._at = read_var_bytes(self._data, self._at)
            if name not in _ELEMENTS:
                raise Malformed("no editor writes an element of this name")
        elif kind != _TEXT:
            raise Malformed(f"no editor writes a shared type {kind}")
        return kind

    def _length(self, content: int) -> int:
        match content:
            case 1:  # deleted
                return self.number()
            case 2 | 8:  # JSON values as strings, or any values
                count = self.number()
                for _ in range(count):
                    if content == _JSON:
                        _read_json(self.words())
                    else:
                        self._value(0)
                return count
            case 4:  # text, counted as JavaScript counts
                text = self.words()
                return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
            case 6:  # a format begins or ends: name (with a hash behind it where marks overlap) and value
                name, self._at = read_var_bytes(self._data, self._at)
                if name.partition(b"--")[0] not in _MARKS:
                    raise Malformed("no editor writes a mark of this name")
                _read_json(self.words())
                return 1
            case _:
                raise Malformed(f"no editor writes content of type {content}")

    def _value(self, depth: int) -> None:
        if self._at >= len(self._data) or depth > _DEEPEST_VALUE:
            raise Malformed("a value is cut short or nested beyond reason")
        tag = self._data[self._at]
        self._at += 1
        if tag in _EMPTY_ANY:
            return
        if tag in _FLOATS:
            written, self._at = self._data[self._at : self._at + _FLOATS[tag].size], self._at + _FLOATS[tag].size
            if len(written) < _FLOATS[tag].size:
                raise Malformed("a value is cut short")
            _require_recordable(_FLOATS[tag].unpack(written)[0])
        elif tag == _ANY_INT:
            self._integer()
        elif tag == _ANY_STRING:
            self.words()
        elif tag in {_ANY_OBJECT, _ANY_ARRAY}:
            for _ in range(self.number()):
                if tag == _ANY_OBJECT:
                    self.words()
                self._value(depth + 1)
        else:
            raise Malformed(f"no editor writes a value of type {tag}")

    def _integer(self) -> None:
        """Six bits and a sign, then seven bits at a time, low ones first."""
        value, shift = 0, 0
        while True:
            if self._at >= len(self._data) or value > MAX_SAFE_INTEGER:
                raise Malformed("a number is cut short, or larger than a record holds")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & (0x7F if shift else 0x3F)) << shift
            shift += 7 if shift else 6
            if not byte & 0x80:
                break
        _require_recordable(value)


def _read_json(text: str) -> None:
    """Raise `Malformed` unless the text is JSON whose numbers a record can hold."""
    try:
        _require_plain(json.loads(text), 0)
    except (ValueError, RecursionError) as error:
        raise Malformed("a value is not JSON that a record can hold") from error


def _require_plain(value: Any, depth: int) -> None:  # noqa: ANN401 - any JSON value
    if depth > _DEEPEST_VALUE:
        raise Malformed("a value is nested beyond reason")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for inner in value:
            _require_plain(inner, depth + 1)
    elif isinstance(value, str):
        if _UNSAID.search(value):
            raise Malformed("no record holds U+0000 or half a character")
    elif isinstance(value, int | float):
        _require_recordable(value)


def _require_recordable(number: float) -> None:
    """Raise `Malformed` for a number with which the text would have no hash.

    One in an attribute that nobody sees would keep everybody from reading, agreeing to and signing the text.
    """
    if abs(number) > MAX_SAFE_INTEGER or not float(number).is_integer():
        raise Malformed("a record holds whole numbers only")


def reach(update: bytes) -> Reach:
    """Read what an update brings. Raises `Malformed` for what is no update or holds what no editor of ours writes."""
    reader = _Reader(update)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for _ in range(reader.number()):
        structs = reader.number()
        client, clock = reader.place()
        if client in ends:
            raise Malformed("a client's changes come in one piece")
        starts[client] = clock
        for _ in range(structs):
            clock += reader.struct((client, clock))
        ends[client] = clock
    return Reach(starts, ends, tuple(reader.placed))


def clocks(vector: bytes) -> dict[int, int]:
    """The state vector as a clock for each client. Raises `Malformed`."""
    count, at = read_var_uint(vector, 0)
    known: dict[int, int] = {}
    for _ in range(count):
        client, at = read_var_uint(vector, at)
        known[client], at = read_var_uint(vector, at)
    return known
