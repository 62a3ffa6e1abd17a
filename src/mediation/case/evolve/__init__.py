"""Fold entries into what their reader knows: one entry changes the part of its own room and nothing else."""

from collections.abc import Iterable
from functools import reduce

from immutables import Map
from msgspec.structs import replace

from mediation.case.evolve.clocks import evolve_clocks
from mediation.case.evolve.joint import evolve_joint
from mediation.case.evolve.papers import evolve_papers
from mediation.case.evolve.private import evolve_private
from mediation.case.evolve.talks import evolve_talks
from mediation.case.state import Case, Joint, PrivateRoom, Talks, Told
from mediation.case.terms import JOINT, PAPERS, TALKS

__all__ = ["evolve", "fold"]


def evolve(case: Case, told: Told) -> Case:
    """The case after one more entry. A room's entries come in its counter's order; rooms may interleave freely."""
    if told.room == PAPERS:
        return replace(case, papers=evolve_clocks(evolve_papers(case.papers, told), told))
    if told.room == TALKS:
        return replace(case, talks=evolve_talks(case.talks or Talks(), told))
    if told.room == JOINT:
        return replace(case, joint=evolve_joint(case.joint or Joint(), told))
    room = evolve_private(case.private.get(told.room, PrivateRoom()), told)
    return replace(case, private=case.private.set(told.room, room))


def fold(entries: Iterable[Told], start: Case | None = None) -> Case:
    """The case that these entries tell of."""
    return reduce(evolve, entries, start or Case(private=Map()))
