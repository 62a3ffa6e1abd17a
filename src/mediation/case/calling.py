"""Who is called to a step of the ladder on which somebody of the business decides. Pure.

When such a step is reached, the first who can be called is; with each of its reminders, while nobody has come, the next
one is called too.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from mediation.case import events as e
from mediation.case.escalation import OF_SOMEBODY
from mediation.case.state import Papers
from mediation.case.terms import DECIDERS, Party, Tier


class OneToCall(Struct, frozen=True, kw_only=True):
    """Somebody whom the portal can write to, or not, as things stand today.

    `is_asked`: an invitation to this person as a manager of this case has been written already, by whomever.
    """

    name: str
    title: str = ""
    email: str | None = None
    language: str = "en"
    away_until: date | None = None
    is_asked: bool = False

    def is_away(self, today: date) -> bool:
        """Whether this person said so; the last day away is one of them."""
        return self.away_until is not None and today <= self.away_until

    def can_be_called(self, today: date) -> bool:
        """Whether this person is there, has an address, and has not been asked."""
        return self.email is not None and not self.is_asked and not self.is_away(today)


class Named(Struct, frozen=True, kw_only=True):
    """A place in the line of a step: who is named there, who stands in while they are away, and how far it is.

    `is_called`: the portal has called to this place before. `is_here`: this person speaks for the business already.
    """

    person: OneToCall
    stands_in: OneToCall | None = None
    is_called: bool = False
    is_here: bool = False


def step_that_asks(papers: Papers, event: e.Event) -> Tier | None:
    """The step to which somebody should come by now, if this event is one at which that is looked at.

    `papers` are as they are after it. It is looked at when the step is reached and at the reminders of its times.
    """
    match event:
        case e.TierReached(to=tier) if tier in OF_SOMEBODY:
            return tier
        case e.Reminded(term="answer" | "resolve") if papers.tier in OF_SOMEBODY:
            return papers.tier
        case _:
            return None


def side_that_has_not_come(papers: Papers, event: e.Event) -> Party | None:
    """The side that is reminded by this event, while nobody is here who speaks for it."""
    if not isinstance(event, e.Reminded):
        return None
    is_here = any(person.role in DECIDERS for person in papers.side(event.party))
    return None if is_here else event.party


def has_come(papers: Papers, tier: Tier, line: Sequence[Named]) -> bool:
    """Whether somebody is here who decides at this step.

    That is one of those named for it, or any manager; but whoever came for an earlier step that somebody decides is not
    yet the one who decides above them.
    """
    if any(named.is_here for named in line):
        return True
    at = papers.reached.get(tier)
    ladder = papers.opened.ladder
    is_second = any(below in OF_SOMEBODY and below in papers.reached for below in ladder[: ladder.index(tier)])
    managers = [person for person in papers.present() if person.role == "manager"]
    return any(not is_second or (at is not None and person.joined_at >= at) for person in managers)


def next_to_call(line: Sequence[Named], today: date) -> tuple[int, OneToCall] | None:
    """Whom to call now, with the place in the line; None when nobody is left who can be.

    In the order of the line. For somebody away, whoever they said stands in for them, and else the next place.
    """
    for place, named in enumerate(line):
        one = named.stands_in if named.person.is_away(today) else named.person
        if one is not None and not named.is_called and one.can_be_called(today):
            return place, one
    return None
