"""The way into the mediation: disclosure, the mediator's acceptance by each side, the agreement by each person."""

from datetime import datetime
from hashlib import sha256
from typing import assert_never

from msgspec.structs import replace

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import JOINT, PAPERS, PARTIES

Into = c.Disclose | c.AcceptMediator | c.RefuseMediator | c.AcceptAgreement


def check(case: Case, command: type[Into], person: Person) -> None:
    """Refuse unless this person may take this step now."""
    may.be_before_the_end(case)
    papers = case.papers
    if papers.mediator is None:
        raise no.NoMediatorYet
    if command is c.Disclose:
        may.be_mediator(case, person)
    elif command is c.AcceptAgreement:
        if person.role == "legal":
            raise no.ForTheSides
        if person.participant in papers.agreed:
            raise no.AgreementAlreadyAccepted
    else:
        party = may.speak_for_a_side(person)
        if command is c.AcceptMediator and papers.disclosure is None:
            raise no.MediatorHasNotDisclosed
        if command is c.AcceptMediator and party in papers.accepted_by:
            raise no.MediatorAlreadyAccepted


def decide(case: Case, command: Into, person: Person, now: datetime) -> e.Decision:
    """Follow a step on the way into the mediation; the last one that was missing begins it."""
    check(case, type(command), person)
    papers = case.papers
    mediator = papers.mediator or ""
    match command:
        case c.Disclose(text=text):
            return [(PAPERS, e.MediatorDisclosed(text=may.words(text)))]
        case c.AcceptMediator(disclosure_sha256=read):
            if read is not None and read != disclosure_sha256(papers):
                raise no.DisclosureHasChanged
            party = may.speak_for_a_side(person)
            after = replace(papers, accepted_by=papers.accepted_by | {party})
            events: e.Decision = [(PAPERS, e.MediatorAccepted(mediator=mediator, party=party))]
            if set(PARTIES) <= after.accepted_by:
                events.append((PAPERS, e.MediatorAppointed(mediator=mediator)))
                after = replace(after, appointed_at=now)
            return [*events, *begin_if_everyone_is_ready(after)]
        case c.RefuseMediator():
            # Imported here: leaving may in turn begin a mediation that only waited for the one who left.
            from mediation.case.decide.people import departure  # noqa: PLC0415

            party = may.speak_for_a_side(person)
            refused = e.MediatorRefused(mediator=mediator, party=party)
            return [(PAPERS, refused), *departure(papers, papers.people[mediator], now)]
        case c.AcceptAgreement(sha256=sha256):
            if sha256 != papers.opened.agreement_sha256:
                raise no.AgreementReadsDifferently
            after = replace(papers, agreed=papers.agreed.set(person.participant, now))
            return [(PAPERS, e.AgreementAccepted(sha256=sha256)), *begin_if_everyone_is_ready(after)]
        case _:
            assert_never(command)


def disclosure_sha256(papers: Papers) -> str | None:
    """What an acceptance of the mediator names: who it is, and what they disclosed."""
    if papers.mediator is None or papers.disclosure is None:
        return None
    return sha256(f"{papers.mediator}\n{papers.disclosure}".encode()).hexdigest()


def begin_if_everyone_is_ready(papers: Papers) -> e.Decision:
    """The mediation begins once the mediator is appointed and everyone here has accepted the agreement."""
    people = [p for p in papers.present() if p.role != "legal"]
    if papers.began_at is not None or papers.ended_at is not None or papers.appointed_at is None:
        return []
    if any(p.participant not in papers.agreed for p in people) or not all(papers.side(party) for party in PARTIES):
        return []
    begun: e.Decision = [(PAPERS, e.MediationBegan()), (JOINT, e.StageSet(stage="opening"))]
    if papers.tier == "talks" and "mediation" in papers.opened.ladder:
        # Talking with a mediator is that step; nobody has to take it a second time.
        begun.insert(1, (PAPERS, e.TierReached(to="mediation")))
    return begun
