"""Every mail that the portal writes, in English and German: who asks, what to do, until when. Nothing of a dispute.

A mail travels in the clear and lies in mailboxes that several people read. So subject and body name a side and a kind
of question at most; everything else is behind a link and a code. One place for all texts, so that this can be seen.
"""

import re
from datetime import date, datetime
from typing import Final, Literal

from mediation.case.terms import Category
from mediation.mail.message import Kind, Language, Message

_LONGEST_NAME: Final = 120


def invitation(to: str, language: Language, inviter: str, category: Category, link: str, until: datetime) -> Message:
    """Somebody is invited: by which side, to what kind of question, and that a code will be asked for."""
    about, who, day = _ABOUT[language][category], _name(inviter), written_day(until, language)
    if language == "de":
        subject = "Einladung zu einem gemeinsamen Gespräch"
        body = (
            f"{who} lädt Sie zu einem Gespräch ein, in dem eine Meinungsverschiedenheit gelöst werden soll.\n"
            f"Es geht um: {about}.\n\n"
            f"So kommen Sie hinein:\n{link}\n\n"
            "Sie werden nach einem Code gefragt, den wir an diese Adresse schicken. So liest niemand mit, der nur "
            "diesen Link hat.\n\n"
            "Öffnen verpflichtet Sie zu nichts. Sie können ablehnen, ohne einen Grund zu nennen.\n"
            f"Die Einladung gilt bis {day}. Derselbe Link bringt Sie auch später zurück."
        )
    else:
        subject = "An invitation to talk"
        body = (
            f"{who} invites you to a conversation in which a disagreement is to be settled.\n"
            f"It is about: {about}.\n\n"
            f"This is your way in:\n{link}\n\n"
            "You will be asked for a code, which we mail to this address. So nobody who merely has this link reads "
            "along.\n\n"
            "Opening it commits you to nothing. You can decline without giving a reason.\n"
            f"The invitation stands until {day}. The same link leads you back later on."
        )
    return letter("invitation", to, language, subject, body, link)


def called(to: str, language: Language, business: str, category: Category, link: str, until: datetime) -> Message:
    """Somebody whom a business has named is asked to come, because a disagreement has reached their step."""
    about, who, day = _ABOUT[language][category], _name(business), written_day(until, language)
    if language == "de":
        subject = "Sie werden zu einem Gespräch gebeten"
        body = (
            f"{who} hat Sie als die Person benannt, die jetzt für das Unternehmen entscheidet: Eine "
            "Meinungsverschiedenheit ist bisher nicht gelöst.\n"
            f"Es geht um: {about}.\n\n"
            f"So kommen Sie hinein:\n{link}\n\n"
            "Wenn Sie hier einen Zugang haben, melden Sie sich damit an. Sonst fragen wir nach einem Code, den wir an "
            "diese Adresse schicken.\n\n"
            "Dort lesen Sie zuerst den Fall auf einer Seite.\n"
            f"Die Einladung gilt bis {day}. Wenn Sie nicht kommen, bitten wir nach einer Weile auch die nächste "
            "Person, die benannt ist."
        )
    else:
        subject = "You are asked to a conversation"
        body = (
            f"{who} has named you as the one who decides for the business now: a disagreement has not been settled so "
            "far.\n"
            f"It is about: {about}.\n\n"
            f"This is your way in:\n{link}\n\n"
            "If you have an account here, sign in with it. Otherwise you will be asked for a code, which we mail to "
            "this address.\n\n"
            "The first thing you read there is the case on one page.\n"
            f"The invitation stands until {day}. If you do not come, we ask the next one who is named as well after a "
            "while."
        )
    return letter("invitation", to, language, subject, body, link)


def invitation_reminder(to: str, language: Language, inviter: str, link: str, until: datetime) -> Message:
    """Somebody who was invited has not come yet, and the time for it is running out."""
    who, day = _name(inviter), written_day(until, language)
    if language == "de":
        subject = "Erinnerung: Sie sind zu einem Gespräch eingeladen"
        body = (
            f"{who} hat Sie zu einem Gespräch eingeladen, und Sie waren noch nicht da. Die Zeit, in der jemand kommen "
            "und antworten soll, geht zu Ende.\n\n"
            f"So kommen Sie hinein:\n{link}\n\n"
            "Es ist dieselbe Einladung; auch der frühere Link geht noch. Sie können sie dort ablehnen, ohne einen "
            "Grund zu nennen.\n"
            f"Sie gilt jetzt bis {day}."
        )
    else:
        subject = "A reminder: you are invited to talk"
        body = (
            f"{who} invited you to a conversation, and you have not been there yet. The time in which somebody should "
            "come and answer is running out.\n\n"
            f"This is your way in:\n{link}\n\n"
            "It is the same invitation; the earlier link works too. You can decline it there without giving a "
            "reason.\n"
            f"It now stands until {day}."
        )
    return letter("invitation", to, language, subject, body, link)


