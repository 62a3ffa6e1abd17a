"""How long what was said is kept once the mediation has ended; papers and direct talks stay.

Nobody has to do anything for it to be forgotten. It is kept longer only by all who hold the privilege together, by an
order, or by a side for its own room alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from mediation.case.state import Case, Papers
from mediation.case.terms import JOINT, PARTIES, Kept, Party, is_private

AFTER: Final[dict[Kept | Literal["notes"], timedelta]] = {
    "caucuses": timedelta(days=14),
    "notes": timedelta(days=14),
    "table": timedelta(days=30),
    "teams": timedelta(days=30),
}
KINDS: Final[tuple[Kept, ...]] = get_args(Kept)
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


def next_at(case: Case) -> datetime | None:
    """When something of this case is to be erased next; None when nothing is, or nothing may be.

    `case` is all of it, every room included, as it is left after earlier erasures.
    """
    return min((at for _, at in _ahead(case)), default=None)


def due(case: Case, rooms: Iterable[str], now: datetime) -> tuple[list[Kept], list[str]]:
    """What the papers are to say is erased now, and which of the case's `rooms` are erased with it or by themselves.

    The papers say it of both team rooms at the usual time whether or not a side keeps its own, and nothing when that
    one goes later: neither tells anybody that it was kept. Words that came into a room after its erasure go as well.
    """
    pending = {(what, room): at for (what, room), at in _ahead(case)}
    told = [what for what in KINDS if (at := pending.get((what, None))) is not None and at <= now]
    gone = []
    for room in rooms:
        what = kept_as(room)
        if what is None:
            continue
        at = pending.get((what, room))
        if at is None and what in told:
            # Nobody ever spoke there; its length in the checkpoints goes too.
            at = now
        if at is not None and at <= now:
            gone.append(room)
    return told, gone


def _ahead(case: Case) -> list[tuple[tuple[Kept, str | None], datetime]]:
    """What is still to be erased and when: all of a sort, as the papers tell it (room None), and each room."""
    papers = case.papers
    found: list[tuple[tuple[Kept, str | None], datetime | None]] = [
        ((what, None), due_at(papers, what)) for what in KINDS if what not in papers.erased
    ]
    if case.joint is not None:
        found.append((("table", JOINT), due_at(papers, "table")))
    for room, state in case.private.items():
        if (what := kept_as(room)) is not None:
            found.append(((what, room), due_at(papers, what, state.kept_until)))
    return [(one, at) for one, at in found if at is not None]
