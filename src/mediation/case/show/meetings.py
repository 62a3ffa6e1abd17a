"""Meetings as a viewer sees them: what is proposed in their rooms, and what the papers say."""

from collections.abc import Iterator

from mediation.case import commands as c
from mediation.case.decide import meetings
from mediation.case.decide.allowed import allows, names
from mediation.case.state import Case, Meeting, Person, Proposal
from mediation.case.terms import JOINT, PARTIES, TALKS, Party, ProposalState
from mediation.case.view import AttendanceView, MeetingProposalView, MeetingView, SlotView


def proposals_for(case: Case, me: Person) -> list[MeetingProposalView]:
    """Times that are or were proposed in the viewer's rooms, oldest first."""
    return [
        MeetingProposalView(
            proposal=one.proposal,
            room=room,
            moves=one.meeting if one.meeting != one.proposal else None,
            by=one.by,
            party=one.party,
            at=one.at,
            slots=[
                SlotView(starts_at=s.starts_at, ends_at=s.ends_at, suits=_suited(one, number))
                for number, s in enumerate(one.slots)
            ],
            zone=one.zone,
            where=one.where,
            answered_by=[party for party in PARTIES if party in one.answers],
            state=_state(case, room, one),
            can=_with_proposal(case, me, room, one),
        )
        for room, one in sorted(_proposals(case), key=lambda found: (found[1].at, found[1].proposal))
    ]


def meetings_for(case: Case, me: Person) -> list[MeetingView]:
    """The meetings that were set, in the order in which they take place."""
    return [
        MeetingView(
            meeting=one.meeting,
            tier=one.tier,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            zone=one.zone,
            where=where_of(case, one.meeting),
            state="set" if one.cancelled_at is None else "cancelled",
            attended=[
                AttendanceView(said_by=said_by or "mediator", people=list(one.attended[said_by]))
                for said_by in (None, *PARTIES)
                if said_by in one.attended
            ],
            can=names(
                (c.ProposeMeeting, meetings.check_moving, (case, me, one)),
                *((kind, meetings.check_set, (case, kind, me, one)) for kind in (c.CancelMeeting, c.NoteAttendance)),
            ),
        )
        for one in in_order(case)
    ]


def in_order(case: Case) -> list[Meeting]:
    """The meetings in the order in which they take place."""
    return sorted(case.papers.meetings.values(), key=lambda one: (one.starts_at, one.meeting))


def where_of(case: Case, meeting: str) -> str:
    """Where one meets, as it was last settled in a room that the reader of `case` is in; empty where nobody said so."""
    settled = [one for _, one in _proposals(case) if one.meeting == meeting and one.state == "chosen"]
    return max(settled, key=lambda one: (one.at, one.proposal)).where if settled else ""


def awaits_answer(case: Case, me: Person) -> bool:
    """Whether times are proposed that the viewer's side has said nothing about, and they may."""
    return any(
        me.party != one.party and me.party not in one.answers and _may(case, c.AnswerMeeting, me, room, one)
        for room, one in _proposals(case)
    )


def _proposals(case: Case) -> Iterator[tuple[str, Proposal]]:
    for room, part in ((TALKS, case.talks), (JOINT, case.joint)):
        yield from ((room, one) for one in (part.proposals.values() if part is not None else ()))


def _suited(proposal: Proposal, slot: int) -> list[Party]:
    return [party for party in PARTIES if slot in proposal.suits(party)]


def _state(case: Case, room: str, proposal: Proposal) -> ProposalState:
    """What is open in direct talks when the mediation begins, or anywhere at its end, has lapsed."""
    over = case.papers.ended_at is not None or (room == TALKS and case.papers.began_at is not None)
    return "lapsed" if proposal.state == "open" and over else proposal.state


def _with_proposal(case: Case, me: Person, room: str, proposal: Proposal) -> list[str]:
    can = [kind.__name__ for kind in (c.AnswerMeeting, c.WithdrawMeeting) if _may(case, kind, me, room, proposal)]
    slots = range(len(proposal.slots))
    is_common = any(allows(meetings.check_choosing, case, me, room, proposal, slot) for slot in slots)
    return [*can, c.SetMeeting.__name__] if is_common else can


def _may(case: Case, kind: type[meetings.Arranging], me: Person, room: str, proposal: Proposal) -> bool:
    return allows(meetings.check_proposal, case, kind, me, room, proposal)
