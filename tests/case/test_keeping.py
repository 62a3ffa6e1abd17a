"""How long what was said is kept: nobody has to ask for it to be forgotten, and keeping it takes everybody."""

from datetime import datetime, timedelta

from casebook import Story, mediated_case
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.keeping import due_at

DAY = timedelta(days=1)


def ended() -> Story:
    case = mediated_case().in_caucus("client")
    case.say("client", "team-client", "Between us.")
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    return case


def erase_at(case: Story, nickname: str) -> dict[str, datetime | None]:
    return {r.room: r.erase_at for r in case.sees(nickname).rooms}


def system(case: Story, event: e.Event, room: str = "papers") -> None:
    case.after(timedelta(seconds=1))
    case.book.write([(room, event)], "system", case.now)


def test_before_the_end_nothing_is_due_and_afterwards_everybody_sees_when() -> None:
    assert set(erase_at(mediated_case(), "client").values()) == {None}
    case = ended()
    end = case.papers.ended_at
    assert erase_at(case, "client") == {
        "papers": None,
        "talks": None,
        "joint": end + 30 * DAY,
        "caucus-client": end + 14 * DAY,
        "team-client": end + 30 * DAY,
    }


def test_a_side_keeps_its_own_room_and_nobody_else_learns_of_it() -> None:
    case = ended()
    before = {nickname: case.sees(nickname) for nickname in ("handler", "mediator")}
    case.do("client", c.KeepTeamRoom, days=200)
    assert erase_at(case, "client")["team-client"] == case.now + 200 * DAY
    assert {nickname: case.sees(nickname) for nickname in ("handler", "mediator")} == before
    case.do("client", c.KeepTeamRoom, days=100)
    assert erase_at(case, "client")["team-client"] == case.now + 100 * DAY
    assert case.refused("mediator", c.KeepTeamRoom, days=100) == "for-the-sides"


def test_keeping_for_less_than_usual_shortens_nothing() -> None:
    case = ended()
    case.do("client", c.KeepTeamRoom, days=1)
    assert erase_at(case, "client")["team-client"] == case.papers.ended_at + 30 * DAY


def test_a_hold_takes_all_who_hold_the_privilege_and_one_of_them_ends_it() -> None:
    case = ended()
    case.do("client", c.AskHold)
    case.do("mediator", c.AskHold)
    assert case.sees("handler").hold.ground is None
    assert case.sees("handler").hold.asked_by == ["client", "mediator"]
    assert case.refused("client", c.AskHold) == "hold-already-asked"
    case.do("handler", c.AskHold)
    assert case.sees("client").hold.ground == "holders"
    assert case.last("papers").actor == "system"
    assert set(erase_at(case, "client").values()) == {None}
    case.after(60 * DAY)
    case.do("handler", c.LiftHold)
    lifted = case.now
    assert case.sees("client").hold.ground is None
    assert case.refused("handler", c.LiftHold) == "hold-not-asked"
    # Whoever relied on the hold has two weeks to take their record away.
    assert erase_at(case, "client")["joint"] == lifted + 14 * DAY


def test_an_order_holds_whatever_the_holders_want() -> None:
    case = ended()
    system(case, e.HoldPlaced(ground="order", reference="District court, 4 C 12/26"))
    assert case.sees("client").hold.reference == "District court, 4 C 12/26"
    for nickname in ("client", "handler", "mediator"):
        case.do(nickname, c.AskHold)
    case.do("client", c.LiftHold)
    assert case.sees("client").hold.ground == "order"
    system(case, e.HoldLifted())
    assert case.sees("client").hold.ground is None


def test_what_all_holders_asked_for_stands_when_the_order_is_lifted() -> None:
    case = ended()
    system(case, e.HoldPlaced(ground="order", reference="4 C 12/26"))
    for nickname in ("client", "handler", "mediator"):
        case.do(nickname, c.AskHold)
    system(case, e.HoldLifted())
    assert case.sees("client").hold.ground == "holders"


def test_a_closed_case_can_still_be_held() -> None:
    case = ended()
    case.do("mediator", c.CloseCase)
    case.do("client", c.AskHold)
    assert case.sees("client").hold.asked_by_me


def test_after_the_erasure_everybody_sees_that_it_is_gone() -> None:
    case = ended()
    for what in ("caucuses", "table", "teams"):
        system(case, e.TalkErased(what=what))
    for room in ("joint", "caucus-client", "caucus-business", "team-business"):
        case.book.rooms[room] = [None] * len(case.book.rooms[room])
    shown = {r.room: r.erased for r in case.sees("client").rooms}
    # The client's side is still in its own room: it was kept.
    assert shown == {"papers": False, "talks": False, "joint": True, "caucus-client": True, "team-client": False}
    assert case.refused("handler", c.AskHold) == "nothing-left-to-keep"
    assert case.refused("handler", c.KeepTeamRoom, days=10) == "nothing-left-to-keep"


def test_nothing_is_ever_due_sooner_than_promised() -> None:
    case = ended()
    end = case.papers.ended_at
    assert due_at(case.papers, "notes") == end + 14 * DAY
    assert due_at(case.papers, "teams", end + DAY) == end + 30 * DAY
    assert due_at(case.papers, "teams", end + 90 * DAY) == end + 90 * DAY
