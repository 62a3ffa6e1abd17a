"""One language prevails: who says which, what it means for what was agreed, and what the papers say of it."""

import pytest

from casebook import Story, drafted_case, mediated_case
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide.signing import due
from mediation.case.languages import has_a_name, name_of


def test_nothing_prevails_before_the_mediator_says_what() -> None:
    case = drafted_case()
    assert case.sees("client").drafting.language is None  # type: ignore[union-attr]
    case.do("mediator", c.SetTextLanguage, language="de")
    assert [case.sees(n).drafting.language for n in ("client", "handler", "mediator")] == ["de"] * 3  # type: ignore[union-attr]
    assert ["SetTextLanguage" in case.sees(n).allowed_actions for n in ("client", "handler", "mediator")] == [
        False,
        False,
        True,
    ]
    assert case.refused("client", c.SetTextLanguage, language="en") == "for-the-mediator"
    assert case.refused("mediator", c.SetTextLanguage, language="de") == "already-so"
    assert mediated_case().refused("mediator", c.SetTextLanguage, language="de") == "no-text-yet"


def test_another_language_asks_everybody_again_and_says_why() -> None:
    case = drafted_case()
    first, second = (one.clause for one in case.text.clauses)
    case.agree_to_clauses("client")
    case.agree_to_clauses("handler", first)
    case.do("mediator", c.SetTextLanguage, language="de")
    drafting = case.sees("client").drafting
    assert drafting is not None
    assert drafting.assents == []
    assert drafting.lapsed == drafting.lapsed_with_language == sorted([first, second])
    # What reads differently later on has lapsed for its words, whatever was before.
    case.agree_to_clauses("client", first)
    case.rewrites("handler", first, "The studio repays 90 euros.")
    assert case.sees("client").drafting.lapsed_with_language == [second]  # type: ignore[union-attr]
    case.agree_to_clauses("client")
    case.agree_to_clauses("handler")
    assert case.sees("client").drafting.lapsed_with_language == []  # type: ignore[union-attr]


def test_the_language_is_frozen_with_the_text_and_goes_on_when_that_is_begun_anew() -> None:
    case = drafted_case()
    case.do("mediator", c.SetTextLanguage, language="pt-BR")
    freeze(case)
    assert case.last("papers").event.language == "pt-BR"  # type: ignore[union-attr]
    assert case.sees("client").signing.language == "pt-BR"  # type: ignore[union-attr]
    assert case.refused("mediator", c.SetTextLanguage, language="de") == "text-is-frozen"
    case.do("client", c.Reopen)
    assert case.sees("client").documents[0].name == "settlement.2"
    assert case.sees("client").drafting.language == "pt-BR"  # type: ignore[union-attr]


def test_what_binds_says_in_which_language_it_does() -> None:
    case = drafted_case()
    case.do("mediator", c.SetTextLanguage, language="de")
    freeze(case)
    for nickname, name, capacity in (("handler", "Example Studio", "business"), ("client", "Dana Client", "consumer")):
        case.now = max(case.now, case.papers.signing.sign_from)
        by = {"capacity": capacity, "place": "Bremen", "identified_by": "code"}
        case.do(nickname, c.SignSettlement, text_hash=case.text.text_hash, name=name, **by)
    case.do("client", c.WaiveTimeToThink)
    assert [event.language for event in effective(case)] == ["de"]
    assert due(case.book.whole, case.now) == []


def effective(case: Story) -> list[e.SettlementEffective]:
    events = [told.event for told in case.book.rooms["papers"] if told is not None]
    return [event for event in events if isinstance(event, e.SettlementEffective)]


def freeze(case: Story) -> None:
    for side in ("client", "handler"):
        case.agree_to_clauses(side)
    case.do("mediator", c.Freeze, text_hash=case.text.text_hash)


@pytest.mark.parametrize(
    "tag", ["xx", "english", "EN", "de_DE", "de-de", "de-", "", "de-DE-1996", "zz-Latn", "de\n", "i-klingon"]
)
def test_a_tag_that_no_paper_could_name_is_refused(tag: str) -> None:
    assert not has_a_name(tag)
    assert drafted_case().refused("mediator", c.SetTextLanguage, language=tag) == "language-has-no-name"


def test_a_language_is_called_by_its_name() -> None:
    assert (name_of("de", "en"), name_of("de", "de")) == ("German", "Deutsch")
    assert name_of("de-AT", "en") == "German (de-AT)"
    assert name_of("zh-Hant-TW", "de") == "Chinesisch (zh-Hant-TW)"
    assert name_of("klingon", "en") == "klingon"


def test_restoring_a_version_keeps_the_language() -> None:
    case = drafted_case()
    case.do("mediator", c.SetTextLanguage, language="fr")
    version = case.do("client", c.KeepVersion, name="Before lunch")
    case.do("mediator", c.RestoreVersion, version=version)
    assert case.sees("handler").drafting.language == "fr"  # type: ignore[union-attr]
