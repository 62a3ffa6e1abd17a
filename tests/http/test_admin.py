"""Administrators manage accounts and organisations, and have no way to what is said in rooms."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import httpx

from authenticator import Authenticator
from mediation import clock
from mediation.identity import accounts, sessions
from mediation.identity.guards import find_seat
from mediation.identity.tokens import token_hash
from portal_process import Portal
from way_in import ORIGIN, Person, WayIn, cookie, listening, new_id, token_in

PASSWORD = "a long enough password"
JSON = {"content-type": "application/json"}


async def administrator(way_in: WayIn, name: str = "Ada") -> Person:
    async with way_in.pool.acquire() as conn:
        email = f"{name.lower()}@example.org"
        account_id = await accounts.create_staff(conn, name, email, PASSWORD, clock.now(), administrator=True)
        token = await sessions.create(conn, account_id, clock.now())
    return Person(account_id, cookie(token), token)


async def add(way_in: WayIn, ada: Person, **fields: Any) -> httpx.Response:
    body = {"command_id": new_id(), "name": "Mira Roth", "email": "mira@example.org", "administrator": False, **fields}
    return await way_in.http.post("/api/admin/accounts", json=body, headers=ada.cookie)


async def put(way_in: WayIn, ada: Person, account: str, **fields: Any) -> httpx.Response:
    body = {"disabled": False, "administrator": False, **fields}
    return await way_in.http.put(f"/api/admin/accounts/{account}", json=body, headers=ada.cookie)


async def listed(way_in: WayIn, ada: Person) -> dict[str, Any]:
    found = (await way_in.http.get("/api/admin/accounts", headers=ada.cookie)).json()
    return {one["name"]: one for one in found["accounts"]}


async def status_of_me(way_in: WayIn, person: Person) -> int:
    return (await way_in.http.get("/api/me", headers=person.cookie)).status_code


# ── managing ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_account_is_mailed_a_link_with_which_its_owner_chooses_a_password(way_in: WayIn) -> None:
    ada = await administrator(way_in)
    made = await add(way_in, ada, language="de")
    assert (made.status_code, made.json()["waiting"]) == (201, True)
    [mail] = await way_in.mails_to("mira@example.org")
    assert "Ihr Zugang" in mail["Subject"]
    [token] = re.findall(rf"{ORIGIN}/password#([\w-]+)", mail.get_content())
    used = await way_in.http.post("/api/password-resets/use", json={"token": token, "password": PASSWORD})
    assert used.status_code == 204
    answer = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
    assert answer.json()["name"] == "Mira Roth"
    assert (await listed(way_in, ada))["Mira Roth"]["waiting"] is False


async def test_the_same_command_again_makes_no_second_account_and_sends_no_second_mail(way_in: WayIn) -> None:
    ada, command = await administrator(way_in), new_id()
    answers = [await add(way_in, ada, command_id=command) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await way_in.mails_to("mira@example.org")) == 1
    other = await add(way_in, ada, command_id=command, email="other@example.org")
    assert (other.status_code, other.json()["code"]) == (409, "command-id-reused")


async def test_an_account_that_cannot_be_made_leaves_nothing_behind(way_in: WayIn) -> None:
    ada = await administrator(way_in)
    for fields, code in (
        ({"email": "ADA@example.org"}, "email-taken"),
        ({"email": "no address"}, "email-needed"),
        ({"name": "\u200b"}, "name-needed"),
        ({"name": "M\u0456ra"}, "name-mixes-alphabets"),
        ({"organisation": new_id()}, "organisation-unknown"),
    ):
        assert (await add(way_in, ada, **fields)).json()["code"] == code
    assert set(await listed(way_in, ada)) == {"Ada"}
    assert await way_in.pool.fetchval("SELECT count(*) FROM outbox") == 0


async def test_guests_are_known_to_their_cases_alone(way_in: WayIn) -> None:
    ada = await administrator(way_in)
    dana = await way_in.person("Dana", kind="guest")
    assert set(await listed(way_in, ada)) == {"Ada"}
    answer = await put(way_in, ada, dana.account_id, disabled=True)
    assert (answer.status_code, answer.json()["code"]) == (404, "account-unknown")
    assert await status_of_me(way_in, dana) == 200


async def test_disabling_an_account_shuts_every_way_into_it_at_once(way_in: WayIn) -> None:
    ada, mira = await administrator(way_in), await way_in.person("Mira", password=PASSWORD)
    key, closed = token_hash(mira.token), asyncio.Event()
    assert key is not None
    way_in.app.state.live_sessions.register(key.hex(), closed.set)
    await way_in.http.post("/api/password-resets", json={"email": "mira@example.org"})
    answer = await put(way_in, ada, mira.account_id, disabled=True)
    assert answer.json()["disabled_at"] is not None
    assert closed.is_set(), "sockets are closed"
    assert await status_of_me(way_in, mira) == 401
    signing_in = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
    assert signing_in.json()["code"] == "wrong-email-or-password"
    assert await way_in.pool.fetchval("SELECT count(*) FROM password_resets") == 0
    assert (await put(way_in, ada, mira.account_id)).json()["disabled_at"] is None
    assert await status_of_me(way_in, mira) == 401, "opening it again revives no session"
    again = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
    assert again.status_code == 200


async def test_other_rights_need_a_new_session(way_in: WayIn) -> None:
    """A token never outlives what it was given for, upwards or downwards."""
    ada, mira = await administrator(way_in), await way_in.person("Mira", password=PASSWORD)
    for is_one in (True, False):
        answer = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
        token = token_in(answer)
        changed = await put(way_in, ada, mira.account_id, administrator=is_one)
        assert changed.json()["administrator"] is is_one
        assert (await way_in.http.get("/api/me", headers=cookie(token))).status_code == 401


async def test_nobody_changes_their_own_account_and_two_cannot_shut_each_other_out(way_in: WayIn) -> None:
    ada, ben = await administrator(way_in), await administrator(way_in, "Ben")
    own = await put(way_in, ada, ada.account_id, administrator=True, disabled=True)
    assert own.json()["code"] == "not-your-own-account"
    answers = await asyncio.gather(put(way_in, ada, ben.account_id), put(way_in, ben, ada.account_id))
    assert sorted(answer.status_code for answer in answers) in ([200, 401], [200, 403])
    assert await way_in.pool.fetchval("SELECT count(*) FROM accounts WHERE administrator") == 1


# ── no way to what is said ──────────────────────────────────────────────────────────────────────────────────────────


async def test_an_administrator_has_no_seat_even_where_the_table_says_so(way_in: WayIn) -> None:
    """Belt and braces: however a row came about, it opens no route and no socket."""
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    await way_in.pool.execute("UPDATE accounts SET administrator = true WHERE name = 'Mira'")
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=mira.cookie)
    assert (said.status_code, said.json()["code"]) == (403, "not-on-this-case")
    async with way_in.pool.acquire() as conn:
        assert await find_seat(conn, case_id, mira.account_id) is None
    async with listening(way_in.app) as port, httpx.AsyncClient(base_url=f"http://localhost:{port}") as http:
        upgrade = {"connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13"}
        headers = {**mira.cookie, **upgrade, "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA=="}
        refused = await http.get(f"/api/cases/{case_id}/feed", headers=headers)
    assert refused.status_code == 403


async def test_staff_routes_that_lead_to_cases_are_shut_to_administrators(way_in: WayIn) -> None:
    ada = await administrator(way_in)
    answer = await way_in.http.get("/api/staff-only", headers=ada.cookie)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you")


async def test_who_sits_on_a_case_is_made_no_administrator(way_in: WayIn) -> None:
    ada, mira = await administrator(way_in), await way_in.person("Mira")
    await way_in.open_case(mira)
    answer = await put(way_in, ada, mira.account_id, administrator=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "sits-on-a-case")
    assert await status_of_me(way_in, mira) == 200


async def test_what_administrators_do_is_shut_to_everybody_else(way_in: WayIn) -> None:
    people = [await way_in.person("Mira"), await way_in.person("Dana", kind="guest")]
    account, organisation = new_id(), new_id()
    tried = [
        ("GET", "/api/admin/accounts"),
        ("POST", "/api/admin/accounts"),
        ("PUT", f"/api/admin/accounts/{account}"),
        ("GET", "/api/admin/organisations"),
        ("POST", "/api/admin/organisations"),
        ("POST", f"/api/admin/organisations/{organisation}/members"),
        ("DELETE", f"/api/admin/organisations/{organisation}/members/{account}"),
    ]
    for method, path in tried:
        for person in people:
            answer = await way_in.http.request(method, path, headers={**JSON, **person.cookie}, content=b"[")
            assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you"), (method, path)
        assert (await way_in.http.request(method, path, headers=JSON, content=b"[")).status_code == 401


async def test_an_administrator_keeps_a_passkey_like_anybody(way_in: WayIn) -> None:
    ada, key = await administrator(way_in), Authenticator(ORIGIN)
    asked = (await way_in.http.post("/api/account/passkeys/options", headers=ada.cookie)).json()
    body = {"challenge_id": asked["challenge_id"], "name": "Desk", "credential": key.make(asked["options"])}
    assert (await way_in.http.post("/api/account/passkeys", json=body, headers=ada.cookie)).status_code == 201


async def test_an_id_that_is_none_is_refused_wherever_one_stands_in_an_address(way_in: WayIn) -> None:
    ada, fine = await administrator(way_in), new_id()
    for odd in ("x", "A" * 32, "%2e%2e", "%00", "%C3%A9", f"{fine}%0A", f"{fine}0"):
        for method, path, body in (
            ("PUT", f"admin/accounts/{odd}", {"disabled": False, "administrator": False}),
            ("POST", f"admin/organisations/{odd}/members", {"account": ada.account_id, "role": "staff"}),
            ("DELETE", f"admin/organisations/{odd}/members/{fine}", None),
            ("DELETE", f"admin/organisations/{fine}/members/{odd}", None),
            ("DELETE", f"account/passkeys/{odd}", None),
            ("DELETE", f"account/sessions/{odd}", None),
            ("POST", f"complaints/{odd}/handled", None),
        ):
            answer = await way_in.http.request(method, f"/api/{path}", json=body, headers=ada.cookie)
            assert answer.status_code in {400, 404}, (method, path, answer.text)


# ── the first one ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_administrator_is_made_on_the_command_line(start_portal: Callable[..., Portal]) -> None:
    portal = start_portal(demo=False)
    words = ("account", "add", "--administrator", "--name", "Ada", "--email", "ada@example.org")
    made = portal.command(*words, typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    with httpx.Client(base_url=portal.url) as http:
        answer = http.post("/api/sign-in", json={"email": "ada@example.org", "password": PASSWORD})
        assert answer.json()["administrator"] is True
        shown = http.get("/api/admin/accounts", headers=cookie(token_in(answer)))
        assert [one["name"] for one in shown.json()["accounts"]] == ["Ada"]
        link = portal.command("account", "link", "--email", "ada@example.org").stdout.strip()
        assert link.startswith(f"{portal.url}/password#")
        used = http.post("/api/password-resets/use", json={"token": link.partition("#")[2], "password": "another " * 3})
        assert used.status_code == 204
    unknown = portal.command("account", "link", "--email", "nobody@example.org")
    assert (unknown.returncode, "No open account" in unknown.stderr) == (1, True)
