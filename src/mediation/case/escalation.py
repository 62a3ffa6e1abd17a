"""The ladder: which step comes next, which came before, and what each takes. Pure, and known to all from the start."""

from mediation.case.terms import PARTIES, Party, Tier


def steps_from(ladder: tuple[Tier, ...], tier: Tier) -> tuple[Tier | None, Tier | None]:
    """The steps (down, up) next to this one; None where the ladder ends."""
    place = ladder.index(tier)
    down = ladder[place - 1] if place > 0 else None
    up = ladder[place + 1] if place + 1 < len(ladder) else None
    return down, up


def takes_both(ladder: tuple[Tier, ...], tier: Tier, to: Tier) -> bool:
    """Going down, and going on to a referral, take both sides; any other step up is each side's own right.

    Climbing is never that side's assent to a binding process.
    """
    return to == "referral" or ladder.index(to) < ladder.index(tier)


def is_agreed(asked: frozenset[Party], party: Party) -> bool:
    """Whether both sides have asked, this one included."""
    return asked | {party} >= set(PARTIES)
