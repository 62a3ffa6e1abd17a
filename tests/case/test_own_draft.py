"""A side's own draft, as the rules have it: who may begin one, who knows of it, and what it begins with."""

from casebook import drafted_case, opened_case, person
from mediation.case import commands as c
from mediation.case.decide import own_draft


def test_a_side_drafts_by_itself_and_nobody_else_sees_any_of_it() -> None:
    case = drafted_case().having("manager", "manager", "business")
    before = {who: case.book.seen_by(person(who)) for who in ("client", "mediator")}
    case.do("handler", c.OpenDraft)
    draft = case.sees("handler").own_draft
    assert draft is not None
    assert (draft.room, draft.by, draft.can_edit, draft.not_read_by) == ("team-business", person("handler"), True, [])
    manager = case.sees("manager").own_draft
    assert manager is not None
    assert manager.name == draft.name
    for who, screen in before.items():
        assert case.book.seen_by(person(who)) == screen
        assert case.sees(who).own_draft is None


def test_everybody_of_a_side_may_begin_one_and_nobody_who_is_of_none() -> None:
    case = opened_case().with_mediator().with_counsel().having("companion", "companion", "client")
    for who in ("client", "counsel", "companion", "handler"):
        assert "OpenDraft" in case.sees(who).allowed_actions
        case.do(who, c.OpenDraft)
    case.having("legal reader", "legal", None)
    for who in ("mediator", "legal reader"):
        assert "OpenDraft" not in case.sees(who).allowed_actions
        assert case.refused(who, c.OpenDraft) == "for-the-sides"


def test_who_comes_later_reads_no_earlier_draft_until_another_is_begun() -> None:
    case = opened_case().with_mediator()
    case.do("client", c.OpenDraft)
    first = case.sees("client").own_draft
    case.with_counsel()
    assert case.sees("counsel").own_draft is None
    shown = case.sees("client").own_draft
    assert shown is not None
    assert shown.not_read_by == [person("counsel")]
    case.do("client", c.OpenDraft, begun_with="draft")
    again = case.sees("counsel").own_draft
    assert again is not None
    assert again == case.sees("client").own_draft
    assert first is not None
    assert again.name != first.name
    assert again.not_read_by == []


def test_a_newcomer_can_begin_one_and_learns_nothing_of_the_one_before() -> None:
    """The name of a draft comes from its command: counting them would tell how many there were."""
    with_one, without = opened_case().with_mediator(), opened_case().with_mediator()
    with_one.do("client", c.OpenDraft)
    without.say("client", "team-client", "Just words.")
    names = []
    for case in (with_one, without):
        case.with_counsel()
        assert case.refused("counsel", c.OpenDraft, begun_with="draft") == "not-there"
        case.do("counsel", c.OpenDraft, command_id="ab" * 16)
        draft = case.sees("counsel").own_draft
        assert draft is not None
        names.append(draft.name)
    assert names[0] == names[1]
    assert with_one.sees("client").own_draft == with_one.sees("counsel").own_draft


def test_it_begins_with_the_text_on_the_table_only_where_there_is_one() -> None:
    case = opened_case().with_mediator()
    assert case.refused("client", c.OpenDraft, begun_with="table") == "no-text-yet"
    drafted_case().do("client", c.OpenDraft, begun_with="table")


def test_it_is_read_on_after_the_end_and_begun_no_more() -> None:
    case = drafted_case()
    case.do("client", c.OpenDraft)
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    assert case.refused("client", c.OpenDraft) == "mediation-has-ended"
    draft = case.sees("client").own_draft
    assert draft is not None
    assert draft.can_edit, "their own room is open until it is erased"
    case.do("mediator", c.CloseCase)
    closed = case.sees("client").own_draft
    assert closed is not None
    assert not closed.can_edit


def test_there_are_not_endlessly_many() -> None:
    case = opened_case()
    for _ in range(own_draft.MOST):
        case.do("client", c.OpenDraft)
    assert case.refused("client", c.OpenDraft) == "drafts-are-used-up"
    case.do("handler", c.OpenDraft)
