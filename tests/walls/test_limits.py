"""What management settles with its handler: nobody else learns of it, nor by what is then done in spite of it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from mediation import clock
from mediation.case import commands as c
from mediation.case.terms import Money
from proofs.masks import comparable
from walls.portal import HIDDEN, Portal, Start

OUTSIDE = ("client", "mediator")
MOST = Money(minor=500_000, currency="EUR")
BEYOND = {"minor": 600_000, "currency": "EUR"}


async def with_a_manager(portal: Portal) -> None:
    await portal.docket.join("manager", "manager", "business")
    await portal.docket.agree("manager")


async def looks(portal: Portal, nickname: str) -> list[object]:
    """Everything that somebody outside may ask for, as the bytes and headers they get."""
    paths = ("", "/brief", "/rooms/joint/entries", "/rooms/papers/entries", "/rooms/team-business/entries")
    searches = (f"/search?q={HIDDEN}", "/search?q=LimitSet")
    return [comparable(await portal.get(nickname, path)) for path in (*paths, *searches, "/bundle")]


async def test_nothing_that_others_get_differs_by_a_byte_when_a_limit_is_settled(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as portal:
        docket = portal.docket
        await with_a_manager(portal)
        # A bundle says when it was made.
        moment = clock.now()
        monkeypatch.setattr(clock, "now", lambda: moment)
        async with await portal.watch("client") as client, await portal.watch("mediator") as mediator:
            before = {who: await looks(portal, who) for who in OUTSIDE}
            for browser in (client, mediator):
                await browser.silence()
            limit = await docket.do("manager", c.SetLimit, meaning="at-most", amount=MOST, terms=HIDDEN)
            assert (await docket.sees("handler")).limit is not None
            for browser in (client, mediator):
                assert await browser.silence() == []
            assert {who: await looks(portal, who) for who in OUTSIDE} == before
            await docket.do("manager", c.TakeBackLimit, limit=limit)
            for browser in (client, mediator):
                assert await browser.silence() == []
            assert {who: await looks(portal, who) for who in OUTSIDE} == before


async def test_going_beyond_it_gets_the_same_answer_and_leaves_the_same_behind(start: Start) -> None:
    """Once with a limit, once with a message in its place: the act and what follows from it are one and the same."""
    found: list[Any] = []
    for is_settled in (True, False):
        async with start() as portal:
            docket = portal.docket
            await with_a_manager(portal)
            if is_settled:
                await docket.do("manager", c.SetLimit, meaning="at-most", amount=MOST)
            else:
                await docket.say("manager", "team-business", "Good luck.")
            body = {"command_id": uuid4().hex, "amount": BEYOND, "terms": "", "room": "joint"}
            answer: httpx.Response = await portal.http.post(
                f"/api/cases/{docket.case_id}/offers", json=body, headers=await docket.cookie("handler")
            )
            assert answer.status_code == 201, answer.text
            entries = (await portal.get("client", "/rooms/joint/entries")).json()["entries"]
            shown = [(one["kind"], sorted(one["body"]), one["body"].get("amount")) for one in entries]
            found.append(
                ([(one["room"], one["seq"]) for one in answer.json()["written"]], sorted(answer.headers), shown)
            )
    assert found[0] == found[1]
