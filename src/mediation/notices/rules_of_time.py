"""Who is told of what has to do with time: terms that run, are longer or stand still, and meetings. Pure."""

from datetime import datetime

from mediation.case import events as e
from mediation.case.clocks import TermName, key_of
from mediation.case.state import Case, Person, Told
from mediation.case.terms import Party
from mediation.notices.dates import Date, has_moved, is_told, lost_from, of_meeting, of_term
from mediation.notices.kinds import Kind
from mediation.notices.notice import Concerned, Rule


def owing(kind: Kind, rest: Kind | None = None) -> Rule:
    """The side whose term it is, with its last moment; everybody else is told `rest`, if that is anything."""

    def rule(told: Told, case: Case, people: list[Person]) -> Concerned:
        match told.event:
            case e.NoticeServed(to=party):
                term: TermName = "answer"
            case e.Reminded(term=term, party=party):
                pass
            case _:
                raise TypeError("an event that names a term")
        for person in people:
            if person.party == party:
                yield person, kind, _date_of(case, term, party)
            elif rest is not None:
                yield person, rest, None

    return rule


def _date_of(case: Case, term: TermName, party: Party) -> Date | None:
    """The last day of this term, as long as it is counted."""
    clock, policy = case.papers.clocks.get(key_of(term, party)), case.papers.opened.policy
    return of_term(policy.calendar, clock) if clock is not None and policy is not None else None


def longer(told: Told, case: Case, people: list[Person]) -> Concerned:
    """Whoever has more time hears until when, also who agreed to it: their calendar holds the former day."""
    match told.event:
        case e.TermExtended(term=term, owed_by=party):
            date = _date_of(case, term, party)
        case _:
            raise TypeError("an event that makes a term longer")
    return [(p, "time", date) if p.party == party else (p, "news", None) for p in people]


def paused(told: Told, case: Case, people: list[Person]) -> Concerned:
    """Whoever was told until when they have time hears that it stands still, and when it goes on, if the day moved."""
    policy = case.papers.opened.policy
    if policy is None:
        return
    calendar, goes_on = policy.calendar, isinstance(told.event, e.ClocksStarted)
    concerned = [
        clock
        for clock in case.papers.clocks.values()
        if is_told(clock) and (has_moved(calendar, clock) if goes_on else clock.still == {"paused"})
    ]
    for person in people:
        dates = [of_term(calendar, clock) for clock in concerned if clock.owed_by == person.party]
        if dates:
            yield person, "time", min(dates, key=lambda date: date.ends_at)


def met(told: Told, case: Case, people: list[Person]) -> Concerned:
    """Everybody has it in their calendar, or takes it out."""
    meeting = case.papers.meetings[getattr(told.event, "meeting")]  # noqa: B009 - each of these kinds has one
    return [(person, "appointment", of_meeting(meeting)) for person in people]


def not_before(told: Told, case: Case) -> datetime | None:
    """A pause that is over on the same day has moved nothing, and nobody needs to be written to about it."""
    policy = case.papers.opened.policy
    if not isinstance(told.event, e.ClocksStopped) or policy is None:
        return None
    return lost_from(policy.calendar, told.at)
