"""Files as others get them: for saving and never for running, from one's own rooms alone, gone when withdrawn."""

import asyncio
import re
import socket
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import httpx
import pytest

from desk import PIECE, Desk, code_of
from mediation import clock
from mediation.case import commands as c
from mediation.case.events import TalkErased
from mediation.casework import attachment
from mediation.db import reading_as
from mediation.evidence.names import cleaned, disposition
from mediation.record import log

GIF_AND_SCRIPT = b"GIF89a/*\x01\x00\x01\x00\x80*/=1;alert(document.cookie)//"
PDF_AND_PAGE = b"%PDF-1.4\n<html><script>alert(document.cookie)</script></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.cookie)</script></svg>'
PAGE = b"<!doctype html><script>alert(document.cookie)</script>"
ZIP = b"PK\x03\x04" + bytes(200)


def what_travels(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All of an answer but the time of day."""
    return answer.status_code, answer.content, [(k, v) for k, v in answer.headers.items() if k != "date"]


PRETENDERS = (
    (GIF_AND_SCRIPT, "image/gif"),
    (PDF_AND_PAGE, "application/pdf"),
    (DRAWING, "application/octet-stream"),
    (PAGE, "application/octet-stream"),
    (b"\n" + PDF_AND_PAGE, "application/octet-stream"),
    (ZIP, "application/octet-stream"),
    (b"\x89PNG\r\n\x1a\n<script>", "image/png"),
)


async def test_whatever_a_file_pretends_to_be_a_browser_only_saves_it(desk: Desk) -> None:
    for n, (content, media_type) in enumerate(PRETENDERS):
        file = await desk.send("client", ("talks", "joint")[n % 2], content, name="page.html")
        got = await desk.fetch("handler", file)
        assert (got.content, got.headers["content-type"]) == (content, media_type)
        assert got.headers["content-disposition"].startswith("attachment;")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["cross-origin-resource-policy"] == "same-origin"
        assert got.headers["content-length"] == str(len(content))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("C:\\Users\\dana\\..\\contract.pdf", "contract.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  .hidden.  ", "hidden"),
        ("a\tb\r\nc.txt", "a b  c.txt"),
        ("\u200b\u2066\u00ad", "file"),
        ("Größe “1”.pdf", "Größe “1”.pdf"),
        ('a";filename="b.exe', 'a";filename="b.exe'),
        ("می‌خواهم.pdf", "می‌خواهم.pdf"),
        ("x" * 251 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_one_readable_line_without_a_path(sent: str, shown: str) -> None:
    assert cleaned(sent) == shown
    saved_as = disposition(shown)
    assert saved_as.isascii()
    plain, whole = re.fullmatch(r"attachment; filename=\"([^\"]+)\"; filename\*=UTF-8''(\S+)", saved_as).groups()  # type: ignore[union-attr]
    assert unquote(whole) == shown
    assert not any(c in plain for c in "\r\n\\/;")


async def test_a_file_has_the_cleaned_name_everywhere(desk: Desk) -> None:
    file = await desk.send("client", "joint", b"1", name="../Größe\u202e.pdf")
    assert (await desk.files("handler"))[0]["name"] == "Größe.pdf"
    saved_as = (await desk.fetch("handler", file)).headers["content-disposition"]
    assert saved_as == "attachment; filename=\"Groe.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf"
    assert [one.name for one in desk.stored() if "Gr" in str(one)] == []


async def test_a_name_with_controls_or_without_end_is_refused(desk: Desk) -> None:
    for name in ("a\x00b.pdf", "a\x1bb.pdf", "a\x7fb.pdf", "", "x" * 256):
        assert code_of(await desk.begin("client", "joint", 1, name=name)) == (400, "invalid-input")


async def test_a_file_of_a_room_one_is_not_in_looks_like_one_that_never_was(desk: Desk) -> None:
    file = await desk.send("client", "caucus-client", b"what we would really take")
    for path in ("", "/preview"):
        answers = {
            which: what_travels(await desk.ask("handler", "GET", f"/files/{which}{path}"))
            for which in (file, uuid4().hex, "zz")
        }
        assert answers[file][0] == 404
        assert len({repr(answer) for answer in answers.values()}) == 1, answers
    withdrawals = [await desk.withdraw("handler", "caucus-client", which) for which in (file, uuid4().hex)]
    assert what_travels(withdrawals[0]) == what_travels(withdrawals[1])
    assert (await desk.fetch("mediator", file)).content == b"what we would really take"


async def test_a_file_in_a_caucus_changes_nothing_for_the_other_side(desk: Desk) -> None:
    async def world() -> list[object]:
        answers = [
            await desk.ask("handler", "GET", path)
            for path in ("", "/rooms/joint/entries", "/rooms/papers/entries", "/search?q=offer", "/seal")
        ]
        return [what_travels(answer) for answer in answers]

    before = await world()
    for room in ("caucus-client", "team-client"):
        await desk.send("client", room, b"an offer", name="offer.pdf")
        upload = (await desk.begin("client", room, 2 * PIECE)).json()["upload"]
        await desk.ask("client", "DELETE", f"/uploads/{upload}")
    assert await world() == before


async def test_equal_files_of_two_rooms_share_nothing(desk: Desk) -> None:
    for who, room in (("client", "caucus-client"), ("handler", "caucus-business")):
        await desk.send(who, room, b"the same letter")
    first, second = desk.stored()
    assert (first.name, first.parent) != (second.name, second.parent)
    assert first.name != second.name
    (mine,), (theirs,) = await desk.files("client"), await desk.files("handler")
    assert mine["file"] != theirs["file"]


async def test_below_the_application_the_database_shows_files_of_ones_own_rooms_alone(desk: Desk) -> None:
    files = {
        room: await desk.send(who, room, room.encode())
        for who, room in (
            ("client", "talks"),
            ("client", "joint"),
            ("client", "caucus-client"),
            ("handler", "caucus-business"),
        )
    }
    await desk.begin("client", "team-client", 10)
    shown = {}
    for who in ("client", "handler", "mediator"):
        seat = desk.docket.seats[who]
        async with reading_as(desk.app.state.readers, seat.case_id, seat.participant_id) as conn:
            rows = await conn.fetch("SELECT file_id, room FROM files")
            uploads = await conn.fetchval("SELECT count(*) FROM uploads")
        shown[who] = ({row["room"] for row in rows}, uploads)
        assert {row["file_id"].hex for row in rows} == {files[row["room"]] for row in rows}
    assert shown == {
        "client": ({"talks", "joint", "caucus-client"}, 1),
        "handler": ({"talks", "joint", "caucus-business"}, 0),
        "mediator": ({"talks", "joint", "caucus-client", "caucus-business"}, 0),
    }
    async with desk.app.state.readers.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM files") == 0


async def test_who_joins_a_private_room_later_opens_the_files_from_then_on(desk: Desk) -> None:
    early = await desk.send("client", "team-client", b"before counsel came")
    await desk.docket.join("counsel", "counsel", "client")
    late = await desk.send("client", "team-client", b"for counsel")
    assert (await desk.fetch("counsel", late)).content == b"for counsel"
    assert code_of(await desk.fetch("counsel", early)) == (404, "file-unknown")
    assert [f["file"] for f in await desk.files("counsel")] == [late]


async def test_who_was_removed_opens_nothing_any_more(desk: Desk) -> None:
    await desk.docket.join("companion", "companion", "client")
    file = await desk.send("companion", "team-client", b"mine")
    upload = (await desk.begin("companion", "team-client", 4)).json()["upload"]
    companion = desk.docket.seats["companion"].participant_id
    await desk.docket.do("client", c.RemoveParticipant, participant=companion)
    for answer in (
        await desk.fetch("companion", file),
        await desk.preview("companion", file),
        await desk.piece("companion", upload, 0, b"mine"),
        await desk.finish("companion", upload, b"mine"),
        await desk.ask("companion", "GET", f"/uploads/{upload}"),
        await desk.ask("companion", "GET", "/search?q=mine"),
    ):
        assert code_of(answer) == (403, "not-on-this-case")
    assert (await desk.fetch("client", file)).content == b"mine"


async def test_withdrawing_erases_the_bytes_the_name_and_the_words(desk: Desk) -> None:
    file = await desk.send("client", "joint", b"x" * (PIECE + 1), name="Embarrassing.pdf")
    assert len(desk.stored()) == 2
    assert code_of(await desk.withdraw("handler", "joint", file)) == (403, "not-yours")
    assert (await desk.withdraw("client", "joint", file)).status_code == 201
    assert code_of(await desk.fetch("client", file)) == (404, "file-unknown")
    assert await desk.files("handler") == []
    await desk.app.state.sweeper.sweep(clock.now())
    assert desk.stored() == []
    assert await _mentions(desk, "Embarrassing") == []


async def _mentions(desk: Desk, word: str) -> list[str]:
    """The tables that still hold a word."""
    tables = await desk.app.state.pool.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND has_table_privilege(oid, 'SELECT')"
    )
    found = []
    for (table,) in tables:
        rows = await desk.app.state.pool.fetch(f"SELECT * FROM {table}")
        if any(word in str(value) for row in rows for value in row.values()):
            found.append(table)
    return found


async def test_what_was_erased_while_the_store_was_away_is_erased_when_it_is_back(desk: Desk) -> None:
    file = await desk.send("client", "joint", b"gone")
    hidden = desk.folder.with_name("unplugged")
    await desk.withdraw("client", "joint", file)
    sweeper, now = desk.app.state.sweeper, clock.now()
    desk.folder.rename(hidden)
    desk.folder.write_bytes(b"not a folder")
    await sweeper.sweep(now)
    desk.folder.unlink()
    hidden.rename(desk.folder)
    await sweeper.sweep(now)
    await sweeper.sweep(now + timedelta(minutes=2))
    assert desk.stored() == []


async def test_a_piece_that_was_under_way_when_its_file_was_erased_is_erased_after_it(desk: Desk) -> None:
    file = await desk.send("client", "joint", b"gone")
    key = await desk.app.state.pool.fetchval("SELECT key FROM files")
    await desk.withdraw("client", "joint", file)
    sweeper, now = desk.app.state.sweeper, clock.now()
    await sweeper.sweep(now)
    await desk.app.state.storage.put(key, "page-01.webp", b"drawn meanwhile")
    await sweeper.sweep(now + timedelta(minutes=11))
    assert desk.stored() == []
    assert await desk.app.state.pool.fetchval("SELECT count(*) FROM bytes_to_erase") == 0


async def test_erasing_a_whole_room_erases_its_files(desk: Desk) -> None:
    for room in ("caucus-client", "joint"):
        await desk.send("client", room, room.encode())
    async with desk.app.state.pool.acquire() as conn, conn.transaction():
        told = ("papers", TalkErased(what="caucuses"))
        await desk.docket.casework.record(conn, desk.docket.case_id, [told], clock.now())
        await log.erase_room(conn, desk.docket.case_id, "caucus-client", clock.now())
    await desk.app.state.sweeper.sweep(clock.now())
    (left,) = desk.stored()
    assert left.read_bytes() == b"joint"


async def test_nobody_but_the_owner_of_the_portal_reads_the_folder(desk: Desk) -> None:
    assert desk.folder.stat().st_mode & 0o077 == 0


async def test_bytes_that_were_lost_are_a_refusal_and_not_half_a_file(desk: Desk) -> None:
    file = await desk.send("client", "joint", bytes(2 * PIECE))
    first, second = sorted(desk.stored())
    second.unlink()
    with pytest.raises(httpx.RemoteProtocolError):
        await desk.fetch("client", file)
    first.unlink()
    assert code_of(await desk.fetch("client", file)) == (404, "file-unknown")


async def test_a_reader_who_never_reads_is_let_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = asyncio.Event()
    monkeypatch.setattr(attachment, "_PATIENCE", timedelta(seconds=0.3))
    monkeypatch.setattr(attachment.log, "warning", lambda *_, **__: let_go.set())
    file = await desk.send("client", "joint", bytes(3 * PIECE))
    cookie = (await desk.docket.cookie("client"))["cookie"]
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(reader, ("127.0.0.1", desk.port))
        request = f"GET /api/cases/{desk.docket.case_id}/files/{file} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n"
        await loop.sock_sendall(reader, request.encode())
        async with asyncio.timeout(20):
            await let_go.wait()
