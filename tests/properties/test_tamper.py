"""Whatever is done to what a bundle proves is caught, and the verifier names the place.

Four attackers try the same changes. The strongest signs manifests with the portal's own key, so that only chains,
openings and checkpoints stand against them; the file hashes would hide that those work.
"""

import copy
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mediation.case import chain
from mediation.export import verify
from mediation.export.bundle import pack
from mediation.record.keys import Keyring
from sample_record import BUSINESS, CLIENT, SampleRecord, key, small_record

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
EXAMPLES = 2_000 if os.environ.get("MEDIATION_SOAK") == "1" else 60
budget = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@pytest.fixture(scope="module", autouse=True)
def figures() -> None:
    print(f"\nsoak: tamper, {EXAMPLES} examples for each property and {len(CHANGES)} kinds of change")


FOREIGN = key("somebody else's key")

Lines = list[dict[str, Any]]


@dataclass
class Bundle:
    """A bundle taken apart, so that it can be changed line by line and put together again."""

    texts: dict[str, bytes]
    lines: dict[str, Lines]
    manifest: dict[str, Any]
    signature: dict[str, Any]

    @classmethod
    def of(cls, record: SampleRecord) -> "Bundle":
        files = record.files()
        return cls(
            texts={name: files[name] for name in files if not name.endswith((".jsonl", ".json", ".sig"))},
            lines={
                name: [json.loads(line) for line in files[name].decode().split("\n")[:-1]]
                for name in files
                if name.endswith(".jsonl")
            },
            manifest=json.loads(files["manifest.json"]),
            signature=json.loads(files["manifest.sig"]),
        )

    def contents(self) -> dict[str, bytes]:
        return self.texts | {
            name: b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
            for name, lines in self.lines.items()
        }


# ── what is changed: each change returns words of which the verifier must use one ─────────────────────────────────────

Change = Callable[[Bundle, st.DataObject, SampleRecord], tuple[str, ...]]


def room_of(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, Lines, int]:
    """A provable room, its lines, and how many of them a checkpoint sealed (at least one)."""
    sealed = {line["room"]: line["len"] for line in bundle.lines["openings.jsonl"]}
    room = draw.draw(st.sampled_from([room for room in ("papers", "talks") if sealed[room] > 0]))
    return room, bundle.lines[f"rooms/{room}.jsonl"], sealed[room]


def places(draw: st.DataObject, upto: int, least: int = 1) -> list[int]:
    assume(upto >= least)
    return draw.draw(st.lists(st.integers(0, upto - 1), min_size=least, max_size=least, unique=True))


