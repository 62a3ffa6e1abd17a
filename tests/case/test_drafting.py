"""Work on the text: one pen or many, suggestions beside the text, remarks in rooms, and agreement clause by clause."""

import pytest

from casebook import Story, a_clause, drafted_case, mediated_case, person
from mediation.case import commands as c


def words_of(case: Story) -> list[str]:
    return [clause.node["content"][0]["content"][0]["text"] for clause in case.text.clauses]


# ── the pen ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_with_one_text_the_mediator_alone_writes_and_everybody_suggests() -> None:
    case = drafted_case()
    case.do("mediator", c.SetDraftingMode, mode="one-text")
    assert [case.sees(n).documents[0].can_edit for n in ("mediator", "client", "handler")] == [True, False, False]
    suggestion = case.suggests("client", "replace", case.text.clauses[0].clause, "The studio repays 1,100 euros.")
    assert case.refused("client", c.AcceptSuggestion, suggestion=suggestion) == "the-mediator-holds-the-pen"
    assert case.refused("handler", c.RejectSuggestion, suggestion=suggestion) == "the-mediator-holds-the-pen"
    case.do("mediator", c.AcceptSuggestion, suggestion=suggestion)
    assert words_of(case)[0] == "The studio repays 1,100 euros."


def test_only_the_mediator_hands_the_pen_on() -> None:
    case = drafted_case()
    assert case.refused("client", c.SetDraftingMode, mode="one-text") == "for-the-mediator"
    assert case.refused("mediator", c.SetDraftingMode, mode="open") == "already-so"
    assert mediated_case().refused("mediator", c.SetDraftingMode, mode="one-text") == "no-text-yet"


# ── suggestions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clause_more_a_clause_less_and_another_order() -> None:
    case = drafted_case()
    first, second = (one.clause for one in case.text.clauses)
    more = case.suggests("client", "insert", None, "The site is handed over by Friday.", after=first)
    less = case.suggests("handler", "remove", second)
    order = case.suggests("handler", "move", first, after=second)
    assert [s.can for s in case.sees("handler").drafting.suggestions] == [  # type: ignore[union-attr]
        ["AcceptSuggestion", "RejectSuggestion"],
        ["AcceptSuggestion", "RejectSuggestion", "WithdrawSuggestion"],
        ["AcceptSuggestion", "RejectSuggestion", "WithdrawSuggestion"],
    ]
    for suggestion in (order, more, less):
        case.do("mediator", c.AcceptSuggestion, suggestion=suggestion)
    assert words_of(case) == ["The studio repays 900 euros.", "The site is handed over by Friday."]


def test_a_suggestion_about_words_that_were_changed_since_is_not_put_over_them() -> None:
    case = drafted_case()
    clause = case.text.clauses[0].clause
    suggestion = case.suggests("client", "replace", clause, "The studio repays 1,100 euros.")
    case.rewrites("handler", clause, "The studio repays 950 euros.")
    assert case.refused("mediator", c.AcceptSuggestion, suggestion=suggestion) == "wording-has-changed"
    case.do("client", c.WithdrawSuggestion, suggestion=suggestion)
    assert case.refused("client", c.WithdrawSuggestion, suggestion=suggestion) == "already-answered"
    assert words_of(case)[0] == "The studio repays 950 euros."


def test_a_suggestion_to_the_same_words_or_to_none_is_refused() -> None:
    case = drafted_case()
    clause, other = (one.clause for one in case.text.clauses)
    here = {"document": "settlement.1", "clause": clause, "base_hash": case.text.clause(clause).text_hash}
    same = a_clause(clause, "The studio repays 900 euros.")
    assert case.refused("client", c.Suggest, change="replace", node=same, **here) == "same-wording"
    for node in (
        None,
        a_clause(other, "Somebody else's clause."),
        {"type": "paragraph"},
        {"type": "clause", "attrs": {"id": clause}},
        {"type": "clause", "attrs": {"id": clause}, "content": "words"},
        a_clause(clause, "long " * 30_000),
    ):
        assert case.refused("client", c.Suggest, change="replace", node=node, **here) == "suggestion-is-malformed"
    stale = {**here, "base_hash": "0" * 64}
    assert case.refused("client", c.Suggest, change="remove", **stale) == "wording-has-changed"
    assert case.refused("client", c.Suggest, change="remove", **{**here, "clause": "f" * 32}) == "clause-is-gone"
    assert case.refused("client", c.Suggest, change="move", after=clause, **here) == "clause-is-gone"
    assert case.refused("client", c.Suggest, change="remove", **{**here, "document": "settlement.9"}) == (
        "text-was-begun-anew"
    )


def test_counsel_drafts_by_suggesting_and_a_legal_reader_does_not() -> None:
    case = drafted_case().with_counsel().having("reader", "legal", None)
    case.agree("counsel")
    case.suggests("counsel", "insert", None, "German law applies.")
    with pytest.raises(AssertionError, match="not-in-this-room"):
        raise AssertionError(
            case.refused("reader", c.Suggest, document="settlement.1", change="remove", clause="f" * 32)
        )


# ── agreement to clauses ────────────────────────────────────────────────────────────────────────────────────────────


