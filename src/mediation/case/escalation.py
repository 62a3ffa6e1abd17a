"""The ladder: which step comes next, which came before, and what each takes. Pure, and known to all from the start."""

from mediation.case.state import Papers
from mediation.case.terms import PARTIES, Party, Tier

OF_SOMEBODY: frozenset[Tier] = frozenset({"management", "executive"})
"""The steps at which somebody with authority decides for the business."""


def steps_from(papers: Papers) -> tuple[Tier | None, Tier | None]:
    """The steps (down, up) next to where the case is, past those with nobody in them; None where the ladder ends."""
    ladder = papers.opened.ladder
    place = ladder.index(papers.tier)
    down = next((tier for tier in reversed(ladder[:place]) if not is_empty(papers, tier)), None)
    up = next((tier for tier in ladder[place + 1 :] if not is_empty(papers, tier)), None)
    return down, up


def passed_over(papers: Papers, to: Tier) -> list[Tier]:
    """The steps between here and there, upwards, that have nobody in them."""
    ladder = papers.opened.ladder
    return [tier for tier in ladder[ladder.index(papers.tier) + 1 : ladder.index(to)] if is_empty(papers, tier)]


def is_empty(papers: Papers, tier: Tier) -> bool:
    """Whether the ladder goes on without this step, because nobody is responsible there and no manager has come."""
    policy = papers.opened.policy
    if policy is None or tier not in OF_SOMEBODY:
        return False
    rung = policy.rung(tier)
    return rung.if_nobody == "skip" and not rung.people and not any(p.role == "manager" for p in papers.present())


def takes_both(papers: Papers, to: Tier) -> bool:
    """Going down, and going on to a referral, take both sides; any other step up is each side's own right.

    A policy may ask for both while the time of a step is not over, and the other side is not silent. Climbing is never
    that side's assent to a binding process.
    """
    ladder = papers.opened.ladder
    if to == "referral" or ladder.index(to) < ladder.index(papers.tier):
        return True
    policy = papers.opened.policy
    leaves_early = policy is not None and "resolve" in papers.clocks and not papers.silent
    return leaves_early and policy is not None and policy.rung(papers.tier).leave_early == "both"


def is_agreed(asked: frozenset[Party], party: Party) -> bool:
    """Whether both sides have asked, this one included."""
    return asked | {party} >= set(PARTIES)
