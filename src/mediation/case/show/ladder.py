"""The ladder as everybody sees it, from the first day on."""

from mediation.case.commands import StepTier
from mediation.case.decide.allowed import allows
from mediation.case.decide.process import check_course
from mediation.case.escalation import steps_from, takes_both
from mediation.case.state import Case, Papers, Person
from mediation.case.terms import PARTIES
from mediation.case.view import RungView


def ladder_for(papers: Papers, me: Person) -> list[RungView]:
    """Every step with its state, its date, who has asked for it, and whether the viewer may take it now."""
    ladder = papers.opened.ladder
    here = ladder.index(papers.tier)
    next_steps = steps_from(ladder, papers.tier)
    may_step = allows(check_course, Case(papers=papers), StepTier, me)
    rungs = []
    for place, tier in enumerate(ladder):
        asked = papers.asked.get(tier, frozenset())
        rungs.append(
            RungView(
                tier=tier,
                state="here" if place == here else "done" if place < here else "ahead",
                reached_at=papers.reached.get(tier),
                asked_by=[p for p in PARTIES if p in asked],
                takes_both=place != here and takes_both(ladder, papers.tier, tier),
                can=[StepTier.__name__] if may_step and tier in next_steps and me.party not in asked else [],
            )
        )
    return rungs
