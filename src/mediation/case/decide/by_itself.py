"""What happens in a case by itself, with nobody's command: a signed text takes effect, a term is remembered or over."""

from datetime import datetime

from mediation.case.decide import signing, terms
from mediation.case.events import Decision
from mediation.case.state import Case, Papers


def due_at(papers: Papers) -> datetime | None:
    """When something is due next, as things stand; None when nothing is."""
    if papers.facts is None:
        return None
    act = terms.next_act(papers)
    moments = (signing.due_at(papers), act.at if act is not None else None)
    return min((at for at in moments if at is not None), default=None)


def due(case: Case, now: datetime) -> Decision:
    """The first thing that is due by now and not done yet; nothing when there is none. Ask again once it is written."""
    return signing.due(case, now) or terms.act_due(case.papers, now)
