"""Bundles that whoever holds the signing key could make, and that both verifiers refuse, each for the right reason."""

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mediation.case import chain
from sample_record import SampleRecord, small_record
from verifier.both import ours, theirs
from verifier.bundles import Bundle, zipped

CAPACITY = chain.MAX_ENTRY_BYTES

# ── zip files by hand ───────────────────────────────────────────────────────────────────────────────────────────────

ODD = "README.txt"
"""The member that is packed oddly, in the middle of the others."""


def by_hand(
    local: dict[str, Any] | None = None,
    listed: dict[str, Any] | None = None,
    end: dict[str, int] | None = None,
    inside: bytes = b"",
    behind: bytes = b"",
    before_directory: bytes = b"",
) -> bytes:
    """The small record's bundle. What is said of README.txt in its local header and in the directory can be changed,
    bytes put behind its deflated content (inside of its packed length, or not), and fields of the end changed.
    """
    out, directory, files = b"", b"", small_record().files()
    for name, content in files.items():
        engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = engine.compress(content) + engine.flush()
        odd = name == ODD
        packed += inside if odd else b""
        true: dict[str, Any] = {"name": name, "flags": 0, "extra": b"", "comment": b"", "disk": 0}
        true |= {"crc": zlib.crc32(content), "packed": len(packed), "size": len(content)}
        offset = len(out)
        out += written_local(**true | (local or {} if odd else {})) + packed + (behind if odd else b"")
        directory += written_listed(**true | (listed or {} if odd else {}), offset=offset)
    out += before_directory
    said = {"disk": 0, "first": 0, "here": len(files), "count": len(files)} | (end or {})
    numbers = [said[name] for name in ("disk", "first", "here", "count")]
    return out + directory + struct.pack("<4s4H2LH", b"PK\5\6", *numbers, len(directory), len(out), 0)


def written_local(
    *, name: str, flags: int, crc: int, packed: int, size: int, extra: bytes, comment: bytes, disk: int
) -> bytes:
    del comment, disk
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, 8, 0, 33, crc, packed, size, len(name), len(extra))
    return head + name.encode() + extra


def written_listed(
    *, name: str, flags: int, crc: int, packed: int, size: int, extra: bytes, comment: bytes, disk: int, offset: int
) -> bytes:
    sizes = (crc, packed, size, len(name), len(extra), len(comment), disk, 0, 0, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, flags, 8, 0, 33, *sizes) + name.encode() + extra + comment


ZIP64 = struct.pack("<2H2Q", 1, 16, 5, 5)
README = small_record().files()[ODD]
FOLLOWING = struct.pack("<4s3L", b"PK\7\x08", zlib.crc32(README), 0, len(README))
BETWEEN = "something stands before, between or after its parts"
TWO_WAYS = "README.txt is described in two ways in the zip file."
PACKED_ODDLY = "README.txt is encrypted or packed in a way that bundles are not."

ODD_ZIPS: dict[str, tuple[bytes, str]] = {
    "bytes before the directory": (by_hand(before_directory=b"hidden"), BETWEEN),
    "bytes between two members": (by_hand(behind=b"hidden"), BETWEEN),
    "bytes behind what was deflated": (by_hand(inside=b"hidden"), "README.txt is followed by bytes"),
    "a local header with another name": (by_hand(local={"name": "README.tmp"}), TWO_WAYS),
    "a local header with a longer name": (by_hand(local={"name": "README.text"}), TWO_WAYS),
    "a local header with another length": (by_hand(local={"size": 7}), TWO_WAYS),
    "a local header with another packed length": (by_hand(local={"packed": 7}), TWO_WAYS),
    "a local header with another CRC": (by_hand(local={"crc": 7}), TWO_WAYS),
    "a local header with other flags": (by_hand(local={"flags": 2}), TWO_WAYS),
    "both with the wrong CRC": (by_hand(local={"crc": 7}, listed={"crc": 7}), "README.txt is damaged"),
    "both with too small a length": (by_hand(local={"size": 7}, listed={"size": 7}), "README.txt is longer than"),
    "zip64 in a local header": (by_hand(local={"extra": ZIP64}), TWO_WAYS),
    "zip64 in the directory": (by_hand(listed={"extra": ZIP64}), "has a comment or other fields"),
    "a member's comment": (by_hand(listed={"comment": b"hidden"}), "has a comment or other fields"),
    "a masked header": (by_hand(local={"flags": 1 << 13}, listed={"flags": 1 << 13}), PACKED_ODDLY),
    "encryption": (by_hand(local={"flags": 1}, listed={"flags": 1}), PACKED_ODDLY),
    "lengths behind the content": (
        by_hand(local={"flags": 8, "crc": 0, "packed": 0, "size": 0}, listed={"flags": 8}, behind=FOLLOWING),
        PACKED_ODDLY,
    ),
    "a member on another disk": (by_hand(listed={"disk": 1}), "it is one of several disks"),
    "another disk": (by_hand(end={"disk": 1}), "it is one of several disks"),
    "a directory on another disk": (by_hand(end={"first": 1}), "it is one of several disks"),
    "members on other disks": (by_hand(end={"here": 3}), "it is one of several disks"),
    "fewer members than there are": (by_hand(end={"here": 3, "count": 3}), "its directory is broken"),
    "more members than there are": (by_hand(end={"here": 30, "count": 30}), "its directory is broken"),
}


