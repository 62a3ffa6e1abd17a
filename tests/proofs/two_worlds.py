"""Two portals in which one case goes its way, and one person who looks at both and must not tell them apart.

The worlds share a clock, a signing key and every id; their databases, sockets and processes of the bus are their own.
"""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from casebook import START
from feeds import Browser, watching
from histories import Step
from mediation import clock
from mediation.case import commands as c
from mediation.case.commands import COLLECTIONS
from mediation.case.refusals import Refusal
from mediation.casework.clockwork import Clockwork
from mediation.identity import sessions
from mediation.identity.guards import Seat
from mediation.keeping.worker import Keeper
from mediation.notices.webhooks.worker import Deliverer
from mediation.notices.worker import Teller
from mediation.papers.printing import Printer
from mediation.record import log, seal
from mediation.settings import SmtpServer
from proofs.masks import comparable
from proofs.plans import Plan, Turn
from proofs.whole_portal import WholePortal, numbered, whole_portal

# Mail stays in the outbox, where it can be compared: nobody listens on this port.
NOWHERE = SmtpServer(host="127.0.0.1", port=9, security="none", username=None, password=None)


class ToldApart(AssertionError):  # noqa: N818 - reads as the sentence it is
    """The viewer saw a difference between two worlds that are alike in everything they may know."""


class NeverTold(AssertionError):  # noqa: N818 - reads as the sentence it is
    """The feed did not come to show what the rules say the viewer is to see."""


class Salts:
    """Salts and blindings that are the same in both worlds, so that chains of rooms one reads can be compared."""

    @staticmethod
    def token_bytes(length: int) -> bytes:
        """Bytes in place of random ones."""
        return bytes(length)


@dataclass
class Worlds:
    """Both worlds, and the time that is in them."""

    portals: tuple[WholePortal, WholePortal]
    now: datetime = START
    seen: int = 0
    """How many things have been compared."""

    def same(self, what: str, first: object, second: object) -> None:
        """Both worlds showed the viewer the same; raises ToldApart."""
        self.seen += 1
        if first != second:
            raise ToldApart(f"{what}:\n  {_short(first, second)}\n  {_short(second, first)}")


def _short(one: object, other: object) -> str:
    """The part where two things begin to differ."""
    text, against = repr(one), repr(other)
    at = next((n for n, (a, b) in enumerate(zip(text, against, strict=False)) if a != b), min(len(text), len(against)))
    return f"… {text[max(0, at - 200) : at + 300]} …"


@contextlib.asynccontextmanager
async def two_worlds(databases: Sequence[str], folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Worlds]:
    """Two portals on two databases, with one clock and no chance in their records."""
    patch.setattr(log, "secrets", Salts)
    patch.setitem(seal.checkpoint.__kwdefaults__ or {}, "random", Salts.token_bytes)
    # A history may last for days, and nobody is to be signed out by it.
    long = sessions.Lifetime(idle=timedelta(days=900), absolute=timedelta(days=900))
    patch.setattr(sessions, "LIFETIMES", dict.fromkeys(sessions.LIFETIMES, long))
    # A printed paper is sealed by a signature that is drawn at random, and comes in its own time after an ending.
    # What is forgotten or takes effect in its own time does so when the test lets it: `let_it_be_forgotten`.
    for worker in (Printer, Keeper, Clockwork, Teller, Deliverer):
        patch.setattr(worker, "start", _rest)
    worlds = Worlds(portals=None)  # type: ignore[arg-type]
    patch.setattr(clock, "now", lambda: worlds.now)
    async with contextlib.AsyncExitStack() as stack:
        first, second = [
            await stack.enter_async_context(
                whole_portal(database, _folder(folder, number), signing_key=bytes(range(32)), smtp=NOWHERE)
            )
            for number, database in enumerate(databases)
        ]
        worlds.portals = (first, second)
        for portal in worlds.portals:
            # By the clock of the world: what is noted by it would be long over by the real one, and be cleared away.
            portal.app.state.leases._now = lambda: worlds.now
        yield worlds


async def _rest(_worker: object) -> None:
    """Do nothing of itself."""


def _folder(folder: Path, number: int) -> Path:
    place = folder / str(number)
    place.mkdir()
    return place


