"""Opening a case, joining it, leaving it."""

from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.agreement import AGREEMENT_TO_MEDIATE
from mediation.case.decide import may
from mediation.case.decide.mediation import begin_if_everyone_is_ready
from mediation.case.policy import Policy
from mediation.case.policy_rules import check_order
from mediation.case.rooms import ROLES_OF, is_opened, members_of, rooms_of, without
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import (
    DECIDERS,
    DEFAULT_LADDER,
    JOINT,
    PAPERS,
    TALKS,
    ParticipantId,
    Party,
    Role,
    caucus,
)

_SIDE_OF_THE_OPENER: dict[Role, Party] = {"handler": "business", "principal": "client"}


def open_case(
    command: c.OpenCase,
    by: ParticipantId,
    name: str,
    host: str,
    now: datetime,
    *,
    by_page: bool = False,
    policy: Policy | None = None,
) -> e.Decision:
    """A new case with its opener in the first seat. `host` is who runs this portal, as told on the first page.

    `by_page` says that a client came by the business's own page, where the business is told of it.
    `policy` is the one of the business for this kind of dispute; its ladder is taken unless the command names another.
    """
    ladder = command.ladder or (policy.ladder if policy is not None else DEFAULT_LADDER)
    check_order(ladder)
    business, client = (
        e.PartyFacts(name=may.words(side.name), place=side.place.strip(), capacity=side.capacity)
        for side in (command.business, command.client)
    )
    opened = e.CaseOpened(
        title=may.words(command.title),
        category=command.category,
        account=may.words(command.account),
        amount=command.amount,
        business=business,
        client=client,
        ladder=ladder,
        tier="mediation" if command.opener == "mediator" and "mediation" in ladder else ladder[0],
        host=host,
        host_is_party=host in {business.name, client.name},
        fees=command.fees.strip(),
        agreement=AGREEMENT_TO_MEDIATE,
        agreement_sha256=sha256(AGREEMENT_TO_MEDIATE.encode()).hexdigest(),
        since=command.since.strip(),
        wish=command.wish.strip(),
        by_page=by_page,
        policy=policy,
    )
    seat = c.JoinCase(name=name, role=command.opener, party=_SIDE_OF_THE_OPENER.get(command.opener))
    papers = Papers(facts=opened)
    return [(PAPERS, opened), *join(Case(papers=papers), seat, by, now)]


def join(case: Case, seat: c.JoinCase, by: ParticipantId, now: datetime) -> e.Decision:
    """Take a seat, and be let into the private rooms that go with it.

    Whom a private room admits follows from the papers, so nothing said there is needed to decide it.
    """
    papers = case.papers
    if papers.closed_at is not None:
        raise no.CaseIsClosed
    if seat.role not in ROLES_OF[seat.party]:
        raise no.SeatDoesNotFit
    if seat.role == "mediator" and papers.mediator is not None:
        raise no.MediatorAlreadyHere
    joined = e.ParticipantJoined(
        participant=by,
        name=may.words(seat.name),
        role=seat.role,
        party=seat.party,
        title=seat.title.strip(),
        earlier_cases=seat.earlier_cases,
    )
    person = Person(
        participant=by, name=joined.name, role=joined.role, party=joined.party, title=joined.title, joined_at=now
    )
    after = replace(papers, people=papers.people.set(by, person))
    if seat.role == "mediator":
        after = replace(after, mediator=by)
    return [(PAPERS, joined), *_admissions(papers, after, by)]


def _admissions(before: Papers, after: Papers, newcomer: ParticipantId) -> e.Decision:
    admitted: e.Decision = []
    known = Case(papers=after)
    for room in sorted(rooms_of(known, newcomer) - {PAPERS, TALKS, JOINT}):
        members = members_of(known, room)
        if is_opened(before, room):
            admitted.append((room, e.MemberAdmitted(participant=newcomer, members=members)))
        else:
            admitted.append((room, e.RoomOpened(members=members)))
    return admitted


def _is_last_voice(papers: Papers, person: Person) -> bool:
    others = [p for p in papers.side(person.party) if p.participant != person.participant] if person.party else []
    return person.party is not None and person.role in DECIDERS and not any(p.role in DECIDERS for p in others)


def check_leaving(case: Case, person: Person) -> None:
    """Refuse only where both have signed and nobody else speaks for that side.

    A signature is withdrawn as one; leaving is no way around the time in which it may be.
    """
    may.be_before_the_end(case)
    if _is_last_voice(case.papers, person):
        may.not_both_signed(case)


