"""The words of the papers, in every language of the portal: read by people who distrust it, so plain and exact."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, Literal, get_args

Language = Literal["en", "de"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_MONTHS: Final[Mapping[Language, str]] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}

_EN: Final[Mapping[str, str]] = {
    "page": "Page {n} of {of}",
    "attached": "The text of the settlement as canonical JSON, of which its hash is taken",
    "settlement": "Settlement agreement",
    "settlement-partial": "Partial settlement agreement",
    "attestation": "Attestation that a settlement came from mediation",
    "certificate-of-outcome": "Certificate of the outcome of a mediation",
    "certificate-without-mediation": "Certificate of outcome",
    "draft-title": "Draft of a settlement",
    "draft": "Draft. Not agreed, not signed.",
    "draft-binds-nobody": (
        "This copy shows the text as it was at the time below. It binds nobody. Take it to a lawyer if you like."
    ),
    "between": "between",
    "and": "and",
    "certificate": "Certificate",
    "certifies": (
        "This page is not part of what was agreed. The portal made it of its record, to show who signed what, "
        "and how that can be checked."
    ),
    "parties": "Parties",
    "signatures": "Signature",
    "text": "The text",
    "record": "The record, and how to check it",
    "business": "business",
    "consumer": "consumer",
    "name": "Name",
    "capacity": "Capacity",
    "place": "Place of business",
    "residence": "Place",
    "not-given": "not given",
    "side-business": "The business",
    "side-client": "The client",
    "signed-by": "Signed by",
    "signed-at": "Signed",
    "authority": "Signs for the party as",
    "for-self": "signs in their own name",
    "identified": "Identified by",
    "passkey": "a passkey of the signer’s own account, asked for at the moment of signing",
    "code": "a one-time code, mailed at the moment of signing to the address at which the signer was reached",
    "kind-of-signature": (
        "Simple electronic signatures: each signer was told that they sign electronically and agreed to it."
    ),
    "frozen": "Wording fixed",
    "effective": "In effect since",
    "partial": "Extent",
    "partial-yes": "settles a part of the dispute",
    "partial-no": "settles the dispute as its text says",
    "reference": "clause {n}",
    "no-clause": "[a clause that is not in this text]",
    "prevails": "{language}; it prevails over every translation",
    "text-language": "Language of the text",
    "languages-say": (
        "The text stands as it was agreed and is not translated. Only the words around it differ between the "
        "copies in several languages."
    ),
    "text-hash": "Hash of the text (SHA-256)",
    "text-hash-note": (
        "The text is attached to the PDF as canonical JSON. Its hash is SHA-256 of “MR1T” followed by that JSON."
    ),
    "case": "Case",
    "checkpoint": "Sealed by checkpoint",
    "checkpoint-says": "number {n}, of {at}",
    "checkpoint-hash": "Hash of the checkpoint",
    "record-key": "Key of the record (Ed25519)",
    "seal-key": "Certificate of the PDF’s seal",
    "look-up": "To look it up",
    "where": "Where it was made",
    "check-note": (
        "The PDF bears an electronic seal (PAdES), which any PDF reader that checks signatures can test: "
        "changed by one bit, it no longer holds. The hash of the PDF stands in the record, in the "
        "checkpoint after the one above. Everybody on the case can take their bundle of the record and check "
        "it offline, without trusting the portal."
    ),
    "look-up-note": (
        "Whoever holds this paper can look it up with its code at the address above it: the portal then shows the hash "
        "and the seal of the PDF, and tells no names and nothing of the case."
    ),
    "mediation": "The mediation",
    "mediator": "Mediator",
    "began": "Began",
    "ended": "Ended",
    "host": "Run by",
    "attests": "The settlement named below came from a mediation that {mediator} conducted on this portal.",
    "endorses-nothing": (
        "This says where the settlement came from and nothing about what it says. The mediator took no side, "
        "decided nothing and gave no legal advice; neither the mediator nor the portal endorses, recommends "
        "or has examined any term of it."
    ),
    "attests-record": (
        "It is taken from the record of the case. What was said in the mediation is confidential and is not in it."
    ),
    "took-place": "A mediation took place.",
    "no-mediation": "A mediation did not take place.",
    "settled": "It ended with a settlement.",
    "partly-settled": "It ended with a settlement of a part of the dispute.",
    "not-settled": "It ended without a settlement.",
    "case-not-settled": "The matter ended without a settlement.",
    "case-settled": "The matter ended with a settlement.",
    "bare-facts": "This certificate states nothing else: not why, nor who wanted what, nor what anybody said.",
    "dates": "Dates",
    "opened": "Matter opened",
    "sessions": "Sessions",
    "session": "Session {n}",
    "session-says": "{from} to {until}",
    "attended": "attended by {names}",
    "attended-nobody": "attendance not recorded",
    "no-sessions": "No session was recorded.",
    "meetings": "Meetings by appointment",
    "meeting": "Meeting {n}",
    "step-talks": "direct talks",
    "step-mediation": "mediation",
    "step-management": "with management",
    "step-executive": "with the head of the business",
    "step-referral": "referral elsewhere",
    "attended-of": "attended for {side} by {names}",
    "meeting-off": "did not take place",
    "meeting-unsaid": "whether it took place was not recorded",
    "meetings-say": (
        "Who attended is said by the mediator; where there was none, by each side of its own people alone. Nothing "
        "follows from what is not said."
    ),
    "copy": "A copy to work with. It is not sealed and proves nothing; the PDF does.",
    "shown-at": "Text as of",
}

_DE: Final[Mapping[str, str]] = {
    "page": "Seite {n} von {of}",
    "attached": "Der Text des Vergleichs als kanonisches JSON, über das sein Hashwert gebildet ist",
    "settlement": "Vergleich",
    "settlement-partial": "Teilvergleich",
    "attestation": "Bestätigung der Herkunft eines Vergleichs aus einer Mediation",
    "certificate-of-outcome": "Bescheinigung über den Ausgang einer Mediation",
    "certificate-without-mediation": "Bescheinigung über den Ausgang",
    "draft-title": "Entwurf eines Vergleichs",
    "draft": "Entwurf. Nicht vereinbart, nicht unterschrieben.",
    "draft-binds-nobody": (
        "Diese Kopie zeigt den Text, wie er zur unten genannten Zeit war. Sie bindet niemanden. Zeigen Sie "
        "sie gern einem Anwalt oder einer Anwältin."
    ),
    "between": "zwischen",
    "and": "und",
    "certificate": "Nachweis",
    "certifies": (
        "Diese Seite gehört nicht zu dem, was vereinbart wurde. Das Portal hat sie aus seinem Protokoll "
        "erstellt; sie zeigt, wer was unterschrieben hat und wie sich das prüfen lässt."
    ),
    "parties": "Parteien",
    "signatures": "Unterschrift",
    "text": "Der Text",
    "record": "Das Protokoll, und wie man es prüft",
    "business": "Unternehmen",
    "consumer": "Verbraucher",
    "name": "Name",
    "capacity": "Eigenschaft",
    "place": "Ort der Niederlassung",
    "residence": "Ort",
    "not-given": "nicht angegeben",
    "side-business": "Das Unternehmen",
    "side-client": "Die Kundenseite",
    "signed-by": "Unterschrieben von",
    "signed-at": "Unterschrieben am",
    "authority": "Unterschreibt für die Partei als",
    "for-self": "unterschreibt im eigenen Namen",
    "identified": "Identifiziert durch",
    "passkey": "einen Passkey des eigenen Kontos, verlangt im Augenblick der Unterschrift",
    "code": (
        "einen Einmalcode, im Augenblick der Unterschrift an die Adresse gesandt, unter der die Person erreicht wurde"
    ),
    "kind-of-signature": (
        "Einfache elektronische Signaturen: Allen Unterzeichnenden wurde gesagt, dass sie elektronisch "
        "unterschreiben, und sie haben dem zugestimmt."
    ),
    "frozen": "Wortlaut festgestellt",
    "effective": "Wirksam seit",
    "partial": "Umfang",
    "partial-yes": "regelt einen Teil des Streits",
    "partial-no": "regelt den Streit so, wie es im Text steht",
    "reference": "Klausel {n}",
    "no-clause": "[eine Klausel, die nicht in diesem Text steht]",
    "prevails": "{language}; sie geht jeder Übersetzung vor",
    "text-language": "Sprache des Textes",
    "languages-say": (
        "Der Text steht so da, wie er vereinbart wurde, und ist nicht übersetzt. Nur die Worte um ihn herum "
        "unterscheiden sich zwischen den Fassungen in mehreren Sprachen."
    ),
    "text-hash": "Hashwert des Textes (SHA-256)",
    "text-hash-note": (
        "Der Text ist dem PDF als kanonisches JSON beigefügt. Sein Hashwert ist SHA-256 über „MR1T“ und dieses JSON."
    ),
    "case": "Fall",
    "checkpoint": "Versiegelt durch Prüfpunkt",
    "checkpoint-says": "Nummer {n}, vom {at}",
    "checkpoint-hash": "Hashwert des Prüfpunkts",
    "record-key": "Schlüssel des Protokolls (Ed25519)",
    "seal-key": "Zertifikat des Siegels im PDF",
    "look-up": "Zum Aufsuchen",
    "where": "Entstanden auf",
    "check-note": (
        "Das PDF trägt ein elektronisches Siegel (PAdES), das jedes Programm prüfen kann, das Signaturen "
        "in PDF prüft: Um ein Bit verändert, gilt es nicht mehr. Der Hashwert des PDF steht im "
        "Protokoll, im Prüfpunkt nach dem oben genannten. Alle am Fall können ihren Auszug aus dem Protokoll "
        "mitnehmen und ihn offline prüfen, ohne dem Portal zu vertrauen."
    ),
    "look-up-note": (
        "Wer dieses Papier in der Hand hat, kann es mit seinem Code unter der darüber genannten Adresse aufsuchen: Das "
        "Portal zeigt dann Hashwert und Siegel des PDF und nennt weder Namen noch etwas vom Fall."
    ),
    "mediation": "Die Mediation",
    "mediator": "Mediator/in",
    "began": "Beginn",
    "ended": "Ende",
    "host": "Betrieben von",
    "attests": (
        "Der unten bezeichnete Vergleich ging aus einer Mediation hervor, die {mediator} auf diesem Portal "
        "geleitet hat."
    ),
    "endorses-nothing": (
        "Das sagt, woher der Vergleich kommt, und nichts über seinen Inhalt. Die Mediatorin oder der Mediator "
        "hat keine Seite ergriffen, nichts entschieden und keinen Rechtsrat gegeben; weder sie oder er noch "
        "das Portal hat eine der Klauseln geprüft, gebilligt oder empfohlen."
    ),
    "attests-record": (
        "Es ist dem Protokoll des Falls entnommen. Was in der Mediation gesagt wurde, ist vertraulich und "
        "steht nicht darin."
    ),
    "took-place": "Eine Mediation hat stattgefunden.",
    "no-mediation": "Eine Mediation hat nicht stattgefunden.",
    "settled": "Sie endete mit einem Vergleich.",
    "partly-settled": "Sie endete mit einem Vergleich über einen Teil des Streits.",
    "not-settled": "Sie endete ohne Vergleich.",
    "case-not-settled": "Die Sache endete ohne Vergleich.",
    "case-settled": "Die Sache endete mit einem Vergleich.",
    "bare-facts": (
        "Diese Bescheinigung sagt sonst nichts: nicht warum, nicht wer was wollte und nicht, was jemand gesagt hat."
    ),
    "dates": "Daten",
    "opened": "Sache eröffnet",
    "sessions": "Sitzungen",
    "session": "Sitzung {n}",
    "session-says": "{from} bis {until}",
    "attended": "anwesend: {names}",
    "attended-nobody": "Anwesenheit nicht festgehalten",
    "no-sessions": "Es wurde keine Sitzung festgehalten.",
    "meetings": "Vereinbarte Treffen",
    "meeting": "Treffen {n}",
    "step-talks": "direkte Gespräche",
    "step-mediation": "Mediation",
    "step-management": "mit der Leitung",
    "step-executive": "mit der Geschäftsführung",
    "step-referral": "Verweisung an eine andere Stelle",
    "attended-of": "anwesend für {side}: {names}",
    "meeting-off": "fand nicht statt",
    "meeting-unsaid": "ob es stattfand, ist nicht festgehalten",
    "meetings-say": (
        "Wer anwesend war, sagt die Mediation; wo es keine gab, sagt es jede Seite allein für ihre eigenen Leute. Aus "
        "dem, was nicht gesagt ist, folgt nichts."
    ),
    "copy": "Eine Kopie zum Weiterarbeiten. Sie ist nicht versiegelt und beweist nichts; das tut das PDF.",
    "shown-at": "Stand des Textes",
}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"en": _EN, "de": _DE}


def spelt(moment: datetime, language: Language) -> str:
    """A moment to the second, in UTC, as this language writes it whatever the machine's locale."""
    at = moment.astimezone(UTC)
    month = _MONTHS[language].split()[at.month - 1]
    if language == "de":
        return f"{at.day}. {month} {at.year}, {at:%H:%M:%S} Uhr (UTC)"
    return f"{at.day} {month} {at.year}, {at:%H:%M:%S} UTC"
