"""Asking for somebody's attention: only of those who are in the room, and nobody else learns of it."""

import pytest

from casebook import Story, drafted_case, mediated_case, person
from mediation.case import commands as c


def test_whoever_is_in_the_room_can_be_mentioned() -> None:
    case = mediated_case()
    case.do("client", c.PostMessage, room="joint", text="What do you think?", mentions=(person("handler"),))
    assert case.last("joint").event.mentions == (person("handler"),)  # type: ignore[union-attr]
    case.do("client", c.PostMessage, room="caucus-client", text="And you?", mentions=(person("mediator"),))


@pytest.mark.parametrize(
    ("room", "mentioned"),
    [
        ("caucus-client", ["handler"]),
        ("team-client", ["mediator"]),
        ("talks", ["reader"]),
        ("joint", ["client"]),
        ("joint", ["handler", "handler"]),
        ("joint", ["handler", "nobody"]),
        ("joint", ["counsel"]),
    ],
)
def test_nobody_else_can_be(room: str, mentioned: list[str]) -> None:
    # Counsel has joined and not yet accepted the ground rules: they are not at the table.
    case = mediated_case().with_counsel().having("reader", "legal", None)
    people = tuple(map(person, mentioned))
    post = {"room": room, "text": "Look at this."}
    assert case.refused("client", c.PostMessage, mentions=people, **post) == "mentioned-is-not-in-this-room"


def test_a_mention_in_private_leaves_every_other_screen_as_it_was() -> None:
    case = drafted_case().with_counsel()
    before = screens(case, "handler", "mediator")
    remark = {"room": "team-client", "document": "settlement.1", "text": "Is this enough?"}
    remark_id = case.do("client", c.PostComment, mentions=(person("counsel"),), **remark)
    assert screens(case, "handler", "mediator") == before
    [seen] = case.sees("counsel").comments
    assert (seen.comment, seen.mentions) == (remark_id, [person("counsel")])
    assert case.refused("client", c.PostComment, mentions=(person("handler"),), **remark) == (
        "mentioned-is-not-in-this-room"
    )


def screens(case: Story, *nicknames: str) -> list[object]:
    return [case.sees(nickname) for nickname in nicknames]
