"""How long what was said is kept once the mediation has ended; papers and direct talks stay.

Nobody has to do anything for it to be forgotten. It is kept longer only by all who hold the privilege together, by an
order, or by a side for its own room alone.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from mediation.case.state import Papers
from mediation.case.terms import JOINT, PARTIES, Kept, Party, is_private

AFTER: Final[dict[Kept | Literal["notes"], timedelta]] = {
    "caucuses": timedelta(days=14),
    "notes": timedelta(days=14),
    "table": timedelta(days=30),
    "teams": timedelta(days=30),
}
AFTER_A_HOLD: Final = timedelta(days=14)
"""A hold that is lifted late leaves everybody this long to take their record away."""
HOLDERS: Final[frozenset[Party | None]] = frozenset({*PARTIES, None})
"""Who holds the privilege together: both sides, and (None) the mediator."""


def kept_as(room: str) -> Kept | None:
    """With what a room is erased; None for papers and direct talks, which stay."""
    if room.startswith("caucus-") or is_private(room):
        return "caucuses"
    if room.startswith("team-"):
        return "teams"
    return "table" if room == JOINT else None


def due_at(papers: Papers, what: Kept | Literal["notes"], kept_until: datetime | None = None) -> datetime | None:
    """When this is to be erased; None before the end and while a hold stands.

    `kept_until` is what a side asked for its own room.
    """
    if papers.ended_at is None or papers.hold.ground is not None:
        return None
    times = [papers.ended_at + AFTER[what]]
    if papers.hold.lifted_at is not None:
        times.append(papers.hold.lifted_at + AFTER_A_HOLD)
    if kept_until is not None:
        times.append(kept_until)
    return max(times)
