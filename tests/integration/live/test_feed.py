"""The feed: everything once and in order, nothing of other rooms, and a clear goodbye."""

import asyncio
import json
import os
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from feeds import watching
from mediation import clock
from mediation.case import commands as c
from mediation.case.decide.conversation import TAKE_BACK_WITHIN
from mediation.identity import sessions
from mediation.live import feed
from mediation.live.hub import Hub

POSTS = 2_000 if os.environ.get("MEDIATION_SOAK") == "1" else 300


def dense(numbers: list[int], first: int = 1) -> bool:
    """Whether every number came once and in order."""
    return numbers == list(range(first, first + len(numbers)))


async def test_a_browser_is_welcomed_with_its_view_and_what_was_said_in_its_rooms(live: Any) -> None:
    await live.docket.say("client", "joint", "It came in June.")
    await live.docket.say("handler", "caucus-business", "We were short of people.")
    async with await live.watch("client") as client:
        assert set(client.heads) == {"papers", "talks", "joint", "caucus-client", "team-client"}
        assert client.said("joint") == ["It came in June."]
        assert all(client.numbers(room) == list(range(1, head + 1)) for room, head in client.heads.items())
        assert client.view["me"]["name"] == "Client"
        assert client.here == [live.docket.seats["client"].participant_id]
        assert client.frames[0]["type"] == "welcome"
        assert "short of people" not in json.dumps(client.frames)


async def test_what_is_said_comes_to_everyone_in_the_room_at_once(live: Any) -> None:
    async with await live.watch("client") as client, await live.watch("handler") as handler:
        await live.docket.say("handler", "joint", "We are sorry.")
        await client.until_said("We are sorry.")
        await handler.until_said("We are sorry.")
        issue = await live.docket.do("mediator", c.PutIssue, text="How the delay is made good")
        for browser in (client, handler):
            await browser.until(lambda frame: frame["type"] == "view" and "issues" in frame["changed"])
            assert browser.view["issues"][0]["issue"] == issue


async def test_a_browser_gets_no_frame_at_all_when_only_other_rooms_change(live: Any) -> None:
    async with await live.watch("client") as client, await live.watch("mediator") as mediator:
        await client.until(lambda frame: frame["type"] == "presence" and len(frame["here"]) == 2)
        await client.silence()
        await live.docket.do("mediator", c.OpenCaucus, party="business")
        for turn in range(20):
            await live.docket.say("handler", "caucus-business", f"In confidence, {turn}.")
            await live.docket.say("handler", "team-business", "Among us.")
        await live.docket.do(
            "mediator", c.ScribePosition, owner=live.docket.seats["handler"].participant_id, text="So."
        )
        await mediator.until(lambda frame: frame["type"] == "view" and "scribed" in frame["changed"])
        assert await client.silence() == []
        await live.docket.say("handler", "joint", "Back again.")
        came = await client.until_said("Back again.")
        assert [frame["type"] for frame in came] == ["entries"]


@pytest.mark.soak
async def test_a_lost_connection_resumes_without_loss_or_repetition(live: Any) -> None:
    chance = random.Random(7)
    cursor: dict[str, int] = {}
    read: list[int] = []

    async def talk() -> None:
        for number in range(POSTS):
            await live.docket.say("handler", "joint", f"Number {number}.")
        await live.docket.say("handler", "joint", "That was all.")

    talking = asyncio.create_task(talk())
    cuts, is_over = 0, False
    while not is_over:
        async with await live.watch("client", greet=False) as client:
            await client.send(type="hello", since=cursor)
            # Cut anywhere: before the welcome, amid the entries, or while more are being said.
            for _ in range(chance.randint(0, 12)):
                frame = await client.frame()
                is_over = "That was all." in client.said("joint")
                if is_over or (frame["type"] == "presence" and talking.done()):
                    break
            client.socket.transport.abort()
        cuts += 1
        read += client.numbers("joint")
        cursor |= {room: entries[-1]["seq"] for room, entries in client.entries.items() if entries}
    await talking
    assert dense(read)
    assert len(read) == (await live.docket.lengths())["joint"] > POSTS
    assert cuts > 10


async def test_a_long_room_comes_in_pages(live: Any) -> None:
    for number in range(450):
        await live.docket.say("client", "team-client", f"Line {number}.")
    async with await live.watch("client") as client:
        pages = [len(f["entries"]) for f in client.frames if f["type"] == "entries" and f["room"] == "team-client"]
        assert max(pages) <= 200
        assert dense(client.numbers("team-client"))
        assert len(client.said("team-client")) == 450


