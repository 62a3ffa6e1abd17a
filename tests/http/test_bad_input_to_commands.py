"""Whatever is sent to any command's route: a problem document with a code and a next step, and nothing is written.

The routes and their bodies are taken from the commands themselves, so a new command is tried as soon as it is there.
"""

import json
import os
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import inspect

from apps import portal_app
from feeds import serving
from mediation.case.commands import COLLECTIONS, Command, Leave
from mediation.identity.middleware import MAX_BODY
from mediation.settings import Settings
from office import Docket

JSON = {"content-type": "application/json"}
IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
FUZZ = 20_000 if IS_SOAK else 300
ODD_AT_ONCE = None if IS_SOAK else 5
ROOMS = ("joint", "caucus-client", "caucus-business", "talks", "papers", "private-00000000")
NOBODYS = "0b" * 16
ODDITIES: tuple[Any, ...] = (
    None, True, 5, -1, 1.5, 10**30, "", "x", "x" * 5_000, [], ["x"], {}, {"x": 1}, "joint\n", "\u0000", "\u202e",
    NOBODYS + "\n", NOBODYS.upper(),
)  # fmt: skip


@dataclass
class Portal:
    """The whole portal with a mediation that has begun, spoken to over HTTP."""

    docket: Docket
    http: httpx.AsyncClient
    cookies: dict[str, dict[str, str]]

    def address(self, collection: str, case_id: str | None = None) -> str:
        return f"/api/cases/{self.docket.case_id if case_id is None else case_id}/{collection}"

    async def post(self, who: str, collection: str, body: bytes, case_id: str | None = None) -> httpx.Response:
        return await self.http.post(
            self.address(collection, case_id), content=body, headers={**JSON, **self.cookies[who]}
        )

    async def is_refused(self, who: str, collection: str, body: Any, statuses: set[int], case_id: str = "") -> str:
        """The code of the problem with which a body is refused, which must be a proper one."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = await self.post(who, collection, content, case_id or None)
        said = f"{collection} {content[:300]!r} {answer.status_code} {answer.text}"
        assert answer.status_code in statuses, said
        assert answer.headers["content-type"] == "application/problem+json", said
        problem = answer.json()
        assert problem["status"] == answer.status_code, said
        assert problem["code"], said
        assert problem["title"], said
        assert problem["next"], said
        return str(problem["code"])


@pytest.fixture
async def portal(database: str, tmp_path: Path) -> AsyncIterator[Portal]:
    async with (
        portal_app(Settings(data_dir=tmp_path, database_url=database, pool_size=3, command_tries=10**6)) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        docket = await (await Docket(app.state.casework).open()).begin()
        cookies = {nickname: await docket.cookie(nickname) for nickname in docket.seats}
        elsewhere = await Docket(app.state.casework).open()
        cookies["somebody else"] = await elsewhere.cookie("handler")
        cookies["nobody"] = {}
        await docket.join("legal", "legal", None)
        cookies["legal"] = await docket.cookie("legal")
        before = await docket.lengths()
        yield Portal(docket, http, cookies)
        assert await docket.lengths() == before, "something was written"


# ── bodies made from the commands ───────────────────────────────────────────────────────────────────────────────────

BY_PATTERN = {
    "{32}": NOBODYS,
    "{64}": "0c" * 32,
    "papers": "joint",
    "{3}": "EUR",
    "{4}": "2026-01-31",
    "settlement": "settlement.1",
    "A-Za-z": "AAAA",
}


def sample(kind: inspect.Type) -> Any:
    """A value that fits a field's type."""
    made: Any
    match kind:
        case inspect.Metadata():
            made = sample(kind.type)
        case inspect.StrType():
            made = next((v for part, v in BY_PATTERN.items() if kind.pattern and part in kind.pattern), "Words.")
        case inspect.LiteralType():
            made = kind.values[0]
        case inspect.UnionType():
            made = sample(next(t for t in kind.types if not isinstance(t, inspect.NoneType)))
        case inspect.StructType():
            made = {field.name: sample(field.type) for field in kind.fields}
        case inspect.VarTupleType():
            made = [sample(kind.item_type)] * (kind.min_length or 0)
        case inspect.DictType():
            made = {}
        case inspect.DateTimeType():
            made = "2020-01-01T10:00:00Z"
        case inspect.DateType():
            made = "2020-01-01"
        case _:
            made = {inspect.IntType: 1, inspect.BoolType: True}[type(kind)]
    return made


def a_body(command: type[Command]) -> dict[str, Any]:
    body: dict[str, Any] = sample(inspect.type_info(command))
    return body


def required(command: type[Command]) -> list[str]:
    info = inspect.type_info(command)
    assert isinstance(info, inspect.StructType)
    return [field.name for field in info.fields if field.required]


def fits(command: type[Command], body: dict[str, Any]) -> bool:
    try:
        msgspec.convert(body, command)
    except msgspec.ValidationError:
        return False
    return True


