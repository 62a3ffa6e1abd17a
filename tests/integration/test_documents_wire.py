"""Frames that no provider would send: refused with a code, and everybody else goes on."""

import asyncio
import json
import os
import random
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
import websockets
from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from documents_app import CASE
from documents_server import Server, open_case
from mediation.drafting import awareness, wire
from mediation.drafting.awareness import Cursor
from mediation.drafting.session import UNSENT_LIMIT

NAME = "settlement.1"
START = wire.prefix(NAME)
TOKEN = START + bytes([wire.Type.AUTH, 0]) + wire.var_string("") + wire.var_string("4.8.0")
FUZZED = int(os.environ.get("MEDIATION_FUZZED") or (20_000 if os.environ.get("MEDIATION_SOAK") else 300))


@pytest.fixture
async def server(database: str) -> AsyncIterator[Server]:
    await open_case(database)
    async with Server(database) as server:
        yield server


class Peer:
    """A provider spoken by hand, with a document of its own."""

    def __init__(self, connection: ClientConnection, client: int | None = None) -> None:
        self.connection = connection
        self.doc: Doc[Any] = Doc(client_id=client) if client is not None else Doc()
        self.doc["prosemirror"] = XmlFragment()

    async def send(self, frame: bytes) -> None:
        await self.connection.send(frame)

    async def receive(self) -> tuple[int, bytes]:
        """The type and payload of the next frame that is no ping."""
        async with asyncio.timeout(20):
            while True:
                frame = await self.connection.recv()
                assert isinstance(frame, bytes)
                if frame not in {wire.PING, wire.PONG}:
                    address, at = wire.read_var_string(frame, 0)
                    assert address == NAME
                    return frame[at], frame[at + 1 :]

    async def hears(self, kind: wire.Type) -> bytes:
        """The payload of the next frame of that type."""
        while True:
            heard, payload = await self.receive()
            if heard == kind:
                return payload

    async def comes_in(self) -> "Peer":
        """Opens the document and tells that there is nothing to tell."""
        await self.send(TOKEN)
        await self.send(wire.state(START, b"\0"))
        await self.send(wire.difference(START, b"\0\0"))
        assert await self.hears(wire.Type.SYNC_STATUS) == b"\1"
        return self

    async def closed(self) -> tuple[int, str]:
        """The code and reason the server closes with."""
        async with asyncio.timeout(20):
            try:
                while True:
                    await self.connection.recv()
            except ConnectionClosed:
                return self.connection.close_code or 0, self.connection.close_reason or ""

    def paragraph(self, text: str) -> bytes:
        """An update of this peer's document that adds a paragraph."""
        before = self.doc.get_state()
        paragraph = self.doc["prosemirror"].children.append(XmlElement("paragraph"))
        paragraph.children.append(XmlText(text))
        return self.doc.get_update(before)


def connect(server: Server, **who: str) -> websockets.connect:
    """A socket at the documents, as Anna unless told otherwise."""
    return websockets.connect(server.url(**{"participant": "a" * 32, "name": "Anna", **who}), max_size=None)


async def texts(server: Server) -> list[str]:
    """The paragraphs on disk."""
    kept = await server.documents.canonical(CASE, NAME)
    return [node["content"][0]["text"] for node in kept.get("content", []) if "content" in node]


async def test_an_edit_is_passed_on_and_acknowledged(server: Server) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32) as other:
        anna, ben = await Peer(one).comes_in(), await Peer(other).comes_in()
        edit = anna.paragraph("hello")
        await anna.send(wire.update(START, edit))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
        heard = b""
        while not heard.startswith(b"\2"):
            heard = await ben.hears(wire.Type.SYNC)
        assert wire.read_var_bytes(heard, 1)[0] == edit
        assert await texts(server) == ["hello"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"", 4400),
        (b"\xff", 4400),
        (b"\x05abc", 4400),
        (b"\x02\xff\xfe\x00", 4400),
        (START, 4400),
        (START + b"\x63", 4400),
        (START + b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 4400),
        (START + bytes([wire.Type.SYNC, 7]) + b"\0", 4400),
        (START + bytes([wire.Type.SYNC_STATUS, 1]), 4400),
        (wire.update(START, b"\1\2\3"), 4400),
        (wire.update(START, b"\0\0") + b"more", 4400),
        (wire.awareness(START, b"\xff\xff\xff\xff\x0f"), 4400),
        (wire.awareness(START, b"\1\1\1" + wire.var_string("[" * 2_000)), 4400),
        (START + bytes([wire.Type.BROADCAST_STATELESS]) + wire.var_string("hello all"), 4403),
        (START + bytes([wire.Type.AUTH, 2]) + wire.var_string("read-write"), 4400),
    ],
)
async def test_a_frame_that_makes_no_sense_closes_its_socket_alone(server: Server, frame: bytes, code: int) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32) as other:
        anna, ben = await Peer(one).comes_in(), await Peer(other).comes_in()
        await anna.send(frame)
        assert (await anna.closed())[0] == code
        await ben.send(wire.update(START, ben.paragraph("unharmed")))
        assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1"


