"""A side's own draft: in its own room, for its people alone, and erased with that room.

Nothing of it is ever moved to the table. What a side brings there it suggests or writes there, as text, like any other.
"""

from typing import Final

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Person, PrivateRoom
from mediation.case.terms import Party, team

MOST: Final = 50
"""Drafts of one side in a case, one after another."""


def check(case: Case, person: Person) -> Party:
    """Refuse unless this person may begin a draft of their side's now; returns the side."""
    party = may.be_of_a_side(person)
    may.be_before_the_end(case)
    may.talk(case, person, team(party))
    if case.private[team(party)].drafts >= MOST:
        raise no.DraftsAreUsedUp
    return party


def write(case: Case, person: Person) -> None:
    """Refuse unless this person may write in their side's draft, which they read: as long as their room is open."""
    may.talk(case, person, team(may.be_of_a_side(person)))


def decide(case: Case, command: c.OpenDraft, person: Person) -> e.Decision:
    """Begin a draft. Its name tells nothing, and depends on no earlier one, which its author may never have seen."""
    party = check(case, person)
    if command.begun_with == "table" and (case.joint is None or case.joint.document is None):
        raise no.NoTextYet
    if command.begun_with == "draft" and case.private.get(team(party), PrivateRoom()).draft is None:
        raise no.NotThere
    name = f"draft-{party}.{int(command.command_id[:7], 16) + 1}"
    return [(team(party), e.DraftOpened(document=name, begun_with=command.begun_with))]
