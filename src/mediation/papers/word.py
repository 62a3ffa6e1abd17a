"""The settlement's text as a Word file (.docx): to work on elsewhere, and proof of nothing."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from mediation.papers.letters import written_out
from mediation.papers.shape import Block, Run, words

_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
# What turns around the order of the words after it is shown, so that nobody reads another amount than was agreed.
_TURNS: Final = re.compile("[\u202a-\u202e]")
_NO_CHARACTER: Final = 0xFFFE
"""The last two numbers of every plane stand for none."""
_COLUMNS: Final = (46, 111)
_ROOM: Final = 9
"""Both in millimetres: how wide facts are, and how high a row in which somebody writes."""
_STEP: Final = 7
"""Millimetres to the side for each level of a list."""

Place = DocumentObject | _Cell


def mended(text: str) -> str:
    """Any text as a Word file can hold it."""
    shown = _NOT_XML.sub(lambda found: written_out(found[0]), text)
    shown = _TURNS.sub(lambda found: written_out(found[0]), shown)
    return "".join(written_out(one) if ord(one) & 0xFFFE == _NO_CHARACTER else one for one in shown)


def word_file(data: Mapping[str, Any], at: datetime, *, is_draft: bool) -> bytes:
    """What `content.settlement` or `content.draft` gave (with `mended`) as .docx; the same makes the same bytes."""
    document = Document()
    _dress(document, data, at)
    if is_draft:
        note = document.add_paragraph()
        note.add_run(data["words"]["draft"]).bold = True
        note.add_run(" " + data["words"]["draft-binds-nobody"])
    document.add_heading(data["title"], level=0)
    document.add_paragraph(data["heading"], style="Subtitle")
    for line in data["between"]:
        _runs(document.add_paragraph(), line)
    if data["prevails"]:
        _runs(document.add_paragraph(style="Caption"), data["prevails"])
    _blocks(document, data["blocks"], 0)
    if not is_draft:
        document.add_page_break()  # type: ignore[no-untyped-call]
    for part in data["parts"]:
        document.add_heading(part["heading"], level=2)
        _facts(document, part["lines"])
        for note in part["notes"]:
            document.add_paragraph(note, style="Caption")
    packed = io.BytesIO()
    document.save(packed)
    return _same_bytes(packed.getvalue())


def form_file(data: Mapping[str, Any], at: datetime) -> bytes:
    """What `dossier.custodian` gave (with `mended`) as .docx, to be filled in on a screen; the same, the same bytes."""
    document = Document()
    _dress(document, data, at)
    document.add_heading(data["title"], level=0)
    document.add_paragraph(data["heading"], style="Subtitle")
    for line in data["says"]:
        _runs(document.add_paragraph(), line)
    _blanks(document, data["who"])
    document.add_heading(data["states"]["heading"], level=2)
    for number, statement in enumerate(data["states"]["each"], 1):
        paragraph = document.add_paragraph(f"☐ {number}. {statement}")
        paragraph.paragraph_format.left_indent = Mm(_STEP)
        paragraph.paragraph_format.first_line_indent = Mm(-_STEP)
    for part in data["parts"]:
        document.add_heading(part["heading"], level=2)
        _facts(document, part["lines"])
        for note in part["notes"]:
            document.add_paragraph(note, style="Caption")
    _blanks(document, data["file"])
    document.add_heading(data["declares"]["heading"], level=2)
    document.add_paragraph(data["declares"]["text"])
    _blanks(document, {"blanks": data["declares"]["blanks"]})
    document.add_paragraph(data["words"]["unsealed"] + ".", style="Caption")
    packed = io.BytesIO()
    document.save(packed)
    return _same_bytes(packed.getvalue())


def pack_file(data: Mapping[str, Any], at: datetime) -> bytes:
    """What `pack.content` gave (with `mended`) as .docx, for an institution's own form; the same, the same bytes."""
    return _told(data, at, [data["warning"]] if data["warning"] else [])


def paper_file(data: Mapping[str, Any], at: datetime) -> bytes:
    """What `outcome.certificate` gave (with `mended`) as .docx, marked as a copy; the same, the same bytes."""
    return _told(data, at, [words(data["words"]["copy"], mended)])


def _told(data: Mapping[str, Any], at: datetime, before: Sequence[Sequence[Run]]) -> bytes:
    document = Document()
    _dress(document, data, at)
    document.add_heading(data["title"], level=0)
    document.add_paragraph(data["heading"], style="Subtitle")
    for line in before:
        _runs(document.add_paragraph(), line)
    for line in data["says"]:
        _runs(document.add_paragraph(), line)
    for part in data["parts"]:
        document.add_heading(part["heading"], level=2)
        if part["lines"]:
            _facts(document, part["lines"])
        for text in part.get("texts", ()):
            _runs(document.add_paragraph(), text)
        for note in part["notes"]:
            document.add_paragraph(note, style="Caption")
    packed = io.BytesIO()
    document.save(packed)
    return _same_bytes(packed.getvalue())


