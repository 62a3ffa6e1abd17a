"""The way into the mediation: disclosure, each side's answer, everybody's yes to the ground rules."""

from casebook import Story, mediated_case, opened_case, person
from mediation.case import commands as c


def test_a_side_accepts_a_mediator_only_after_hearing_of_ties() -> None:
    case = opened_case().with_mediator()
    assert case.refused("client", c.AcceptMediator) == "mediator-has-not-disclosed"
    assert case.line("client")[1] == "await-disclosure"
    assert case.line("mediator") == ("preparing", "disclose", True)
    case.do("mediator", c.Disclose, text="I once taught at the same school as the owner.")
    assert case.line("client") == ("preparing", "accept-mediator", True)
    assert case.sees("client").mediator.disclosure == "I once taught at the same school as the owner."  # type: ignore[union-attr]


def test_the_mediator_is_appointed_when_both_sides_have_said_yes() -> None:
    case = opened_case().with_mediator()
    case.do("mediator", c.Disclose, text="No ties.")
    case.do("client", c.AcceptMediator)
    assert case.papers.appointed_at is None
    assert case.refused("client", c.AcceptMediator) == "mediator-already-accepted"
    case.do("handler", c.AcceptMediator)
    assert case.papers.appointed_at == case.now
    assert case.last("papers").actor == "system"


def test_only_those_who_speak_for_a_side_accept_the_mediator() -> None:
    case = opened_case().with_mediator().with_counsel()
    case.do("mediator", c.Disclose, text="No ties.")
    assert case.refused("counsel", c.AcceptMediator) == "for-those-who-can-agree"
    assert case.refused("mediator", c.AcceptMediator) == "for-the-sides"
    assert case.refused("client", c.Disclose, text="I have none") == "for-the-mediator"


def test_before_accepting_anything_each_can_speak_with_the_mediator_alone() -> None:
    case = opened_case().with_mediator()
    case.say("client", "caucus-client", "I am afraid of what a lawyer costs.")
    case.say("mediator", "caucus-client", "Nobody needs one here. You may bring one.")
    assert len(case.reads("client", "caucus-client")) == 2
    assert case.reads("mediator", "caucus-client")[0] == "I am afraid of what a lawyer costs."
    assert case.reads("handler", "caucus-client") == []
    assert case.refused("handler", c.PostMessage, room="caucus-client", text="May I?") == "not-in-this-room"


def test_nothing_is_said_at_the_table_before_everybody_has_accepted() -> None:
    case = opened_case().with_mediator().with_counsel().accepted()
    for nickname in ("client", "handler", "mediator"):
        assert case.refused(nickname, c.StatePosition if nickname != "mediator" else c.PutIssue, text="Late.") == (
            "not-before-the-mediation-begins"
        )
        case.agree(nickname)
    assert case.papers.began_at is None, "counsel has not accepted yet"
    assert case.line("client") == ("preparing", "await-others", False)
    case.agree("counsel")
    assert case.papers.began_at == case.now
    assert case.sees("client").process == "mediation"
    assert all("joint" in case.rooms_of(nickname) for nickname in case.people)
    assert case.kinds("papers")[-2:] == ["MediationBegan", "TierReached"]


def test_the_beginning_does_not_say_who_came_last() -> None:
    case = opened_case().with_mediator().in_mediation()
    began = next(t for t in case.book.rooms["papers"] if t is not None and type(t.event).__name__ == "MediationBegan")
    assert began.actor == "system"


def test_the_ground_rules_are_accepted_as_they_were_shown_and_once() -> None:
    case = opened_case().with_mediator()
    assert case.refused("client", c.AcceptAgreement, sha256="0" * 64) == "agreement-reads-differently"
    case.agree("client")
    assert case.refused("client", c.AcceptAgreement, sha256="0" * 64) == "agreement-already-accepted"
    case.having("reader", "legal", None)
    assert case.refused("reader", c.AcceptAgreement, sha256="0" * 64) == "for-the-sides"


def test_without_a_mediator_there_is_nothing_to_accept() -> None:
    case = opened_case()
    assert case.refused("client", c.AcceptAgreement, sha256="0" * 64) == "no-mediator-yet"
    assert case.refused("client", c.AcceptMediator) == "no-mediator-yet"
    assert case.line("client") == ("talks", "talk-or-invite-mediator", True)


