"""A mediation in which something was said in every room, and which has ended; and a worker whose clock a test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mediation.bus import Bus
from mediation.case import commands as c
from mediation.casework.handle import Casework
from mediation.keeping.worker import Keeper
from mediation.record import log
from office import Docket

MARK = "quokka"
"""A word that stands in everything that is said in confidence, so that it can be looked for afterwards."""


@dataclass
class Time:
    """The worker's clock: it stands at the end of the mediation until it is moved."""

    ended_at: datetime
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.ended_at

    def __call__(self) -> datetime:
        return self.now

    def day(self, days: float, *, less: timedelta = timedelta()) -> None:
        """Move to so many days after the end, or a little less."""
        self.now = self.ended_at + timedelta(days=days) - less


@dataclass
class Ended:
    """The case, its people, and the worker of their process."""

    docket: Docket
    time: Time
    keeper: Keeper
    private: str

    @property
    def case_id(self) -> str:
        return self.docket.case_id

    @property
    def casework(self) -> Casework:
        return self.docket.casework

    async def papers(self) -> list[str]:
        """What the papers tell of erasures and holds, in order."""
        told = []
        async with self.casework.pool.acquire() as conn:
            for entry in await log.read(conn, self.case_id, "papers"):
                assert isinstance(entry, log.Entry)
                if entry.kind in {"TalkErased", "HoldPlaced", "HoldLifted"}:
                    told.append(f"{entry.kind} {entry.body.get('what', entry.body.get('ground', ''))}".strip())
        return told

    async def left(self) -> set[str]:
        """The rooms of which any words are left."""
        async with self.casework.pool.acquire() as conn:
            rows = await conn.fetch("SELECT DISTINCT room FROM entries WHERE entry IS NOT NULL")
        return {row["room"] for row in rows}


async def end(docket: Docket, bus: Bus) -> Ended:
    """Say something everywhere in a mediation that has begun, and end it."""
    private = await _say_something_everywhere(docket)
    await docket.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    casework = docket.casework
    async with casework.pool.acquire() as conn:
        ended_at = (await casework.facts(conn, docket.case_id)).papers.ended_at
    assert ended_at is not None
    time = Time(ended_at)
    return Ended(docket, time, Keeper(casework, bus, now=time), private)


async def _say_something_everywhere(docket: Docket) -> str:
    said = {
        "joint": ("client", "handler", "mediator"),
        "caucus-client": ("client", "mediator"),
        "caucus-business": ("handler",),
        "team-client": ("client",),
        "team-business": ("handler",),
    }
    await docket.say("client", "talks", "As I wrote to you.")
    for room, nicknames in said.items():
        for nickname in nicknames:
            await docket.say(nickname, room, f"{MARK} in {room}")
    members = (docket.seats["client"].participant_id,)
    private = await docket.do("mediator", c.OpenRoom, members=members, name=f"The {MARK} room")
    await docket.say("client", f"private-{private[:8]}", f"{MARK} among us")
    await docket.do("client", c.StatePosition, text=f"{MARK} is late", interest=MARK, wants=f"no {MARK}")
    await docket.do("mediator", c.SetStage, stage="drafting")
    await docket.do("client", c.OpenDraft, begun_with="table")
    await docket.do("client", c.ReportAbuse, room="joint", seq=1, text=f"{MARK} went too far")
    return f"private-{private[:8]}"
