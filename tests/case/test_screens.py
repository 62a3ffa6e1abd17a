"""The buttons on the screen and the rules behind them are the same rules, in one case with something of everything."""

import pytest

from buttons import ABOUT_THE_WORDING, buttons, everything
from casebook import CASE, Story, mediated_case, person
from mediation.case import commands as c
from mediation.case.decide import decide
from mediation.case.refusals import Refusal
from mediation.case.show import view_for
from mediation.case.state import Case


def with_something_of_everything() -> Story:
    case = mediated_case().with_counsel().having("reader", "legal", None)
    case.agree("counsel")
    issue = case.do("mediator", c.PutIssue, text="How the delay is made good")
    position = case.do("client", c.StatePosition, text="It came in June.", issue=issue)
    case.do("mediator", c.ReflectPosition, position=position, text="Easter mattered.")
    case.assent("client", case.do("handler", c.ProposeStatement, kind="shared-fact", text="It was due in March."))
    case.do("handler", c.MakeOffer, terms="We repay a third.")
    case.in_caucus("client")
    case.do("mediator", c.ScribePosition, owner=person("client"), text="Nobody called.")
    case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    case.do("client", c.ProposeSharing, room="caucus-client", form="my-words", text="I would take half.")
    case.say("client", "joint", "Hello.")
    case.add_file("client", "joint", "contract.pdf")
    case.do("mediator", c.OpenRoom, members=(person("counsel"),), name="Both counsel")
    case.do("mediator", c.Mute, participant=person("counsel"))
    case.do("handler", c.AskHold)
    case.at("drafting")
    for nickname in ("client", "handler"):
        case.suggests(nickname, "insert", None, "Somebody pays.")
    case.do("mediator", c.KeepVersion, name="Before lunch")
    case.do("client", c.PostComment, room="joint", document="settlement.1", text="Who?")
    return case


PEOPLE = ("client", "handler", "mediator", "counsel", "reader")


@pytest.mark.parametrize("nickname", PEOPLE)
def test_every_button_is_accepted(nickname: str) -> None:
    case = with_something_of_everything()
    known = case.book.knowing_the_text(person(nickname), c.KeepVersion(command_id="f" * 32, name="Now"))
    offered = buttons(case.sees(nickname), "f" * 32)
    assert offered
    for _, command in offered:
        assert decide(known, command, person(nickname), case.now)


def test_each_has_the_buttons_that_are_theirs() -> None:
    case = with_something_of_everything()
    kinds = {n: {type(command).__name__ for _, command in buttons(case.sees(n), "f" * 32)} for n in PEOPLE}
    assert kinds["reader"] == {"Leave"}
    assert {"EndorseIssue", "GiveAssent", "TakeBackAssent", "AnswerOffer", "AllowSharing"} <= (
        kinds["client"] | kinds["handler"]
    )
    assert {"PutIssue", "ScribePosition", "PostShared", "CloseCaucus", "EndMediation"} <= kinds["mediator"]
    assert not {"StepTier", "GiveAssent", "MakeOffer", "StatePosition"} & kinds["mediator"]
    assert not {"MakeOffer", "GiveAssent", "AllowSharing", "StepTier", "EndorseIssue"} & kinds["counsel"]
    unseen = {kind.__name__ for kind in c.COLLECTIONS} - set().union(*kinds.values()) - ABOUT_THE_WORDING
    assert unseen == {
        "AcceptAgreement",  # everyone has
        "AcceptMediator",  # both sides have
        *("AskForAnswer", "ExtendTerm"),  # no times run on this case
        "CloseCase",  # not before the end
        "CloseSession",  # none is open
        "Resume",  # nothing is paused
        "StrikeMessage",  # on the conversation
        *("Reopen", "TakeBackSignature", "WaiveTimeToThink"),  # the text is not frozen
        "TakeBackClauseAssent",  # beside the text
    }


@pytest.mark.parametrize("nickname", [*PEOPLE, "stranger"])
def test_whatever_anybody_tries_is_answered_by_the_rules(nickname: str) -> None:
    case = with_something_of_everything()
    known = case.book.known_to(person(nickname))
    answers = {answer(known, command, nickname, case) for command in everything(case.book.whole, "f" * 32)}
    assert "nothing came of it" not in answers
    assert (answers == {"not-in-this-room"}) == (nickname == "stranger")


def answer(known: Case, command: c.Command, nickname: str, case: Story) -> str:
    try:
        return "accepted" if decide(known, command, person(nickname), case.now) else "nothing came of it"
    except Refusal as refusal:
        return refusal.code


def test_a_view_from_the_whole_case_is_the_view_from_ones_own_rooms() -> None:
    case = with_something_of_everything()
    for nickname in ("client", "handler", "mediator", "reader"):
        assert view_for(person(nickname), case.book.whole, CASE) == case.sees(nickname)