def code(to: str, language: Language, digits: str, minutes: int) -> Message:
    """The one-time code for which a page is waiting."""
    if language == "de":
        subject = "Ihr Code"
        body = (
            f"Ihr Code: {digits}\n\n"
            f"Er gilt {minutes} Minuten und nur einmal. Geben Sie ihn auf der Seite ein, die Sie geöffnet haben.\n\n"
            "Geben Sie ihn niemandem weiter; wir fragen nie am Telefon oder per Mail danach. Wenn Sie keinen Code "
            "angefordert haben, brauchen Sie nichts zu tun."
        )
    else:
        subject = "Your code"
        body = (
            f"Your code: {digits}\n\n"
            f"It works for {minutes} minutes, and once. Type it into the page that you opened.\n\n"
            "Pass it on to nobody; we never ask for it by phone or mail. If you did not ask for a code, there is "
            "nothing you need to do."
        )
    return letter("code", to, language, subject, body, digits)


def signing_code(to: str, language: Language, digits: str, minutes: int) -> Message:
    """The one-time code with which somebody signs; what they sign is behind the sign-in."""
    if language == "de":
        subject = "Ihr Code zum Unterschreiben"
        body = (
            f"Ihr Code: {digits}\n\n"
            f"Damit unterschreiben Sie in Ihrem Namen. Er gilt {minutes} Minuten und nur einmal, und nur für den "
            "Text, für den Sie ihn angefordert haben.\n\n"
            "Lesen Sie den Text vorher ganz. Geben Sie den Code niemandem weiter, auch wenn jemand Ihnen helfen "
            "möchte; wir fragen nie am Telefon oder per Mail danach. Wenn Sie keinen Code angefordert haben, brauchen "
            "Sie nichts zu tun: Ohne ihn ist nichts unterschrieben."
        )
    else:
        subject = "Your code for signing"
        body = (
            f"Your code: {digits}\n\n"
            f"With it you sign in your own name. It works for {minutes} minutes, once, and only for the text for which "
            "you asked for it.\n\n"
            "Read the whole text first. Pass the code on to nobody, not even to somebody who wants to help you; we "
            "never ask for it by phone or mail. If you did not ask for a code, there is nothing you need to do: "
            "without it nothing is signed."
        )
    return letter("code", to, language, subject, body, digits)


def settled(
    to: str, language: Language, link: str, since: datetime, checkpoint: int, digest: str, fingerprint: str
) -> Message:
    """What both sides signed binds them: since when, where it is, and what nobody can change behind their backs.

    `digest` is the hash of the newest checkpoint, and `fingerprint` that of the key that signed it, both 64 hex.
    """
    moment = _moment(since, language)
    if language == "de":
        subject = "Die Vereinbarung gilt jetzt"
        body = (
            f"Die Vereinbarung, die beide Seiten unterschrieben haben, gilt seit {moment}. Sie bindet beide.\n\n"
            f"Dort können Sie sie lesen und für sich speichern:\n{link}\n"
            "Wenn Sie eingeladen wurden und dort nicht angemeldet sind: Der Link in Ihrer Einladung bringt Sie hinein."
            "\n\n"
            "Bitte bewahren Sie diese Mail auf. Mit den folgenden Zahlen kann jede Person prüfen, auch ohne uns, dass "
            "an den Unterlagen später nichts geändert wurde:\n"
            f"Siegel Nr. {checkpoint}: {digest}\n"
            f"Schlüssel dieses Portals: {fingerprint}"
        )
    else:
        subject = "The agreement is in force"
        body = (
            f"The agreement that both sides signed has been in force since {moment}. It binds both.\n\n"
            f"This is where you can read it and save a copy:\n{link}\n"
            "If you were invited and are not signed in there, the link in your invitation leads you in.\n\n"
            "Please keep this mail. With these numbers anybody can check, also without us, that nothing in the papers "
            "was changed later on:\n"
            f"Seal no. {checkpoint}: {digest}\n"
            f"Key of this portal: {fingerprint}"
        )
    return letter("settled", to, language, subject, body, link)