@dataclass
class World:
    """One case in one of the worlds: everybody's way in, and what the viewer got."""

    portal: WholePortal
    plan: Plan
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    browser: Browser | None = None
    hidden_files: list[str] = field(default_factory=list)
    """Files that were added in this world alone, where the viewer is not."""
    hidden_drafts: list[str] = field(default_factory=list)
    """Drafts that were begun in this world alone, of a side that the viewer is not of."""

    @property
    def case(self) -> str:
        return f"/api/cases/{self.plan.case_id}"

    async def get(self, path: str, by: str | None = None) -> httpx.Response:
        """A read of the viewer, or of somebody else."""
        return await self.portal.http.get(path, headers=self.headers[by or self.plan.viewer])

    async def send(self, by: str, command: c.Command) -> httpx.Response:
        """A command over the wire."""
        path = f"{self.case}/{COLLECTIONS[type(command)]}"
        body = msgspec.json.encode(command)
        headers = {**self.headers[by], "content-type": "application/json"}
        return await self.portal.http.post(path, content=body, headers=headers)

    async def take(self, step: Step) -> httpx.Response | None:
        """Do a step. None when it is not something that crosses the wire by itself."""
        if isinstance(step.what, c.OpenCase):
            return await self._open(step.by, step.what)
        if isinstance(step.what, c.JoinCase):
            await self._enter(step.by, step.what.name, "guest" if step.what.party == "client" else "staff")
            with contextlib.suppress(Refusal):
                await self.portal.join(self.plan.case_id, self.accounts[step.by], step.by, step.what)
            return None
        if type(step.what) not in COLLECTIONS:
            # Made by the portal itself, once a file has arrived.
            with contextlib.suppress(Refusal):
                seat = Seat(self.plan.case_id, step.by, self.accounts.get(step.by, ""), "", None, "")
                await self.portal.casework.handle(seat, step.what, step.at)
            return None
        if step.by not in self.headers:
            return None  # somebody who has never been on the case has no way in to try
        return await self.send(step.by, step.what)

    async def _open(self, by: str, command: c.OpenCase) -> httpx.Response:
        await self._enter(by, "Opener", "staff", self.plan.opener)
        body = msgspec.json.encode(command)
        headers = {**self.headers[by], "content-type": "application/json"}
        answer = await self.portal.http.post("/api/cases", content=body, headers=headers)
        assert answer.json()["case"] == self.plan.case_id, answer.text
        return answer

    async def _enter(self, by: str, name: str, kind: str, account: str | None = None) -> None:
        account = account or numbered("account", f"{self.plan.opener} {by}")
        self.accounts[by] = await self.portal.account(name, kind, account)
        self.headers[by] = await self.portal.session(account)


async def live_through(
    worlds: Worlds, plan: Plan, stack: contextlib.AsyncExitStack, disturb: Callable[["World"], Awaitable[None]]
) -> tuple[World, World]:
    """Take every turn in both worlds, the viewer looking on from their joining on; `disturb` acts in the second."""
    both = World(worlds.portals[0], plan), World(worlds.portals[1], plan)
    for turn in plan.turns:
        await _take(worlds, both, turn)
        await disturb(both[1])
        if not turn.heads:
            continue
        for world in both:
            if world.browser is None:
                watch = watching(world.portal.port, plan.case_id, world.headers[plan.viewer])
                world.browser = await stack.enter_async_context(watch)
        views = [comparable(await world.get(world.case)) for world in both]
        worlds.same("the view", *views)
        if not turn.is_hidden:
            for world in both:
                await _until_shown(world, turn)
    return both


async def let_it_be_forgotten(worlds: Worlds) -> None:
    """Forty days pass, after which nothing that was said in a mediation that ended is there in either world."""
    worlds.now += timedelta(days=40)
    for portal in worlds.portals:
        await Keeper(portal.casework, portal.app.state.bus, now=lambda: worlds.now).look()


async def _take(worlds: Worlds, both: tuple[World, World], turn: Turn) -> None:
    answers: list[list[httpx.Response | None]] = []
    for world, steps in zip(both, (turn.first, turn.second), strict=True):
        answers.append([])
        for step in steps:
            worlds.now = step.at
            answers[-1].append(await world.take(step))
    if turn.first == turn.second and turn.first[0].by == both[0].plan.viewer:
        first, second = answers[0][0], answers[1][0]
        if first is not None and second is not None:
            worlds.same(f"the answer to {type(turn.first[0].what).__name__}", comparable(first), comparable(second))


async def _until_shown(world: World, turn: Turn) -> None:
    """Read the feed until it shows what is to be seen now, and every entry has come."""
    browser = world.browser
    assert browser is not None
    while behind := _not_yet(browser, turn):
        try:
            await browser.frame()
        except TimeoutError:
            what = [type(step.what).__name__ for step in turn.first]
            raise NeverTold(f"the feed never told of {what}: {behind}") from None


def _not_yet(browser: Browser, turn: Turn) -> list[str]:
    """What the feed has yet to tell."""
    assert isinstance(turn.screen, dict)
    parts = [
        f"{name}: {_short(browser.view.get(name), part)}"
        for name, part in turn.screen.items()
        if browser.view.get(name) != part
    ]
    rooms = [room for room, head in turn.heads.items() if (browser.numbers(room) or [head])[-1] < head]
    return parts + rooms
