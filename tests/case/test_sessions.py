"""Running the mediation: sessions with their roll, stages, pauses, and who can agree today."""

from casebook import mediated_case, opened_case, person
from mediation.case import commands as c


def test_a_session_is_opened_and_closed_with_its_roll_in_the_papers() -> None:
    case = mediated_case()
    case.do("mediator", c.OpenSession)
    assert case.refused("mediator", c.OpenSession) == "session-already-open"
    roll = (person("client"), person("mediator"), person("client"))
    case.do("mediator", c.CloseSession, attended=roll)
    session = case.sees("client").sessions[0]
    assert session.attended == [person("client"), person("mediator")]
    assert session.closed_at == case.now
    assert case.refused("mediator", c.CloseSession, attended=()) == "no-session-open"


def test_only_people_on_the_case_are_on_the_roll() -> None:
    case = mediated_case()
    case.do("mediator", c.OpenSession)
    assert case.refused("mediator", c.CloseSession, attended=(person("stranger"),)) == "nobody-of-that-name"


def test_sessions_and_stages_are_the_mediators_to_run() -> None:
    case = mediated_case()
    for nickname in ("client", "handler"):
        assert case.refused(nickname, c.OpenSession) == "for-the-mediator"
        assert case.refused(nickname, c.SetStage, stage="agenda") == "for-the-mediator"
    assert opened_case().with_mediator().refused("mediator", c.OpenSession) == "not-before-the-mediation-begins"


def test_a_stage_is_set_for_everyone_and_what_comes_next_is_said() -> None:
    case = mediated_case().at("perspectives")
    assert case.line("client") == ("stage-perspectives", "say-your-view", True)
    assert case.line("mediator") == ("stage-perspectives", "lead-perspectives", True)
    assert case.refused("mediator", c.SetStage, stage="perspectives") == "already-on-this-stage"
    case.do("client", c.StatePosition, text="It came in June.")
    assert case.line("client") == ("stage-perspectives", "listen", True)


def test_the_settlement_opens_with_drafting_and_once() -> None:
    case = mediated_case()
    assert case.sees("client").documents == []
    case.at("drafting").at("bargaining").at("drafting")
    assert [(d.name, d.epoch, d.can_edit) for d in case.sees("client").documents] == [("settlement.1", 1, True)]
    assert case.kinds("joint").count("DocumentOpened") == 1


def test_anyone_who_speaks_for_a_side_may_pause_and_the_mediator_brings_everyone_back() -> None:
    case = mediated_case()
    case.do("client", c.Pause)
    assert case.line("client") == ("paused", "wait-for-resume", True)
    assert case.refused("handler", c.PostMessage, room="joint", text="But listen!") == "talks-are-paused"
    assert case.refused("handler", c.ProposeStatement, kind="shared-fact", text="Late.") == "talks-are-paused"
    assert case.refused("client", c.Resume) == "for-the-mediator"
    assert case.refused("handler", c.Pause) == "already-paused"
    case.say("mediator", "joint", "Let us take ten minutes.")
    case.say("client", "caucus-client", "I needed to breathe.")
    case.do("mediator", c.Resume)
    case.say("handler", "joint", "Ready when you are.")
    assert case.refused("mediator", c.Resume) == "not-paused"


def test_when_the_mediator_has_gone_the_sides_end_a_pause_themselves() -> None:
    case = mediated_case()
    case.do("client", c.Pause)
    case.do("mediator", c.Leave)
    assert "Resume" in case.sees("handler").allowed_actions
    case.do("handler", c.Resume)
    case.say("client", "joint", "Shall we look for somebody else?")


def test_each_side_says_who_can_agree_today_and_never_how_much() -> None:
    case = mediated_case()
    assert case.sees("client").me.may_agree
    case.having("manager", "manager", "business").agree("manager")
    case.do("handler", c.DeclareAuthority, can_agree=(person("manager"),), to_call="Ms Manager, until six")
    assert not case.sees("handler").me.may_agree
    assert case.sees("manager").me.may_agree
    seen = next(p for p in case.sees("client").parties if p.party == "business")
    assert (seen.can_agree, seen.to_call) == ([person("manager")], "Ms Manager, until six")
    assert case.refused("handler", c.MakeOffer, terms="We redo it.") == "for-those-who-can-agree"
    case.do("manager", c.MakeOffer, terms="We redo it.")


def test_a_side_lets_its_counsel_agree_for_it() -> None:
    case = mediated_case().with_counsel()
    case.agree("counsel")
    statement = case.do("mediator", c.ProposeStatement, kind="shared-fact", text="It came in June.")
    case.do("client", c.DeclareAuthority, can_agree=(person("client"), person("counsel")))
    case.assent("counsel", statement)
    assert case.sees("client").statements[0].assents == ["client"]


def test_a_side_declares_only_for_its_own_people() -> None:
    case = mediated_case().with_counsel()
    assert case.refused("client", c.DeclareAuthority, can_agree=(person("handler"),)) == "nobody-of-that-name"
    assert case.refused("client", c.DeclareAuthority, can_agree=(person("stranger"),)) == "nobody-of-that-name"
    case.agree("counsel")
    assert case.refused("counsel", c.DeclareAuthority, can_agree=(person("counsel"),)) == "for-those-who-can-agree"
    assert case.refused("mediator", c.DeclareAuthority, can_agree=()) == "for-the-sides"


def test_only_the_mediator_sees_who_has_spoken_how_much() -> None:
    case = mediated_case()
    case.say("client", "joint", "One.")
    case.say("client", "joint", "Two.")
    case.say("client", "caucus-client", "Three, in private.")
    spoken = {s.participant: s.messages for s in case.sees("mediator").spoken}
    assert spoken == {person("client"): 2, person("handler"): 0, person("mediator"): 0}
    assert case.sees("client").spoken == []
