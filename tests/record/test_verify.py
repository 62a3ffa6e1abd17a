"""The verifier meets files that nobody honest made: bombs, look-alikes, sloppy JSON, odd archives."""

import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from mediation.case import chain
from mediation.export import verify
from mediation.export.bundle import pack
from sample_record import SampleRecord, key, small_record


def packed(files: dict[str, bytes]) -> BytesIO:
    out = BytesIO()
    pack(files, out)
    return out


def resealed(record: SampleRecord, changed: dict[str, bytes]) -> BytesIO:
    """The record's bundle with changed files, hashed and signed as the portal itself would."""
    files = {name: content for name, content in (record.files() | changed).items() if not name.startswith("manifest")}
    manifest = json.loads(record.files()["manifest.json"])
    manifest["files"] = [{"name": n, "sha256": sha256(c).hexdigest(), "len": len(c)} for n, c in files.items()]
    content = chain.jcs(manifest)
    signature = record.keyring.sign(chain.MANIFEST_DOMAIN, content).hex()
    signed = {"key": record.keyring.key_id, "sig": signature}
    return packed({"manifest.json": content, "manifest.sig": json.dumps(signed).encode(), **files})


def wrong(source: BytesIO, fingerprint: str | None = None) -> str:
    with pytest.raises(verify.Wrong) as caught:
        verify.check(source, fingerprint)
    return str(caught.value)


# ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_says_what_is_proven_and_what_is_only_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, file = small_record(), tmp_path / "bundle.zip"
    file.write_bytes(packed(record.files()).getvalue())
    assert verify.run(file) == 0
    said = capsys.readouterr().out
    assert f"Signed by key {record.keyring.key_id}, which you have not confirmed." in said
    assert "papers: 3 entries, complete and in order" in said
    assert "talks: 2 entries, complete and in order" in said
    assert "and 1 newer, in order, signed with this export but not sealed by a checkpoint yet" in said
    assert "withheld or erased, their place proven and their text not shown: 2" in said
    proven, shown = said.split("Shown, not proven")
    assert "joint: 1 entry" in shown
    assert "joint" not in proven
    assert sha256(record.checkpoints[-1].body).hexdigest() in proven


def test_a_fingerprint_may_be_typed_as_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, file = small_record(), tmp_path / "bundle.zip"
    file.write_bytes(packed(record.files()).getvalue())
    key_id = record.keyring.key_id
    groups = " ".join(key_id[at : at + 4].upper() for at in range(0, 64, 4))
    assert verify.run(file, groups) == 0
    assert f"Signed by key {key_id}, the key you gave." in capsys.readouterr().out
    assert verify.run(file, key("another").key_id) == 1
    assert "not by the key you gave" in capsys.readouterr().err
    assert verify.run(file, key_id[:16]) == 2


def test_a_key_that_was_handed_over_is_followed_from_the_one_on_an_old_paper() -> None:
    record = small_record()
    old = record.keyring.key_id
    record.rotate("the second key").say("papers", "SessionClosed", {})
    report = verify.check(packed(record.files()), old)
    assert report.signer == record.keyring.key_id != old
    assert f"Signed by key {report.signer}, to which the key you gave handed over." in list(report.lines())
    files = record.files()
    handover = json.loads(files[f"documents/signing-key-{report.signer}.json"])
    handover["sig"] = key("a thief").sign(chain.KEY_DOMAIN, handover["k"].encode()).hex()
    forged = {f"documents/signing-key-{report.signer}.json": json.dumps(handover).encode()}
    assert "was not handed over by the key before it" in wrong(resealed(record, forged), old)


def test_a_replaced_key_seals_nothing_more() -> None:
    record = small_record()
    thief, record_at = record.keyring, len(record.checkpoints)
    record.rotate("the second key").say("papers", "SessionClosed", {})
    line = record.checkpoints[record_at]
    stolen = type(line)(line.body, thief.sign(chain.CHECKPOINT_DOMAIN, line.body), thief.key_id)
    record.checkpoints[record_at] = stolen
    assert "Checkpoint 4 is dated" in wrong(packed(record.files()))


