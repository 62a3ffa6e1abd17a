"""Opening a case and joining it: who sits where, which rooms there are, and from when each of them is read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casebook import CASE, Story, just_opened, mediated_case, opened_case, opening, person
from ladders import LADDER, LONDON, with_rung
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide.people import open_case
from mediation.case.policy import Policy
from mediation.case.refusals import Refusal
from mediation.case.rooms import may_invite
from mediation.case.terms import PARTIES

MAUNDY_THURSDAY = datetime(2026, 4, 2, 10, tzinfo=UTC)


def test_whoever_opens_a_dispute_takes_its_first_seat() -> None:
    handler = just_opened().sees("handler")
    assert (handler.me.role, handler.me.party, handler.case) == ("handler", "business", CASE)
    mediator = just_opened(by="mediator").sees("mediator")
    assert (mediator.me.role, mediator.me.party) == ("mediator", None)


def test_a_case_opened_by_a_side_begins_with_talks_and_one_opened_by_a_mediator_with_mediation() -> None:
    assert just_opened().sees("handler").tier == "talks"
    assert just_opened(by="mediator").sees("mediator").tier == "mediation"


def test_the_two_sides_talk_directly_and_each_has_a_room_of_its_own() -> None:
    case = opened_case()
    assert case.rooms_of("handler") == {"papers", "talks", "team-business"}
    assert case.rooms_of("client") == {"papers", "talks", "team-client"}


def test_a_caucus_opens_as_soon_as_a_mediator_and_that_side_could_meet() -> None:
    case = just_opened().with_mediator()
    assert case.rooms_of("mediator") == {"papers", "caucus-business"}
    case.with_client()
    assert case.rooms_of("mediator") == {"papers", "caucus-business", "caucus-client"}
    assert "caucus-client" in case.rooms_of("client")
    assert "caucus-client" not in case.rooms_of("handler")


def test_the_mediator_is_told_what_was_said_in_direct_talks_only_once_both_sides_accepted_them() -> None:
    case = opened_case()
    case.say("handler", "talks", "Let us settle this between us.")
    case.with_mediator()
    assert "talks" not in case.rooms_of("mediator")
    case.accepted()
    assert case.reads("mediator", "talks") == ["Let us settle this between us."]


def test_counsel_reads_the_teams_room_from_joining_on_and_talks_from_the_start() -> None:
    case = opened_case()
    case.say("client", "talks", "The site came three months late.")
    case.say("client", "team-client", "I would take half.")
    case.with_counsel()
    case.say("client", "team-client", "Thank you for helping me.")
    assert case.reads("counsel", "talks") == ["The site came three months late."]
    assert case.reads("counsel", "team-client") == ["Thank you for helping me."]
    assert case.reads("client", "team-client") == ["I would take half.", "Thank you for helping me."]


def test_a_companion_who_comes_later_does_not_see_what_waits_in_the_caucus_from_before() -> None:
    case = mediated_case().in_caucus("client")
    case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half were paid?")
    case.having("companion", "companion", "client")
    assert case.sees("companion").sharings == []
    assert len(case.sees("client").sharings) == 1


def test_the_mediator_stays_in_a_caucus_whose_side_comes_and_goes() -> None:
    case = just_opened().with_mediator().having("companion", "companion", "client")
    case.say("companion", "caucus-client", "She will come tomorrow.")
    case.do("companion", c.Leave)
    assert "caucus-client" in case.rooms_of("mediator")
    case.with_client()
    case.say("client", "caucus-client", "Here I am.")
    assert case.reads("mediator", "caucus-client") == ["She will come tomorrow.", "Here I am."]
    assert case.reads("client", "caucus-client") == ["Here I am."]


def test_a_legal_reader_reads_the_papers_and_nothing_else() -> None:
    case = mediated_case().having("reader", "legal", None)
    assert case.rooms_of("reader") == {"papers"}
    view = case.sees("reader")
    assert (view.statements, view.positions, view.offers, view.stage) == ([], [], [], None)
    assert [room.room for room in view.rooms] == ["papers"]
    assert not view.rooms[0].can_post


@pytest.mark.parametrize(
    ("role", "party"), [("principal", "business"), ("handler", "client"), ("mediator", "client"), ("handler", None)]
)
def test_a_role_goes_with_its_side(role: str, party: str | None) -> None:
    with pytest.raises(no.SeatDoesNotFit):
        opened_case().having("somebody", role, party)  # type: ignore[arg-type]


def test_there_is_one_mediator_at_a_time() -> None:
    with pytest.raises(no.MediatorAlreadyHere):
        opened_case().with_mediator().with_mediator("another")


@pytest.mark.parametrize(
    "ladder",
    [
        ("referral", "talks"),
        ("talks", "talks"),
        ("executive", "mediation"),
        ("management", "talks"),
        ("talks", "referral", "management"),
    ],
)
def test_a_ladder_out_of_order_is_refused(ladder: tuple[str, ...]) -> None:
    with pytest.raises(no.LadderIsMalformed):
        open_case(opening(ladder=ladder), person("handler"), "Handler", "", just_opened().now)


def test_a_policy_may_put_management_before_mediation() -> None:
    case = just_opened(ladder=("talks", "management", "mediation", "referral"))
    assert [rung.tier for rung in case.sees("handler").ladder] == ["talks", "management", "mediation", "referral"]


def test_blank_names_are_refused() -> None:
    with pytest.raises(Refusal):
        open_case(opening(title="   "), person("handler"), "Handler", "", just_opened().now)


def test_a_host_that_is_a_party_says_so_on_the_first_page() -> None:
    case = just_opened(business=c.PartyDescription(name="The host"))
    assert case.sees("handler").host_is_party
    assert not just_opened().sees("handler").host_is_party


def test_who_may_invite_whom() -> None:
    case = just_opened()
    assert may_invite(case.papers, person("handler"), "principal", "client")
    assert may_invite(case.papers, person("handler"), "mediator", None)
    assert may_invite(case.papers, person("handler"), "manager", "business")
    case.with_client().with_mediator().with_counsel()
    assert not may_invite(case.papers, person("handler"), "principal", "client"), "the client is there already"
    assert not may_invite(case.papers, person("handler"), "counsel", "client"), "counsel is the other side's to bring"
    assert not may_invite(case.papers, person("handler"), "mediator", None), "there is a mediator"
    assert not may_invite(case.papers, person("counsel"), "companion", "client"), "advisers invite nobody"
    assert not may_invite(case.papers, person("mediator"), "principal", "client"), "nobody has accepted them yet"
    assert not may_invite(case.papers, person("mediator"), "mediator", None)
    assert not may_invite(case.papers, person("stranger"), "legal", None)


def test_no_mediator_seats_an_adviser_at_either_side() -> None:
    case = mediated_case()
    for role in ("counsel", "companion", "principal", "handler"):
        assert not any(may_invite(case.papers, person("mediator"), role, party) for party in PARTIES)
    assert may_invite(case.papers, person("mediator"), "legal", None)
    empty = just_opened(by="mediator")
    assert may_invite(empty.papers, person("mediator"), "principal", "client")
    assert not may_invite(empty.papers, person("mediator"), "counsel", "client")


def test_a_mediator_who_opens_a_case_brings_in_the_first_of_each_side() -> None:
    case = just_opened(by="mediator")
    assert may_invite(case.papers, person("mediator"), "principal", "client")
    assert may_invite(case.papers, person("mediator"), "handler", "business")


def test_nobody_joins_a_closed_case() -> None:
    case = opened_case()
    case.do("client", c.Leave)
    case.do("handler", c.CloseCase)
    with pytest.raises(no.CaseIsClosed):
        case.with_counsel()
    assert not may_invite(case.papers, person("handler"), "legal", None)


def test_times_and_names_come_from_the_papers() -> None:
    case = opened_case()
    view = case.sees("client")
    assert [p.name for p in view.people] == ["Handler", "Client"]
    assert view.people[1].joined_at - view.opened_at == timedelta(seconds=1)


def by_the_page(policy: Policy = LADDER, at: datetime = MAUNDY_THURSDAY) -> Story:
    """A client opened it on the business's own page, and nobody of the business has come."""
    case = Story(now=at)
    opened = opening(opener="principal", since="March", wish="Half of the price back.")
    decision = open_case(opened, person("client"), "Dana", "Host", case.now, by_page=True, policy=policy)
    case.book.write(decision, person("client"), case.now)
    return case


