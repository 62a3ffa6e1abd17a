"""A second verifier, written from docs/record-format.md alone and in another language, agrees with ours about bundles
of a running portal, and lets no change to them pass. `mutations.py` says which changes claim nothing.
"""

import json
import os
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import httpx
import pytest

from apps import portal_app
from desk import Desk
from feeds import serving
from mediation import clock
from mediation.case import chain
from mediation.export import verify
from mediation.record import log
from mediation.record.keys import Keyring
from mediation.settings import Settings
from office import Docket
from sample_record import SampleRecord, small_record
from verifier.both import ROOT, ours, run, theirs
from verifier.bundles import Bundle, commitment_of, zipped
from verifier.mutations import FOREIGN, mutants

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
MUTANTS = 1_000 if IS_SOAK else 150
VECTOR = ROOT / "docs" / "vectors" / "bundle.zip"


def ended_record() -> tuple[bytes, list[Keyring]]:
    """A case with a settlement, printed, whose papers and text travel along."""
    text, paper = chain.jcs({"type": "doc", "content": []}), b"%PDF-1.7 of a settlement"
    record = small_record()
    effective = {"text_hash": sha256(b"MR1T" + text).hexdigest()}
    printed = {"paper": "settlement", "language": "en", "sha256": sha256(paper).hexdigest(), "size": len(paper)}
    record.say("papers", "SettlementEffective", effective).say("papers", "PaperPrinted", printed)
    bundle = Bundle.of(zipped(record.files()), [record.keyring])
    bundle.files |= {"documents/settlement-en.pdf": paper, "documents/settlement.json": text}
    return zipped(bundle.signed()), bundle.keys


# ── bundles of a dispute ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    settings = Settings(data_dir=tmp_path, database_url=database, pool_size=5)
    async with (
        portal_app(settings) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        yield Desk(app, docket, http, port, settings.files_dir)


async def take(desk: Desk, who: str, query: str = "?files=true") -> bytes:
    answer = await desk.ask(who, "GET", f"/bundle{query}")
    assert answer.status_code == 200, answer.text
    return answer.content


@dataclass(frozen=True)
class Taken:
    """What people took away, each with the keys that the portal had had by then."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    """After messages were erased and the key was rotated."""
    first: Keyring
    second: Keyring

    def with_keys(self) -> list[tuple[bytes, list[Keyring]]]:
        return [
            *((content, [self.first]) for content in self.before.values()),
            *((content, [self.first, self.second]) for content in self.after.values()),
        ]


@pytest.fixture
async def taken(desk: Desk, tmp_path: Path) -> Taken:
    """Both sides' bundles, the mediator's and a legal reader's, with files in proven and in confidential rooms."""
    casework, keys = desk.docket.casework, tmp_path / "keys"
    for who, room, text in (
        ("client", "talks", "We are still waiting."),
        ("handler", "talks", "Something said in anger."),
        ("handler", "talks", "Line\u2028separator, “quotes”, \U0001f642 and \u0007 survive."),
        ("client", "joint", "Thank you for coming."),
        ("mediator", "joint", "And thank you both."),
        ("client", "caucus-client", "I could live with less."),
    ):
        await desk.docket.say(who, room, text)
    for who, room in (("client", "talks"), ("handler", "joint"), ("client", "team-client")):
        await desk.send(who, room, f"a file in {room}".encode())
    before = {who: await take(desk, who) for who in ("client", "handler", "mediator")}
    first = Keyring.from_folder(keys)
    async with casework.pool.acquire() as conn:
        for room, seq in (("talks", 2), ("joint", 1)):
            assert await log.erase(conn, desk.docket.case_id, room, seq)
        # As `mediation keys rotate` does it beside the running portal, which notices when it seals the next time.
        await Keyring.from_folder(keys).rotate(conn, keys, clock.now() + timedelta(milliseconds=50))
    await desk.docket.join("companion", "companion", "client")
    await desk.docket.join("counsel", "counsel", "business")
    await desk.docket.say("client", "talks", "Not sealed yet.")
    after = {who: await take(desk, who) for who in ("client", "handler", "mediator", "counsel")}
    after["client, without files"] = await take(desk, "client", "")
    return Taken(before, after, first, Keyring.from_folder(keys))


def names_in(bundle: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        return archive.namelist()


async def test_it_accepts_what_people_take_out_of_a_portal(taken: Taken, tmp_path: Path) -> None:
    for bundles, ring in ((taken.before, taken.first), (taken.after, taken.second)):
        for key in (taken.first, ring):
            answers = theirs(tmp_path, list(bundles.values()), "--key", key.key_id)
            assert [answer for answer in answers if not answer.proven] == []
            assert all(ours(content, key.key_id).proven for content in bundles.values())
            assert all(f"Signed by key {ring.key_id}." in answer.said for answer in answers)
    said = dict(zip(taken.after, theirs(tmp_path, list(taken.after.values())), strict=True))
    assert "withheld or erased: 2; 1 newer" in said["client"].said
    assert "as named by entry talks" in said["client"].said
    assert "file" not in said["client, without files"].said
    assert any(name.startswith("documents/signing-key-") for name in names_in(taken.after["client"]))
    for side in ("client", "handler"):
        assert any(name.startswith("evidence/") for name in names_in(taken.before[side]))


async def test_both_verifiers_find_the_same_proven(taken: Taken, tmp_path: Path) -> None:
    bundles = [content for content, _ in taken.with_keys()]
    for content, answer in zip(bundles, theirs(tmp_path, bundles), strict=True):
        report = verify.check(BytesIO(content))
        proven, shown = answer.said.split("Shown, and proven by nothing but the export's signature:")
        for room in report.rooms:
            (line,) = [line for line in proven.splitlines() if line.startswith(f"  {room.name}: ")]
            assert ("withheld" in line) == bool(room.withheld)
            assert f"withheld or erased: {', '.join(map(str, room.withheld))}" in line or not room.withheld
        for name, count in report.transcripts.items():
            assert f"  {name}: {count} entries" in shown


def test_a_printed_paper_and_the_text_of_a_settlement_are_proven_by_entries(tmp_path: Path) -> None:
    content, _ = ended_record()
    (answer,) = theirs(tmp_path, [content])
    assert (answer.proven, ours(content).proven) == (True, True)
    assert "documents/settlement-en.pdf, 24 bytes, as named by entry papers 5" in answer.said
    assert "documents/settlement.json, 27 bytes, as named by entry papers 4" in answer.said


def test_it_accepts_the_published_vector_and_says_what_it_proves() -> None:
    ended = run(str(VECTOR))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "papers: 3 entries, complete and in order" in ended.stdout
    last = small_record().checkpoints[-1].body
    wrong = run("--seal", "00" * 32, str(VECTOR))
    assert (wrong.returncode, wrong.stdout) == (1, f"No checkpoint has the hash {'00' * 32}.\n")
    assert run("--seal", sha256(last).hexdigest(), str(VECTOR)).returncode == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(17), b"PK\x05\x06" + bytes(18), VECTOR.read_bytes()[:-1]]
)
def test_what_is_no_bundle_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    (answer,) = theirs(tmp_path, [content])
    assert not answer.proven
    assert answer.said.endswith(".")


