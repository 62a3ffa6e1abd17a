"""Whatever bytes the verifier is given, it answers in its own words and never falls over."""

import json
import os
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mediation.case import chain
from mediation.export import verify
from mediation.export.bundle import pack
from sample_record import small_record

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
EXAMPLES = 5_000 if os.environ.get("MEDIATION_SOAK") == "1" else 150
budget = settings(max_examples=EXAMPLES, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def figures() -> None:
    print(f"\nsoak: hostile bundles, {EXAMPLES} examples for each property")


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    pack(files, out)
    return out.getvalue()


RECORD = small_record()
BUNDLE = packed(RECORD.files())
DIRECTORY = BUNDLE.index(b"PK\x01\x02")


def answers(content: bytes) -> str:
    try:
        return "\n".join(verify.check(BytesIO(content)).lines())
    except (verify.Wrong, verify.Unreadable) as refusal:
        said = str(refusal)
    assert said.isprintable()
    assert said.endswith(".")
    return said


SPLICES = st.lists(
    st.tuples(st.integers(0, len(BUNDLE) - 1), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4
)


@budget
@given(splices=SPLICES)
@example(splices=[(DIRECTORY + 8, 1, b"\x09")])  # says it is encrypted
@example(splices=[(DIRECTORY + 10, 1, b"\x63")])  # says it is packed in a way nobody knows
@example(splices=[(len(BUNDLE) - 6, 4, b"\xff\xff\xff\xff")])  # points beyond the file
def test_a_mangled_file_gets_an_answer(splices: list[tuple[int, int, bytes]]) -> None:
    content = BUNDLE
    for at, cut, new in splices:
        content = content[:at] + new + content[at + cut :]
    answers(content)


@budget
@given(at=st.integers(DIRECTORY, len(BUNDLE) - 1), new=st.binary(min_size=1, max_size=4))
def test_a_mangled_directory_gets_an_answer(at: int, new: bytes) -> None:
    answers(BUNDLE[:at] + new + BUNDLE[at + len(new) :])


@budget
@given(content=st.binary(max_size=200))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    answers(content)
    answers(content + BUNDLE[-22:])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@budget
@given(data=st.data(), value=JSON)
def test_any_value_in_place_of_a_manifests_gets_an_answer(data: st.DataObject, value: object) -> None:
    """Signed by the portal, so that the value is looked at."""
    files = RECORD.files()
    manifest = json.loads(files["manifest.json"])
    place = data.draw(st.sampled_from(["keys", "heads", "files", "for", "exported_at", "case", "kind", "format"]))
    if place in {"keys", "files"} and data.draw(st.booleans()):
        item = data.draw(st.sampled_from(manifest[place]))
        item[data.draw(st.sampled_from(sorted(item)))] = value
    elif place == "heads" and data.draw(st.booleans()):
        manifest["heads"]["talks"] = value
    else:
        manifest[place] = value
    content = json.dumps(manifest).encode()
    signed = {"key": RECORD.keyring.key_id, "sig": RECORD.keyring.sign(chain.MANIFEST_DOMAIN, content).hex()}
    answers(packed(files | {"manifest.json": content, "manifest.sig": json.dumps(signed).encode()}))


@budget
@given(line=JSON, name=st.sampled_from(["checkpoints.jsonl", "openings.jsonl", "rooms/talks.jsonl"]), inner=JSON)
def test_any_line_gets_an_answer(line: object, name: str, inner: object) -> None:
    files = RECORD.files()
    manifest = json.loads(files["manifest.json"])
    texts = {"checkpoints.jsonl": "k", "rooms/talks.jsonl": "entry"}
    if name in texts and isinstance(line, dict):
        first = json.loads(files[name].split(b"\n")[0])
        line = first | {texts[name]: json.dumps(inner)}
    files[name] = json.dumps(line).encode() + b"\n"
    entry = next(file for file in manifest["files"] if file["name"] == name)
    entry.update(sha256=sha256(files[name]).hexdigest(), len=len(files[name]))
    content = json.dumps(manifest).encode()
    signed = {"key": RECORD.keyring.key_id, "sig": RECORD.keyring.sign(chain.MANIFEST_DOMAIN, content).hex()}
    said = answers(packed(files | {"manifest.json": content, "manifest.sig": json.dumps(signed).encode()}))
    assert not said.startswith("This bundle verifies")
