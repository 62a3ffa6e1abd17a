"""From an agreed text to a settlement: frozen, signed by name, slept on by those who have nobody to advise them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from casebook import Story, a_clause, drafted_case, opened_case, person
from mediation.case import commands as c
from mediation.case.decide.signing import due

DAY = timedelta(days=1)


def agreed(case: Story | None = None) -> Story:
    case = case or drafted_case()
    case.agree_to_clauses("client")
    case.agree_to_clauses("handler")
    return case


def frozen(case: Story | None = None, **more: Any) -> Story:
    case = agreed(case)
    case.do("mediator", c.Freeze, text_hash=case.text.text_hash, **more)
    return case


def between_businesses() -> Story:
    """A client that is a business as well, which needs no protection from itself."""
    client = c.PartyDescription(name="Osteria Pirelli")
    case = opened_case(client=client).with_mediator().in_mediation().at("drafting")
    case.writes("mediator", "The studio repays 900 euros.")
    return case


def sign(case: Story, nickname: str, **more: Any) -> str:
    fields = {
        "text_hash": case.papers.signing.text_hash,
        "name": nickname.title(),
        "capacity": "business",
        "place": "Hamburg",
        "authority": "managing director",
        "identified_by": "code",
    }
    return case.do(nickname, c.SignSettlement, **{**fields, **more})


def refused_to_sign(case: Story, nickname: str, **more: Any) -> str:
    fields = {
        "text_hash": case.papers.signing.text_hash,
        "name": nickname.title(),
        "capacity": "business",
        "place": "Hamburg",
        "authority": "managing director",
        "identified_by": "code",
    }
    return case.refused(nickname, c.SignSettlement, **{**fields, **more})


# ── freezing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_drafting_ends_only_when_both_sides_agree_to_every_clause() -> None:
    case = drafted_case()
    freeze = {"text_hash": case.text.text_hash}
    assert case.refused("mediator", c.Freeze, **freeze) == "not-everything-is-agreed"
    case.agree_to_clauses("client")
    assert case.refused("mediator", c.Freeze, **freeze) == "not-everything-is-agreed"
    case.agree_to_clauses("handler")
    assert case.refused("mediator", c.Freeze, text_hash="0" * 64) == "wording-has-changed"
    suggestion = case.suggests("client", "insert", None, "German law applies.")
    assert case.refused("mediator", c.Freeze, **freeze) == "not-everything-is-agreed"
    case.do("mediator", c.RejectSuggestion, suggestion=suggestion)
    case.do("client", c.Freeze, **freeze)
    assert case.last("papers").actor == "system"
    assert "900" not in str(case.last("papers").event)


def test_words_outside_the_clauses_keep_a_text_from_being_frozen() -> None:
    case = agreed()
    clauses = case.book.text["content"]
    stray = {"type": "paragraph", "content": [{"type": "text", "text": "The client waives everything."}]}
    for child in (stray, {**a_clause("", "Nobody numbered this."), "attrs": {}}, {**stray, "type": "heading"}):
        case.book.text = {"type": "doc", "content": [*clauses, child]}
        assert case.refused("mediator", c.Freeze, text_hash=case.text.text_hash) == "words-outside-the-clauses"
    case.book.text = {"type": "doc", "content": [*clauses, {"type": "paragraph"}]}
    case.do("mediator", c.Freeze, text_hash=case.text.text_hash)


def test_a_client_who_is_a_consumer_has_time_whatever_the_business_wrote() -> None:
    case = between_businesses()
    case.do("client", c.DescribeParty, capacity="consumer")
    frozen(case)
    assert case.papers.signing.days_to_withdraw == 3


def test_a_frozen_text_is_changed_by_nobody() -> None:
    case = frozen()
    assert [case.sees(n).documents[0].can_edit for n in ("mediator", "client", "handler")] == [False] * 3
    clause = case.text.clauses[0]
    assert case.refused("client", c.TakeBackClauseAssent, clause=clause.clause) == "text-is-frozen"
    assert case.refused("mediator", c.SetDraftingMode, mode="one-text") == "text-is-frozen"
    assert case.refused("client", c.Suggest, document="settlement.1", change="remove", clause=clause.clause) == (
        "text-is-frozen"
    )
    assert case.refused("mediator", c.Freeze, text_hash=case.text.text_hash) == "text-is-frozen"


def test_not_signing_reopens_the_text_and_nobody_is_told_who_or_why() -> None:
    case = frozen()
    case.do("client", c.Reopen)
    assert case.last("papers").actor == "system"
    assert case.sees("handler").signing is None
    assert case.sees("handler").documents[0].name == "settlement.2"
    assert case.sees("client").drafting.assents == []  # type: ignore[union-attr]
    assert case.refused("client", c.Reopen) == "text-is-not-frozen"


# ── signing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_businesses_sign_and_it_binds_at_once() -> None:
    case = frozen(between_businesses())
    assert case.line("client") == ("signing", "sign-settlement", True)
    sign(case, "handler")
    assert case.line("handler") == ("signing", "await-signatures", False)
    assert [s.party for s in case.sees("client").signing.signatures] == ["business"]  # type: ignore[union-attr]
    assert refused_to_sign(case, "handler") == "signed-already"
    sign(case, "client")
    assert case.kinds("papers")[-2:] == ["SettlementEffective", "MediationEnded"]
    assert case.papers.outcome == "settled"
    effective = case.sees("handler").signing
    assert effective is not None
    assert effective.effective_at == case.now


def test_part_of_a_dispute_may_be_settled() -> None:
    case = frozen(between_businesses(), partial=True)
    sign(case, "handler")
    sign(case, "client")
    assert case.papers.outcome == "partly-settled"


def test_whoever_signs_for_somebody_else_says_what_lets_them() -> None:
    case = frozen(between_businesses())
    assert refused_to_sign(case, "handler", authority="") == "authority-needed"
    sign(case, "client", name="Osteria Pirelli", authority="")
    assert refused_to_sign(case, "handler", text_hash="0" * 64) == "wording-has-changed"
    assert refused_to_sign(case, "handler", place=" ") == "nothing-said"
    assert refused_to_sign(case, "mediator") == "for-the-sides"


# ── time to think ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_consumer_without_a_lawyer_sleeps_on_it_and_may_withdraw_for_three_working_days() -> None:
    case = frozen()
    # Frozen on a Saturday: the next working day is Monday.
    assert case.papers.signing.sign_from == datetime(2026, 2, 2, tzinfo=UTC)
    assert refused_to_sign(case, "client") == "not-yet-time-to-sign"
    sign(case, "handler")
    case.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    sign(case, "client", capacity="consumer")
    signing = case.sees("client").signing
    assert signing is not None
    # Signed on Monday: Tuesday, Wednesday and Thursday to think.
    assert signing.effective_from == datetime(2026, 2, 6, tzinfo=UTC)
    assert case.papers.outcome is None
    known = case.book.knowing_the_text(person("client"), c.Freeze(command_id="0" * 32, text_hash="0" * 64))
    assert due(known, datetime(2026, 2, 5, 23, 59, tzinfo=UTC)) == []
    effective = due(known, datetime(2026, 2, 6, tzinfo=UTC))
    assert [type(event).__name__ for _, event in effective] == ["SettlementEffective", "MediationEnded"]


def test_within_that_time_the_signature_is_taken_back_without_a_reason() -> None:
    case = frozen()
    sign(case, "handler")
    case.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    sign(case, "client")
    case.do("client", c.TakeBackSignature)
    assert case.sees("handler").signing is None
    assert case.sees("handler").documents[0].name == "settlement.2"


def test_only_the_client_does_without_the_time() -> None:
    case = frozen()
    for nickname in ("handler", "mediator"):
        assert case.refused(nickname, c.WaiveTimeToThink) in {"no-time-to-waive", "for-the-sides"}
    case.do("client", c.WaiveTimeToThink)
    sign(case, "client")
    sign(case, "handler")
    assert case.papers.outcome == "settled"


def test_waived_after_both_have_signed_it_binds_at_once() -> None:
    case = frozen()
    sign(case, "handler")
    case.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    sign(case, "client")
    case.do("client", c.WaiveTimeToThink)
    assert case.papers.outcome == "settled"
    assert case.refused("client", c.TakeBackSignature) == "mediation-has-ended"


def test_a_consumer_with_a_lawyer_needs_no_time() -> None:
    case = drafted_case().with_counsel()
    case.agree("counsel")
    frozen(case)
    assert case.papers.signing.days_to_withdraw == 0
    assert "WaiveTimeToThink" not in case.sees("client").allowed_actions


def test_the_text_is_told_in_the_papers_only_once_it_binds() -> None:
    case = frozen(between_businesses())
    sign(case, "handler")
    assert not any(told is not None and "900" in str(told.event) for told in case.book.rooms["papers"])
    sign(case, "client")
    assert any(told is not None and "900" in str(told.event) for told in case.book.rooms["papers"])


def test_what_both_have_signed_is_undone_by_the_client_alone() -> None:
    case = frozen()
    sign(case, "handler")
    case.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    sign(case, "client")
    assert case.refused("handler", c.TakeBackSignature) == "both-have-signed"
    for nickname in ("handler", "mediator", "client"):
        assert case.refused(nickname, c.Reopen) == "both-have-signed"
    assert case.refused("mediator", c.EndMediation, outcome="ended-without-settlement") == "both-have-signed"
    for nickname in ("handler", "client"):
        assert case.refused(nickname, c.Leave) == "both-have-signed"
    case.do("client", c.TakeBackSignature)
    case.do("client", c.Leave)
    assert case.papers.outcome == "ended-without-settlement"
