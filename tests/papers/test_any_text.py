"""Whatever a person can type can be printed, in any script and however it is built."""

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation.papers import content, typesetting
from mediation.papers.letters import Mend, drawable, plainly_drawable
from mediation.papers.references import with_references
from mediation.papers.shape import blocks
from mediation.papers.typesetting import CannotTypeset, typeset
from mediation.papers.word import mended, word_file
from papers.sources import AT, a_source, clause, doc, paragraph, text

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
BUDGET = int(os.environ.get("PAPERS_EXAMPLES") or (2_000 if IS_SOAK else 12))
LONG = pytest.mark.timeout(7_200 if BUDGET > 100 else 120)
SLOW = settings(max_examples=BUDGET, deadline=None, suppress_health_check=list(HealthCheck))

anything = st.text(st.characters(), max_size=60)
"""All of Unicode, halves of surrogate pairs and controls included."""
attributes = st.none() | st.integers() | st.booleans() | anything | st.lists(st.integers(), max_size=2)


def _nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    kinds = ["paragraph", "heading", "clause", "clause_ref", "bullet_list", "ordered_list", "list_item", "table"]
    names = ["level", "order", "colspan", "rowspan", "clause", "id"]
    return st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                [*kinds, "table_row", "table_cell", "table_header", "hard_break", "something else"]
            ),
            "content": st.lists(inner, max_size=4),
        },
        optional={"attrs": st.dictionaries(st.sampled_from(names), attributes)},
    )


_links = st.fixed_dictionaries({"type": st.just("link"), "attrs": st.fixed_dictionaries({"href": anything})})
_marks = st.sampled_from([{"type": "strong"}, {"type": "em"}]) | _links
_texts = st.fixed_dictionaries(
    {"type": st.just("text"), "text": anything}, optional={"marks": st.lists(_marks, max_size=3)}
)
trees = st.recursive(_texts, _nodes, max_leaves=25)


async def printed(node: dict[str, Any]) -> bytes:
    source = a_source(node)
    return await typeset("draft", lambda mend: content.draft(source, "en", mend, AT), AT)


def in_word(node: dict[str, Any]) -> bytes:
    return word_file(content.draft(a_source(node), "de", mended, AT), AT, is_draft=True)


@pytest.mark.soak
@LONG
@SLOW
@given(st.lists(anything, min_size=1, max_size=8))
def test_any_text_is_printed_and_written_as_a_word_file(texts: list[str]) -> None:
    node = doc(*(clause(paragraph(text(one, "strong"), text(one))) for one in texts))
    assert asyncio.run(printed(node)).startswith(b"%PDF-")
    Document(BytesIO(in_word(node)))


@pytest.mark.soak
@LONG
@SLOW
@given(st.lists(trees, max_size=5))
def test_a_text_that_no_editor_makes_is_printed_and_written_as_a_word_file(found: list[dict[str, Any]]) -> None:
    node = {"type": "doc", "content": found}
    assert asyncio.run(printed(node)).startswith(b"%PDF-")
    Document(BytesIO(in_word(node)))


@settings(max_examples=200, deadline=None)
@given(st.lists(trees, max_size=5))
def test_no_word_is_left_out(found: list[dict[str, Any]]) -> None:
    shown = _letters(blocks(with_references({"type": "doc", "content": found}, "", "en"), lambda one: one))
    for one in _texts_in(found):
        assert "".join(one.split()) in shown


def test_what_no_font_has_is_written_by_its_number_and_so_is_what_turns_the_order_around() -> None:
    assert drawable("a\x07b\u202e1\ue000") == "a[U+0007]b[U+202E]1[U+E000]"
    known = "Grüße, Привет, שלום, مرحبا, नमस्ते, สวัสดี, Գրիգոր, 简体, 繁體, かなカナ漢字, 한국어, ﾊﾝｶｸ, 㐂"
    assert drawable(known) == known
    assert drawable("я\u0e31") == "я[U+0E31]", "a vowel sign on a letter of another script"
    assert drawable("\u1112\u1161\u11ab\u1100\u1173\u11af.pdf") == "한글.pdf", "as some systems write file names"
    assert plainly_drawable("नमः") == "[U+0928][U+092E][U+0903]"


async def test_where_letters_cannot_be_joined_the_paper_is_set_once_more_in_plain_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    once = typesetting._typeset

    async def stubborn(jobs: Sequence[typesetting.Job], mend: Mend) -> list[bytes]:
        tried.append(str(jobs[0].data(mend)["blocks"]))
        if len(tried) == 1:
            raise CannotTypeset("no glyph")
        return await once(jobs, mend)

    monkeypatch.setattr(typesetting, "_typeset", stubborn)
    assert (await printed(doc(clause(paragraph(text("नमस्ते")))))).startswith(b"%PDF-")
    assert "नमस्ते" in tried[0]
    assert "[U+0928]" in tried[1]


async def test_a_heading_in_which_nothing_is_seen_stops_no_paper() -> None:
    blank = [{"type": "heading", "content": [text(one)]} for one in (" ", "\u3000", "\u200b", "\u200e\u200f")]
    assert (await printed(doc(*blank))).startswith(b"%PDF-")


async def test_the_same_text_makes_the_same_bytes_and_shows_its_hash() -> None:
    node = doc(clause(paragraph(text("The studio repays EUR 940.00. مرحبا"))))
    first, second = await printed(node), await printed(node)
    assert first == second
    assert in_word(node) == in_word(node)


async def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_PATIENCE", timedelta(milliseconds=1))
    with pytest.raises(CannotTypeset, match="too long"):
        await printed(doc())


def _letters(found: Any) -> str:
    match found:
        case {"s": words}:
            return "".join(str(words).split())
        case dict():
            return "".join(_letters(found[key]) for key in ("runs", "blocks", "items", "cells") if key in found)
        case list():
            return "".join(map(_letters, found))
        case _:
            return ""


def _texts_in(found: Any) -> list[str]:
    if isinstance(found, list):
        return [one for node in found for one in _texts_in(node)]
    return [found["text"]] if found.get("type") == "text" else _texts_in(found["content"])
