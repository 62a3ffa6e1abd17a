"""Rooms of any composition: the mediator puts people together, and ends it."""

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.rooms import rooms_of
from mediation.case.state import Case, Person
from mediation.case.terms import is_private

MOST = 9
"""A checkpoint has sixteen slots, of which seven belong to the named rooms (docs/record-format.md)."""


def check_opening(case: Case, person: Person) -> None:
    """Refuse unless this person may put people together now."""
    may.mediate_at_the_table(case, person)
    if sum(is_private(room) for room in case.private) >= MOST:
        raise no.PrivateRoomsAreUsedUp


def check_closing(case: Case, person: Person, room: str) -> None:
    """Refuse unless this person may close this room now."""
    may.mediate_at_the_table(case, person)
    if not is_private(room) or room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    if case.private[room].closed:
        raise no.RoomIsClosed


def decide(case: Case, command: c.OpenRoom | c.CloseRoom, person: Person) -> e.Decision:
    """Open a room for chosen people, or close it. Nobody else learns that there is one."""
    if isinstance(command, c.CloseRoom):
        check_closing(case, person, command.room)
        return [(command.room, e.RoomClosed())]
    check_opening(case, person)
    here = {p.participant for p in case.papers.present() if p.role != "legal"} - {person.participant}
    if not set(command.members) <= here:
        raise no.NobodyOfThatName
    room = f"private-{command.command_id[:8]}"
    may.be_new(case.private, room)
    members = (person.participant, *dict.fromkeys(command.members))
    return [(room, e.RoomOpened(members=members, name=may.words(command.name)))]
