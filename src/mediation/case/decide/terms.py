"""Terms: asking for an answer, making a term longer, what is due by itself, and what the papers tell of an answer."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final, assert_never

from immutables import Map

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.agreement import STANDSTILL
from mediation.case.clocks import Act, Clock, acts, key_of
from mediation.case.decide import may
from mediation.case.escalation import passed_over, steps_from
from mediation.case.policy import Expiry
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import JOINT, PAPERS, TALKS, Party, Tier, other

Asking = c.AskForAnswer | c.ExtendTerm | c.AgreeStandstill
STANDSTILL_SHA256: Final = sha256(STANDSTILL.encode()).hexdigest()
_LONGEST: Final = 250
"""Working days of a term, with all that it was made longer."""
_STANDSTILL_AT_MOST: Final = timedelta(days=3 * 366)
_TAKES_PART: Final = (
    *(e.MediatorAccepted, e.AgreementAccepted, e.TierStepAsked, e.TierReached),
    *(e.ReferralProposed, e.ReferralReworded, e.ReferralAnswered),
)
_SAYS_NOTHING: Final = (e.MessageStruck, e.FileWithdrawn)


# ── what people ask for ─────────────────────────────────────────────────────────────────────────────────────────────


def check(case: Case, command: type[Asking], person: Person) -> Party:
    """Refuse unless this person may ask for it now; returns their side."""
    may.be_before_the_end(case)
    party = may.speak_for_a_side(person)
    if command is not c.AgreeStandstill and case.papers.opened.policy is None:
        raise no.NoTermsHere
    if command is c.AskForAnswer and key_of("answer", other(party)) in case.papers.clocks:
        raise no.AnswerIsOwedAlready
    return party


def decide(case: Case, command: Asking, person: Person, now: datetime) -> e.Decision:
    """Ask the other side for an answer, for more time, or for a standstill."""
    party = check(case, type(command), person)
    papers = case.papers
    match command:
        case c.AskForAnswer():
            return [(PAPERS, e.NoticeServed(to=other(party)))]
        case c.ExtendTerm():
            return _extend(papers, command, party)
        case c.AgreeStandstill():
            return _stand_still(papers, command, party, now)
        case _:
            assert_never(command)


def _extend(papers: Papers, command: c.ExtendTerm, party: Party) -> e.Decision:
    key = key_of(command.term, command.owed_by)
    clock = papers.clocks.get(key)
    if clock is None or clock.owed_by != command.owed_by:
        raise no.TermDoesNotRun
    if clock.days + command.days > _LONGEST:
        raise no.TermIsLongEnough
    wanted = papers.longer.get(key, Map[Party, int]())
    if wanted.get(party) == command.days:
        raise no.ExtensionAlreadyAsked
    if wanted.get(other(party)) == command.days:
        return [(PAPERS, e.TermExtended(term=command.term, owed_by=command.owed_by, days=command.days))]
    asked = e.TermExtensionAsked(term=command.term, owed_by=command.owed_by, party=party, days=command.days)
    return [(PAPERS, asked)]


def _stand_still(papers: Papers, command: c.AgreeStandstill, party: Party, now: datetime) -> e.Decision:
    if command.text_sha256 != STANDSTILL_SHA256:
        raise no.StandstillReadsDifferently
    earliest = max(now.date(), papers.standstill.until or date.min)
    if not earliest < command.until <= (now + _STANDSTILL_AT_MOST).date():
        raise no.StandstillEndsTooSoon
    if papers.standstill.offered.get(party) == command.until:
        raise no.StandstillAlreadyOffered
    if papers.standstill.offered.get(other(party)) == command.until:
        return [(PAPERS, e.StandstillAgreed(until=command.until, text=STANDSTILL))]
    return [(PAPERS, e.StandstillAsked(party=party, until=command.until))]


# ── steps of the ladder ─────────────────────────────────────────────────────────────────────────────────────────────


def reached(papers: Papers, to: Tier, *, asks: Party) -> e.Decision:
    """The case reaches a step: those with nobody in them are passed over, and the other side is asked for an answer."""
    ladder = papers.opened.ladder
    is_up = ladder.index(to) > ladder.index(papers.tier)
    events: e.Decision = [(PAPERS, e.TierSkipped(tier=tier)) for tier in (passed_over(papers, to) if is_up else ())]
    events.append((PAPERS, e.TierReached(to=to)))
    if is_up and papers.opened.policy is not None:
        events.append((PAPERS, e.NoticeServed(to=asks)))
    return events


# ── what is due by itself ───────────────────────────────────────────────────────────────────────────────────────────


def next_act(papers: Papers) -> Act | None:
    """What is due next by itself, the earliest first; None when nothing is, as things stand."""
    policy = papers.opened.policy
    if policy is None or papers.ended_at is not None or papers.closed_at is not None:
        return None
    due = (act for clock in papers.clocks.values() for act in acts(policy.calendar, clock)[:1])
    # What is remembered comes before what is over at the same moment; then an order that never changes.
    return min(due, key=lambda act: (act.at, -act.days_left, act.clock.key), default=None)


def act_due(papers: Papers, now: datetime) -> e.Decision:
    """The first thing that is due by now and not done yet; nothing when there is none. Ask again once it is written."""
    act = next_act(papers)
    if act is None or act.at > now:
        return []
    clock = act.clock
    if act.days_left:
        reminded = e.Reminded(term=clock.term, party=clock.owed_by, days_left=act.days_left, due_at=act.at)
        return [(PAPERS, reminded)]
    return _expired(papers, act)


def _expired(papers: Papers, act: Act) -> e.Decision:
    clock = act.clock
    then, up = then_of(papers, clock)
    over: e.Decision = [
        (PAPERS, e.TermExpired(term=clock.term, party=clock.owed_by, due_at=act.at, then=then)),
    ]
    if then == "rest":
        over.append((PAPERS, e.CaseRested()))
    if up is not None:
        over += reached(papers, up, asks=clock.owed_by)
    return over


def then_of(papers: Papers, clock: Clock) -> tuple[Expiry, Tier | None]:
    """What follows when this term is over as things stand, and, if it is a step up, where to."""
    policy = papers.opened.policy
    if policy is None or clock.term == "acknowledge":
        # Whoever is not here yet still has the time for an answer.
        return "remind", None
    if clock.term == "resolve":
        then = policy.unresolved
    else:
        is_consumer = papers.facts_of(clock.owed_by).capacity == "consumer"
        then = policy.consumer_silent if is_consumer else policy.business_silent
    if then != "step-up":
        return then, None
    _, up = steps_from(papers)
    # To a referral both sides go together or not at all.
    return ("remind", None) if up is None or up == "referral" else ("step-up", up)


# ── what follows from what somebody did ─────────────────────────────────────────────────────────────────────────────


def following(papers: Papers, person: Person, decision: e.Decision) -> e.Decision:
    """What the papers must tell beside a decision of this person: bare facts, that a side spoke, not what it said.

    Whoever reads the papers alone learns the day of an answer that was asked for, once for each time it was asked.
    """
    if papers.facts is None or papers.facts.policy is None:
        return []
    events: e.Decision = []
    party = person.party
    if party is not None and party in papers.served and any(_answers(room, event) for room, event in decision):
        events.append((PAPERS, e.NoticeAnswered(party=party)))
    ends = any(isinstance(event, e.MediationEnded | e.CaseClosed) for _, event in decision)
    if "resting" in papers.still and party is not None and not ends and any(_goes_on(*one) for one in decision):
        events.append((PAPERS, e.CaseWoken()))
    if any(isinstance(event, e.Paused) for _, event in decision):
        events.append((PAPERS, e.ClocksStopped()))
    if any(isinstance(event, e.Resumed) for _, event in decision):
        events.append((PAPERS, e.ClocksStarted()))
    return events


def _answers(room: str, event: e.Event) -> bool:
    return isinstance(event, _TAKES_PART) or (room in (TALKS, JOINT) and not isinstance(event, _SAYS_NOTHING))


def _goes_on(room: str, event: e.Event) -> bool:
    return _answers(room, event) or isinstance(event, e.NoticeServed)