def mentioned(to: str, language: Language, link: str) -> Message:
    """Somebody asks for the reader's attention: who, in which room, and with which words is behind the sign-in."""
    if language == "de":
        subject = "Jemand bittet um Ihre Aufmerksamkeit"
        body = (
            "In einem Gespräch, an dem Sie teilnehmen, hat jemand Sie erwähnt.\n\n"
            f"Dort können Sie es lesen:\n{link}\n"
            "Wenn Sie eingeladen wurden und dort nicht angemeldet sind: Der Link in Ihrer Einladung bringt Sie hinein."
            "\n\n"
            "Was geschrieben wurde, steht nicht in dieser Mail, damit niemand mitliest."
        )
    else:
        subject = "Somebody asks for your attention"
        body = (
            "Somebody mentioned you in a conversation that you take part in.\n\n"
            f"This is where you can read it:\n{link}\n"
            "If you were invited and are not signed in there, the link in your invitation leads you in.\n\n"
            "What was written is not in this mail, so that nobody reads along."
        )
    return letter("mention", to, language, subject, body, link)


def acknowledgement(to: str, language: Language, organisation: str, link: str, answer_by: date | None) -> Message:
    """What a client opened has arrived: what happens next, until the end of which day, and the way back."""
    who, until = _name(organisation), ""
    if answer_by is not None:
        day = written_day(answer_by, language)
        until = f" und soll bis {day} antworten" if language == "de" else f", and is to answer by {day}"
    if language == "de":
        subject = "Ihr Anliegen ist angekommen"
        body = (
            f"Ihr Anliegen ist angekommen. {who} sieht es jetzt{until}.\n\n"
            "So geht es weiter:\n"
            "1. Jemand von dort meldet sich, zunächst im direkten Gespräch mit Ihnen.\n"
            "2. Wenn Sie zu zweit nicht weiterkommen, kann jede Seite eine neutrale Person dazuholen. Sie entscheidet "
            "nichts und hilft beiden.\n"
            "3. Nichts bindet Sie, bevor Sie unterschreiben. Sie können jederzeit aufhören.\n\n"
            "Gesetzliche Fristen laufen möglicherweise weiter.\n\n"
            f"Ihr Weg zurück, auch auf einem anderen Gerät:\n{link}\n"
            "Sie werden nach einem Code gefragt, den wir an diese Adresse schicken."
        )
    else:
        subject = "What you wrote has arrived"
        body = (
            f"What you wrote has arrived. {who} sees it now{until}.\n\n"
            "What happens next:\n"
            "1. Somebody there answers, at first in a direct conversation with you.\n"
            "2. If the two of you get stuck, either side can bring in a neutral person, who decides nothing and helps "
            "both.\n"
            "3. Nothing binds you before you sign. You can stop at any moment.\n\n"
            "Legal time limits may go on running meanwhile.\n\n"
            f"Your way back, on another device too:\n{link}\n"
            "You will be asked for a code, which we mail to this address."
        )
    return letter("acknowledgement", to, language, subject, body, link)


def intake_notice(to: str, language: Language, link: str, answer_by: date | None) -> Message:
    """A dispute waits for the organisation; who and what is behind the sign-in."""
    until = ""
    if answer_by is not None:
        day = written_day(answer_by, language)
        until = (
            f"Eine Antwort ist bis {day} zugesagt.\n"
            if language == "de"
            else f"An answer has been promised by {day}.\n"
        )
    if language == "de":
        subject = "Ein neues Anliegen wartet auf Sie"
        body = (
            "Jemand hat über Ihre Seite ein Anliegen eröffnet.\n"
            f"{until}\n"
            f"Nach der Anmeldung können Sie es lesen und übernehmen:\n{link}"
        )
    else:
        subject = "Somebody waits for your answer"
        body = f"Somebody opened a dispute through your page.\n{until}\nSign in to read it and take it on:\n{link}"
    return letter("intake-notice", to, language, subject, body, link)


def intake_reminder(to: str, language: Language, link: str) -> Message:
    """A dispute still waits for the organisation, and the time for an answer is running out."""
    if language == "de":
        subject = "Erinnerung: Ein Anliegen wartet auf Sie"
        body = (
            "Jemand hat über Ihre Seite ein Anliegen eröffnet, und es ist noch niemand von Ihnen gekommen. Die Zeit "
            "dafür geht zu Ende.\n\n"
            f"Nach der Anmeldung können Sie es lesen und übernehmen:\n{link}"
        )
    else:
        subject = "A reminder: somebody waits for your answer"
        body = (
            "Somebody opened a dispute through your page, and nobody of you has come yet. The time for it is running "
            "out.\n\n"
            f"Sign in to read it and take it on:\n{link}"
        )
    return letter("intake-notice", to, language, subject, body, link)


def password_reset(to: str, language: Language, link: str, until: datetime) -> Message:
    """The link that sets another password."""
    moment = _moment(until, language)
    if language == "de":
        subject = "Neues Passwort setzen"
        body = (
            f"Mit diesem Link setzen Sie ein neues Passwort:\n{link}\n\n"
            f"Er gilt bis {moment} und nur einmal. Wenn Sie das nicht wollten, brauchen Sie nichts zu tun; Ihr "
            "Passwort bleibt, wie es ist."
        )
    else:
        subject = "Set a new password"
        body = (
            f"This link sets a new password:\n{link}\n\n"
            f"It works until {moment}, and once. If you did not ask for it, there is nothing you need to do; your "
            "password stays as it is."
        )
    return letter("password", to, language, subject, body, link)