async def test_a_cursor_beyond_the_room_is_no_trouble(live: Any) -> None:
    async with await live.watch("client", {"joint": 2**53 - 1, "caucus-business": 3, "private-00000000": 1}) as client:
        await live.docket.say("handler", "joint", "Hello.")
        await client.until_said("Hello.")
        assert "caucus-business" not in client.entries


async def test_whoever_joins_late_reads_private_rooms_from_their_joining_on(live: Any) -> None:
    await live.docket.say("client", "team-client", "I would take half.")
    await live.docket.join("counsel", "counsel", "client")
    await live.docket.say("client", "team-client", "Welcome.")
    async with await live.watch("counsel") as counsel:
        assert counsel.said("team-client") == ["Welcome."]
        assert "joint" not in counsel.heads
        await live.docket.say("handler", "joint", "Are you there?")
        assert await counsel.silence() == []
        await live.docket.agree("counsel")
        await counsel.until_said("Are you there?")
        assert dense(counsel.numbers("joint"))


async def test_a_struck_message_is_never_sent_again(live: Any) -> None:
    async with await live.watch("handler") as handler:
        seq = await live.docket.say("client", "joint", "You crook!")
        await handler.until_said("You crook!")
        strike = c.StrikeMessage(command_id=uuid4().hex, room="joint", seq=seq)
        await live.docket.give("client", strike, later=TAKE_BACK_WITHIN + timedelta(seconds=1))
        came = await handler.until(lambda frame: "MessageStruck" in json.dumps(frame))
        assert came[-1]["entries"][-1]["body"] == {"seq": seq, "taken_back": False}
        # From what the hub still has at hand, and from the log.
        for since in ({"joint": seq - 1}, {}):
            async with await live.watch("mediator", since) as late:
                assert {"seq": seq, "erased": True} in late.entries["joint"]
                assert "You crook!" not in json.dumps(late.frames)


async def test_a_browser_that_does_not_read_is_let_go_and_goes_on_from_its_cursor(
    live: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "SEND_WITHIN", timedelta(milliseconds=300))
    for number in range(400):
        await live.docket.say("client", "team-client", f"{number} " + "x" * 3_990)
    one = live.docket.seats["client"].participant_id
    async with (
        await live.watch("mediator") as mediator,
        await live.watch("client", greet=False, receive_buffer=4_096) as client,
    ):
        client.socket.transport.pause_reading()
        await client.send(type="hello", since={})
        await mediator.until(lambda frame: frame["type"] == "presence" and one in frame["here"])
        await mediator.until(lambda frame: frame["type"] == "presence" and one not in frame["here"])
    async with await live.watch("client") as client:
        assert dense(client.numbers("team-client"))
        assert len(client.said("team-client")) == 400


