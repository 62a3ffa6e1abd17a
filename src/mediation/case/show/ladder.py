"""The ladder as everybody sees it, from the first day on, and the times that run on it."""

from datetime import date
from typing import Literal

from immutables import Map

from mediation.case.agreement import STANDSTILL
from mediation.case.clocks import Clock, last_day, over_at
from mediation.case.commands import ExtendTerm, StepTier
from mediation.case.decide import terms
from mediation.case.decide.allowed import allows, names
from mediation.case.decide.process import check_course
from mediation.case.escalation import is_empty, steps_from, takes_both
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import PARTIES, Party, Tier
from mediation.case.view import CalendarView, ResponsibleView, RungView, StandstillView, TermView


def ladder_for(papers: Papers, me: Person) -> list[RungView]:
    """Every step with its state, its date, who has asked for it, and whether the viewer may take it now."""
    policy = papers.opened.policy
    ladder = papers.opened.ladder
    next_steps = steps_from(papers)
    may_step = allows(check_course, Case(papers=papers), StepTier, me)
    rungs = []
    for tier in ladder:
        asked = papers.asked.get(tier, frozenset())
        rung = policy.rung(tier) if policy is not None else None
        rungs.append(
            RungView(
                tier=tier,
                state=_state(papers, tier),
                reached_at=papers.reached.get(tier),
                days=rung.resolve.days if rung is not None and rung.resolve is not None else None,
                people=[ResponsibleView(name=p.name, title=p.title) for p in rung.people] if rung is not None else [],
                empty=is_empty(papers, tier),
                asked_by=[p for p in PARTIES if p in asked],
                takes_both=tier != papers.tier and takes_both(papers, tier),
                can=[StepTier.__name__] if may_step and tier in next_steps and me.party not in asked else [],
            )
        )
    return rungs


def _state(papers: Papers, tier: Tier) -> Literal["done", "here", "ahead", "skipped"]:
    ladder = papers.opened.ladder
    if tier == papers.tier:
        return "here"
    if ladder.index(tier) > ladder.index(papers.tier):
        return "ahead"
    return "done" if tier in papers.reached else "skipped"


def terms_for(papers: Papers, me: Person) -> list[TermView]:
    """The times that run, the one that is over first first; those that stand still come last."""
    policy = papers.opened.policy
    if policy is None:
        return []
    runs = [(over_at(policy.calendar, clock), clock) for clock in papers.clocks.values()]
    runs.sort(key=lambda one: (one[0] is None, one[0] or one[1].since, one[1].key))
    shown = []
    for over, clock in runs:
        then, up = terms.then_of(papers, clock)
        wanted = papers.longer.get(clock.key, Map[Party, int]())
        shown.append(
            TermView(
                term=clock.term,
                owed_by=clock.owed_by,
                since=clock.since,
                days=clock.days,
                over_at=over,
                last_day=last_day(policy.calendar, clock),
                still=sorted(clock.still),
                then=then,
                then_tier=up,
                longer={party: wanted[party] for party in PARTIES if party in wanted},
                can=_with_term(papers, me, clock),
            )
        )
    return shown


def ends_on(papers: Papers, key: str) -> date | None:
    """The last day of the term of this key (`clocks.key_of`); None while none runs, or it stands still."""
    policy = papers.opened.policy
    clock = papers.clocks.get(key)
    return last_day(policy.calendar, clock) if policy is not None and clock is not None else None


def _with_term(papers: Papers, me: Person, clock: Clock) -> list[str]:
    if clock.term == "acknowledge":
        return []
    return names((ExtendTerm, terms.check, (Case(papers=papers), ExtendTerm, me)))


def calendar_for(papers: Papers) -> CalendarView | None:
    """By which days the times count."""
    policy = papers.opened.policy
    return CalendarView(name=policy.calendar.name, zone=policy.calendar.zone) if policy is not None else None


def standstill_for(papers: Papers) -> StandstillView:
    """The agreement that legal time limits stand still, offered to both from the first day on."""
    standstill = papers.standstill
    return StandstillView(
        text=STANDSTILL,
        text_sha256=terms.STANDSTILL_SHA256,
        until=standstill.until,
        agreed_at=standstill.agreed_at,
        offered={party: standstill.offered[party] for party in PARTIES if party in standstill.offered},
    )