def edit_the_text_of_an_entry(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    assume("entry" in lines[at])
    text = lines[at]["entry"]
    where = draw.draw(st.integers(0, len(text) - 1))
    new = draw.draw(st.sampled_from(["", "0", "x", " ", '"', "}", "é", "\u2028"]))
    lines[at]["entry"] = text[:where] + new + text[where + 1 :]
    assume(lines[at]["entry"] != text)
    return (room,)


def rewrite_the_body_of_an_entry(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    assume("entry" in lines[at])
    entry = json.loads(lines[at]["entry"])
    what = draw.draw(st.sampled_from(["at", "actor", "kind", "body"]))
    entry[what] = {"at": "2031-01-01T00:00:00.000Z", "actor": "ee" * 16, "kind": "Invented", "body": {"text": "!"}}[
        what
    ]
    lines[at]["entry"] = chain.jcs(entry).decode()
    return (room,)


def swap_two_entries(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    one, other = places(draw, sealed, 2)
    lines[one], lines[other] = lines[other], lines[one]
    return (room,)


def swap_two_entries_and_their_numbers(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    one, other = places(draw, sealed, 2)
    assume("entry" in lines[one] and "entry" in lines[other])
    lines[one], lines[other] = lines[other], lines[one]
    for at in (one, other):
        lines[at]["entry"] = re.sub(r'"seq":\d+', f'"seq":{at + 1}', lines[at]["entry"])
    return (room,)


def drop_an_entry(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    del lines[at]
    return (room,)


def duplicate_an_entry(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    to = draw.draw(st.integers(0, sealed - 1))
    line = copy.deepcopy(lines[at])
    assume("entry" in line)
    if draw.draw(st.booleans()):
        line["entry"] = re.sub(r'"seq":\d+', f'"seq":{to + 1}', line["entry"])
    lines.insert(to, line)
    return (room,)


def reorder_a_room(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    order = draw.draw(st.permutations(range(sealed)))
    assume(list(order) != sorted(order))
    lines[:sealed] = [lines[at] for at in order]
    return (room,)


def change_a_salt(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    name = "salt" if "salt" in lines[at] else "commitment"
    lines[at][name] = flip(draw, lines[at][name])
    return (room,)


def invent_an_entry(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    lines[at] = {"salt": "5a" * 32, "entry": entry_of(record.case_id, room, at + 1)}
    return (room,)


def bring_an_entry_of_another_case(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    lines[at] = {"salt": "5a" * 32, "entry": entry_of("77" * 16, room, at + 1)}
    return (room,)


def bring_an_entry_of_another_room(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    room, lines, sealed = room_of(bundle, draw, record)
    [at] = places(draw, sealed)
    lines[at] = {"salt": "5a" * 32, "entry": entry_of(record.case_id, "joint", at + 1)}
    return (room,)


def change_a_checkpoint(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["checkpoints.jsonl"]
    [at] = places(draw, len(lines))
    body = json.loads(lines[at]["k"])
    match draw.draw(st.sampled_from(["at", "n", "case", "prev", "slots"])):
        case "at":
            body["at"] = "2026-01-31T09:30:00.001Z"
        case "n":
            body["n"] += 1
        case "slots":
            slot = draw.draw(st.integers(0, 15))
            body["slots"][slot] = flip(draw, body["slots"][slot])
        case name:
            body[name] = flip(draw, body[name])
    lines[at]["k"] = chain.jcs(body).decode()
    return ("Checkpoint",)


def drop_a_checkpoint(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    """Also the last one, with all that it sealed left in place."""
    lines = bundle.lines["checkpoints.jsonl"]
    [at] = places(draw, len(lines))
    del lines[at]
    if draw.draw(st.booleans()):
        openings = bundle.lines["openings.jsonl"]
        openings[:] = [line for line in openings if line["checkpoint"] != at + 1]
    return ("Checkpoint", "checkpoint")


def swap_two_checkpoints(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["checkpoints.jsonl"]
    one, other = places(draw, len(lines), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return ("Checkpoint",)


def duplicate_a_checkpoint(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["checkpoints.jsonl"]
    [at] = places(draw, len(lines))
    lines.insert(at, copy.deepcopy(lines[at]))
    return ("Checkpoint",)


def break_a_signature(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["checkpoints.jsonl"]
    [at] = places(draw, len(lines))
    lines[at]["sig"] = flip(draw, lines[at]["sig"])
    return ("Checkpoint",)


def sign_a_checkpoint_with_another_key(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["checkpoints.jsonl"]
    [at] = places(draw, len(lines))
    lines[at]["sig"] = FOREIGN.sign(chain.CHECKPOINT_DOMAIN, lines[at]["k"].encode()).hex()
    if draw.draw(st.booleans()):
        lines[at]["key"] = FOREIGN.key_id
    return ("Checkpoint",)


def change_an_opening(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["openings.jsonl"]
    [at] = places(draw, len(lines))
    match draw.draw(st.sampled_from(["r", "len", "slot", "checkpoint", "room"])):
        case "r":
            lines[at]["r"] = flip(draw, lines[at]["r"])
        case "room":
            lines[at]["room"] = "talks" if lines[at]["room"] == "papers" else "papers"
        case name:
            lines[at][name] += draw.draw(st.sampled_from([-1, 1, 3]))
    return ("openings.jsonl", "Checkpoint")


def drop_an_opening(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["openings.jsonl"]
    [at] = places(draw, len(lines))
    del lines[at]
    return ("Checkpoint",)


def duplicate_an_opening(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    lines = bundle.lines["openings.jsonl"]
    [at] = places(draw, len(lines))
    lines.append(copy.deepcopy(lines[at]))
    return ("openings.jsonl",)


def open_a_confidential_room(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    """With the true opening of a true room: it would tell how much was said there."""
    theirs = [o for o in record.openings if o.room not in {"papers", "talks"}]
    o = draw.draw(st.sampled_from(theirs))
    bundle.lines["openings.jsonl"].append(
        {"checkpoint": o.checkpoint, "room": o.room, "slot": o.slot, "r": o.r.hex(), "len": o.length}
    )
    return ("openings.jsonl",)


def pass_a_confidential_opening_off(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    """The opening of another room under the name of a provable one."""
    lines = bundle.lines["openings.jsonl"]
    [at] = places(draw, len(lines))
    theirs = next(o for o in record.openings if o.room == "joint" and o.checkpoint == lines[at]["checkpoint"])
    lines[at].update(slot=theirs.slot, r=theirs.r.hex(), len=theirs.length)
    return ("Checkpoint",)


def forget_the_last_paper(bundle: Bundle, draw: st.DataObject, record: SampleRecord) -> tuple[str, ...]:
    """Leave out the last paper, but keep the checkpoint that sealed it."""
    bundle.lines["rooms/papers.jsonl"].pop()
    return ("papers",)


CHANGES: list[Change] = [
    edit_the_text_of_an_entry,
    rewrite_the_body_of_an_entry,
    swap_two_entries,
    swap_two_entries_and_their_numbers,
    drop_an_entry,
    duplicate_an_entry,
    reorder_a_room,
    change_a_salt,
    invent_an_entry,
    bring_an_entry_of_another_case,
    bring_an_entry_of_another_room,
    change_a_checkpoint,
    drop_a_checkpoint,
    swap_two_checkpoints,
    duplicate_a_checkpoint,
    break_a_signature,
    sign_a_checkpoint_with_another_key,
    change_an_opening,
    drop_an_opening,
    duplicate_an_opening,
    open_a_confidential_room,
    pass_a_confidential_opening_off,
    forget_the_last_paper,
]


def flip(draw: st.DataObject, text: str) -> str:
    at = draw.draw(st.integers(0, len(text) - 1))
    return text[:at] + format(int(text[at], 16) ^ draw.draw(st.integers(1, 15)), "x") + text[at + 1 :]


def entry_of(case_id: str, room: str, seq: int) -> str:
    return json.dumps(
        {
            "v": 1, "case": case_id, "room": room, "seq": seq, "at": "2026-01-31T09:31:00.000Z", "actor": CLIENT,
            "kind": "MessagePosted", "body": {"text": "I never said that."}, "att": [],
        }
    )  # fmt: skip


# ── who changes it ──────────────────────────────────────────────────────────────────────────────────────────────────


def repack(bundle: Bundle, signer: Keyring | None = None) -> BytesIO:
    """The bundle with heads and file hashes computed anew, signed by `signer` or left with the old signature."""
    contents = bundle.contents()
    for name, lines in bundle.lines.items():
        if name.startswith("rooms/"):
            room = name.split("/")[1].removesuffix(".jsonl")
            bundle.manifest["heads"][room] = {"len": len(lines), "head": head_of(bundle.manifest["case"], room, lines)}
    bundle.manifest["files"] = [
        {"name": name, "sha256": sha256(content).hexdigest(), "len": len(content)} for name, content in contents.items()
    ]
    manifest = chain.jcs(bundle.manifest)
    if signer is not None:
        bundle.signature = {"key": signer.key_id, "sig": signer.sign(chain.MANIFEST_DOMAIN, manifest).hex()}
    return packed({"manifest.json": manifest, "manifest.sig": json.dumps(bundle.signature).encode(), **contents})


def head_of(case_id: str, room: str, lines: Lines) -> str:
    head = chain.genesis(case_id, room)
    for seq, line in enumerate(lines, 1):
        if "commitment" in line:
            commitment = bytes.fromhex(line["commitment"])
        else:
            commitment = chain.commitment(bytes.fromhex(line["salt"]), line["entry"].encode())
        head = chain.link(seq, head, commitment)
    return head.hex()


def packed(files: dict[str, bytes]) -> BytesIO:
    out = BytesIO()
    pack(files, out)
    return out


def the_first_thing_wrong(source: BytesIO, fingerprint: str | None = None) -> str:
    with pytest.raises(verify.Wrong) as caught:
        verify.check(source, fingerprint)
    return str(caught.value)


MESSAGES = st.tuples(
    st.sampled_from(["papers", "talks", "joint", "caucus-client", "private-one"]), st.text(max_size=12)
)


@st.composite
def records(draw: st.DrawFn) -> SampleRecord:
    record = SampleRecord().say("papers", "CaseOpened", {"title": "t"}).say("talks", "MessagePosted", {"text": "a"})
    for room, text in draw(st.lists(MESSAGES, max_size=8)):
        record.say(room, "MessagePosted", {"text": text.replace("\0", "")}, BUSINESS)
    return record.say("papers", "SessionOpened", {})


# ── the properties ──────────────────────────────────────────────────────────────────────────────────────────────────


@budget
@given(record=records())
def test_an_honest_bundle_verifies(record: SampleRecord) -> None:
    report = verify.check(packed(record.files()), record.keyring.key_id)
    assert {room.name: len(room.heads) - 1 for room in report.rooms} == {
        room: len(record.rooms[room]) for room in ("papers", "talks")
    }


@budget
@given(record=records(), change=st.sampled_from(CHANGES), draw=st.data())
def test_one_who_signs_exports_with_the_true_key_cannot_change_what_was_sealed(
    record: SampleRecord, change: Change, draw: st.DataObject
) -> None:
    bundle = Bundle.of(record)
    names = change(bundle, draw, record)
    wrong = the_first_thing_wrong(repack(bundle, record.keyring))
    assert any(name in wrong for name in names), (change.__name__, wrong)


@budget
@given(record=records(), change=st.sampled_from(CHANGES), draw=st.data())
def test_one_who_recomputes_all_but_the_signature_is_caught_by_it(
    record: SampleRecord, change: Change, draw: st.DataObject
) -> None:
    bundle = Bundle.of(record)
    change(bundle, draw, record)
    assert the_first_thing_wrong(repack(bundle)).startswith("manifest.json was changed after the export")


@budget
@given(record=records(), change=st.sampled_from(CHANGES), replaces=st.booleans(), draw=st.data())
def test_one_who_signs_with_another_key_is_caught(
    record: SampleRecord, change: Change, draw: st.DataObject, replaces: bool
) -> None:
    bundle = Bundle.of(record)
    change(bundle, draw, record)
    mine = {"id": FOREIGN.key_id, "ed25519": FOREIGN.ed25519.hex(), "from": "2026-01-31T09:30:30.000Z", "until": None}
    if replaces:
        bundle.manifest["keys"] = [mine | {"from": "1970-01-01T00:00:00.000Z"}]
        expected = "Checkpoint"
    else:
        bundle.manifest["keys"][-1]["until"] = mine["from"]
        bundle.manifest["keys"].append(mine)
        expected = "was not handed over by the key before it"
    assert expected in the_first_thing_wrong(repack(bundle, FOREIGN))


@budget
@given(record=records(), draw=st.data())
def test_a_flipped_byte_anywhere_is_caught_by_the_manifest(record: SampleRecord, draw: st.DataObject) -> None:
    files = record.files()
    name = draw.draw(st.sampled_from(sorted(name for name in files if files[name])))
    at = draw.draw(st.integers(0, len(files[name]) - 1))
    content = bytearray(files[name])
    content[at] ^= draw.draw(st.integers(1, 255))
    files[name] = bytes(content)
    if name == "manifest.sig" and json_or_none(files[name]) == json_or_none(record.files()[name]):
        return  # white space around the signature
    wrong = the_first_thing_wrong(packed(files))
    assert name in wrong or (name.startswith("manifest") and "manifest" in wrong)


def json_or_none(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None


@budget
@given(record=records())
def test_one_who_rewrites_everything_with_their_own_key_is_named_by_it(record: SampleRecord) -> None:
    forged = SampleRecord(keyring=FOREIGN).say("papers", "CaseOpened", {"title": "Another story"})
    report = verify.check(packed(forged.files()))
    assert f"Signed by key {FOREIGN.key_id}, which you have not confirmed." in list(report.lines())
    wrong = the_first_thing_wrong(packed(forged.files()), record.keyring.key_id)
    assert FOREIGN.key_id in wrong
    assert "not by the key you gave" in wrong


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_finds_something_to_change(change: Change) -> None:
    """A change that never applied would prove nothing."""
    record = small_record()
    reached: list[bool] = []

    @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(draw=st.data())
    def apply(draw: st.DataObject) -> None:
        bundle = Bundle.of(record)
        before = copy.deepcopy(bundle.lines)
        change(bundle, draw, record)
        reached.append(bundle.lines != before)

    apply()
    assert reached
    assert all(reached)
