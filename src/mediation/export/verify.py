"""Checks a record bundle offline: `python verify.py FILE [--key FINGERPRINT]`.

This is one file on purpose, longer than our files usually are: it can be read, copied and run apart from the portal,
with Python 3.11 and the `cryptography` package, and shares no line with the program whose work it checks. The format
is described in docs/record-format.md.

It extracts nothing, reads bounded amounts, and stops at the first thing that is wrong.
Exit codes: 0 the bundle verifies, 1 something is wrong with it, 2 it cannot be read as a bundle (or misspelt words).
"""

import argparse
import base64
import binascii
import itertools
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_ARCHIVE = 1 << 30
MAX_TEXT_FILE = 64 << 20
MAX_UNPACKED = 2 << 30
MAX_FILES = 5_000
MAX_DIRECTORY = 2 << 20
MAX_LINE = 8 << 20
MAX_SAFE_INTEGER = 2**53 - 1
PIECE = 1 << 16

FIXED_SLOTS = {
    "papers": 0,
    "talks": 1,
    "joint": 2,
    "caucus-business": 3,
    "caucus-client": 4,
    "team-business": 5,
    "team-client": 6,
}
SLOT_COUNT = 16

_ROOM = r"(?:papers|talks|joint|caucus-(?:business|client)|team-(?:business|client)|private-[a-z0-9][a-z0-9-]{0,54})"
_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,120}"
_NAME = re.compile(
    rf"manifest\.json|manifest\.sig|checkpoints\.jsonl|openings\.jsonl|README\.txt|rooms/{_ROOM}\.jsonl"
    rf"|transcripts/{_ROOM}\.jsonl|documents/{_PART}|evidence/[0-9a-f]{{64}}"
)
_REQUIRED = ("manifest.json", "manifest.sig", "checkpoints.jsonl", "openings.jsonl", "rooms/papers.jsonl", "README.txt")
_IS_ROOM = re.compile(_ROOM)
_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX128 = re.compile(r"[0-9a-f]{128}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")
_PRINTED = re.compile(r"documents/([a-z]+)-([a-z]{2})\.pdf")
_SETTLEMENT = "documents/settlement.json"
_ACTOR = re.compile(r"system|[0-9a-f]{32}")
_HANDOVER = "documents/signing-key-"
_BEGINNING = "1970-01-01T00:00:00.000Z"


class Wrong(Exception):  # noqa: N818 - reads as the sentence it is
    """The first thing that is wrong with the bundle; `str()` is a sentence."""


class Unreadable(Exception):  # noqa: N818
    """The file cannot be read as a bundle at all; `str()` is a sentence."""


@dataclass
class Key:
    """A signing key as the manifest lists it, valid from `since` to `until` (None: to this day)."""

    id: str
    ed25519: bytes
    since: str
    until: str | None

    @property
    def fingerprint(self) -> str:
        """What people compare: SHA-256 of the 32 bytes of the key, 64 hex. Our portal uses it as the id, too."""
        return sha256(self.ed25519).hexdigest()


@dataclass
class Checkpoint:
    """A checkpoint whose signature and place in the line are right; `slots` are the blinded heads, as hex."""

    n: int
    at: str
    slots: list[str]
    digest: str


@dataclass
class Room:
    """A provable room: its heads (H_0 first), and which entries are shown as a commitment only."""

    name: str
    heads: list[bytes]
    withheld: list[int] = field(default_factory=list)
    attached: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """By the SHA-256 of a file: the entries that name it, each with how long it says that the file is."""
    printed: dict[tuple[str, str], list[tuple[int, str, int]]] = field(default_factory=dict)
    """By paper and language: the entries that tell of its printing, each with the SHA-256 and length of the PDF."""
    texts: dict[str, int] = field(default_factory=dict)
    """By the text hash of a settlement: the entry that says it took effect."""
    sealed: int = 0


