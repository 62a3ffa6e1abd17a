"""Mails about what is new on a case: that there is something, what is asked of its reader, until when. Never what.

Not the name of the case, of a person, of a room, and no amount: mailboxes are read by others too. So these texts have
no place into which any of it could be put.
"""

from datetime import date
from typing import Final

from mediation.mail import step_texts
from mediation.mail.message import Language, Message
from mediation.mail.texts import letter, written_day

_WORDS: Final[dict[str, dict[Language, tuple[str, str]]]] = {
    "news": {
        "en": (
            "Something new to read",
            "There is something new to read in a conversation that you take part in.",
        ),
        "de": (
            "Es gibt Neues zu lesen",
            "In einem Gespräch, an dem Sie teilnehmen, gibt es Neues zu lesen.",
        ),
    },
    "clauses": {
        "en": (
            "Wording waits for you",
            "The wording of a text that you take part in has changed, or waits for your yes.",
        ),
        "de": (
            "Ein Wortlaut wartet auf Sie",
            ("Der Wortlaut eines Textes, an dem Sie mitwirken, hat sich geändert oder wartet auf Ihre Zustimmung."),
        ),
    },
    "meeting": {
        "en": (
            "A conversation",
            "A conversation that you take part in begins.",
        ),
        "de": (
            "Ein Gespräch",
            "Ein Gespräch, an dem Sie teilnehmen, beginnt.",
        ),
    },
    "appointment": {
        "en": ("About a meeting", "A meeting that you take part in is set, moved, or called off."),
        "de": ("Zu einem Treffen", "Ein Treffen, an dem Sie teilnehmen, ist vereinbart, verlegt oder abgesagt."),
    },
    "answer": {
        "en": (
            "Your answer is awaited",
            "You were asked something, and an answer is awaited.",
        ),
        "de": (
            "Ihre Antwort wird erwartet",
            "Sie wurden etwas gefragt, und Ihre Antwort wird erwartet.",
        ),
    },
    "time": {
        "en": ("Your time has changed", "The time that you have for something has changed."),
        "de": ("Ihre Zeit hat sich geändert", "Die Zeit, die Sie für etwas haben, hat sich geändert."),
    },
    "reminder": {
        "en": (
            "A reminder: time is running out",
            "Your answer is still awaited, and the time for it is running out.",
        ),
        "de": (
            "Erinnerung: Die Zeit läuft ab",
            "Ihre Antwort wird noch erwartet, und die Zeit dafür läuft ab.",
        ),
    },
    "served": {
        "en": (
            "You are asked for an answer",
            (
                "The other side asks for an answer, and the time that was agreed for it has begun. If none "
                "comes, the next step follows that everybody saw on the first day."
            ),
        ),
        "de": (
            "Sie werden um eine Antwort gebeten",
            (
                "Die andere Seite bittet um eine Antwort, und die vereinbarte Zeit dafür hat begonnen. Wenn "
                "keine kommt, folgt der nächste Schritt, den alle am ersten Tag gesehen haben."
            ),
        ),
    },
    "step": {
        "en": (
            "A next step was taken",
            "There is a next step. What it is and what it can do is behind the link.",
        ),
        "de": (
            "Es gibt einen nächsten Schritt",
            "Es gibt einen nächsten Schritt. Welcher es ist und was er kann, steht hinter dem Link.",
        ),
    },
    "frozen": {
        "en": (
            "A text for signing",
            "A text stands to be signed, or is being worked on again. Nothing binds before it is signed.",
        ),
        "de": (
            "Ein Text zum Unterschreiben",
            (
                "Ein Text kann unterschrieben werden oder wird wieder bearbeitet. Nichts bindet, bevor "
                "unterschrieben ist."
            ),
        ),
    },
    "signed": {
        "en": (
            "About the signatures",
            "A signature was given or taken back, or somebody does without their time to think.",
        ),
        "de": (
            "Zu den Unterschriften",
            ("Eine Unterschrift wurde geleistet oder zurückgenommen, oder jemand verzichtet auf die Bedenkzeit."),
        ),
    },
    "ended": {
        "en": (
            "A dispute has come to its end here",
            (
                "A dispute that you took part in has come to its end here. You can read there what remains, and until "
                "when. You may go to court or complain elsewhere."
            ),
        ),
        "de": (
            "Ein Streitfall ist hier zu Ende",
            (
                "Ein Streitfall, an dem Sie beteiligt waren, ist hier zu Ende. Dort steht, was bleibt und bis wann. "
                "Der Weg zu Gericht oder zu anderen Stellen steht Ihnen offen."
            ),
        ),
    },
}
"""By kind of notice: the subject, and what there is. In effect and mentions have words of their own in `texts`."""