def first_password(to: str, language: Language, link: str, until: datetime) -> Message:
    """A new account, and the link that sets its first password."""
    moment = _moment(until, language)
    if language == "de":
        subject = "Ihr Zugang"
        body = (
            "Für Sie wurde ein Zugang eingerichtet. Mit diesem Link setzen Sie Ihr Passwort:\n"
            f"{link}\n\nEr gilt bis {moment} und nur einmal."
        )
    else:
        subject = "Your account"
        body = (
            f"An account was made for you. This link sets your password:\n{link}\n\nIt works until {moment}, and once."
        )
    return letter("password", to, language, subject, body, link)


def account_changed(to: str, language: Language, what: Literal["password", "passkey"], link: str) -> Message:
    """There is another way into an account. Its owner should know, and what to do if it was somebody else."""
    if language == "de":
        subject = "Ihr Zugang wurde geändert"
        changed = "Das Passwort Ihres Zugangs wurde geändert." if what == "password" else _NEW_PASSKEY["de"]
        body = (
            f"{changed}\n\nWenn Sie das nicht waren: Setzen Sie ein neues Passwort, beenden Sie alle anderen Sitzungen "
            f"und entfernen Sie, was Sie nicht kennen:\n{link}"
        )
    else:
        subject = "Your account was changed"
        changed = "The password of your account was changed." if what == "password" else _NEW_PASSKEY["en"]
        body = (
            f"{changed}\n\nIf it was not you: set a new password, end all other sessions, and remove what you do not "
            f"know:\n{link}"
        )
    return letter("account", to, language, subject, body, link)


def complaint_waiting(to: str, language: Language, link: str) -> Message:
    """A complaint about a mediator waits; about whom, by whom and why is behind the sign-in."""
    if language == "de":
        subject = "Eine Beschwerde wartet auf Antwort"
        body = f"Jemand hat sich über die Vermittlung beschwert.\n\nNach der Anmeldung können Sie es lesen:\n{link}"
    else:
        subject = "A complaint waits for an answer"
        body = f"Somebody complained about how a mediation is led.\n\nSign in to read it:\n{link}"
    return letter("complaint", to, language, subject, body, link)


def letter(
    kind: Kind, to: str, language: Language, subject: str, body: str, key: str, *, calendars: tuple[str, ...] = ()
) -> Message:
    """A mail that ends as all of ours do; `calendars` are files of that kind that go with it."""
    body = f"{body}\n\n{_BYE[language]}\n"
    return Message(kind=kind, to=to, language=language, subject=subject, body=body, key=key, calendars=calendars)


def _name(text: str) -> str:
    """A name that people gave, on one line, and never a link: mail programs make links of what looks like one."""
    shown = " ".join(re.sub(r"[\x00-\x1f\x7f<>]", " ", text).replace("://", " ").replace("www.", "www ").split())
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[:_LONGEST_NAME]}…"


def written_day(moment: date, language: Language) -> str:
    """A day as people write it."""
    if language == "de":
        return f"{moment.day}. {_MONTHS['de'][moment.month - 1]} {moment.year}"
    return f"{moment.day} {_MONTHS['en'][moment.month - 1]} {moment.year}"


def _moment(moment: datetime, language: Language) -> str:
    return f"{written_day(moment, language)}, {moment:%H:%M} UTC"


_ABOUT: Final[dict[Language, dict[Category, str]]] = {
    "en": {
        "billing": "an invoice or a payment",
        "timeline": "when something was to be done",
        "scope": "what was agreed to be done",
        "quality": "how something was done",
        "conduct": "how people treated each other",
        "other": "something else",
    },
    "de": {
        "billing": "eine Rechnung oder Zahlung",
        "timeline": "wann etwas fertig sein sollte",
        "scope": "was vereinbart war",
        "quality": "wie etwas ausgeführt wurde",
        "conduct": "den Umgang miteinander",
        "other": "etwas anderes",
    },
}
_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}
_NEW_PASSKEY: Final[dict[Language, str]] = {
    "en": "A passkey was added to your account.",
    "de": "Ihrem Zugang wurde ein Passkey hinzugefügt.",
}
_BYE: Final[dict[Language, str]] = {
    "en": "This mail was sent by a program; answers to it reach nobody.",
    "de": "Diese Mail hat ein Programm verschickt; Antworten darauf erreichen niemanden.",
}
