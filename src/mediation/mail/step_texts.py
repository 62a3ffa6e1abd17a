"""What an act of the ladder consisted of, in sentences for a mail: which step it is, what it can do, what is asked.

The ladder is known to everybody from the first day, and each of these is a paper. None says why, or what was said.
"""

from datetime import date
from typing import Final

from mediation.mail.message import Language
from mediation.mail.texts import written_day

_PARTS: Final[dict[str, dict[Language, str]]] = {
    "late": {
        "en": "This comes late; it was due some time before.",
        "de": "Das kommt verspätet; fällig war es vor einiger Zeit.",
    },
    "nobody-came": {
        "en": "The time within which somebody of the other side was to come is over, and nobody has come yet.",
        "de": "Die Zeit, in der jemand von der anderen Seite kommen sollte, ist um; noch ist niemand gekommen.",
    },
    "answer-over": {
        "en": "The time that was agreed for an answer is over.",
        "de": "Die Zeit, die für eine Antwort vereinbart war, ist um.",
    },
    "step-over": {
        "en": "The time for the step before is over, without a settlement.",
        "de": "Die Zeit für den bisherigen Schritt ist ohne Einigung um.",
    },
    "step-runs-out": {
        "en": "The time for this step is running out, and there is no settlement yet.",
        "de": "Die Zeit für diesen Schritt läuft ab, und es gibt noch keine Einigung.",
    },
    "counts-as-no": {
        "en": "That counts as a no, and the papers say so; an answer is welcome all the same.",
        "de": "Das gilt als Nein, und in den Papieren steht es so; eine Antwort ist trotzdem willkommen.",
    },
    "rests": {
        "en": "The matter rests now. Nothing is lost by that: it goes on as soon as either side writes to the other.",
        "de": (
            "Die Sache ruht jetzt. Dadurch geht nichts verloren: Sie geht weiter, sobald eine Seite der anderen "
            "schreibt."
        ),
    },
    "goes-on": {
        "en": "The matter rested, and goes on now.",
        "de": "Die Sache hat geruht und geht jetzt weiter.",
    },
    "skipped": {
        "en": "A step that has nobody in it was passed over.",
        "de": "Ein Schritt, für den niemand da ist, wurde übergangen.",
    },
    "to-talks": {
        "en": "The step now: talking directly. The two sides write to each other.",
        "de": "Der Schritt ist jetzt: direkt miteinander sprechen. Die beiden Seiten schreiben einander.",
    },
    "to-mediation": {
        "en": (
            "The step now: talking with a mediator. A neutral person helps both sides to find their own solution, and "
            "decides nothing."
        ),
        "de": (
            "Der Schritt ist jetzt: mit einer Mediationsperson sprechen. Eine neutrale Person hilft beiden Seiten, "
            "ihre eigene Lösung zu finden, und entscheidet nichts."
        ),
    },
    "to-management": {
        "en": (
            "The step now: management joins in. Someone who can decide for the business takes part. Everything said so "
            "far stays."
        ),
        "de": (
            "Der Schritt ist jetzt: Die Leitung kommt dazu. Jemand, der für das Unternehmen entscheiden kann, nimmt "
            "teil. Alles bisher Gesagte bleibt."
        ),
    },
    "to-executive": {
        "en": ("The step now: the head of the business joins in, and can decide for it. Everything said so far stays."),
        "de": (
            "Der Schritt ist jetzt: Die Spitze des Unternehmens kommt dazu und kann für es entscheiden. Alles bisher "
            "Gesagte bleibt."
        ),
    },
    "to-referral": {
        "en": (
            "The step now: someone else decides, or helps, such as an arbitrator, an ombudsman or a court. Nobody has "
            "agreed to that yet: it needs a fresh yes from each side, to rules and costs named then."
        ),
        "de": (
            "Der Schritt ist jetzt: Jemand anderes entscheidet oder hilft, etwa ein Schiedsgericht, eine Ombudsstelle "
            "oder ein Gericht. Dem hat noch niemand zugestimmt: Dafür braucht es ein neues Ja jeder Seite, zu dann "
            "genannten Regeln und Kosten."
        ),
    },
    "asked": {
        "en": (
            "You are asked for an answer; anything that you write to the other side counts. If none comes, the next "
            "step follows that everybody saw on the first day."
        ),
        "de": (
            "Sie werden um eine Antwort gebeten; alles, was Sie der anderen Seite schreiben, zählt. Wenn keine kommt, "
            "folgt der nächste Schritt, den alle am ersten Tag gesehen haben."
        ),
    },
    "began": {"en": "The mediation has begun.", "de": "Die Mediation hat begonnen."},
    "standstill": {
        "en": "Both sides have agreed that legal time limits stand still. Until when is behind the link.",
        "de": "Beide Seiten haben vereinbart, dass gesetzliche Fristen stillstehen. Bis wann, steht hinter dem Link.",
    },
    "longer": {
        "en": "Both sides have agreed on more time.",
        "de": "Beide Seiten haben mehr Zeit vereinbart.",
    },
    "still": {
        "en": "Your time stands still. The day that you were told no longer counts; you hear from us when it goes on.",
        "de": "Ihre Zeit steht still. Der genannte Tag gilt nicht mehr; wir schreiben Ihnen, wenn sie weiterläuft.",
    },
    "runs": {
        "en": "Your time goes on, and the last day has moved.",
        "de": "Ihre Zeit läuft weiter, und der letzte Tag hat sich verschoben.",
    },
    "no-longer-due": {
        "en": "The day that you were told no longer counts: nothing is asked of you by then.",
        "de": "Der genannte Tag gilt nicht mehr: Bis dahin wird nichts von Ihnen erwartet.",
    },
    "meeting-set": {"en": "A meeting is set for {hours}.", "de": "Ein Treffen ist vereinbart: {hours}."},
    "meeting-moved": {
        "en": "A meeting has been moved. It is on {hours} now.",
        "de": "Ein Treffen ist verlegt worden, auf {hours}.",
    },
    "meeting-cancelled": {
        "en": "The meeting on {hours} was called off.",
        "de": "Das Treffen am {hours} ist abgesagt.",
    },
    "pack-sent": {
        "en": "What somebody else needs in order to decide, or to help, has gone out to both sides.",
        "de": "Was jemand anderes braucht, um zu entscheiden oder zu helfen, ist an beide Seiten gegangen.",
    },
    "outcome": {
        "en": "What somebody else decided, or helped with, is noted in the papers now.",
        "de": "Was jemand anderes entschieden oder bewirkt hat, steht jetzt in den Papieren.",
    },
}
TELL_LIMITS: Final = frozenset({"served", "step", "ended"})
"""Kinds of notice that say how it is with legal time limits."""
_MAY_RUN: Final[dict[Language, str]] = {
    "en": "Legal time limits may be running.",
    "de": "Gesetzliche Fristen laufen möglicherweise.",
}
_CAN_AGREE: Final[dict[Language, str]] = {
    "en": "On the page behind the link both sides can agree that they stand still.",
    "de": "Auf der Seite hinter dem Link können beide Seiten vereinbaren, dass sie stillstehen.",
}
_STAND_STILL: Final[dict[Language, str]] = {
    "en": "Both sides have agreed that legal time limits stand still until the end of {day}.",
    "de": "Beide Seiten haben vereinbart, dass gesetzliche Fristen bis zum Ende des {day} stillstehen.",
}
_SETTLED_LIMITS: Final = frozenset({"standstill", "pack-sent", "outcome"})


def said(parts: tuple[str, ...], language: Language, hours: str) -> str:
    """The sentences of an act, one after another; `hours` are those of its meeting. Raises `KeyError` for others."""
    return " ".join(_PARTS[part][language].replace("{hours}", hours) for part in parts)


def limits(kind: str, parts: tuple[str, ...], language: Language, still_until: date | None) -> str:
    """How it is with legal time limits, with every step that does not see to them itself.

    They stand still until the end of `still_until`; with None they may be running.
    """
    if kind not in TELL_LIMITS or _SETTLED_LIMITS & set(parts):
        return ""
    if still_until is not None:
        return _STAND_STILL[language].format(day=written_day(still_until, language))
    return _MAY_RUN[language] if kind == "ended" else f"{_MAY_RUN[language]} {_CAN_AGREE[language]}"
