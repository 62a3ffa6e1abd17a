"""A dry run of a policy: a case is opened in memory, and the rules of the loop tell what happens when. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.clocks import TermName
from mediation.case.decide.people import open_case
from mediation.case.evolve import evolve
from mediation.case.foresight import foreseen
from mediation.case.policy import Days, Expiry, Policy
from mediation.case.state import Case, Told
from mediation.case.terms import PAPERS, PARTIES, Capacity, Category, Party, Role, Tier

What = Literal["opened", "answered", "reminded", "over", "passed-over", "step", "asked", "rests"]
_AT_MOST = 100
"""Lines that are told; a ladder of five steps has fewer, unless it asks and answers for ever."""
_LONGEST = timedelta(days=366 * 40)
"""Five steps of 250 working days each in a week of one working day."""
_BY, _CASE = "0" * 32, "0" * 32
_NOON = timedelta(hours=12)


class DryRun(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is supposed: who opens a dispute and when, and how whoever is asked behaves."""

    opened_on: date
    opener: Literal["handler", "principal", "mediator"]
    category: Category = "other"
    client: Capacity = "consumer"
    answers_after: Annotated[Days | None, Meta(description="working days, each time; null: says nothing at all")] = None


class DryRunLine(Struct, frozen=True, kw_only=True):
    """One thing that happens.

    `day` is the day on which, or at whose end, it does: what is over at the midnight after Monday is over on Monday.
    `party` is whose time it is, or who is asked or answers.
    """

    at: datetime
    day: date
    what: What
    party: Party | None = None
    term: TermName | None = None
    days_left: int | None = None
    then: Expiry | None = None
    tier: Tier | None = None


class Outlook(Struct, frozen=True, kw_only=True):
    """What happens, in its order, and the closed days in between that are no weekend: they do not count."""

    lines: list[DryRunLine]
    closed: list[date]


def dry_run(policy: Policy, supposed: DryRun) -> Outlook:
    """What happens by itself in such a case. It is opened at noon there; the hour moves no date."""
    calendar = policy.calendar
    opened_at = datetime.combine(supposed.opened_on, time(12), ZoneInfo(calendar.zone))
    lines = list(islice(_happening(policy, supposed, opened_at), _AT_MOST))
    last = lines[-1].day
    closed = [d for d in calendar.closed if supposed.opened_on <= d <= last and d.weekday() not in calendar.weekend]
    return Outlook(lines=lines, closed=closed)


def _happening(policy: Policy, supposed: DryRun, opened_at: datetime) -> Iterator[DryRunLine]:
    case = _opened(policy, supposed, opened_at)
    tier = case.papers.tier
    yield DryRunLine(at=opened_at, day=supposed.opened_on, what="opened", tier=tier)
    while True:
        answer = _next_answer(case, supposed)
        until = opened_at + _LONGEST if answer is None else answer[0]
        steps = foreseen(case.papers, until)
        for step in steps:
            case = _with(case, step.event, step.at)
            yield _line(policy, step.event, step.at)
            # Whoever is asked anew may answer before what else was foreseen.
            if isinstance(step.event, e.NoticeServed):
                break
        else:
            if answer is None:
                return
            at, party = answer
            case = _with(_here(case, party, at), e.NoticeAnswered(party=party), at)
            yield _line(policy, e.NoticeAnswered(party=party), at)


def _opened(policy: Policy, supposed: DryRun, at: datetime) -> Case:
    command = c.OpenCase(
        command_id=_CASE,
        title="Dry run",
        category=supposed.category,
        account="Dry run",
        business=c.PartyDescription(name="Business"),
        client=c.PartyDescription(name="Client", capacity=supposed.client),
        opener=supposed.opener,
    )
    case = Case()
    for room, event in open_case(command, _BY, "Opener", "", at, policy=policy):
        if room == PAPERS:
            case = _with(case, event, at)
    return case


def _with(case: Case, event: e.Event, at: datetime) -> Case:
    return evolve(case, Told(PAPERS, 0, at, "system", event))


def _next_answer(case: Case, supposed: DryRun) -> tuple[datetime, Party] | None:
    """When the next side that owes an answer gives it, at noon of a working day; None when nobody does."""
    policy = case.papers.opened.policy
    if supposed.answers_after is None or policy is None:
        return None
    calendar = policy.calendar
    answers = []
    for party in PARTIES:
        if (served := case.papers.served.get(party)) is not None and not case.papers.still:
            following = calendar.working_days_after(calendar.day_of(served))
            day = next(islice(following, supposed.answers_after - 1, None))
            answers.append((calendar.begins(day) + _NOON, party))
    return min(answers, default=None)


def _here(case: Case, party: Party, at: datetime) -> Case:
    """Whoever answers has come, if nobody of that side was here."""
    if case.papers.side(party):
        return case
    role: Role = "handler" if party == "business" else "principal"
    joined = e.ParticipantJoined(participant=party.ljust(32, "0"), name=party, role=role, party=party)
    return _with(case, joined, at)


def _line(policy: Policy, event: e.Event, at: datetime) -> DryRunLine:
    # What happens at midnight belongs to the day that is over.
    day = policy.calendar.day_of(at - timedelta(microseconds=1))
    line = DryRunLine(at=at, day=day, what="rests")
    match event:
        case e.NoticeServed(to=party):
            line = replace(line, what="asked", party=party)
        case e.NoticeAnswered(party=party):
            line = replace(line, what="answered", party=party)
        case e.Reminded(term=term, party=party, days_left=left):
            line = replace(line, what="reminded", party=party, term=term, days_left=left)
        case e.TermExpired(term=term, party=party, then=then):
            line = replace(line, what="over", party=party, term=term, then=then)
        case e.TierSkipped(tier=tier):
            line = replace(line, what="passed-over", tier=tier)
        case e.TierReached(to=tier):
            line = replace(line, what="step", tier=tier)
        case _:
            pass
    return line
