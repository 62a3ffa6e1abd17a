"""Sending files: in pieces, across cuts, checked against what was sent, within bounds."""

import asyncio
import os
from datetime import timedelta
from uuid import uuid4

from desk import PIECE, Desk, code_of, sha256
from mediation import clock
from mediation.evidence import routes
from mediation.identity import limits

LONG = os.urandom(2 * PIECE + 1234)


async def test_a_file_arrives_whole_and_comes_back_as_it_was(desk: Desk) -> None:
    file = await desk.send("client", "joint", LONG, name="Fotos.zip", origin="made-for-mediation")
    for who in ("client", "handler", "mediator"):
        got = await desk.fetch(who, file)
        assert (got.status_code, got.content) == (200, LONG)
        (seen,) = await desk.files(who)
        assert {k: seen[k] for k in ("file", "room", "name", "media_type", "size", "sha256", "origin")} == {
            "file": file,
            "room": "joint",
            "name": "Fotos.zip",
            "media_type": "application/octet-stream",
            "size": len(LONG),
            "sha256": sha256(LONG),
            "origin": "made-for-mediation",
        }


async def test_the_entry_of_a_file_carries_its_hash_for_the_record(desk: Desk) -> None:
    await desk.send("client", "joint", b"a contract")
    async with desk.docket.casework.pool.acquire() as conn:
        kept = await conn.fetchval("SELECT convert_from(entry, 'UTF8') FROM entries WHERE entry LIKE '%FileAdded%'")
    assert f'"att":[{{"len":10,"name":"contract.pdf","sha256":"{sha256(b"a contract")}"}}]' in kept


async def test_a_cut_connection_costs_one_piece(desk: Desk) -> None:
    begun = (await desk.begin("client", "joint", len(LONG))).json()
    assert begun == {"upload": begun["upload"], "received": 0, "piece": PIECE}
    await desk.piece("client", begun["upload"], 0, LONG[:PIECE])
    await _send_half_a_piece(desk, begun["upload"], PIECE)
    so_far = await desk.ask("client", "GET", f"/uploads/{begun['upload']}")
    assert so_far.json() == {"received": PIECE, "size": len(LONG)}
    for offset in range(PIECE, len(LONG), PIECE):
        await desk.piece("client", begun["upload"], offset, LONG[offset : offset + PIECE])
    done = await desk.finish("client", begun["upload"], LONG)
    assert (await desk.fetch("client", done.json()["file"])).content == LONG


