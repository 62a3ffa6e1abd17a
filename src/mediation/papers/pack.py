"""What a pack for an institution shows, in every format. Pure, and of the pack alone: it knows no case and no room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from mediation.case.referral import Pack, PackExhibit, PackParty, PackStep
from mediation.papers.content import Line, Writer
from mediation.papers.letters import Mend
from mediation.papers.pack_words import PACK
from mediation.papers.shape import words
from mediation.papers.telling import money
from mediation.papers.words import Language, spelt

Part = dict[str, Any]


class Sent(Struct, frozen=True, kw_only=True):
    """Where a pack comes from and, once it has gone out, when. `sha256` is of its canonical JSON, 64 hex."""

    case_id: str
    address: str
    sha256: str
    at: datetime | None


class _Writer(Writer):
    """Writes with the words of packs as well."""

    def __init__(self, language: Language, mend: Mend) -> None:
        super().__init__(language, mend)
        self.words: Mapping[str, str] = {**self.words, **PACK[language]}

    def part(self, name: str, *lines: Line, texts: tuple[str, ...] = (), note: str = "") -> Part:
        """A part with facts, then what was written at length, then a remark."""
        shown = [words(text, self.mend) for text in texts]
        return {"heading": self.words[name], "lines": list(lines), "texts": shown, "notes": [note] if note else []}

    def named(self, name: str, value: str) -> Line:
        """A fact whose name is made up of words already."""
        return {"name": name, "hex": False, "runs": words(value, self.mend)}


def content(pack: Pack, sent: Sent, language: Language, mend: Mend) -> dict[str, Any]:
    """The pack for a template or a Word file."""
    writer = _Writer(language, mend)
    w = writer.words
    title = w[f"kind {pack.kind}"]
    says = w["says" if sent.at is not None else "says-draft"]
    for mark, what in (("{side}", _side(pack, pack.proposed_by)), ("{at}", _moment(sent.at, language))):
        says = says.replace(mark, what)
    return {
        "language": language,
        "words": {**w, "kind": title},
        "title": title,
        "heading": writer.heading(pack.title, title),
        "reference": sent.case_id[:8],
        "foot": sent.case_id[:8],
        "attachment": "referral.json",
        "warning": [] if sent.at is not None else words(w["not-sent"], mend),
        "says": [words(says, mend)],
        "parts": [
            _asked_for(pack, writer),
            *_assents(pack, writer),
            *(_party(one, writer) for one in pack.parties),
            *_written(pack, writer),
            _tried(pack, writer),
            _exhibits(pack, writer),
            *_gaps(pack, writer),
            _check(sent, writer),
        ],
    }


def _side(pack: Pack, party: str) -> str:
    return next(one.name for one in pack.parties if one.party == party)


def _moment(at: datetime | None, language: Language) -> str:
    return spelt(at, language) if at is not None else ""


def _asked_for(pack: Pack, writer: _Writer) -> Part:
    w = writer.words
    return writer.part(
        "asked-for",
        writer.line("proceedings", w[f"kind {pack.kind}"]),
        writer.line("institution", pack.institution),
        writer.line("rules", pack.rules),
        writer.line("seat", pack.seat),
        writer.line("proceedings-language", pack.language),
        writer.line("binding", w["binding-yes" if pack.binding else "binding-no"]),
        writer.line("court", w["court-yes" if pack.court_stays_open else "court-no"]),
        writer.line("cost", pack.cost),
    )


def _assents(pack: Pack, writer: _Writer) -> list[Part]:
    if not pack.agreed:
        return []
    lines = [writer.named(writer.mend(_side(pack, one.party)), spelt(one.at, writer.language)) for one in pack.agreed]
    both = len(pack.agreed) == len(pack.parties)
    return [writer.part("assent" if both else "assent-by", *lines, note=writer.words["assent-note"] if both else "")]


def _party(one: PackParty, writer: _Writer) -> Part:
    w = writer.words
    people = [
        ", ".join(part for part in (person.name, person.title, w[f"role {person.role}"]) if part.strip())
        for person in one.people
    ]
    is_business = one.capacity != "consumer"
    return writer.part(
        f"side-{one.party}",
        writer.line("name", one.name),
        writer.line("capacity", w["business" if is_business else "consumer"]),
        writer.line("place" if is_business else "residence", one.place),
        writer.line("contact", one.contact),
        writer.line("people", "\n".join(people)),
    )


def _written(pack: Pack, writer: _Writer) -> list[Part]:
    value = money(pack.value.minor, pack.value.currency, writer.language) if pack.value is not None else ""
    parts = [
        writer.part(name, texts=(text or writer.words["not-given"],))
        for name, text in (
            ("relied-on", pack.relied_on),
            ("description", pack.description),
            ("claim", pack.claim),
        )
    ]
    parts.append(writer.part("value", writer.line("amount", value)))
    parts += [
        writer.part(name, texts=(text or writer.words["not-given"],))
        for name, text in (("relief", pack.relief), ("procedure", pack.procedure))
    ]
    return parts


def _tried(pack: Pack, writer: _Writer) -> Part:
    w, mediation = writer.words, pack.mediation
    lines = [writer.at("opened-on", pack.opened_at), *(_step(one, writer) for one in pack.steps)]
    if mediation is not None:
        says = w["mediation-says-ended" if mediation.ended_at is not None else "mediation-says"]
        says = says.replace("{from}", spelt(mediation.began_at, writer.language))
        says = says.replace("{until}", _moment(mediation.ended_at, writer.language))
        lines += [writer.line("mediation-of", says), writer.line("mediator", mediation.mediator)]
    for number, one in enumerate(pack.sessions, 1):
        until = spelt(one.closed_at or one.opened_at, writer.language)
        time = w["session-says"].replace("{from}", spelt(one.opened_at, writer.language)).replace("{until}", until)
        there = w["attended"].replace("{names}", ", ".join(one.attended)) if one.attended else w["attended-nobody"]
        lines.append(writer.named(w["session"].replace("{n}", str(number)), f"{time}; {there}"))
    for number, met in enumerate(pack.meetings, 1):
        time = w["session-says"].replace("{from}", spelt(met.starts_at, writer.language))
        time = time.replace("{until}", spelt(met.ends_at, writer.language))
        there = w["attended"].replace("{names}", ", ".join(met.attended))
        lines.append(
            writer.named(w["meeting"].replace("{n}", str(number)), f"{w[f'step-{met.step}']}; {time}; {there}")
        )
    return writer.part("tried", *lines, note=w["tried-note"])


def _step(one: PackStep, writer: _Writer) -> Line:
    w = writer.words
    taken = one.how == "taken" and one.at is not None
    says = w["step-taken"].replace("{at}", _moment(one.at, writer.language)) if taken else w["step-skipped"]
    return writer.named(w[f"step {one.step}"], says)


def _exhibits(pack: Pack, writer: _Writer) -> Part:
    w = writer.words
    if not pack.exhibits:
        return writer.part("exhibits", texts=(w["no-exhibits"],))
    return writer.part("exhibits", *(_exhibit(pack, one, writer) for one in pack.exhibits), note=w["exhibits-note"])


def _exhibit(pack: Pack, one: PackExhibit, writer: _Writer) -> Line:
    w = writer.words
    size = f"{one.size:,} bytes" if writer.language == "en" else f"{one.size:,} Byte".replace(",", ".")
    about = f"{one.name}\n{size}, {w['exhibit-of'].replace('{side}', _side(pack, one.party))}"
    groups = [one.sha256[at : at + 8] for at in range(0, len(one.sha256), 8)]
    return {
        "name": w["exhibit"].replace("{n}", str(one.number)),
        "hex": True,
        "above": words(about, writer.mend),
        "value": "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)),
    }


def _gaps(pack: Pack, writer: _Writer) -> list[Part]:
    if not pack.gaps:
        return []
    says = [
        writer.words[f"gap {gap.field}"].replace("{side}", _side(pack, gap.party) if gap.party is not None else "")
        for gap in pack.gaps
    ]
    return [writer.part("gaps", texts=tuple(says), note=writer.words["gaps-note"])]


def _check(sent: Sent, writer: _Writer) -> Part:
    lines = [writer.line("where", sent.address), writer.digits("case", sent.case_id)]
    if sent.at is None:
        return writer.part("check", *lines)
    lines += [writer.at("sent", sent.at), writer.digits("pack-hash", sent.sha256)]
    return writer.part("check", *lines, note=writer.words["pack-note"])
