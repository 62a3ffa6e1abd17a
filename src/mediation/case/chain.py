"""Record format MR1: the bytes that are hashed, chained, sealed and signed. Pure: no clock, no randomness, no I/O.

The format in words, with test vectors, is `docs/record-format.md`; section numbers below refer to it. Whatever
this module refuses must never reach the log, because a verifier elsewhere would read it differently or not at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import rfc8785

MAX_SAFE_INTEGER: Final = 2**53 - 1
MAX_DEPTH: Final = 64
MAX_ENTRY_BYTES: Final = 1 << 20
SLOT_COUNT: Final = 16
DIGEST_BYTES: Final = 32
"""The length of heads, commitments, salts and blinding bytes."""
NO_CHECKPOINT: Final = bytes(DIGEST_BYTES)
"""Stands for the hash of the checkpoint before the first one."""

SLOTS: Final[Mapping[str, int]] = {
    "papers": 0,
    "talks": 1,
    "joint": 2,
    "caucus-business": 3,
    "caucus-client": 4,
    "team-business": 5,
    "team-client": 6,
}
PRIVATE_SLOTS: Final = range(7, SLOT_COUNT)
PROVABLE: Final = ("papers", "talks")

SUGGESTION_MARKS: Final = frozenset({"insertion", "deletion", "modification"})

CHECKPOINT_DOMAIN: Final = b"medrec/v1/checkpoint\n"
MANIFEST_DOMAIN: Final = b"medrec/v1/manifest\n"
KEY_DOMAIN: Final = b"medrec/v1/key\n"

_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_PRIVATE = re.compile(r"private-[a-z0-9][a-z0-9-]{0,54}")
_KIND = re.compile(r"[A-Z][A-Za-z0-9]{0,63}")
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotRecordable(ValueError):  # noqa: N818 - reads as the sentence it is
    """The value cannot be written to a record; the message says what and where."""


class SuggestionsOpen(NotRecordable):
    """The wording has no hash while a suggested change in it is undecided."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an entry refers to: its SHA-256 as 64 hex, its length in bytes, the name its sender gave it."""

    sha256: str
    length: int
    name: str


def is_room(room: str) -> bool:
    """Whether `room` is one of the seven named rooms or a private one (`private-` and lower-case letters, digits)."""
    return room in SLOTS or _PRIVATE.fullmatch(room) is not None


def stamp(at: datetime) -> str:
    """The time as records write it: UTC to the millisecond, `2026-01-31T09:30:00.000Z` (§1).

    Raises NotRecordable for a time without a zone, in another zone than UTC, or finer than a millisecond: rounding
    here would let what is shown and what is hashed drift apart.
    """
    if at.utcoffset() != timedelta(0):
        raise NotRecordable(f"{at!r} is not a time in UTC")
    if at.microsecond % 1000:
        raise NotRecordable(f"{at!r} is finer than a millisecond")
    return at.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def read_stamp(text: str) -> datetime:
    """The time that `stamp` wrote. Raises NotRecordable for any other spelling."""
    if _STAMP.fullmatch(text) is None:
        raise NotRecordable(f"{text!r} is not a time of the form 2026-01-31T09:30:00.000Z")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise NotRecordable(f"{text!r} is not a time: {error}") from error


def jcs(value: object) -> bytes:
    """RFC 8785 bytes of `value`, refusing what records do not hold (§1).

    Raises NotRecordable, naming the place: floats (integral ones too: say `int`), integers beyond ±(2^53-1), U+0000,
    lone surrogates, keys that are not strings, other types, and nesting deeper than `MAX_DEPTH`.
    """
    _check(value, "", 0)
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # _check has just established the type


