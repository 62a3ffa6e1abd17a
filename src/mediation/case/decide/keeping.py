"""Keeping what was said longer than usual: a side its own room, all together by a hold."""

from datetime import datetime, timedelta
from typing import assert_never

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.keeping import AFTER, HOLDERS
from mediation.case.state import Case, Person, PrivateRoom
from mediation.case.terms import PAPERS, Party, team

Keeping = c.KeepTeamRoom | c.AskHold | c.LiftHold


def holder(case: Case, person: Person) -> Party | None:
    """The holder of the privilege this person asks for: their side, or (None) the mediator."""
    if person.participant == case.papers.mediator and case.papers.appointed_at is not None:
        return None
    return may.speak_for_a_side(person)


def check(case: Case, command: type[Keeping], person: Person) -> None:
    """Refuse unless this person may do this now. A closed case is no hindrance: its talk is erased only later."""
    papers = case.papers
    if command is c.KeepTeamRoom:
        room = team(may.speak_for_a_side(person))
        if not case.private.get(room, PrivateRoom()).members:
            raise no.NothingLeftToKeep
        return
    mine = holder(case, person)
    if command is c.AskHold:
        if all(what in papers.erased for what in AFTER if what != "notes"):
            raise no.NothingLeftToKeep
        if mine in papers.hold.asked_by:
            raise no.HoldAlreadyAsked
    elif mine not in papers.hold.asked_by:
        raise no.HoldNotAsked


def decide(case: Case, command: Keeping, person: Person, now: datetime) -> e.Decision:
    """Keep a room longer, or ask for a hold, which stands once every holder has asked for it."""
    check(case, type(command), person)
    match command:
        case c.KeepTeamRoom(days=days):
            room = team(may.speak_for_a_side(person))
            return [(room, e.RoomKept(until=now + timedelta(days=days)))]
        case c.AskHold():
            mine = holder(case, person)
            asked: e.Decision = [(PAPERS, e.HoldAsked(party=mine))]
            is_new = case.papers.hold.ground is None and case.papers.hold.asked_by | {mine} >= HOLDERS
            return [*asked, (PAPERS, e.HoldPlaced(ground="holders"))] if is_new else asked
        case c.LiftHold():
            return [(PAPERS, e.HoldLifted())]
        case _:
            assert_never(command)
