"""Sessions: a new secret at each sign-in, kept only as a hash, ended for good, and never written back."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import websockets

from mediation import clock
from mediation.bus import Bus
from mediation.db import Pool
from mediation.identity import sessions
from mediation.identity.live_sessions import LiveSessions
from mediation.identity.tokens import new_token, token_hash
from way_in import Person, WayIn, cookie, listening, token_in

PASSWORD = "a long enough password"


async def sign_in(way_in: WayIn, email: str, headers: dict[str, str] | None = None) -> str:
    answer = await way_in.http.post("/api/sign-in", json={"email": email, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 200, answer.text
    return token_in(answer)


def pass_time(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    later = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: later)


async def status_of_me(way_in: WayIn, token: str) -> int:
    return (await way_in.http.get("/api/me", headers=cookie(token))).status_code


async def test_signing_in_opens_a_session_and_signing_out_ends_it(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    token = await sign_in(way_in, " MIRA@example.org ")
    me = await way_in.http.get("/api/me", headers=cookie(token))
    assert me.json() == {
        "account_id": mira.account_id,
        "name": "Mira",
        "kind": "staff",
        "email": "mira@example.org",
        "administrator": False,
        "language": "en",
    }
    out = await way_in.http.post("/api/sign-out", headers=cookie(token))
    assert out.status_code == 204
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert await status_of_me(way_in, token) == 401
    assert (await way_in.http.post("/api/sign-out", headers=cookie(token))).status_code == 204


async def test_the_cookie_stays_with_this_host_in_this_browser_out_of_reach_of_scripts(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    answer = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
    attributes = {part.strip().split("=")[0] for part in answer.headers["set-cookie"].split(";")[1:]}
    assert attributes == {"Max-Age", "Path", "Secure", "HttpOnly", "SameSite"}
    assert "Path=/;" in answer.headers["set-cookie"]
    assert "SameSite=Lax" in answer.headers["set-cookie"]


async def test_the_database_holds_no_token_that_opens_anything(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    kept = await way_in.pool.fetchval("SELECT token_hash FROM sessions")
    raw = base64.urlsafe_b64decode(mira.token + "=")
    assert kept == hashlib.sha256(raw).digest()
    assert await status_of_me(way_in, base64.urlsafe_b64encode(kept).decode().rstrip("=")) == 401


async def test_a_cookie_chosen_by_somebody_else_never_becomes_a_session(way_in: WayIn) -> None:
    """Session fixation: the value that came with the sign-in is worth nothing afterwards."""
    await way_in.person("Mira", password=PASSWORD)
    planted = new_token()
    token = await sign_in(way_in, "mira@example.org", cookie(planted))
    assert token != planted
    assert await status_of_me(way_in, planted) == 401
    assert await status_of_me(way_in, token) == 200


async def test_signing_in_again_changes_the_secret_and_ends_the_session_of_that_browser(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    first = await sign_in(way_in, "mira@example.org")
    elsewhere = await sign_in(way_in, "mira@example.org")
    second = await sign_in(way_in, "mira@example.org", cookie(first))
    assert await status_of_me(way_in, first) == 401
    assert await status_of_me(way_in, second) == 200
    assert await status_of_me(way_in, elsewhere) == 200


async def test_a_slow_request_that_ends_after_sign_out_does_not_revive_the_session(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira = await way_in.person("Mira")
    pass_time(monkeypatch, timedelta(hours=1))  # so that this request wants to note that it was seen
    waiting = way_in.app.state.waiting
    slow = asyncio.create_task(way_in.http.get("/api/slow", headers=mira.cookie))
    await waiting.entered.wait()
    await way_in.http.post("/api/sign-out", headers=mira.cookie)
    waiting.may_leave.set()
    finished = await slow
    assert finished.status_code == 200
    assert "set-cookie" not in finished.headers
    assert await status_of_me(way_in, mira.token) == 401


async def test_noting_that_a_session_was_seen_cannot_revive_it(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    key = token_hash(mira.token)
    assert key is not None
    async with way_in.pool.acquire() as conn:
        await sessions.end(conn, key.hex(), clock.now())
        await sessions.touch(conn, [key], clock.now() + timedelta(hours=1))
        assert await sessions.authenticate(conn, mira.token, clock.now()) is None
        assert not await sessions.end(conn, key.hex(), clock.now())


async def test_a_session_that_is_not_used_ends_and_one_that_is_used_ends_too_in_the_end(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira = await way_in.person("Mira")
    idle, longest = sessions.LIFETIMES["staff"].idle, sessions.LIFETIMES["staff"].absolute
    began = clock.now()
    pass_time(monkeypatch, idle - timedelta(minutes=1))
    assert await status_of_me(way_in, mira.token) == 200
    while clock.now() - began < longest - idle:
        pass_time(monkeypatch, idle - timedelta(minutes=1))
        assert await status_of_me(way_in, mira.token) == 200, "it was used in time"
    pass_time(monkeypatch, longest - (clock.now() - began))
    assert await status_of_me(way_in, mira.token) == 401
    sam = await way_in.person("Sam")
    pass_time(monkeypatch, idle)
    assert await status_of_me(way_in, sam.token) == 401


async def test_that_a_session_was_seen_is_written_at_most_once_a_minute(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira = await way_in.person("Mira")
    seen = "SELECT last_seen_at FROM sessions"
    at_first = await way_in.pool.fetchval(seen)
    pass_time(monkeypatch, timedelta(seconds=59))
    await status_of_me(way_in, mira.token)
    assert await way_in.pool.fetchval(seen) == at_first
    pass_time(monkeypatch, timedelta(seconds=1))
    await status_of_me(way_in, mira.token)
    assert await way_in.pool.fetchval(seen) == clock.now()


@pytest.mark.parametrize("value", ["", "x", "a" * 43, "=" * 43, "é" * 43, "a" * 5000, "a\x00b"])
async def test_a_cookie_that_is_none_of_ours_is_no_session_and_no_error(way_in: WayIn, value: str) -> None:
    headers = [(b"cookie", b"other=1; __Host-mediation=" + value.encode("latin-1"))]
    assert (await way_in.http.get("/api/me", headers=headers)).status_code == 401


async def open_feed(port: int, case_id: str, person: Person) -> websockets.ClientConnection:
    feed = await websockets.connect(f"ws://localhost:{port}/api/cases/{case_id}/feed", additional_headers=person.cookie)
    assert "welcome" in str(await feed.recv())
    return feed


async def test_signing_out_closes_the_sockets_of_that_session_at_once(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    async with listening(way_in.app) as port:
        feed = await open_feed(port, case_id, mira)
        await way_in.http.post("/api/sign-out", headers=mira.cookie)
        assert "session-ended" in str(await feed.recv())
        with pytest.raises(websockets.ConnectionClosed):
            await feed.recv()


async def test_signing_out_in_one_process_closes_sockets_in_another(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    here, there = await start_way_in(), await start_way_in()
    mira = await here.person("Mira")
    case_id, _ = await here.open_case(mira)
    async with listening(there.app) as port:
        feed = await open_feed(port, case_id, mira)
        await here.http.post("/api/sign-out", headers=mira.cookie)
        assert "session-ended" in str(await feed.recv())


async def test_a_socket_whose_session_ended_while_it_was_opening_is_closed_too(way_in: WayIn) -> None:
    live: LiveSessions = way_in.app.state.live_sessions
    live.ended("ab" * 32)
    closed = asyncio.Event()
    live.register("ab" * 32, closed.set)
    assert closed.is_set()


async def test_a_lost_hint_is_made_up_for_by_looking(
    way_in: WayIn, pool: Pool, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediation.identity.live_sessions.SWEEP_EVERY", timedelta(milliseconds=20))
    deaf = LiveSessions(pool, Bus(database))  # a bus that was never started hears nothing
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam")
    ended, open_still = asyncio.Event(), asyncio.Event()
    for person, close in ((mira, ended), (sam, open_still)):
        key = token_hash(person.token)
        assert key is not None
        deaf.register(key.hex(), close.set)
    await deaf.start()
    try:
        await way_in.http.post("/api/sign-out", headers=mira.cookie)
        await asyncio.wait_for(ended.wait(), 5)
        assert not open_still.is_set()
    finally:
        await deaf.stop()
