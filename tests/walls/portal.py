"""A portal with a mediation in which every side has said something that the other must not read."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import httpx

from feeds import Browser, watching
from mediation.case import chain
from mediation.case import commands as c
from office import Docket

HIDDEN = "quincunx"
"""A word that is said where the client is not, and nowhere else."""
BEFORE = "aforetime"
"""A word that is said in the client's team room before their counsel comes, and nowhere else."""
NAMED_ROOMS = frozenset(chain.SLOTS)


@dataclass
class Portal:
    """A running portal, a case in it, and whoever reads it over HTTP and on the feed."""

    docket: Docket
    http: httpx.AsyncClient
    port: int

    async def get(self, nickname: str, path: str = "") -> httpx.Response:
        address = f"/api/cases/{self.docket.case_id}{path}"
        return await self.http.get(address, headers=await self.docket.cookie(nickname))

    async def watch(self, nickname: str) -> AbstractAsyncContextManager[Browser]:
        return watching(self.port, self.docket.case_id, await self.docket.cookie(nickname))


Start = Callable[..., AbstractAsyncContextManager[Portal]]


async def say_in_confidence(docket: Docket) -> None:
    """Everything that somebody of the business and the mediator may say where the client is not."""
    handler = docket.seats["handler"].participant_id
    await docket.say("handler", "caucus-business", f"We could pay half, {HIDDEN}.")
    await docket.say("handler", "team-business", f"Among us, {HIDDEN}.")
    await docket.do("mediator", c.ScribePosition, owner=handler, text=f"Half, {HIDDEN}.")
    await docket.do("handler", c.ProposeSharing, room="caucus-business", form="my-words", text=f"Tell them: {HIDDEN}.")
    room = await docket.do("mediator", c.OpenRoom, members=[handler], name=f"Numbers, {HIDDEN}")
    await docket.say("handler", f"private-{room[:8]}", f"The figures, {HIDDEN}.")


async def keep_notes(portal: Portal, text: str) -> None:
    answer = await portal.http.put(
        f"/api/cases/{portal.docket.case_id}/notes", json={"text": text}, headers=await portal.docket.cookie("mediator")
    )
    assert answer.status_code == 200, answer.text


def fields_of(row: Any) -> str:
    """A row as text, bytes as what they spell."""
    return " ".join(value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in row)