async def _send_half_a_piece(desk: Desk, upload: str, offset: int) -> None:
    """A connection that ends in the middle of a body."""
    cookie = (await desk.docket.cookie("client"))["cookie"]
    reader, writer = await asyncio.open_connection("127.0.0.1", desk.port)
    writer.write(
        f"PUT /api/cases/{desk.docket.case_id}/uploads/{upload}?offset={offset} HTTP/1.1\r\nhost: x\r\n"
        f"cookie: {cookie}\r\ncontent-type: application/octet-stream\r\ncontent-length: {PIECE}\r\n\r\n".encode()
        + bytes(PIECE // 2)
    )
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await reader.read()


async def test_the_same_piece_again_is_harmless_and_another_one_in_its_place_is_refused(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", len(LONG))).json()["upload"]
    for _ in range(2):
        assert (await desk.piece("client", upload, 0, LONG[:PIECE])).json() == {"received": PIECE}
    assert code_of(await desk.piece("client", upload, 0, bytes(PIECE))) == (409, "upload-out-of-step")
    assert code_of(await desk.piece("client", upload, 2 * PIECE, LONG[2 * PIECE :])) == (409, "upload-out-of-step")
    assert code_of(await desk.piece("client", upload, 7, LONG[7:PIECE])) == (409, "upload-out-of-step")


async def test_of_two_pieces_for_one_place_at_the_same_moment_one_counts_and_the_other_leaves_nothing(
    desk: Desk,
) -> None:
    size = PIECE + 5
    upload = (await desk.begin("client", "joint", size)).json()["upload"]
    worlds = [bytes([n]) * PIECE for n in range(4)]
    answers = await asyncio.gather(*(desk.piece("client", upload, 0, content) for content in worlds))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(desk.stored()) == 1
    kept = next(c for c, answer in zip(worlds, answers, strict=True) if answer.status_code == 200)
    await desk.piece("client", upload, PIECE, b"12345")
    file = (await desk.finish("client", upload, kept + b"12345")).json()["file"]
    assert (await desk.fetch("client", file)).content == kept + b"12345"


async def test_a_piece_that_arrives_after_the_file_is_finished_changes_nothing(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 9)).json()["upload"]
    await desk.piece("client", upload, 0, b"as agreed")
    row = await desk.app.state.pool.fetchrow("SELECT key, parts FROM uploads")
    file = (await desk.finish("client", upload, b"as agreed")).json()["file"]
    assert code_of(await desk.piece("client", upload, 0, b"otherwise")) == (404, "upload-unknown")
    # And one that had been let in before, and is only now being kept:
    await desk.app.state.storage.put(row["key"], "000000-" + "f" * 32, b"otherwise")
    assert (await desk.fetch("client", file)).content == b"as agreed"


async def test_what_arrives_changed_is_thrown_away(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 9)).json()["upload"]
    await desk.piece("client", upload, 0, b"as signed")
    assert code_of(await desk.finish("client", upload, b"as forged")) == (422, "hash-differs")
    assert code_of(await desk.finish("client", upload, b"as signed")) == (404, "upload-unknown")
    await desk.app.state.sweeper.sweep(clock.now())
    assert desk.stored() == []
    assert await desk.files("client") == []


async def test_bytes_that_rot_before_they_are_checked_are_noticed(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 9)).json()["upload"]
    await desk.piece("client", upload, 0, b"as signed")
    (stored,) = desk.stored()
    stored.write_bytes(b"as forged")
    assert code_of(await desk.finish("client", upload, b"as signed")) == (422, "hash-differs")


async def test_an_upload_is_finished_once_however_often_it_is_asked(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 9)).json()["upload"]
    await desk.piece("client", upload, 0, b"as agreed")
    command_id = uuid4().hex
    answers = await asyncio.gather(*(desk.finish("client", upload, b"as agreed", command_id) for _ in range(4)))
    answers.append(await desk.finish("client", upload, b"as agreed", command_id))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["command_id"] == command_id
    assert len(await desk.files("handler")) == 1
    # Also after it has been withdrawn: the command had its one effect.
    await desk.withdraw("client", "joint", answers[0].json()["file"])
    assert (await desk.finish("client", upload, b"as agreed", command_id)).content == answers[0].content
    assert await desk.files("handler") == []


async def test_an_upload_that_is_not_complete_cannot_be_finished(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", len(LONG))).json()["upload"]
    await desk.piece("client", upload, 0, LONG[:PIECE])
    assert code_of(await desk.finish("client", upload, LONG)) == (409, "upload-incomplete")


async def test_a_piece_that_is_no_whole_piece_is_not_kept(desk: Desk) -> None:
    """Else a file of 25 MiB could lie in 26 million pieces."""
    upload = (await desk.begin("client", "joint", 2 * PIECE)).json()["upload"]
    for content in (b"", b"short", bytes(PIECE - 1)):
        assert code_of(await desk.piece("client", upload, 0, content)) == (422, "piece-does-not-fit")
    assert desk.stored() == []


async def test_more_than_was_announced_is_not_taken(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 9)).json()["upload"]
    assert code_of(await desk.piece("client", upload, 0, b"ten bytes!")) == (422, "piece-does-not-fit")
    await desk.piece("client", upload, 0, b"as agreed")
    assert code_of(await desk.piece("client", upload, PIECE, b"more")) == (409, "upload-out-of-step")


