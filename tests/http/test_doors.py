"""Every route and socket is shut unless it says who may use it, and shut to pages of other sites."""

from collections.abc import Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import websockets
from litestar import Litestar, WebSocket, get, post, websocket
from litestar.datastructures import State
from litestar.handlers.asgi_handlers import asgi
from litestar.types import Receive, Scope, Send

from mediation import clock
from mediation.http_errors import EXCEPTION_HANDLERS
from mediation.identity import live_sessions
from mediation.identity.demo import demo_link
from mediation.identity.guards import guard, require_declared
from mediation.identity.middleware import Door, add_security_headers
from way_in import ORIGIN, Person, WayIn, listening, new_id

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "http://portal.example"},
    {"origin": "https://portal.example:8443"},
    {"origin": "https://portal.example.evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
]


def bare_app(handlers: list[Any], *, with_door: bool = True) -> Litestar:
    settings = SimpleNamespace(origin=ORIGIN, base_url=ORIGIN, demo=False)
    return Litestar(
        handlers,
        middleware=[Door] if with_door else [],
        guards=[guard],
        before_send=[add_security_headers],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
        state=State({"settings": settings}),
    )


def client_of(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)


@get("/undeclared")
async def undeclared() -> None: ...


@get("/misspelt", opt={"who": "everyone"})
async def misspelt() -> None: ...


@websocket("/undeclared-socket")
async def undeclared_socket(socket: WebSocket[Any, Any, Any]) -> None: ...


@asgi("/undeclared-mount", is_mount=True, copy_scope=True)
async def undeclared_mount(scope: Scope, receive: Receive, send: Send) -> None: ...


@get("/seat-without-case", opt={"who": "seat"})
async def seat_without_case() -> None: ...


@get("/open", opt={"who": "anyone"})
async def open_route() -> dict[str, str]:
    return {}


@post("/open", opt={"who": "anyone"}, status_code=200)
async def open_post() -> dict[str, str]:
    return {}


@pytest.mark.parametrize(
    "handler",
    [undeclared, misspelt, undeclared_socket, undeclared_mount, seat_without_case],
    ids=lambda h: str(h.paths),
)
def test_the_portal_does_not_start_with_a_route_that_does_not_say_who_may_use_it(handler: Any) -> None:
    require_declared(bare_app([open_route]))
    with pytest.raises(RuntimeError, match=next(iter(handler.paths))):
        require_declared(bare_app([open_route, handler]))


async def test_a_route_that_says_nothing_is_open_to_nobody() -> None:
    async with client_of(bare_app([undeclared, misspelt])) as http:
        for path in ("/undeclared", "/misspelt"):
            assert (await http.get(path)).status_code == 403


async def test_without_the_door_nothing_passes() -> None:
    async with client_of(bare_app([open_route], with_door=False)) as http:
        assert (await http.get("/open")).status_code == 403


def routes_of(app: Litestar) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        path = route.path.replace("{case_id:str}", new_id()).replace("{invitation_id:str}", new_id())
        for method in getattr(route, "methods", ()):
            yield method, path.replace("{token:str}", "x" * 43)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_no_unsafe_route_listens_to_a_page_of_another_site(way_in: WayIn, headers: dict[str, str]) -> None:
    mira = await way_in.person("Mira")
    tried = 0
    for method, path in routes_of(way_in.app):
        if method in UNSAFE:
            tried += 1
            answer = await way_in.http.request(method, path, headers={**mira.cookie, **headers}, content=b"[")
            assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin"), (method, path)
    assert tried >= 10
    assert (await way_in.http.get("/api/me", headers=mira.cookie)).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"origin": ORIGIN}, {"sec-fetch-site": "same-origin"}, {"origin": ORIGIN, "sec-fetch-site": "none"}]
)
async def test_our_own_pages_and_scripts_without_a_browser_are_listened_to(
    way_in: WayIn, headers: dict[str, str]
) -> None:
    assert (await way_in.http.post("/api/said", json={"text": "hello"}, headers=headers)).status_code == 201


async def test_a_second_origin_header_does_not_hide_the_first() -> None:
    async with client_of(bare_app([open_post])) as http:
        both = [("origin", ORIGIN), ("origin", "https://evil.example")]
        assert (await http.post("/open", headers=both)).status_code == 403
        assert (await http.post("/open", headers=both[:1])).status_code == 200


@pytest.mark.parametrize("headers", [h for h in FOREIGN if h.get("origin") != ""], ids=str)
async def test_no_socket_opens_to_a_page_of_another_site(way_in: WayIn, headers: dict[str, str]) -> None:
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    async with listening(way_in.app) as port:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(
                f"ws://localhost:{port}/api/cases/{case_id}/feed", additional_headers={**mira.cookie, **headers}
            )
    assert refused.value.response.status_code == 403
    assert b'"foreign-origin"' in (refused.value.response.body or b"")
    assert refused.value.response.headers["content-type"] == "application/problem+json"