def test_a_client_who_opens_it_from_outside_waits_for_an_answer_within_the_businesss_own_time() -> None:
    case = by_the_page()
    seen = case.sees("client")
    assert (seen.since, seen.wish) == ("March", "Half of the price back.")
    assert seen.answer_by == date(2026, 4, 20), "ten working days, Good Friday and Easter Monday left out"
    assert seen.line.by == seen.answer_by
    assert case.rooms_of("client") == {"papers", "talks", "team-client"}
    assert case.line("client") == ("asked", "await-answer", False)
    case.having("handler", "handler", "business")
    assert case.line("client") == ("talks", "await-their-answer", False)
    assert case.sees("client").answer_by == date(2026, 4, 20)
    case.say("handler", "talks", "We are looking into it.")
    assert case.sees("client").answer_by is None, "it has answered"
    assert case.sees("handler").wish == "Half of the price back."


def test_the_first_page_can_say_how_often_a_mediator_sat_with_this_business() -> None:
    case = opened_case()
    seat = c.JoinCase(name="Noa", role="mediator", party=None, earlier_cases=3)
    case.book.join(person("mediator"), seat, case.now)
    assert case.sees("client").mediator.earlier_cases == 3  # type: ignore[union-attr]


def test_a_side_says_itself_in_which_capacity_it_acts() -> None:
    case = mediated_case()
    case.do("client", c.DescribeParty, place="Bremen", capacity="business")
    assert [(p.party, p.place, p.capacity) for p in case.sees("handler").parties][1] == ("client", "Bremen", "business")
    case.do("client", c.DescribeParty, capacity="consumer")
    assert case.sees("handler").parties[1].capacity == "consumer"
    assert case.refused("mediator", c.DescribeParty, capacity="consumer") == "for-the-sides"


def test_what_was_promised_is_what_the_clock_then_does_to_the_minute() -> None:
    case = by_the_page()
    promised = case.sees("client").answer_by
    assert promised is not None
    case.after(LONDON.ends(promised) - timedelta(seconds=1) - case.now)
    assert case.sees("client").answer_by == promised
    case.after(timedelta(seconds=1))
    over = case.last("papers").event
    assert isinstance(over, e.TermExpired)
    assert (over.term, over.party, over.due_at, over.then) == ("answer", "business", LONDON.ends(promised), "refused")
    assert case.sees("client").answer_by is None


def test_a_business_that_names_no_time_for_an_answer_promises_none() -> None:
    case = by_the_page(with_rung("talks", answer=None))
    assert case.sees("client").answer_by is None
    assert case.line("client") == ("asked", "await-answer", False), "it was told all the same"


def test_more_time_that_both_agree_on_moves_what_is_promised() -> None:
    case = by_the_page().having("handler", "handler", "business")
    longer = {"term": "answer", "owed_by": "business", "days": 5}
    case.do("handler", c.ExtendTerm, **longer)
    case.do("client", c.ExtendTerm, **longer)
    assert case.sees("client").answer_by == date(2026, 4, 27)
