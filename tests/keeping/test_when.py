"""When what was said is erased, over random years: nothing early, nothing under a hold, nothing forgotten.

What ought to happen is told here a second time, day by day and without the rules' arithmetic.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from casebook import Story, mediated_case, person
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import keeping
from mediation.case.evolve import fold
from mediation.case.refusals import Refusal
from mediation.case.terms import PAPERS

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
DAY = timedelta(days=1)
HOLDERS = ("handler", "client", "mediator")
TEAMS = {"handler": "team-business", "client": "team-client"}
GONE_WITH = {"caucuses": ("caucus-business", "caucus-client"), "table": ("joint",)}


@dataclass
class Years:
    """A mediation that has ended, and what has to come of its rooms."""

    story: Story
    ended_at: datetime = field(init=False)
    kept: dict[str, datetime] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    ordered: bool = False
    lifted_at: datetime | None = None
    erased: set[str] = field(default_factory=set)
    """Rooms of which nothing is left."""

    def __post_init__(self) -> None:
        self.story.do("mediator", c.EndMediation, outcome="ended-without-settlement")
        self.ended_at = self.story.now

    @property
    def is_held(self) -> bool:
        return self.ordered or self.asked == set(HOLDERS)

    def may_go(self, days: int, room: str = "") -> bool:
        """Whether that many days have passed, and whatever else keeps a room."""
        enough = [self.ended_at + days * DAY, self.kept.get(room, self.ended_at)]
        if self.lifted_at is not None:
            enough.append(self.lifted_at + 14 * DAY)
        return not self.is_held and all(self.story.now >= until for until in enough)

    def look(self) -> None:
        """The worker looks, as it does over real rows."""
        book, now = self.story.book, self.story.now
        rooms = ("papers", "talks", "joint", "caucus-business", "caucus-client", "team-business", "team-client")
        woken_at = keeping.next_at(book.whole)
        kinds, gone = keeping.due(book.whole, rooms, now)
        assert bool(kinds or gone) == (woken_at is not None and woken_at <= now), "woken for nothing, or left asleep"
        told = {t.event.what for t in book.rooms[PAPERS] if t is not None and isinstance(t.event, e.TalkErased)}
        for what, days in (("caucuses", 14), ("table", 30), ("teams", 30)):
            assert (what in kinds) == (what not in told and self.may_go(days)), what
        for what, of_it in GONE_WITH.items():
            for room in of_it:
                assert (room in gone) == (what in kinds), room
        for nickname, room in TEAMS.items():
            assert (room in gone) == (room not in self.erased and self.may_go(30, room)), nickname
        book.write([(PAPERS, e.TalkErased(what=what)) for what in kinds], "system", now)
        for room in gone:
            book.rooms[room] = [None] * len(book.rooms[room])
        book.whole = fold(t for room in sorted(book.rooms) for t in book.rooms[room] if t is not None)
        self.erased |= set(gone)

    def act(self, chance: Random) -> None:
        """Somebody does something about it, or time passes."""
        match chance.choice(("wait", "wait", "wait", "keep", "ask", "lift", "order", "lift the order")):
            case "wait":
                self.story.after(chance.choice((DAY / 24, DAY, 5 * DAY, 14 * DAY, 60 * DAY)))
            case "keep":
                self.keep(chance.choice(tuple(TEAMS)), chance.choice((1, 30, 365)))
            case "ask":
                self.ask(chance.choice(HOLDERS))
            case "lift":
                self.lift(chance.choice(HOLDERS))
            case "order" if not self.ordered:
                self.ordered = True
                self._system(e.HoldPlaced(ground="order", reference="4 C 12/26"))
            case "lift the order" if self.ordered:
                self.ordered = False
                self._system(e.HoldLifted())
                if not self.is_held:
                    self.lifted_at = self.story.now

    def keep(self, nickname: str, days: int) -> None:
        room = TEAMS[nickname]
        if room in self.erased:
            assert self.story.refused(nickname, c.KeepTeamRoom, days=days) == "nothing-left-to-keep"
            return
        self.story.do(nickname, c.KeepTeamRoom, days=days)
        self.kept[room] = self.story.now + days * DAY

    def ask(self, nickname: str) -> None:
        refused = self._try(nickname, c.AskHold)
        assert refused in {None, "hold-already-asked", "nothing-left-to-keep"}
        self.asked |= {nickname} if refused is None else set()

    def lift(self, nickname: str) -> None:
        was_held = self.is_held
        refused = self._try(nickname, c.LiftHold)
        assert refused == (None if nickname in self.asked else "hold-not-asked")
        self.asked.discard(nickname)
        if was_held and not self.is_held:
            self.lifted_at = self.story.now

    def lift_everything(self) -> None:
        if self.ordered:
            self.ordered, self.lifted_at = False, self.story.now
            self._system(e.HoldLifted())
        for nickname in HOLDERS:
            self.lift(nickname)

    def _try(self, nickname: str, kind: type[c.Command]) -> str | None:
        try:
            self.story.do(nickname, kind)
        except Refusal as refusal:
            return refusal.code
        return None

    def _system(self, event: e.Event) -> None:
        self.story.after(timedelta(seconds=1))
        self.story.book.write([(PAPERS, event)], "system", self.story.now)


def mediation() -> Story:
    story = mediated_case().in_caucus("client").in_caucus("business")
    for nickname, room in TEAMS.items():
        story.say(nickname, room, "Between us.")
        story.say(nickname, "talks", "As I wrote to you.")
    return story


def years(seed: int) -> Iterator[Years]:
    """A life of a case, looked at after every step."""
    chance = Random(seed)
    told = Years(mediation())
    for _ in range(40):
        told.act(chance)
        told.look()
        yield told


@pytest.mark.soak
@pytest.mark.timeout(900 if IS_SOAK else 120)
@pytest.mark.parametrize("seed", range(2_000 if IS_SOAK else 60))
def test_nothing_goes_early_or_under_a_hold_and_nothing_that_may_go_stays(seed: int) -> None:
    for told in years(seed):
        left = {room for room, entries in told.story.book.rooms.items() if any(entries)}
        assert not left & told.erased
    # In the end everybody lets go, and everything goes, each told once.
    told.lift_everything()
    told.story.after(366 * DAY)
    told.look()
    book = told.story.book
    assert {room for room, entries in book.rooms.items() if any(entries)} == {"papers", "talks"}
    papers = [t.event for t in book.rooms[PAPERS] if t is not None]
    assert sorted(p.what for p in papers if isinstance(p, e.TalkErased)) == ["caucuses", "table", "teams"]
    assert keeping.next_at(book.whole) is None


@pytest.mark.parametrize("nickname", ["handler", "mediator"])
def test_nobody_can_tell_whether_the_other_side_keeps_its_room(nickname: str) -> None:
    """Until it has gone in the end, every screen of theirs is the same, byte for byte."""
    plain, keeping_it = Years(mediation()), Years(mediation())
    keeping_it.keep("client", 300)
    plain.story.now = keeping_it.story.now
    for _ in range(40):
        for told in (plain, keeping_it):
            told.story.after(10 * DAY)
            told.look()
        seen = [told.story.book.seen_by(person(nickname)) for told in (plain, keeping_it)]
        assert seen[0] == seen[1]
    assert "team-client" in keeping_it.erased


def test_whoever_comes_after_the_erasure_finds_no_words_and_can_leave_none() -> None:
    told = Years(mediation())
    told.story.after(40 * DAY)
    told.look()
    told.story.with_counsel()
    assert (
        told.story.refused("counsel", c.PostMessage, room="team-client", text="Anybody here?") == "mediation-has-ended"
    )
    assert told.story.refused("counsel", c.ReportAbuse, room="talks", text="Too much.") == "mediation-has-ended"