# ── what is changed is found ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.soak
@pytest.mark.timeout(600 if IS_SOAK else 120)
async def test_no_change_to_what_is_claimed_passes_either_verifier(taken: Taken, tmp_path: Path) -> None:
    seed = Random().randrange(1 << 32)
    vector = VECTOR.read_bytes()
    originals = [(vector, [small_record().keyring]), ended_record(), *taken.with_keys()]
    changed = mutants(originals, MUTANTS, Random(seed))
    answers = theirs(tmp_path, [mutant.content for mutant in changed])
    passed = [
        (number, mutant.kind, answer.proven)
        for number, (mutant, answer) in enumerate(zip(changed, answers, strict=True))
        if answer.proven or ours(mutant.content).proven
    ]
    assert passed == [], f"seed {seed}"
    # The exporter's bundles are signed as they should be: what stands against them are chains and checkpoints.
    by_exporter = [a.said for m, a in zip(changed, answers, strict=True) if m.kind.startswith("the exporter")]
    assert sum("not what its key signed" in said and "manifest" in said for said in by_exporter) < len(by_exporter) / 20
    who = Counter(mutant.kind.split(",")[0].split(":")[0] for mutant in changed)
    print(f"\nsoak: another verifier, {MUTANTS} changed bundles, seed {seed}, none passed either verifier: {dict(who)}")


async def test_a_bundle_that_somebody_made_up_whole_needs_a_fingerprint_to_be_found_out(tmp_path: Path) -> None:
    forged = zipped(SampleRecord(keyring=FOREIGN).say("papers", "CaseOpened", {"title": "Another story"}).files())
    assert [theirs(tmp_path, [forged])[0].proven, ours(forged).proven] == [True, True]
    known = small_record().keyring.key_id
    assert [theirs(tmp_path, [forged], "--key", known)[0].proven, ours(forged, known).proven] == [False, False]