def strings_in(body: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where the strings of a body are."""
    for name, value in body.items():
        if isinstance(value, str):
            yield (*path, name)
        elif isinstance(value, dict):
            yield from strings_in(value, (*path, name))


def with_value(body: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The body with another value in one place."""
    inner = with_value(body[path[0]], path[1:], value) if len(path) > 1 else value
    return {**body, path[0]: inner}


@pytest.mark.parametrize("command", COLLECTIONS)
def test_the_sample_bodies_fit(command: type[Command]) -> None:
    assert fits(command, a_body(command))


# ── every route ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_no_json_is_refused(portal: Portal) -> None:
    bodies = (b"", b"{", b"null", b"[]", b'"text"', b"\x00", b"\xff\xfe{", b'{"command_id":"\xff"}', b"[" * 100_000)
    for collection in COLLECTIONS.values():
        for body in bodies:
            code = await portal.is_refused("client", collection, body, {400})
            assert code in {"malformed-body", "invalid-input"}


@pytest.mark.soak
async def test_fields_of_the_wrong_kind_missing_or_unknown_are_refused(portal: Portal) -> None:
    chance = random.Random(13)
    for command, collection in COLLECTIONS.items():
        body = a_body(command)
        odd_ones = [chance.sample(ODDITIES, k=ODD_AT_ONCE or len(ODDITIES)) for _ in body]
        wrong = [{**body, name: odd} for name, odds in zip(body, odd_ones, strict=True) for odd in odds]
        wrong += [{k: v for k, v in body.items() if k != name} for name in required(command)]
        wrong.append({**body, "surprise": 1})
        for one in wrong:
            if not fits(command, one):
                # A number where a time belongs is read as seconds since 1970, which are over.
                code = await portal.is_refused("client", collection, one, {400, 422})
                assert code in {"invalid-input", "time-is-over"}, (collection, one)


async def test_characters_that_cannot_be_kept_are_refused(portal: Portal) -> None:
    for command, collection in COLLECTIONS.items():
        body = a_body(command)
        for path in strings_in(body):
            for escape in ("\\u0000", "\\ud800", "\\udc00\\ud800", "\\u001b"):
                mark = "MARK"
                content = json.dumps(with_value(body, path, mark)).replace(mark, f"a{escape}b").encode()
                await portal.is_refused("client", collection, content, {400})


async def test_too_much_is_refused(portal: Portal) -> None:
    for command, collection in COLLECTIONS.items():
        body = json.dumps({**a_body(command), "more": "x" * MAX_BODY}).encode()
        assert await portal.is_refused("client", collection, body, {413}) == "too-large"


async def test_other_kinds_of_content_and_other_methods_are_refused(portal: Portal) -> None:
    for command, collection in COLLECTIONS.items():
        form = {"content-type": "application/x-www-form-urlencoded", **portal.cookies["client"]}
        answer = await portal.http.post(portal.address(collection), content=json.dumps(a_body(command)), headers=form)
        assert (answer.status_code, answer.json()["code"]) == (415, "not-json")
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            answer = await portal.http.request(method, portal.address(collection), headers=portal.cookies["client"])
            assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed"), (method, collection)


async def test_whoever_is_not_on_the_case_is_refused_before_anything_is_looked_at(portal: Portal) -> None:
    for command, collection in COLLECTIONS.items():
        for body in (a_body(command), b"{", {"surprise": 1}):
            assert await portal.is_refused("nobody", collection, body, {401}) == "not-signed-in"
            assert await portal.is_refused("somebody else", collection, body, {403}) == "not-on-this-case"
        for case_id in ("0" * 32, "nothing", portal.docket.case_id.upper(), portal.docket.case_id + "%0A", "%00"):
            assert await portal.is_refused("client", collection, b"{", {403}, case_id) == "not-on-this-case"


async def test_what_is_not_there_is_refused_to_everyone(portal: Portal) -> None:
    for command, collection in COLLECTIONS.items():
        body = a_body(command)
        if any(name != "command_id" and value == NOBODYS for name, value in body.items()):
            for who in ("client", "handler", "mediator"):
                for room in ROOMS if "room" in body else ("",):
                    body |= {"room": room} if room else {}
                    await portal.is_refused(who, collection, body, {400, 403, 404, 409, 422})


@pytest.mark.soak
@pytest.mark.timeout(900 if IS_SOAK else 120)
async def test_random_bodies_never_break_anything(portal: Portal) -> None:
    chance = random.Random(11)
    for _ in range(FUZZ):
        command, collection = chance.choice([one for one in COLLECTIONS.items() if one[0] is not Leave])
        content = bytearray(json.dumps(a_body(command)).encode())
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(content))
            content[place : place + chance.randint(0, 3)] = chance.choice(
                (b'"', b"\\", b"{", b"\xf0\x9f", b"\\ud83d", b"1e999", b"null", b"", b"\x00", b"[[", b",")
            )
        # Somebody not on the case would hide what the route itself does; a legal reader may do nothing but leave.
        answer = await portal.post("legal", collection, bytes(content))
        assert answer.status_code in {400, 403, 404, 409, 422}, (collection, bytes(content), answer.text)
        assert answer.json()["next"]
