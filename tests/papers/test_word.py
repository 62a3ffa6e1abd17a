"""A text goes to Word and comes back; a Word file of somebody else's is read for its words and does nothing."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from mediation.drafting.building import build
from mediation.papers import content
from mediation.papers.reading_word import NotReadable, TooMuch, read_word
from mediation.papers.word import mended, word_file
from papers.sources import AT, Node, a_source, clause, doc, items, paragraph, table, text
from word_files import a_word_file

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def words(node: Node) -> str:
    return node["text"] if node["type"] == "text" else "".join(map(words, node.get("content", ())))


def kinds(node: Node) -> list[str]:
    return [one["type"] for one in node["content"]]


def test_a_settlement_in_word_has_its_clauses_lists_tables_and_right_to_left_text() -> None:
    leftwards = "يسدد الاستوديو مبلغ 940 يورو"
    link = {**text("the invoice"), "marks": [{"type": "link", "attrs": {"href": "https://example.org/a"}}]}
    node = doc(
        clause(
            paragraph(text("The studio repays "), text("EUR 940", "strong"), text(".")),
            items("bullet_list", paragraph(link)),
        ),
        clause(paragraph(text(leftwards))),
        clause(paragraph(text("Dates")), table(["What", "When"], ["Money", "Monday"])),
    )
    made = word_file(content.settlement(a_source(node), "en", mended), AT, is_draft=False)
    opened = Document(BytesIO(made))
    shown = [one.text for one in opened.paragraphs]
    assert [one for one in shown if one.startswith(("1.\t", "2.\t", "3.\t"))] == [
        "1.\tThe studio repays EUR 940.",
        f"2.\t{leftwards}",
        "3.\tDates",
    ]
    assert "•\tthe invoice" in shown
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["Money", "Monday"]
    (arabic,) = (one for one in opened.paragraphs if leftwards in one.text)
    assert "<w:bidi/>" in arabic._p.xml
    assert [one.text for one in next(p for p in opened.paragraphs if "940." in p.text).runs if one.bold] == ["EUR 940"]


async def test_a_word_file_becomes_headings_clauses_lists_and_tables_of_the_settlements_schema() -> None:
    document = Document()
    document.add_heading("Settlement", level=1)
    document.add_paragraph("What led to it.")
    paid = document.add_paragraph(style="List Number")
    paid.add_run("The studio pays ")
    paid.add_run("EUR 940").bold = True
    document.add_paragraph("by Monday", style="List Bullet")
    document.add_paragraph("2. Each side bears its costs.")
    made = document.add_table(rows=1, cols=2)
    made.cell(0, 0).text, made.cell(0, 1).text = "What", "When"
    out = BytesIO()
    document.save(out)
    node, _ = await read_word(out.getvalue())
    assert kinds(node) == ["heading", "paragraph", "clause", "clause"]
    first, second = node["content"][2:]
    assert kinds(first) == ["paragraph", "bullet_list"]
    assert first["content"][0]["content"][1] == {"type": "text", "text": "EUR 940", "marks": [{"type": "strong"}]}
    assert kinds(second) == ["paragraph", "table"]
    assert words(second) == "Each side bears its costs.WhatWhen"
    assert len({one["attrs"]["id"] for one in (first, second)}) == 2
    build(node)  # it could be written into a settlement, and would read the same


async def test_what_we_write_in_word_comes_back_as_the_same_clauses() -> None:
    node = doc(clause(paragraph(text("One."))), clause(paragraph(text("Two, "), text("firmly", "strong"), text("."))))
    made = word_file(content.draft(a_source(node), "en", mended, AT), AT, is_draft=True)
    back, _ = await read_word(made)
    assert [words(one) for one in back["content"] if one["type"] == "clause"] == ["One.", "Two, firmly."]


async def test_files_that_are_none_or_want_something_are_refused() -> None:
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {_W}><w:body>&e;</w:body></w:document>'
    for broken in (
        b"",
        b"PK\x05\x06" + bytes(18),
        a_word_file("x")[:500],
        packed(document=entity),
        packed(styles="<a/>"),
    ):
        with pytest.raises(NotReadable):
            await read_word(broken)


async def test_a_file_that_unpacks_without_end_is_refused_before_it_does() -> None:
    body = "<w:p/>" + " " * (40 << 20)
    with pytest.raises(TooMuch):
        await read_word(packed(document=f"<w:document {_W}><w:body>{body}</w:body></w:document>"))
    paragraph_of_ours = "<w:p><w:r><w:t>words</w:t></w:r></w:p>"
    with pytest.raises(TooMuch):
        await read_word(packed(document=f"<w:document {_W}><w:body>{paragraph_of_ours * 4_001}</w:body></w:document>"))


async def test_deleted_words_and_instructions_are_not_read_and_what_is_left_out_is_told() -> None:
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>INCLUDETEXT C:/secret</w:instrText></w:r></w:p>"
        "<w:p><w:hyperlink><w:r><w:t>, with a link</w:t></w:r></w:hyperlink>"
        "<w:r><w:drawing/><w:pict/><w:footnoteReference/></w:r></w:p>"
    )
    node, left_out = await read_word(packed(document=f"<w:document {_W}><w:body>{body}</w:body></w:document>"))
    assert words(node) == "kept, with a link"
    assert {one.what: one.count for one in left_out} == {"pictures": 1, "notes": 1, "deleted": 1, "links": 1}