async def test_a_browser_that_could_not_be_welcomed_leaves_nothing_behind(
    live: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_hub: Hub, _presence: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(Hub, "refresh", fails)
        async with await live.watch("client", greet=False) as client:
            await client.send(type="hello", since={})
            await client.socket.wait_closed()
    assert not any(task.get_name() == "hub" for task in asyncio.all_tasks())
    async with await live.watch("client") as client:
        assert client.here == [live.docket.seats["client"].participant_id]


# ── presence and typing ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_presence_is_being_connected_and_nothing_more(live: Any) -> None:
    seats = {nickname: seat.participant_id for nickname, seat in live.docket.seats.items()}
    async with await live.watch("client") as client:
        async with await live.watch("mediator"):
            came = await client.until(lambda frame: frame["type"] == "presence")
            assert client.here == sorted([seats["client"], seats["mediator"]])
            assert set(came[-1]) == {"type", "here"}
            async with await live.watch("mediator"):
                await live.docket.say("mediator", "joint", "On two screens.")
                came = await client.until_said("On two screens.")
                assert [frame["type"] for frame in came] == ["entries"]
        await client.until(lambda frame: frame["type"] == "presence" and frame["here"] == [seats["client"]])


async def test_typing_is_shown_in_its_own_room_alone_and_not_to_oneself(live: Any) -> None:
    async with (
        await live.watch("client") as client,
        await live.watch("handler") as handler,
        await live.watch("mediator") as mediator,
    ):
        await client.send(type="typing", room="caucus-client")
        came = await mediator.until(lambda frame: frame["type"] == "typing")
        typing = {"type": "typing", "room": "caucus-client", "participant": live.docket.seats["client"].participant_id}
        assert came[-1] == typing
        assert [f for f in await handler.silence() if f["type"] != "presence"] == []
        assert [f for f in await client.silence() if f["type"] != "presence"] == []
        await handler.send(type="typing", room="caucus-client")
        await handler.silence()
        assert [f for f in await client.silence() + await mediator.silence() if f["type"] == "typing"] == []


async def test_typing_is_told_now_and_then_and_not_at_every_key(live: Any) -> None:
    async with await live.watch("client") as client, await live.watch("handler") as handler:
        for _ in range(20):
            await client.send(type="typing", room="joint")
        await client.silence()
        await live.docket.say("client", "joint", "Done typing.")
        came = await handler.until_said("Done typing.")
        came += await handler.silence()
        assert len([frame for frame in came if frame["type"] == "typing"]) == 1


# ── goodbyes ────────────────────────────────────────────────────────────────────────────────────────────────────────


NO_GREETINGS: list[str | bytes] = [
    "",
    "{",
    "[]",
    "null",
    '{"type":"shout"}',
    '{"type":"typing"}',
    '{"type":"hello","since":{"joint":-1}}',
    '{"type":"hello","since":{"kitchen":1}}',
    '{"type":"hello","since":[]}',
    '{"type":"ping"}',
    '{"type":"hello","since":{"joint":"\\ud800"}}',
    "[" * 4_000,
    " " * 5_000,
    b"\xff\xfe",
]


async def test_what_is_no_greeting_is_met_with_a_goodbye(live: Any) -> None:
    for message in NO_GREETINGS:
        async with await live.watch("client", greet=False) as client:
            await client.socket.send(message)
            assert (await client.bye())["code"] == "bad-message", message
            assert client.socket.close_code == 4400


async def test_a_bad_message_later_ends_the_feed_for_this_browser_alone(live: Any) -> None:
    async with await live.watch("handler") as handler:
        for message in ("{", '{"type":"hello","since":{}}', '{"type":"typing","room":"joint\\n"}'):
            async with await live.watch("client") as client:
                await client.socket.send(message)
                assert await client.bye() == {"type": "bye", "code": "bad-message", "after_ms": -1}
        await live.docket.say("handler", "joint", "Still here.")
        await handler.until_said("Still here.")


async def test_ending_the_session_ends_its_feeds(live: Any) -> None:
    casework = live.docket.casework
    async with casework.pool.acquire() as conn:
        token = await sessions.create(conn, live.docket.seats["client"].account_id, clock.now())
        session = await sessions.authenticate(conn, token, clock.now())
    cookie = {"cookie": f"__Host-mediation={token}"}
    async with (
        watching(live.port, live.docket.case_id, cookie) as ended,
        await live.watch("client") as other,
    ):
        assert session is not None
        async with casework.pool.acquire() as conn:
            await sessions.end(conn, session.session_id, clock.now())
        live.docket.casework._bus.publish({"session_ended": session.session_id})
        assert (await ended.bye())["code"] == "session-ended"
        assert ended.socket.close_code == 4401
        await live.docket.say("handler", "joint", "On your phone still.")
        await other.until_said("On your phone still.")


async def test_whoever_has_left_the_case_is_told_so_and_cannot_come_back(live: Any) -> None:
    await live.docket.join("counsel", "counsel", "client")
    async with await live.watch("counsel") as counsel:
        await live.docket.do("counsel", c.Leave)
        goodbye = await counsel.bye()
        assert (goodbye["code"], goodbye["after_ms"]) == ("not-on-this-case", -1)
        assert counsel.socket.close_code == 4403
    await refused(live, await live.docket.cookie("counsel"), live.docket.case_id, 403)


async def refused(live: Any, cookie: dict[str, str], case_id: str, status: int) -> None:
    with pytest.raises(InvalidStatus) as answer:
        async with watching(live.port, case_id, cookie):
            pass
    assert answer.value.response.status_code == status


async def test_a_feed_is_open_to_nobody_else(live: Any) -> None:
    await refused(live, {}, live.docket.case_id, 401)
    await refused(live, {"cookie": "__Host-mediation=" + "0" * 43}, live.docket.case_id, 401)
    await refused(live, await live.docket.cookie("client"), "0" * 32, 403)
