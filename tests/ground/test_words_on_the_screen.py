"""A refusal reads on the screen as the rules put it: the browser has their words a second time, to translate them."""

import re
from collections.abc import Iterator

from chromium import ROOT
from mediation.case.refusals import Refusal

WORDS = re.compile(r'"([a-z0-9-]+)": \[\s*msg`([^`]*)`,\s*msg`([^`]*)`,?\s*\]')


def kinds_of(refusal: type[Refusal]) -> Iterator[type[Refusal]]:
    """Every refusal that is ever raised: those of which there are no further kinds."""
    for kind in refusal.__subclasses__():
        yield from kinds_of(kind)
    if not refusal.__subclasses__():
        yield refusal


def test_every_refusal_of_the_case_reads_in_the_browser_as_in_the_rules() -> None:
    source = (ROOT / "frontend" / "src" / "text" / "refusals.ts").read_text()
    on_screen = {code: (title, next_step) for code, title, next_step in WORDS.findall(source)}
    in_the_rules = {kind().code: (kind.title, kind.next_step) for kind in kinds_of(Refusal)}
    assert len(in_the_rules) > 60
    assert {code: on_screen.get(code) for code in in_the_rules} == in_the_rules