@dataclass
class Report:
    """What a bundle that verifies proves, and what it merely shows."""

    case: str
    participant: str
    exported_at: str
    signer: str
    confirmed: str | None
    checkpoints: list[Checkpoint]
    rooms: list[Room]
    transcripts: dict[str, int]
    files: list[str]
    papers: dict[str, int]
    """The files in documents/ that an entry of papers proves, each with that entry's number."""
    has_timestamps: bool

    def lines(self) -> Iterator[str]:
        """The report in plain sentences."""
        yield "This bundle verifies."
        yield ""
        yield f"Case {self.case}, exported for participant {self.participant} at {self.exported_at}."
        if self.confirmed == self.signer:
            yield f"Signed by key {self.signer}, the key you gave."
        elif self.confirmed is not None:
            yield f"Signed by key {self.signer}, to which the key you gave handed over."
        else:
            yield f"Signed by key {self.signer}, which you have not confirmed."
            yield "Compare it with the fingerprint printed on your papers, or give that one with --key."
        yield ""
        yield "Proven (changed, removed, reordered or added entries would have been noticed):"
        for room in self.rooms:
            yield from self._proven(room)
        last = self.checkpoints[-1]
        yield f"  {_count(len(self.checkpoints), 'checkpoint')}, the last sealed at {last.at}; its hash is"
        yield f"    {last.digest}"
        yield "    Compare it with the one printed on a settlement or mailed to the sides at that time:"
        yield "    without that, nothing shows that later entries were not left out of this bundle."
        proven = {name for room in self.rooms for name in self.files if _evidence_of(name) in room.attached}
        proven |= self.papers.keys()
        if self.transcripts or set(self.files) - proven:
            yield ""
            yield "Shown, not proven by any checkpoint (they are what the portal exported, and no more):"
        for name, length in self.transcripts.items():
            yield f"  {name}: {_count(length, 'entry', 'entries')}, as this person could read them"
        for name in self.files:
            if name not in proven:
                yield f"  {name}"
        if self.has_timestamps:
            yield ""
            yield "Some checkpoints carry an outside time stamp. This program has not checked those."

    def _proven(self, room: Room) -> Iterator[str]:
        length = len(room.heads) - 1
        tail = length - room.sealed
        yield f"  {room.name}: {_count(room.sealed, 'entry', 'entries')}, complete and in order"
        if tail:
            yield f"    and {tail} newer, in order, signed with this export but not sealed by a checkpoint yet"
        if room.withheld:
            listed = ", ".join(map(str, room.withheld[:20])) + (" ..." if len(room.withheld) > 20 else "")  # noqa: PLR2004
            yield f"    withheld or erased, their place proven and their text not shown: {listed}"
        for name in self.files:
            for seq, _ in room.attached.get(_evidence_of(name), ()):
                yield f"    {name}, to the byte the file that entry {seq} names"
        if room.name == "papers":
            for name, seq in self.papers.items():
                yield f"    {name}, to the byte what entry {seq} tells of"


# ── the archive ─────────────────────────────────────────────────────────────────────────────────────────────────────


_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_BETWEEN = "something stands before, between or after its parts"
_KNOWN_FLAGS = 1 << 1 | 1 << 2 | 1 << 11  # how hard it was packed, and a name in UTF-8


@dataclass(frozen=True)
class Member:
    """A file in the zip: what is said of it, and where what is packed begins."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def start(self) -> int:
        """Of the packed bytes: behind the header and the name, and nothing else."""
        return self.offset + _LOCAL.size + len(self.name)


class Archive:
    """A zip file, read in bounded pieces and never extracted.

    It says everything of a member twice, and readers differ in what they believe: here both must say the same, and no
    byte of the file belongs to nothing. So every reader finds the same files, and nothing else travels along.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.names: dict[str, Member] = {}
        members, directory = _directory(source)
        for member in members:
            if member.name in self.names:
                raise Wrong(f"The bundle holds the file {_shown(member.name)} twice.")
            if _NAME.fullmatch(member.name) is None:
                raise Wrong(f"The bundle holds a file that does not belong in one: {_shown(member.name)}.")
            if member.flags & ~_KNOWN_FLAGS or member.method not in {_STORED, _DEFLATED}:
                raise Unreadable(f"{member.name} is encrypted or packed in a way that bundles are not.")
            self.names[member.name] = member
        if sum(member.size for member in members) > MAX_UNPACKED:
            raise Unreadable("The bundle is larger than this program checks (2 GiB unpacked).")
        self._check_places(directory)
        for name in _REQUIRED:
            if name not in self.names:
                raise Wrong(f"The bundle has no {name}.")

    def _check_places(self, directory: int) -> None:
        upto = 0
        for member in sorted(self.names.values(), key=lambda member: member.offset):
            if member.offset != upto:
                raise _unusual(_BETWEEN)
            self._check_local(member)
            upto = member.start + member.packed
        if upto != directory:
            raise _unusual(_BETWEEN)

    def _check_local(self, member: Member) -> None:
        self._source.seek(member.offset)
        header = self._source.read(_LOCAL.size + len(member.name))
        if len(header) < _LOCAL.size + len(member.name) or not header.startswith(b"PK\3\4"):
            raise _unusual(f"{member.name} is not where its directory says")
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack_from(header)
        said = Member(header[_LOCAL.size :].decode("latin-1"), flags, method, crc, packed, size, member.offset)
        if said != member or (name_length, extra) != (len(member.name), 0):
            raise Wrong(f"{member.name} is described in two ways in the zip file.")

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file in pieces. Never more than the archive's directory announced."""
        member, size, crc = self.names[name], 0, 0
        for piece in self._packed(member) if member.method == _STORED else _inflated(self._packed(member), name):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > member.size:
                raise Wrong(f"{name} is longer than the zip file says.")
            yield piece
        if (size, crc) != (member.size, member.crc):
            raise Wrong(f"{name} is damaged inside the zip file.")

    def _packed(self, member: Member) -> Iterator[bytes]:
        for at in range(0, member.packed, PIECE):
            self._source.seek(member.start + at)
            yield self._source.read(min(PIECE, member.packed - at))

    def read(self, name: str) -> bytes:
        """A whole file of at most 64 MiB."""
        if self.names[name].size > MAX_TEXT_FILE:
            raise Unreadable(f"{name} is larger than this program checks (64 MiB).")
        return b"".join(self.pieces(name))


