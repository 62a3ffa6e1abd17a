"""A forgotten password: a link by mail, the same answer for everybody, used once, and everything else ends."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from mediation import clock
from mediation.identity.sessions import LIFETIMES
from mediation.identity.tokens import new_token
from way_in import ORIGIN, WayIn, cookie, listening, token_in

PASSWORD = "a long enough password"
NEW = "another long password"


async def ask(way_in: WayIn, email: str) -> httpx.Response:
    return await way_in.http.post("/api/password-resets", json={"email": email})


async def use(way_in: WayIn, token: str, password: str = NEW) -> httpx.Response:
    return await way_in.http.post("/api/password-resets/use", json={"token": token, "password": password})


async def links_to(way_in: WayIn, email: str) -> list[str]:
    """The tokens of the links that were mailed, the oldest first."""
    mails = [mail.get_content() for mail in await way_in.mails_to(email)]
    return re.findall(rf"{ORIGIN}/password#([\w-]+)", "\n".join(mails))


async def sign_in(way_in: WayIn, password: str, headers: dict[str, str] | None = None) -> httpx.Response:
    body = {"email": "mira@example.org", "password": password}
    return await way_in.http.post("/api/sign-in", json=body, headers=headers)


async def test_a_mailed_link_sets_a_password_and_signs_nobody_in(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, " MIRA@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    answer = await use(way_in, token)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "__Host-mediation=" not in answer.headers["set-cookie"]
    assert (await sign_in(way_in, PASSWORD)).status_code == 401
    assert (await sign_in(way_in, NEW)).status_code == 200


async def test_everybody_gets_the_same_answer_and_only_staff_get_a_mail(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await way_in.person("Noa")
    await way_in.pool.execute("UPDATE accounts SET disabled_at = $1 WHERE name = 'Noa'", clock.now())
    asked = ["mira@example.org", "noa@example.org", "nobody@example.org", "no address at all"]
    answers = [await ask(way_in, email) for email in asked]
    assert len({(a.status_code, a.content, tuple(a.headers.items())) for a in answers}) == 1
    assert answers[0].status_code == 202
    assert [len(await way_in.mails_to(email)) for email in asked] == [1, 0, 0, 0]


async def test_nothing_about_an_account_is_looked_up_before_the_answer_is_out(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the time of the answer cannot depend on whether there is one."""
    await way_in.person("Mira", password=PASSWORD)
    may_look = asyncio.Event()

    async def wait_first(*_: object) -> None:
        await may_look.wait()

    monkeypatch.setattr("mediation.identity.accounts.find_by_email", wait_first)
    async with listening(way_in.app) as port, httpx.AsyncClient(base_url=f"http://localhost:{port}") as http:
        answer = await http.post("/api/password-resets", json={"email": "mira@example.org"})
        assert answer.status_code == 202
        may_look.set()


