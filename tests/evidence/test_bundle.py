"""Files in what people take away: those of their own rooms, byte for byte, checkable offline."""

import io
import zipfile
from hashlib import sha256

import pytest

from desk import PIECE, Desk, code_of
from mediation.case import commands as c
from mediation.export import evidence, verify

PHOTO = b"a photo that both sides know" * 50_000


async def bundle(desk: Desk, who: str, query: str = "?files=true") -> io.BytesIO:
    answer = await desk.ask(who, "GET", f"/bundle{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-length"] == str(len(answer.content))
    return io.BytesIO(answer.content)


def files_in(packed: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("evidence/")}


async def test_a_bundle_with_files_holds_those_of_ones_own_rooms(desk: Desk) -> None:
    said = {room: room.encode() for room in ("talks", "joint", "caucus-client", "team-client")}
    for room, content in said.items():
        await desk.send("client", room, content)
    await desk.send("handler", "caucus-business", b"ours")
    await desk.send("client", "joint", PHOTO)
    await desk.send("handler", "talks", PHOTO, name="again.jpg")
    for who, expected in (
        ("client", {*said.values(), PHOTO}),
        ("handler", {b"talks", b"joint", b"ours", PHOTO}),
        ("mediator", {b"talks", b"joint", b"caucus-client", b"ours", PHOTO}),
    ):
        packed = await bundle(desk, who)
        assert files_in(packed) == {f"evidence/{sha256(one).hexdigest()}": one for one in expected}
        assert verify.check(packed).participant == desk.docket.seats[who].participant_id


async def test_without_asking_for_them_no_files_are_in_it(desk: Desk) -> None:
    await desk.send("client", "talks", PHOTO)
    packed = await bundle(desk, "client", "")
    assert files_in(packed) == {}
    verify.check(packed)


async def test_the_verifier_says_which_files_the_record_proves(desk: Desk) -> None:
    proven, shown = sha256(b"sent in talks").hexdigest(), sha256(b"shown at the table").hexdigest()
    await desk.send("client", "talks", b"sent in talks")
    await desk.send("client", "joint", b"shown at the table")
    report = verify.check(await bundle(desk, "client"))
    lines = list(report.lines())
    part = lines.index("Shown, not proven by any checkpoint (they are what the portal exported, and no more):")
    (named,) = [line for line in lines[:part] if proven in line]
    assert named.strip() == f"evidence/{proven}, to the byte the file that entry 1 names"
    assert any(shown in line for line in lines[part:])
    assert not any(proven in line for line in lines[part:])


async def test_a_withdrawn_file_is_in_nobodys_bundle(desk: Desk) -> None:
    file = await desk.send("client", "joint", PHOTO)
    await desk.withdraw("client", "joint", file)
    for who in ("client", "handler"):
        packed = await bundle(desk, who)
        assert files_in(packed) == {}
        verify.check(packed)


async def test_who_joined_a_room_later_takes_away_what_came_later(desk: Desk) -> None:
    await desk.send("client", "team-client", b"before")
    await desk.docket.join("counsel", "counsel", "client")
    await desk.send("client", "team-client", b"after")
    assert list(files_in(await bundle(desk, "counsel")).values()) == [b"after"]


async def test_a_file_whose_bytes_are_damaged_stops_the_bundle(desk: Desk) -> None:
    await desk.send("client", "joint", bytes(2 * PIECE))
    desk.stored()[0].write_bytes(b"\x01" * PIECE)
    assert code_of(await desk.ask("client", "GET", "/bundle?files=true")) == (503, "try-again")
    desk.stored()[0].unlink()
    assert code_of(await desk.ask("client", "GET", "/bundle?files=true")) == (503, "try-again")


async def test_more_than_a_bundle_holds_is_said_beforehand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST", 100)
    await desk.send("client", "joint", PHOTO)
    assert code_of(await desk.ask("client", "GET", "/bundle?files=true")) == (409, "bundle-too-large")
    assert files_in(await bundle(desk, "client", "")) == {}


async def test_a_removed_person_takes_no_files_away(desk: Desk) -> None:
    await desk.docket.join("companion", "companion", "client")
    await desk.send("companion", "team-client", PHOTO)
    companion = desk.docket.seats["companion"].participant_id
    await desk.docket.do("client", c.RemoveParticipant, participant=companion)
    assert code_of(await desk.ask("companion", "GET", "/bundle?files=true")) == (403, "not-on-this-case")
