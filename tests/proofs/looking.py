"""Everything that somebody may look at or try in a case, done in both worlds and compared."""

import asyncio
import contextlib
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

import websockets

from buttons import everything
from feeds import watching
from mediation.case import commands as c
from mediation.case.commands import COLLECTIONS
from mediation.case.decide import decide
from mediation.case.events import MessagePosted
from mediation.case.refusals import Refusal
from mediation.drafting import wire
from mediation.identity.guards import ADMIN, SEAT, SIGNED_IN, STAFF, declared_who
from mediation.notices.letters import Letters
from mediation.notices.worker import Teller
from proofs.masks import comparable, document_frames
from proofs.two_worlds import World, Worlds
from proofs.whole_portal import numbered

ROOMS = (
    "papers",
    "talks",
    "joint",
    *(f"{kind}-{party}" for kind in ("caucus", "team") for party in ("business", "client")),
)
# They tell of the account and its browsers, whose sessions are drawn at random; nothing of any case.
OF_THE_ACCOUNT = {"/api/account", "/api/me"}
ATTEMPTS = 30
TWO_DAYS = timedelta(days=2)


async def look_at_everything(worlds: Worlds, both: tuple[World, World], chance: Random) -> None:
    """What the viewer can read, find, fetch, try and hear; raises ToldApart."""
    await read_everything(worlds, both)
    for command in _attempts(both[0], chance):
        answers = [comparable(await world.send(world.plan.viewer, command)) for world in both]
        worlds.same(f"{command}", *answers)
    for world in both:
        # Two days later, by when everything is mailed that anybody wanted to hear of.
        teller = Teller(world.portal.casework.pool, Letters("https://p.example"), now=lambda: worlds.now + TWO_DAYS)
        await teller.look()
    worlds.same("the mail", *[await _mail(world) for world in both])
    drafts = [*both[1].hidden_drafts, "draft-business.1", "draft-client.1"]
    worlds.same("the documents", *[await _documents(world, drafts) for world in both])
    async with contextlib.AsyncExitStack() as stack:
        await _let_somebody_type(both, stack)
        worlds.same("the frames", *[await _frames(world) for world in both])


async def read_everything(worlds: Worlds, both: tuple[World, World]) -> None:
    """What the viewer can read, find and fetch; raises ToldApart."""
    first = both[0]
    for path in (*_pages(first), *_rooms(first), *_words(first), *_files(*both)):
        answers = [comparable(await world.get(path)) for world in both]
        assert answers[0][0] < 500, f"{path}: {answers[0]}"
        worlds.same(path, *answers)


async def _let_somebody_type(both: tuple[World, World], stack: contextlib.AsyncExitStack) -> None:
    """Somebody else comes, and writes where both may read; in the second world also where the viewer may not."""
    book, viewer = both[0].plan.first, both[0].plan.viewer
    mine = book.reads_from(viewer)
    for who in both[0].headers:
        theirs = book.reads_from(who) if who in book.whole.papers.people else {}
        hidden = sorted({*theirs} - {*mine})
        shared = sorted(({*theirs} & {*mine}) - {"papers"})
        if who == viewer or not hidden or not shared:
            continue
        for world in both:
            own = world.browser
            assert own is not None
            other = await stack.enter_async_context(watching(world.portal.port, world.plan.case_id, world.headers[who]))
            await own.until(lambda frame: frame["type"] == "presence")
            if world is both[1]:
                for room in hidden:
                    await other.send(type="typing", room=room)
                await other.silence()
                # What should not come would come by now.
                for _ in range(3):
                    await world.get(world.case)
                    await own.silence()
            await other.send(type="typing", room=shared[0])
            await own.until(lambda frame: frame["type"] == "typing")
        return


def _pages(world: World) -> Iterator[str]:
    """Every route that can be read without naming more than the case, also those that are made after this test."""
    for route in world.portal.app.routes:
        path = route.path.replace("{case_id:str}", world.plan.case_id)
        for handler in getattr(route, "route_handlers", ()):
            is_read = "GET" in {str(method) for method in handler.http_methods}
            needs_a_session = declared_who(handler) in {SEAT, SIGNED_IN, STAFF, ADMIN}
            if is_read and needs_a_session and "{" not in path and path not in OF_THE_ACCOUNT:
                yield path


