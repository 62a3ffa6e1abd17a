"""Meetings of a step: what is proposed in a room, and what the papers say of when one met and who came."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.state import Meeting, Proposal, Told

PROPOSALS = (events.MeetingProposed, events.MeetingAnswered, events.MeetingChosen, events.MeetingWithdrawn)
MEETINGS = (events.MeetingSet, events.MeetingMoved, events.MeetingCancelled, events.MeetingHeld)


def evolve_proposals(proposals: Map[str, Proposal], told: Told) -> Map[str, Proposal]:
    """What is proposed in a room after one more entry."""
    match told.event:
        case events.MeetingProposed() as made:
            proposal = Proposal(
                proposal=made.proposal,
                meeting=made.meeting,
                by=told.actor,
                party=made.party,
                at=told.at,
                slots=made.slots,
                zone=made.zone,
                where=made.where,
            )
            return proposals.set(made.proposal, proposal)
        case events.MeetingAnswered(proposal=name, party=party, suits=suits):
            answered = proposals[name]
            return proposals.set(name, replace(answered, answers=answered.answers.set(party, frozenset(suits))))
        case events.MeetingChosen(proposal=name):
            return proposals.set(name, replace(proposals[name], state="chosen"))
        case events.MeetingWithdrawn(proposal=name):
            return proposals.set(name, replace(proposals[name], state="withdrawn"))
        case _:
            return proposals


def evolve_meetings(meetings: Map[str, Meeting], told: Told) -> Map[str, Meeting]:
    """The meetings after one more paper."""
    match told.event:
        case events.MeetingSet() as made:
            meeting = Meeting(
                meeting=made.meeting,
                tier=made.tier,
                starts_at=made.starts_at,
                ends_at=made.ends_at,
                zone=made.zone,
                set_at=told.at,
            )
            return meetings.set(made.meeting, meeting)
        case events.MeetingMoved() as moved:
            before = meetings[moved.meeting]
            meeting = replace(
                before,
                tier=moved.tier,
                starts_at=moved.starts_at,
                ends_at=moved.ends_at,
                zone=moved.zone,
                sequence=before.sequence + 1,
            )
            return meetings.set(moved.meeting, meeting)
        case events.MeetingCancelled(meeting=name):
            before = meetings[name]
            return meetings.set(name, replace(before, cancelled_at=told.at, sequence=before.sequence + 1))
        case events.MeetingHeld() as held:
            before = meetings[held.meeting]
            return meetings.set(held.meeting, replace(before, attended=before.attended.set(held.party, held.attended)))
        case _:
            return meetings
