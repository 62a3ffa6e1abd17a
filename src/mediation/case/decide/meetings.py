"""Meetings of a step: proposed and answered where the sides talk, set and attended as papers.

What is proposed, by whom, where one meets and what suits nobody stays in the room. The papers get a date, and who came.
"""

from datetime import UTC, datetime, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.decide.limits import still_to_come
from mediation.case.state import Case, Joint, Meeting, Papers, Person, Proposal, Talks
from mediation.case.terms import DECIDERS, JOINT, PAPERS, PARTIES, TALKS, Party, Role

MOST: Final = 5
"""Proposals that are open in a room at once."""
_ARRANGES: Final[frozenset[Role]] = DECIDERS | {"counsel"}
_SHORTEST, _LONGEST = timedelta(minutes=15), timedelta(hours=12)

Arranging = c.ProposeMeeting | c.AnswerMeeting | c.SetMeeting | c.WithdrawMeeting
Set = c.CancelMeeting | c.NoteAttendance


def room_for(case: Case) -> str:
    """Where meetings are arranged now: at the table once it is there, before that in direct talks."""
    return JOINT if case.papers.began_at is not None else TALKS


def check(case: Case, person: Person, room: str) -> Talks | Joint:
    """Refuse unless this person may arrange meetings in this room now; returns what is arranged there.

    A pause of the joint conversation holds nobody back: that is when one has to find another time.
    """
    _arranges(case, person)
    if room == JOINT:
        return may.be_at_the_table(case)
    may.be_before_the_end(case)
    if room != TALKS or case.talks is None:
        raise no.NotInThisRoom
    if case.papers.began_at is not None:
        raise no.MeetingsAreArrangedAtTheTable
    return case.talks


def check_proposing(case: Case, person: Person, room: str) -> Talks | Joint:
    """Refuse unless this person may propose a meeting in this room now."""
    part = check(case, person, room)
    if sum(one.state == "open" for one in part.proposals.values()) >= MOST:
        raise no.TooManyMeetingsProposed
    return part


def check_moving(case: Case, person: Person, meeting: Meeting) -> None:
    """Refuse unless this person may propose another time for this meeting now."""
    check_proposing(case, person, room_for(case))
    _still_to_be(meeting)


def check_proposal(case: Case, command: type[Arranging], person: Person, room: str, proposal: Proposal) -> Party | None:
    """Refuse unless this person may answer this proposal now, settle on one of its times, or take it back."""
    check(case, person, room)
    if proposal.state != "open":
        raise no.MeetingIsNotOpen
    if command is c.AnswerMeeting:
        return may.be_of_a_side(person)
    if command is c.WithdrawMeeting and person.party != proposal.party:
        raise no.NotYours
    return person.party


def check_choosing(case: Case, person: Person, room: str, proposal: Proposal, slot: int) -> None:
    """Refuse unless this person may settle on this time now."""
    check_proposal(case, c.SetMeeting, person, room, proposal)
    if not all(slot in proposal.suits(party) for party in PARTIES):
        raise no.DoesNotSuitBoth
    if proposal.meeting != proposal.proposal:
        _still_to_be(_meeting(case, proposal.meeting))
    else:
        may.be_new(case.papers.meetings, proposal.meeting)


def check_set(case: Case, command: type[Set], person: Person, meeting: Meeting) -> Party | None:
    """Refuse unless this person may call this meeting off, or say who came; returns for whom they say it.

    Who came is said by the mediator, who takes no side. Where there was none when it began, each side says it of its
    own people: so nobody can have it on paper that the other side stayed away.
    """
    may.be_open(case)
    _arranges(case, person)
    if meeting.cancelled_at is not None:
        raise no.NotThere
    if command is c.CancelMeeting:
        _still_to_be(meeting)
    elif _was_mediated(case.papers, meeting):
        may.be_mediator(case, person)
        return None
    else:
        return may.be_of_a_side(person)
    return person.party


def decide(case: Case, command: Arranging | Set, person: Person, now: datetime) -> e.Decision:
    """Follow a step in arranging a meeting, or say who came."""
    match command:
        case c.ProposeMeeting():
            return _propose(case, command, person, now)
        case c.CancelMeeting(meeting=name):
            check_set(case, c.CancelMeeting, person, _meeting(case, name))
            return [(PAPERS, e.MeetingCancelled(meeting=name))]
        case c.NoteAttendance():
            return _note(case, command, person, now)
        case c.AnswerMeeting() | c.SetMeeting() | c.WithdrawMeeting():
            return _about(case, command, person, now)
        case _:
            assert_never(command)