# ── what claims nothing ─────────────────────────────────────────────────────────────────────────────────────────────


def nothing_at_all(bundle: Bundle) -> None:
    pass


def other_words_in_a_transcript(bundle: Bundle) -> None:
    line = bundle.lines["transcripts/joint.jsonl"][0]
    line["entry"] = line["entry"].replace('"text":"', '"text":"Not ')


def no_transcripts(bundle: Bundle) -> None:
    for name in [name for name in bundle.lines if name.startswith("transcripts/")]:
        del bundle.lines[name]


def other_words_in_the_tail(bundle: Bundle) -> None:
    lines, sealed = bundle.rooms()["talks"]
    line = lines[sealed]
    line["entry"] = line["entry"].replace('"text":"', '"text":"Not ')


def no_tail(bundle: Bundle) -> None:
    lines, sealed = bundle.rooms()["talks"]
    assert len(lines) > sealed
    del lines[sealed:]


def an_entry_withheld(bundle: Bundle) -> None:
    lines, _ = bundle.rooms()["papers"]
    lines[0] = {"commitment": commitment_of(lines[0]).hex()}


def no_files(bundle: Bundle) -> None:
    for name in [name for name in bundle.files if name.startswith("evidence/")]:
        del bundle.files[name]


def another_readme_and_document(bundle: Bundle) -> None:
    bundle.files |= {"README.txt": b"Trust me.", "documents/a-word.json": b"{}"}


def a_time_stamp_of_anything(bundle: Bundle) -> None:
    bundle.checkpoints[0]["tst"] = "AAAA"


def for_somebody_else_at_another_time(bundle: Bundle) -> None:
    bundle.manifest |= {"for": "00" * 16, "exported_at": "2001-01-01T00:00:00.000Z"}


def openings_in_another_order(bundle: Bundle) -> None:
    bundle.openings.reverse()


def an_older_state(bundle: Bundle) -> None:
    """The last checkpoint and what it sealed left out, as if the export had been made before."""
    last = json.loads(bundle.checkpoints.pop()["k"])["n"]
    bundle.openings[:] = [line for line in bundle.openings if line["checkpoint"] != last]
    bundle.lines["rooms/papers.jsonl"].pop()


UNCLAIMED: list[Callable[[Bundle], None]] = [
    nothing_at_all, other_words_in_a_transcript, no_transcripts, other_words_in_the_tail, no_tail, an_entry_withheld,
    no_files, another_readme_and_document, a_time_stamp_of_anything, for_somebody_else_at_another_time,
    openings_in_another_order, an_older_state,
]  # fmt: skip


async def test_what_an_exporter_may_say_unproven_passes_both_verifiers(taken: Taken, tmp_path: Path) -> None:
    """So that nobody reads more into a verified bundle than it proves."""
    changed = []
    for change in UNCLAIMED:
        bundle = Bundle.of(taken.after["client"], [taken.first, taken.second])
        change(bundle)
        changed.append(zipped(bundle.signed()))
    answers = [(a.proven, ours(c).proven) for a, c in zip(theirs(tmp_path, changed), changed, strict=True)]
    assert answers == [(True, True)] * len(UNCLAIMED)
    # An older state is found out by the last checkpoint's hash, which was mailed.
    sealed = sha256(Bundle.of(taken.after["client"], []).checkpoints[-1]["k"].encode()).hexdigest()
    with_hash = theirs(tmp_path, changed, "--seal", sealed)
    found_out = [change.__name__ for change, answer in zip(UNCLAIMED, with_hash, strict=True) if not answer.proven]
    assert found_out == ["an_older_state"]


async def test_how_a_bundle_is_packed_claims_nothing(taken: Taken, tmp_path: Path) -> None:
    files = Bundle.of(taken.after["client"], [taken.first, taken.second]).signed()
    files["manifest.sig"] = json.dumps(json.loads(files["manifest.sig"]), indent=2).encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in reversed(files):
            archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), files[name], zipfile.ZIP_DEFLATED)
    assert [theirs(tmp_path, [out.getvalue()])[0].proven, ours(out.getvalue()).proven] == [True, True]


def test_a_member_is_unpacked_no_further_than_announced(tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(10_000_000))
    bomb = bytearray(out.getvalue())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = bomb.index(mark) + at
        bomb[place : place + 4] = (10).to_bytes(4, "little")
    (answer,) = theirs(tmp_path, [bytes(bomb)])
    assert not answer.proven