def entry_bytes(
    *,
    case_id: str,
    room: str,
    seq: int,
    at: datetime,
    actor: str,
    kind: str,
    body: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """E_i, the bytes of entry `seq` (from 1) of `room` (§2). Raises NotRecordable.

    `case_id` is 32 hex; `actor` a participant's 32 hex or `system`; `kind` an event's name such as `MessagePosted`.
    """
    _require(_HEX32.fullmatch(case_id) is not None, f"case {case_id!r} is not 32 lower-case hex digits")
    _require(is_room(room), f"{room!r} is not a room")
    _require(1 <= seq <= MAX_SAFE_INTEGER, f"entry number {seq} is not in 1 … 2^53-1")
    _require(actor == "system" or _HEX32.fullmatch(actor) is not None, f"actor {actor!r} is no participant's id")
    _require(_KIND.fullmatch(kind) is not None, f"{kind!r} is not a kind of entry")
    encoded = jcs(
        {
            "v": 1,
            "case": case_id,
            "room": room,
            "seq": seq,
            "at": stamp(at),
            "actor": actor,
            "kind": kind,
            "body": dict(body),
            "att": [_attachment(a) for a in attachments],
        }
    )
    _require(len(encoded) <= MAX_ENTRY_BYTES, f"an entry of {len(encoded)} bytes is longer than {MAX_ENTRY_BYTES}")
    return encoded


def commitment(salt: bytes, entry: bytes) -> bytes:
    """C_i: binds an entry without showing it; `salt` is 32 random bytes, fresh for every entry (§3)."""
    _require_digests(salt)
    return sha256(b"MR1L" + salt + entry).digest()


def genesis(case_id: str, room: str) -> bytes:
    """H_0, the head of a room in which nothing was said yet (§3)."""
    _require(_HEX32.fullmatch(case_id) is not None, f"case {case_id!r} is not 32 lower-case hex digits")
    _require(is_room(room), f"{room!r} is not a room")
    return sha256(b"MR1G" + bytes.fromhex(case_id) + room.encode("ascii")).digest()


def link(seq: int, previous: bytes, committed: bytes) -> bytes:
    """H_i from i, H_{i-1} and C_i (§3)."""
    _require_digests(previous, committed)
    return sha256(b"MR1C" + seq.to_bytes(8, "big") + previous + committed).digest()


def head_of(case_id: str, room: str, commitments: Iterable[bytes]) -> bytes:
    """H_n of a room with these commitments, in their order (§3)."""
    head = genesis(case_id, room)
    for seq, committed in enumerate(commitments, 1):
        head = link(seq, head, committed)
    return head


def blinded_head(r: bytes, length: int, head: bytes) -> bytes:
    """S_slot: a room's length and head, hidden behind `r`, 32 random bytes fresh for every slot and checkpoint (§4)."""
    _require_digests(r, head)
    return sha256(b"MR1S" + r + length.to_bytes(8, "big") + head).digest()


def checkpoint_bytes(*, case_id: str, n: int, at: datetime, previous: bytes, slots: Sequence[bytes]) -> bytes:
    """K, the bytes of checkpoint `n` (from 1) over all 16 slots (§4). Raises NotRecordable.

    `previous` is SHA-256 of checkpoint n-1's K, or `NO_CHECKPOINT` for the first.
    """
    _require(_HEX32.fullmatch(case_id) is not None, f"case {case_id!r} is not 32 lower-case hex digits")
    _require(1 <= n <= MAX_SAFE_INTEGER, f"checkpoint number {n} is not in 1 … 2^53-1")
    _require(len(slots) == SLOT_COUNT, "a checkpoint has 16 slots")
    _require_digests(previous, *slots)
    return jcs(
        {
            "v": 1,
            "case": case_id,
            "n": n,
            "at": stamp(at),
            "prev": previous.hex(),
            "slots": [s.hex() for s in slots],
        }
    )


def canonical(node: Mapping[str, object]) -> dict[str, object]:
    """The one form of a ProseMirror node (its `toJSON()`) that is hashed (§5).

    Null attributes, empty attributes, empty content and empty text are left out; so are comment marks and `number`
    attributes, since comments and numbering are not part of the wording. Marks are sorted by type and then by their
    attributes (JCS), both by UTF-16 code units; neighbouring text with the same marks is one text. Ids and everything
    else are kept.

    Raises SuggestionsOpen while a suggested change is undecided in it, and NotRecordable for what a node may not
    hold, floats among it: pycrdt reads numbers as floats, which its caller turns into integers first.
    """
    return _canonical_node(node, "node", 0)


def text_hash(node: Mapping[str, object]) -> str:
    """SHA-256, as 64 hex, of a clause's or statement's wording: what an assent is given to (§5).

    Raises as `canonical` does.
    """
    return sha256(b"MR1T" + jcs(canonical(node))).hexdigest()


def _canonical_node(node: object, where: str, depth: int) -> dict[str, object]:
    _require(depth <= MAX_DEPTH // 2, f"{where} is nested too deeply")
    if not isinstance(node, Mapping):
        raise NotRecordable(f"{where} is not a node")
    unknown = set(node) - {"type", "attrs", "content", "marks", "text"}
    _require(not unknown, f"{where} has {', '.join(sorted(map(repr, unknown)))}, which a node does not have")
    kind = node.get("type")
    if not isinstance(kind, str) or not kind:
        raise NotRecordable(f"{where} has no type")
    result: dict[str, object] = {"type": kind}
    if attrs := _canonical_attrs(node.get("attrs"), where, without=("number",)):
        result["attrs"] = attrs
    if marks := _canonical_marks(node.get("marks"), where):
        result["marks"] = marks
    if kind == "text":
        text = node.get("text")
        _require(isinstance(text, str), f"{where} is a text without text")
        result["text"] = text
    else:
        _require("text" not in node, f"{where} has text but is no text")
    if content := _canonical_content(node.get("content"), where, depth):
        result["content"] = content
    return result


def _canonical_content(content: object, where: str, depth: int) -> list[dict[str, object]]:
    if content is None:
        return []
    if not isinstance(content, Sequence) or isinstance(content, str | bytes):
        raise NotRecordable(f"{where}.content is not a list")
    joined: list[dict[str, object]] = []
    for position, inner in enumerate(content):
        child = _canonical_node(inner, f"{where}.content[{position}]", depth + 1)
        if child["type"] == "text":
            if child["text"] == "":
                continue
            last = joined[-1] if joined else None
            if last is not None and last["type"] == "text" and _but_text(last) == _but_text(child):
                last["text"] = f"{last['text']}{child['text']}"
                continue
        joined.append(child)
    return joined


def _but_text(node: Mapping[str, object]) -> bytes:
    # Compared as bytes because Python holds True and 1 for equal and a record does not.
    return jcs({key: value for key, value in node.items() if key != "text"})


def _canonical_marks(marks: object, where: str) -> list[dict[str, object]]:
    if marks is None:
        return []
    if not isinstance(marks, Sequence) or isinstance(marks, str | bytes):
        raise NotRecordable(f"{where}.marks is not a list")
    kept: dict[tuple[str, bytes], dict[str, object]] = {}
    for mark in marks:
        if not isinstance(mark, Mapping) or not isinstance(kind := mark.get("type"), str) or not kind:
            raise NotRecordable(f"{where} has a mark without a type")
        _require(set(mark) <= {"type", "attrs"}, f"{where} has a mark with more than a type and attributes")
        if kind in SUGGESTION_MARKS:
            raise SuggestionsOpen(f"{where} holds a suggestion that nobody has accepted or rejected yet")
        if kind == "comment":
            continue
        attrs = _canonical_attrs(mark.get("attrs"), where)
        canonical_mark: dict[str, object] = {"type": kind, "attrs": attrs} if attrs else {"type": kind}
        key = (kind, jcs(attrs))
        _require(key not in kept, f"{where} has the mark {kind!r} twice")
        kept[key] = canonical_mark
    return [kept[key] for key in sorted(kept, key=_utf16_order)]


def _utf16_order(key: tuple[str, bytes]) -> tuple[bytes, bytes]:
    # JavaScript compares strings by UTF-16 code units, and a browser computes the same hash.
    return key[0].encode("utf-16be"), key[1].decode().encode("utf-16be")


def _canonical_attrs(attrs: object, where: str, without: Sequence[str] = ()) -> dict[str, object]:
    if attrs is None:
        return {}
    if not isinstance(attrs, Mapping):
        raise NotRecordable(f"{where}.attrs is not an object")
    return {key: value for key, value in attrs.items() if value is not None and key not in without}


def _attachment(attachment: Attachment) -> dict[str, object]:
    _require(_HEX64.fullmatch(attachment.sha256) is not None, "an attachment's SHA-256 is 64 lower-case hex digits")
    _require(0 <= attachment.length <= MAX_SAFE_INTEGER, "an attachment's length is in 0 … 2^53-1")
    return {"sha256": attachment.sha256, "len": attachment.length, "name": attachment.name}


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotRecordable(otherwise)


def _require_digests(*values: bytes) -> None:
    _require(all(len(value) == DIGEST_BYTES for value in values), "heads, commitments, salts and slots are 32 bytes")


def _check(value: object, where: str, depth: int) -> None:
    """Walk a JSON value; `where` is its path, for the message."""
    if depth > MAX_DEPTH:
        raise NotRecordable(f"{where or 'the value'} is nested deeper than {MAX_DEPTH} levels")
    match value:
        case None | bool():
            return
        case int():
            _require(abs(value) <= MAX_SAFE_INTEGER, f"{where or 'the value'} is an integer beyond ±(2^53-1)")
        case float():
            raise NotRecordable(f"{where or 'the value'} is the float {value!r}; records hold integers only")
        case str():
            _check_text(value, where)
        case list() | tuple():
            for position, inner in enumerate(value):
                _check(inner, f"{where}[{position}]", depth + 1)
        case dict():
            for key, inner in value.items():
                _require(isinstance(key, str), f"{where or 'the value'} has a key that is not a string")
                _check_text(key, where)
                _check(inner, f"{where}.{key}", depth + 1)
        case _:
            raise NotRecordable(f"{where or 'the value'} is a {type(value).__name__}, which JSON does not know")


def _check_text(text: str, where: str) -> None:
    _require("\x00" not in text, f"{where or 'the value'} holds U+0000")
    _require(_SURROGATE.search(text) is None, f"{where or 'the value'} holds half of a surrogate pair")
