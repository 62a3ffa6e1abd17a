"""What an entry that may be produced tells, in one sentence of a paper's language. Pure.

Only rooms that a participant may prove are ever put in here. The words are the papers' own and not the screen's: a
chronology is read years later, by people who never saw the portal.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from mediation.case.clocks import is_late
from mediation.case.state import Papers
from mediation.case.terms import PARTIES
from mediation.papers.telling_words import MINOR_UNITS, TELLING
from mediation.papers.words import Language, spelt
from mediation.record.log import Entry

LONGEST: Final = 280
"""Characters of what somebody wrote that a chronology quotes; the entry itself holds the rest."""
_UNTOLD: Final = frozenset({"MessageStruck"})
"""Kinds that say nothing by themselves: what was struck is gone, and its place is told as such."""


class Teller:
    """Tells entries in one language; the entries of papers say what everybody's name is, also of those who left."""

    def __init__(self, papers: Papers, entries: Iterable[Entry], language: Language) -> None:
        self._words = TELLING[language]
        self._language = language
        joined = [one.body for one in entries if one.kind == "ParticipantJoined"]
        self._names = {str(body["participant"]): str(body["name"]) for body in joined}
        self._sides: dict[str, str] = {party: papers.facts_of(party).name for party in PARTIES}

    def name(self, actor: str) -> str:
        """Who did it; what nobody did, the portal entered."""
        return self._names.get(actor, self._words["portal"])

    def tell(self, entry: Entry) -> str | None:
        """The sentence, or None for a kind that says nothing by itself. Kinds of a later release are named."""
        if entry.kind in _UNTOLD:
            return None
        form = self._words.get(self._form(entry), self._words["other"])
        said = form.format_map(_Given(self._fields(entry)))
        due_at = entry.body.get("due_at")
        if isinstance(due_at, str) and is_late(datetime.fromisoformat(due_at), entry.at):
            said += " " + self._words["late"].format(when=_when(due_at, self._language))
        return said

    def _form(self, entry: Entry) -> str:  # noqa: C901, PLR0911 - one for each kind with more than one sentence
        body = entry.body
        match entry.kind:
            case "ParticipantLeft" if entry.actor not in {body.get("participant"), "system"}:
                return "ParticipantLeft removed"
            case "ParticipantJoined" if isinstance(body.get("earlier_cases"), int):
                return "ParticipantJoined earlier"
            case "SettlementFrozen" | "SettlementEffective" if body.get("partial") is True:
                return f"{entry.kind} partial"
            case "HoldPlaced" if body.get("ground") == "order":
                return "HoldPlaced order" if body.get("reference") else "HoldPlaced order bare"
            case "HoldLifted" if entry.actor not in self._names:
                return "HoldLifted order"
            case "HoldAsked" if body.get("party") is None:
                return "HoldAsked mediator"
            case "OfferAnswered" | "ReferralAnswered":
                is_yes = body.get("accepted", body.get("agreed")) is True
                return f"{entry.kind} yes" if is_yes else f"{entry.kind} no"
            case "SessionClosed" | "ContactGiven" if not body.get("attended", body.get("contact")):
                return f"{entry.kind} bare"
            case "TermExpired" if body.get("then") == "refused":
                return "TermExpired refused"
            case "MeetingHeld" if body.get("party") is None:
                return "MeetingHeld mediator"
            case "OperatorAccess" | "TalkErased" | "PaperPrinted" as kind:
                return f"{kind} {body.get('what', body.get('paper'))}"
            case kind:
                return kind

    def _fields(self, entry: Entry) -> dict[str, str]:
        body, w = entry.body, self._words
        attended, step = body.get("attended"), body.get("to", body.get("tier"))
        named = [self.name(str(one)) for one in attended] if isinstance(attended, list) else []
        return {
            **{key: _short(value) for key, value in body.items() if isinstance(value, str)},
            **{key: str(value) for key, value in body.items() if isinstance(value, int)},
            "kind": entry.kind,
            "who": self.name(entry.actor),
            "participant": self.name(str(body.get("participant"))),
            "mediator": self.name(str(body.get("mediator"))),
            "side": self._sides.get(str(body.get("party")), w["somebody"]),
            "asked": self._sides.get(str(body.get("to")), w["somebody"]),
            "business": self._sides["business"],
            "client": self._sides["client"],
            "role": w.get(f"role {body.get('role')}", str(body.get("role"))),
            "step": w.get(f"tier {step}", str(step)),
            "when": _when(body.get("starts_at"), self._language),
            "outcome": w.get(f"outcome {body.get('outcome')}", str(body.get("outcome"))),
            "names": ", ".join(named),
            "proceedings": self._proceedings(body),
            "offered": self._offered(body),
        }

    def _proceedings(self, body: Mapping[str, Any]) -> str:
        proposal = body.get("proposal")
        kind = str(proposal.get("kind")) if isinstance(proposal, dict) else ""
        return self._words.get(f"proceedings {kind}", kind)

    def _offered(self, body: Mapping[str, Any]) -> str:
        amount, terms = body.get("amount"), body.get("terms")
        parts = [money(amount["minor"], amount["currency"], self._language)] if isinstance(amount, dict) else []
        parts += [_short(terms)] if isinstance(terms, str) and terms.strip() else []
        return "; ".join(parts) or self._words["unsaid"]


class _Given(dict[str, str]):
    """The fields of a sentence; one that a body lacks is left empty, since old entries lack what came later."""

    def __missing__(self, _key: str) -> str:
        return ""


def money(minor: int, currency: str, language: Language) -> str:
    """An amount as this language writes it, with as many decimals as its currency has (ISO 4217)."""
    decimals = MINOR_UNITS.get(currency, 2)
    whole, part = divmod(abs(minor), 10**decimals)
    thousands, point = (",", ".") if language == "en" else (".", ",")
    shown = f"{whole:,}".replace(",", thousands) + (f"{point}{part:0{decimals}d}" if decimals else "")
    return f"{currency} {'-' if minor < 0 else ''}{shown}"


def _when(moment: object, language: Language) -> str:
    return spelt(datetime.fromisoformat(moment), language) if isinstance(moment, str) else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