def test_a_refused_mediator_is_off_the_case_and_another_can_be_invited() -> None:
    case = opened_case().with_mediator()
    case.do("client", c.RefuseMediator)
    assert case.rooms_of("mediator") == set()
    assert case.sees("client").mediator is None
    assert case.sees("client").line.next == "talk-or-invite-mediator"
    assert case.refused("mediator", c.Disclose, text="No ties.") == "not-in-this-room"


def replaced(case: Story) -> Story:
    """The client has asked for another mediator in the middle of the mediation, and one has joined."""
    case.do("client", c.RefuseMediator)
    return case.with_mediator("next mediator")


def test_a_replacement_starts_afresh() -> None:
    case = mediated_case().in_caucus("client")
    case.say("client", "caucus-client", "I told the first mediator about my illness.")
    replaced(case)
    view = case.sees("client")
    assert view.mediator is not None
    assert (view.mediator.disclosure, view.mediator.accepted_by, view.mediator.appointed_at) == (None, [], None)
    assert case.reads("next mediator", "caucus-client") == []
    assert case.sees("next mediator").scribed == []


def test_a_replacement_reads_nothing_of_the_table_before_both_sides_accepted_them() -> None:
    case = mediated_case()
    case.say("client", "joint", "I felt ignored.")
    replaced(case)
    case.agree("next mediator")
    assert case.rooms_of("next mediator") == {"papers", "caucus-business", "caucus-client"}
    assert case.sees("next mediator").statements == []
    assert case.refused("next mediator", c.EndMediation, outcome="settled") == "not-in-this-room"
    assert case.line("next mediator") == ("preparing", "disclose", True)
    case.do("next mediator", c.Disclose, text="No ties.")
    assert case.line("client") == ("stage-opening", "accept-mediator", True)
    case.do("client", c.AcceptMediator)
    assert "joint" not in case.rooms_of("next mediator")
    case.do("handler", c.AcceptMediator)
    assert case.reads("next mediator", "joint") == ["I felt ignored."]
    assert case.sees("next mediator").line.next == "lead-opening"


def test_who_joins_later_accepts_the_ground_rules_before_coming_to_the_table() -> None:
    case = mediated_case()
    case.say("handler", "joint", "We were short of people.")
    case.with_counsel()
    assert "joint" not in case.rooms_of("counsel")
    assert case.refused("counsel", c.ProposeStatement, kind="shared-aim", text="Be done.") == "not-in-this-room"
    case.agree("counsel")
    assert case.reads("counsel", "joint") == ["We were short of people."]


def test_the_mediation_begins_when_the_one_it_waited_for_leaves() -> None:
    case = opened_case().with_mediator().with_counsel().accepted()
    for nickname in ("client", "handler", "mediator"):
        case.agree(nickname)
    case.do("counsel", c.Leave)
    assert case.papers.began_at == case.now
    assert person("counsel") not in [p.participant for p in case.sees("client").people]


def test_what_was_accepted_on_another_disclosure_is_asked_again() -> None:
    case = opened_case().with_mediator()
    case.do("mediator", c.Disclose, text="I know neither side.")
    read = case.sees("client").mediator.disclosure_sha256  # type: ignore[union-attr]
    case.do("client", c.AcceptMediator, disclosure_sha256=read)
    case.do("mediator", c.Disclose, text="I am the handler's brother.")
    assert case.sees("client").mediator.accepted_by == []  # type: ignore[union-attr]
    assert case.refused("client", c.AcceptMediator, disclosure_sha256=read) == "disclosure-has-changed"
    case.do("handler", c.AcceptMediator)
    assert case.papers.appointed_at is None


def test_a_click_that_comes_late_accepts_no_other_mediator() -> None:
    case = opened_case().with_mediator()
    case.do("mediator", c.Disclose, text="No ties.")
    read = case.sees("client").mediator.disclosure_sha256  # type: ignore[union-attr]
    case.do("handler", c.RefuseMediator)
    case.with_mediator("next mediator")
    case.do("next mediator", c.Disclose, text="No ties.")
    assert case.refused("client", c.AcceptMediator, disclosure_sha256=read) == "disclosure-has-changed"