def _unusual(what: str) -> Unreadable:
    return Unreadable(f"This is not a zip file as bundles are ({what}).")


def _directory(source: BinaryIO) -> tuple[list[Member], int]:
    """What the directory says of each member, and where it begins."""
    size = source.seek(0, 2)
    if size > MAX_ARCHIVE:
        raise Unreadable("The file is larger than this program checks (1 GiB).")
    if size < _END.size:
        raise Unreadable("This is not a zip file.")
    source.seek(size - _END.size)
    mark, disk, first_disk, here, count, length, offset, comment = _END.unpack(source.read(_END.size))
    if mark != b"PK\5\6" or comment:
        raise _unusual("its end is missing, or something was added to it")
    if disk or first_disk or here != count:
        raise _unusual("it is one of several disks")
    if count > MAX_FILES or length > MAX_DIRECTORY:
        raise Unreadable(f"The bundle holds more files than this program checks ({MAX_FILES}).")
    if offset + length != size - _END.size:
        raise _unusual(_BETWEEN)
    source.seek(offset)
    directory, at, members = source.read(length), 0, []
    while at < length:
        members.append(_directory_entry(directory, at))
        at += _ENTRY.size + len(members[-1].name)
    if at != length or len(members) != count:
        raise _unusual("its directory is broken")
    return members, offset


def _directory_entry(directory: bytes, at: int) -> Member:
    if len(directory) < at + _ENTRY.size or directory[at : at + 4] != b"PK\1\2":
        raise _unusual("its directory is broken")
    (_, _, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, disk, _, _, offset) = (
        _ENTRY.unpack_from(directory, at)
    )
    name = directory[at + _ENTRY.size :][:name_length].decode("latin-1")
    if len(name) != name_length:
        raise _unusual("its directory is broken")
    if extra or comment:  # zip64 is such a field, too
        raise _unusual(f"{_shown(name)} has a comment or other fields")
    if disk:
        raise _unusual("it is one of several disks")
    return Member(name, flags, method, crc, packed, size, offset)


