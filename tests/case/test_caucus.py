"""The mediator and one side in private, and what may be carried out of there."""

from casebook import mediated_case
from mediation.case import commands as c
from mediation.case.events import MessagePosted


def test_the_other_side_learns_of_a_caucus_only_what_the_mediator_announces() -> None:
    case = mediated_case()
    before = case.sees("handler")
    case.in_caucus("client")
    assert case.sees("handler") == before
    case.do("mediator", c.CloseCaucus, party="client", announcement="We are back. You will be offered the same.")
    assert case.reads("handler", "joint") == ["We are back. You will be offered the same."]
    assert case.last("joint").event.form == "announcement"  # type: ignore[union-attr]
    assert case.sees("handler") == before, "a message is an entry; the view says nothing of it"


def test_whoever_is_in_a_caucus_is_told_so_and_for_how_long() -> None:
    case = mediated_case().in_caucus("client")
    assert case.line("client") == ("caucus", "talk-privately", True)
    assert case.line("handler")[0] == "stage-opening"
    opened = {room.room: room.opened_at for room in case.sees("client").rooms}
    assert opened["caucus-client"] == case.now
    assert [room.can for room in case.sees("mediator").rooms if room.room == "caucus-client"] == [
        ["CloseCaucus", "ProposeSharing"]
    ]
    case.do("mediator", c.CloseCaucus, party="client")
    assert case.line("client")[0] == "stage-opening"


def test_a_caucus_is_opened_and_closed_once_and_by_the_mediator() -> None:
    case = mediated_case().in_caucus("client")
    assert case.refused("mediator", c.OpenCaucus, party="client") == "caucus-already-open"
    assert case.refused("mediator", c.CloseCaucus, party="business") == "caucus-not-open"
    assert case.refused("client", c.CloseCaucus, party="client") == "for-the-mediator"
    case.in_caucus("business")


def test_a_caucus_can_be_held_while_the_table_is_paused() -> None:
    case = mediated_case()
    case.do("client", c.Pause)
    case.in_caucus("client")
    case.say("client", "caucus-client", "I needed this.")


# ── sharing by permission ───────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_leaves_a_caucus_without_that_sides_yes() -> None:
    case = mediated_case()
    sharing = case.do(
        "mediator", c.ProposeSharing, room="caucus-client", form="mediators-words", text="They would take half."
    )
    shared = {"room": "caucus-client", "sharing": sharing}
    assert case.line("client") == ("stage-opening", "answer-sharing", True)
    assert case.refused("mediator", c.PostShared, **shared) == "not-allowed-to-share"
    case.do("client", c.AllowSharing, **shared, condition="Not before they have apologised.")
    assert case.sees("mediator").sharings[0].condition == "Not before they have apologised."
    assert case.line("mediator")[1] == "post-shared"
    case.do("mediator", c.PostShared, **shared)
    assert case.reads("handler", "joint") == ["They would take half."]


def test_what_is_posted_carries_no_tie_to_where_it_came_from() -> None:
    case = mediated_case()
    sharing = case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    case.do("client", c.AllowSharing, room="caucus-client", sharing=sharing)
    case.do("mediator", c.PostShared, room="caucus-client", sharing=sharing)
    event = case.last("joint").event
    assert event.__struct_fields__ == ("text", "form", "on_behalf_of", "mentions")
    assert event == MessagePosted(text="What if half?", form="what-if")
    assert case.last("caucus-client").event.sharing == sharing  # type: ignore[union-attr]


def test_a_sides_own_words_are_marked_as_theirs_and_carried_by_the_mediator() -> None:
    case = mediated_case()
    sharing = case.do("client", c.ProposeSharing, room="caucus-client", form="my-words", text="I would take half.")
    assert case.sees("client").sharings[0].state == "allowed"
    case.do("mediator", c.PostShared, room="caucus-client", sharing=sharing)
    posted = case.last("joint")
    assert posted.actor == case.papers.mediator
    assert posted.event.on_behalf_of == "client"  # type: ignore[union-attr]


def test_a_yes_can_be_taken_back_until_it_is_posted() -> None:
    case = mediated_case()
    sharing = case.do("client", c.ProposeSharing, room="caucus-client", form="my-words", text="I would take half.")
    shared = {"room": "caucus-client", "sharing": sharing}
    case.do("client", c.RefuseSharing, **shared)
    assert case.refused("mediator", c.PostShared, **shared) == "not-allowed-to-share"
    assert case.refused("client", c.AllowSharing, **shared) == "already-answered"
    again = case.do("client", c.ProposeSharing, room="caucus-client", form="my-words", text="I would take half.")
    case.do("mediator", c.PostShared, room="caucus-client", sharing=again)
    assert case.refused("client", c.RefuseSharing, room="caucus-client", sharing=again) == "shared-already"
    assert case.refused("mediator", c.PostShared, room="caucus-client", sharing=again) == "shared-already"


def test_a_refusal_to_share_is_invisible_to_the_other_side() -> None:
    case = mediated_case()
    before = case.book.seen_by(case.people["handler"])
    sharing = case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    case.do("client", c.RefuseSharing, room="caucus-client", sharing=sharing)
    assert case.book.seen_by(case.people["handler"]) == before
    assert case.refused("client", c.RefuseSharing, room="caucus-client", sharing=sharing) == "already-answered"


def test_only_those_who_speak_for_the_side_decide_what_is_shared() -> None:
    case = mediated_case().with_counsel()
    case.agree("counsel")
    sharing = case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    shared = {"room": "caucus-client", "sharing": sharing}
    assert case.refused("counsel", c.AllowSharing, **shared) == "for-those-who-can-agree"
    assert case.refused("mediator", c.AllowSharing, **shared) == "for-those-who-can-agree"
    assert case.refused("handler", c.AllowSharing, **shared) == "not-in-this-room"
    assert case.refused("client", c.PostShared, **shared) == "for-the-mediator"
    form = {"room": "caucus-client", "text": "Mine."}
    assert case.refused("counsel", c.ProposeSharing, **form, form="my-words") == "for-those-who-can-agree"
    assert case.refused("client", c.ProposeSharing, **form, form="what-if") == "for-the-mediator"
    assert case.refused("client", c.ProposeSharing, room="team-client", form="my-words", text="Mine.") == (
        "not-in-this-room"
    )


def test_the_mediator_may_carry_something_to_the_table_during_a_pause() -> None:
    case = mediated_case()
    sharing = case.do("client", c.ProposeSharing, room="caucus-client", form="my-words", text="I would take half.")
    case.do("handler", c.Pause)
    assert case.sees("mediator").sharings[0].can == ["PostShared"]
    case.do("mediator", c.PostShared, room="caucus-client", sharing=sharing)
