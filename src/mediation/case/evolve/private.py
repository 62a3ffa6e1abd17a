"""Caucus and team rooms: their members, what the mediator wrote down, what may be carried out."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.evolve.drafting import COMMENTS, evolve_comments
from mediation.case.evolve.papers import EventInTheWrongRoom
from mediation.case.evolve.talks import CONVERSATION, FILES, evolve_conversation, evolve_files
from mediation.case.state import Limit, OwnDraft, PrivateRoom, Scribed, Sharing, Told


def evolve_private(room: PrivateRoom, told: Told) -> PrivateRoom:
    """A private room after one more entry."""
    if isinstance(told.event, CONVERSATION):
        return replace(room, conversation=evolve_conversation(room.conversation, told))
    if isinstance(told.event, COMMENTS):
        return replace(room, comments=evolve_comments(room.comments, told))
    if isinstance(told.event, FILES):
        return replace(room, files=evolve_files(room.files, told))
    match told.event:
        case events.RoomOpened(members=members, name=name):
            return replace(room, members=frozenset(members), since=Map(dict.fromkeys(members, told.seq)), name=name)
        case events.RoomClosed():
            return replace(room, closed=True)
        case events.RoomKept(until=until):
            return replace(room, kept_until=until)
        case events.DraftOpened(document=document):
            draft = OwnDraft(document=document, by=told.actor, at=told.at, seq=told.seq)
            return replace(room, draft=draft, drafts=room.drafts + 1)
        case events.LimitSet() | events.LimitTakenBack():
            return replace(room, limit=_limit(told))
        case events.ManagerCalled(tier=tier):
            return replace(room, called=room.called | {tier})
        case events.NobodyToCall(tier=tier):
            return replace(room, called=room.called - {tier})
        case events.AbuseReported():
            return room
        case events.MemberAdmitted(participant=newcomer, members=members):
            return replace(room, members=frozenset(members), since=room.since.set(newcomer, told.seq))
        case events.MemberLeft(participant=gone):
            since = room.since.delete(gone) if gone in room.since else room.since
            return replace(room, members=room.members - {gone}, since=since)
        case events.CaucusOpened():
            return replace(room, open_since=told.at)
        case events.CaucusClosed():
            return replace(room, open_since=None)
        case events.PositionScribed() | events.ScribedAnswered():
            return replace(room, scribed=_scribed(room.scribed, told))
        case _:
            return replace(room, sharings=_sharings(room.sharings, told))


def _limit(told: Told) -> Limit | None:
    if isinstance(told.event, events.LimitSet):
        settled = told.event
        return Limit(
            limit=settled.limit,
            meaning=settled.meaning,
            amount=settled.amount,
            terms=settled.terms,
            until=settled.until,
            by=told.actor,
            at=told.at,
            seq=told.seq,
        )
    # What is taken back may have been settled before this reader came.
    return None


def _scribed(scribed: Map[str, Scribed], told: Told) -> Map[str, Scribed]:
    match told.event:
        case events.PositionScribed() as written:
            draft = Scribed(
                scribed=written.scribed,
                owner=written.owner,
                at=told.at,
                issue=written.issue,
                text=written.text,
                interest=written.interest,
                wants=written.wants,
            )
            return scribed.set(written.scribed, draft)
        case events.ScribedAnswered() as answered if answered.scribed in scribed:
            draft = replace(scribed[answered.scribed], confirmed=answered.confirmed, words=answered.words)
            return scribed.set(answered.scribed, draft)
        case _:
            # Somebody who reads the room from later on meets answers to what they have not seen.
            return scribed


def _sharings(sharings: Map[str, Sharing], told: Told) -> Map[str, Sharing]:
    match told.event:
        case events.SharingProposed() as asked:
            sharing = Sharing(sharing=asked.sharing, form=asked.form, text=asked.text, by=told.actor, at=told.at)
            return sharings.set(asked.sharing, sharing)
        case events.SharingAllowed() | events.SharingRefused() | events.SharingPosted() as step:
            if step.sharing not in sharings:
                return sharings
            return sharings.set(step.sharing, _after(sharings[step.sharing], step))
        case _:
            raise EventInTheWrongRoom(events.kind_of(told.event), told.room)


def _after(sharing: Sharing, step: events.SharingAllowed | events.SharingRefused | events.SharingPosted) -> Sharing:
    match step:
        case events.SharingAllowed(condition=condition):
            return replace(sharing, state="allowed", condition=condition)
        case events.SharingRefused():
            return replace(sharing, state="refused")
        case events.SharingPosted():
            return replace(sharing, state="posted")