def test_the_same_zip_without_anything_odd_verifies(tmp_path: Path) -> None:
    content = by_hand()
    assert (ours(content).proven, theirs(tmp_path, [content])[0].proven) == (True, True)


def test_how_hard_it_was_packed_and_that_names_are_utf8_claims_nothing(tmp_path: Path) -> None:
    flags = {"flags": 1 << 1 | 1 << 2 | 1 << 11}
    content = by_hand(local=flags, listed=flags)
    assert (ours(content).proven, theirs(tmp_path, [content])[0].proven) == (True, True)


@pytest.mark.parametrize("oddity", ODD_ZIPS)
def test_a_zip_that_hides_bytes_or_says_two_things_is_refused(oddity: str, tmp_path: Path) -> None:
    content, said = ODD_ZIPS[oddity]
    answer = ours(content)
    assert not answer.proven
    assert said in answer.said
    assert not theirs(tmp_path, [content])[0].proven


# ── what whoever signs could sign ───────────────────────────────────────────────────────────────────────────────────


def changed(change: Callable[[Bundle], object]) -> bytes:
    record = small_record()
    record.rotate("the second key").say("papers", "SessionClosed", {})
    bundle = Bundle.of(zipped(record.files()), [record.keyring])
    change(bundle)
    return zipped(bundle.signed())


def handover(bundle: Bundle) -> bytes:
    return next(content for name, content in bundle.files.items() if name.startswith("documents/signing-key-"))


def under_another_name(bundle: Bundle) -> None:
    """The first key's id is not its fingerprint, wherever it stands."""
    first = bundle.manifest["keys"][0]["id"]
    for line in bundle.checkpoints:
        line["key"] = "first" if line["key"] == first else line["key"]
    name = next(name for name in bundle.files if name.startswith("documents/signing-key-"))
    bundle.files[name] = json.dumps(json.loads(bundle.files[name]) | {"key": "first"}).encode()
    bundle.manifest["keys"][0]["id"] = "first"


def never_sealed() -> bytes:
    return zipped(SampleRecord().files())


def opened_before_its_first_entry() -> bytes:
    record, room = SampleRecord(), "private-principals"
    record.slots[room], record.rooms[room], record.heads[room] = 7, [], chain.genesis(record.case_id, room)
    record.say("papers", "CaseOpened", {}).say(room, "MessagePosted", {"text": "hi"}).say("papers", "RoomReleased", {})
    return zipped(record.files(provable=("papers", "talks", room), reads=()))


FORM = "is not of the form that the format asks for."
SIGNED: dict[str, tuple[bytes, str]] = {
    "another kind of bundle": (changed(lambda b: b.manifest.update(kind="case")), f'manifest.json: "kind" {FORM}'),
    "a bundle for nobody": (changed(lambda b: b.manifest.update({"for": "system"})), f'manifest.json: "for" {FORM}'),
    "a first key with a beginning": (
        changed(lambda b: b.manifest["keys"][0].update({"from": "2026-01-01T00:00:00.000Z"})),
        "is the first one and does not begin in 1970",
    ),
    "a key under another name": (changed(under_another_name), f'"id" {FORM}'),
    "a handover to no key": (
        changed(lambda b: b.files.update({f"documents/signing-key-{'00' * 32}.json": handover(b)})),
        "hands over to no key that manifest.json lists.",
    ),
    "a document that is named like one": (
        changed(lambda b: b.files.update({"documents/signing-key-x.pdf": b""})),
        "hands over to no key that manifest.json lists.",
    ),
    "a folder among the documents": (
        changed(lambda b: b.files.update({"documents/a/b": b"{}"})),
        "'documents/a/b'",
    ),
    "nothing sealed at all": (never_sealed(), "There is no checkpoint in checkpoints.jsonl"),
    "a private room opened before it was there": (
        opened_before_its_first_entry(),
        "Checkpoint 1 is opened for private-principals before its first entry",
    ),
}


@pytest.mark.parametrize("fault", SIGNED)
def test_what_the_format_does_not_know_is_refused_although_it_is_signed(fault: str, tmp_path: Path) -> None:
    content, said = SIGNED[fault]
    answer = ours(content)
    assert not answer.proven
    assert said in answer.said
    assert not theirs(tmp_path, [content])[0].proven


def test_the_longest_and_the_most_deeply_nested_entry_are_taken(tmp_path: Path) -> None:
    nested: list[Any] = []
    for _ in range(chain.MAX_DEPTH - 3):  # the entry, its body, and the last of the lists
        nested = [nested]
    record = SampleRecord().say("papers", "CaseOpened", {"nested": nested})
    rest = CAPACITY - len(record.say("talks", "MessagePosted", {"text": ""}).rooms["talks"][0].entry or b"")
    record.say("talks", "MessagePosted", {"text": "x" * rest})
    assert len(record.rooms["talks"][1].entry or b"") == CAPACITY
    content = zipped(record.say("papers", "SessionOpened", {}).files())
    assert (ours(content).proven, theirs(tmp_path, [content])[0].proven) == (True, True)
