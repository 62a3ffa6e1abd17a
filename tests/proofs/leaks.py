"""Leaks that somebody might build in one day, put into the running portal: each tells people of rooms not theirs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from mediation import outbox
from mediation.case.decide import may
from mediation.case.refusals import Refusal
from mediation.casework import search as searching
from mediation.casework.folds import Folds
from mediation.casework.handle import Casework
from mediation.evidence import files
from mediation.evidence import routes as evidence
from mediation.identity.middleware import Door
from mediation.invitations import sent
from mediation.invitations.ledger import row_of
from mediation.live import wire
from mediation.live.feed import Feed
from mediation.live.hub import Hub
from mediation.live.presence import Presence
from mediation.mail.message import Message
from mediation.problems import Problem
from mediation.record import log

Leak = Callable[[pytest.MonkeyPatch], None]
_SAID = "SELECT coalesce(sum(length), 0)::int FROM rooms WHERE case_id = $1"
_SAID_IN_CAUCUS = f"{_SAID} AND room LIKE 'caucus-%'"


async def _count(pool: Any, case_id: str, query: str = _SAID) -> int:
    async with pool.acquire() as conn:
        return int(await conn.fetchval(query, UUID(case_id)))


def _with_view(patch: pytest.MonkeyPatch, change: Callable[[Casework, str, Any], Any]) -> None:
    """Change what `GET` of a case answers, knowing everything."""
    was = Casework.view

    async def view(casework: Casework, conn: Any, case_id: str, viewer: str, *more: Any, **named: Any) -> Any:
        return await change(casework, case_id, await was(casework, conn, case_id, viewer, *more, **named))

    patch.setattr(Casework, "view", view)


def a_count_of_what_was_said_on_every_screen(patch: pytest.MonkeyPatch) -> None:
    async def change(casework: Casework, case_id: str, view: Any) -> Any:
        return replace(view, fees=f"{await _count(casework.pool, case_id)} contributions so far")

    _with_view(patch, change)


def people_in_the_order_in_which_they_last_spoke(patch: pytest.MonkeyPatch) -> None:
    spoke = """
        SELECT convert_from(entry, 'UTF8')::jsonb ->> 'actor' AS actor, max(place) AS last FROM entries
        WHERE case_id = $1 AND entry IS NOT NULL GROUP BY 1
        """

    async def change(casework: Casework, case_id: str, view: Any) -> Any:
        async with casework.pool.acquire() as conn:
            last = {row["actor"]: row["last"] for row in await conn.fetch(spoke, UUID(case_id))}
        return replace(view, people=sorted(view.people, key=lambda person: -last.get(person.participant, 0)))

    _with_view(patch, change)


def a_button_that_waits_for_a_private_talk(patch: pytest.MonkeyPatch) -> None:
    async def change(casework: Casework, case_id: str, view: Any) -> Any:
        if await _count(casework.pool, case_id, _SAID_IN_CAUCUS) % 2:
            return replace(view, allowed_actions=view.allowed_actions[1:])
        return view

    _with_view(patch, change)


def numbers_that_run_through_all_rooms(patch: pytest.MonkeyPatch) -> None:
    """A counter of the whole case in place of each room's own; kept beside the rows, which do not show it."""
    was_read, was_append = log.read, log.append
    places: dict[tuple[str, str, str, int], int] = {}
    here = "SELECT current_database()"

    async def append(conn: Any, case_id: str, heads: Any, *more: Any) -> Any:
        place = sum(heads.lengths().values())
        written = await was_append(conn, case_id, heads, *more)
        database = await conn.fetchval(here)
        for number, entry in enumerate(written, place + 1):
            places[database, case_id, entry.room, entry.seq] = number
        return written

    async def read(conn: Any, case_id: str, room: str, *more: Any, **named: Any) -> Any:
        database = await conn.fetchval(here)
        entries = await was_read(conn, case_id, room, *more, **named)
        return [_numbered(entry, places[database, case_id, room, entry.seq]) for entry in entries]

    patch.setattr(log, "append", append)
    patch.setattr(log, "read", read)


def _numbered(entry: Any, seq: int) -> Any:
    return (
        log.Entry(entry.room, seq, entry.at, entry.actor, entry.kind, entry.body, entry.attachments)
        if isinstance(entry, log.Entry)
        else log.Erased(entry.room, seq)
    )


def a_refusal_that_says_how_busy_the_others_are(patch: pytest.MonkeyPatch) -> None:
    was = Casework.handle

    async def handle(casework: Casework, seat: Any, *more: Any, **named: Any) -> Any:
        try:
            return await was(casework, seat, *more, **named)
        except Refusal as refusal:
            said = await _count(casework.pool, seat.case_id)
            refusal.title = f"{refusal.title} ({said} entries)"  # type: ignore[misc]
            raise

    patch.setattr(Casework, "handle", handle)


