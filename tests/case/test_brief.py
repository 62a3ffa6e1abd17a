"""The case on one page: what it says to whom, what it never says, and how it is cut."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from casebook import Story, drafted_case, mediated_case, opened_case, person
from mediation.case import commands as c
from mediation.case.show.brief import Brief, brief_for, cut
from mediation.case.terms import Money

SECRET = "whispered"


def brief_of(case: Story, who: str) -> Brief:
    """The page as somebody reads it, the text on the table among it where they are there."""
    known = case.book.known_to(person(who))
    if known.joint is not None and known.joint.document is not None:
        known = replace(known, text=case.text)
    return brief_for(known, case.papers.people[person(who)])


def a_busy_table() -> Story:
    case = drafted_case()
    case.do("mediator", c.PutIssue, text="What does the delay cost?")
    case.do("client", c.StatePosition, text="Seven weeks without orders.", wants="A refund.")
    case.do("handler", c.StatePosition, text="The texts came late.", wants="The rest of the price.")
    fact = case.do("mediator", c.ProposeStatement, kind="shared-fact", text="It went live in June.")
    for who in ("handler", "client"):
        case.assent(who, fact)
    case.do("client", c.MakeOffer, amount=Money(minor=90_000, currency="EUR"), terms="within two weeks")
    case.do("handler", c.DeclareAuthority, can_agree=(), to_call="the director, until six")
    case.agree_to_clauses("client")
    return case


def test_a_manager_reads_all_of_it_once_they_have_accepted_the_ground_rules() -> None:
    case = a_busy_table().having("manager", "manager", "business")
    before = brief_of(case, "manager")
    assert not before.reads_table
    assert (before.issues, before.offers, before.text) == ([], [], None)
    assert before.account == "It was promised for March and came in June."
    assert before.line.next == "accept-ground-rules"
    case.agree("manager")
    brief = brief_of(case, "manager")
    business, client = brief.sides
    assert brief.reads_table
    assert brief.issues == ["What does the delay cost?"]
    assert [(p.by, p.text, p.wants) for p in client.positions] == [
        ("Client", "Seven weeks without orders.", "A refund.")
    ]
    assert (business.can_agree, business.to_call) == ([], "the director, until six")
    assert client.can_agree is None
    assert brief.common == ["It went live in June."]
    assert [(one.party, one.terms) for one in brief.offers] == [("client", "within two weeks")]
    assert brief.text is not None
    assert (brief.text.clauses, brief.text.both, brief.text.business, brief.text.client) == (2, 0, 0, 2)


def test_it_says_nothing_of_what_is_said_in_private_whoever_reads_it() -> None:
    case = a_busy_table().having("manager", "manager", "business")
    case.agree("manager")
    before = {who: brief_of(case, who) for who in ("manager", "handler", "client", "mediator")}
    case.in_caucus("business")
    for who, room in (("handler", "team-business"), ("handler", "caucus-business"), ("client", "team-client")):
        case.say(who, room, SECRET)
    case.do("manager", c.SetLimit, meaning="at-most", amount=Money(minor=1_234_500, currency="EUR"), terms=SECRET)
    case.do("mediator", c.ScribePosition, owner=person("handler"), text=SECRET)
    case.do("mediator", c.ProposeSharing, room="caucus-business", form="what-if", text=SECRET)
    for who, brief in before.items():
        assert brief_of(case, who) == brief
        assert SECRET.encode() not in msgspec.json.encode(brief_of(case, who))


def test_a_legal_reader_gets_what_the_papers_say_and_no_more() -> None:
    case = a_busy_table().having("lawyer", "legal", None)
    brief = brief_of(case, "lawyer")
    assert not brief.reads_table
    assert brief.sides[1].positions == []
    assert brief.offers == []


def test_it_tells_the_steps_and_when_one_met_and_who_came() -> None:
    case = mediated_case()
    case.do("mediator", c.OpenSession)
    case.do("mediator", c.CloseSession, attended=(person("client"), person("handler")))
    case.do("client", c.StepTier, to="management")
    slots = (c.MeetingSlot(starts_at=case.now + timedelta(days=1), ends_at=case.now + timedelta(days=1, hours=1)),)
    meeting = case.do("handler", c.ProposeMeeting, slots=slots, zone="Europe/Berlin", where=SECRET)
    case.do("client", c.AnswerMeeting, proposal=meeting, suits=(0,))
    case.do("client", c.SetMeeting, proposal=meeting, slot=0)
    brief = brief_of(case, "client")
    assert [(s.tier, s.state) for s in brief.steps] == [
        ("talks", "done"),
        ("mediation", "done"),
        ("management", "here"),
        ("referral", "ahead"),
    ]
    assert [(one.is_held, one.attended) for one in brief.met] == [(True, ["Client", "Handler"]), (False, [])]
    assert [one.what for one in brief.dates] == ["meeting"]
    assert SECRET.encode() not in msgspec.json.encode(brief), "where one meets is said in the room"


def test_a_long_case_is_cut_and_says_how_much_is_left_out() -> None:
    case = a_busy_table()
    case.do("handler", c.DeclareAuthority, can_agree=(person("handler"),))
    for number in range(9):
        case.do("mediator", c.PutIssue, text=f"Question {number} " + "word " * 35)
        case.do("client", c.StatePosition, text="It is a long story. " * 100, wants="All of it. " * 100)
        case.do("client", c.MakeOffer, terms="One more thing. " * 100)
        wording = case.do("mediator", c.ProposeStatement, kind="shared-fact", text=f"Fact {number} " + "so " * 900)
        for who in ("handler", "client"):
            case.assent(who, wording)
    for number in range(8):
        case.with_counsel(f"counsel {number}")
    brief = brief_of(case, "handler")
    assert (len(brief.issues), brief.more_issues) == (4, 6)
    assert (len(brief.common), brief.more_common) == (4, 6)
    assert (len(brief.offers), brief.more_offers) == (3, 7)
    assert (len(brief.sides[1].positions), brief.sides[1].more_positions) == (2, 8)
    assert (len(brief.sides[1].people), brief.sides[1].more_people) == (4, 5)
    assert len(msgspec.json.encode(brief)) < 8_000


def test_an_offer_in_direct_talks_is_open_until_the_mediation_begins() -> None:
    case = opened_case().with_mediator()
    case.do("client", c.MakeOffer, room="talks", terms="Half of it.")
    assert [one.terms for one in brief_of(case, "handler").offers] == ["Half of it."]
    case.in_mediation()
    assert brief_of(case, "handler").offers == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("  two\n lines ", "two lines"),
        ("one two three four", "one two…"),
        ("字" * 30, "字" * 9 + "…"),
    ],
)
def test_words_are_cut_at_a_blank_where_there_is_one(text: str, shown: str) -> None:
    assert cut(text, 10) == shown
