"""How far those who speak for a side may go: settled within that side, in its own room, and known to nobody else.

It is no rule of the case. No decision looks at it, so that an offer, an agreement and a signature are the same with it
and without it; only the screen of whoever goes beyond it says so beforehand.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Limit, Person
from mediation.case.terms import Party, Role, team

_SETTLES: Final[frozenset[Role]] = frozenset({"manager", "principal"})
_FURTHEST: Final = timedelta(days=366)


def check(case: Case, person: Person) -> Party:
    """Refuse unless this person may settle now how far the others of their side may go; returns the side.

    A manager does for the business, whose handler is bound by it; the client does for whoever advises them.
    """
    party = may.be_of_a_side(person)
    if person.role not in _SETTLES:
        raise no.ForManagement
    may.be_before_the_end(case)
    may.talk(case, person, team(party))
    return party


def check_taking_back(case: Case, person: Person, limit: Limit | None) -> None:
    """Refuse unless this person may take this limit back."""
    check(case, person)
    if limit is None:
        raise no.NotThere


def decide(case: Case, command: c.SetLimit | c.TakeBackLimit, person: Person, now: datetime) -> e.Decision:
    """Settle how far to go, or take it back."""
    party = check(case, person)
    if isinstance(command, c.TakeBackLimit):
        limit = limit_of(case, party)
        check_taking_back(case, person, limit if limit is not None and limit.limit == command.limit else None)
        return [(team(party), e.LimitTakenBack(limit=command.limit))]
    terms = command.terms.strip()
    if command.amount is None and not terms:
        raise no.LimitSaysNothing
    settled = e.LimitSet(
        limit=command.command_id,
        meaning=command.meaning,
        amount=command.amount,
        terms=terms,
        until=None if command.until is None else still_to_come(command.until, now),
    )
    return [(team(party), settled)]


def still_to_come(moment: datetime, now: datetime) -> datetime:
    """The moment in UTC, to the minute; refused when it is over, or more than a year away."""
    if moment <= now:
        raise no.TimeIsOver
    if moment > now + _FURTHEST:
        raise no.TimeIsTooFar
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def limit_of(case: Case, party: Party) -> Limit | None:
    """What this side has settled, as far as the reader of `case` is in its room."""
    room = case.private.get(team(party))
    return room.limit if room is not None else None
