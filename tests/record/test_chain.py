"""The format's primitives: what they refuse, and that the published vectors say what an outsider computes."""

import importlib.util
import json
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from mediation.case import chain
from mediation.export import verify
from sample_record import CASE, CLIENT, START

VECTORS = Path(__file__).parents[2] / "docs" / "vectors"


def published(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="ascii"))


def entry(**changes: Any) -> bytes:
    fields: dict[str, Any] = {
        "case_id": CASE, "room": "joint", "seq": 1, "at": START, "actor": CLIENT, "kind": "MessagePosted", "body": {},
    }  # fmt: skip
    return chain.entry_bytes(**fields | changes)


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────

NOT_RECORDABLE: list[dict[str, Any]] = [
    {"case_id": CASE.upper()},
    {"case_id": "0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"},
    {"room": "kitchen"},
    {"room": "private-"},
    {"room": "private-É"},
    {"seq": 0},
    {"seq": 2**53},
    {"at": START.replace(tzinfo=None)},
    {"at": START.replace(tzinfo=timezone(timedelta(hours=1)))},
    {"at": START.replace(microsecond=1)},
    {"actor": "System"},
    {"actor": ""},
    {"kind": "messagePosted"},
    {"kind": ""},
    {"body": {"x": 0.5}},
    {"body": {"x": 2.0}},
    {"body": {"x": float("nan")}},
    {"body": {"x": 2**53}},
    {"body": {"x": "a\0"}},
    {"body": {"a\0": 1}},
    {"body": {"x": "\ud800"}},
    {"body": {1: 1}},
    {"body": {"x": b"bytes"}},
    {"body": {"x": {1, 2}}},
    {"body": {"x": "y" * chain.MAX_ENTRY_BYTES}},
    {"attachments": [chain.Attachment("00", 1, "x")]},
    {"attachments": [chain.Attachment("00" * 32, -1, "x")]},
    {"attachments": [chain.Attachment("00" * 32, 1, "x\0")]},
]


@pytest.mark.parametrize("changes", NOT_RECORDABLE)
def test_what_a_verifier_would_read_differently_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(chain.NotRecordable):
        entry(**changes)


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(chain.NotRecordable, match=r"\.terms\[1\]\.share is the float 0\.5"):
        entry(body={"terms": ["none", {"share": 0.5}]})


def test_nesting_is_bounded() -> None:
    body: dict[str, Any] = {}
    for _ in range(10_000):
        body = {"x": body}
    with pytest.raises(chain.NotRecordable, match="nested deeper"):
        entry(body=body)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis adds the zone itself
def test_a_time_is_read_back_as_it_was_written(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert chain.read_stamp(chain.stamp(at)) == at
    assert len(chain.stamp(at)) == 24


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T09:30:00Z",
        "2026-01-31T09:30:00.000+00:00",
        "2026-02-30T09:30:00.000Z",
        "2026-01-31 09:30:00.000Z",
        "",
    ],
)
def test_another_spelling_of_a_time_is_refused(text: str) -> None:
    with pytest.raises(chain.NotRecordable):
        chain.read_stamp(text)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-chain.MAX_SAFE_INTEGER, chain.MAX_SAFE_INTEGER) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc", min_size=1), JSON))
def test_every_body_that_is_accepted_is_read_back_the_same(body: dict[str, Any]) -> None:
    encoded = entry(body=body)
    assert json.loads(encoded)["body"] == body
    assert chain.jcs(json.loads(encoded)) == encoded


# ── the wording of a clause ─────────────────────────────────────────────────────────────────────────────────────────

MARKS = st.lists(st.sampled_from(["strong", "em", "link", "comment"]), unique=True).map(
    lambda kinds: [{"type": kind} for kind in kinds]
)


@given(st.lists(st.tuples(st.text("ab \u2028é", max_size=4), MARKS), max_size=6), st.data())
def test_the_hash_does_not_depend_on_how_the_text_is_cut(pieces: list[tuple[str, Any]], draw: st.DataObject) -> None:
    whole = [{"type": "text", "text": text, "marks": marks} for text, marks in pieces]
    cut = []
    for text, marks in pieces:
        at = draw.draw(st.integers(0, len(text)))
        cut += [{"type": "text", "text": part, "marks": marks[::-1]} for part in (text[:at], text[at:])]
    one, other = ({"type": "paragraph", "attrs": {"id": "x"}, "content": content} for content in (whole, cut))
    assert chain.text_hash(one) == chain.text_hash(other)
    assert chain.canonical(chain.canonical(one)) == chain.canonical(one)


