"""The settlement's text as a paper shows it: blocks with their words, whatever the text holds. Pure.

A text is written together over a wire that takes anything which Yjs can hold, so nothing here is sure to be what an
editor of ours makes. No word is ever left out: what is not known is shown as the words in it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from mediation.papers.letters import Mend, is_blank

Json = Mapping[str, Any]
Block = dict[str, Any]
"""`{"t":"p"|"h","runs":[…]}`, `{"t":"clause","n":…,"blocks":[…]}`, `{"t":"ul"|"ol","items":[[block…]…]}` or
`{"t":"table","columns":…,"cells":[{"x","y","colspan","rowspan","head","blocks"}]}`."""
Run = dict[str, Any]
"""`{"s":words,"b":bold,"i":italic,"href":address or None}`, or `{"br":true}` for the end of a line."""

_SAFE_LINK: Final = re.compile(r"(?:https://|mailto:)[!-~]{1,1990}", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_DEEPEST_LIST: Final = 5
_MOST_COLUMNS: Final = 10
_HIGHEST_NUMBER: Final = 9999


def blocks(node: Json, mend: Mend) -> list[Block]:
    """The blocks of a `doc`, its clauses numbered in their order."""
    found: list[Block] = []
    number = 0
    for child in _children(node):
        if child.get("type") == "clause":
            number += 1
            found.append({"t": "clause", "n": number, "blocks": _all(child, mend, 0)})
        else:
            found += _block(child, mend, 0)
    return found


def words(text: str, mend: Mend) -> list[Run]:
    """A text that stands by itself, such as a name."""
    return _runs(text, mend, bold=False, italic=False, href=None)


def reads_leftwards(text: str) -> bool:
    """Whether a text is read from right to left: as its first letter is."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _all(node: Json, mend: Mend, depth: int) -> list[Block]:
    found: list[Block] = []
    loose: list[Json] = []
    for child in _children(node):
        if child.get("type") in {"text", "hard_break"}:
            loose.append(child)
            continue
        if loose:
            found.append(_paragraph({"content": loose}, mend))
            loose = []
        found += _block(child, mend, depth)
    if loose:
        found.append(_paragraph({"content": loose}, mend))
    return found


def _block(node: Json, mend: Mend, depth: int) -> list[Block]:  # noqa: PLR0911 - one for each kind
    match node.get("type"):
        case "paragraph" | "text" | "hard_break":
            return [_paragraph(node if node.get("type") == "paragraph" else {"content": [node]}, mend)]
        case "heading":
            made = _paragraph(node, mend)
            if is_blank("".join(run.get("s", "") for run in made["runs"])):
                return [made]
            return [{**made, "t": "h", "level": _whole(_attrs(node).get("level"), 1, 3)}]
        case "bullet_list" | "ordered_list" as kind:
            items = [_all(child if child.get("type") == "list_item" else {"content": [child]}, mend, depth + 1)
                     for child in _children(node)]  # fmt: skip
            if not items:
                return []
            if depth >= _DEEPEST_LIST:  # there is no room for a further step to the side
                return [block for item in items for block in item]
            if kind == "bullet_list":
                return [{"t": "ul", "items": items}]
            return [{"t": "ol", "start": _whole(_attrs(node).get("order"), 0, _HIGHEST_NUMBER), "items": items}]
        case "table":
            return _table(node, mend, depth)
        case _:
            return _all(node, mend, depth)


def _paragraph(node: Json, mend: Mend) -> Block:
    runs = list(_inline(node, mend))
    return {"t": "p", "rtl": reads_leftwards("".join(run.get("s", "") for run in runs)), "runs": runs}


def _inline(node: Json, mend: Mend) -> Iterator[Run]:
    for child in _children(node):
        match child.get("type"):
            case "text":
                marks = {mark.get("type"): mark for mark in _list(child.get("marks"))}
                href = _attrs(marks.get("link", {})).get("href")
                yield from _runs(
                    str(child.get("text", "")),
                    mend,
                    bold="strong" in marks,
                    italic="em" in marks,
                    href=href if isinstance(href, str) and _SAFE_LINK.fullmatch(href) else None,
                )
            case "hard_break":
                yield {"br": True}
                yield from _inline(child, mend)
            case _:
                yield from _inline(child, mend)


def _runs(text: str, mend: Mend, *, bold: bool, italic: bool, href: str | None) -> list[Run]:
    runs: list[Run] = []
    for line in _LINE_END.split(text):
        if runs:
            runs.append({"br": True})
        runs.append(_run(mend(line.replace("\t", " ")), mend, bold=bold, italic=italic, href=href))
    return [run for run in runs if run.get("s") != ""]


def _table(node: Json, mend: Mend, depth: int) -> list[Block]:
    """A table whose cells fit; one that is wider than a page becomes lines of words."""
    rows = [_children(row) if row.get("type") == "table_row" else [row] for row in _children(node)]
    taken: set[tuple[int, int]] = set()
    cells: list[Block] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            attrs = _attrs(cell)
            wide = _whole(attrs.get("colspan"), 1, _MOST_COLUMNS)
            while any((x + across, y) in taken for across in range(wide)):
                wide -= 1
            high = min(_whole(attrs.get("rowspan"), 1, len(rows)), len(rows) - y)
            taken |= {(x + across, y + down) for across in range(wide) for down in range(high)}
            head = cell.get("type") == "table_header"
            inside = _children(cell) if cell.get("type") in {"table_cell", "table_header"} else [cell]
            cells.append({"x": x, "y": y, "colspan": wide, "rowspan": high, "head": head,
                          "blocks": _all({"content": inside}, mend, depth + 1)})  # fmt: skip
            x += wide
    columns = max((x + 1 for x, _ in taken), default=0)
    if columns > _MOST_COLUMNS or depth > 0:
        return [block for cell in cells for block in cell["blocks"]]
    return [{"t": "table", "columns": columns, "rows": len(rows), "cells": cells}] if cells else []


def _children(node: Json) -> list[Json]:
    return _list(node.get("content"))


def _list(value: object) -> list[Json]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [one for one in value if isinstance(one, Mapping)]


def _attrs(node: Json) -> Json:
    attrs = node.get("attrs")
    return attrs if isinstance(attrs, Mapping) else {}


def _whole(value: object, least: int, most: int) -> int:
    return min(max(value, least), most) if isinstance(value, int) and not isinstance(value, bool) else max(1, least)


def _run(shown: str, mend: Mend, *, bold: bool, italic: bool, href: str | None) -> Run:
    return {"s": shown, "b": bold, "i": italic, "href": href, "address": mend(href) if href is not None else ""}