def test_agreement_is_to_exact_words_and_lapses_with_them() -> None:
    case = drafted_case()
    clause = case.text.clauses[0].clause
    case.agree_to_clauses("client", clause)
    case.agree_to_clauses("handler", clause)
    case.rewrites("handler", clause, "The studio repays 90 euros.")
    drafting = case.sees("client").drafting
    assert drafting is not None
    assert (drafting.assents, drafting.lapsed) == ([], [clause])
    old = c.GiveClauseAssent
    assert case.refused("client", old, clause=clause, text_hash="0" * 64) == "wording-has-changed"
    case.rewrites("handler", clause, "The studio repays 900 euros.")
    # Changed back is changed: nobody's agreement returns by itself.
    assert case.sees("client").drafting.assents == []  # type: ignore[union-attr]
    case.agree_to_clauses("client", clause)
    case.agree_to_clauses("handler", clause)
    assert case.sees("client").drafting.lapsed == []  # type: ignore[union-attr]


def test_an_accepted_suggestion_makes_agreement_lapse_too() -> None:
    case = drafted_case()
    clause = case.text.clauses[0].clause
    case.agree_to_clauses("handler", clause)
    suggestion = case.suggests("client", "replace", clause, "The studio repays 1,000 euros.")
    assert case.refused("client", c.GiveClauseAssent, clause=clause, text_hash=case.text.clause(clause).text_hash) == (
        "suggestions-are-open"
    )
    case.do("mediator", c.AcceptSuggestion, suggestion=suggestion)
    assert case.sees("handler").drafting.lapsed == [clause]  # type: ignore[union-attr]


def test_only_those_who_can_agree_today_agree_and_they_may_take_it_back() -> None:
    case = drafted_case().with_counsel()
    case.agree("counsel")
    clause = case.text.clauses[0]
    for nickname in ("counsel", "mediator"):
        refused = case.refused(nickname, c.GiveClauseAssent, clause=clause.clause, text_hash=clause.text_hash)
        assert refused in {"for-those-who-can-agree", "for-the-sides"}
    case.agree_to_clauses("client", clause.clause)
    assert (
        case.refused("client", c.GiveClauseAssent, clause=clause.clause, text_hash=clause.text_hash)
        == "already-assented"
    )
    case.do("client", c.TakeBackClauseAssent, clause=clause.clause)
    assert case.refused("client", c.TakeBackClauseAssent, clause=clause.clause) == "not-assented"


# ── remarks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_remark_in_ones_own_room_is_there_alone() -> None:
    case = drafted_case()
    before = {nickname: case.sees(nickname) for nickname in ("handler", "mediator")}
    clause = case.text.clauses[0].clause
    remark = case.do(
        "client", c.PostComment, room="team-client", document="settlement.1", clause=clause, text="Too low."
    )
    assert {nickname: case.sees(nickname) for nickname in ("handler", "mediator")} == before
    assert [(r.comment, r.room, r.can) for r in case.sees("client").comments] == [
        (remark, "team-client", ["ResolveComment"])
    ]


def test_remarks_are_answered_and_settled() -> None:
    case = drafted_case()
    remark = case.do("client", c.PostComment, room="joint", document="settlement.1", quote="900", text="Why 900?")
    answer = {"room": "joint", "document": "settlement.1", "text": "Half of it."}
    reply = case.do("handler", c.PostComment, in_answer_to=remark, **answer)
    assert case.refused("client", c.PostComment, in_answer_to=reply, **answer) == "not-there"
    assert case.refused("client", c.ResolveComment, room="joint", comment=reply) == "already-answered"
    case.do("handler", c.ResolveComment, room="joint", comment=remark)
    assert [r.resolved for r in case.sees("client").comments] == [True, False]
    assert case.refused("client", c.ResolveComment, room="team-business", comment=remark) == "not-there"
    assert case.refused("client", c.PostComment, **{**answer, "room": "talks"}) == "not-in-this-room"


# ── versions, reading, what lies on the table ───────────────────────────────────────────────────────────────────────


def test_an_earlier_version_is_gone_on_from_in_a_new_document() -> None:
    case = drafted_case()
    version = case.do("client", c.KeepVersion, name="Before the long night")
    clause = case.text.clauses[0].clause
    case.rewrites("handler", clause, "The studio repays nothing.")
    case.agree_to_clauses("client", clause)
    assert case.refused("client", c.RestoreVersion, version=version) == "for-the-mediator"
    assert case.refused("mediator", c.RestoreVersion, version="f" * 32) == "not-there"
    case.do("mediator", c.RestoreVersion, version=version)
    assert case.sees("client").documents[0].name == "settlement.2"
    assert words_of(case)[0] == "The studio repays 900 euros."
    drafting = case.sees("client").drafting
    assert drafting is not None
    assert drafting.assents == []
    assert [v.name for v in drafting.versions] == ["Before the long night"]


def test_the_mediator_reads_the_clauses_with_everybody_and_says_what_lies_on_the_table() -> None:
    case = drafted_case()
    case.do("mediator", c.ReadBack, clause=case.text.clauses[1].clause)
    assert case.sees("client").drafting.reading == case.text.clauses[1].clause  # type: ignore[union-attr]
    assert case.refused("mediator", c.ReadBack, clause="f" * 32) == "clause-is-gone"
    case.do("mediator", c.ReadBack, clause=None)
    case.do("mediator", c.ProposeText, text_hash=case.text.text_hash)
    assert case.sees("handler").drafting.proposed == case.text.text_hash  # type: ignore[union-attr]
    assert case.refused("mediator", c.ProposeText, text_hash="0" * 64) == "wording-has-changed"
    assert case.refused("client", c.ReadBack, clause=None) == "for-the-mediator"


def test_while_paused_nobody_but_the_mediator_writes() -> None:
    case = drafted_case()
    case.do("mediator", c.Pause)
    assert not case.sees("client").documents[0].can_edit
    assert case.sees("mediator").documents[0].can_edit
    assert "GiveClauseAssent" not in case.sees("client").allowed_actions
    assert person("client") not in case.sees("client").muted
