# ruff: noqa: INP001 - a script, not part of a package
"""Writes the published test vectors beside this file: `python docs/vectors/generate.py` (`--check`: are they fresh?).

Everything in them is made up and fixed, "random" bytes and keys included, so that anybody gets the same files.
"""

import json
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from mediation.case import chain  # noqa: E402 - the sample record lies with the tests
from mediation.export.bundle import pack  # noqa: E402
from sample_record import CASE, CLIENT, START, Dice, key, small_record  # noqa: E402


def vectors() -> dict[str, bytes]:
    """Every file of vectors by its name."""
    return {
        "entries.json": _json(entries()),
        "chain.json": _json(a_chain()),
        "checkpoints.json": _json(checkpoints()),
        "keys.json": _json(keys()),
        "text.json": _json(texts()),
        "bundle.json": _json(bundle()),
        "bundle.zip": _zip(small_record().files()),
    }


def entries() -> dict[str, Any]:
    """Entries, their bytes and commitments; and bodies that no entry may have."""
    bodies: dict[str, dict[str, Any]] = {
        "plain": {"text": "Hello"},
        "money in minor units": {"amount": 480_000, "currency": "EUR"},
        "names are sorted by UTF-16 code units": {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "a": 4, "": 5},
        "only what must be is escaped": {"text": '\u0007 \b \t \n \f \r " \\ / \u007f \u2028 \u2029 \u00e9 \U0001f642'},
        "strings are not normalised": {"nfc": "\u00e9", "nfd": "e\u0301"},
        "the largest integers": {"most": 2**53 - 1, "least": -(2**53 - 1)},
        "nothing is left out": {"none": None, "no": False, "empty": {}, "list": [[], {}, None]},
    }
    made = []
    for number, (name, body) in enumerate(bodies.items(), 1):
        attachment = chain.Attachment(sha256(b"a photo").hexdigest(), 7, "photo.jpg")
        fields: dict[str, Any] = {
            "case_id": CASE, "room": "joint", "seq": number, "at": START + timedelta(milliseconds=number),
            "actor": CLIENT if number % 2 else "system", "kind": "MessagePosted", "body": body,
            "attachments": [attachment] if number == 1 else [],
        }  # fmt: skip
        encoded, salt = chain.entry_bytes(**fields), sha256(name.encode()).digest()
        made.append(
            {
                "name": name,
                "entry": encoded.decode(),
                "entry_hex": encoded.hex(),
                "salt": salt.hex(),
                "commitment": chain.commitment(salt, encoded).hex(),
            }
        )
    refused: dict[str, Any] = {
        "a float": {"share": 0.5},
        "an integral float": {"share": 1.0},
        "an integer beyond 2^53-1": {"count": 2**53},
        "the character U+0000": {"text": "a\0b"},
        "half of a surrogate pair": {"text": "\ud83d"},
    }
    return {"entries": made, "refused_bodies": [{"name": name, "body": body} for name, body in refused.items()]}


def a_chain() -> dict[str, Any]:
    """A room's genesis and heads over three commitments."""
    commitments = [sha256(f"commitment {seq}".encode()).digest() for seq in (1, 2, 3)]
    heads = [chain.genesis(CASE, "papers")]
    for seq, committed in enumerate(commitments, 1):
        heads.append(chain.link(seq, heads[-1], committed))
    rooms = [*chain.SLOTS, "private-principals"]
    return {
        "case": CASE,
        "genesis": {room: chain.genesis(CASE, room).hex() for room in rooms},
        "papers": {"commitments": [c.hex() for c in commitments], "heads": [head.hex() for head in heads]},
    }


def checkpoints() -> dict[str, Any]:
    """Two checkpoints with all that unblinds them, and the key that signed them."""
    keyring, dice = key("the portal's key"), Dice("checkpoints")
    previous, made = chain.NO_CHECKPOINT, []
    for n, lengths in ((1, {"papers": 1, "talks": 0}), (2, {"papers": 2, "talks": 5})):
        slots, openings = [dice(32) for _ in range(chain.SLOT_COUNT)], []
        for room, length in lengths.items():
            r, head = dice(32), dice(32) if length else chain.genesis(CASE, room)
            slots[chain.SLOTS[room]] = chain.blinded_head(r, length, head)
            openings.append({"room": room, "slot": chain.SLOTS[room], "r": r.hex(), "len": length, "head": head.hex()})
        at = START + timedelta(days=n)
        body = chain.checkpoint_bytes(case_id=CASE, n=n, at=at, previous=previous, slots=slots)
        previous = sha256(body).digest()
        signature = keyring.sign(chain.CHECKPOINT_DOMAIN, body).hex()
        made.append({"k": body.decode(), "sig": signature, "sha256": previous.hex(), "openings": openings})
    return {"ed25519": keyring.ed25519.hex(), "fingerprint": keyring.key_id, "checkpoints": made}


