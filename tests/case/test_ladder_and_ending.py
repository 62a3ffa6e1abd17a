"""The ladder that everybody saw on day one; leaving, ending, closing."""

import msgspec

from casebook import just_opened, mediated_case, opened_case, person
from mediation.case import commands as c


def states(case: object) -> dict[str, str]:
    return {rung.tier: rung.state for rung in case.sees("client").ladder}  # type: ignore[attr-defined]


def test_everybody_sees_the_ladder_from_the_start() -> None:
    assert states(opened_case()) == {
        "talks": "here",
        "mediation": "ahead",
        "management": "ahead",
        "referral": "ahead",
    }


def test_either_side_steps_up_at_once_and_the_step_is_dated_without_a_reason() -> None:
    case = mediated_case()
    case.do("client", c.StepTier, to="management")
    assert states(case)["management"] == "here"
    assert msgspec.to_builtins(case.last("papers").event) == {"to": "management"}
    rung = next(r for r in case.sees("handler").ladder if r.tier == "management")
    assert rung.reached_at == case.now
    assert case.sees("client").process == "mediation", "a tier change restarts nothing"


def test_what_was_tried_is_said_where_the_sides_talk_and_in_no_paper() -> None:
    case = opened_case().with_client()
    case.do("client", c.StepTier, to="mediation", tried="  We wrote three times.\n")
    assert case.reads("handler", "talks") == ["We wrote three times."]
    case = mediated_case()
    case.do("handler", c.StepTier, to="management", tried="Two offers.")
    assert case.reads("client", "joint")[-1] == "Two offers."
    assert b"Two offers" not in msgspec.json.encode(case.book.entries_for(person("client"))["papers"])
    case.do("mediator", c.Pause)
    assert case.refused("client", c.StepTier, to="referral", tried="Everything.") == "talks-are-paused"
    case.do("client", c.StepTier, to="referral")


def test_going_down_and_going_on_to_a_referral_take_both_sides() -> None:
    case = mediated_case()
    case.do("handler", c.StepTier, to="management")
    for to in ("mediation", "referral"):
        case.do("client", c.StepTier, to=to)
        assert case.sees("client").tier == "management"
        rung = next(r for r in case.sees("handler").ladder if r.tier == to)
        assert (rung.asked_by, rung.takes_both) == (["client"], True)
        assert case.refused("client", c.StepTier, to=to) == "step-already-asked"
    case.do("handler", c.StepTier, to="mediation")
    assert case.sees("client").tier == "mediation"
    assert all(r.asked_by == [] for r in case.sees("client").ladder), "what was asked on another step is over"


def test_the_mediator_never_escalates_or_refers() -> None:
    case = mediated_case()
    assert case.refused("mediator", c.StepTier, to="management") == "for-the-sides"
    assert all(r.can == [] for r in case.sees("mediator").ladder)
    assert case.refused("mediator", c.EndMediation, outcome="referred") == "not-a-referral"
    case.with_counsel().agree("counsel")
    assert case.refused("counsel", c.StepTier, to="management") == "for-those-who-can-agree"


def test_one_step_is_taken_at_a_time() -> None:
    case = opened_case()
    for to in ("talks", "management", "executive", "referral"):
        assert case.refused("client", c.StepTier, to=to) == "not-a-step-of-this-ladder"
    case.do("client", c.StepTier, to="mediation")


def test_a_referral_is_recorded_only_once_both_sides_took_that_step() -> None:
    case = mediated_case()
    case.do("client", c.StepTier, to="management")
    case.do("client", c.StepTier, to="referral")
    assert case.refused("mediator", c.EndMediation, outcome="referred") == "not-a-referral"
    case.do("handler", c.StepTier, to="referral")
    case.do("mediator", c.EndMediation, outcome="referred")
    assert case.line("client") == ("ended-referred", "download-record", True)


# ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_anyone_may_leave_at_any_moment_before_the_end() -> None:
    for case in (opened_case(), opened_case().with_mediator(), mediated_case()):
        assert all("Leave" in case.sees(nickname).allowed_actions for nickname in case.people)
    case = mediated_case()
    case.do("client", c.Pause)
    case.do("client", c.Leave)
    assert case.sees("client").ending is not None


def test_the_ending_does_not_say_who_left() -> None:
    endings = []
    for nickname in ("client", "handler"):
        case = mediated_case()
        case.do(nickname, c.Leave)
        assert case.last("papers").actor == "system"
        endings.append([case.book.seen_by(person(n)) for n in ("client", "handler", "mediator")])
        assert {p.name for p in case.sees("mediator").people} == {"Handler", "Client", "Mediator"}
    assert endings[0] == endings[1]