def a_header_with_the_length_of_the_case(patch: pytest.MonkeyPatch) -> None:
    was = Door.__call__

    async def call(door: Door, scope: Any, receive: Any, send: Any) -> None:
        case_id = scope.get("path_params", {}).get("case_id", "")
        said = await _count(scope["litestar_app"].state.pool, case_id) if len(case_id) == 32 else 0

        async def tell(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-entries", str(said).encode())]
            await send(message)

        await was(door, scope, receive, tell if scope["type"] == "http" else send)

    patch.setattr(Door, "__call__", call)


def a_frame_whenever_anybody_says_anything(patch: pytest.MonkeyPatch) -> None:
    was = Feed._catch_up

    async def catch_up(screen: Feed, hub: Hub) -> None:
        await was(screen, hub)
        await screen._send(wire.view_change({}))

    patch.setattr(Feed, "_catch_up", catch_up)


def somebody_is_here_while_they_speak_in_any_room(patch: pytest.MonkeyPatch) -> None:
    was = Presence.here
    last = """
        SELECT convert_from(entry, 'UTF8')::jsonb ->> 'actor' FROM entries
        WHERE case_id = $1 AND entry IS NOT NULL ORDER BY place DESC LIMIT 1
        """

    async def here(presence: Presence, conn: Any, case_id: str, now: Any) -> Any:
        return await was(presence, conn, case_id, now) | {await conn.fetchval(last, UUID(case_id))}

    patch.setattr(Presence, "here", here)


def typing_that_everybody_sees(patch: pytest.MonkeyPatch) -> None:
    def someone_types(screen: Feed, room: str, participant: str) -> None:
        if participant != screen.participant:
            screen._typing.add((next(iter(sorted(screen._sent)), room), participant))
            screen._wake.set()

    patch.setattr(Feed, "someone_types", someone_types)


def invitations_of_the_other_side_in_the_list(patch: pytest.MonkeyPatch) -> None:
    async def of_side(conn: Any, seat: Any, *_more: Any) -> Any:
        rows = await conn.fetch(
            "SELECT * FROM invitations WHERE case_id = $1 ORDER BY created_at, invitation_id", UUID(hex=seat.case_id)
        )
        return [row_of(row) for row in rows]

    patch.setattr(sent, "of_side", of_side)


def rules_that_know_every_room(patch: pytest.MonkeyPatch) -> None:
    async def known_to(folds: Folds, conn: Any, case_id: str, case: Any, *_more: Any) -> Any:
        return case

    def rooms_of(case: Any, viewer: str) -> frozenset[str]:
        return frozenset({"papers", "talks", "joint", *case.private})

    patch.setattr(Folds, "known_to", known_to)
    patch.setattr(may, "rooms_of", rooms_of)


async def _all_powerful(pool: Any) -> Any:
    """A connection that no wall stands in the way of, to the database of this pool."""
    return await asyncpg.connect(pool._connect_args[0])


def a_search_through_all_rooms(patch: pytest.MonkeyPatch) -> None:
    async def look(conn: Any, case_id: str, _viewer: str, sought: str) -> searching.Found:
        owner = await _all_powerful(conn._holder._pool)
        try:
            hits: list[searching.Hit] = []
            for row in await owner.fetch("SELECT room FROM rooms WHERE case_id = $1 ORDER BY room", UUID(case_id)):
                words = tuple(searching.plain(sought).split())
                hits += (await searching._in_room(owner, case_id, row["room"], 1, words, 1000))[0]
            return searching.Found(hits=hits, more=False)
        finally:
            await owner.close()

    patch.setattr(searching, "search", look)


def files_for_everybody_who_knows_their_name(patch: pytest.MonkeyPatch) -> None:
    was = files.find

    async def find(readers: Any, seat: Any, file_id: str) -> Any:
        owner = await _all_powerful(readers)
        try:
            is_there = "SELECT true FROM files WHERE case_id = $1 AND file_id = $2"
            known = await owner.fetchval(is_there, UUID(seat.case_id), UUID(file_id))
        finally:
            await owner.close()
        if known:
            raise Problem(403, "file-not-yours", "This file is in a room that you are not in.", "Ask for it.")
        return await was(readers, seat, file_id)

    patch.setattr(evidence, "find", find)


def a_mail_to_everybody_whenever_something_is_said(patch: pytest.MonkeyPatch) -> None:
    was = Casework.handle

    async def handle(casework: Casework, seat: Any, command: Any, now: Any, *more: Any, **named: Any) -> Any:
        answer = await was(casework, seat, command, now, *more, **named)
        async with casework.pool.acquire() as conn:
            people = await conn.fetch(
                "SELECT email FROM seats JOIN accounts USING (account_id) WHERE case_id = $1 AND email IS NOT NULL",
                UUID(seat.case_id),
            )
            for row in people:
                news = Message("invitation", row["email"], "en", "Something new", "Have a look.")
                await outbox.put(conn, news, now)
        return answer

    patch.setattr(Casework, "handle", handle)


LEAKS: tuple[Leak, ...] = (
    a_search_through_all_rooms,
    files_for_everybody_who_knows_their_name,
    a_mail_to_everybody_whenever_something_is_said,
    a_count_of_what_was_said_on_every_screen,
    people_in_the_order_in_which_they_last_spoke,
    a_button_that_waits_for_a_private_talk,
    numbers_that_run_through_all_rooms,
    a_refusal_that_says_how_busy_the_others_are,
    a_header_with_the_length_of_the_case,
    a_frame_whenever_anybody_says_anything,
    somebody_is_here_while_they_speak_in_any_room,
    typing_that_everybody_sees,
    invitations_of_the_other_side_in_the_list,
    rules_that_know_every_room,
)
"""What a day's carelessness may build."""
