"""Reading cases over HTTP: one's own list and views, rooms from one's joining on, and the mediator's private notes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from apps import portal_app
from feeds import serving
from mediation.case import commands as c
from mediation.settings import Settings
from office import Docket


@dataclass
class Reading:
    """A portal with a mediation that has begun, and people who read over HTTP."""

    docket: Docket
    http: httpx.AsyncClient

    async def get(self, nickname: str, path: str = "") -> httpx.Response:
        return await self.http.get(
            f"/api/cases/{self.docket.case_id}{path}", headers=await self.docket.cookie(nickname)
        )

    async def room(self, nickname: str, room: str, **query: Any) -> httpx.Response:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return await self.get(nickname, f"/rooms/{room}/entries?{asked}")

    async def notes(self, nickname: str, text: str) -> httpx.Response:
        address = f"/api/cases/{self.docket.case_id}/notes"
        return await self.http.put(address, json={"text": text}, headers=await self.docket.cookie(nickname))


@pytest.fixture
async def reading(database: str, tmp_path: Path) -> AsyncIterator[Reading]:
    async with (
        portal_app(Settings(data_dir=tmp_path, database_url=database, pool_size=3)) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        yield Reading(await (await Docket(app.state.casework).open()).begin(), http)


def words(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [e["body"]["text"] for e in answer.json()["entries"] if e.get("kind") == "MessagePosted"]


async def test_each_has_a_list_of_their_own_cases(reading: Reading) -> None:
    other = await Docket(reading.docket.casework).open()
    lists = {}
    for docket, nickname in ((reading.docket, "client"), (other, "handler")):
        answer = await reading.http.get("/api/cases", headers=await docket.cookie(nickname))
        lists[docket.case_id] = [(one["case"], one["me"]["role"]) for one in answer.json()["cases"]]
    assert lists == {
        reading.docket.case_id: [(reading.docket.case_id, "principal")],
        other.case_id: [(other.case_id, "handler")],
    }


async def test_the_view_over_http_is_the_viewers_own(reading: Reading) -> None:
    await reading.docket.do("mediator", c.OpenCaucus, party="business")
    views = {nickname: (await reading.get(nickname)).json() for nickname in ("client", "mediator")}
    assert {room["room"] for room in views["client"]["rooms"]}.isdisjoint({"caucus-business", "team-business"})
    assert "caucus-business" in {room["room"] for room in views["mediator"]["rooms"]}


async def test_a_room_is_read_in_pages(reading: Reading) -> None:
    for number in range(7):
        await reading.docket.say("client", "joint", f"Line {number}.")
    first = await reading.room("handler", "joint", limit=5)
    assert words(first) == [f"Line {number}." for number in range(4)], "the first entry set the stage"
    last = first.json()["entries"][-1]["seq"]
    rest = await reading.room("handler", "joint", after=last)
    assert words(rest) == [f"Line {number}." for number in range(4, 7)]
    assert rest.json()["entries"][-1]["seq"] == rest.json()["head"] == 8
    assert words(await reading.room("handler", "joint", after=99)) == []


async def test_a_room_one_is_not_in_is_closed_and_says_nothing_of_itself(reading: Reading) -> None:
    await reading.docket.say("handler", "caucus-business", "In confidence.")
    for room in ("caucus-business", "team-business", "nothing", "%00", "joint%0A"):
        answer = await reading.room("client", room)
        assert (answer.status_code, answer.json()["code"]) in {(403, "not-in-this-room"), (400, "invalid-input")}


async def test_a_page_that_is_none_is_refused(reading: Reading) -> None:
    for query in ({"limit": 0}, {"limit": 201}, {"after": -1}, {"after": "x"}, {"after": 2**63}):
        answer = await reading.room("client", "joint", **query)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-input"), query


async def test_whoever_joins_late_reads_private_rooms_from_then_on_and_a_leaver_nothing(reading: Reading) -> None:
    await reading.docket.say("client", "team-client", "I would take half.")
    await reading.docket.join("counsel", "counsel", "client")
    await reading.docket.say("client", "team-client", "Welcome.")
    assert words(await reading.room("counsel", "team-client")) == ["Welcome."]
    assert (await reading.room("counsel", "joint")).status_code == 403
    await reading.docket.do("counsel", c.Leave)
    for answer in (await reading.get("counsel"), await reading.room("counsel", "team-client")):
        assert (answer.status_code, answer.json()["code"]) == (403, "not-on-this-case")


async def test_a_struck_message_is_an_empty_place(reading: Reading) -> None:
    seq = await reading.docket.say("client", "joint", "You crook!")
    await reading.docket.do("client", c.StrikeMessage, room="joint", seq=seq)
    answer = await reading.room("handler", "joint", after=seq - 1)
    assert answer.json()["entries"][0] == {"seq": seq, "erased": True}
    assert "crook" not in answer.text


async def test_the_mediators_notes_are_the_mediators_alone(reading: Reading) -> None:
    assert (await reading.notes("mediator", "He looks at her before he speaks.")).status_code == 200
    assert (await reading.get("mediator", "/notes")).json() == {"text": "He looks at her before he speaks."}
    for nickname in ("client", "handler"):
        for answer in (await reading.get(nickname, "/notes"), await reading.notes(nickname, "Mine.")):
            assert (answer.status_code, answer.json()["code"]) == (403, "for-the-mediator")
    await reading.notes("mediator", " ")
    assert (await reading.get("mediator", "/notes")).json() == {"text": ""}


async def test_a_next_mediator_finds_no_notes_of_the_first(reading: Reading) -> None:
    await reading.notes("mediator", "He looks at her before he speaks.")
    await reading.docket.do("client", c.RefuseMediator)
    await reading.docket.join("next", "mediator", None)
    assert (await reading.get("next", "/notes")).json() == {"text": ""}
    assert (await reading.get("mediator", "/notes")).status_code == 403


async def test_only_staff_open_cases_and_their_fields_are_checked(reading: Reading) -> None:
    body = {
        "command_id": uuid4().hex,
        "title": "The website",
        "category": "timeline",
        "account": "Late.",
        "business": {"name": "Studio"},
        "client": {"name": "Dana"},
        "opener": "handler",
    }
    answer = await reading.http.post("/api/cases", json=body, headers=await reading.docket.cookie("client"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you")