async def test_a_socket_is_refused_before_it_opens_to_strangers_and_to_people_of_other_cases(way_in: WayIn) -> None:
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam")
    case_id, _ = await way_in.open_case(mira)
    async with listening(way_in.app) as port:
        for headers, status, code in (({}, 401, b"not-signed-in"), (sam.cookie, 403, b"not-on-this-case")):
            with pytest.raises(websockets.InvalidStatus) as refused:
                await websockets.connect(f"ws://localhost:{port}/api/cases/{case_id}/feed", additional_headers=headers)
            assert refused.value.response.status_code == status
            assert code in (refused.value.response.body or b"")


async def test_one_browser_holds_only_so_many_sockets_open(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_sessions, "MOST", 2)
    case_id, mira = case
    async with listening(way_in.app) as port:
        url = f"ws://localhost:{port}/api/cases/{case_id}/feed"
        for _ in range(2):
            await websockets.connect(url, additional_headers=mira.cookie)
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(url, additional_headers=mira.cookie)
        assert refused.value.response.status_code == 429
        assert b'"too-many-tries"' in (refused.value.response.body or b"")
        assert (await way_in.http.get("/api/me", headers=mira.cookie)).status_code == 200


async def test_a_seat_opens_its_own_case_and_no_other(way_in: WayIn) -> None:
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam", kind="guest")
    case_id, participant = await way_in.open_case(mira)
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=mira.cookie)
    assert said.json() == {"text": "hello", "by": participant}
    foreign = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=sam.cookie)
    assert foreign.status_code == 403
    seated = await way_in.seat(case_id, sam, "principal", "client")
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=sam.cookie)
    assert said.json()["by"] == seated


async def test_an_unknown_case_and_a_case_of_others_look_exactly_alike(way_in: WayIn) -> None:
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam")
    case_id, _ = await way_in.open_case(mira)
    answers = [
        await way_in.http.post(f"/api/cases/{which}/said", json={"text": "x"}, headers=sam.cookie)
        for which in (case_id, new_id(), "nonsense", case_id.upper(), "'; DROP TABLE seats; --", "%00")
    ]
    assert {(a.status_code, a.content, tuple(a.headers.items())) for a in answers} == {
        (403, answers[0].content, tuple(answers[0].headers.items()))
    }


async def test_whoever_left_the_case_is_a_stranger_to_it(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    await way_in.pool.execute("UPDATE seats SET left_at = joined_at")
    answer = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "x"}, headers=mira.cookie)
    assert answer.json()["code"] == "not-on-this-case"


async def test_strangers_are_turned_away_before_anything_is_looked_at(way_in: WayIn) -> None:
    """A body that cannot be read, a case that does not exist: a stranger hears of neither."""
    for method, path in routes_of(way_in.app):
        if path.startswith("/api/cases/"):
            answer = await way_in.http.request(
                method, path, content=b"[" * 1000, headers={"content-type": "application/json"}
            )
            assert answer.status_code in {401, 403}, (method, path)


async def test_guests_do_not_come_in_where_staff_do(way_in: WayIn) -> None:
    mira, dana = await way_in.person("Mira"), await way_in.person("Dana", kind="guest")
    assert (await way_in.http.get("/api/staff-only", headers=mira.cookie)).status_code == 200
    refused = await way_in.http.get("/api/staff-only", headers=dana.cookie)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-open-to-you")


async def test_demo_links_work_in_demo_mode_alone_and_as_often_as_they_are_opened(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    closed, demo = await start_way_in(demo=False), await start_way_in(demo=True)
    mira = await demo.person("Mira")
    case_id, _ = await demo.open_case(mira)
    async with demo.pool.acquire() as conn:
        token = await demo_link(conn, mira.account_id, case_id, clock.now())
    for _ in range(2):
        answer = await demo.http.get(f"/demo/{token}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{case_id}")
        session = answer.headers["set-cookie"].split(";")[0]
        assert (await demo.http.get("/api/me", headers={"cookie": session})).json()["name"] == "Mira"
    assert (await demo.http.get(f"/demo/{'A' * 43}")).json()["code"] == "unknown-demo-link"
    refused = await closed.http.get(f"/demo/{token}")
    assert (refused.status_code, "set-cookie" in refused.headers) == (404, False)


async def test_every_answer_tells_the_browser_to_be_strict(way_in: WayIn) -> None:
    for path, status in (("/api/me", 401), ("/nowhere", 404), ("/api/said", 405), ("/api/broken", 500)):
        answer = await way_in.http.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "max-age=" in answer.headers["strict-transport-security"]
    assert (await way_in.http.get("/api/me")).headers["cache-control"] == "no-store"