def test_a_reason_is_for_the_mediator_alone() -> None:
    case = mediated_case()
    before = {room: len(entries) for room, entries in case.book.rooms.items()}
    case.do("client", c.Leave, reason="I cannot sit with him any longer.")
    grown = {room for room, entries in case.book.rooms.items() if len(entries) > before.get(room, 0)}
    assert grown == {"papers", "caucus-client"}
    assert case.reads("mediator", "caucus-client") == ["I cannot sit with him any longer."]
    assert b"cannot sit" not in case.book.seen_by(person("handler"))


def test_an_adviser_leaves_and_the_mediation_goes_on() -> None:
    case = mediated_case().with_counsel()
    case.do("counsel", c.Leave)
    assert case.sees("client").ending is None
    assert case.rooms_of("counsel") == set()
    assert case.refused("counsel", c.PostMessage, room="team-client", text="One more thing.") == "not-in-this-room"


def test_a_handler_leaves_and_the_manager_speaks_for_the_business() -> None:
    case = mediated_case().having("manager", "manager", "business")
    case.agree("manager")
    case.do("handler", c.Leave)
    assert case.sees("client").ending is None
    case.do("manager", c.Leave)
    assert case.sees("client").ending is not None


def test_a_mediator_gives_the_office_back() -> None:
    case = mediated_case()
    case.do("mediator", c.Leave)
    assert case.sees("client").mediator is None
    assert case.sees("client").ending is None
    case.say("client", "joint", "Shall we look for somebody else?")


def test_whoever_ended_it_by_leaving_keeps_the_record() -> None:
    case = mediated_case()
    case.do("client", c.Leave)
    assert "papers" in case.rooms_of("client")
    assert case.line("client") == ("ended-ended-without-settlement", "download-record", True)
    assert case.refused("client", c.Leave) == "mediation-has-ended"


# ── ending and closing ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_mediator_ends_the_mediation_with_one_dated_outcome() -> None:
    case = mediated_case()
    assert case.refused("client", c.EndMediation, outcome="settled") == "for-the-mediator"
    assert case.refused("mediator", c.EndMediation, outcome="expired") == "for-the-sides"
    case.do("mediator", c.EndMediation, outcome="partly-settled")
    ending = case.sees("client").ending
    assert ending is not None
    assert (ending.outcome, ending.at, case.sees("client").process) == ("partly-settled", case.now, "ended")
    assert case.refused("mediator", c.EndMediation, outcome="settled") == "mediation-has-ended"


def test_what_has_not_begun_is_not_ended_by_the_mediator() -> None:
    case = opened_case().with_mediator().accepted()
    assert case.refused("mediator", c.EndMediation, outcome="settled") == "not-before-the-mediation-begins"


def test_an_ending_is_not_a_closing() -> None:
    case = mediated_case()
    assert case.refused("mediator", c.CloseCase) == "mediation-has-not-ended"
    case.do("mediator", c.EndMediation, outcome="settled")
    assert case.refused("client", c.CloseCase) == "for-the-mediator"
    case.do("mediator", c.CloseCase)
    assert case.line("client") == ("closed", "download-record", False)
    assert case.sees("client").closed_at == case.now
    assert case.refused("mediator", c.CloseCase) == "case-is-closed"
    # What was said is erased only later, so that it may still be kept.
    assert case.sees("client").allowed_actions == ["KeepTeamRoom", "AskHold"]


def test_without_an_appointed_mediator_the_sides_close_it() -> None:
    case = opened_case().with_mediator().with_counsel()
    case.do("client", c.Leave)
    assert case.refused("counsel", c.CloseCase) == "for-those-who-can-agree"
    case.do("handler", c.CloseCase)


def test_after_the_end_nobody_changes_the_table() -> None:
    case = mediated_case()
    statement = case.do("client", c.ProposeStatement, kind="shared-fact", text="It was late.")
    case.do("mediator", c.EndMediation, outcome="settled")
    assert case.refused("client", c.WithdrawStatement, statement=statement) == "mediation-has-ended"
    assert case.refused("client", c.StepTier, to="management") == "mediation-has-ended"
    assert case.sees("client").statements[0].can == []


def test_alone_on_a_case_the_next_step_is_to_invite() -> None:
    assert just_opened().line("handler") == ("talks", "invite-other-side", True)
    assert just_opened(by="mediator").line("mediator") == ("preparing", "disclose", True)