async def test_a_piece_larger_than_a_piece_is_stopped_on_the_way(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 2 * PIECE)).json()["upload"]
    assert code_of(await desk.piece("client", upload, 0, bytes(PIECE + 1))) == (413, "too-large")

    async def endless() -> object:
        for _ in range(40):
            yield bytes(PIECE // 16)

    address = f"/api/cases/{desk.docket.case_id}/uploads/{upload}?offset=0"
    headers = {**await desk.docket.cookie("client"), "content-type": "application/octet-stream"}
    # Without a length, or with a false one: what counts is what arrives.
    answer = await desk.http.put(address, content=endless(), headers=headers)  # type: ignore[arg-type]
    assert code_of(answer) == (413, "too-large")
    assert desk.stored() == []


async def test_a_length_that_lies_gains_nothing(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 2 * PIECE)).json()["upload"]
    cookie = (await desk.docket.cookie("client"))["cookie"]
    for stated in ("-1", "1e6", "999999999999999999999999", "0x10"):
        reader, writer = await asyncio.open_connection("127.0.0.1", desk.port)
        writer.write(
            f"PUT /api/cases/{desk.docket.case_id}/uploads/{upload}?offset=0 HTTP/1.1\r\nhost: x\r\n"
            f"cookie: {cookie}\r\nconnection: close\r\ncontent-type: application/octet-stream\r\n"
            f"content-length: {stated}\r\n\r\n".encode()
            + bytes(100)
        )
        await writer.drain()
        writer.write_eof()
        status = (await reader.readline()).split()
        assert not status or status[1].startswith(b"4"), (stated, status)
        writer.close()
    assert (await desk.ask("client", "GET", f"/uploads/{upload}")).json()["received"] == 0


async def test_only_plain_bytes_are_taken(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 2)).json()["upload"]
    for media_type in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        answer = await desk.ask(
            "client", "PUT", f"/uploads/{upload}?offset=0", content=b"{}", headers={"content-type": media_type}
        )
        assert code_of(answer) == (415, "not-bytes")


async def test_a_file_that_is_too_large_is_refused_before_it_is_sent(desk: Desk) -> None:
    assert code_of(await desk.begin("client", "joint", 3 * PIECE + 1)) == (413, "file-too-large")


async def test_each_side_has_so_many_files_and_so_many_bytes_in_a_room(desk: Desk) -> None:
    for n in range(4):
        await desk.send("client", "joint", b"%d" % n)
    assert code_of(await desk.begin("client", "joint", 1)) == (409, "room-is-full")
    # Another room has a share of its own: it would tell nobody how much lies here.
    big = bytes(3 * PIECE)
    for _ in range(2):
        await desk.send("client", "caucus-client", big)
    assert code_of(await desk.begin("client", "caucus-client", len(big))) == (409, "room-is-full")
    await desk.send("client", "caucus-client", bytes(2 * PIECE))


async def test_nobody_fills_a_room_to_keep_the_other_side_from_showing_a_file(desk: Desk) -> None:
    for room in ("talks", "joint"):
        for n in range(4):
            await desk.send("handler", room, b"%d" % n)
        await desk.send("client", room, b"mine")
        await desk.send("mediator", room, b"neither's")


async def test_the_last_place_of_a_side_is_taken_once(desk: Desk) -> None:
    for n in range(3):
        await desk.send("client", "joint", b"%d" % n)
    uploads = [(await desk.begin("client", "joint", 4)).json()["upload"] for _ in range(2)]
    for upload in uploads:
        await desk.piece("client", upload, 0, b"last")
    answers = await asyncio.gather(*(desk.finish("client", upload, b"last") for upload in uploads))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(await desk.files("client")) == 4


