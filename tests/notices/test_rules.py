"""Who is told of what, as stories: the people of the room whom it concerns, never its author, and nobody elsewhere."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest

from casebook import Story, drafted_case, mediated_case, opened_case, person
from histories import Teller
from ladders import LADDER
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.rooms import restrict
from mediation.notices.kinds import GATHERED, LEGAL, STRENGTH
from mediation.notices.rules import RULES, SILENT, notices_for

MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)


def told_by(case: Story, act: Callable[[], object]) -> dict[str, str]:
    """Who is told what by an act, by nickname: the strongest where there are several, with its room."""
    before = {room: len(entries) for room, entries in case.book.rooms.items()}
    act()
    found: dict[str, tuple[int, str]] = {}
    names = {person(nickname): nickname for nickname in case.people}
    for room, entries in case.book.rooms.items():
        for told in entries[before.get(room, 0) :]:
            assert told is not None
            for notice in notices_for(told, case.book.whole):
                who, what = names[notice.participant], (STRENGTH[notice.kind], f"{notice.kind} in {room}")
                found[who] = max(found.get(who, what), what)
    return {who: what for who, (_, what) in found.items()}


def told_of(case: Story, nickname: str, kind: type[c.Command], **fields: object) -> dict[str, str]:
    return told_by(case, lambda: case.do(nickname, kind, **fields))


def test_what_is_said_at_the_table_is_news_to_the_others_there() -> None:
    case = mediated_case().with_counsel()
    # Counsel has not accepted the ground rules yet, and is not at the table.
    assert told_of(case, "client", c.PostMessage, room="joint", text="It was late.") == {
        "handler": "news in joint",
        "mediator": "news in joint",
    }


def test_what_is_said_in_private_is_told_to_those_in_that_room_alone() -> None:
    case = mediated_case().with_counsel()
    assert told_of(case, "client", c.PostMessage, room="caucus-client", text="Between us.") == {
        "mediator": "news in caucus-client",
        "counsel": "news in caucus-client",
    }
    assert told_of(case, "client", c.PostMessage, room="team-client", text="What do you think?") == {
        "counsel": "news in team-client"
    }


def test_whoever_is_called_is_asked_and_the_others_have_news() -> None:
    case = mediated_case()
    mentions = (person("handler"),)
    assert told_of(case, "client", c.PostMessage, room="joint", text="And you?", mentions=mentions) == {
        "handler": "mention in joint",
        "mediator": "news in joint",
    }


def test_an_offer_awaits_the_answer_of_the_other_side() -> None:
    case = mediated_case().at("bargaining").with_counsel("adviser", "business")
    case.agree("adviser")
    assert told_of(case, "client", c.MakeOffer, room="joint", terms="Half of it.") == {
        "handler": "answer in joint",
        "mediator": "news in joint",
        "adviser": "news in joint",
    }


def test_the_way_into_mediation_asks_everybody_for_their_part() -> None:
    case = opened_case().with_mediator()
    assert told_of(case, "mediator", c.Disclose, text="No ties.") == {
        "handler": "answer in papers",
        "client": "answer in papers",
    }
    assert told_of(case, "handler", c.AcceptMediator) == {}
    assert told_of(case, "client", c.AcceptMediator) == dict.fromkeys(
        ("handler", "client", "mediator"), "answer in papers"
    )
    case.agree("handler")
    case.agree("client")
    began = told_by(case, lambda: case.agree("mediator"))
    # Who came last is nobody's business, so they are told as well.
    assert began == dict.fromkeys(("handler", "client", "mediator"), "step in papers")


def test_an_ending_is_told_to_everybody_alike_and_to_nobody_who_is_gone() -> None:
    case = mediated_case().having("reader", "legal", None).with_counsel()
    case.do("mediator", c.RemoveParticipant, participant=person("counsel"))
    ended = told_of(case, "client", c.Leave)
    assert ended.pop("handler") == ended.pop("mediator") == ended.pop("reader") == "ended in papers"
    assert set(ended) <= {"client"}


def test_a_step_up_is_told_to_everybody_at_once() -> None:
    assert told_of(mediated_case(), "client", c.StepTier, to="management") == {
        "handler": "step in papers",
        "mediator": "step in papers",
    }


def test_a_step_that_takes_both_awaits_the_other_side() -> None:
    case = mediated_case()
    case.do("client", c.StepTier, to="management")
    assert told_of(case, "client", c.StepTier, to="mediation") == {
        "handler": "answer in papers",
        "mediator": "news in papers",
    }


# ── the ladder's times ──────────────────────────────────────────────────────────────────────────────────────────────


def notices_of(case: Story, kind: type[e.Event]) -> dict[str, tuple[str, datetime | None]]:
    """Who is told of the newest paper of this kind, and until when they have."""
    told = next(t for t in reversed(case.book.rooms["papers"]) if t is not None and isinstance(t.event, kind))
    names = {person(nickname): nickname for nickname in case.people}
    return {names[n.participant]: (n.kind, n.due) for n in notices_for(told, case.book.whole)}


def test_a_side_that_is_asked_for_an_answer_is_told_by_when() -> None:
    case = opened_case(policy=LADDER, at=MONDAY).with_mediator()
    case.do("client", c.AskForAnswer)
    [term] = [term for term in case.sees("handler").terms if (term.term, term.owed_by) == ("answer", "business")]
    assert term.over_at is not None
    assert notices_of(case, e.NoticeServed) == {
        "handler": ("served", term.over_at),
        "mediator": ("news", None),
    }


def test_a_reminder_goes_to_those_who_owe_it_and_to_nobody_else() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    case.do("client", c.AskForAnswer)
    case.working_days_pass(9)
    sides = {"business": person("handler"), "client": person("client")}
    found = set()
    for told in case.book.rooms["papers"]:
        if told is not None and isinstance(told.event, e.Reminded):
            [notice] = notices_for(told, case.book.whole)
            assert (notice.participant, notice.kind) == (sides[told.event.party], "reminder")
            found.add(told.event.party)
    assert found == {"business", "client"}


def test_silence_has_a_consequence_of_which_everybody_is_told() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    case.do("client", c.AskForAnswer)
    case.working_days_pass(12)
    assert notices_of(case, e.TermExpired) == {"handler": ("step", None), "client": ("step", None)}


def test_clauses_await_the_side_that_has_not_agreed() -> None:
    case = drafted_case()
    case.writes("client", "The studio pays nine hundred euros.")
    assert told_by(case, lambda: case.agree_to_clauses("client")) == {"handler": "clauses in joint"}
    froze = told_by(case, lambda: case.agree_to_clauses("handler"))
    assert set(froze.values()) <= {"clauses in joint", "frozen in papers"}


def test_what_the_mediator_wrote_for_somebody_is_told_to_them_alone() -> None:
    case = mediated_case().with_counsel()
    assert told_of(case, "mediator", c.ScribePosition, owner=person("client"), text="It came too late.") == {
        "client": "answer in caucus-client"
    }


def test_what_might_be_carried_out_of_a_caucus_is_asked_of_those_who_did_not_propose_it() -> None:
    case = mediated_case()
    assert told_of(
        case, "mediator", c.ProposeSharing, room="caucus-client", form="mediators-words", text="They would talk."
    ) == {"client": "answer in caucus-client"}


def test_every_kind_of_event_says_whether_anybody_is_told() -> None:
    """A new kind of event stands in one of the two tables: tell somebody, or say why nobody."""
    assert e.KINDS.keys() - RULES.keys() - SILENT == set()
    assert not RULES.keys() & SILENT


def test_what_has_legal_effect_is_never_gathered() -> None:
    assert not LEGAL & GATHERED
    assert STRENGTH.keys() >= LEGAL | GATHERED


@pytest.mark.parametrize("seed", range(10))
def test_in_random_histories_nobody_is_told_of_a_room_they_are_not_in(seed: int) -> None:
    """And what is told follows from the papers and that room alone: without the other rooms it is the same."""
    book = Teller(Random(seed)).tell(60).book
    notices = 0
    for told in (told for entries in book.rooms.values() for told in entries if told is not None):
        found = notices_for(told, book.whole)
        notices += len(found)
        assert all(told.room in book.reads_from(notice.participant) for notice in found)
        assert told.actor not in {notice.participant for notice in found}
        assert len({notice.participant for notice in found}) == len(found), "each is told once of an entry"
        assert notices_for(told, restrict(book.whole, {"papers", told.room})) == found
    assert notices
