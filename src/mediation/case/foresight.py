"""What the ladder does by itself if nobody does anything more: the rules of the loop, run ahead of time. Pure."""

from datetime import datetime

from msgspec import Struct

from mediation.case.decide.terms import act_due, next_act
from mediation.case.events import Event
from mediation.case.evolve import evolve
from mediation.case.state import Case, Papers, Told
from mediation.case.terms import PAPERS

_AT_MOST = 200
"""Acts that are told of; a ladder of five steps has far fewer."""


class Foreseen(Struct, frozen=True):
    """What will happen, and when."""

    at: datetime
    event: Event


def foreseen(papers: Papers, until: datetime) -> list[Foreseen]:
    """Everything that is due up to a moment, each at its time, in the order in which it will happen."""
    case, found = Case(papers=papers), list[Foreseen]()
    while (act := next_act(case.papers)) is not None and act.at <= until and len(found) < _AT_MOST:
        for room, event in act_due(case.papers, act.at):
            case = evolve(case, Told(room, 0, act.at, "system", event))
            found += [Foreseen(act.at, event)] if room == PAPERS else []
    return found
