"""What each paper says, put together from the papers of a case. Pure: the same case and checkpoint say the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from mediation.case.state import Papers, Signature, Signing
from mediation.case.terms import PARTIES, Party
from mediation.papers.letters import Mend, is_blank
from mediation.papers.references import prevailing, with_references
from mediation.papers.shape import Block, blocks, words
from mediation.papers.words import WORDS, Language, spelt

Line = dict[str, Any]
Part = dict[str, Any]


class Seals(Struct, frozen=True, kw_only=True):
    """What a paper can be checked by. Hashes and fingerprints are 64 hex."""

    checkpoint: int
    checkpoint_sha256: str
    checkpoint_at: datetime
    record_key: str
    seal_key: str


class Source(Struct, frozen=True, kw_only=True):
    """What a paper is made of. `node` is the text, where there is one."""

    case_id: str
    papers: Papers
    seals: Seals
    host: str
    address: str
    text_hash: str | None = None
    node: Mapping[str, Any] | None = None
    language: str = ""
    """Of the text, which prevails over every translation (BCP 47); empty where nobody has said so."""
    code: str | None = None
    """By which whoever holds the paper looks it up; copies to work with have none."""


class Writer:
    """Writes in one language, with every text put through `mend`."""

    def __init__(self, language: Language, mend: Mend) -> None:
        self.language = language
        self.mend = mend
        self.words = WORDS[language]

    def heading(self, text: str, instead: str) -> str:
        """A text in one line, or something else in place of one that nobody could see."""
        return instead if is_blank(text) else self.mend(" ".join(text.split()))

    def line(self, name: str, value: str) -> Line:
        """A fact and what it is, by the name of its word."""
        return {
            "name": self.words[name],
            "hex": False,
            "runs": words(value, self.mend) or words(self.words["not-given"], self.mend),
        }

    def digits(self, name: str, value: str) -> Line:
        """A hash or fingerprint, in groups that can be compared by eye."""
        groups = [value[at : at + 8] for at in range(0, len(value), 8)]
        lines = [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
        return {"name": self.words[name], "hex": True, "value": "\n".join(lines)}

    def code(self, name: str, value: str, where: str) -> Line:
        """What somebody types in, and where."""
        return {"name": self.words[name], "hex": True, "big": True, "above": words(where, self.mend), "value": value}

    def at(self, name: str, moment: datetime | None) -> Line:
        """A moment."""
        return self.line(name, spelt(moment, self.language) if moment is not None else self.words["not-given"])


def settlement(source: Source, language: Language, mend: Mend) -> dict[str, Any]:
    """The settlement with its certificate. Raises LookupError when none is in effect."""
    signing, writer = _effective(source), Writer(language, mend)
    title = writer.words["settlement-partial" if signing.partial else "settlement"]
    parts = [
        parties(source, writer),
        *_signatures(source, signing, writer),
        _text(source, signing, writer),
        record(source, writer),
    ]
    return {
        **frame(source, writer, title),
        **_words_of(source, writer),
        "parts": parts,
    }


def attestation(source: Source, language: Language, mend: Mend) -> dict[str, Any]:
    """That the settlement came from mediation; it endorses nothing. Raises LookupError as `settlement`."""
    signing, writer = _effective(source), Writer(language, mend)
    w = writer.words
    mediator = mediator_of(source.papers)
    mediation = [
        writer.line("mediator", mediator),
        writer.at("began", source.papers.began_at),
        writer.at("ended", source.papers.ended_at),
    ]
    about = [
        *(writer.line(f"side-{party}", _facts(source.papers, party).name) for party in PARTIES),
        writer.at("effective", signing.effective_at),
        *([writer.line("text-language", said)] if (said := prevailing(source.language, language)) else []),
        writer.digits("text-hash", signing.text_hash),
    ]
    says = [w["attests"].replace("{mediator}", mediator), w["endorses-nothing"], w["attests-record"]]
    return {
        **frame(source, writer, w["attestation"]),
        "says": [words(one, mend) for one in says],
        "parts": [
            {"heading": w["mediation"], "lines": mediation, "notes": []},
            {"heading": w["settlement-partial" if signing.partial else "settlement"], "lines": about, "notes": []},
            record(source, writer),
        ],
    }


def draft(source: Source, language: Language, mend: Mend, at: datetime) -> dict[str, Any]:
    """The text as it is at this moment, marked as what it is."""
    writer = Writer(language, mend)
    lines = [
        writer.at("shown-at", at),
        writer.line("case", source.case_id),
        writer.digits("text-hash", source.text_hash or ""),
    ]
    return {
        **frame(source, writer, writer.words["draft-title"]),
        **_words_of(source, writer),
        "parts": [{"heading": writer.words["text"], "lines": lines, "notes": []}],
    }


def between(source: Source, writer: Writer) -> list[list[dict[str, Any]]]:
    """Who the parties are, as the head of the text says it."""
    lines: list[list[dict[str, Any]]] = []
    for lead, party in (("between", PARTIES[0]), ("and", PARTIES[1])):
        facts = _facts(source.papers, party)
        name = [{**run, "b": True} if "s" in run else run for run in words(facts.name, writer.mend)]
        about = ", ".join(one for one in (facts.place.strip(), writer.words[_capacity(facts.capacity)]) if one)
        lines.append([*words(f"{writer.words[lead]} ", writer.mend), *name, *words(f", {about}", writer.mend)])
    return lines


def frame(source: Source, writer: Writer, title: str) -> dict[str, Any]:
    """What every paper of a case begins and is footed with."""
    case = source.papers.opened.title
    short = source.case_id[:8]
    foot = f"{writer.words['text-hash'].split(' (')[0]} {source.text_hash[:16]}…" if source.text_hash else short
    return {
        "language": writer.language,
        "words": {**writer.words, "kind": title},
        "title": title,
        "heading": writer.heading(case, title),
        "reference": short,
        "foot": foot,
    }


def _effective(source: Source) -> Signing:
    signing = source.papers.signing
    if signing is None or signing.effective_at is None:
        raise LookupError("no settlement is in effect")
    return signing


def _facts(papers: Papers, party: Party) -> Any:  # noqa: ANN401 - PartyFacts, which lies in the events
    return papers.facts_of(party)


def _capacity(capacity: str) -> str:
    return "consumer" if capacity == "consumer" else "business"


def mediator_of(papers: Papers) -> str:
    """The mediator's name; empty where there is none."""
    person = papers.people.get(papers.mediator or "")
    return person.name if person is not None else ""