_ASKS: Final = "asked"
"""The part that says what its reader is to do: it stands by itself, with the last day for it."""
_GUEST: Final[dict[Language, str]] = {
    "en": "If you were invited and are not signed in there, the link in your invitation leads you in.",
    "de": "Wenn Sie eingeladen wurden und dort nicht angemeldet sind: Der Link in Ihrer Einladung bringt Sie hinein.",
}
_ENCLOSED: Final[dict[Language, str]] = {
    "en": "What is enclosed is for your calendar; it takes the place of what we sent for it before.",
    "de": "Was beiliegt, ist für Ihren Kalender; es tritt an die Stelle dessen, was wir zuvor dafür geschickt haben.",
}
_WHEN: Final[dict[Language, str]] = {
    "en": "Behind the sign-in, under your account, you can say when we write to you.",
    "de": "Nach der Anmeldung können Sie unter Ihrem Konto sagen, wann wir Ihnen schreiben.",
}


def about(
    to: str,
    language: Language,
    kind: str,
    link: str,
    *,
    parts: tuple[str, ...] = (),
    until: date | None = None,
    hours: str = "",
    calendars: tuple[str, ...] = (),
    still_until: date | None = None,
) -> Message:
    """One act that concerns its reader: what it consisted of, what it asks of them, until when.

    `hours` are those of a meeting. `still_until` is the day until whose end legal time limits stand still; None where
    they may be running. Raises `KeyError` for a kind or a part without words.
    """
    subject, usual = _WORDS[kind][language]
    happened = tuple(part for part in parts if part != _ASKS)
    asked = step_texts.said((_ASKS,), language, hours) if _ASKS in parts else ""
    day = written_day(until, language) if until is not None else ""
    by_then = (f"Bis: {day}." if language == "de" else f"Until: {day}.") if day else ""
    told = step_texts.said(happened, language, hours) if parts else usual
    what_happened, what_to_do = ((told,), (asked, by_then)) if asked else ((told, by_then), ())
    limits = step_texts.limits(kind, parts, language, still_until)
    paragraphs = (" ".join(filter(None, what_happened)), " ".join(filter(None, what_to_do)), limits)
    what = "\n\n".join(filter(None, paragraphs))
    here = "Dort geht es weiter:" if language == "de" else "This is where to go on:"
    body = f"{what}{_enclosed(calendars, language)}\n\n{here}\n{link}\n{_GUEST[language]}\n\n{_WHEN[language]}"
    return letter("notice", to, language, subject, body, link, calendars=calendars)


def _enclosed(calendars: tuple[str, ...], language: Language) -> str:
    return f"\n\n{_ENCLOSED[language]}" if calendars else ""


def digest(to: str, language: Language, cases: int, link: str, *, calendars: tuple[str, ...] = ()) -> Message:
    """What came together in a day: in how many cases, and nothing else."""
    if language == "de":
        subject = "Was es Neues gibt"
        what = "In einem Fall gibt es Neues." if cases == 1 else f"In {cases} Fällen gibt es Neues."
        here = "Dort sehen Sie, was es ist:"
    else:
        subject = "What is new"
        what = "There are new things in one case." if cases == 1 else f"There are new things in {cases} cases."
        here = "This is where you see what they are:"
    body = f"{what}{_enclosed(calendars, language)}\n\n{here}\n{link}\n{_GUEST[language]}\n\n{_WHEN[language]}"
    return letter("digest", to, language, subject, body, link, calendars=calendars)


def webhook_given_up(to: str, language: Language, link: str) -> Message:
    """A system of the reader's organisation does not take what the portal tells it."""
    if language == "de":
        subject = "Ihr System nimmt unsere Meldungen nicht an"
        body = (
            "Das System, dem wir für Ihre Organisation Meldungen schicken, nimmt sie nicht an. Wir haben es über Tage "
            "versucht und bei mindestens einer Meldung aufgegeben.\n\n"
            f"Dort sehen Sie, was war, und können Meldungen noch einmal schicken lassen:\n{link}"
        )
    else:
        subject = "Your system does not take what we send it"
        body = (
            "The system to which we send messages for your organisation does not take them. We tried for days, and "
            "gave up on at least one.\n\n"
            f"This is where you see what happened, and can have messages sent again:\n{link}"
        )
    return letter("webhook", to, language, subject, body, link)
