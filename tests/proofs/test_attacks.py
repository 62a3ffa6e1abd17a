"""What an attacker's page, script or file may try at every route of the portal: nothing gets in, nothing falls over."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import websockets

from feeds import watching
from mediation.live import feed as feed_module
from proofs.asking import CASE, Ask, ask
from proofs.disputes import SEATED, Dispute, open_dispute, upload
from proofs.knocking import Callers, path_of, routes_of, table
from proofs.whole_portal import WholePortal, numbered, whole_portal
from way_in import ORIGIN

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FOREIGN: tuple[dict[str, str], ...] = (
    {"origin": "https://evil.example"},
    {"origin": ORIGIN.replace("https", "http")},
    {"origin": f"{ORIGIN}:8443"},
    {"origin": f"{ORIGIN}.evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
)
UP_AND_OUT = (
    *("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd"),
    *("..\\..\\windows\\win.ini", "%00", "/etc/passwd", "..;/admin", "%c0%ae%c0%ae/etc/passwd", "." * 3000),
)


class Portal:
    """A portal with one dispute in it, and the headers of its people."""

    def __init__(self, portal: WholePortal, dispute: Dispute) -> None:
        self.portal, self.dispute, self.case_id, self.http = portal, dispute, dispute.case_id, portal.http

    async def header(self, who: str) -> dict[str, str]:
        return await self.portal.session(self.dispute.seats[who].account_id)

    async def length(self) -> int:
        """How many entries the case has, in all rooms."""
        query = "SELECT sum(length)::int FROM rooms WHERE case_id = $1::text::uuid"
        return int(await self.portal.owner.fetchval(query, self.case_id))

    def unsafe(self) -> Iterator[tuple[str, str, str, object]]:
        """Every route that changes something: its name, method, address and a body that would be fine."""
        for route in sorted(table()):
            method = route.partition(" ")[0]
            if method in UNSAFE:
                what = ask(route, self.dispute, numbered("attack", route))
                yield route, method, path_of(route, self.case_id, what) + what.query, what.json


@pytest.fixture
async def portal(database: str, tmp_path: Path) -> AsyncIterator[Portal]:
    # Entered and left in one task of its own: a server ends in the task in which it began.
    async with whole_portal(database, tmp_path) as started:
        callers = await Callers(started).arrive()
        people = {who: callers.accounts[who] for who in SEATED}
        yield Portal(started, await open_dispute(started, people, 1, busy=False))


async def test_no_unsafe_route_does_anything_for_a_page_of_another_site(portal: Portal) -> None:
    header, before = await portal.header("mediator"), await portal.length()
    for route, method, path, body in portal.unsafe():
        for foreign in FOREIGN:
            answer = await portal.http.request(method, path, json=body, headers={**header, **foreign})
            assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin"), (route, foreign)
    assert await portal.length() == before
    assert (await portal.http.get("/api/me", headers=header)).status_code == 200, "the sign-out had no effect either"


async def test_no_socket_opens_for_a_page_of_another_site(portal: Portal) -> None:
    header = await portal.header("mediator")
    sockets = [route.partition(" ")[2] for route in routes_of(portal.portal) if route.startswith("SOCKET")]
    assert len(sockets) >= 2
    for template in sockets:
        url = f"ws://127.0.0.1:{portal.portal.port}{path_of(f'SOCKET {template}', portal.case_id, Ask())}"
        for foreign in FOREIGN:
            if foreign.get("origin") == "":
                continue  # the client library sends no empty header
            with pytest.raises(websockets.InvalidStatus) as refused:
                await websockets.connect(url, additional_headers={**header, **foreign}, proxy=None)
            assert b"foreign-origin" in (refused.value.response.body or b""), (template, foreign)


async def test_no_route_swallows_a_body_without_end(portal: Portal) -> None:
    """Said to be too large or sent without saying: refused with 413, and nothing of it kept."""
    before = await portal.length()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b'"' + b"x" * 131_071

    for route, method, path, body in portal.unsafe():
        kind = "application/octet-stream" if "/uploads/{upload" in route else "application/json"
        # Signing out reads no body, and ends the session that came with it.
        headers = {**await portal.header("mediator"), "content-type": kind}
        said = await _announced(portal, method, path, {**headers, "content-length": str(1 << 40)})
        assert said.startswith("HTTP/1.1 413"), (route, said)
        assert '"too-large"' in said, (route, said)
        sent = await portal.http.request(method, path, headers=headers, content=endless())
        assert sent.status_code < 500, (route, sent.text)
        takes_a_body = body is not None or ("/uploads/{upload" in route and method == "PUT")
        # 403, 404: it was refused before anybody looked at the body.
        assert sent.status_code in {403, 404, 413} or not takes_a_body, (route, sent.text)
    assert await portal.length() == before


async def _announced(portal: Portal, method: str, path: str, headers: Mapping[str, str]) -> str:
    """The answer to a request that announces a body and never sends it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", portal.portal.port)
    lines = [f"{method} {path} HTTP/1.1", "host: portal.example", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
    writer.close()
    return (head + body).decode()


async def test_no_name_leads_up_and_out(portal: Portal) -> None:
    header = await portal.header("client")
    for name in UP_AND_OUT:
        for place in (
            *(f"/{name}", f"/assets/{name}", f"/api/cases/{name}", f"/schema/{name}"),
            *(f"/api/cases/{portal.case_id}/files/{name}", f"/api/cases/{portal.case_id}/files/{name}/preview"),
            *(f"/api/cases/{portal.case_id}/rooms/{name}/entries", f"/api/cases/{portal.case_id}/uploads/{name}"),
        ):
            answer = await portal.http.get(place, headers=header)
            assert answer.status_code < 500, (place, answer.text)
            assert "root:" not in answer.text
            assert "[fonts]" not in answer.text


async def test_a_file_keeps_no_way_out_in_its_name(portal: Portal, tmp_path: Path) -> None:
    """It is saved by a name without folders, and the portal writes nowhere but where files lie."""
    client = portal.dispute.seats["client"]
    header = await portal.header("client")
    outside = {path for path in tmp_path.parent.rglob("*") if not path.is_relative_to(tmp_path)}
    for name in (
        "../../outside.txt",
        "..\\..\\outside.txt",
        "/etc/outside.txt",
        'a"; filename="b.html',
        "a\u202etxt.exe",
    ):
        file = await upload(portal.dispute, client, "joint", name.encode(), name)
        answer = await portal.http.get(f"/api/cases/{portal.case_id}/files/{file}", headers=header)
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment"), disposition
        assert not {"/", "\\", "\u202e"} & set(disposition.replace("filename*=UTF-8''", "")), disposition
        assert "%2F" not in disposition.upper(), disposition
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]
    assert outside == {path for path in tmp_path.parent.rglob("*") if not path.is_relative_to(tmp_path)}


