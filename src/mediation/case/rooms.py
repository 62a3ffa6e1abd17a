"""Who is in which room. Everything that is read or written asks here first.

No command needs to know more than the rooms of its author: whoever joins or leaves changes the membership of private
rooms by what the papers say, never by what was said there. The rooms that a mediator puts together alone know their own
members, and lose whoever the papers say is gone.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from immutables import Map
from msgspec.structs import replace

from mediation.case.state import Case, Joint, Papers, Person, Talks
from mediation.case.terms import JOINT, PAPERS, PARTIES, TALKS, ParticipantId, Party, Role, caucus, is_private, team

_NEVER = datetime.max.replace(tzinfo=UTC)

ROLES_OF: dict[Party | None, frozenset[Role]] = {
    None: frozenset({"mediator", "legal"}),
    "business": frozenset({"handler", "manager", "counsel", "companion"}),
    "client": frozenset({"principal", "counsel", "companion"}),
}
"""The roles that each side has; those of no side come first."""

_ROOM_OF_DOCUMENT = {"settlement": JOINT, **{f"draft-{party}": team(party) for party in PARTIES}}


def rooms_of(case: Case, viewer: ParticipantId) -> frozenset[str]:
    """The rooms this person is in now, as far as `case` holds them. Somebody unknown, or gone, is in none."""
    papers = case.papers
    person = papers.people.get(viewer)
    if person is None or person.left_at is not None:
        return frozenset()
    if person.role == "legal":
        return frozenset({PAPERS})
    rooms = {PAPERS}
    # A mediator reads nothing of either side's before both have accepted them, also when they replace another.
    is_accepted = person.party is not None or papers.appointed_at is not None
    if is_accepted:
        rooms.add(TALKS)
    if papers.began_at is not None and viewer in papers.agreed and is_accepted:
        rooms.add(JOINT)
    if person.party is not None:
        rooms.add(team(person.party))
        if is_opened(papers, caucus(person.party)):
            rooms.add(caucus(person.party))
    elif viewer == papers.mediator:
        # Also while nobody of that side is here: the next of them joins a room that the mediator never left.
        rooms |= {caucus(party) for party in PARTIES if is_opened(papers, caucus(party))}
    rooms |= {room for room, state in case.private.items() if is_private(room) and viewer in state.members}
    return frozenset(rooms)


def is_opened(papers: Papers, room: str) -> bool:
    """Whether a private room has its first entry: a team's with its first member, a caucus's once two could meet."""
    kind, _, party = room.partition("-")
    side = [p for p in papers.people.values() if p.party == party]
    if kind == "team":
        return bool(side)
    mediators = [p for p in papers.people.values() if p.role == "mediator"]
    return any(
        max(m.joined_at, s.joined_at) <= min(m.left_at or _NEVER, s.left_at or _NEVER) for m in mediators for s in side
    )


def members_of(case: Case, room: str) -> tuple[ParticipantId, ...]:
    """Everyone who is in a room, in the order they joined the case."""
    return tuple(p.participant for p in case.papers.present() if room in rooms_of(case, p.participant))


def restrict(case: Case, rooms: Collection[str]) -> Case:
    """The case as somebody in these rooms knows it. A room nobody has spoken in is there, empty."""
    return Case(
        papers=case.papers,
        talks=(case.talks or Talks()) if TALKS in rooms else None,
        joint=(case.joint or Joint()) if JOINT in rooms else None,
        private=Map({room: state for room, state in case.private.items() if room in rooms}),
    )


def without(papers: Papers, person: Person, at_left: Person) -> Papers:
    """The papers as they will read once this person has gone."""
    papers = replace(papers, people=papers.people.set(person.participant, at_left))
    return replace(papers, mediator=None, appointed_at=None) if papers.mediator == person.participant else papers


def room_of_document(document: str) -> str:
    """The room whose people read and write this document. Raises KeyError for a name that no document bears."""
    return _ROOM_OF_DOCUMENT[document.partition(".")[0]]


def document_is_open(case: Case, document: str) -> bool:
    """Whether this is the document on the table of somebody who knows `case`, or the draft of their own side."""
    if case.joint is not None and case.joint.document is not None and case.joint.document.document == document:
        return True
    return any(room.draft is not None and room.draft.document == document for room in case.private.values())


def may_invite(papers: Papers, by: ParticipantId, role: Role, party: Party | None) -> bool:
    """Whether this person may invite somebody in this role.

    Advisers, companions and colleagues are invited by their own side and by nobody else: they read its room. The
    mediator invites legal readers, and of a side only whoever comes first, as the other side may while nobody is
    there. A side invites a mediator while there is none.
    """
    person = papers.people.get(by)
    if person is None or person.left_at is not None or papers.closed_at is not None or role not in ROLES_OF[party]:
        return False
    if role == "mediator":
        return papers.mediator is None and person.role in {"principal", "handler", "manager"}
    if person.role == "mediator":
        return party is None or (not papers.side(party) and role in {"principal", "handler"})
    if person.role not in {"principal", "handler", "manager"}:
        return False
    if role == "legal" or party == person.party:
        return True
    return party is not None and not papers.side(party) and role in {"principal", "handler"}