def _blanks(document: DocumentObject, asked: Mapping[str, Any]) -> None:
    """A table in which somebody writes."""
    if "heading" in asked:
        document.add_heading(asked["heading"], level=2)
    table = _two_columns(document, len(asked["blanks"]))
    for row, name in zip(table.rows, asked["blanks"], strict=True):
        row.height = Mm(_ROOM)
        row.cells[0].paragraphs[0].add_run(name)


def _dress(document: DocumentObject, data: Mapping[str, Any], at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(28),
        Mm(25),
        Mm(25),
        Mm(25),
    )
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        document.styles[name].font.color.rgb = RGBColor(0x1C, 0x1B, 0x1A)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = data["title"], "", ""
    properties.language = data["language"]
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)


def _blocks(place: Place, blocks: Sequence[Block], level: int) -> None:
    for block in blocks:
        match block["t"]:
            case "p":
                _paragraph(place, block, level)
            case "h":
                style = f"Heading {block['level']}"
                _runs(place.add_paragraph(style=style), block["runs"])
            case "clause":
                _numbered(place, f"{block['n']}.", block["blocks"], level)
            case "ul":
                for item in block["items"]:
                    _numbered(place, "•", item, level)
            case "ol":
                for number, item in enumerate(block["items"], block["start"]):
                    _numbered(place, f"({number})", item, level)
            case _:
                _table(place, block)


def _numbered(place: Place, sign: str, blocks: Sequence[Block], level: int) -> None:
    """Blocks with a number before the first: written, so that it reads the same wherever the file is opened."""
    first = blocks[0] if blocks and blocks[0]["t"] == "p" else {"t": "p", "rtl": False, "runs": []}
    _paragraph(place, first, level + 1, sign)
    _blocks(place, blocks[1:] if blocks and first is blocks[0] else blocks, level + 1)


def _paragraph(place: Place, block: Block, level: int, sign: str = "") -> None:
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    if level:
        shape.left_indent = Mm(_STEP * level)
    if sign:
        shape.first_line_indent = Mm(-_STEP)
        shape.tab_stops.add_tab_stop(Mm(_STEP * level))
        paragraph.add_run(sign + "\t")
    if block["rtl"]:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no word for it
        shape.alignment = WD_ALIGN_PARAGRAPH.LEFT  # which Word counts from where the line begins
    _runs(paragraph, block["runs"], rtl=block["rtl"])


def _runs(paragraph: Paragraph, runs: Sequence[Run], *, rtl: bool = False) -> None:
    for one in runs:
        if "br" in one:
            paragraph.add_run().add_break()
            continue
        run = paragraph.add_run(one["s"])
        run.bold, run.italic = one["b"] or None, one["i"] or None
        if rtl:
            run.font.rtl = True
        if one["href"] is not None:
            _link(paragraph, run._r, one["href"])  # noqa: SLF001 - as above
            run.font.underline = True


def _link(paragraph: Paragraph, run: Any, href: str) -> None:  # noqa: ANN401 - an element of lxml
    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run.addprevious(link)
    link.append(run)


def _table(place: Place, block: Block) -> None:
    if isinstance(place, DocumentObject):
        table = place.add_table(rows=block["rows"], cols=block["columns"])
        table.style = "Table Grid"
    else:
        table = place.add_table(rows=block["rows"], cols=block["columns"])
    for one in block["cells"]:
        cell = table.cell(one["y"], one["x"])
        if one["colspan"] > 1 or one["rowspan"] > 1:
            cell = cell.merge(table.cell(one["y"] + one["rowspan"] - 1, one["x"] + one["colspan"] - 1))
        _fill(cell, one["blocks"], is_head=one["head"])


def _fill(cell: _Cell, blocks: Sequence[Block], *, is_head: bool) -> None:
    empty = cell.paragraphs[0]
    _blocks(cell, blocks, 0)
    if len(cell.paragraphs) > 1:
        empty._p.getparent().remove(empty._p)  # noqa: SLF001 - as above
    if is_head:
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.bold = True


def _two_columns(document: DocumentObject, rows: int) -> Table:
    """What it is, and what it says: as wide as the page allows, however long the words are."""
    table: Table = document.add_table(rows=rows, cols=2)
    table.style, table.autofit = "Table Grid", False
    for row in table.rows:
        for cell, width in zip(row.cells, _COLUMNS, strict=True):
            cell.width = Mm(width)
    return table


def _facts(document: DocumentObject, lines: Sequence[Mapping[str, Any]]) -> None:
    table = _two_columns(document, len(lines))
    for row, line in zip(table.rows, lines, strict=True):
        row.cells[0].paragraphs[0].add_run(line["name"])
        if line["hex"]:
            for run in line.get("above", ()):
                row.cells[1].paragraphs[0].add_run(run.get("s", "\n"))
            if line.get("above"):
                row.cells[1].paragraphs[0].add_run().add_break()
            row.cells[1].paragraphs[0].add_run(line["value"]).font.name = "Courier New"
        else:
            _runs(row.cells[1].paragraphs[0], line["runs"])


def _same_bytes(packed: bytes) -> bytes:
    """The same file without the time at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, source.read(name))
    return out.getvalue()
