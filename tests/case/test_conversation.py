"""What is said, in which room, and how it is taken back."""

from datetime import timedelta

import pytest

from casebook import Story, mediated_case, opened_case
from mediation.case import commands as c


def test_a_message_is_read_by_those_in_its_room_alone() -> None:
    case = mediated_case()
    for room in ("talks", "joint", "caucus-client", "team-client"):
        case.say("client", room, f"Said in {room}.")
    assert case.reads("handler", "talks") + case.reads("handler", "joint") == ["Said in talks.", "Said in joint."]
    assert case.reads("handler", "caucus-client") == case.reads("handler", "team-client") == []
    assert case.reads("mediator", "caucus-client") == ["Said in caucus-client."]
    assert case.reads("mediator", "team-client") == []


@pytest.mark.parametrize("room", ["papers", "caucus-business", "team-business", "private-00000000"])
def test_nobody_writes_where_they_are_not(room: str) -> None:
    assert mediated_case().refused("client", c.PostMessage, room=room, text="Hello?") == "not-in-this-room"


def test_saying_nothing_is_refused() -> None:
    assert mediated_case().refused("client", c.PostMessage, room="joint", text=" \n ") == "nothing-said"


def test_an_apology_is_its_own_kind() -> None:
    case = mediated_case()
    case.say("handler", "joint", "I am sorry that nobody called you.", form="apology")
    assert case.last("joint").event.form == "apology"  # type: ignore[union-attr]


def struck(case: Story, after: timedelta, room: str = "joint") -> bool:
    """Whether the client's message was taken back without a trace, so long after it was posted."""
    seq = case.say("client", room, "That was unfair of me.")
    case.after(after - timedelta(seconds=1))
    case.do("client", c.StrikeMessage, room=room, seq=seq)
    event = case.last(room).event
    return bool(event.taken_back)  # type: ignore[union-attr]


def test_for_ten_seconds_a_message_is_taken_back_without_a_trace_and_later_its_place_is_kept() -> None:
    assert struck(mediated_case(), timedelta(seconds=10))
    assert not struck(mediated_case(), timedelta(seconds=10, milliseconds=1))


def test_a_struck_message_is_gone_for_everyone_and_from_the_count() -> None:
    case = mediated_case()
    seq = case.say("client", "joint", "That was unfair of me.")
    case.after(timedelta(hours=1)).do("client", c.StrikeMessage, room="joint", seq=seq)
    assert all(case.reads(nickname, "joint") == [] for nickname in case.people)
    assert case.refused("client", c.StrikeMessage, room="joint", seq=seq) == "message-is-gone"
    assert all(s.messages == 0 for s in case.sees("mediator").spoken)


def test_only_its_author_takes_a_message_back() -> None:
    case = mediated_case()
    seq = case.say("client", "joint", "It came in June.")
    assert case.refused("handler", c.StrikeMessage, room="joint", seq=seq) == "not-yours"
    assert case.refused("mediator", c.StrikeMessage, room="joint", seq=seq) == "not-yours"


def test_what_is_no_message_cannot_be_struck() -> None:
    case = mediated_case()
    assert case.refused("client", c.StrikeMessage, room="joint", seq=1) == "message-is-gone", "a stage was set there"
    assert case.refused("client", c.StrikeMessage, room="joint", seq=99) == "message-is-gone"
    assert case.refused("client", c.StrikeMessage, room="papers", seq=1) == "not-in-this-room"
    assert case.refused("client", c.StrikeMessage, room="team-business", seq=1) == "not-in-this-room"


def test_direct_talks_are_correspondence_and_stay_after_ten_seconds() -> None:
    case = opened_case()
    seq = case.say("client", "talks", "I shall tell everyone.")
    case.after(timedelta(seconds=9)).do("client", c.StrikeMessage, room="talks", seq=seq)
    seq = case.say("client", "talks", "I would rather not.")
    case.after(timedelta(seconds=10))
    assert case.refused("client", c.StrikeMessage, room="talks", seq=seq) == "correspondence-stays"


def test_after_the_end_nothing_is_said_at_the_table_but_a_team_can_still_talk() -> None:
    case = mediated_case()
    seq = case.say("client", "joint", "I take that back tomorrow.")
    case.do("mediator", c.EndMediation, outcome="settled")
    assert case.refused("client", c.PostMessage, room="joint", text="One more thing.") == "mediation-has-ended"
    assert case.refused("client", c.PostMessage, room="caucus-client", text="Thank you.") == "mediation-has-ended"
    case.say("client", "team-client", "Well done, all of us.")
    case.do("client", c.StrikeMessage, room="joint", seq=seq)
    case.do("mediator", c.CloseCase)
    assert case.refused("client", c.PostMessage, room="team-client", text="Still here?") == "case-is-closed"


def test_the_screen_says_where_one_may_post() -> None:
    case = mediated_case()
    can_post = {room.room: room.can_post for room in case.sees("client").rooms}
    assert can_post == {"papers": False, "talks": True, "joint": True, "caucus-client": True, "team-client": True}
    case.do("client", c.Pause)
    assert not {room.room: room.can_post for room in case.sees("client").rooms}["joint"]
