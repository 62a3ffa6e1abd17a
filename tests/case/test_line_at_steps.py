"""The line on top where a step of the ladder decides what is next, and for whom; and by which day."""

from typing import Any

import msgspec

from casebook import Story, opened_case, referred_case
from ladders import LADDER, with_rung
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.policy import Responsible, Term
from mediation.case.terms import team


def an_expert(**changes: Any) -> c.Proposal:
    """Terms that would bind both sides."""
    fields = {
        "kind": "expert-determination",
        "provider": "generic",
        "institution": "Two experts whom an institute names",
        "rules": "Its rules of 2025",
        "seat": "Leeds",
        "language": "English",
        "cost": "Each side pays half.",
        "court_stays_open": False,
        "binding": True,
    }
    return msgspec.convert({**fields, **changes}, c.Proposal)


def agrees(case: Story, nickname: str, referral: str) -> None:
    known = case.sees(nickname).referral
    assert known is not None
    case.do(nickname, c.AgreeToReferral, referral=referral, terms_sha256=known.referrals[0].terms_sha256)


def sends(case: Story, nickname: str, referral: str) -> None:
    known = case.sees(nickname).referral
    assert known is not None
    case.do(nickname, c.SendReferral, referral=referral, pack_sha256=known.referrals[0].pack_sha256)


def with_times() -> Story:
    """Handler, client and mediator at the table, by a ladder with times and names."""
    return opened_case(policy=LADDER).with_mediator().in_mediation()


def by_when(case: Story, nickname: str) -> tuple[str, str | None]:
    """What is next for somebody, and whose answer is awaited."""
    line = case.sees(nickname).line
    assert (line.by is None) == (line.owed_by is None)
    return line.next, line.owed_by


def test_whoever_is_asked_at_a_step_is_told_so_and_the_other_side_whose_answer_it_waits_for() -> None:
    case = with_times()
    case.do("handler", c.StepTier, to="management")
    assert by_when(case, "client") == ("answer-at-the-table", "client")
    case.having("manager", "manager", "business").agree("manager")
    for nickname in ("handler", "manager"):
        assert by_when(case, nickname) == ("await-answer-at-the-table", "client")
    assert by_when(case, "mediator") == ("lead-opening", "client")
    case.say("client", "joint", "Then let us hear them.")
    assert by_when(case, "handler") == ("listen", None)
    assert case.sees("handler").line.until is not None, "the step itself has its time"


def test_the_business_brings_in_whoever_the_step_is_for_and_the_other_side_waits() -> None:
    case = with_times()
    case.do("client", c.StepTier, to="management")
    assert by_when(case, "handler") == ("bring-management", "business")
    assert by_when(case, "client") == ("await-answer-at-the-table", "business")
    case.having("Colin Marsh", "manager", "business")
    assert by_when(case, "handler") == ("answer-at-the-table", "business")
    case.agree("Colin Marsh")
    case.do("client", c.StepTier, to="executive")
    assert by_when(case, "Colin Marsh") == ("bring-management", "business")
    case.having("Ruth Adeyemi", "manager", "business")
    assert by_when(case, "Colin Marsh") == ("answer-at-the-table", "business")


def test_while_the_portal_has_asked_somebody_to_come_the_business_goes_on_and_the_mediator_learns_nothing_of_it() -> (
    None
):
    case = with_times()
    case.do("client", c.StepTier, to="management")
    before = case.line("mediator")
    called = e.ManagerCalled(tier="management", name="Colin Marsh")
    case.book.write([(team("business"), called)], "system", case.now)
    assert by_when(case, "handler") == ("answer-at-the-table", "business")
    assert case.line("mediator") == before
    case.book.write([(team("business"), e.NobodyToCall(tier="management"))], "system", case.now)
    assert by_when(case, "handler") == ("bring-management", "business")


def test_where_nobody_is_named_for_the_head_of_the_business_whoever_is_there_will_do() -> None:
    ladder = with_rung("executive", with_rung("management", people=(Responsible(name="Somebody else"),)), people=())
    case = opened_case(policy=ladder).having("manager", "manager", "business").with_mediator().in_mediation()
    for step in ("management", "executive"):
        case.do("client", c.StepTier, to=step)
        assert by_when(case, "handler")[0] == "answer-at-the-table"


def test_a_referral_is_told_from_its_proposal_to_what_comes_back_each_in_turn() -> None:
    case = referred_case().with_counsel()

    def nexts() -> tuple[str, ...]:
        return tuple(case.line(nickname)[1] for nickname in ("handler", "client", "mediator"))

    assert nexts() == ("propose-referral", "propose-referral", "await-sides")
    referral = case.do("handler", c.ProposeReferral, proposal=an_expert(cost=""))
    assert nexts() == ("complete-referral", "await-referral", "await-sides")
    case.do("handler", c.RewordReferral, referral=referral, proposal=an_expert())
    assert nexts() == ("answer-referral", "answer-referral", "await-sides")
    agrees(case, "handler", referral)
    case.do("client", c.RefuseReferral, referral=referral)
    assert nexts() == ("reword-referral", "await-referral", "await-sides")
    agrees(case, "client", referral)
    assert nexts() == ("send-referral", "send-referral", "await-sides")
    sends(case, "handler", referral)
    assert nexts() == ("hand-in-referral", "hand-in-referral", "end-as-referred")
    case.do("mediator", c.EndMediation, outcome="referred")
    assert nexts() == ("hand-in-referral", "hand-in-referral", "await-outcome")
    assert case.line("counsel") == ("ended-referred", "await-outcome", False)
    case.do("client", c.RecordReferralOutcome, referral=referral, day="2026-01-30", text="It is registered.")
    assert nexts() == ("download-record",) * 3


def test_somebody_who_proposes_who_should_decide_has_answered() -> None:
    ladder = with_rung("referral", answer=Term(days=20))
    case = opened_case(policy=ladder).with_mediator().in_mediation()
    for step in ("management", "executive", "referral"):
        case.do("client", c.StepTier, to=step)
    assert (case.line("handler")[1], case.line("client")[1]) == ("answer-step", "await-step")
    case.do("handler", c.StepTier, to="referral")
    assert by_when(case, "client") == ("propose-referral", "client")
    assert by_when(case, "handler") == ("propose-referral", "client")
    case.do("client", c.ProposeReferral, proposal=an_expert())
    assert by_when(case, "handler") == ("answer-referral", None)
