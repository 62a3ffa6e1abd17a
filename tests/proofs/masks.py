"""What may differ between two worlds that are to look alike: everything else is compared byte by byte."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from typing import Any

import httpx
import pypdfium2  # type: ignore[import-untyped]
from docx import Document
from pycrdt import Doc, XmlFragment

from mediation.drafting import wire

# Header: why it says nothing about the case.
HEADERS = {
    "date": "the wall clock of the machine",
    "set-cookie": "a secret that the portal draws at random",
}
# Pattern in a body: what takes its place, and why it says nothing about the case.
SECRETS: tuple[tuple[str, str, str], ...] = (
    (r'("link":"[^"#]*#)[^"]+', r"\1…", "a token that the portal draws at random"),
    (r'("checkpoint_sha256":")[0-9a-f]{64}', r"\1…", "covers the blinded slots of rooms that are not the reader's"),
    (r'("notice":")[0-9a-f]{32}', r"\1…", "drawn at random"),
    (r'("token":")[^"]+', r"\1…", "a token that the portal draws at random"),
)


_FORM = "documents/custodian_"
_CHECKPOINT_HASH = re.compile("(?:(?<=Hashofthecheckpoint)|(?<=HashwertdesPrüfpunkts))[0-9a-f]{64}")


def document_frames(frames: Iterable[bytes]) -> list[object]:
    """Frames of the documents' socket, each update as the text that it makes and each state vector as its counters.

    The library draws at random under which number a writer writes, the portal itself as every browser: it stands
    before each piece of an update, and the pieces of several writers stand in the order of these numbers.
    """
    return [_document_frame(frame) for frame in frames]


def _document_frame(frame: bytes) -> object:
    address, at = wire.read_var_string(frame, 0)
    if frame[at] != wire.Type.SYNC:
        return frame
    content, _ = wire.read_var_bytes(frame, at + 2)
    if frame[at + 1] == 0:
        return address, "state", _counters(content)
    doc: Doc[Any] = Doc()
    doc["prosemirror"] = shown = XmlFragment()
    doc.apply_update(content)
    return address, frame[at + 1], str(shown)


def _counters(vector: bytes) -> list[int]:
    writers, at = wire.read_var_uint(vector, 0)
    counters = []
    for _ in range(writers):
        _, at = wire.read_var_uint(vector, at)
        counter, at = wire.read_var_uint(vector, at)
        counters.append(counter)
    return sorted(counters)


Comparable = tuple[int, tuple[tuple[str, str], ...], bytes]


def comparable(answer: httpx.Response) -> Comparable:
    """An answer as two worlds must have it alike: status, every header, every byte, but for what is listed here."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in HEADERS]
    body = answer.content
    if answer.headers.get("content-type") == "application/zip":
        body = bundle(body)
        # Packed, random bytes have no fixed length; what is packed is compared file by file.
        headers = [(name, value) for name, value in headers if name != "content-length"]
    for pattern, instead, _ in SECRETS:
        body = re.sub(pattern.encode(), instead.encode(), body)
    return answer.status_code, tuple(headers), body


def bundle(packed: bytes) -> bytes:
    """The files of a bundle in their order, blinded slots apart, and what is computed from them."""
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    opened = [json.loads(line) for line in files["openings.jsonl"].splitlines()]
    shown = {(line["checkpoint"], line["slot"]) for line in opened}
    masks: dict[str, Callable[[bytes], bytes]] = {
        "checkpoints.jsonl": lambda content: _checkpoints(content, shown),
        # It signs the manifest, which holds the hash of the checkpoints.
        "manifest.sig": lambda _content: b"",
        "manifest.json": _manifest,
        # They print the newest checkpoint's hash, which covers the blinded slots.
        **{name: partial(_form, name) for name in files if name.startswith(_FORM)},
    }
    return b"\n".join(name.encode() + b"\n" + masks.get(name, bytes)(content) for name, content in files.items())


def _checkpoints(content: bytes, shown: set[tuple[int, int]]) -> bytes:
    lines = []
    for text in content.splitlines():
        line: dict[str, Any] = json.loads(text)
        sealed = json.loads(line["k"])
        # A slot hides its room's length and head behind random bytes; only those whose opening is shipped are read.
        sealed["slots"] = [s if (sealed["n"], n) in shown else "blinded" for n, s in enumerate(sealed["slots"])]
        # Both cover the blinded slots.
        sealed["prev"], line["sig"] = "…", "…"
        lines.append(json.dumps({**line, "k": sealed}))
    return "\n".join(lines).encode()


def _form(name: str, content: bytes) -> bytes:
    """The words of a custodian's form, without that hash."""
    if name.endswith(".pdf"):
        words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    else:
        form = Document(BytesIO(content))
        words = "".join(cell.text for table in form.tables for row in table.rows for cell in row.cells)
    return _CHECKPOINT_HASH.sub("…", "".join(words.split())).encode()


def _manifest(content: bytes) -> bytes:
    manifest = json.loads(content)
    for file in manifest["files"]:
        if file["name"] == "checkpoints.jsonl" or file["name"].startswith(_FORM):
            file["sha256"], file["len"] = "…", 0
    return json.dumps(manifest).encode()
