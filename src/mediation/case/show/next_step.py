"""What is next because of the step where the case is: somebody of management, an answer, or a referral."""

from typing import NamedTuple

from mediation.case import commands as c
from mediation.case.clocks import key_of
from mediation.case.decide import referral as refer
from mediation.case.decide.allowed import allows
from mediation.case.decide.process import check_ending
from mediation.case.referral import agreed_by, has_answered, is_said
from mediation.case.state import Case, Papers, Person, Referral
from mediation.case.terms import DECIDERS, other, team


class Next(NamedTuple):
    """A code that the screen puts into words, and whether it is for the viewer to do."""

    next: str
    yours: bool


def is_missing(case: Case, me: Person) -> bool:
    """Whether the viewer's business is yet to bring in whoever acts at this step: somebody named, or any manager.

    While the portal has asked somebody to come, there is nothing to do but wait.
    """
    papers, room = case.papers, case.private.get(team("business"))
    if room is not None and papers.tier in room.called:
        return False
    if papers.tier not in ("management", "executive") or me.party != "business" or not _decides(me):
        return False
    if any("client" in asked for asked in papers.asked.values()):
        # What they are asked comes before whom they might still bring.
        return False
    managers = [one for one in papers.side("business") if one.role == "manager"]
    policy = papers.opened.policy
    named = {one.name.casefold() for one in policy.rung(papers.tier).people} if policy is not None else set()
    # Whoever leads the business is somebody else than who came for the step before.
    is_somebody_else = papers.tier == "executive" and bool(named)
    return not [one for one in managers if not is_somebody_else or one.name.casefold() in named]


def answer_at_the_table(papers: Papers, me: Person) -> Next | None:
    """An answer that a side owes while they talk; None when nobody does."""
    if me.party is None:
        return None
    if key_of("answer", me.party) in papers.clocks:
        return Next("answer-at-the-table", yours=True)
    if key_of("answer", other(me.party)) in papers.clocks:
        return Next("await-answer-at-the-table", yours=False)
    return None


def step_asked_for(papers: Papers, me: Person) -> Next | None:
    """That a side has asked for a step which takes both; None when nobody has."""
    if me.party is None:
        return None
    asked = {party for parties in papers.asked.values() for party in parties}
    if other(me.party) in asked and _decides(me):
        return Next("answer-step", yours=True)
    return Next("await-step", yours=False) if asked else None


def on_to_others(case: Case, me: Person) -> Next | None:
    """The next thing about a referral, from proposing it to what comes back; None when nothing is left to do."""
    papers = case.papers
    told = sorted(papers.referrals.values(), key=lambda one: (one.at, one.referral))
    is_open = [one for one in told if one.is_open]
    if is_open:
        return _with_proposal(case, me, is_open[-1])
    sent = [one for one in told if one.sent_at is not None]
    if sent:
        return _after_sending(case, me, sent)
    if papers.ended_at is not None:
        return None
    return Next("propose-referral", yours=True) if _decides(me) else Next("await-sides", yours=False)


def _with_proposal(case: Case, me: Person, referral: Referral) -> Next:
    is_ours = me.party == referral.party
    says_no = has_answered(referral, other(referral.party)) and other(referral.party) not in agreed_by(referral)
    if not _decides(me):
        return Next("await-sides", yours=False)
    if is_ours and referral.text.binding and not is_said(referral.text):
        return Next("complete-referral", yours=True)
    if is_ours and says_no:
        return Next("reword-referral", yours=True)
    if allows(refer.check, case, c.SendReferral, me, referral):
        return Next("send-referral", yours=True)
    return Next("await-referral", yours=False)


def _after_sending(case: Case, me: Person, sent: list[Referral]) -> Next | None:
    if me.participant == case.papers.mediator and case.papers.ended_at is None:
        return Next("end-as-referred", yours=True)
    # Who was only told of it may go on talking; who sent it, or is bound by it, is done here.
    went = any(one.text.binding or one.sent_by == me.party for one in sent)
    if went and me.party is not None and allows(check_ending, case, me):
        return Next("end-here", yours=True)
    if any(one.outcomes for one in sent):
        return None
    return Next("hand-in-referral", yours=True) if _decides(me) else Next("await-outcome", yours=False)


def _decides(me: Person) -> bool:
    return me.party is not None and me.role in DECIDERS
