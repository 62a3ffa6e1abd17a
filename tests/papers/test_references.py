"""References, amounts and dates of a settlement, as its papers show them; and the language that prevails."""

import json
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from docx import Document
from msgspec.structs import replace

from mediation.papers import content
from mediation.papers.references import with_references
from mediation.papers.typesetting import typeset
from mediation.papers.word import mended, word_file
from papers.sources import AT, Node, a_source, clause, doc, paragraph, text


def reference(to: str | None) -> Node:
    return {"type": "clause_ref", "attrs": {"clause": to} if to is not None else {}}


def marked(words: str, kind: str, **attrs: object) -> Node:
    return {**text(words), "marks": [{"type": kind, "attrs": attrs}]}


def a_text() -> Node:
    pays = clause(
        paragraph(
            text("The studio pays "),
            marked("EUR 940.00", "amount", minor=94_000, currency="EUR"),
            text(" by "),
            marked("31 March 2027", "date", on="2027-03-31"),
            text("."),
        )
    )
    then = clause(paragraph(text("After what "), reference(pays["attrs"]["id"]), text(" says, nothing is owed.")))
    lost = clause(paragraph(text("See "), reference("0" * 32), text(".")))
    return doc(pays, then, lost)


def in_word(node: Node, language: str = "") -> list[str]:
    source = replace(a_source(node), language=language)
    made = word_file(content.settlement(source, "en", mended), AT, is_draft=False)
    return [one.text for one in Document(BytesIO(made)).paragraphs]


async def in_pdf(node: Node, language: str = "") -> str:
    source = replace(a_source(node), language=language)
    pdf = await typeset("settlement", lambda mend: content.settlement(source, "en", mend), AT)
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


async def test_a_reference_is_read_by_the_number_of_its_clause_and_marked_words_as_words() -> None:
    printed = await in_pdf(a_text())
    for shown in (" ".join(in_word(a_text())), printed):
        assert "pays EUR 940.00 by 31 March 2027." in shown
        assert "After what clause 1 says" in shown
        assert "See [a clause that is not in this text]." in shown


def test_a_reference_follows_its_clause_when_others_come_before_it() -> None:
    node = a_text()
    node["content"].insert(0, clause(paragraph(text("First of all."))))
    assert "3.\tAfter what clause 2 says, nothing is owed." in in_word(node)


def test_in_a_text_of_a_known_language_references_are_words_of_that_text() -> None:
    assert "2.\tAfter what Klausel 1 says, nothing is owed." in in_word(a_text(), "de-AT")
    assert "2.\tAfter what clause 1 says, nothing is owed." in in_word(a_text(), "pl")


async def test_papers_say_which_language_prevails_and_nothing_where_nobody_said() -> None:
    said = await in_pdf(a_text(), "pl")
    assert "Language of the text: Polish; it prevails over every translation." in said
    assert said.count("it prevails over every translation") == 2, "under the parties, and on the certificate page"
    assert "Language of the text: Polish; it prevails over every translation." in in_word(a_text(), "pl")
    assert "prevails" not in await in_pdf(a_text())


def test_what_no_editor_makes_of_a_reference_is_shown_and_harms_nothing() -> None:
    for odd in ({"clause": 7}, {"clause": ["x"]}, None, "clause"):
        node = doc(clause(paragraph({"type": "clause_ref", "attrs": odd})))
        shown = json.dumps(with_references(node, "", "en"))
        assert "[a clause that is not in this text]" in shown
