"""The demo disputes: loaded at the start of a portal in demo mode, and fresh ones on request."""

import hmac
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from litestar import Request, post
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from mediation import clock
from mediation.bus import Bus
from mediation.case.terms import Hex32, Stage
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.demo import offices
from mediation.demo.scenarios import SCENARIOS
from mediation.demo.story import Story
from mediation.drafting import texts
from mediation.identity import sessions
from mediation.identity.demo import demo_link
from mediation.identity.guards import DEMO
from mediation.problems import Problem
from mediation.record.keys import Keyring
from mediation.settings import Settings

_LOADED: tuple[tuple[str, Stage], ...] = (
    ("late-website", "bargaining"),
    ("pool-service", "opening"),
    ("clinic-software", "agenda"),
)
_COMMAND_IDS = {name: uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{name}").hex for name, _ in _LOADED}
ScenarioName = Literal["late-website", "pool-service", "clinic-software"]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of a demo dispute and the link that signs them in; or another way in, under a heading of its own."""

    case_title: str
    role: str
    name: str
    link: str


async def load(pool: Pool, keyring: Keyring, settings: Settings) -> list[DemoPerson]:
    """Load the demo disputes that are not there yet, and make fresh sign-in links for everyone in them."""
    casework = Casework(
        pool,
        Bus(settings.database_url or ""),
        keyring,
        host=settings.operator or "",
        texts=texts,
    )
    people = []
    for name, stage in _LOADED:
        story = Story(casework, SCENARIOS[name])
        if await story.seat_everyone(_COMMAND_IDS[name]):
            await story.until(stage)
        async with pool.acquire() as conn:
            for seat in story.seats.values():
                token = await demo_link(conn, seat.account_id, story.case_id, clock.now())
                link = f"{settings.origin}/demo/{token}"
                people.append(DemoPerson(story.scenario.title, seat.role, seat.name, link))
    async with pool.acquire() as conn:
        token = await demo_link(conn, await offices.administrator(conn), None, clock.now())
    people.append(DemoPerson("Accounts", "admin", offices.ADMINISTRATOR, f"{settings.origin}/demo/{token}"))
    for name, _ in _LOADED:
        business = SCENARIOS[name].business.name
        link = f"{settings.origin}/to/{offices.page_of(business)}"
        people.append(DemoPerson("Open a dispute from outside, with", "anybody", business, link))
    return people


class OpenDemoCase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which dispute to open, and how far it is to be."""

    scenario: ScenarioName = "late-website"
    stage: Stage = "drafting"


class DemoDocument(Struct, frozen=True):
    """A document of the demo case."""

    kind: str
    name: str


class DemoSeat(Struct, frozen=True, kw_only=True):
    """`link` signs this person in; `cookie` is a ready Cookie header."""

    role: str
    party: str | None
    name: str
    participant: Hex32
    link: str
    cookie: str


class DemoCase(Struct, frozen=True, kw_only=True):
    """A fresh demo case, and everyone in it."""

    url: str
    case: Hex32
    documents: list[DemoDocument]
    people: list[DemoSeat]


@post("/demo/cases", opt={"who": DEMO}, tags=["demo"])
async def open_demo_case(request: Request[Any, Any, State], data: JSONBody[OpenDemoCase]) -> DemoCase:
    """Open a fresh demo case in which everyone has joined; for whoever holds the key in the data folder."""
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), settings.demo_key_path.read_text().strip().encode()):
        raise Problem(
            401, "demo-key-needed", "This is for whoever runs the demo.", "Use `mediation demo` on the same machine."
        )
    casework: Casework = request.app.state.casework
    story = Story(casework, SCENARIOS[data.scenario])
    await story.seat_everyone(uuid.uuid4().hex)
    await story.until(data.stage)
    people = []
    async with casework.pool.acquire() as conn:
        for seat in story.seats.values():
            token = await demo_link(conn, seat.account_id, story.case_id, clock.now())
            session = await sessions.create(conn, seat.account_id, clock.now())
            people.append(
                DemoSeat(
                    role=seat.role,
                    party=seat.party,
                    name=seat.name,
                    participant=seat.participant_id,
                    link=f"{settings.origin}/demo/{token}",
                    cookie=f"{sessions.COOKIE}={session}",
                )
            )
        view = await casework.view(conn, story.case_id, story.of(None).participant_id)
    return DemoCase(
        url=f"{settings.origin}/cases/{story.case_id}",
        case=story.case_id,
        documents=[DemoDocument(document.kind, document.name) for document in view.documents],
        people=people,
    )


routers: list[ControllerRouterHandler] = [open_demo_case]
"""To be mounted under /api."""