def leave(case: Case, command: c.Leave, person: Person, now: datetime) -> e.Decision:
    """Leave at any moment, with no reason asked.

    When nobody is left who speaks for a side, the mediation ends, and the ending does not say who left. Whoever ended
    it that way keeps their seat, so that they can still read and carry away the record.
    """
    check_leaving(case, person)
    events: e.Decision = []
    reason = command.reason.strip()
    if reason and person.party is not None and caucus(person.party) in case.private:
        events.append((caucus(person.party), e.MessagePosted(text=reason)))
    if _is_last_voice(case.papers, person):
        return [*events, (PAPERS, e.MediationEnded(outcome="ended-without-settlement"))]
    return [*events, *departure(case.papers, person, now)]


def departure(papers: Papers, person: Person, now: datetime) -> e.Decision:
    """A participant is gone from the case and from every private room."""
    # The rooms of chosen people are not among them: they lose whoever the papers say is gone.
    private = sorted(rooms_of(Case(papers=papers), person.participant) - {PAPERS, TALKS, JOINT})
    after = without(papers, person, replace(person, left_at=now))
    return [
        (PAPERS, e.ParticipantLeft(participant=person.participant)),
        *((room, e.MemberLeft(participant=person.participant)) for room in private),
        *begin_if_everyone_is_ready(after),
    ]


def check_removing(case: Case, person: Person, target: Person) -> None:
    """Refuse unless this person may remove that one.

    Somebody who speaks for a side removes whoever joined it after them; nobody who was brought in can put out the one
    who brought them. The mediator removes anybody who speaks for no side: ending a side's part ends the mediation.
    """
    may.be_open(case)
    if target.left_at is not None:
        raise no.NobodyOfThatName
    if person.participant == case.papers.mediator and case.papers.appointed_at is not None:
        if target.role in DECIDERS or target.participant == person.participant:
            raise no.SpeaksForASide
        return
    party = may.speak_for_a_side(person)
    if target.party != party or (target.joined_at, target.participant) <= (person.joined_at, person.participant):
        raise no.NotYoursToRemove


def remove(case: Case, command: c.RemoveParticipant, person: Person, now: datetime) -> e.Decision:
    """Somebody has to go; the entry's author is whoever removed them."""
    target = case.papers.people.get(command.participant)
    if target is None:
        raise no.NobodyOfThatName
    check_removing(case, person, target)
    return departure(case.papers, target, now)


def check_muting(case: Case, person: Person, target: Person, *, mute: bool) -> None:
    """Refuse unless this person may now keep that one from speaking at the table, or let them speak again."""
    joint = may.be_at_the_table(case)
    may.be_mediator(case, person)
    if target.left_at is not None or target.role in {"mediator", "legal"}:
        raise no.NobodyOfThatName
    if mute == (target.participant in joint.muted):
        raise no.MutedAlready if mute else no.NotMuted


def decide_muting(case: Case, command: c.Mute | c.Unmute, person: Person) -> e.Decision:
    """Keep somebody from speaking at the table for a while, seen by everybody there."""
    target = case.papers.people.get(command.participant)
    if target is None:
        raise no.NobodyOfThatName
    check_muting(case, person, target, mute=isinstance(command, c.Mute))
    event = e.Muted if isinstance(command, c.Mute) else e.Unmuted
    return [(JOINT, event(participant=command.participant))]


def check_reporting(case: Case, person: Person) -> str:
    """Refuse unless this person can report something to a mediator; returns the caucus where it is told."""
    may.be_open(case)
    if "caucuses" in case.papers.erased:
        raise no.MediationHasEnded
    room = caucus(may.be_of_a_side(person))
    if case.papers.mediator is None:
        raise no.NoMediatorYet
    if room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    return room


def report_abuse(case: Case, command: c.ReportAbuse, person: Person) -> e.Decision:
    """Tell the mediator, in the caucus of one's own side, what went too far."""
    room = check_reporting(case, person)
    if command.room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    return [(room, e.AbuseReported(room=command.room, seq=command.seq, text=may.words(command.text)))]


def check_describing(case: Case, person: Person) -> Party:
    """Refuse unless this person may say what their own side is; returns the side. A frozen text rests on it."""
    may.be_before_the_end(case)
    if case.papers.signing is not None:
        raise no.TextIsFrozen
    return may.speak_for_a_side(person)


def describe_party(case: Case, command: c.DescribeParty, person: Person) -> e.Decision:
    """A side describes itself: the protection of a consumer hangs on it, and is not for the other side to give."""
    party = check_describing(case, person)
    return [(PAPERS, e.PartyDescribed(party=party, place=command.place.strip(), capacity=command.capacity))]
