"""When somebody goes too far: the mediator hears of it, somebody is kept from writing, somebody has to go."""

import pytest

from casebook import mediated_case, opened_case, person
from mediation.case import commands as c


def test_a_report_reaches_the_mediator_and_not_the_one_who_is_reported() -> None:
    case = mediated_case()
    said = case.say("handler", "joint", "You people never pay.")
    before = case.sees("handler")
    case.do("client", c.ReportAbuse, room="joint", seq=said, text="That was an insult.")
    assert case.kinds("caucus-client")[-1] == "AbuseReported"
    assert case.sees("handler") == before


def test_a_report_is_about_a_room_one_is_in_and_needs_somebody_to_hear_it() -> None:
    case = mediated_case().having("reader", "legal", None)
    assert case.refused("client", c.ReportAbuse, room="team-business", text="They plot.") == "not-in-this-room"
    assert case.refused("reader", c.ReportAbuse, room="papers", text="Hm.") == "for-the-sides"
    assert case.refused("mediator", c.ReportAbuse, room="joint", text="Hm.") == "for-the-sides"
    alone = opened_case()
    assert alone.refused("client", c.ReportAbuse, room="talks", text="Rude.") == "no-mediator-yet"
    assert "ReportAbuse" not in alone.sees("client").allowed_actions


def test_somebody_muted_reads_answers_and_writes_privately_but_not_at_the_table() -> None:
    case = mediated_case()
    case.do("mediator", c.Mute, participant=person("handler"))
    assert case.refused("handler", c.PostMessage, room="joint", text="Listen!") == "you-are-muted"
    assert case.refused("handler", c.StatePosition, text="Listen!") == "you-are-muted"
    assert case.refused("handler", c.ProposeStatement, kind="shared-fact", text="Listen!") == "you-are-muted"
    case.say("handler", "caucus-business", "I am calm now.")
    statement = case.do("client", c.ProposeStatement, kind="shared-fact", text="It was late.")
    case.assent("handler", statement)
    assert case.sees("client").muted == [person("handler")]
    assert case.refused("mediator", c.Mute, participant=person("handler")) == "muted-already"
    case.do("mediator", c.Unmute, participant=person("handler"))
    case.say("handler", "joint", "Thank you.")
    assert case.refused("mediator", c.Unmute, participant=person("handler")) == "not-muted"


def test_only_the_mediator_mutes_and_never_themselves_or_a_reader() -> None:
    case = mediated_case().having("reader", "legal", None)
    assert case.refused("client", c.Mute, participant=person("handler")) == "for-the-mediator"
    assert case.refused("mediator", c.Mute, participant=person("mediator")) == "nobody-of-that-name"
    assert case.refused("mediator", c.Mute, participant=person("reader")) == "nobody-of-that-name"
    assert case.refused("mediator", c.Mute, participant="f" * 32) == "nobody-of-that-name"


def test_a_side_removes_whom_it_brought_in_and_they_read_nothing_more() -> None:
    case = mediated_case().with_counsel()
    assert "RemoveParticipant" in next(p.can for p in case.sees("client").people if p.participant == person("counsel"))
    case.do("client", c.RemoveParticipant, participant=person("counsel"))
    assert case.rooms_of("counsel") == set()
    assert case.last("papers").actor == person("client")
    assert case.kinds("papers")[-1] == "ParticipantLeft"


@pytest.mark.parametrize("newcomer", ["companion", "counsel", "principal"])
def test_nobody_puts_out_whoever_was_there_before_them(newcomer: str) -> None:
    case = mediated_case().having("newcomer", newcomer, "client")  # type: ignore[arg-type]
    refused = case.refused("newcomer", c.RemoveParticipant, participant=person("client"))
    assert refused in {"not-yours-to-remove", "for-those-who-can-agree"}
    assert case.refused("newcomer", c.RemoveParticipant, participant=person("handler")) == refused
    case.do("client", c.RemoveParticipant, participant=person("newcomer"))


def test_the_mediator_removes_advisers_and_readers_but_nobody_who_speaks_for_a_side() -> None:
    case = mediated_case().with_counsel().having("reader", "legal", None)
    for nickname in ("counsel", "reader"):
        case.do("mediator", c.RemoveParticipant, participant=person(nickname))
    assert case.refused("mediator", c.RemoveParticipant, participant=person("client")) == "speaks-for-a-side"
    assert case.refused("mediator", c.RemoveParticipant, participant=person("mediator")) == "speaks-for-a-side"
    assert case.refused("mediator", c.RemoveParticipant, participant=person("counsel")) == "nobody-of-that-name"


def test_a_mediator_whom_nobody_has_accepted_removes_nobody() -> None:
    case = opened_case().with_counsel().with_mediator()
    assert case.refused("mediator", c.RemoveParticipant, participant=person("counsel")) == "for-the-sides"


def test_a_mediation_that_waited_for_somebody_begins_when_they_are_removed() -> None:
    case = opened_case().with_mediator().with_counsel().accepted()
    for nickname in ("handler", "client", "mediator"):
        case.agree(nickname)
    assert case.papers.began_at is None
    case.do("client", c.RemoveParticipant, participant=person("counsel"))
    assert case.papers.began_at is not None
