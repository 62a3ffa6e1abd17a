"""A settlement of 200 pages as a paper, beside WeasyPrint: the same text, typefaces and page furniture, as tagged
PDF/A-3a with the canonical JSON attached; each by a process of its own, start included.
"""

import asyncio
import html
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2

from mediation.papers import content
from mediation.papers.letters import FONTS
from mediation.papers.typesetting import typeset

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "tests" / "papers"))

from sources import AT, a_source, clause, doc, items, paragraph, table, text  # noqa: E402 - it lies beside the tests

PAGES = 200
CLAUSES = 920
ROUNDS = 3
WORDS = (
    "Larkspur Web GmbH pays Osteria Pirelli € 3,200.00 by 31 March 2027, in four parts of € 800.00 each, the first on "
    "15 January 2027. A part that is more than ten days late makes the whole of what is left due at once. Payment is "
    "to the account that Osteria Pirelli has named in writing; a change of it takes effect five working days after it "
    "was told. What is paid is counted against what is owed first, and against interest afterwards. "
)

Json = dict[str, Any]


def _settlement() -> Json:
    """A long settlement: clauses of paragraphs with emphasis, every fourth with a list, every sixth with a table."""
    clauses = []
    for number in range(CLAUSES):
        parts = [paragraph(text(WORDS), text("This is essential.", "strong"), text(" " + WORDS[:180], "em"))]
        if number % 4 == 0:
            parts.append(items("ordered_list", *(paragraph(text(f"Part {part}: {WORDS[:110]}")) for part in range(4))))
        if number % 6 == 0:
            parts.append(
                table(
                    ["Due on", "What", "To whom"],
                    *[[f"{day} May 2027", "€ 800.00", "Osteria Pirelli"] for day in (1, 15, 29)],
                )
            )
        one = clause(*parts)
        one["attrs"]["id"] = UUID(int=number).hex
        clauses.append(one)
    return doc(*clauses)


# ── the same as HTML ────────────────────────────────────────────────────────────────────────────────────────────────

_STYLE = """
@font-face { font-family: Noto; src: url(NotoSans-Regular.ttf) }
@font-face { font-family: Noto; src: url(NotoSans-Bold.ttf); font-weight: bold }
@font-face { font-family: Noto; src: url(NotoSans-Italic.ttf); font-style: italic }
@page { size: A4; margin: 28mm 25mm 28mm 28mm;
  @top-left { content: "TITLE"; font: 8pt Noto; border-bottom: .4pt solid #c9c2b6; width: 100% }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Noto } }
body { font: 10pt/1.3 Noto; color: #1c1b1a; hyphens: none } p { margin: 0 0 .7em } ol { padding-left: 2.1em }
table { border-collapse: collapse; width: 100%; margin: .8em 0 }
td, th { border: .5pt solid #c9c2b6; padding: 6pt; text-align: left }
"""


def _html(node: Json, title: str) -> str:
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE.replace("TITLE", title)}</style>'
    body = f"<h1>{title}</h1><ol>{_inner(node)}</ol>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


_TAGS = {
    "clause": "li", "paragraph": "p", "ordered_list": "ol", "list_item": "li", "table": "table", "table_row": "tr",
    "table_cell": "td",
}  # fmt: skip


def _inner(node: Json) -> str:
    return "".join(map(_element, node.get("content", ())))


def _element(node: Json) -> str:
    if node["type"] == "text":
        words = html.escape(node["text"])
        for mark in node.get("marks", ()):
            words = f"<{mark['type']}>{words}</{mark['type']}>"
        return words
    tag = _TAGS[node["type"]]
    return f"<{tag}>{_inner(node)}</{tag}>"


# ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _timed(work: Callable[[], bytes]) -> tuple[bytes, dict[str, float]]:
    """What it makes, its wall time, and the processor time of this process and the children it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    began = time.perf_counter()
    made = work()
    took = time.perf_counter() - began
    now = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        for before, after in zip(used, now, strict=True)
    )
    return made, {"seconds": took, "cpu_seconds": cpu}


def _ours(node: Json, attached: bytes) -> bytes:
    source = a_source(node, title="A long settlement")
    return asyncio.run(typeset("settlement", lambda mend: content.settlement(source, "en", mend), AT, attached))


def _theirs(page: str, attached: Path, folder: Path) -> bytes:
    out = folder / "theirs.pdf"
    program = [sys.executable, str(HERE / "weasyprint_paper.py"), f"{FONTS}/", str(out), str(attached)]
    subprocess.run(program, input=page, text=True, check=True, stderr=subprocess.DEVNULL)
    return out.read_bytes()


def _figures(runs: list[dict[str, float]], made: bytes) -> dict[str, float]:
    found = {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0]}
    return {**found, "pages": len(pypdfium2.PdfDocument(made)), "kilobytes": round(len(made) / 1000)}


def run() -> dict[str, Any]:
    """Measure and return the figures, in seconds. Where the peer cannot run, it says why in its place."""
    node = _settlement()
    attached = json.dumps(node).encode()
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="mb-") as name:
        folder = Path(name)
        (folder / "settlement.json").write_bytes(attached)
        page = _html(node, "A long settlement")
        our_pdf = their_pdf = b""
        why = ""
        # In turns, so that a busy moment of the machine falls on both; theirs once, because it is long.
        for turn in range(ROUNDS):
            our_pdf, figures = _timed(lambda: _ours(node, attached))
            ours.append(figures)
            if turn == 0:
                try:
                    their_pdf, figures = _timed(lambda: _theirs(page, folder / "settlement.json", folder))
                    theirs.append(figures)
                except subprocess.CalledProcessError:
                    why = "not measured: WeasyPrint does not start here; it needs Pango from the system"
    found: dict[str, Any] = {
        "work": f"a settlement of {CLAUSES} clauses as tagged PDF/A-3a with its JSON attached, process start included; "
        f"ours the median of {ROUNDS}, theirs once in the same run",
        "portal": _figures(ours, our_pdf),
        "weasyprint": _figures(theirs, their_pdf) if theirs else why,
    }
    if theirs:
        found["peer"] = f"WeasyPrint {version('weasyprint')} from PyPI"
        found["portal_is_faster_by"] = round(theirs[0]["seconds"] / found["portal"]["seconds"], 1)
    if found["portal"]["pages"] < PAGES:
        raise RuntimeError(f"the paper has only {found['portal']['pages']} pages")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
