"""What goes with a bundle for whoever is to produce it: chronology, index of exhibits, a custodian's form. Pure.

The first three hold nothing but what their reader may prove to strangers: papers, and the direct talks of those who
took part in them. So they can be handed to a court as they are. What lies in confidential rooms is listed apart, under
a heading that says so. None of them is sealed: they prove nothing, and say so; what they list can be checked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from mediation.case.state import Papers, Printed
from mediation.case.terms import PAPERS, FileOrigin
from mediation.papers.content import Line, Seals, Writer
from mediation.papers.dossier_words import DOSSIER
from mediation.papers.letters import Mend
from mediation.papers.shape import words
from mediation.papers.telling import Teller
from mediation.papers.words import Language, spelt
from mediation.record.log import Entry, Erased

MOST_LINES = 3_000
"""Entries that a chronology tells; a longer correspondence is read where it lies."""


class Exhibit(Struct, frozen=True, kw_only=True):
    """A file that somebody added to a room, as the entry says. `sha256` is 64 hex, `size` bytes."""

    room: str
    seq: int
    at: datetime
    by: str
    name: str
    size: int
    sha256: str
    origin: FileOrigin


class Head(Struct, frozen=True):
    """Where a provable room stands: how many entries it holds, and the chain's value after the last, 64 hex."""

    length: int
    digest: str


class Dossier(Struct, frozen=True, kw_only=True):
    """All that one bundle's papers for a lawyer are made of, as far as its participant may take it away."""

    case_id: str
    papers: Papers
    rooms: Mapping[str, Sequence[Entry | Erased]]
    """The provable rooms alone."""
    heads: Mapping[str, Head]
    seals: Seals
    host: str
    address: str
    exhibits: Sequence[Exhibit]
    """Of provable rooms."""
    confidential: Sequence[Exhibit]
    """Of the other rooms that the participant reads."""

    @property
    def entries(self) -> list[Entry]:
        """What may be proven and is not erased, in the order of time."""
        found = [one for room in self.rooms.values() for one in room if isinstance(one, Entry)]
        return sorted(found, key=lambda one: (one.at, one.room != PAPERS, one.room, one.seq))

    def teller(self, language: Language) -> Teller:
        """Who tells these entries."""
        return Teller(self.papers, self.entries, language)


def chronology(dossier: Dossier, language: Language, mend: Mend) -> dict[str, Any]:
    """What happened and when, each line with the entry that proves it."""
    writer, w, teller = Writer(language, mend), DOSSIER[language], dossier.teller(language)
    told = [(one, said) for one in dossier.entries if (said := teller.tell(one)) is not None]
    rows = [
        [_cell(spelt(one.at, language), mend), _cell(_place(one, w), mend), _cell(said, mend)]
        for one, said in told[:MOST_LINES]
    ]
    notes = [w["chronology-proves"]]
    notes += [
        w["erased"].replace("{room}", w[f"room {room}"]).replace("{places}", ", ".join(places))
        for room, entries in dossier.rooms.items()
        if (places := [str(one.seq) for one in entries if isinstance(one, Erased)])
    ]
    if len(told) > MOST_LINES:
        notes.append(w["too-many"].replace("{n}", str(len(told) - MOST_LINES)))
    return {
        **_frame(dossier, writer, w["chronology"]),
        "says": [words(w["chronology-says"], mend)],
        "table": {"heads": [w["when"], w["entry"], w["what"]], "widths": [3.1, 1.9, 8], "rows": rows, "empty": ""},
        "notes": notes,
        "parts": [],
    }


def exhibits(dossier: Dossier, language: Language, mend: Mend) -> dict[str, Any]:
    """The files that may be produced, each with its hash and the entry that proves it."""
    w = DOSSIER[language]
    return _index(dossier, Writer(language, mend), w["exhibits"], w["exhibits-says"], dossier.exhibits, "E")


def confidential_exhibits(dossier: Dossier, language: Language, mend: Mend) -> dict[str, Any]:
    """The files of confidential rooms, for whoever was in them and for nobody else."""
    w, writer = DOSSIER[language], Writer(language, mend)
    made = _index(dossier, writer, w["confidential-exhibits"], w["confidential-says"], dossier.confidential, "C")
    return {**made, "warning": w["confidential-warning"]}


