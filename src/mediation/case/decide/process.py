"""Running the process: sessions, stages, pauses, who can agree; the ladder and the ending."""

from typing import assert_never

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.decide.terms import reached
from mediation.case.escalation import is_agreed, steps_from, takes_both
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import DECIDERS, JOINT, PAPERS, TALKS, other

Running = c.OpenSession | c.CloseSession | c.SetStage | c.Pause | c.Resume | c.DeclareAuthority
Course = c.StepTier | c.EndMediation | c.CloseCase


def check(case: Case, command: type[Running], person: Person) -> None:
    """Refuse unless this person may do this now."""
    joint = may.be_at_the_table(case)
    open_session = any(s.closed_at is None for s in case.papers.sessions)
    if command is c.DeclareAuthority:
        may.speak_for_a_side(person)
        return
    if command is c.Pause:
        # Whoever is under pressure may stop; the mediator brings everyone back.
        if person.participant != case.papers.mediator:
            may.speak_for_a_side(person)
        if joint.paused:
            raise no.AlreadyPaused
        return
    if command is c.Resume and case.papers.appointed_at is None:
        # The mediator who would bring everyone back has gone.
        may.speak_for_a_side(person)
    else:
        may.be_mediator(case, person)
    if command is c.Resume and not joint.paused:
        raise no.NotPaused
    if command is c.OpenSession and open_session:
        raise no.SessionAlreadyOpen
    if command is c.CloseSession and not open_session:
        raise no.NoSessionOpen


def decide(case: Case, command: Running, person: Person) -> e.Decision:
    """Follow a step in running the mediation."""
    check(case, type(command), person)
    joint = may.be_at_the_table(case)
    match command:
        case c.OpenSession(command_id=session):
            return [(PAPERS, e.SessionOpened(session=session))]
        case c.CloseSession(attended=attended):
            _on_this_case(case, attended)
            session = next(s.session for s in case.papers.sessions if s.closed_at is None)
            return [(PAPERS, e.SessionClosed(session=session, attended=tuple(dict.fromkeys(attended))))]
        case c.SetStage(stage=stage):
            if stage == joint.stage:
                raise no.AlreadyOnThisStage
            events: e.Decision = [(JOINT, e.StageSet(stage=stage))]
            if stage == "drafting" and joint.document is None:
                events.append((JOINT, e.DocumentOpened(document="settlement.1", epoch=1)))
            return events
        case c.Pause():
            return [(JOINT, e.Paused())]
        case c.Resume():
            return [(JOINT, e.Resumed())]
        case c.DeclareAuthority(can_agree=can_agree, to_call=to_call):
            party = may.speak_for_a_side(person)
            if {case.papers.people[p].party for p in _on_this_case(case, can_agree)} - {party}:
                raise no.NobodyOfThatName
            declared = e.AuthorityDeclared(
                party=party, can_agree=tuple(dict.fromkeys(can_agree)), to_call=to_call.strip()
            )
            return [(JOINT, declared)]
        case _:
            assert_never(command)


def _on_this_case(case: Case, people: tuple[str, ...]) -> tuple[str, ...]:
    here = {p.participant for p in case.papers.present()}
    if not set(people) <= here:
        raise no.NobodyOfThatName
    return people


def check_course(case: Case, command: type[Course], person: Person) -> None:
    """Refuse unless this person may step, end or close now."""
    if command is c.StepTier:
        may.be_before_the_end(case)
        may.speak_for_a_side(person)
    elif command is c.EndMediation:
        check_ending(case, person)
    else:
        may.be_open(case)
        if case.papers.appointed_at is not None:
            may.be_mediator(case, person)
        elif person.role not in DECIDERS:
            raise no.ForThoseWhoCanAgree
        if case.papers.ended_at is None:
            raise no.MediationHasNotEnded


def check_ending(case: Case, person: Person) -> None:
    """Refuse unless this person may end it now: the mediator, or, where nobody mediates, whoever speaks for a side.

    A side alone cannot say how it ended, only that what was sent elsewhere goes on there.
    """
    papers = case.papers
    if person.party is None or _is_mediated(papers):
        may.mediate_at_the_table(case, person)
    else:
        may.be_before_the_end(case)
        may.speak_for_a_side(person)
        if papers.tier != "referral":
            raise no.NotAReferral
        if not any(one.sent_at is not None for one in papers.referrals.values()):
            raise no.NothingWasReferred
    may.not_both_signed(case)


def _is_mediated(papers: Papers) -> bool:
    """Whether the mediation has begun and its mediator is there to end it."""
    return papers.began_at is not None and papers.appointed_at is not None


def decide_course(case: Case, command: Course, person: Person) -> e.Decision:
    """Take a step on the ladder, end the mediation, or close the case."""
    check_course(case, type(command), person)
    papers = case.papers
    match command:
        case c.StepTier(to=to, tried=tried):
            party = may.speak_for_a_side(person)
            said = _said(case, person, tried)
            if to not in {step for step in steps_from(papers) if step is not None}:
                raise no.NotAStepOfThisLadder
            asked = papers.asked.get(to, frozenset())
            if party in asked:
                raise no.StepAlreadyAsked
            if takes_both(papers, to) and not is_agreed(asked, party):
                return [*said, (PAPERS, e.TierStepAsked(to=to, party=party))]
            return [*said, *reached(papers, to, asks=other(party))]
        case c.EndMediation(outcome=outcome):
            if person.party is not None and outcome != "referred":
                raise no.ForTheMediator
            if outcome == "referred" and papers.tier != "referral":
                raise no.NotAReferral
            if outcome == "expired":
                # Only a clock that ran out can say that.
                raise no.ForTheSides
            return [(PAPERS, e.MediationEnded(outcome=outcome))]
        case c.CloseCase():
            return [(PAPERS, e.CaseClosed())]
        case _:
            assert_never(command)


def _said(case: Case, person: Person, tried: str) -> e.Decision:
    """What somebody says has been tried, where the sides talk now: a paper gives no reason for a step."""
    if not tried.strip():
        return []
    room = JOINT if case.joint is not None else TALKS
    may.talk(case, person, room)
    return [(room, e.MessagePosted(text=may.words(tried)))]