def test_it_runs_alone_without_the_portal(tmp_path: Path) -> None:
    """A copy of the one file, with Python's isolated mode, so that nothing of ours can be imported."""
    (tmp_path / "bundle.zip").write_bytes(packed(small_record().files()).getvalue())
    alone = tmp_path / "verify.py"
    alone.write_text(Path(verify.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    blocked = (
        f"import sys; sys.modules['mediation'] = None; sys.argv = ['verify.py', {str(tmp_path / 'bundle.zip')!r}]; "
    )
    program = blocked + f"exec(compile(open({str(alone)!r}).read(), 'verify.py', 'exec'), {{'__name__': '__main__'}})"
    ended = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("This bundle verifies.")


# ── what it cannot read ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"hello" * 100, packed(small_record().files()).getvalue()[:-1], b"PK\x05\x06" + bytes(17)]
)
def test_what_is_no_zip_file_is_unreadable_and_not_wrong(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bundle.zip"
    file.write_bytes(content)
    assert verify.run(file) == 2


def test_a_missing_file_or_a_folder_is_unreadable(tmp_path: Path) -> None:
    assert verify.run(tmp_path / "nothing.zip") == 2
    assert verify.run(tmp_path) == 2


def test_anything_before_or_after_the_zip_is_refused() -> None:
    bundle = packed(small_record().files()).getvalue()
    for content in (b"#!/bin/sh\n" + bundle, bundle + b"\n", bundle + bundle[-22:]):
        with pytest.raises(verify.Unreadable):
            verify.check(BytesIO(content))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MAX_UNPACKED", 100_000)
    bomb = packed({**small_record().files(), "documents/bomb.json": bytes(10_000_000)})
    assert len(bomb.getvalue()) < 50_000
    with pytest.raises(verify.Unreadable, match="larger than this program checks"):
        verify.check(bomb)


def test_a_bomb_that_lies_about_its_size_is_not_followed() -> None:
    """The directory says 10 bytes, the data unpack to 10 million; reading stops at what was announced."""
    bomb = bytearray(resealed(small_record(), {"documents/bomb.json": bytes(10_000_000)}).getvalue())
    entry = bomb.rindex(b"PK\x01\x02")
    assert int.from_bytes(bomb[entry + 24 : entry + 28], "little") == 10_000_000
    bomb[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert wrong(BytesIO(bytes(bomb))).startswith("documents/bomb.json is")


def test_a_directory_of_too_many_files_is_refused_before_it_is_read() -> None:
    with pytest.raises(verify.Unreadable, match="more files than"):
        verify.check(packed({f"documents/{number}": b"" for number in range(verify.MAX_FILES + 1)}))


# ── what does not belong ────────────────────────────────────────────────────────────────────────────────────────────


NOT_OURS = [
    "extra.txt", "../evil", "/etc/passwd", "rooms/", "rooms/kitchen.jsonl", "rooms/papers.jsonl/x", "Rooms/talks.jsonl",
    "documents/../../x", "documents/.hidden", "evidence/abc", "transcripts/private-.jsonl", "documents/\x1b[2J",
]  # fmt: skip


@pytest.mark.parametrize("name", NOT_OURS)
def test_a_file_that_does_not_belong_is_named_safely(name: str) -> None:
    said = wrong(packed({**small_record().files(), name: b""}))
    assert "does not belong" in said
    assert said.isprintable()


@pytest.mark.parametrize("name", sorted(small_record().files()))
def test_a_missing_file_is_named(name: str) -> None:
    files = small_record().files()
    del files[name]
    assert name in wrong(packed(files))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named() -> None:
    out = packed(small_record().files())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("rooms/papers.jsonl", b"{}\n")
    assert "rooms/papers.jsonl" in wrong(out)


def test_a_file_that_the_manifest_does_not_list_is_named() -> None:
    assert "documents/late.json is in the bundle, but not in its manifest." in wrong(
        packed({**small_record().files(), "documents/late.json": b"{}"})
    )


def test_evidence_must_be_what_it_is_named_after() -> None:
    good = resealed(small_record(), {f"evidence/{sha256(b'photo').hexdigest()}": b"photo"})
    assert verify.check(good).files == [f"evidence/{sha256(b'photo').hexdigest()}"]
    assert "named after" in wrong(resealed(small_record(), {f"evidence/{'00' * 32}": b"photo"}))


def test_a_file_that_an_entry_proves_has_the_length_that_the_entry_says() -> None:
    photo = sha256(b"photo").hexdigest()
    with_it = {f"evidence/{photo}": b"photo"}

    def naming(length: int) -> SampleRecord:
        return small_record().say("talks", "FileAdded", {}, attachments=[chain.Attachment(photo, length, "photo.jpg")])

    lines = list(verify.check(resealed(naming(5), with_it)).lines())
    assert f"    evidence/{photo}, to the byte the file that entry 4 names" in lines
    assert sum(photo in line for line in lines) == 1
    assert "Entry 4 of talks gives" in wrong(resealed(naming(6), with_it))
    # A bundle without its files is whole all the same, and says of no file that it is there.
    assert not any(photo in line for line in verify.check(packed(naming(5).files())).lines())


# ── sloppy lines, as a portal that signs them itself might write ────────────────────────────────────────────────────

PAPERS = small_record().files()["rooms/papers.jsonl"]
OPENINGS = small_record().files()["openings.jsonl"]
CHECKPOINTS = small_record().files()["checkpoints.jsonl"]

SLOPPY = {
    "a duplicate name": ("rooms/papers.jsonl", PAPERS.replace(b'{"salt"', b'{"salt":"","salt"', 1)),
    "a duplicate name inside an entry": ("rooms/papers.jsonl", PAPERS.replace(b'\\"v\\":1', b'\\"v\\":1,\\"v\\":1', 1)),
    "a field too many": ("rooms/papers.jsonl", PAPERS.replace(b'{"salt"', b'{"note":1,"salt"', 1)),
    "a field too few": ("openings.jsonl", OPENINGS.replace(b'"slot":0,', b"", 1)),
    "a float": ("openings.jsonl", OPENINGS.replace(b'"slot":0', b'"slot":0.0', 1)),
    "a huge integer": ("openings.jsonl", OPENINGS.replace(b'"len":1', b'"len":99999999999999999999', 1)),
    "a boolean for a number": ("openings.jsonl", OPENINGS.replace(b'"len":1', b'"len":true', 1)),
    "not a number": ("openings.jsonl", OPENINGS.replace(b'"len":1', b'"len":NaN', 1)),
    "deep nesting": ("openings.jsonl", b"[" * 100_000 + b"]" * 100_000 + b"\n"),
    "no JSON": ("openings.jsonl", b"hello\n"),
    "a line that is cut off": ("openings.jsonl", OPENINGS[:-1]),
    "an empty line": ("openings.jsonl", OPENINGS + b"\n"),
    "other line ends": ("openings.jsonl", OPENINGS.replace(b"\n", b"\r\r\n") + b"\r"),
    "bad UTF-8": ("openings.jsonl", b'"\xff"\n'),
    "a byte order mark": ("openings.jsonl", b"\xef\xbb\xbf" + OPENINGS),
    "half of a surrogate pair": ("rooms/papers.jsonl", PAPERS.replace(b"website", b"\\\\ud800", 1)),
    "U+0000": ("rooms/papers.jsonl", PAPERS.replace(b"website", b"\\\\u0000", 1)),
    "upper-case hex": ("openings.jsonl", OPENINGS.replace(b'"r":"', b'"r":"A', 1)),
    "fewer slots": ("checkpoints.jsonl", CHECKPOINTS.replace(b"]", b',\\"00\\"]', 1)),
    "a time stamp that is no base64": ("checkpoints.jsonl", CHECKPOINTS.replace(b'"tst":null', b'"tst":"!"', 1)),
    "no checkpoints": ("checkpoints.jsonl", b""),
    "no openings": ("openings.jsonl", b""),
    "no papers": ("rooms/papers.jsonl", b""),
    "a transcript of another room": ("transcripts/joint.jsonl", small_record().files(reads=("caucus-client",))[
        "transcripts/caucus-client.jsonl"
    ]),
    "a transcript twice": ("transcripts/joint.jsonl", small_record().files()["transcripts/joint.jsonl"] * 2),
    "a transcript of a proven room": ("transcripts/talks.jsonl", b""),
}  # fmt: skip


@pytest.mark.parametrize("fault", SLOPPY)
def test_a_sloppy_line_is_named_even_when_the_portal_signed_it(fault: str) -> None:
    name, content = SLOPPY[fault]
    record = small_record()
    assert content != record.files().get(name)
    said = wrong(resealed(record, {name: content}))
    room = name.split("/")[-1].removesuffix(".jsonl")
    assert room in said or "heckpoint" in said, said
    assert said.isprintable()


def test_heads_for_rooms_that_are_not_there_are_refused() -> None:
    record = small_record()
    files = record.files()
    manifest = json.loads(files["manifest.json"])
    for change in ({"joint": {"len": 0, "head": "00" * 32}}, {"talks": {"len": 2, "head": "00" * 32}}):
        content = chain.jcs(manifest | {"heads": manifest["heads"] | change})
        signed = {"key": record.keyring.key_id, "sig": record.keyring.sign(chain.MANIFEST_DOMAIN, content).hex()}
        said = wrong(packed(files | {"manifest.json": content, "manifest.sig": json.dumps(signed).encode()}))
        assert "heads" in said or "talks" in said


def test_the_unsealed_tail_is_bound_by_the_manifests_head() -> None:
    """Nothing but the export's signature speaks for it, so a changed tail must not fit the head."""
    record = small_record()
    lines = record.files()["rooms/talks.jsonl"].split(b"\n")
    lines[2] = lines[2].replace(b"survive", b"perish")
    assert "talks does not end in the head" in wrong(resealed(record, {"rooms/talks.jsonl": b"\n".join(lines)}))


def test_a_released_private_room_is_proven_from_its_first_entry_on() -> None:
    """Its slot held chance before, so only the later checkpoints open; none of those may be left out."""
    record = small_record().say("private-principals", "MessagePosted", {"text": "hi"}).say("papers", "RoomReleased", {})
    record.say("papers", "SessionClosed", {})
    which = ("papers", "talks", "private-principals")
    files = record.files(provable=which, reads=())
    assert [room.name for room in verify.check(packed(files)).rooms] == ["papers", "private-principals", "talks"]
    kept = [
        line
        for line in files["openings.jsonl"].splitlines(keepends=True)
        if not (b'"checkpoint":5' in line and b"private" in line)
    ]
    manifest = json.loads(files["manifest.json"])
    files["openings.jsonl"] = b"".join(kept)
    for entry in manifest["files"]:
        if entry["name"] == "openings.jsonl":
            entry.update(sha256=sha256(files["openings.jsonl"]).hexdigest(), len=len(files["openings.jsonl"]))
    content = chain.jcs(manifest)
    signed = {"key": record.keyring.key_id, "sig": record.keyring.sign(chain.MANIFEST_DOMAIN, content).hex()}
    said = wrong(packed(files | {"manifest.json": content, "manifest.sig": json.dumps(signed).encode()}))
    assert said == "Checkpoint 5 is not opened for private-principals."
