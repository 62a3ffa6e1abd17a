"""Somebody at a document, over its real socket: what they are answered, and what they type."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.asyncio.client import ClientConnection, connect

from mediation.drafting import wire
from mediation.drafting.canonical import ROOT

WITHIN = 10.0


def keystrokes(clause: str, words: str) -> bytes:
    """What an editor sends for one clause typed into an empty text."""
    doc: Doc[Any] = Doc()
    root = doc.get(ROOT, type=XmlFragment)
    root.children.append(element := XmlElement("clause", {"id": clause}))
    element.children.append(paragraph := XmlElement("paragraph"))
    paragraph.children.append(XmlText(words))
    return doc.get_update()


def _opening(document: str) -> list[bytes]:
    start = wire.prefix(document)
    token = start + bytes([wire.Type.AUTH, 0]) + wire.var_string("") + wire.var_string("4.8.0")
    return [token, wire.state(start, b"\0")]


@contextlib.asynccontextmanager
async def at_the_document(
    port: int, case_id: str, cookie: Mapping[str, str], *documents: str
) -> AsyncIterator[ClientConnection]:
    """A socket on which these documents are asked for; what comes is still to be read."""
    url = f"ws://127.0.0.1:{port}/api/cases/{case_id}/documents"
    async with connect(url, additional_headers=cookie, proxy=None) as socket:
        for document in documents:
            for frame in _opening(document):
                await socket.send(frame)
        yield socket


async def until(socket: ClientConnection, last: bytes) -> AsyncIterator[bytes]:
    """Every frame that comes, to this one; fails when it does not come."""
    frame = b""
    while frame != last:
        async with asyncio.timeout(WITHIN):
            frame = await socket.recv(decode=False)
        yield frame


async def answers(port: int, case_id: str, cookie: Mapping[str, str], *documents: str) -> list[bytes]:
    """Every frame that comes to somebody who opens these documents."""
    async with at_the_document(port, case_id, cookie, *documents) as socket:
        # The answer to a ping comes after everything that was asked for before.
        await socket.send(wire.PING)
        return [frame async for frame in until(socket, wire.PONG)][:-1]


async def types(port: int, case_id: str, cookie: Mapping[str, str], document: str, update: bytes) -> None:
    """Open a document and type into it; returns once it is saved."""
    start = wire.prefix(document)
    async with at_the_document(port, case_id, cookie, document) as socket:
        await socket.send(wire.difference(start, update))
        async for _ in until(socket, wire.saved(start)):
            pass