def custodian(dossier: Dossier, language: Language, mend: Mend) -> dict[str, Any]:
    """A form for somebody who certifies the record to a court: what they know is empty, what is known is filled in."""
    writer, w, seals = Writer(language, mend), DOSSIER[language], dossier.seals
    sealed = (
        writer.words["checkpoint-says"]
        .replace("{n}", str(seals.checkpoint))
        .replace("{at}", spelt(seals.checkpoint_at, language))
    )
    certified = [
        writer.digits("case", dossier.case_id),
        writer.line("where", dossier.address),
        writer.line("host", dossier.host),
        writer.line("checkpoint", sealed),
        writer.digits("checkpoint-hash", seals.checkpoint_sha256),
        writer.digits("record-key", seals.record_key),
        *(_head(room, head, w, mend) for room, head in dossier.heads.items()),
        *(_printed(one, w, mend) for one in dossier.papers.printed),
        *(_exhibit(f"E{number}", one, w, mend) for number, one in enumerate(dossier.exhibits, 1)),
    ]
    return {
        **_frame(dossier, writer, w["custodian"]),
        "says": [words(w["custodian-says"], mend), words(w["custodian-law"], mend)],
        "who": {"heading": w["who"], "blanks": [w[name] for name in ("name", "position", "organisation", "address")]},
        "states": {"heading": w["states"], "each": [w[f"state-{n}"] for n in range(1, 8)]},
        "parts": [{"heading": w["certified"], "lines": certified, "notes": [w["certified-note"]]}],
        "file": {"heading": w["file"], "blanks": [w["file-hash"], w["file-checked"]]},
        "declares": {
            "heading": w["signature"],
            "text": w["declares"],
            "blanks": [w[name] for name in ("place-date", "signed", "printed-name")],
        },
    }


def _frame(dossier: Dossier, writer: Writer, title: str) -> dict[str, Any]:
    short = dossier.case_id[:8]
    return {
        "language": writer.language,
        "words": {**writer.words, "kind": title, "unsealed": DOSSIER[writer.language]["unsealed"]},
        "title": title,
        "heading": writer.heading(dossier.papers.opened.title, title),
        "reference": short,
        "foot": short,
        "warning": "",
    }


def _index(
    dossier: Dossier, writer: Writer, title: str, says: str, found: Sequence[Exhibit], letter: str
) -> dict[str, Any]:
    w, mend, teller = DOSSIER[writer.language], writer.mend, dossier.teller(writer.language)
    rows = [
        [
            _cell(f"{letter}{number}", mend),
            [
                *_cell(one.name, mend),
                {"br": True},
                *_cell(f"{_size(one.size, writer.language)}, {w[one.origin]}", mend),
                {"br": True},
                *_cell(f"{_place(one, w)}, {teller.name(one.by)}, {spelt(one.at, writer.language)}", mend),
                {"br": True},
                {"hex": _grouped(one.sha256)},
            ],
        ]
        for number, one in enumerate(found, 1)
    ]
    return {
        **_frame(dossier, writer, title),
        "says": [words(says, mend), words(w["origin-says"], mend)],
        "table": {"heads": [w["number"], w["file-and-hash"]], "widths": [1, 12], "rows": rows, "empty": w["no-files"]},
        "notes": [w["exhibits-note"]],
        "parts": [],
    }


def _cell(text: str, mend: Mend) -> list[dict[str, Any]]:
    return words(text, mend)


def _place(one: Entry | Exhibit, w: Mapping[str, str]) -> str:
    return f"{w.get(f'room {one.room}', w['private room'])} {one.seq}"


def _grouped(digits: str) -> str:
    groups = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def _hex(name: str, digits: str, above: str, mend: Mend) -> Line:
    return {"name": name, "hex": True, "above": words(above, mend), "value": _grouped(digits)}


def _head(room: str, head: Head, w: Mapping[str, str], mend: Mend) -> Line:
    count = w["entries"].replace("{n}", str(head.length))
    return _hex(w["head"].replace("{room}", w[f"room {room}"]), head.digest, count, mend)


def _printed(one: Printed, w: Mapping[str, str], mend: Mend) -> Line:
    return _hex(w[f"paper {one.paper}"], one.sha256, f"documents/{one.paper}-{one.language}.pdf", mend)


def _exhibit(number: str, one: Exhibit, w: Mapping[str, str], mend: Mend) -> Line:
    return _hex(f"{w['exhibit']} {number}", one.sha256, one.name, mend)


def _size(size: int, language: Language) -> str:
    return f"{size:,} bytes" if language == "en" else f"{size:,} Byte".replace(",", ".")
