"""The policy of a ladder: who acts at which step, how long each answer may take, and what follows from silence.

A case keeps the version it was opened with, whole, so that nobody can move a date under somebody's feet.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from mediation.case.terms import Line, OptionalLine, Tier
from mediation.case.working_days import MONDAY_TO_FRIDAY, Calendar

Expiry = Literal["remind", "step-up", "refused", "rest"]
"""What follows when a term is over: all are reminded; the case goes one step up; the silence counts as a refusal, and
the record says so; the case rests until somebody wakes it."""
Leaving = Literal["either", "both"]
Days = Annotated[int, Meta(ge=1, le=250)]
"""Working days; 250 are about a year."""


class Term(Struct, frozen=True, kw_only=True):
    """So many working days, and how many of them before its end it is remembered."""

    days: Days
    remind: Annotated[tuple[Days, ...], Meta(max_length=5)] = ()


class Responsible(Struct, frozen=True, kw_only=True):
    """Somebody of the business who acts at a step, or stands in for whoever is named before them."""

    name: Line
    title: OptionalLine = ""


class Rung(Struct, frozen=True, kw_only=True):
    """One step of the ladder.

    `answer` is the time for whoever is asked at it, `resolve` that of the step as a whole. Before that is over a side
    leaves it upwards by itself (`either`), or only together with the other (`both`). Without anybody responsible, and
    with `skip`, the step is passed over, and the record says so.
    """

    tier: Tier
    people: Annotated[tuple[Responsible, ...], Meta(max_length=10)] = ()
    answer: Term | None = None
    resolve: Term | None = None
    leave_early: Leaving = "either"
    if_nobody: Literal["skip", "wait"] = "wait"


class Policy(Struct, frozen=True, kw_only=True):
    """A ladder with its times. `version` counts up whenever the organisation changes it; the portal's has no name."""

    name: OptionalLine = ""
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)] = 1
    calendar: Calendar = MONDAY_TO_FRIDAY
    rungs: Annotated[tuple[Rung, ...], Meta(min_length=1, max_length=5)]
    acknowledge: Term | None = None
    """Until somebody who speaks for the other side is here."""
    business_silent: Expiry = "refused"
    consumer_silent: Expiry = "rest"
    unresolved: Expiry = "step-up"

    @property
    def ladder(self) -> tuple[Tier, ...]:
        """The steps in their order."""
        return tuple(rung.tier for rung in self.rungs)

    def rung(self, tier: Tier) -> Rung:
        """The step of this name; one that is not on the ladder has no times."""
        return next((rung for rung in self.rungs if rung.tier == tier), Rung(tier=tier))


DEFAULT_POLICY = Policy(
    acknowledge=Term(days=5, remind=(3, 1)),
    rungs=(
        Rung(tier="talks", answer=Term(days=10, remind=(5, 1)), resolve=Term(days=20, remind=(5,))),
        Rung(tier="mediation", answer=Term(days=10, remind=(5, 1)), resolve=Term(days=45, remind=(10, 3))),
        Rung(tier="management", answer=Term(days=10, remind=(5, 1)), resolve=Term(days=20, remind=(5, 1))),
        Rung(tier="referral", answer=Term(days=20, remind=(5, 1))),
    ),
)
"""For a business that has made none of its own.

The times are ours, chosen beside what others set: Directive (EU) 2025/2647 leaves a trader twenty working days for an
answer to a consumer, UNCITRAL's Technical Notes on Online Dispute Resolution name ten calendar days of negotiation, and
CPR's model clause has executives meet within thirty days of the notice and goes on to mediation after forty-five.
"""