async def test_a_link_works_once_even_when_it_is_used_at_once(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    answers = await asyncio.gather(*(use(way_in, token, f"another long password {n}") for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [204] + [410] * 5
    assert (await use(way_in, token)).json()["code"] == "reset-link-unusable"


async def test_a_link_works_for_half_an_hour(way_in: WayIn, monkeypatch: pytest.MonkeyPatch) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    later = clock.now() + timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await use(way_in, token)).status_code == 410


async def test_asking_again_leaves_the_earlier_link_good_until_one_is_used(way_in: WayIn) -> None:
    """Otherwise whoever knows the address could keep its owner out by asking and asking."""
    await way_in.person("Mira", password=PASSWORD)
    for _ in range(5):
        assert (await ask(way_in, "mira@example.org")).status_code == 202
    tokens = await links_to(way_in, "mira@example.org")
    assert len(tokens) == 3, "a mailbox is not flooded"
    assert (await use(way_in, tokens[0])).status_code == 204
    assert {(await use(way_in, token)).status_code for token in tokens} == {410}


async def test_a_weak_password_is_refused_and_the_link_stays_good(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    assert (await use(way_in, token, "short")).json()["code"] == "password-too-short"
    assert (await use(way_in, token)).status_code == 204


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 43, "Zx9" * 14 + "Q"])
async def test_a_link_that_is_none_sets_nothing(way_in: WayIn, token: str) -> None:
    await way_in.person("Mira", password=PASSWORD)
    assert (await use(way_in, token)).json()["code"] == "reset-link-unusable"


async def test_a_used_link_ends_every_session_and_closes_its_sockets(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    elsewhere = token_in(await sign_in(way_in, PASSWORD))
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    closed = asyncio.Event()
    rows = await way_in.pool.fetch("SELECT token_hash FROM sessions")
    way_in.app.state.live_sessions.register(rows[0]["token_hash"].hex(), closed.set)
    await use(way_in, token)
    assert closed.is_set()
    for headers in (mira.cookie, cookie(elsewhere)):
        assert (await way_in.http.get("/api/me", headers=headers)).status_code == 401


async def test_a_sign_in_that_began_with_the_old_password_leaves_no_session_behind(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    verified, may_go_on = asyncio.Event(), asyncio.Event()
    from mediation.identity import passwords  # noqa: PLC0415 - the module whose function is slowed down

    verify = passwords.verify

    async def slow(stored: str | None, password: str) -> bool:
        found = await verify(stored, password)
        verified.set()
        await may_go_on.wait()
        return found

    monkeypatch.setattr(passwords, "verify", slow)
    signing_in = asyncio.create_task(sign_in(way_in, PASSWORD))
    await verified.wait()
    assert (await use(way_in, token)).status_code == 204
    may_go_on.set()
    assert (await signing_in).status_code == 401
    assert not await way_in.pool.fetchval(
        "SELECT count(*) FROM sessions WHERE ended_at IS NULL AND created_at > $1",
        clock.now() - LIFETIMES["staff"].idle,
    )


async def test_a_disabled_account_gets_no_password(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    await way_in.pool.execute("UPDATE accounts SET disabled_at = $1", clock.now())
    assert (await use(way_in, token)).status_code == 410
    assert (await sign_in(way_in, PASSWORD)).json()["code"] == "wrong-email-or-password"


async def test_the_database_holds_no_link_that_works(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    [row] = await way_in.pool.fetch("SELECT * FROM password_resets")
    assert token.encode() not in bytes(row["token_hash"])
    assert len(row["token_hash"]) == 32
    assert await way_in.pool.fetchval("SELECT count(*) FROM outbox WHERE message LIKE $1", f"%{token}%") == 0


async def test_one_address_cannot_ask_or_guess_without_end(start_way_in: Callable[..., Awaitable[WayIn]]) -> None:
    way_in = await start_way_in(sign_in_tries=1)
    assert [(await ask(way_in, f"person{n}@example.org")).status_code for n in range(4)] == [202, 202, 202, 429]
    assert (await use(way_in, new_token())).status_code == 429


# ── strangers who guess ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_stranger_who_guesses_locks_nobody_out_of_a_browser_they_have_used(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    way_in = await start_way_in(sign_in_tries=3)
    await way_in.person("Mira", password=PASSWORD)
    known = known_cookie(await sign_in(way_in, PASSWORD))
    for n in range(5):
        await sign_in(way_in, f"guess {n}")
    assert (await sign_in(way_in, PASSWORD)).status_code == 429, "in a strange browser"
    assert (await sign_in(way_in, PASSWORD, known)).status_code == 200
    wrong = [(await sign_in(way_in, "mistyped", known)).status_code for _ in range(4)]
    assert wrong == [401, 401, 401, 429], "the browser has a budget too"


async def test_who_chose_a_password_by_mail_signs_in_there_whatever_strangers_try(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    way_in = await start_way_in(sign_in_tries=2)
    await way_in.person("Mira", password=PASSWORD)
    for n in range(4):
        await sign_in(way_in, f"guess {n}")
    await ask(way_in, "mira@example.org")
    [token] = await links_to(way_in, "mira@example.org")
    known = known_cookie(await use(way_in, token))
    assert (await sign_in(way_in, NEW)).status_code == 429
    assert (await sign_in(way_in, NEW, known)).status_code == 200


async def test_ending_all_other_sessions_makes_other_browsers_strange_again(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    lost, here = await sign_in(way_in, PASSWORD), await sign_in(way_in, PASSWORD)
    mine = known_cookie(here)["cookie"]
    headers = {"cookie": f"{cookie(token_in(here))['cookie']}; {mine}"}
    await way_in.http.post("/api/account/sessions/end-others", headers=headers)
    assert await way_in.pool.fetchval("SELECT count(*) FROM known_browsers") == 1
    again = await sign_in(way_in, PASSWORD, {"cookie": mine})
    assert "__Host-mediation-known" not in again.headers["set-cookie"], "this one is known still"
    strange = await sign_in(way_in, PASSWORD, known_cookie(lost))
    assert known_cookie(strange) != known_cookie(lost)


async def test_a_known_browser_is_known_to_its_own_account_alone(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    way_in = await start_way_in(sign_in_tries=2)
    await way_in.person("Mira", password=PASSWORD)
    await way_in.person("Sam", password=PASSWORD)
    sams = await way_in.http.post("/api/sign-in", json={"email": "sam@example.org", "password": PASSWORD})
    known = known_cookie(sams)
    answers = [(await sign_in(way_in, f"guess {n}", known)).status_code for n in range(3)]
    assert answers == [401, 401, 429]


def known_cookie(answer: httpx.Response) -> dict[str, str]:
    """The header of a browser that keeps what this answer gave it to be known by."""
    [value] = re.findall(r"__Host-mediation-known=([\w-]+)", answer.headers["set-cookie"])
    return {"cookie": f"__Host-mediation-known={value}"}