def _inflated(packed: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Unpacked in pieces; all of `packed` must belong to it."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            rest = piece
            while rest:
                if engine.eof:
                    raise Wrong(f"{name} is followed by bytes inside the zip file that belong to no file.")
                yield engine.decompress(rest, PIECE)
                rest = engine.unconsumed_tail or engine.unused_data
        while not engine.eof:
            last = engine.decompress(b"", PIECE)
            if not last and not engine.eof:
                raise Wrong(f"{name} is damaged inside the zip file.")
            yield last
    except zlib.error as error:
        raise Wrong(f"{name} is damaged inside the zip file.") from error


# ── strict JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _json(text: bytes | str, where: str) -> Any:  # noqa: ANN401 - JSON is any of its types
    """JSON without duplicate keys, floats, huge integers, U+0000 or halves of surrogate pairs."""
    try:
        text = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
        _check_strings(value)
    except UnicodeError as error:
        raise Wrong(f"{where} is not UTF-8 text.") from error
    except RecursionError as error:
        raise Wrong(f"{where} is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise Wrong(f"{where} is not JSON: {error.msg} at character {error.pos}.") from error
    except ValueError as error:
        raise Wrong(f"{where} holds what a record cannot: {error}.") from error
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name that occurs twice in one object")
    return result


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_SAFE_INTEGER or digits == "-0":  # noqa: PLR2004 - ±2^53 has 16
        raise ValueError("an integer beyond 2^53-1")
    return int(digits)


def _no_float(_text: str) -> None:
    raise ValueError("a number that is no integer")


def _check_strings(value: object) -> None:
    pending = [value]
    while pending:
        match pending.pop():
            case str() as text:
                text.encode("utf-8")
                if "\0" in text:
                    raise ValueError("the character U+0000")
            case list() as items:
                pending += items
            case dict() as items:
                pending += items.keys()
                pending += items.values()
            case _:
                pass


def _lines(content: bytes, name: str) -> list[Any]:
    if not content:
        return []
    if not content.endswith(b"\n"):
        raise Wrong(f"{name} does not end with a line end: something was cut off.")
    lines = content[:-1].split(b"\n")
    if max(map(len, lines)) > MAX_LINE:
        raise Unreadable(f"{name} has a line longer than this program checks (8 MiB).")
    return [_json(line, f"Line {number} of {name}") for number, line in enumerate(lines, 1)]


def _is(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: object) -> bool:
    return _is_count(value) and value != 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _fields(value: object, where: str, **expected: Callable[[object], bool]) -> dict[str, Any]:
    """`value` as an object with exactly these fields, each of its form. `for_` stands for the field "for"."""
    wanted = {name.rstrip("_"): is_right for name, is_right in expected.items()}
    if not isinstance(value, dict):
        raise Wrong(f"{where} is not an object.")
    if missing := wanted.keys() - value.keys():
        raise Wrong(f'{where} has no "{min(missing)}".')
    if extra := value.keys() - wanted.keys():
        raise Wrong(f"{where} has a field that does not belong there: {_shown(min(extra))}.")
    for name, is_right in wanted.items():
        if not is_right(value[name]):
            raise Wrong(f'{where}: "{name}" is not of the form that the format asks for.')
    return value


# ── manifest and keys ───────────────────────────────────────────────────────────────────────────────────────────────


def _manifest(archive: Archive) -> tuple[dict[str, Any], list[Key]]:
    """The manifest, once its signature and the hashes of all files are right."""
    content = archive.read("manifest.json")
    manifest = _fields(
        _json(content, "manifest.json"),
        "manifest.json",
        format=lambda value: value == "mediation-record/1",
        case=_is(_HEX32),
        kind=lambda value: value == "participant",
        for_=_is(_HEX32),
        exported_at=_is_time,
        keys=_is_list,
        heads=_is_object,
        files=_is_list,
    )
    keys = _keys(manifest["keys"])
    signature = _fields(
        _json(archive.read("manifest.sig"), "manifest.sig"), "manifest.sig", key=_is_text, sig=_is(_HEX128)
    )
    if signature["key"] != keys[-1].id:
        raise Wrong("manifest.sig is not by the portal's present key, the last one in the manifest.")
    if not _is_signed(keys[-1], signature["sig"], b"medrec/v1/manifest\n" + content):
        raise Wrong("manifest.json was changed after the export, or is signed by another key: its signature is wrong.")
    _check_files(archive, manifest["files"])
    for before, key in itertools.pairwise(keys):
        _check_handover(archive, before, key)
    handovers = set(map(_handover_name, keys[1:]))
    for name in sorted(archive.names):
        if name.startswith(_HANDOVER) and name not in handovers:
            raise Wrong(f"{name} hands over to no key that manifest.json lists.")
    return manifest, keys


def _keys(listed: list[Any]) -> list[Key]:
    if not listed:
        raise Wrong("manifest.json lists no signing key.")
    keys: list[Key] = []
    for number, value in enumerate(listed, 1):
        where = f"Signing key {number} in manifest.json"
        _fields(
            value, where, id=_is(_HEX64), ed25519=_is(_HEX64), from_=_is_time, until=lambda v: v is None or _is_time(v)
        )
        key = Key(value["id"], bytes.fromhex(value["ed25519"]), value["from"], value["until"])
        if key.id != key.fingerprint:
            raise Wrong(f"{where} does not match its own fingerprint.")
        if not keys and key.since != _BEGINNING:
            raise Wrong(f"{where} is the first one and does not begin in 1970, before anything was signed.")
        if keys and keys[-1].until != key.since:
            raise Wrong(f"{where} does not begin where the key before it ends.")
        if key.until is not None and key.until <= key.since:
            raise Wrong(f"{where} ends before it begins.")
        keys.append(key)
    if len({key.id for key in keys}) < len(keys) or keys[-1].until is not None:
        raise Wrong("manifest.json lists a signing key twice, or no present one.")
    return keys


def _check_files(archive: Archive, listed: list[Any]) -> None:
    names: set[str] = set()
    for value in listed:
        file = _fields(value, "A file in manifest.json", name=_is_text, sha256=_is(_HEX64), len=_is_count)
        name = file["name"]
        if name in names or name in {"manifest.json", "manifest.sig"}:
            raise Wrong(f"manifest.json lists {_shown(name)} twice, or should not list it.")
        if name not in archive.names:
            raise Wrong(f"{_shown(name)} is missing from the bundle.")
        names.add(name)
        digest, length = sha256(), 0
        for piece in archive.pieces(name):
            digest.update(piece)
            length += len(piece)
        if (digest.hexdigest(), length) != (file["sha256"], file["len"]):
            raise Wrong(f"{name} is not the file that was exported: its SHA-256 or length differs from the manifest.")
        if name.startswith("evidence/") and name != f"evidence/{digest.hexdigest()}":
            raise Wrong(f"{name} is not the file whose SHA-256 it is named after.")
    if unlisted := archive.names.keys() - names - {"manifest.json", "manifest.sig"}:
        raise Wrong(f"{min(unlisted)} is in the bundle, but not in its manifest.")


def _check_handover(archive: Archive, before: Key, key: Key) -> None:
    name = _handover_name(key)
    who = f"Key {key.id[:16]}..."
    if name not in archive.names:
        raise Wrong(f"{who} was not handed over by the key before it: {name} is missing.")
    handover = _fields(_json(archive.read(name), name), name, k=_is_text, sig=_is(_HEX128), key=_is(_HEX64))
    said = f"The statement in {name}"
    statement = _fields(_json(handover["k"], said), said, v=_is_number, id=_is_text, ed25519=_is_text, from_=_is_text)
    if statement != {"v": 1, "id": key.id, "ed25519": key.ed25519.hex(), "from": key.since}:
        raise Wrong(f"{name} hands over to another key, or from another time, than the manifest says.")
    signed = b"medrec/v1/key\n" + handover["k"].encode()
    if handover["key"] != before.id or not _is_signed(before, handover["sig"], signed):
        raise Wrong(f"{who} was not handed over by the key before it, {before.id[:16]}....")


def _handover_name(key: Key) -> str:
    return f"{_HANDOVER}{key.id}.json"


def _is_signed(key: Key, signature: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.ed25519).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


# ── checkpoints, rooms, openings, transcripts ───────────────────────────────────────────────────────────────────────


def _checkpoints(content: bytes, case: str, keys: list[Key]) -> tuple[list[Checkpoint], bool]:
    """All checkpoints in order, and whether one carries a time stamp of somebody else's."""
    checkpoints: list[Checkpoint] = []
    has_timestamps, signer, previous = False, 0, "0" * 64
    for n, value in enumerate(_lines(content, "checkpoints.jsonl"), 1):
        where = f"Checkpoint {n}"
        line = _fields(value, where, k=_is_text, sig=_is(_HEX128), key=_is_text, tst=_is_base64_or_null)
        body = _checkpoint_body(line["k"], n, case)
        position = next((position for position, key in enumerate(keys) if key.id == line["key"]), None)
        if position is None:
            raise Wrong(f"{where} is signed by a key that manifest.json does not list.")
        key = keys[position]
        if not _is_signed(key, line["sig"], b"medrec/v1/checkpoint\n" + line["k"].encode()):
            raise Wrong(f"{where} was changed, or is signed by another key: its signature is wrong.")
        if body["prev"] != previous:
            raise Wrong(f"{where} does not follow the checkpoint before it: there was another one between or instead.")
        if position < signer:
            raise Wrong(f"{where} is signed by a key that had been replaced before.")
        if body["at"] < key.since or (key.until is not None and body["at"] > key.until):
            raise Wrong(f"{where} is dated {body['at']}, when its key did not sign.")
        if checkpoints and body["at"] < checkpoints[-1].at:
            raise Wrong(f"{where} is dated before the checkpoint before it.")
        signer, previous = position, sha256(line["k"].encode()).hexdigest()
        has_timestamps = has_timestamps or line["tst"] is not None
        checkpoints.append(Checkpoint(n, body["at"], body["slots"], previous))
    if not checkpoints:
        raise Wrong("There is no checkpoint in checkpoints.jsonl, so that nothing is proven.")
    return checkpoints, has_timestamps


def _checkpoint_body(text: str, n: int, case: str) -> dict[str, Any]:
    where = f"Checkpoint {n}"
    body = _fields(
        _json(text, where), where, v=_is_number, case=_is(_HEX32), n=_is_number, at=_is_time, prev=_is(_HEX64),
        slots=_is_list,
    )  # fmt: skip
    if body["n"] != n:
        raise Wrong(f"{where} is missing or out of place: checkpoint {body['n']} stands where it belongs.")
    if body["v"] != 1 or len(body["slots"]) != SLOT_COUNT or not all(map(_is(_HEX64), body["slots"])):
        raise Wrong(f"{where} is not a checkpoint of this format.")
    if body["case"] != case:
        raise Wrong(f"{where} belongs to another case.")
    return body


def _is_base64_or_null(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and len(base64.b64decode(value, validate=True)) > 0
    except (binascii.Error, ValueError):
        return False


def _entry(text: str, where: str, case: str, room: str) -> dict[str, Any]:
    """An entry whose fields are in order."""
    entry = _fields(
        _json(text, where), where, v=_is_number, case=_is(_HEX32), room=_is(_IS_ROOM), seq=_is_number, at=_is_time,
        actor=_is(_ACTOR), kind=_is(_KIND), body=_is_object, att=_is_list,
    )  # fmt: skip
    if entry["v"] != 1:
        raise Wrong(f"{where} is not an entry of this format.")
    if entry["case"] != case:
        raise Wrong(f"{where} belongs to another case.")
    if entry["room"] != room:
        raise Wrong(f"{where} belongs to another room, {entry['room']}.")
    for attachment in entry["att"]:
        _fields(attachment, f"An attachment of {where}", sha256=_is(_HEX64), len=_is_count, name=_is_text)
    return entry


def _room(content: bytes, name: str, case: str, head: object) -> Room:
    """A provable room, its chain rebuilt from the first entry to the head in the manifest."""
    room = Room(name, [sha256(b"MR1G" + bytes.fromhex(case) + name.encode()).digest()])
    for seq, value in enumerate(_lines(content, f"rooms/{name}.jsonl"), 1):
        where = f"Entry {seq} of {name}"
        if isinstance(value, dict) and "commitment" in value:
            commitment = bytes.fromhex(_fields(value, where, commitment=_is(_HEX64))["commitment"])
            room.withheld.append(seq)
        else:
            line = _fields(value, where, salt=_is(_HEX64), entry=_is_text)
            entry = _entry(line["entry"], where, case, name)
            if entry["seq"] != seq:
                raise Wrong(f"{where} is missing or out of place: entry {entry['seq']} stands where it belongs.")
            for attachment in entry["att"]:
                room.attached.setdefault(attachment["sha256"], []).append((seq, attachment["len"]))
            _note_paper(room, seq, entry["kind"], entry["body"])
            commitment = sha256(b"MR1L" + bytes.fromhex(line["salt"]) + line["entry"].encode()).digest()
        room.heads.append(sha256(b"MR1C" + seq.to_bytes(8, "big") + room.heads[-1] + commitment).digest())
    announced = _fields(head, f"The head of {name} in manifest.json", len=_is_count, head=_is(_HEX64))
    if announced["len"] != len(room.heads) - 1:
        raise Wrong(f"{name} should hold {announced['len']} entries and holds {len(room.heads) - 1}.")
    return room


def _openings(content: bytes, rooms: dict[str, Room], checkpoints: int) -> dict[tuple[str, int], dict[str, Any]]:
    """The openings by room and checkpoint."""
    opened: dict[tuple[str, int], dict[str, Any]] = {}
    for number, value in enumerate(_lines(content, "openings.jsonl"), 1):
        where = f"Line {number} of openings.jsonl"
        line = _fields(
            value, where, checkpoint=_is_number, room=_is(_IS_ROOM), slot=_is_count, r=_is(_HEX64), len=_is_count
        )
        name, n = line["room"], line["checkpoint"]
        if name not in rooms:
            raise Wrong(f"{where} opens {name}, which this bundle does not prove and must not open.")
        if n > checkpoints:
            raise Wrong(f"{where} opens checkpoint {n}, which is not in the bundle.")
        if (name, n) in opened:
            raise Wrong(f"{where} opens {name} at checkpoint {n} a second time.")
        opened[name, n] = line
    return opened


def _check_openings(content: bytes, checkpoints: list[Checkpoint], rooms: dict[str, Room]) -> None:
    """Every checkpoint must open to what each room held then, so that nothing can have changed since."""
    opened = _openings(content, rooms, len(checkpoints))
    for room in rooms.values():
        slot, last = FIXED_SLOTS.get(room.name), None
        for checkpoint in checkpoints:
            line = opened.get((room.name, checkpoint.n))
            if line is None:
                if room.name in FIXED_SLOTS or last is not None:
                    raise Wrong(f"Checkpoint {checkpoint.n} is not opened for {room.name}.")
                continue  # a private room has no slot before its first entry
            slot = line["slot"] if slot is None else slot
            if line["slot"] != slot or (room.name not in FIXED_SLOTS and slot not in range(7, SLOT_COUNT)):
                raise Wrong(
                    f"Checkpoint {checkpoint.n} opens {room.name} in slot {line['slot']}, which is not its own."
                )
            _check_opening(room, checkpoint, line, last)
            last = room.sealed = line["len"]
    papers = rooms["papers"]
    if papers.sealed != len(papers.heads) - 1:
        raise Wrong(f"Entry {papers.sealed + 1} of papers is not sealed: the checkpoint written with it is missing.")


def _check_opening(room: Room, checkpoint: Checkpoint, line: dict[str, Any], last: int | None) -> None:
    where, length = f"Checkpoint {checkpoint.n}", line["len"]
    if length == 0 and room.name not in FIXED_SLOTS:
        raise Wrong(f"{where} is opened for {room.name} before its first entry, when it had no slot.")
    if length < (last or 0):
        raise Wrong(f"{where} seals {length} entries of {room.name}, fewer than the checkpoint before it.")
    if length >= len(room.heads):
        raise Wrong(f"{where} seals {length} entries of {room.name}, and the bundle holds {len(room.heads) - 1}.")
    if room.name == "papers" and length == (last or 0):
        raise Wrong(f"{where} seals no new paper, and nothing else may be sealed.")
    blinded = sha256(b"MR1S" + bytes.fromhex(line["r"]) + length.to_bytes(8, "big") + room.heads[length])
    if blinded.hexdigest() != checkpoint.slots[line["slot"]]:
        since = f"entries {last + 1} to {length}" if last is not None and last < length else f"the {length} entries"
        raise Wrong(f"{where} does not match {room.name}: {since} are not what was sealed, or the opening is not.")


def _transcript(content: bytes, name: str, case: str) -> int:
    """How many entries a transcript holds, in order and each of its room. Gaps are allowed: nothing here is proven."""
    last = 0
    lines = _lines(content, f"transcripts/{name}.jsonl")
    for number, value in enumerate(lines, 1):
        where = f"Line {number} of transcripts/{name}.jsonl"
        seq = _entry(_fields(value, where, entry=_is_text)["entry"], where, case, name)["seq"]
        if seq <= last:
            raise Wrong(f"{where} is out of order.")
        last = seq
    return len(lines)


def _evidence_of(name: str) -> str:
    """The SHA-256 that a file in evidence/ is named by; empty for any other."""
    return name.removeprefix("evidence/") if name.startswith("evidence/") else ""


def _check_attached(archive: Archive, rooms: dict[str, Room]) -> None:
    """A file that is in the bundle has the length that the entry says; that it has the hash has been checked."""
    for room in rooms.values():
        for digest in room.attached.keys() & {_evidence_of(name) for name in archive.names}:
            held = archive.names[f"evidence/{digest}"].size
            for seq, length in room.attached[digest]:
                if length != held:
                    raise Wrong(f"Entry {seq} of {room.name} gives evidence/{digest} another length than it has.")


def _note_paper(room: Room, seq: int, kind: str, body: dict[str, Any]) -> None:
    """What an entry says about files in documents/; other kinds say nothing about them."""
    digest, size = body.get("sha256"), body.get("size")
    if kind == "PaperPrinted" and isinstance(digest, str) and _is_count(size):
        told = room.printed.setdefault((str(body.get("paper")), str(body.get("language"))), [])
        told.append((seq, digest, int(str(size))))
    if kind == "SettlementEffective":
        room.texts[str(body.get("text_hash"))] = seq


def _check_papers(archive: Archive, room: Room) -> dict[str, int]:
    """What entries of papers prove of the files in documents/: by name, the entry. A PDF that none does is refused."""
    proven: dict[str, int] = {}
    for name in sorted(archive.names):
        named = _PRINTED.fullmatch(name)
        if named is None and name != _SETTLEMENT:
            continue
        content = archive.read(name)
        if named is not None:
            digest = sha256(content).hexdigest()
            told = room.printed.get((named[1], named[2]), [])
            seq = next((seq for seq, printed, size in told if (printed, size) == (digest, len(content))), None)
            if seq is None:
                raise Wrong(f"{name} is not the paper that an entry of papers says was printed.")
        else:
            seq = room.texts.get(sha256(b"MR1T" + content).hexdigest())
            if seq is None:
                raise Wrong(f"{name} is not the text that an entry of papers says took effect.")
        proven[name] = seq
    return proven


# ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────


def check(source: BinaryIO, fingerprint: str | None = None) -> Report:
    """Everything that can be checked about a bundle. `fingerprint` is the 64 hex of the key that one trusts.

    Raises Wrong for the first thing that is wrong, and Unreadable for a file that is no bundle or too large.
    """
    archive = Archive(source)
    manifest, keys = _manifest(archive)
    if fingerprint is not None and fingerprint not in {key.fingerprint for key in keys}:
        raise Wrong(f"The bundle is signed by key {keys[-1].fingerprint}, and not by the key you gave.")
    case = manifest["case"]
    checkpoints, has_timestamps = _checkpoints(archive.read("checkpoints.jsonl"), case, keys)
    provable = sorted(name.split("/")[1].removesuffix(".jsonl") for name in archive.names if name.startswith("rooms/"))
    if set(provable) != manifest["heads"].keys():
        raise Wrong("manifest.json gives heads for other rooms than those in rooms/.")
    rooms = {name: _room(archive.read(f"rooms/{name}.jsonl"), name, case, manifest["heads"][name]) for name in provable}
    _check_openings(archive.read("openings.jsonl"), checkpoints, rooms)
    _check_attached(archive, rooms)
    papers = _check_papers(archive, rooms["papers"])
    for room in rooms.values():
        if room.heads[-1].hex() != manifest["heads"][room.name]["head"]:
            raise Wrong(
                f"{room.name} does not end in the head that manifest.json gives: its last entries were changed."
            )
    transcripts: dict[str, int] = {}
    for file in sorted(archive.names):
        if file.startswith("transcripts/"):
            name = file.split("/")[1].removesuffix(".jsonl")
            if name in rooms:
                raise Wrong(f"{name} is in the bundle twice, in rooms/ and in transcripts/.")
            transcripts[name] = _transcript(archive.read(file), name, case)
    return Report(
        case=case,
        participant=manifest["for"],
        exported_at=manifest["exported_at"],
        signer=keys[-1].fingerprint,
        confirmed=fingerprint,
        checkpoints=checkpoints,
        rooms=list(rooms.values()),
        transcripts=transcripts,
        files=[
            name
            for name in sorted(archive.names)
            if name.startswith(("documents/", "evidence/")) and name not in map(_handover_name, keys)
        ],
        papers=papers,
        has_timestamps=has_timestamps,
    )


def run(path: Path, key: str | None = None) -> int:
    """Check the bundle at `path` and print what came of it. Returns the exit code."""
    fingerprint = None if key is None else re.sub(r"[\s:-]", "", key).lower()
    if fingerprint is not None and _HEX64.fullmatch(fingerprint) is None:
        return _say(2, "A fingerprint is 64 hexadecimal digits; spaces and colons between them do not matter.")
    try:
        with path.open("rb") as source:
            report = check(source, fingerprint)
    except OSError as error:
        return _say(2, f"{_shown(str(path))} cannot be read: {error.strerror or type(error).__name__}.")
    except Unreadable as error:
        return _say(2, f"This cannot be checked. {error}")
    except Wrong as error:
        return _say(1, f"This bundle does NOT verify. {error}")
    return _say(0, *report.lines())


def main() -> None:
    """The command line of this file when it is run by itself."""
    parser = argparse.ArgumentParser(description="Check a record bundle offline.")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--key", metavar="FINGERPRINT", help="the signing key you expect, as printed on the papers")
    chosen = parser.parse_args()
    sys.exit(run(chosen.file, chosen.key))


def _say(code: int, *lines: str) -> int:
    stream = sys.stdout if code == 0 else sys.stderr
    for line in lines:
        print(line, file=stream)
    return code


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _shown(text: str) -> str:
    """Text from the bundle, safe to print in a terminal."""
    return ascii(text[:100])


if __name__ == "__main__":
    main()