async def test_one_person_has_so_many_uploads_under_way(desk: Desk) -> None:
    answers = await asyncio.gather(*(desk.begin("client", "joint", 10) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409]
    assert (await desk.begin("handler", "joint", 10)).status_code == 201
    given_up = next(a for a in answers if a.status_code == 201).json()["upload"]
    assert (await desk.ask("client", "DELETE", f"/uploads/{given_up}")).status_code == 204
    assert (await desk.ask("client", "DELETE", f"/uploads/{given_up}")).status_code == 204
    assert (await desk.begin("client", "joint", 10)).status_code == 201


async def test_uploads_that_nobody_goes_on_with_give_way(desk: Desk) -> None:
    for _ in range(2):
        begun = await desk.begin("client", "joint", 10)
        await desk.piece("client", begun.json()["upload"], 0, b"0123456789")
    await desk.app.state.pool.execute("UPDATE uploads SET touched_at = touched_at - interval '20 minutes'")
    assert (await desk.begin("client", "joint", 10)).status_code == 201


async def test_an_upload_that_was_left_is_gone_after_a_day(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 2 * PIECE)).json()["upload"]
    await desk.piece("client", upload, 0, bytes(PIECE))
    await desk.app.state.sweeper.sweep(clock.now() + timedelta(hours=23))
    assert len(desk.stored()) == 1
    await desk.app.state.sweeper.sweep(clock.now() + timedelta(hours=25))
    assert desk.stored() == []
    assert code_of(await desk.ask("client", "GET", f"/uploads/{upload}")) == (404, "upload-unknown")


async def test_the_same_beginning_again_is_the_same_upload(desk: Desk) -> None:
    command_id = uuid4().hex
    first = (await desk.begin("client", "joint", 2 * PIECE, command_id=command_id)).json()
    await desk.piece("client", first["upload"], 0, bytes(PIECE))
    again = await desk.begin("client", "joint", 2 * PIECE, command_id=command_id)
    assert again.json() == {**first, "received": PIECE}
    other = await desk.begin("client", "joint", 3, command_id=command_id)
    assert code_of(other) == (409, "command-id-reused")
    # The other side's command of the same id is another one.
    assert (await desk.begin("handler", "joint", 3, command_id=command_id)).json()["upload"] != first["upload"]


async def test_an_upload_is_its_beginners_alone(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 4)).json()["upload"]
    for which in (upload, uuid4().hex, "../../etc/passwd", "%00", "x" * 500):
        for answer in (
            await desk.ask("handler", "GET", f"/uploads/{which}"),
            await desk.finish("handler", which, b"") if which == upload else None,
        ):
            if answer is not None:
                assert answer.status_code in {400, 404}, (which, answer.text)
    assert code_of(await desk.piece("handler", upload, 0, b"mine")) == (404, "upload-unknown")
    assert (await desk.ask("handler", "DELETE", f"/uploads/{upload}")).status_code == 204
    assert (await desk.ask("client", "GET", f"/uploads/{upload}")).json() == {"received": 0, "size": 4}


async def test_whoever_may_not_speak_in_a_room_learns_it_before_sending(desk: Desk) -> None:
    assert code_of(await desk.begin("handler", "caucus-client", 4)) == (403, "not-in-this-room")
    assert code_of(await desk.begin("handler", "private-00000000", 4)) == (403, "not-in-this-room")
    assert code_of(await desk.begin("handler", "papers", 4)) == (403, "not-in-this-room")


async def test_beginning_too_often_is_counted(desk: Desk) -> None:
    async with desk.app.state.pool.acquire() as conn:
        for _ in range(routes.UPLOADS.tries):
            await limits.spend(conn, routes.UPLOADS, desk.docket.seats["client"].account_id, clock.now())
    refused = await desk.begin("client", "joint", 4)
    assert code_of(refused) == (429, "too-many-tries")
    assert int(refused.headers["retry-after"]) > 0


async def test_what_an_account_sends_in_an_hour_is_counted(desk: Desk) -> None:
    upload = (await desk.begin("client", "joint", 2 * PIECE)).json()["upload"]
    budget = limits.upload_bytes(desk.app.state.settings)
    await desk.app.state.leases.spend(budget, desk.docket.seats["client"].account_id, budget.tries - PIECE)
    assert (await desk.piece("client", upload, 0, bytes(PIECE))).status_code == 200
    assert code_of(await desk.piece("client", upload, PIECE, bytes(PIECE))) == (429, "too-many-tries")
