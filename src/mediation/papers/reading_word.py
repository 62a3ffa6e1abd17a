"""A Word file as a settlement's text: what stands in it and how it is built, and nothing that it could do.

Only `word/document.xml`, its styles and its numbering are looked at, in bounded pieces, by a parser that follows no
entity, no relation and no macro. What comes out is ProseMirror JSON of the settlement's schema.
"""

import asyncio
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final
from uuid import uuid4

from lxml import etree  # type: ignore[import-untyped]

from mediation.papers.wire import LeftOut, Unread

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_FILES: Final = 2_000
_MOST_XML: Final = 12 << 20  # bytes of one part, unpacked
_MOST_BLOCKS: Final = 4_000
_MOST_CHARACTERS: Final = 400_000
_MOST_COLUMNS: Final = 20
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER: Final = re.compile(r"^\s*(?:§\s*)?\d{1,3}[.)](?:\s+|$)")
_HEADING: Final = re.compile(r"(?:heading|überschrift|berschrift|titre|título)\s*([1-9])", re.IGNORECASE)

_UNREAD: Final[tuple[tuple[Unread, tuple[str, ...]], ...]] = (
    ("notes", ("footnoteReference", "endnoteReference")),
    ("comments", ("commentReference",)),
    ("deleted", ("del", "moveFrom")),
    ("headers", ("headerReference", "footerReference")),
    ("links", ("hyperlink",)),
)

Node = dict[str, Any]


class NotReadable(ValueError):  # noqa: N818 - reads as the sentence it is
    """This is no Word file, or one that we do not open."""


class TooMuch(ValueError):  # noqa: N818
    """There is more in it than in any settlement."""


async def read_word(content: bytes) -> tuple[Node, list[LeftOut]]:
    """The file as a `doc`, and what was left out of it. Raises NotReadable and TooMuch. Ids of clauses are fresh."""
    return await asyncio.to_thread(_read, content)


