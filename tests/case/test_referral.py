"""Referral elsewhere: only the sides refer, each agrees afresh to what binds, and everybody gets the same pack."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from casebook import Story, just_opened, mediated_case, opened_case, person, referred_case
from ladders import LADDER
from mediation.case import commands as c
from mediation.case.referral import Pack, pack_of, spelt_out
from mediation.case.terms import Money
from mediation.case.view import ReferralView

FULL: dict[str, Any] = {
    "kind": "arbitration",
    "provider": "icc",
    "rules": "ICC Rules of Arbitration 2021",
    "seat": "Hamburg",
    "language": "English",
    "cost": "Each side advances half; the award decides who bears it.",
    "court_stays_open": False,
    "binding": True,
    "relied_on": "Clause 14 of the contract of 3 March.",
    "description": "A web shop was delivered three months late.",
    "claim": "The delay cost the Easter trade.",
    "value": {"minor": 900_000, "currency": "EUR"},
    "relief": "Repayment of a third of the price.",
    "procedure": "One arbitrator.",
}


def wording(**changes: Any) -> c.Proposal:
    return msgspec.convert({**FULL, **changes}, c.Proposal)


def help_from(kind: str = "ombudsman", **changes: Any) -> c.Proposal:
    fields = {"kind": kind, "institution": "The trade's ombudsman", "court_stays_open": True, "binding": False}
    return msgspec.convert({**fields, **changes}, c.Proposal)


def shown(case: Story, nickname: str, number: int = 0) -> ReferralView:
    view = case.sees(nickname).referral
    assert view is not None
    return view.referrals[number]


def agrees(case: Story, nickname: str, referral: str) -> None:
    case.do(nickname, c.AgreeToReferral, referral=referral, terms_sha256=shown(case, nickname).terms_sha256)


def sends(case: Story, nickname: str, referral: str) -> None:
    case.do(nickname, c.SendReferral, referral=referral, pack_sha256=shown(case, nickname).pack_sha256)


# ── when, and by whom ───────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_proposed_before_both_sides_have_taken_the_step() -> None:
    case = mediated_case()
    assert case.refused("client", c.ProposeReferral, proposal=wording()) == "not-a-referral"
    assert "ProposeReferral" not in case.sees("client").allowed_actions
    stepped = referred_case()
    assert {"ProposeReferral", "GiveContact"} <= set(stepped.sees("client").allowed_actions)
    assert stepped.sees("client").referral.proceedings, "what there is to propose"  # type: ignore[union-attr]


def test_only_those_who_speak_for_a_side_refer_and_the_mediator_never_does() -> None:
    case = referred_case().with_counsel().having("reader", "legal", None)
    for nickname, code in (
        ("mediator", "for-the-sides"),
        ("counsel", "for-those-who-can-agree"),
        ("reader", "for-the-sides"),
    ):
        assert case.refused(nickname, c.ProposeReferral, proposal=wording()) == code
        assert case.refused(nickname, c.GiveContact, contact="Somewhere") == code
        assert case.sees(nickname).referral.proceedings == []  # type: ignore[union-attr]
    referral = case.do("handler", c.ProposeReferral, proposal=help_from())
    pack = shown(case, "mediator").pack_sha256
    for nickname in ("mediator", "counsel", "reader"):
        assert shown(case, nickname).can == []
        assert case.refused(nickname, c.SendReferral, referral=referral, pack_sha256=pack) in {
            "for-the-sides",
            "for-those-who-can-agree",
        }


def test_a_ladder_without_that_step_leads_nowhere_else() -> None:
    case = opened_case(ladder=("talks", "mediation"))
    assert case.sees("client").referral is None
    assert case.refused("client", c.ProposeReferral, proposal=wording()) == "not-a-referral"


def test_having_stepped_on_to_a_referral_is_nobodys_assent() -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    assert shown(case, "client").answers == []
    pack = shown(case, "handler").pack_sha256
    assert case.refused("handler", c.SendReferral, referral=referral, pack_sha256=pack) == "takes-both-sides"


def test_after_the_mediation_has_ended_as_referred_the_pack_is_still_completed_and_sent() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    case.do("mediator", c.EndMediation, outcome="referred")
    sends(case, "client", referral)
    assert shown(case, "handler").state == "sent"


def test_what_is_settled_is_not_referred() -> None:
    case = referred_case()
    case.do("mediator", c.EndMediation, outcome="settled")
    assert case.refused("client", c.ProposeReferral, proposal=wording()) == "mediation-has-ended"


# ── coming to its end where nobody mediates ─────────────────────────────────────────────────────────────────────────


def never_mediated() -> Story:
    """The sides talked directly, and both took the step to a referral."""
    case = opened_case(ladder=("talks", "referral"))
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    return case


def test_what_was_sent_on_is_ended_here_as_referred_by_either_side_where_nobody_mediates() -> None:
    endings = []
    for side in ("client", "handler"):
        case = never_mediated()
        referral = case.do("client", c.ProposeReferral, proposal=help_from())
        assert "EndMediation" not in case.sees(side).allowed_actions
        assert case.refused(side, c.EndMediation, outcome="referred") == "nothing-was-referred"
        sends(case, "client", referral)
        assert case.line("client") == ("referral", "end-here", True)
        assert case.line("handler")[1] != "end-here", "whoever was only told of it may go on talking"
        for outcome in ("settled", "partly-settled", "ended-without-settlement", "expired"):
            assert case.refused(side, c.EndMediation, outcome=outcome) == "for-the-mediator"
        case.do(side, c.EndMediation, outcome="referred")
        assert case.last("papers").actor == "system"
        assert case.line("client") == ("ended-referred", "hand-in-referral", True)
        endings.append(case.sees("handler"))
    assert endings[0] == endings[1], "the ending does not say who ended it"
    ended = endings[0].ending
    assert ended is not None
    assert (ended.outcome, endings[0].process) == ("referred", "ended")


def test_one_that_binds_ends_it_only_once_both_have_agreed_to_it_and_it_has_gone_out() -> None:
    case = never_mediated()
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    agrees(case, "handler", referral)
    assert case.refused("handler", c.EndMediation, outcome="referred") == "nothing-was-referred"
    agrees(case, "client", referral)
    sends(case, "handler", referral)
    assert case.line("client")[1] == case.line("handler")[1] == "end-here"
    case.do("client", c.EndMediation, outcome="referred")
    assert pack_of(case.papers, referral).mediation is None, "there was none, and the pack says so"
    case.do("client", c.RecordReferralOutcome, referral=referral, day="2026-01-31", text="They sit in May.")
    case.do("handler", c.CloseCase)


def test_where_somebody_mediates_only_they_end_it() -> None:
    case = referred_case().with_counsel()
    case.agree("counsel")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    sends(case, "client", referral)
    for side in ("client", "handler", "counsel"):
        assert "EndMediation" not in case.sees(side).allowed_actions
        assert case.refused(side, c.EndMediation, outcome="referred") == "for-the-mediator"
    case.do("mediator", c.Leave)
    assert case.refused("counsel", c.EndMediation, outcome="referred") == "for-those-who-can-agree"
    case.do("handler", c.EndMediation, outcome="referred")
    assert case.papers.outcome == "referred", "the mediator who would have said so has gone"


def test_a_mediator_who_was_invited_and_never_accepted_keeps_nobody_from_ending_it() -> None:
    case = opened_case(ladder=("talks", "mediation", "referral")).with_mediator()
    case.do("client", c.StepTier, to="mediation")
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    sends(case, "client", referral)
    assert case.refused("mediator", c.EndMediation, outcome="referred") == "not-before-the-mediation-begins"
    case.do("client", c.EndMediation, outcome="referred")


def test_once_it_is_ended_as_referred_nothing_is_due_any_more() -> None:
    case = just_opened(policy=LADDER).with_client()
    for step in ("mediation", "management", "executive"):
        case.do("client", c.StepTier, to=step)
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    sends(case, "client", case.do("client", c.ProposeReferral, proposal=help_from()))
    case.do("handler", c.EndMediation, outcome="referred")
    told = len(case.book.rooms["papers"])
    assert case.sees("client").terms == []
    case.after(timedelta(days=400))
    assert len(case.book.rooms["papers"]) == told


# ── assent to what binds ────────────────────────────────────────────────────────────────────────────────────────────


def test_each_side_agrees_to_the_very_terms_before_a_binding_one_goes_out() -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    agrees(case, "handler", referral)
    pack = shown(case, "handler").pack_sha256
    assert case.refused("handler", c.SendReferral, referral=referral, pack_sha256=pack) == "takes-both-sides"
    agrees(case, "client", referral)
    sends(case, "handler", referral)
    sent = shown(case, "client")
    assert (sent.state, sent.sent_by, sent.sent_at) == ("sent", "business", case.now)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "adjudication", "provider": "generic", "institution": "Somebody"},
        {"provider": "uncitral"},
        {"rules": "The old rules"},
        {"seat": "Bremen"},
        {"language": "German"},
        {"cost": "The client pays all of it."},
        {"court_stays_open": True},
    ],
)
def test_whoever_agreed_is_asked_again_when_a_term_changes(change: dict[str, Any]) -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    was = shown(case, "client").terms_sha256
    agrees(case, "handler", referral)
    agrees(case, "client", referral)
    case.do("handler", c.RewordReferral, referral=referral, proposal=wording(**change))
    now = shown(case, "client")
    assert not any(answer.stands for answer in now.answers)
    assert "AgreeToReferral" in now.can
    assert "SendReferral" not in shown(case, "handler").can
    assert case.refused("client", c.AgreeToReferral, referral=referral, terms_sha256=was) == "terms-have-changed"


def test_what_one_side_asks_of_the_institution_is_no_term_of_the_other() -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    agrees(case, "client", referral)
    case.do("handler", c.RewordReferral, referral=referral, proposal=wording(relief="All of it.", claim="More."))
    assert [answer.stands for answer in shown(case, "client").answers] == [True]


def test_nobody_agrees_to_be_bound_by_what_is_not_said() -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=wording(cost="", seat=" "))
    terms = shown(case, "client").terms_sha256
    assert case.refused("client", c.AgreeToReferral, referral=referral, terms_sha256=terms) == "terms-are-incomplete"
    assert {"seat", "cost"} <= {gap.field for gap in shown(case, "client").gaps}


def test_whoever_has_to_ask_somebody_first_cannot_bind_their_side() -> None:
    case = referred_case().having("manager", "manager", "business")
    case.agree("manager")
    case.do("handler", c.DeclareAuthority, can_agree=(person("manager"),))
    referral = case.do("client", c.ProposeReferral, proposal=wording())
    terms = shown(case, "handler").terms_sha256
    assert (
        case.refused("handler", c.AgreeToReferral, referral=referral, terms_sha256=terms) == "for-those-who-can-agree"
    )
    agrees(case, "manager", referral)
    assert shown(case, "client").answers[0].agreed


def test_an_award_binds_and_another_mediation_never_does() -> None:
    case = referred_case()
    for proposal in (wording(binding=False), help_from("another-mediation", binding=True)):
        assert case.refused("client", c.ProposeReferral, proposal=proposal) == "binding-does-not-fit"
    assert (
        case.refused("client", c.ProposeReferral, proposal=help_from(provider="wipo")) == "not-a-provider-of-this-kind"
    )


def test_whoever_can_bind_their_side_reads_at_the_top_that_something_waits_for_their_answer() -> None:
    case = referred_case()
    case.do("handler", c.ProposeReferral, proposal=help_from())
    assert case.line("client")[1] != "answer-referral", "what binds nobody can wait"
    referral = case.do("handler", c.ProposeReferral, proposal=wording())
    for nickname in ("client", "handler"):
        assert case.line(nickname)[1:] == ("answer-referral", True)
    assert case.line("mediator")[1] != "answer-referral"
    case.do("client", c.RefuseReferral, referral=referral)
    assert case.line("client")[1] != "answer-referral"


# ── a no costs nothing ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_consumer_says_no_and_loses_nothing() -> None:
    case, same = referred_case(), referred_case()
    for one in (case, same):
        one.do("handler", c.ProposeReferral, proposal=wording())
    referral = shown(case, "client").referral
    case.do("client", c.RefuseReferral, referral=referral)
    same.after(timedelta(seconds=1))
    said_no, never_asked = (msgspec.to_builtins(one.sees("client")) for one in (case, same))
    answers = said_no["referral"]["referrals"][0].pop("answers")
    never_asked["referral"]["referrals"][0].pop("answers")
    assert [answer["agreed"] for answer in answers] == [False]
    for view in (said_no, never_asked):
        view["referral"]["referrals"][0].pop("can")
        assert view["line"].pop("next") is not None
        view["line"].pop("yours")
    assert said_no == never_asked, "nothing else has changed: not a step, not a door, not a button"
    assert case.refused("client", c.RefuseReferral, referral=referral) == "already-answered"
    agrees(case, "client", referral)
    case.do("client", c.RefuseReferral, referral=referral)
    assert "SendReferral" not in shown(case, "handler").can, "a yes can be taken back until it has gone out"


def test_a_pack_never_tells_of_a_no() -> None:
    case = referred_case()
    referral = case.do("handler", c.ProposeReferral, proposal=help_from())
    before = pack_of(case.papers, referral)
    case.do("client", c.RefuseReferral, referral=referral)
    assert pack_of(case.papers, referral) == before


# ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def gaps(case: Story) -> set[tuple[str, str | None]]:
    return {(gap.field, gap.party) for gap in shown(case, "client").gaps}


def test_gaps_say_what_is_missing_and_whose_it_is_to_say() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=wording(relief="", claim=""))
    assert gaps(case) == {("relief", None), ("claim", None), ("contact", "business"), ("contact", "client")}
    case.do("client", c.GiveContact, contact="Ulm, dana@people.example")
    case.do("handler", c.GiveContact, contact="Hamburg")
    case.do("client", c.RewordReferral, referral=referral, proposal=wording())
    assert gaps(case) == set()
    assert case.refused("client", c.GiveContact, contact="Ulm, dana@people.example") == "already-so"
    case.do("client", c.GiveContact, contact="")
    assert gaps(case) == {("contact", "client")}


def test_institutions_ask_for_different_things() -> None:
    case = referred_case()
    case.do("client", c.ProposeReferral, proposal=help_from("another-mediation", provider="icc"))
    case.do("client", c.ProposeReferral, proposal=help_from("another-mediation", provider="wipo"))
    case.do("client", c.ProposeReferral, proposal=help_from())
    icc, wipo, ombudsman = ({gap.field for gap in shown(case, "client", n).gaps} for n in range(3))
    assert icc - wipo == {"seat"}
    assert ombudsman == {"contact", "description", "claim", "relief"}
    assert shown(case, "client").text.institution == "International Chamber of Commerce (ICC)"


def test_a_gap_does_not_keep_a_side_from_sending_what_binds_nobody() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    sends(case, "client", referral)
    assert {gap.field for gap in shown(case, "handler").gaps} == {"contact", "description", "claim", "relief"}


# ── exhibits ────────────────────────────────────────────────────────────────────────────────────────────────────────


def chosen(case: Story, nickname: str, referral: str, room: str, file: str, name: str = "Contract.pdf") -> str:
    return case.do(nickname, c.ChooseExhibit, referral=referral, room=room, file=file, name=name)


def test_what_both_sent_each_other_and_what_ones_own_side_showed_can_go_out() -> None:
    case = opened_case(ladder=("talks", "mediation", "referral"))
    letter = case.add_file("handler", "talks", "letter.pdf", sha256="1" * 64)
    case.with_mediator().in_mediation()
    own = case.add_file("client", "joint", "our weak spot.pdf", sha256="2" * 64)
    theirs = case.add_file("handler", "joint", "memo.pdf", sha256="3" * 64)
    made = case.add_file("client", "joint", "position.pdf", origin="made-for-mediation", sha256="4" * 64)
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    assert shown(case, "client").choosable == [letter, own]
    for file in (theirs, made):
        given = {"referral": referral, "room": "joint", "file": file, "name": "x"}
        assert case.refused("client", c.ChooseExhibit, **given) == "only-what-existed-before"
    chosen(case, "client", referral, "talks", letter)
    exhibit = chosen(case, "client", referral, "joint", own, "Invoice of May.pdf")
    again = {"referral": referral, "room": "joint", "file": own, "name": "x"}
    assert case.refused("client", c.ChooseExhibit, **again) == "chosen-already"
    told = msgspec.json.encode(msgspec.to_builtins(case.last("papers").event)).decode()
    assert own not in told
    assert "weak spot" not in told, "the name it had at the table stays there"
    assert [one.name for one in shown(case, "handler").exhibits] == ["Contract.pdf", "Invoice of May.pdf"]
    assert case.refused("handler", c.TakeBackExhibit, referral=referral, exhibit=exhibit) == "not-yours"
    case.do("client", c.TakeBackExhibit, referral=referral, exhibit=exhibit)
    assert [one.name for one in shown(case, "handler").exhibits] == ["Contract.pdf"]


@pytest.mark.parametrize("room", ["caucus-client", "team-client"])
def test_a_file_of_a_private_room_never_can(room: str) -> None:
    case = referred_case()
    file = case.add_file("client", room, "secret.pdf")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    assert shown(case, "client").choosable == []
    given = {"referral": referral, "file": file, "name": "x"}
    assert case.refused("client", c.ChooseExhibit, room="joint", **given) == "not-there"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"command_id": "0" * 32, "room": room, **given}, c.ChooseExhibit)


# ── sending, and what comes back ────────────────────────────────────────────────────────────────────────────────────


def test_what_was_sent_stays_as_it_was_whatever_happens_afterwards() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    sends(case, "client", referral)
    before = case.papers.referrals[referral].pack
    case.with_counsel("lawyer")
    case.do("client", c.DescribeParty, place="Bremen", capacity="business")
    assert case.papers.referrals[referral].pack == before
    for kind, given in (
        (c.RewordReferral, {"proposal": help_from(relief="More.")}),
        (c.WithdrawReferral, {}),
        (c.SendReferral, {"pack_sha256": shown(case, "client").pack_sha256}),
        (c.RefuseReferral, {}),
    ):
        assert case.refused("client", kind, referral=referral, **given) == "referral-is-over"


def test_nobody_sends_what_they_have_not_seen() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    seen = shown(case, "client").pack_sha256
    case.do("handler", c.GiveContact, contact="Hamburg")
    assert case.refused("client", c.SendReferral, referral=referral, pack_sha256=seen) == "pack-has-changed"


def test_one_side_does_not_send_what_the_other_wrote_unless_both_agreed() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    given = {"referral": referral, "pack_sha256": shown(case, "handler").pack_sha256}
    assert case.refused("handler", c.SendReferral, **given) == "not-your-sides-proposal"
    assert case.refused("handler", c.RewordReferral, referral=referral, proposal=help_from()) == (
        "not-your-sides-proposal"
    )
    both = case.do("client", c.ProposeReferral, proposal=wording())
    for side in ("client", "handler"):
        terms = shown(case, side, 1).terms_sha256
        case.do(side, c.AgreeToReferral, referral=both, terms_sha256=terms)
    case.do("handler", c.SendReferral, referral=both, pack_sha256=shown(case, "handler", 1).pack_sha256)


def test_either_side_records_what_came_back_also_when_the_case_is_long_closed() -> None:
    case = referred_case()
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    given = {"referral": referral, "day": "2026-01-31", "text": "They will look into it."}
    assert case.refused("handler", c.RecordReferralOutcome, **given) == "referral-was-not-sent"
    sends(case, "client", referral)
    case.do("mediator", c.EndMediation, outcome="referred")
    case.do("mediator", c.CloseCase)
    case.after(timedelta(days=200))
    case.do("handler", c.RecordReferralOutcome, **given)
    for day in ("2026-02-30", "2099-01-01"):
        assert case.refused("client", c.RecordReferralOutcome, **{**given, "day": day}) == "not-a-day"
    assert [(one.party, one.day) for one in shown(case, "client").outcomes] == [("business", "2026-01-31")]


def test_neither_side_uses_up_the_others_proposals() -> None:
    case = referred_case()
    for _ in range(6):
        case.do("handler", c.WithdrawReferral, referral=case.do("handler", c.ProposeReferral, proposal=help_from()))
    assert case.refused("handler", c.ProposeReferral, proposal=help_from()) == "referrals-are-used-up"
    case.do("client", c.ProposeReferral, proposal=help_from())


# ── what a pack holds ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pack_holds_what_an_institution_needs() -> None:
    case = referred_case().with_counsel().having("friend", "companion", "client", "brother")
    session = case.do("mediator", c.OpenSession)
    case.do("mediator", c.CloseSession, attended=(person("client"), person("handler"), person("mediator")))
    referral = case.do("client", c.ProposeReferral, proposal=wording())
    case.do("client", c.GiveContact, contact="Ulm")
    agrees(case, "client", referral)
    agrees(case, "handler", referral)
    pack: Pack = pack_of(case.papers, referral)
    assert session
    assert [(p.name, p.capacity, p.contact) for p in pack.parties] == [
        ("Example Studio", "business", ""),
        ("Dana Client", "consumer", "Ulm"),
    ]
    assert [one.name for one in pack.parties[1].people] == ["Client", "Counsel"]
    assert pack.mediation is not None
    assert pack.mediation.mediator == "Mediator"
    assert [one.attended for one in pack.sessions] == [("Client", "Handler", "Mediator")]
    assert [(one.step, one.how) for one in pack.steps] == [("talks", "taken"), ("mediation", "taken")]
    assert [one.party for one in pack.agreed] == ["business", "client"]
    assert (pack.relief, pack.seat, pack.value) == (FULL["relief"], "Hamburg", Money(900_000, "EUR"))


def test_a_pack_tells_when_management_met_and_who_came_and_of_no_meeting_of_which_nobody_says_it() -> None:
    case = opened_case(ladder=("talks", "management", "referral")).having("manager", "manager", "business")
    case.do("client", c.StepTier, to="management")
    meeting, starts_at = "", case.now
    for _ in range(2):
        starts_at = case.now + timedelta(days=1)
        slots = (c.MeetingSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)),)
        meeting = case.do("handler", c.ProposeMeeting, room="talks", slots=slots, zone="UTC", where="On the phone")
        case.do("client", c.AnswerMeeting, room="talks", proposal=meeting, suits=(0,))
        case.do("client", c.SetMeeting, room="talks", proposal=meeting, slot=0)
        case.after(timedelta(days=2))
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    assert "meetings" not in spelt_out(pack_of(case.papers, referral))
    case.do("manager", c.NoteAttendance, meeting=meeting, attended=(person("manager"),))
    case.do("client", c.NoteAttendance, meeting=meeting, attended=(person("client"),))
    (met,) = pack_of(case.papers, referral).meetings
    assert (met.step, met.starts_at, met.attended) == ("management", starts_at.replace(second=0), ("Manager", "Client"))
    assert b"phone" not in msgspec.json.encode(spelt_out(pack_of(case.papers, referral)))


def test_a_step_that_nobody_had_to_take_is_said_to_be_passed_over() -> None:
    case = just_opened("mediator", ladder=("talks", "mediation", "referral"))
    case.having("handler", "handler", "business").with_client().in_mediation()
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    referral = case.do("client", c.ProposeReferral, proposal=help_from())
    steps = pack_of(case.papers, referral).steps
    assert [(one.step, one.how) for one in steps] == [("talks", "skipped"), ("mediation", "taken")]
