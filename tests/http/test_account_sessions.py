"""One's own account: which browsers are signed in, ending them, and the password."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
import websockets

from authenticator import Authenticator
from mediation import clock
from mediation.identity import sessions
from mediation.identity.devices import device_of
from mediation.identity.tokens import token_hash
from way_in import ORIGIN, WayIn, cookie, listening, token_in

PASSWORD = "a long enough password"
NEW = "another long password"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


async def sign_in(way_in: WayIn, agent: str = FIREFOX, password: str = PASSWORD) -> str:
    answer = await way_in.http.post(
        "/api/sign-in", json={"email": "mira@example.org", "password": password}, headers={"user-agent": agent}
    )
    assert answer.status_code == 200, answer.text
    return token_in(answer)


async def account(way_in: WayIn, headers: dict[str, str]) -> Any:
    return (await way_in.http.get("/api/account", headers=headers)).json()


async def status_of_me(way_in: WayIn, token: str) -> int:
    return (await way_in.http.get("/api/me", headers=cookie(token))).status_code


async def change(way_in: WayIn, token: str, current: str, password: str) -> httpx.Response:
    body = {"current": current, "password": password}
    return await way_in.http.put("/api/account/password", json=body, headers=cookie(token))


async def test_the_browsers_that_are_signed_in_are_listed_in_words(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await sign_in(way_in, PHONE)
    here = await sign_in(way_in)
    ended = await sign_in(way_in)
    await way_in.http.post("/api/sign-out", headers=cookie(ended))
    shown = await account(way_in, cookie(here))
    listed = {one["device"]: one["current"] for one in shown["sessions"] if one["device"]}
    assert listed == {"Safari on iPhone": False, "Firefox on Linux": True}
    assert shown["has_password"] is True
    assert here not in str(shown)
    key = token_hash(here)
    assert key is not None
    assert key.hex() not in str(shown)


async def test_a_session_is_ended_from_another_browser_and_its_sockets_close_at_once(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    case_id, _ = await way_in.open_case(mira)
    here = await sign_in(way_in, PHONE)
    async with listening(way_in.app) as port:
        url = f"ws://localhost:{port}/api/cases/{case_id}/feed"
        feed = await websockets.connect(url, additional_headers=mira.cookie)
        assert "welcome" in str(await feed.recv())
        [other] = [one for one in (await account(way_in, cookie(here)))["sessions"] if not one["current"]]
        for _ in range(2):
            ended = await way_in.http.delete(f"/api/account/sessions/{other['session']}", headers=cookie(here))
            assert ended.status_code == 204
        assert "session-ended" in str(await feed.recv())
    assert await status_of_me(way_in, mira.token) == 401
    assert await status_of_me(way_in, here) == 200


async def test_nobody_ends_the_session_of_somebody_else(way_in: WayIn) -> None:
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam")
    [hers] = (await account(way_in, mira.cookie))["sessions"]
    answer = await way_in.http.delete(f"/api/account/sessions/{hers['session']}", headers=sam.cookie)
    assert answer.status_code == 204
    assert await status_of_me(way_in, mira.token) == 200


async def test_ending_the_present_session_is_signing_out(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    [own] = (await account(way_in, mira.cookie))["sessions"]
    answer = await way_in.http.delete(f"/api/account/sessions/{own['session']}", headers=mira.cookie)
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await status_of_me(way_in, mira.token) == 401


async def test_all_other_sessions_end_at_once(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    sam = await way_in.person("Sam")
    others = [await sign_in(way_in) for _ in range(2)]
    here = await sign_in(way_in)
    key = token_hash(others[0])
    assert key is not None
    closed = asyncio.Event()
    way_in.app.state.live_sessions.register(key.hex(), closed.set)
    assert (await way_in.http.post("/api/account/sessions/end-others", headers=cookie(here))).status_code == 204
    assert closed.is_set()
    assert [await status_of_me(way_in, token) for token in (*others, mira.token, here, sam.token)] == [
        401,
        401,
        401,
        200,
        200,
    ]


async def test_a_slow_request_revives_no_session_that_was_ended_from_elsewhere(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    here = await sign_in(way_in)
    waiting = way_in.app.state.waiting
    slow = asyncio.create_task(way_in.http.get("/api/slow", headers=mira.cookie))
    await waiting.entered.wait()
    await way_in.http.post("/api/account/sessions/end-others", headers=cookie(here))
    waiting.may_leave.set()
    assert "set-cookie" not in (await slow).headers
    assert await status_of_me(way_in, mira.token) == 401


async def test_a_guest_looks_after_their_sessions_as_well_and_has_no_password_to_change(way_in: WayIn) -> None:
    dana = await way_in.person("Dana", kind="guest")
    async with way_in.pool.acquire() as conn:
        laptop = await sessions.create(conn, dana.account_id, clock.now(), device="Edge on Windows")
    shown = await account(way_in, dana.cookie)
    assert (shown["kind"], shown["email"], shown["has_password"], shown["passkeys"]) == ("guest", None, False, [])
    assert len(shown["sessions"]) == 2
    await way_in.http.post("/api/account/sessions/end-others", headers=dana.cookie)
    assert await status_of_me(way_in, laptop) == 401
    refused = await change(way_in, dana.token, PASSWORD, NEW)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-open-to-you")


# ── the password ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_password_ends_every_session_and_this_browser_gets_a_new_secret(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    here = await sign_in(way_in)
    answer = await change(way_in, here, PASSWORD, NEW)
    assert answer.status_code == 204
    renewed = token_in(answer)
    assert [await status_of_me(way_in, token) for token in (mira.token, here, renewed)] == [401, 401, 200]
    assert await sign_in(way_in, password=NEW)


async def test_the_password_is_changed_by_who_knows_the_present_one_alone(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    way_in = await start_way_in(sign_in_tries=2)
    mira = await way_in.person("Mira", password=PASSWORD)
    answers = [await change(way_in, mira.token, "a guess at it", NEW) for _ in range(3)]
    assert [a.json()["code"] for a in answers] == ["wrong-password", "wrong-password", "too-many-tries"]
    assert (await change(way_in, mira.token, PASSWORD, "short")).json()["code"] == "password-too-short"
    assert await sign_in(way_in)


async def test_without_a_password_there_is_none_to_change(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    assert (await change(way_in, mira.token, PASSWORD, NEW)).json()["code"] == "no-password-yet"


async def test_a_new_password_voids_the_links_that_were_mailed(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    await way_in.http.post("/api/password-resets", json={"email": "mira@example.org"})
    assert await way_in.pool.fetchval("SELECT count(*) FROM password_resets") == 1
    await change(way_in, mira.token, PASSWORD, NEW)
    assert await way_in.pool.fetchval("SELECT count(*) FROM password_resets") == 0


async def test_the_owner_is_told_by_mail_of_every_other_way_into_the_account(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    renewed = token_in(await change(way_in, mira.token, PASSWORD, NEW))
    asked = (await way_in.http.post("/api/account/passkeys/options", headers=cookie(renewed))).json()
    made = Authenticator(ORIGIN).make(asked["options"])
    body = {"challenge_id": asked["challenge_id"], "name": "Phone", "credential": made}
    await way_in.http.post("/api/account/passkeys", json=body, headers=cookie(renewed))
    said = [mail.get_content() for mail in await way_in.mails_to("mira@example.org")]
    assert len(said) == 2
    assert any("password of your account was changed" in one for one in said)
    assert any("passkey was added" in one for one in said)
    assert all(f"{ORIGIN}/account" in one for one in said)


async def test_the_language_of_mails_is_chosen_and_no_other_than_there_are(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    for language, status in (("de", 204), ("fr", 400)):
        answer = await way_in.http.put("/api/account/language", json={"language": language}, headers=mira.cookie)
        assert answer.status_code == status
    assert (await account(way_in, mira.cookie))["language"] == "de"


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_sessions_that_ended_a_month_ago_are_deleted_and_living_ones_are_not(way_in: WayIn) -> None:
    mira, dana = await way_in.person("Mira"), await way_in.person("Dana", kind="guest")
    sam = await way_in.person("Sam")
    await way_in.http.post("/api/sign-out", headers=mira.cookie)
    async with way_in.pool.acquire() as conn:
        await sessions.prune(conn, clock.now() + timedelta(days=29))
        assert await conn.fetchval("SELECT count(*) FROM sessions") == 3
        await sessions.prune(conn, clock.now() + timedelta(days=31))
        left = {row["account_id"].hex for row in await conn.fetch("SELECT account_id FROM sessions")}
    assert left == {dana.account_id}, f"{sam.account_id} idled out half a day after the start, Dana did not"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605", "Safari on Mac"),
        ("curl/8.0", ""),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
        ("x" * 100_000 + " Firefox/1", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_words_of_ours(agent: str, device: str) -> None:
    scope: Any = {"headers": [(b"accept", b"*/*"), (b"user-agent", agent.encode("latin-1"))]}
    assert device_of(scope) == device


def test_a_browser_that_says_nothing_has_no_name() -> None:
    scope: Any = {"headers": []}
    assert device_of(scope) == ""