def _rooms(world: World) -> Iterator[str]:
    for room in sorted({*ROOMS, *world.plan.first.rooms, "private-00000000"}):
        yield f"{world.case}/rooms/{room}/entries"
        yield f"{world.case}/rooms/{room}/entries?after=2&limit=3"


def _words(world: World) -> Iterator[str]:
    """Searches for what was said anywhere, and for what was said nowhere."""
    entries = [told.event for room in world.plan.first.rooms.values() for told in room if told is not None]
    said = [str(event.text) for event in entries if isinstance(event, MessagePosted)]
    for text in sorted(
        {*said[:6], "something else", "words of a draft", "one more", "words", "No ties", "none of this"}
    ):
        yield f"{world.case}/search?q={text[:40].replace(' ', '%20')}"


def _files(world: World, other: World) -> Iterator[str]:
    for file in other.hidden_files:
        yield f"{world.case}/files/{file}"
        yield f"{world.case}/files/{file}/preview?page=1"
    for told in world.plan.first.rooms.values():
        for one in told:
            named = getattr(one.event, "file", None) if one is not None else None
            if named is not None:
                yield f"{world.case}/files/{named}"
                yield f"{world.case}/files/{named}/preview?page=1"
    yield f"{world.case}/files/{numbered('no', 'file')}"
    yield f"{world.case}/uploads/{numbered('no', 'upload')}"


def _attempts(world: World, chance: Random) -> Iterator[c.Command]:
    """Commands of the viewer on everything there is, their own rooms or not, that change nothing: all are refused."""
    book, viewer = world.plan.first, world.plan.viewer
    known, now = book.known_to(viewer), world.plan.turns[-1].first[0].at
    tried = [k for k in everything(book.whole, numbered("attempt", 0), "words of an attempt") if type(k) in COLLECTIONS]
    chance.shuffle(tried)
    refused = (command for command in tried if _is_refused(known, command, viewer, now))
    for number, command in enumerate(islice(refused, ATTEMPTS)):
        yield type(command)(**{**_fields(command), "command_id": numbered("attempt", number)})


def _fields(command: c.Command) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__struct_fields__}


def _is_refused(known: Any, command: c.Command, viewer: str, now: Any) -> bool:
    try:
        decide(known, command, viewer, now)
    except Refusal:
        return True
    return False


async def _mail(world: World) -> list[tuple[str, str]]:
    """Every mail to the viewer, with its links and codes left out: they are drawn at random."""
    address = await world.portal.owner.fetchval(
        "SELECT email FROM accounts WHERE account_id = $1::text::uuid", world.accounts[world.plan.viewer]
    )
    rows = await world.portal.owner.fetch(
        "SELECT kind, message FROM outbox WHERE message::jsonb ->> 'to' = $1 ORDER BY created_at, kind", address
    )
    return [(row["kind"], re.sub(r"(?<=/notice/)[0-9a-f]{32}|[\w-]{43}|\d{6}", "…", row["message"])) for row in rows]


async def _documents(world: World, drafts: list[str]) -> list[object]:
    """The frames of the shared document, from the first to the last that a newcomer gets, and of others' drafts."""
    heard: list[bytes] = []
    url = f"ws://127.0.0.1:{world.portal.port}{world.case}/documents"
    async with websockets.connect(url, additional_headers=world.headers[world.plan.viewer], proxy=None) as socket:
        for name in ("settlement.1", "settlement.2", *drafts[:5]):
            start = wire.prefix(name)
            await socket.send(start + bytes([wire.Type.AUTH, 0]) + wire.var_string("") + wire.var_string("4.8.0"))
            await socket.send(wire.state(start, b"\0"))
        # The answer to a ping comes after everything that was asked for before.
        await socket.send(wire.PING)
        async with asyncio.timeout(10):
            while (frame := await socket.recv()) != wire.PONG:
                heard.append(frame if isinstance(frame, bytes) else frame.encode())
    return document_frames(heard)


async def _frames(world: World) -> list[object]:
    """Everything the feed has told, in order; nothing is under way any more."""
    assert world.browser is not None
    await world.browser.silence()
    return [json.dumps(frame) for frame in world.browser.frames if frame["type"] != "pong"]