async def test_text_frames_are_refused(server: Server) -> None:
    async with connect(server) as one:
        await one.send("hello")
        assert (await Peer(one).closed())[0] == 4400


async def test_a_frame_that_is_too_large_is_refused(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        await anna.send(bytes(wire.FRAME_LIMIT + 1))
        assert (await anna.closed())[0] == 1009


async def test_an_edit_that_is_too_large_is_not_taken_and_the_page_is_told(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        await anna.send(wire.update(START, anna.paragraph("x" * 600_000)))
        assert await anna.hears(wire.Type.AUTH) == b"\2" + wire.var_string("readonly")
        assert json.loads(wire.read_var_string(await anna.hears(wire.Type.STATELESS), 0)[0]) == {"code": "too-large"}
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\0"
        assert await texts(server) == []


async def test_an_edit_that_rests_on_one_that_never_came_is_not_acknowledged(server: Server) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32) as other:
        anna, ben = await Peer(one).comes_in(), await Peer(other).comes_in()
        anna.paragraph("held back")
        await anna.send(wire.update(START, anna.paragraph("sent")))
        assert (await anna.closed())[0] == 4400
        assert (await ben.closed())[0] == 4205
    assert await texts(server) == []
    async with connect(server) as again:
        anna = await Peer(again).comes_in()
        await anna.send(wire.update(START, anna.paragraph("in order")))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
    assert await texts(server) == ["in order"]


def nested(levels: int) -> bytes:
    """An update that puts elements into each other."""
    structs = bytearray(b"\x07\x01" + wire.var_string("prosemirror") + b"\x03" + wire.var_string("clause"))
    for clock in range(levels - 1):
        structs += b"\x07\x00\x07" + wire.var_uint(clock) + b"\x03" + wire.var_string("clause")
    return b"\x01" + wire.var_uint(levels) + b"\x07\x00" + bytes(structs) + b"\x00"


@pytest.mark.parametrize("levels", [61, 5_000, 30_000])
async def test_a_document_nested_beyond_reason_is_refused_before_it_is_kept(server: Server, levels: int) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        await anna.send(wire.update(START, nested(levels)))
        assert (await anna.closed())[0] == 4400
    assert await texts(server) == []


async def test_saying_again_that_something_lies_shallow_does_not_let_it_go_deeper(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        await anna.send(wire.update(START, nested(20)))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
        # The twentieth level once more, as if it lay at the top, and twenty below it.
        structs = bytearray(b"\x07\x01" + wire.var_string("prosemirror") + b"\x03" + wire.var_string("clause"))
        for clock in range(19, 39):
            structs += b"\x07\x00\x07" + wire.var_uint(clock) + b"\x03" + wire.var_string("clause")
        await anna.send(wire.update(START, b"\x01\x15\x07\x13" + bytes(structs) + b"\x00"))
        assert (await anna.closed())[0] == 4400
    kept = await server.documents.canonical(CASE, NAME)
    assert json.dumps(kept).count('"clause"') == 20


async def test_an_element_inside_text_is_refused(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        text = b"\x07\x01" + wire.var_string("prosemirror") + b"\x06"
        inside = b"\x07\x00\x07\x00\x03" + wire.var_string("clause")
        await anna.send(wire.update(START, b"\x01\x02\x07\x00" + text + inside + b"\x00"))
        assert (await anna.closed())[0] == 4400
    assert await texts(server) == []


async def test_a_value_nested_beyond_reason_is_refused(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        values = b"\x01\x01\x07\x00\x28\x01" + wire.var_string("prosemirror") + wire.var_string("a") + b"\x01"
        await anna.send(wire.update(START, values + b"\x75\x01" * 100_000 + b"\x7e\x00"))
        assert (await anna.closed())[0] == 4400


async def test_a_document_beside_the_settlement_is_refused(server: Server) -> None:
    async with connect(server) as one:
        anna = await Peer(one).comes_in()
        hidden: Doc[Any] = Doc()
        hidden["elsewhere"] = XmlFragment([XmlElement("paragraph")])
        await anna.send(wire.update(START, hidden.get_update()))
        assert (await anna.closed())[0] == 4400


async def test_nobody_moves_or_removes_the_cursor_of_another(server: Server) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32, name="Ben") as other:
        anna, ben = await Peer(one).comes_in(), await Peer(other).comes_in()
        await anna.send(wire.awareness(START, awareness.encode([Cursor(11, 1, '{"cursor": {"anchor": 1}}')])))
        (told,) = awareness.read(wire.read_var_bytes(await ben.hears(wire.Type.AWARENESS), 0)[0])
        assert told.client == 11
        forged = [Cursor(22, 1, '{"cursor": null}'), Cursor(11, 1 << 50, "null"), Cursor(11, 1 << 51, '{"cursor": {}}')]
        await ben.send(wire.awareness(START, awareness.encode(forged)))
        heard = awareness.read(wire.read_var_bytes(await anna.hears(wire.Type.AWARENESS), 0)[0])
        assert [(one.client, (one.state or {})["user"]["name"]) for one in heard] == [(22, "Ben")]
        await ben.send(START + bytes([wire.Type.QUERY_AWARENESS]))
        (still,) = awareness.read(wire.read_var_bytes(await ben.hears(wire.Type.AWARENESS), 0)[0])
        assert still.state == told.state


async def refused_as_anothers(peer: Peer) -> None:
    """Told why, and let in to read from now on."""
    assert await peer.hears(wire.Type.AUTH) == b"\2" + wire.var_string("readonly")
    assert json.loads(wire.read_var_string(await peer.hears(wire.Type.STATELESS), 0)[0]) == {"code": "not-yours"}
    assert await peer.hears(wire.Type.SYNC_STATUS) == b"\0"


async def says_what_it_had(peer: Peer) -> None:
    """Opens the document and tells everything in this peer's own."""
    await peer.send(TOKEN)
    await peer.send(wire.state(START, b"\0"))
    await peer.hears(wire.Type.AUTH)
    await peer.send(wire.difference(START, peer.doc.get_update()))


async def test_words_under_the_client_id_of_another_are_refused_and_the_page_is_told_why(server: Server) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32) as other:
        anna, ben = await Peer(one, client=11).comes_in(), await Peer(other, client=11).comes_in()
        await anna.send(wire.update(START, anna.paragraph("Anna's")))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
        ben.doc.apply_update(anna.doc.get_update())
        await ben.send(wire.update(START, ben.paragraph("Anna's too, says Ben")))
        await refused_as_anothers(ben)
        # Nor does it help to say that he had them before he came, while she is here to say what is hers.
        async with connect(server, participant="b" * 32) as again:
            late = Peer(again)
            late.doc = ben.doc
            await says_what_it_had(late)
            await refused_as_anothers(late)
        await anna.send(wire.update(START, anna.paragraph("More of Anna's")))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
    assert await texts(server) == ["Anna's", "More of Anna's"]


async def test_whose_a_client_id_is_is_remembered_when_everybody_has_left(server: Server, database: str) -> None:
    async with connect(server) as one:
        anna = await Peer(one, client=11).comes_in()
        await anna.send(wire.update(START, anna.paragraph("Anna's")))
        assert await anna.hears(wire.Type.SYNC_STATUS) == b"\1"
    async with Server(database) as started_again:
        async with connect(started_again, participant="b" * 32) as other, connect(started_again) as one:
            ben = await Peer(other, client=11).comes_in()
            ben.doc.apply_update(anna.doc.get_update())
            await ben.send(wire.update(START, ben.paragraph("Anna's too, says Ben")))
            await refused_as_anothers(ben)
            # Her own page, which was open all the while, goes on under the same id.
            back = Peer(one, client=11)
            back.doc = anna.doc
            await says_what_it_had(back)
            assert await back.hears(wire.Type.SYNC_STATUS) == b"\1"
            await back.send(wire.update(START, back.paragraph("More of Anna's")))
            assert await back.hears(wire.Type.SYNC_STATUS) == b"\1"
        assert await texts(started_again) == ["Anna's", "More of Anna's"]


async def test_words_that_were_lost_with_the_portal_are_brought_back_by_whoever_saw_them(server: Server) -> None:
    anna: Doc[Any] = Doc(client_id=11)
    anna["prosemirror"] = XmlFragment(
        [XmlElement("paragraph", {}, [XmlText("Anna's, and never committed")])],
    )
    async with connect(server, participant="b" * 32) as other:
        ben = Peer(other, client=22)
        ben.doc.apply_update(anna.get_update())
        await says_what_it_had(ben)
        assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1"
        await ben.send(wire.update(START, ben.paragraph("Ben's own")))
        assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1"
    assert await texts(server) == ["Anna's, and never committed", "Ben's own"]


async def test_what_a_stranger_to_the_document_says_is_not_heard(server: Server) -> None:
    async with connect(server) as one:
        anna = Peer(one)
        await anna.send(wire.update(START, anna.paragraph("before being let in")))
        await anna.send(wire.PING)
        assert await one.recv() == wire.PONG
    assert await texts(server) == []


async def test_one_who_never_reads_is_cut_off_and_the_others_go_on(server: Server) -> None:
    async with connect(server) as one, connect(server, participant="b" * 32) as other:
        ben = await Peer(other).comes_in()
        deaf = await Peer(one).comes_in()
        one.transport.pause_reading()
        # More than the sockets' own buffers and ours together.
        for n in range(60):
            await ben.send(wire.update(START, ben.paragraph(f"{n} " + "x" * 400_000)))
            assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1"
            if not any(len(session.open) == 1 and session._outgoing._closing for session in _sessions(server)):
                continue
            break
        else:
            pytest.fail(f"nobody was cut off, with {UNSENT_LIMIT} bytes as the limit")
        one.transport.resume_reading()
        assert (await deaf.closed())[0] in {4408, 1006}
        await ben.send(wire.update(START, ben.paragraph("going on")))
        assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1"


def _sessions(server: Server) -> list[Any]:
    return list(server.documents._sessions.get(CASE, ()))


def mutated(frame: bytes, chance: random.Random) -> bytes:
    """The frame with a few bytes changed, gone, doubled or made up."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 if at < len(data):
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 4)]
            case 2:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 6)))
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 30)]
            case _:
                data[at : at + 1] = chance.choice([b"\xff" * 5, b"\x80", b"\x00", b"\x7f", b"\xff\xff\xff\xff\x0f"])
    return bytes(data)


@pytest.mark.soak
@pytest.mark.timeout(1800 if FUZZED > 300 else 120)
async def test_no_mutated_frame_harms_the_server_or_what_is_kept(server: Server) -> None:
    seed = int(os.environ.get("MEDIATION_SEED", "0")) or random.randrange(1 << 32)
    chance = random.Random(seed)
    written = 0
    for n in range(FUZZED):
        # A new person each time, for one who breaks the document thrice is held off for a while.
        async with connect(server, participant=f"{n:032x}") as one:
            anna = Peer(one)
            frames = [
                TOKEN,
                wire.state(START, b"\0"),
                wire.difference(START, anna.paragraph(f"first {n}")),
                wire.update(START, anna.paragraph(f"second {n}")),
                wire.awareness(START, awareness.encode([Cursor(n, 1, '{"cursor": {"anchor": {"x": 1}}}')])),
            ]
            changed = chance.randrange(len(frames))
            frames[changed] = mutated(frames[changed], chance)
            try:
                for frame in frames:
                    await one.send(frame)
                await one.send(wire.PING)
                while await one.recv() != wire.PONG:
                    pass
            except ConnectionClosed:
                assert one.close_code in {4400, 4403, 4205}, (seed, n, one.close_code, frames[changed].hex())
        if n % 50 == 49:
            async with connect(server, participant="b" * 32) as other:
                ben = await Peer(other).comes_in()
                await ben.send(wire.update(START, ben.paragraph(f"unharmed {n}")))
                assert await ben.hears(wire.Type.SYNC_STATUS) == b"\1", seed
                written += 1
    kept = await texts(server)
    assert sum(text.startswith("unharmed") for text in kept) == written == FUZZED // 50, seed
    sys.stdout.write(f"soak: {FUZZED} mutated frames, seed {seed}, {written} of {written} later edits unharmed\n")