def _read(content: bytes) -> tuple[Node, list[LeftOut]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_FILES:
                raise TooMuch
            document = _part(archive, "word/document.xml")
            if document is None:
                raise NotReadable
            styles, numbering = _part(archive, "word/styles.xml"), _part(archive, "word/numbering.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, OverflowError, LookupError) as broken:
        raise NotReadable from broken
    body = document.find(f"{_W}body")
    if body is None:
        raise NotReadable
    return _Reading(_style_names(styles), _bullets(numbering)).document(body), _left_out(body)


def _left_out(body: Any) -> list[LeftOut]:  # noqa: ANN401 - an element
    def count(*tags: str) -> int:
        return sum(1 for tag in tags for _ in body.iter(f"{_W}{tag}"))

    # A newer file holds each picture a second time, for older readers.
    found: list[tuple[Unread, int]] = [("pictures", max(count("drawing"), count("pict")))]
    found += [(what, count(*tags)) for what, tags in _UNREAD]
    return [LeftOut(what, times) for what, times in found if times > 0]


def _part(archive: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 0x1:
        raise NotReadable
    if info.file_size > _MOST_XML:
        raise TooMuch
    with archive.open(info) as file:
        xml = file.read(_MOST_XML + 1)
    if len(xml) > _MOST_XML:
        raise TooMuch
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise NotReadable
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise NotReadable from broken


def _style_names(styles: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    if styles is None:
        return {}
    named = ((style.get(f"{_W}styleId"), style.find(f"{_W}name")) for style in styles.iter(f"{_W}style"))
    return {key: name.get(f"{_W}val") or "" for key, name in named if key and name is not None}


def _bullets(numbering: Any) -> dict[tuple[str, str], bool]:  # noqa: ANN401 - as above
    """For each numbering and level whether it draws a sign instead of a number."""
    if numbering is None:
        return {}
    abstract: dict[str, dict[str, bool]] = {}
    for one in numbering.iter(f"{_W}abstractNum"):
        levels = {level.get(f"{_W}ilvl") or "0": _value(level, "numFmt") == "bullet" for level in one.iter(f"{_W}lvl")}
        abstract[one.get(f"{_W}abstractNumId") or ""] = levels
    found: dict[tuple[str, str], bool] = {}
    for one in numbering.iter(f"{_W}num"):
        for level, is_bullet in abstract.get(_value(one, "abstractNumId") or "", {}).items():
            found[one.get(f"{_W}numId") or "", level] = is_bullet
    return found


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401 - as above
    found = element.find(f"{_W}{name}")
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


class _Reading:
    """One file being read: paragraphs become blocks, and blocks that are numbered at the margin become clauses."""

    def __init__(self, styles: dict[str, str], bullets: dict[tuple[str, str], bool]) -> None:
        self._styles = styles
        self._bullets = bullets
        self._blocks = 0
        self._characters = 0

    def document(self, body: Any) -> Node:  # noqa: ANN401 - an element
        blocks: list[Node] = []
        for element in _blocks_of(body):
            self._count()
            if element.tag == f"{_W}tbl":
                table = self._table(element)
                if table is not None:
                    (blocks[-1]["content"] if blocks and blocks[-1]["type"] == "clause" else blocks).append(table)
                continue
            self._paragraph(element, blocks)
        return {"type": "doc", "content": blocks or [{"type": "paragraph"}]}

    def _paragraph(self, element: Any, blocks: list[Node]) -> None:  # noqa: ANN401 - as above
        inline = self._inline(element)
        if not inline:
            return
        level = self._heading(element)
        if level is not None:
            blocks.append({"type": "heading", "attrs": {"level": level}, "content": inline})
            return
        kind, depth = self._numbered(element)
        if kind == "number" and depth == 0:
            blocks.append(_clause(inline))
        elif kind is None and (bare := _without_number(inline)) is not None:
            blocks.append(_clause(bare))
        elif kind is not None:
            home = blocks[-1]["content"] if blocks and blocks[-1]["type"] == "clause" else blocks
            _add_item(home, "bullet_list" if kind == "bullet" else "ordered_list", inline)
        else:
            blocks.append({"type": "paragraph", "content": inline})

    def _heading(self, element: Any) -> int | None:  # noqa: ANN401 - as above
        properties = element.find(f"{_W}pPr")
        style = None if properties is None else _value(properties, "pStyle")
        if style is None:
            return None
        name = self._styles.get(style, style)
        if name.casefold() == "title":
            return 1
        found = _HEADING.search(name)
        return min(int(found[1]), 3) if found else None

    def _numbered(self, element: Any) -> tuple[str | None, int]:  # noqa: ANN401 - as above
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return None, 0
        numbering = properties.find(f"{_W}numPr")
        if numbering is not None:
            number, level = _value(numbering, "numId") or "0", _value(numbering, "ilvl") or "0"
            if number != "0":
                is_bullet = self._bullets.get((number, level), False)
                return ("bullet" if is_bullet else "number"), int(level) if level.isdecimal() and len(level) < 3 else 0  # noqa: PLR2004
        name = self._styles.get(_value(properties, "pStyle") or "", "").casefold()
        if name.startswith("list bullet"):
            return "bullet", 0
        return ("number", 0 if name == "list number" else 1) if name.startswith("list number") else (None, 0)

    def _table(self, element: Any) -> Node | None:  # noqa: ANN401 - as above
        rows: list[Node] = []
        for row in element.findall(f"{_W}tr"):
            cells: list[Node] = []
            for cell in row.findall(f"{_W}tc")[:_MOST_COLUMNS]:
                self._count()
                paragraphs = [
                    {"type": "paragraph", **({"content": inline} if (inline := self._inline(one)) else {})}
                    for one in cell.iter(f"{_W}p")
                ]
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                wide = (span.get(f"{_W}val") or "1") if span is not None else "1"
                columns = min(int(wide[:3]), _MOST_COLUMNS) if wide.isascii() and wide.isdecimal() else 1
                attrs = {"colspan": columns, "rowspan": 1}
                content = paragraphs or [{"type": "paragraph"}]
                cells.append({"type": "table_cell", "attrs": attrs, "content": content})
            if cells:
                rows.append({"type": "table_row", "content": cells})
        return {"type": "table", "content": rows} if rows else None

    def _inline(self, paragraph: Any) -> list[Node]:  # noqa: ANN401 - as above
        """The words of a paragraph, with bold and italic; deleted ones are not among them."""
        nodes: list[Node] = []
        for run in paragraph.iter(f"{_W}r"):
            marks = [{"type": name} for name, tag in (("em", "i"), ("strong", "b")) if _is_on(run, tag)]
            for piece in run:
                if piece.tag == f"{_W}t":
                    self._add(nodes, piece.text or "", marks)
                elif piece.tag in {f"{_W}tab", f"{_W}noBreakHyphen"}:
                    self._add(nodes, " " if piece.tag == f"{_W}tab" else "\u2011", marks)
                elif piece.tag in {f"{_W}br", f"{_W}cr"} and piece.get(f"{_W}type") in {None, "textWrapping"}:
                    nodes.append({"type": "hard_break"})
        while nodes and nodes[-1]["type"] == "hard_break":
            nodes.pop()
        return nodes if any(node["type"] == "text" and node["text"].strip() for node in nodes) else []

    def _add(self, nodes: list[Node], text: str, marks: list[Node]) -> None:
        text = _UNSEEN.sub("", text)
        self._characters += len(text)
        if self._characters > _MOST_CHARACTERS:
            raise TooMuch
        if not text:
            return
        last = nodes[-1] if nodes else None
        if last is not None and last["type"] == "text" and last.get("marks", []) == marks:
            last["text"] += text
        else:
            nodes.append({"type": "text", "text": text, **({"marks": marks} if marks else {})})

    def _count(self) -> None:
        self._blocks += 1
        if self._blocks > _MOST_BLOCKS:
            raise TooMuch


def _blocks_of(body: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Paragraphs and tables in their order, also those that lie in a content control."""
    for element in body:
        if element.tag in {f"{_W}p", f"{_W}tbl"}:
            yield element
        elif element.tag == f"{_W}sdt":
            inside = element.find(f"{_W}sdtContent")
            if inside is not None:
                yield from (one for one in inside if one.tag in {f"{_W}p", f"{_W}tbl"})


def _is_on(run: Any, tag: str) -> bool:  # noqa: ANN401 - as above
    properties = run.find(f"{_W}rPr")
    found = None if properties is None else properties.find(f"{_W}{tag}")
    return found is not None and found.get(f"{_W}val") not in {"0", "false", "none"}


def _clause(inline: list[Node]) -> Node:
    return {"type": "clause", "attrs": {"id": uuid4().hex}, "content": [{"type": "paragraph", "content": inline}]}


def _without_number(inline: list[Node]) -> list[Node] | None:
    """The words behind a typed number, if there is one before them."""
    first = inline[0]
    found = _NUMBER.match(first.get("text", ""))
    if found is None:
        return None
    rest = first["text"][found.end() :]
    bare = [*([{**first, "text": rest}] if rest else []), *inline[1:]]
    return bare or None


def _add_item(home: list[Node], kind: str, inline: list[Node]) -> None:
    item = {"type": "list_item", "content": [{"type": "paragraph", "content": inline}]}
    if home and home[-1]["type"] == kind:
        home[-1]["content"].append(item)
    else:
        attrs = {"attrs": {"order": 1}} if kind == "ordered_list" else {}
        home.append({"type": kind, **attrs, "content": [item]})