def _propose(case: Case, command: c.ProposeMeeting, person: Person, now: datetime) -> e.Decision:
    part = check_proposing(case, person, command.room)
    may.be_new(part.proposals, command.command_id)
    if command.moves is not None:
        _still_to_be(_meeting(case, command.moves))
    if not is_zone(command.zone):
        raise no.ZoneUnknown
    slots = tuple(_slot(one, now) for one in command.slots)
    if len(set(slots)) < len(slots):
        raise no.SameTimeTwice
    proposed = e.MeetingProposed(
        proposal=command.command_id,
        meeting=command.moves or command.command_id,
        party=person.party,
        slots=slots,
        zone=command.zone,
        where=command.where.strip(),
    )
    return [(command.room, proposed)]


def _about(
    case: Case, command: c.AnswerMeeting | c.SetMeeting | c.WithdrawMeeting, person: Person, now: datetime
) -> e.Decision:
    part = check(case, person, command.room)
    proposal = part.proposals.get(command.proposal)
    if proposal is None:
        raise no.NotThere
    check_proposal(case, type(command), person, command.room, proposal)
    match command:
        case c.AnswerMeeting(suits=suits):
            if any(slot >= len(proposal.slots) for slot in suits):
                raise no.NotThere
            party, said = may.be_of_a_side(person), tuple(sorted(set(suits)))
            if proposal.answers.get(party) == frozenset(said):
                raise no.AlreadySo
            return [(command.room, e.MeetingAnswered(proposal=proposal.proposal, party=party, suits=said))]
        case c.SetMeeting(slot=slot):
            check_choosing(case, person, command.room, proposal, slot)
            chosen = proposal.slots[slot]
            if chosen.starts_at <= now:
                raise no.TimeIsOver
            kind = e.MeetingSet if proposal.meeting == proposal.proposal else e.MeetingMoved
            paper = kind(
                meeting=proposal.meeting,
                tier=case.papers.tier,
                starts_at=chosen.starts_at,
                ends_at=chosen.ends_at,
                zone=proposal.zone,
            )
            return [(command.room, e.MeetingChosen(proposal=proposal.proposal, slot=slot)), (PAPERS, paper)]
        case c.WithdrawMeeting():
            return [(command.room, e.MeetingWithdrawn(proposal=proposal.proposal))]
        case _:
            assert_never(command)


def _note(case: Case, command: c.NoteAttendance, person: Person, now: datetime) -> e.Decision:
    meeting = _meeting(case, command.meeting)
    party = check_set(case, c.NoteAttendance, person, meeting)
    if now < meeting.starts_at:
        raise no.MeetingHasNotBegun
    attended = tuple(dict.fromkeys(command.attended))
    people = [case.papers.people.get(who) for who in attended]
    if None in people:
        raise no.NobodyOfThatName
    if party is not None and any(one is not None and one.party != party for one in people):
        raise no.EachForItsOwn
    if meeting.attended.get(party) == attended:
        raise no.AlreadySo
    return [(PAPERS, e.MeetingHeld(meeting=meeting.meeting, party=party, attended=attended))]


def _arranges(case: Case, person: Person) -> None:
    if person.participant != case.papers.mediator and person.role not in _ARRANGES:
        raise no.ForThoseWhoArrange


def _was_mediated(papers: Papers, meeting: Meeting) -> bool:
    return papers.appointed_at is not None and papers.appointed_at <= meeting.starts_at


def _meeting(case: Case, name: str) -> Meeting:
    meeting = case.papers.meetings.get(name)
    if meeting is None:
        raise no.NotThere
    return meeting


def _still_to_be(meeting: Meeting) -> None:
    """Neither called off nor held."""
    if meeting.cancelled_at is not None or meeting.attended:
        raise no.NotThere


def _slot(proposed: c.MeetingSlot, now: datetime) -> e.Slot:
    starts_at, ends_at = still_to_come(proposed.starts_at, now), still_to_come(proposed.ends_at, now)
    if not _SHORTEST <= ends_at - starts_at <= _LONGEST:
        raise no.TimeDoesNotFit
    return e.Slot(starts_at=starts_at.astimezone(UTC), ends_at=ends_at.astimezone(UTC))


def is_zone(name: str) -> bool:
    """Whether this is a time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A folder of the database, or a name that leads out of it.
        return False
    return True
