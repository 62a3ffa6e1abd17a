"""The whole portal, route by route: what strangers reach is listed here, and everything else turns them away."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import websockets
from litestar import Litestar
from litestar.routes import WebSocketRoute
from msgspec import inspect

from apps import portal_app
from mediation.bus import Bus
from mediation.db import Pool
from mediation.identity.guards import declared_who
from mediation.identity.live_sessions import LiveSessions
from way_in import ORIGIN, Person, WayIn, build_app, listening, new_id, settings_for

OPEN_TO_STRANGERS = {
    "GET /",
    "GET /{path:path}",
    "GET /livez",
    "GET /readyz",
    "GET /metrics",
    "GET /schema",
    "GET /schema/openapi.json",
    "GET /schema/{path:str}",
    "POST /api/sign-in",
    "POST /api/sign-out",
    "POST /api/passkey-sign-in/options",
    "POST /api/passkey-sign-in",
    "POST /api/password-resets",
    "POST /api/password-resets/use",
    "POST /api/invitations/preview",
    "POST /api/invitations/code",
    "POST /api/invitations/verify",
    "POST /api/invitations/first-page",
    "POST /api/invitations/accept",
    "POST /api/invitations/decline",
    "GET /api/intake/{slug:str}",
    "POST /api/intake/{slug:str}/code",
    "POST /api/intake/{slug:str}",
    "POST /api/look-ups",
}
IN_DEMO_MODE_ALONE = {"GET /demo/{token:str}", "POST /api/demo/cases"}
JUNK = b"[" * 2000
JSON = {"content-type": "application/json"}


@pytest.fixture
async def portal_without_database(tmp_path: Path) -> AsyncIterator[Litestar]:
    """Everything that is mounted, to be looked at."""
    async with portal_app(settings_for(tmp_path)) as app:
        yield app


@pytest.fixture
async def portal(pool: Pool, database: str, tmp_path: Path) -> AsyncIterator[Litestar]:
    """Everything that is mounted, with just enough behind it to tell who somebody is."""
    async with portal_app(settings_for(tmp_path)) as app:
        app.state.pool = pool
        app.state.live_sessions = LiveSessions(pool, Bus(database))
        yield app


@pytest.fixture
async def stranger_to_the_case(pool: Pool, database: str, tmp_path: Path) -> tuple[Person, str]:
    """Somebody who is signed in, and a case that is not theirs."""
    way_in = WayIn(build_app(pool, Bus(database), settings_for(tmp_path)), cast("Any", None), pool)
    async with pool.acquire() as conn:
        await way_in.app.state.keyring.register(conn)
    owner, other = await way_in.person("Owner"), await way_in.person("Other")
    case_id, _ = await way_in.open_case(owner)
    return other, case_id


def client_of(app: Litestar) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app)), base_url=ORIGIN)


def routes_of(app: Litestar, case_id: str | None = None) -> Iterator[tuple[str, str, str, str | None]]:
    """Each method and template of the portal, an address that fits it, and who may use it."""
    for route in app.routes:
        path = route.path.replace("{case_id:str}", case_id or new_id())
        path = re.sub(r"\{\w+:\w+\}", new_id(), path)
        for handler in getattr(route, "route_handlers", None) or [cast("Any", route).route_handler]:
            for method in getattr(handler, "http_methods", ["SOCKET"]):
                yield str(getattr(method, "value", method)), route.path, path, declared_who(handler)


def test_the_list_of_what_strangers_reach_is_complete(portal: Litestar) -> None:
    reached = {
        f"{method} {template}"
        for method, template, _, who in routes_of(portal)
        if who == "anyone" and method != "OPTIONS"
    }
    assert reached == OPEN_TO_STRANGERS
    assert {
        f"{method} {template}" for method, template, _, who in routes_of(portal) if who == "demo"
    } == IN_DEMO_MODE_ALONE


async def test_everything_else_turns_a_stranger_away_before_it_looks_at_anything(portal: Litestar) -> None:
    async with client_of(portal) as http:
        for method, template, path, who in routes_of(portal):
            if f"{method} {template}" in OPEN_TO_STRANGERS or method in {"OPTIONS", "SOCKET"}:
                continue
            answer = await http.request(method, path, content=JUNK, headers=JSON)
            expected = {404} if who == "demo" else {401}
            assert answer.status_code in expected, (method, template, answer.text)


async def test_a_person_of_no_case_is_turned_away_from_every_case(
    portal: Litestar, stranger_to_the_case: tuple[Person, str]
) -> None:
    """An unknown case and a case of others get the same answer, whatever is sent."""
    person, case_id = stranger_to_the_case
    tried = 0
    async with client_of(portal) as http:
        for which in (case_id, None):
            for method, template, path, who in routes_of(portal, which):
                if who == "seat" and method != "SOCKET":
                    tried += 1
                    answer = await http.request(method, path, content=JUNK, headers={**JSON, **person.cookie})
                    assert (answer.status_code, answer.json()["code"]) == (403, "not-on-this-case"), (method, template)
    assert tried > 60


async def test_an_administrator_is_turned_away_from_every_case_even_from_one_they_sit_on(
    portal: Litestar, pool: Pool, database: str, tmp_path: Path
) -> None:
    way_in = WayIn(build_app(pool, Bus(database), settings_for(tmp_path)), cast("Any", None), pool)
    async with pool.acquire() as conn:
        await way_in.app.state.keyring.register(conn)
    owner = await way_in.person("Owner")
    case_id, _ = await way_in.open_case(owner)
    await pool.execute("UPDATE accounts SET administrator = true")
    async with client_of(portal) as http:
        for method, template, path, who in routes_of(portal, case_id):
            if who in {"seat", "staff"} and method != "SOCKET":
                answer = await http.request(method, path, content=JUNK, headers={**JSON, **owner.cookie})
                code = "not-on-this-case" if who == "seat" else "not-open-to-you"
                assert (answer.status_code, answer.json()["code"]) == (403, code), (method, template)
        listed = await http.get("/api/cases", headers=owner.cookie)
    assert listed.json() == {"cases": []}


async def test_no_unsafe_route_of_the_portal_listens_to_a_page_of_another_site(portal: Litestar) -> None:
    tried = 0
    async with client_of(portal) as http:
        for method, template, path, _ in routes_of(portal):
            if method in {"POST", "PUT", "PATCH", "DELETE"}:
                for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
                    tried += 1
                    answer = await http.request(method, path, headers=headers)
                    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin"), (method, template)
    assert tried > 60


async def test_every_socket_of_the_portal_is_shut_to_other_sites_and_to_strangers(
    portal: Litestar, stranger_to_the_case: tuple[Person, str]
) -> None:
    person, case_id = stranger_to_the_case
    sockets = [route.path for route in portal.routes if isinstance(route, WebSocketRoute)]
    assert any(path.endswith("/feed") for path in sockets)
    async with listening(portal) as port:
        for template in sockets:
            url = f"ws://localhost:{port}" + template.replace("{case_id:str}", case_id)
            for headers, code in (
                ({"origin": "https://evil.example"}, b"foreign-origin"),
                ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, b"foreign-origin"),
                ({}, b"not-signed-in"),
                (person.cookie, b"not-on-this-case"),
            ):
                with pytest.raises(websockets.InvalidStatus) as refused:
                    await websockets.connect(url, additional_headers=headers)
                assert code in (refused.value.response.body or b""), (template, headers)


# What is looked up by its hash or compared, and never kept.
SECRETS = (".password", ".current", ".token", ".code")


def strings_in(kind: inspect.Type, path: str = "") -> Iterator[tuple[str, inspect.StrType]]:
    """Every string that a body of this type can hold, with where it stands."""
    match kind:
        case inspect.Metadata():
            yield from strings_in(kind.type, path)
        case inspect.StrType():
            yield path, kind
        case inspect.StructType():
            for field in kind.fields:
                yield from strings_in(field.type, f"{path}.{field.name}")
        case inspect.UnionType():
            for one in kind.types:
                yield from strings_in(one, path)
        case inspect.VarTupleType() | inspect.ListType():
            yield from strings_in(kind.item_type, path)
        case _:
            # Numbers, literals; and a suggested clause, whose words are judged as a settlement's are.
            pass


def test_no_body_can_bring_words_without_end_or_what_no_paper_can_print(portal_without_database: Litestar) -> None:
    looked_at = 0
    for route in portal_without_database.routes:
        for handler in getattr(route, "route_handlers", ()):
            if (data := handler.parsed_data_field) is None or data.annotation is bytes:
                continue
            for path, kind in strings_in(inspect.type_info(data.annotation)):
                looked_at += 1
                where = f"{route.path}: {path}"
                assert kind.max_length or not re.search("[*+]", kind.pattern or "*"), where
                if not path.endswith(SECRETS):
                    assert kind.pattern, where
                    assert not any(re.search(kind.pattern, f"a{odd}b") for odd in "\x00\x1b\x7f"), where
    assert looked_at > 100