async def test_a_socket_that_has_said_nothing_is_closed_with_its_session_and_not_some_seconds_later(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "HELLO_WITHIN", timedelta(minutes=5))
    header = await portal.header("client")
    url = f"ws://localhost:{portal.portal.port}/api/cases/{portal.case_id}/feed"
    async with websockets.connect(url, additional_headers=header) as silent:
        await portal.http.post("/api/sign-out", headers=header)
        assert json.loads(await silent.recv())["code"] == "session-ended"


async def test_a_session_that_ended_never_comes_back(portal: Portal) -> None:
    """Not by being used in fifty requests while it ends, nor by a socket that was open."""
    header = await portal.header("client")
    async with watching(portal.portal.port, portal.case_id, header) as feed:
        reads = [portal.http.get("/api/me", headers=header) for _ in range(25)]
        out = portal.http.post("/api/sign-out", headers=header)
        more = [portal.http.get("/api/cases", headers=header) for _ in range(25)]
        answers = await asyncio.gather(*reads, out, *more)
        assert {answer.status_code for answer in answers} <= {200, 204, 401}
        assert (await feed.bye())["code"] == "session-ended"
    for path in ("/api/me", f"/api/cases/{portal.case_id}"):
        assert (await portal.http.get(path, headers=header)).status_code == 401
    with pytest.raises(websockets.InvalidStatus):
        async with watching(portal.portal.port, portal.case_id, header):
            pass


async def test_a_session_chosen_by_somebody_else_is_never_taken_over(portal: Portal) -> None:
    """Every route that may sign somebody in gives a secret of its own, or none; a planted one stays worthless."""
    planted = {"cookie": f"__Host-mediation={'p' * 43}; __Host-mediation-visit={'v' * 43}"}
    for route in sorted(table()):
        if CASE in route or not route.startswith("POST"):
            continue
        what = ask(route, portal.dispute, numbered("planted", route))
        answer = await portal.http.post(path_of(route, portal.case_id, what), json=what.json, headers=planted)
        for cookie in answer.headers.get_list("set-cookie"):
            assert f"__Host-mediation={'p' * 43}" not in cookie, route
        assert (await portal.http.get("/api/me", headers=planted)).status_code == 401, route