def keys() -> dict[str, Any]:
    """A key that hands over to the next: the line documents/signing-key-….json of a bundle."""
    record = small_record()
    first = record.keyring
    record.rotate("the second key")
    second = record.keys[1]
    return {
        "first": {"ed25519": first.ed25519.hex(), "fingerprint": first.key_id},
        "second": {"ed25519": second.ed25519.hex(), "fingerprint": second.key_id},
        "handover": {"k": second.statement().decode(), "sig": (second.signature or b"").hex(), "key": first.key_id},
    }


def texts() -> dict[str, Any]:
    """Nodes as an editor gives them, their canonical form and hash; and nodes that have none."""

    def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
        return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}

    def clause(*content: dict[str, Any], **attrs: Any) -> dict[str, Any]:  # noqa: ANN401 - attributes are any JSON
        return {"type": "clause", "attrs": attrs, "content": [{"type": "paragraph", "content": list(content)}]}

    strong, em = {"type": "strong"}, {"type": "em"}
    link = {"type": "link", "attrs": {"href": "https://example.org/", "title": None}}
    given: dict[str, dict[str, Any]] = {
        "a plain clause": clause(text("The shop pages are ready on 1 March."), id="c1"),
        "the same in three pieces": clause(text("The shop pages "), text(""), text("are ready on 1 March."), id="c1"),
        "the same with a number and a comment": clause(
            text("The shop pages are ready ", {"type": "comment", "attrs": {"id": "k"}}), text("on 1 March."),
            id="c1", number=3, tie=None,
        ),
        "another id is another clause": clause(text("The shop pages are ready on 1 March."), id="c2"),
        "marks in any order": clause(text("Both agree", strong, em, link), text(".", link, em, strong), id="c3"),
        "marks that differ do not join": clause(text("Both ", strong), text("agree", em), text("."), id="c3"),
        "a heading of level 2": {"type": "heading", "attrs": {"level": 2}, "content": [text("Payment")]},
        "true is not 1": {"type": "row", "attrs": {"header": True, "span": 1}},
        "an empty paragraph": {"type": "paragraph", "attrs": {}, "content": [], "marks": []},
        "strings are not normalised": clause(text("cafe\u0301 caf\u00e9 \U0001f642\u2028"), id="c4"),
        "two marks of a kind": clause(
            text("x", {"type": "link", "attrs": {"href": "b"}}, {"type": "link", "attrs": {"href": "a"}}), id="c5"
        ),
    }  # fmt: skip
    undefined = {
        mark: clause(
            text("The shop pages are ready on "), text("1 March", {"type": mark, "attrs": {"id": "s"}}), id="c1"
        )
        for mark in sorted(chain.SUGGESTION_MARKS)
    }
    refused: dict[str, dict[str, Any]] = {
        "a float attribute": {"type": "heading", "attrs": {"level": 2.0}},
        "a field that a node does not have": {"type": "paragraph", "style": "x"},
        "no type": {"content": []},
        "text outside a text node": {"type": "paragraph", "text": "x"},
        "the same mark twice": clause(text("x", strong, strong), id="c"),
    }
    return {
        "texts": [
            {"name": name, "node": node, "canonical": chain.canonical(node), "hash": chain.text_hash(node)}
            for name, node in given.items()
        ],
        "undefined_while_suggestions_are_open": [{"name": name, "node": node} for name, node in undefined.items()],
        "refused": [{"name": name, "node": node} for name, node in refused.items()],
    }


def bundle() -> dict[str, Any]:
    """A whole small bundle, file by file; bundle.zip holds the same."""
    record = small_record()
    return {
        "fingerprint": record.keyring.key_id,
        "files": {name: content.decode() for name, content in record.files().items()},
    }


def _json(value: object) -> bytes:
    # In ASCII, so that no editor or mail program changes a character on the way.
    return json.dumps(value, indent=1).encode() + b"\n"


def _zip(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    pack(files, out, zipfile.ZIP_STORED)  # packed bytes differ between versions of zlib
    return out.getvalue()


def stale(read: Callable[[Path], bytes | None]) -> list[str]:
    """The names of vectors that are not what this script writes."""
    return [name for name, content in vectors().items() if read(HERE / name) != content]


def main() -> int:
    """Write the vectors, or with `--check` tell whether they are fresh."""
    found = stale(lambda path: path.read_bytes() if path.exists() else None)
    if sys.argv[1:] == ["--check"]:
        sys.stdout.write(f"Stale: {', '.join(found)}\n" if found else "Fresh.\n")
        return 1 if found else 0
    for name, content in vectors().items():
        (HERE / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
