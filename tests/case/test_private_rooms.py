"""Rooms that the mediator puts together: only those chosen know of them, and nobody is let in later."""

from casebook import Story, mediated_case, person
from mediation.case import commands as c


def with_both_counsel() -> Story:
    case = mediated_case().with_counsel("client counsel").with_counsel("business counsel", "business")
    for nickname in ("client counsel", "business counsel"):
        case.agree(nickname)
    return case


def open_room(case: Story, *nicknames: str, name: str = "A word apart") -> str:
    opened = case.do("mediator", c.OpenRoom, members=tuple(person(n) for n in nicknames), name=name)
    return f"private-{opened[:8]}"


def test_both_counsel_speak_with_the_mediator_and_their_own_sides_learn_nothing() -> None:
    case = with_both_counsel()
    before = {nickname: case.sees(nickname) for nickname in ("client", "handler")}
    room = open_room(case, "client counsel", "business counsel", name="Both counsel")
    case.say("client counsel", room, "Could your side live with half?")
    assert case.reads("business counsel", room) == ["Could your side live with half?"]
    assert {nickname: case.sees(nickname) for nickname in ("client", "handler")} == before
    shown = next(r for r in case.sees("client counsel").rooms if r.room == room)
    assert (shown.name, shown.can_post, shown.can) == ("Both counsel", True, [])
    assert set(shown.members) == {person(n) for n in ("mediator", "client counsel", "business counsel")}


def test_only_the_mediator_puts_people_together_and_only_people_who_are_here() -> None:
    case = mediated_case().having("reader", "legal", None)
    assert case.refused("client", c.OpenRoom, members=(person("handler"),), name="Us") == "for-the-mediator"
    assert case.refused("mediator", c.OpenRoom, members=("f" * 32,), name="Us") == "nobody-of-that-name"
    assert case.refused("mediator", c.OpenRoom, members=(person("reader"),), name="Us") == "nobody-of-that-name"
    assert case.refused("mediator", c.OpenRoom, members=(person("mediator"),), name="Me") == "nobody-of-that-name"


def test_a_closed_room_stays_readable_and_takes_no_more_words() -> None:
    case = mediated_case()
    room = open_room(case, "client", "handler")
    case.say("client", room, "Before.")
    assert case.refused("client", c.CloseRoom, room=room) == "for-the-mediator"
    case.do("mediator", c.CloseRoom, room=room)
    assert case.refused("client", c.PostMessage, room=room, text="After.") == "room-is-closed"
    assert case.refused("mediator", c.CloseRoom, room=room) == "room-is-closed"
    assert case.reads("handler", room) == ["Before."]
    assert next(r.closed for r in case.sees("handler").rooms if r.room == room)


def test_a_caucus_is_not_closed_as_a_room() -> None:
    case = mediated_case().in_caucus("client")
    assert case.refused("mediator", c.CloseRoom, room="caucus-client") == "not-in-this-room"
    assert case.refused("mediator", c.CloseRoom, room="private-00000000") == "not-in-this-room"


def test_whoever_is_removed_from_the_case_is_gone_from_the_room() -> None:
    case = with_both_counsel()
    room = open_room(case, "client counsel", "business counsel")
    case.do("client", c.RemoveParticipant, participant=person("client counsel"))
    assert case.rooms_of("client counsel") == set()
    assert set(next(r for r in case.sees("mediator").rooms if r.room == room).members) == {
        person("mediator"),
        person("business counsel"),
    }


def test_with_its_mediator_gone_a_room_can_only_be_read_and_the_next_one_is_not_in_it() -> None:
    case = mediated_case()
    room = open_room(case, "client", "handler")
    case.do("client", c.RefuseMediator)
    assert case.refused("client", c.PostMessage, room=room, text="Still here?") == "room-is-closed"
    case.with_mediator("next mediator").accepted("next mediator").agree("next mediator")
    assert room not in case.rooms_of("next mediator")
    assert room in case.rooms_of("client")


def test_there_are_nine_and_no_more() -> None:
    case = mediated_case()
    for _ in range(9):
        assert "OpenRoom" in case.sees("mediator").allowed_actions
        open_room(case, "client")
    assert "OpenRoom" not in case.sees("mediator").allowed_actions
    assert case.refused("mediator", c.OpenRoom, members=(person("client"),), name="Ten") == "private-rooms-are-used-up"


def test_after_the_end_nothing_more_is_said_there() -> None:
    case = mediated_case()
    room = open_room(case, "client")
    case.do("mediator", c.EndMediation, outcome="settled")
    assert case.refused("client", c.PostMessage, room=room, text="And yet.") == "mediation-has-ended"
