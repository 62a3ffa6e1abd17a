"""The one line on top of every screen: Now … Next …, in each person's own words."""

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from casebook import STAGES, drafted_case, mediated_case, opened_case, person
from mediation.case import commands as c
from mediation.case.show import line as lines
from mediation.case.show import next_step
from mediation.case.terms import Outcome

WORDS = Path(__file__).parents[2] / "frontend" / "src" / "text" / "words.ts"


@pytest.mark.parametrize("stage", STAGES[1:])
def test_each_stage_says_where_things_stand_and_what_is_next(stage: str) -> None:
    case = mediated_case().at(stage)  # type: ignore[arg-type]
    assert case.line("mediator") == (f"stage-{stage}", f"lead-{stage}", True)
    assert case.line("client")[0] == f"stage-{stage}"
    assert case.line("client") == case.line("handler")


def test_once_every_wording_is_agreed_the_mediator_is_asked_to_turn_them_into_clauses() -> None:
    case = mediated_case().at("exploring")
    aim = case.do("mediator", c.ProposeStatement, kind="shared-aim", text="To be done by May.")
    for nickname in ("client", "handler"):
        case.assent(nickname, aim)
    assert case.line("mediator")[1] == "lead-exploring"
    term = case.do("handler", c.ProposeStatement, kind="possible-term", text="We repay a third.")
    case.assent("handler", term)
    assert case.line("mediator")[1] == "lead-exploring"
    case.assent("client", term)
    assert case.line("mediator") == ("stage-exploring", "lead-drafting", True)
    case.do("handler", c.MakeOffer, terms="And half of the rest.")
    assert case.line("mediator")[1] == "lead-exploring"


def test_once_a_side_agrees_to_a_clause_the_mediator_is_asked_to_read_the_clauses_with_everybody() -> None:
    case = drafted_case()
    assert case.line("mediator")[1] == "lead-drafting"
    case.agree_to_clauses("client")
    assert case.line("mediator") == ("stage-drafting", "lead-agreeing", True)


def test_a_legal_reader_is_told_to_read_the_papers() -> None:
    case = opened_case().with_mediator().having("reader", "legal", None)
    assert case.line("reader") == ("preparing", "read-papers", False)
    case.in_mediation()
    assert case.line("reader") == ("mediation", "read-papers", False)


def test_what_only_this_person_can_answer_comes_before_what_the_stage_asks() -> None:
    case = mediated_case().at("bargaining")
    statement = case.do("mediator", c.ProposeStatement, kind="shared-aim", text="To be done by May.")
    assert case.line("client")[1] == "read-wordings"
    offer = case.do("handler", c.MakeOffer, terms="We repay a third.")
    assert case.line("client")[1] == "answer-offer"
    position = case.do("client", c.StatePosition, text="It came in June.")
    reflection = case.do("mediator", c.ReflectPosition, position=position, text="Easter mattered.")
    assert case.line("client")[1] == "answer-reflection"
    sharing = case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    assert case.line("client")[1] == "answer-sharing"
    scribed = case.do("mediator", c.ScribePosition, owner=person("client"), text="Nobody called.")
    assert case.line("client")[1] == "confirm-scribed"
    case.do("client", c.AnswerScribed, room="caucus-client", scribed=scribed, confirmed=True)
    case.do("client", c.RefuseSharing, room="caucus-client", sharing=sharing)
    case.do("client", c.AnswerReflection, reflection=reflection, heard=True)
    case.do("client", c.AnswerOffer, offer=offer, accepted=False)
    case.assent("client", statement)
    assert case.line("client") == ("stage-bargaining", "make-offer", True)


def test_the_line_says_nothing_of_a_caucus_with_the_other_side() -> None:
    case = mediated_case()
    before = case.line("handler")
    case.in_caucus("client")
    case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text="What if half?")
    assert case.line("handler") == before


def test_every_code_of_the_line_has_its_words_on_the_screen() -> None:
    source = "".join(inspect.getsource(one) for one in (lines, next_step))
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)) - {"follow-up"}
    codes |= {f"{kind}-{stage}" for kind in ("stage", "lead") for stage in STAGES}
    codes |= {f"ended-{outcome}" for outcome in get_args(Outcome)}
    words = WORDS.read_text()
    assert [code for code in sorted(codes) if f'"{code}"' not in words] == []
