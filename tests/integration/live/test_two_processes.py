"""Two portals on one database serve one case: what is done through one is seen through the other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from feeds import watching
from portal_process import Portal


@dataclass
class Shared:
    """A demo case, its people by role, and a client that speaks for any of them through any portal."""

    case: str
    people: dict[str, Any]
    http: httpx.AsyncClient

    def cookie(self, role: str) -> dict[str, str]:
        return {"cookie": self.people[role]["cookie"]}

    async def give(self, portal: Portal, role: str, collection: str, **fields: Any) -> httpx.Response:
        address = f"{portal.url}/api/cases/{self.case}/{collection}"
        answer = await self.http.post(address, json={"command_id": uuid4().hex, **fields}, headers=self.cookie(role))
        assert answer.status_code == 201, answer.text
        return answer


async def test_two_portals_serve_one_case(start_portal: Callable[..., Portal]) -> None:
    first = await asyncio.to_thread(start_portal)
    second = await asyncio.to_thread(start_portal)
    demo = await asyncio.to_thread(first.demo, "--stage", "bargaining")
    async with httpx.AsyncClient() as http:
        shared = Shared(demo["case"], {person["role"]: person for person in demo["people"]}, http)
        await _what_is_said_through_one_is_seen_through_the_other(shared, first, second)
        await _the_same_command_through_both_at_once_has_one_effect(shared, [first, second])


async def _what_is_said_through_one_is_seen_through_the_other(shared: Shared, first: Portal, second: Portal) -> None:
    async with (
        watching(first.port, shared.case, shared.cookie("handler")) as handler,
        watching(second.port, shared.case, shared.cookie("principal")) as client,
    ):
        await handler.until(lambda frame: frame["type"] == "presence" and len(frame["here"]) == 2)
        for turn in range(20):
            portal, role, other = ((first, "handler", client), (second, "principal", handler))[turn % 2]
            await shared.give(portal, role, "messages", room="joint", text=f"Turn {turn}.")
            await other.until_said(f"Turn {turn}.")
        for browser in (handler, client):
            assert browser.numbers("joint") == sorted(set(browser.numbers("joint")))
        offer = (await shared.give(first, "handler", "offers", terms="We repay a third.")).json()["command_id"]
        await shared.give(second, "principal", "offer-answers", offer=offer, accepted=True)
        await handler.until(lambda frame: frame["type"] == "view" and "offers" in frame["changed"])
        # Typing, and comings and goings, reach across too.
        await handler.send(type="typing", room="joint")
        await client.until(lambda frame: frame["type"] == "typing")
        await handler.socket.close()
        await client.until(lambda frame: frame["type"] == "presence" and len(frame["here"]) == 1)


async def _the_same_command_through_both_at_once_has_one_effect(shared: Shared, portals: list[Portal]) -> None:
    command = {"command_id": uuid4().hex, "room": "joint", "text": "Once."}
    answers = await asyncio.gather(
        *(shared.give(portal, "principal", "messages", **command) for portal in portals * 10)
    )
    assert len({answer.text for answer in answers}) == 1
    for portal in portals:
        address = f"{portal.url}/api/cases/{shared.case}/rooms/joint/entries"
        room = (await shared.http.get(address, headers=shared.cookie("principal"))).json()
        assert [e["body"]["text"] for e in room["entries"] if e["kind"] == "MessagePosted"].count("Once.") == 1