def test_a_wording_under_suggestion_has_no_hash() -> None:
    for vector in published("text.json")["undefined_while_suggestions_are_open"]:
        with pytest.raises(chain.SuggestionsOpen):
            chain.text_hash(vector["node"])


# ── the vectors, computed as an outsider would: from their own JSON, with SHA-256 and Ed25519 and nothing of ours ─────


def test_the_published_vectors_are_what_the_generator_writes() -> None:
    spec = importlib.util.spec_from_file_location("vectors_generator", VECTORS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.stale(Path.read_bytes) == []


def test_commitments_follow_from_the_published_entries() -> None:
    for vector in published("entries.json")["entries"]:
        assert bytes.fromhex(vector["entry_hex"]) == vector["entry"].encode()
        committed = sha256(b"MR1L" + bytes.fromhex(vector["salt"]) + vector["entry"].encode())
        assert committed.hexdigest() == vector["commitment"]


def test_the_published_bodies_that_are_no_entries_are_refused() -> None:
    for vector in published("entries.json")["refused_bodies"]:
        with pytest.raises(chain.NotRecordable):
            entry(body=vector["body"])


def test_heads_follow_from_the_published_commitments() -> None:
    vector = published("chain.json")
    for room, head in vector["genesis"].items():
        assert sha256(b"MR1G" + bytes.fromhex(vector["case"]) + room.encode()).hexdigest() == head
    head = bytes.fromhex(vector["papers"]["heads"][0])
    for seq, committed in enumerate(vector["papers"]["commitments"], 1):
        head = sha256(b"MR1C" + seq.to_bytes(8, "big") + head + bytes.fromhex(committed)).digest()
        assert head.hex() == vector["papers"]["heads"][seq]


def test_the_published_checkpoints_open_and_are_signed() -> None:
    vector = published("checkpoints.json")
    assert sha256(bytes.fromhex(vector["ed25519"])).hexdigest() == vector["fingerprint"]
    signer, previous = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["ed25519"])), "00" * 32
    for checkpoint in vector["checkpoints"]:
        signer.verify(bytes.fromhex(checkpoint["sig"]), b"medrec/v1/checkpoint\n" + checkpoint["k"].encode())
        body = json.loads(checkpoint["k"])
        assert body["prev"] == previous
        previous = sha256(checkpoint["k"].encode()).hexdigest()
        assert previous == checkpoint["sha256"]
        for o in checkpoint["openings"]:
            blinded = b"MR1S" + bytes.fromhex(o["r"]) + o["len"].to_bytes(8, "big") + bytes.fromhex(o["head"])
            assert sha256(blinded).hexdigest() == body["slots"][o["slot"]]


def test_the_published_handover_is_signed_by_the_first_key() -> None:
    vector = published("keys.json")
    signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["first"]["ed25519"]))
    signer.verify(bytes.fromhex(vector["handover"]["sig"]), b"medrec/v1/key\n" + vector["handover"]["k"].encode())
    assert json.loads(vector["handover"]["k"])["ed25519"] == vector["second"]["ed25519"]


def test_the_published_wordings_have_the_published_hashes() -> None:
    vectors = {vector["name"]: vector for vector in published("text.json")["texts"]}
    for vector in vectors.values():
        # Keys sorted, no spaces: for these nodes, whose names are ASCII, that is RFC 8785.
        text = json.dumps(vector["canonical"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha256(b"MR1T" + text.encode()).hexdigest() == vector["hash"]
        assert chain.text_hash(vector["node"]) == vector["hash"]
    same = ["a plain clause", "the same in three pieces", "the same with a number and a comment"]
    assert len({vectors[name]["hash"] for name in same}) == 1
    assert len({vector["hash"] for vector in vectors.values()}) == len(vectors) - 2
    for vector in published("text.json")["refused"]:
        with pytest.raises(chain.NotRecordable):
            chain.text_hash(vector["node"])


def test_the_published_bundle_verifies_and_its_zip_holds_the_same_files() -> None:
    vector = published("bundle.json")
    with zipfile.ZipFile(VECTORS / "bundle.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == vector["files"]
    report = verify.check(BytesIO((VECTORS / "bundle.zip").read_bytes()), vector["fingerprint"])
    assert [(room.name, len(room.heads) - 1) for room in report.rooms] == [("papers", 3), ("talks", 3)]
