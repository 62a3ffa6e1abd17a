"""The papers: who is on the case, who mediates, how far the process has come."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.clocks import key_of
from mediation.case.evolve.signing import evolve_signing
from mediation.case.keeping import HOLDERS
from mediation.case.state import Hold, Papers, Person, Printed, Session, Standstill, Told
from mediation.case.terms import Party


class EventInTheWrongRoom(Exception):  # noqa: N818 - reads as the sentence it is
    """An entry tells of something its room does not hold: the log was not written by these rules."""


def evolve_papers(papers: Papers, told: Told) -> Papers:
    """The papers after one more entry."""
    match told.event:
        case events.CaseOpened() as facts:
            return replace(
                papers, facts=facts, opened_at=told.at, tier=facts.tier, reached=papers.reached.set(facts.tier, told.at)
            )
        case events.ParticipantJoined() | events.ParticipantLeft():
            return _people(papers, told)
        case events.PartyDescribed() as described:
            said = replace(papers.facts_of(described.party), place=described.place, capacity=described.capacity)
            return replace(papers, described=papers.described.set(described.party, said))
        case events.MediatorDisclosed(text=text):
            # An acceptance rests on what was disclosed; once both have accepted, a side refuses if it minds.
            accepted_by = papers.accepted_by if papers.appointed_at is not None else frozenset[Party]()
            return replace(papers, disclosure=text, accepted_by=accepted_by)
        case events.MediatorAccepted(party=party):
            return replace(papers, accepted_by=papers.accepted_by | {party})
        case events.MediatorRefused():
            return papers
        case events.MediatorAppointed():
            return replace(papers, appointed_at=told.at)
        case events.AgreementAccepted():
            return replace(papers, agreed=papers.agreed.set(told.actor, told.at))
        case events.MediationBegan():
            return replace(papers, began_at=told.at)
        case events.SessionOpened(session=session):
            return replace(papers, sessions=(*papers.sessions, Session(session, told.at)))
        case events.SessionClosed() as closed:
            kept = tuple(
                replace(s, closed_at=told.at, attended=closed.attended) if s.session == closed.session else s
                for s in papers.sessions
            )
            return replace(papers, sessions=kept)
        case events.TierStepAsked(to=to, party=party):
            return replace(papers, asked=papers.asked.set(to, papers.asked.get(to, frozenset()) | {party}))
        case events.TierReached(to=to):
            # Requests made on an earlier step do not carry over to this one.
            return replace(papers, tier=to, reached=papers.reached.set(to, told.at), asked=Papers().asked)
        case events.TierSkipped(tier=tier):
            return replace(papers, skipped=papers.skipped.set(tier, told.at))
        case events.NoticeServed(to=party):
            return replace(papers, served=papers.served.set(party, told.at))
        case events.NoticeAnswered(party=party):
            silent = papers.silent.delete(party) if party in papers.silent else papers.silent
            return replace(papers, served=papers.served.delete(party), silent=silent)
        case events.TermExpired(party=party, then=then):
            # A side whose silence counts as a refusal, or lets the case rest.
            is_silent = then in ("refused", "rest")
            return replace(papers, silent=papers.silent.set(party, told.at)) if is_silent else papers
        case events.TermExtensionAsked() as asked:
            key = key_of(asked.term, asked.owed_by)
            wanted = papers.longer.get(key, Map[Party, int]()).set(asked.party, asked.days)
            return replace(papers, longer=papers.longer.set(key, wanted))
        case events.TermExtended(term=term, owed_by=owed_by):
            key = key_of(term, owed_by)
            return replace(papers, longer=papers.longer.delete(key) if key in papers.longer else papers.longer)
        case events.StandstillAsked(party=party, until=until):
            offered = papers.standstill.offered.set(party, until)
            return replace(papers, standstill=replace(papers.standstill, offered=offered))
        case events.StandstillAgreed(until=until):
            return replace(papers, standstill=Standstill(until=until, agreed_at=told.at))
        case (
            events.Reminded()
            | events.ClocksStopped()
            | events.ClocksStarted()
            | events.CaseRested()
            | events.CaseWoken()
        ):
            return papers
        case events.MediationEnded(outcome=outcome):
            return replace(papers, outcome=outcome, ended_at=told.at)
        case events.CaseClosed():
            return replace(papers, closed_at=told.at)
        case events.OperatorAccess():
            return papers
        case events.PaperPrinted() as made:
            printed = Printed(
                paper=made.paper,
                language=made.language,
                sha256=made.sha256,
                size=made.size,
                checkpoint=made.checkpoint,
                at=told.at,
            )
            return replace(papers, printed=(*papers.printed, printed))
        case (
            events.SettlementFrozen()
            | events.SettlementReopened()
            | events.SettlementSigned()
            | events.SignatureTakenBack()
            | events.TimeToThinkWaived()
            | events.SettlementEffective()
        ):
            return replace(papers, signing=evolve_signing(papers.signing, told))
        case events.HoldAsked() | events.HoldPlaced() | events.HoldLifted():
            return replace(papers, hold=_hold(papers, told))
        case events.TalkErased(what=what):
            return replace(papers, erased=papers.erased.set(what, told.at))
        case _:
            raise EventInTheWrongRoom(events.kind_of(told.event), told.room)


def _people(papers: Papers, told: Told) -> Papers:
    if isinstance(told.event, events.ParticipantJoined):
        joined = told.event
        person = Person(
            participant=joined.participant,
            name=joined.name,
            role=joined.role,
            party=joined.party,
            title=joined.title,
            joined_at=told.at,
            earlier_cases=joined.earlier_cases,
        )
        papers = replace(papers, people=papers.people.set(joined.participant, person))
        return replace(papers, mediator=joined.participant) if joined.role == "mediator" else papers
    if isinstance(told.event, events.ParticipantLeft):
        gone = told.event.participant
        person = replace(papers.people[gone], left_at=told.at)
        papers = replace(papers, people=papers.people.set(gone, person))
        if papers.mediator != gone:
            return papers
        # Whoever comes next discloses and is accepted afresh.
        return replace(papers, mediator=None, disclosure=None, accepted_by=frozenset(), appointed_at=None)
    raise EventInTheWrongRoom(events.kind_of(told.event), told.room)


def _hold(papers: Papers, told: Told) -> Hold:
    hold = papers.hold
    match told.event:
        case events.HoldAsked(party=party):
            return replace(hold, asked_by=hold.asked_by | {party})
        case events.HoldPlaced() as placed:
            return replace(hold, ground=placed.ground, reference=placed.reference, placed_at=told.at)
        case events.HoldLifted():
            lifter = papers.people.get(told.actor)
            # An order is lifted by nobody on the case; what all holders asked for may then still stand.
            asked = hold.asked_by if lifter is None else hold.asked_by - {lifter.party}
            if (lifter is None and asked >= HOLDERS) or (lifter is not None and hold.ground == "order"):
                return replace(hold, asked_by=asked, ground="holders" if lifter is None else "order")
            lifted_at = told.at if hold.ground is not None else hold.lifted_at
            return Hold(asked_by=asked, lifted_at=lifted_at)
        case _:
            return hold