def parties(source: Source, writer: Writer) -> Part:
    """Whose dispute it is."""
    lines: list[Line] = []
    for party in PARTIES:
        facts = _facts(source.papers, party)
        capacity = _capacity(facts.capacity)
        lines += [
            writer.line(f"side-{party}", facts.name),
            writer.line("capacity", writer.words[capacity]),
            writer.line("place" if capacity == "business" else "residence", facts.place),
        ]
    return {"heading": writer.words["parties"], "lines": lines, "notes": []}


def _signatures(source: Source, signing: Signing, writer: Writer) -> list[Part]:
    w = writer.words
    parts: list[Part] = []
    signed: Sequence[tuple[Party, Signature]] = [(p, signing.signatures[p]) for p in PARTIES if p in signing.signatures]
    for party, one in signed:
        lines = [
            writer.line("signed-by", one.name),
            writer.line("capacity", w[_capacity(one.capacity)]),
            writer.line("place" if one.capacity == "business" else "residence", one.place),
            writer.line("authority", one.authority or w["for-self"]),
            writer.line("identified", w[one.identified_by]),
            writer.at("signed-at", one.at),
        ]
        heading = f"{w['signatures']}: {writer.mend(_facts(source.papers, party).name)}"
        parts.append({"heading": heading, "lines": lines, "notes": []})
    if parts:
        parts[-1]["notes"] = [w["kind-of-signature"]]
    return parts


def _words_of(source: Source, writer: Writer) -> dict[str, Any]:
    """The text with its head: between whom it is, and which language of it counts."""
    node = with_references(source.node or {}, source.language, writer.language)
    said = prevailing(source.language, writer.language)
    line = f"{writer.words['text-language']}: {said}." if said else ""
    return {
        "between": between(source, writer),
        "prevails": words(line, writer.mend),
        "blocks": _leveled(blocks(node, writer.mend)),
    }


def _text(source: Source, signing: Signing, writer: Writer) -> Part:
    w = writer.words
    said = prevailing(source.language, writer.language)
    lines = [
        *([writer.line("text-language", said)] if said else []),
        writer.line("partial", w["partial-yes" if signing.partial else "partial-no"]),
        writer.at("frozen", signing.frozen_at),
        writer.at("effective", signing.effective_at),
        writer.digits("text-hash", signing.text_hash),
    ]
    return {"heading": w["text"], "lines": lines, "notes": [w["text-hash-note"], w["languages-say"]]}


def record(source: Source, writer: Writer) -> Part:
    """Where the paper was made, and how it can be checked."""
    seals, w = source.seals, writer.words
    when = (
        w["checkpoint-says"]
        .replace("{n}", str(seals.checkpoint))
        .replace("{at}", spelt(seals.checkpoint_at, writer.language))
    )
    lines = [
        writer.line("where", f"{source.address} ({w['host']} {source.host})" if source.host else source.address),
        writer.digits("case", source.case_id),
        *([writer.code("look-up", source.code, f"{source.address}/look-up")] if source.code is not None else []),
        writer.line("checkpoint", when),
        writer.digits("checkpoint-hash", seals.checkpoint_sha256),
        writer.digits("record-key", seals.record_key),
        writer.digits("seal-key", seals.seal_key),
    ]
    notes = [w["check-note"], *([w["look-up-note"]] if source.code is not None else [])]
    return {"heading": w["record"], "lines": lines, "notes": notes}


def _leveled(found: list[Block]) -> list[Block]:
    """Headings one step below the one before them at most, as a reader who hears them needs it."""
    level = 0
    for one in found:
        if one["t"] == "h" and one["runs"]:
            one["level"] = level = min(one["level"], level + 1)
        for inner in _within(one):
            _plain(inner)
    return found


def _plain(found: list[Block]) -> None:
    """No editor of ours puts a heading into a clause, a list or a table; what says so is shown as a paragraph."""
    for one in found:
        if one["t"] == "h":
            one["t"] = "p"
        for inner in _within(one):
            _plain(inner)


def _within(one: Block) -> list[list[Block]]:
    cells = [cell["blocks"] for cell in one.get("cells", ())]
    return [one.get("blocks", []), *one.get("items", ()), *cells]
