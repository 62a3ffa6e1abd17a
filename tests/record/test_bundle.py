"""Bundles of a real dispute: what each person takes away verifies, and holds what they may read and nothing else."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import asyncpg
import httpx
import pytest

from mediation import clock
from mediation.bus import Bus
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.demo.scenarios import SCENARIOS
from mediation.demo.story import Story
from mediation.drafting import texts
from mediation.export import verify
from mediation.export.bundle import Document, NotOnThisCase, write_bundle, write_own_bundle
from mediation.record import log
from portal_process import Portal
from sample_record import CLIENT, key

KEYRING = key("the portal's key")


@pytest.fixture
async def story(pool: Pool, database: str) -> Story:
    """The late website, up to the drafting of a settlement."""
    async with pool.acquire() as conn:
        await KEYRING.register(conn)
    casework = Casework(pool, Bus(database), KEYRING, host="The host", texts=texts)
    story = Story(casework, SCENARIOS["late-website"])
    await story.seat_everyone("5e" * 16)
    await story.until("drafting")
    async with pool.acquire() as conn, conn.transaction():
        heads = await log.lock(conn, story.case_id)
        said = [log.Draft("talks", CLIENT, "MessagePosted", {"text": text}) for text in ("one", "two", "three")]
        await log.append(conn, story.case_id, heads, clock.now(), said, KEYRING)
    return story


async def bundle_for(pool: Pool, story: Story, participant: str) -> BytesIO:
    out = BytesIO()
    async with pool.acquire() as conn:
        await write_bundle(conn, story.case_id, participant, out, KEYRING, clock.now())
    return out


async def own_bundle_of(readers: Pool, story: Story, participant: str) -> BytesIO:
    out = BytesIO()
    await write_own_bundle(readers, story.case_id, participant, out, KEYRING, clock.now())
    return out


def lines(bundle: BytesIO, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(bundle) as archive:
        return [json.loads(line) for line in archive.read(name).decode().split("\n")[:-1]]


async def test_everyones_bundle_verifies_and_holds_the_rooms_they_sit_in(pool: Pool, story: Story) -> None:
    shown = {}
    for seat in story.seats.values():
        report = verify.check(await bundle_for(pool, story, seat.participant_id), KEYRING.key_id)
        assert [room.name for room in report.rooms] == ["papers", "talks"]
        async with pool.acquire() as conn:
            lengths = await log.lengths(conn, story.case_id)
        assert all(len(room.heads) - 1 == lengths[room.name] for room in report.rooms)
        shown[seat.role] = set(report.transcripts)
    assert shown["principal"] <= {"joint", "caucus-client", "team-client"}
    assert shown["handler"] <= {"joint", "caucus-business", "team-business"}
    assert shown["mediator"] <= {"joint", "caucus-business", "caucus-client"}
    assert all("joint" in rooms for rooms in shown.values())


async def test_what_a_person_takes_away_themselves_is_what_an_operator_would_hand_them(
    pool: Pool, readers: Pool, story: Story
) -> None:
    for seat in story.seats.values():
        given, taken = (
            await bundle_for(pool, story, seat.participant_id),
            await own_bundle_of(readers, story, seat.participant_id),
        )
        with zipfile.ZipFile(given) as one, zipfile.ZipFile(taken) as other:
            assert one.namelist() == other.namelist()
            same = [name for name in one.namelist() if not name.startswith(("manifest.", "README"))]
            assert [one.read(name) for name in same] == [other.read(name) for name in same]


async def test_an_export_writes_nothing(pool: Pool, story: Story) -> None:
    tables = ["entries", "checkpoints", "openings", "commands"]
    async with pool.acquire() as conn:
        before = [await conn.fetchval(f"SELECT count(*) FROM {table}") for table in tables]
        for seat in story.seats.values():
            await bundle_for(pool, story, seat.participant_id)
        assert [await conn.fetchval(f"SELECT count(*) FROM {table}") for table in tables] == before


async def test_confidential_rooms_go_out_without_salts_or_openings(pool: Pool, story: Story) -> None:
    bundle = await bundle_for(pool, story, next(iter(story.seats.values())).participant_id)
    assert {line["room"] for line in lines(bundle, "openings.jsonl")} == {"papers", "talks"}
    assert all(set(line) == {"entry"} for line in lines(bundle, "transcripts/joint.jsonl"))
    async with pool.acquire() as conn:
        salts = await conn.fetch("SELECT salt FROM entries WHERE room NOT IN ('papers', 'talks') AND salt IS NOT NULL")
        openings = await conn.fetch("SELECT r FROM openings WHERE room NOT IN ('papers', 'talks')")
    with zipfile.ZipFile(bundle) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert salts
    assert not [secret for row in [*salts, *openings] if (secret := row[0].hex()) in everything]


async def test_an_erased_message_is_a_commitment_in_talks_and_absent_from_a_transcript(
    pool: Pool, story: Story
) -> None:
    async with pool.acquire() as conn:
        for room in ("talks", "joint"):
            assert await log.erase(conn, story.case_id, room, 1)
    bundle = await bundle_for(pool, story, next(iter(story.seats.values())).participant_id)
    report = verify.check(bundle, KEYRING.key_id)
    assert {room.name: room.withheld for room in report.rooms} == {"papers": [], "talks": [1]}
    assert set(lines(bundle, "rooms/talks.jsonl")[0]) == {"commitment"}
    assert json.loads(lines(bundle, "transcripts/joint.jsonl")[0]["entry"])["seq"] == 2


async def force_memberships(database: str, statement: str) -> None:
    """Rows that the rules would take many commands to bring about."""
    owner = await asyncpg.connect(database)
    try:
        await owner.execute(f"SET session_replication_role = replica; {statement}")
    finally:
        await owner.close()


async def test_a_transcript_reaches_as_far_as_its_reader_was_a_member(pool: Pool, database: str, story: Story) -> None:
    participant = "77" * 16
    await force_memberships(
        database,
        f"""
        INSERT INTO memberships SELECT '{story.case_id}', m.room, '{participant}', m.since, m.upto
        FROM (VALUES ('papers', 1, NULL), ('talks', 1, 2), ('joint', 2, 3), ('joint', 5, NULL)) AS m (room, since, upto)
        """,
    )
    bundle = await bundle_for(pool, story, participant)
    report = verify.check(bundle)
    assert [room.name for room in report.rooms] == ["papers"]
    seqs = [json.loads(line["entry"])["seq"] for line in lines(bundle, "transcripts/joint.jsonl")]
    assert seqs[:3] == [2, 3, 5]
    assert 4 not in seqs
    # Whoever left the talks keeps what they read there, without openings that would tell how they went on.
    assert [json.loads(line["entry"])["seq"] for line in lines(bundle, "transcripts/talks.jsonl")] == [1, 2]
    assert {line["room"] for line in lines(bundle, "openings.jsonl")} == {"papers"}


async def test_a_legal_reader_takes_the_papers_alone(pool: Pool, database: str, story: Story) -> None:
    participant = "1e" * 16
    await force_memberships(
        database, f"INSERT INTO memberships VALUES ('{story.case_id}', 'papers', '{participant}', 1, NULL)"
    )
    report = verify.check(await bundle_for(pool, story, participant))
    assert [room.name for room in report.rooms] == ["papers"]
    assert report.transcripts == {}


async def test_who_is_not_on_the_case_takes_nothing(pool: Pool, story: Story) -> None:
    with pytest.raises(NotOnThisCase):
        await bundle_for(pool, story, "99" * 16)


async def test_documents_travel_along_and_are_covered_by_the_signature(pool: Pool, story: Story) -> None:
    async def settlement(_conn: object, case_id: str, participant_id: str) -> dict[str, bytes]:
        return {"settlement.1.json": b'{"type":"doc"}'}

    out, participant = BytesIO(), next(iter(story.seats.values())).participant_id
    async with pool.acquire() as conn:
        await write_bundle(conn, story.case_id, participant, out, KEYRING, clock.now(), settlement)
    assert verify.check(out).files == ["documents/settlement.1.json"]
    for name in ("../../etc/passwd", "signing-key-x.json", "", ".hidden", "a/b"):
        with pytest.raises(ValueError, match="name of a file"):
            Document(name, b"")


async def test_the_same_export_twice_is_the_same_bytes(pool: Pool, story: Story) -> None:
    participant, now = next(iter(story.seats.values())).participant_id, clock.now()
    once, again = BytesIO(), BytesIO()
    async with pool.acquire() as conn:
        for out in (once, again):
            await write_bundle(conn, story.case_id, participant, out, KEYRING, now)
    assert once.getvalue() == again.getvalue()


def test_a_bundle_downloaded_from_a_running_portal_verifies_and_is_for_its_owner_alone(
    start_portal: Callable[..., Portal], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    portal = start_portal()
    case = portal.demo()
    own = f"{portal.url}/api/cases/{case['case']}/bundle"
    for person in case["people"]:
        answer = httpx.get(own, headers={"cookie": person["cookie"]})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith('attachment; filename="mediation-record-')
        file = tmp_path / "bundle.zip"
        file.write_bytes(answer.content)
        assert verify.run(file) == 0
        said = capsys.readouterr().out
        assert f"exported for participant {person['participant']}" in said
        seal = httpx.get(own.replace("/bundle", "/seal"), headers={"cookie": person["cookie"]}).json()
        assert seal["checkpoint_sha256"] in said
        assert f"Signed by key {seal['key']}" in said
    spent = [httpx.get(own, headers={"cookie": case["people"][0]["cookie"]}).status_code for _ in range(60)]
    assert spent == [200] * 59 + [429]
    assert httpx.get(own).status_code == 401
    foreign = own.replace(case["case"], "00" * 16)
    assert httpx.get(foreign, headers={"cookie": case["people"][0]["cookie"]}).status_code == 403
