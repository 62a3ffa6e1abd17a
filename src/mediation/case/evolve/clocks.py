"""The terms that run in a case, as the papers tell of them."""

from datetime import datetime

from immutables import Map
from msgspec.structs import replace

from mediation.case import clocks, events
from mediation.case.clocks import Clock, Still, TermName, key_of
from mediation.case.policy import Policy, Term
from mediation.case.state import Papers, Told
from mediation.case.terms import DECIDERS, Party, other


def evolve_clocks(papers: Papers, told: Told) -> Papers:
    """The papers with their clocks after one more entry, which is folded into all else already."""
    policy = papers.facts.policy if papers.facts is not None else None
    if policy is None:
        return papers
    match told.event:
        case events.ParticipantJoined() as joined:
            return _somebody_came(papers, policy, joined, told.at)
        case events.TierReached(to=tier):
            # The time of a step is counted from reaching it; an answer that is owed goes on being owed.
            papers = replace(papers, clocks=_without(papers.clocks, "resolve"), longer=Map())
            papers = _begin(papers, "resolve", _respondent(papers), policy.rung(tier).resolve, told.at)
            return _with_waiting(papers, told.at)
        case events.NoticeServed(to=party):
            papers = _begin(papers, "answer", party, policy.rung(papers.tier).answer, told.at)
            return _with_waiting(papers, told.at)
        case events.NoticeAnswered(party=party):
            papers = replace(papers, clocks=_without(papers.clocks, f"answer-{party}"))
            return _with_waiting(papers, told.at)
        case events.Reminded() as reminded:
            key = key_of(reminded.term, reminded.party)
            clock = papers.clocks[key]
            clock = replace(clock, reminded=clock.reminded | {reminded.days_left})
            return replace(papers, clocks=papers.clocks.set(key, clock))
        case events.TermExpired(term=term, party=party):
            papers = replace(papers, clocks=_without(papers.clocks, key_of(term, party)))
            return _with_waiting(papers, told.at)
        case events.TermExtended(term=term, owed_by=owed_by, days=days):
            key = key_of(term, owed_by)
            longer = clocks.extended(policy.calendar, papers.clocks[key], days, told.at)
            return replace(papers, clocks=papers.clocks.set(key, longer))
        case events.ClocksStopped():
            return _stop(papers, "paused", told.at)
        case events.ClocksStarted():
            return _start(papers, "paused", told.at)
        case events.CaseRested():
            return _stop(papers, "resting", told.at)
        case events.CaseWoken():
            return _start(papers, "resting", told.at)
        case events.SettlementFrozen():
            return _stop(papers, "signing", told.at)
        case events.SettlementReopened():
            return _start(papers, "signing", told.at)
        case events.MediationEnded() | events.CaseClosed():
            return replace(papers, clocks=Map())
        case _:
            return papers


def _somebody_came(papers: Papers, policy: Policy, joined: events.ParticipantJoined, at: datetime) -> Papers:
    if papers.claimant is None:
        # The first seat is the opener's.
        papers = replace(papers, claimant=joined.party or "client")
        papers = _begin(papers, "resolve", _respondent(papers), policy.rung(papers.tier).resolve, at)
        if joined.party is None:
            return papers
        # To open a dispute is to ask the other side.
        asked = other(joined.party)
        papers = replace(papers, served=papers.served.set(asked, at))
        papers = _begin(papers, "answer", asked, policy.rung(papers.tier).answer, at)
        return _begin(papers, "acknowledge", asked, policy.acknowledge, at)
    if joined.party is not None and joined.role in DECIDERS:
        return replace(papers, clocks=_without(papers.clocks, f"acknowledge-{joined.party}"))
    return papers


def _respondent(papers: Papers) -> Party:
    return other(papers.claimant or "client")


def _begin(papers: Papers, term: TermName, owed_by: Party, times: Term | None, at: datetime) -> Papers:
    if times is None:
        return papers
    clock = Clock(term=term, owed_by=owed_by, since=at, days=times.days, remind=times.remind)
    for why in papers.still:
        clock = clocks.stopped(clock, why, at)
    return replace(papers, clocks=papers.clocks.set(clock.key, clock))


def _with_waiting(papers: Papers, at: datetime) -> Papers:
    """Whoever owes the resolution waits while the other side owes an answer."""
    clock = papers.clocks.get("resolve")
    if clock is None:
        return papers
    is_waiting = f"answer-{other(clock.owed_by)}" in papers.clocks
    change = clocks.stopped if is_waiting else clocks.started
    return replace(papers, clocks=papers.clocks.set("resolve", change(clock, "waiting", at)))


def _without(running: Map[str, Clock], key: str) -> Map[str, Clock]:
    return running.delete(key) if key in running else running


def _stop(papers: Papers, why: Still, at: datetime) -> Papers:
    stopped = Map((key, clocks.stopped(clock, why, at)) for key, clock in papers.clocks.items())
    return replace(papers, clocks=stopped, still=papers.still | {why})


def _start(papers: Papers, why: Still, at: datetime) -> Papers:
    started = Map((key, clocks.started(clock, why, at)) for key, clock in papers.clocks.items())
    return replace(papers, clocks=started, still=papers.still - {why})
