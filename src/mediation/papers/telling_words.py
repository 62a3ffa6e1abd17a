"""The sentences of a chronology: one for each kind of entry that may be produced, in every language of the papers.

In `{…}` stand fields of the entry, and names: `{who}` wrote the entry, `{side}` is the party it is about.
"""

from collections.abc import Mapping
from typing import Final

from mediation.papers.words import Language

_EN: Final[Mapping[str, str]] = {
    "portal": "the portal",
    "somebody": "somebody",
    "unsaid": "without an amount",
    "other": "An entry of the kind {kind} was written.",
    "CaseOpened": "The matter was opened: {title}.",
    "ParticipantJoined": "{name} joined ({role}).",
    "ParticipantJoined earlier": (
        "{name} joined ({role}); earlier cases with {business} on this portal: {earlier_cases}."
    ),
    "ParticipantLeft": "{participant} left.",
    "ParticipantLeft removed": "{participant} was removed from the case by {who}.",
    "PartyDescribed": "{side} stated its place and capacity.",
    "MediatorDisclosed": "{who} declared whether there are ties to either side.",
    "MediatorAccepted": "{side} accepted the mediator.",
    "MediatorRefused": "{side} asked for another mediator.",
    "MediatorAppointed": "{mediator} was appointed mediator.",
    "AgreementAccepted": "{who} accepted the agreement to mediate and its ground rules.",
    "MediationBegan": "The mediation began.",
    "SessionOpened": "A session was opened.",
    "SessionClosed": "The session was closed; present: {names}.",
    "SessionClosed bare": "The session was closed.",
    "TierStepAsked": "{side} asked for a step: {step}.",
    "TierReached": "The step was taken: {step}.",
    "MediationEnded": "The matter ended: {outcome}.",
    "SettlementFrozen": "The wording of a settlement was fixed, to be signed; both sides had agreed to every clause.",
    "SettlementFrozen partial": (
        "The wording of a settlement of a part of the dispute was fixed, to be signed; both sides had agreed to "
        "every clause."
    ),
    "SettlementReopened": "The wording of the settlement was opened again.",
    "SettlementSigned": "{name} signed the settlement for {side}.",
    "SignatureTakenBack": "{side} took the signature back.",
    "TimeToThinkWaived": "{client} gave up the time to think.",
    "SettlementEffective": "The settlement took effect.",
    "SettlementEffective partial": "The settlement of a part of the dispute took effect.",
    "PaperPrinted settlement": "The settlement was printed ({language}), SHA-256 {sha256}.",
    "PaperPrinted attestation": "The attestation was printed ({language}), SHA-256 {sha256}.",
    "PaperPrinted certificate": "The certificate of outcome was printed ({language}), SHA-256 {sha256}.",
    "CaseClosed": "The case was closed.",
    "OperatorAccess export": "Whoever runs the portal took the record of {participant} out of it.",
    "OperatorAccess support": "Whoever runs the portal looked into the case, to help {participant}.",
    "HoldAsked": "{side} asked that nothing be erased.",
    "HoldAsked mediator": "The mediator asked that nothing be erased.",
    "HoldPlaced": "Nothing is erased from then on: both sides and the mediator had asked for it.",
    "HoldPlaced order": "Nothing is erased from then on, by an order: {reference}.",
    "HoldPlaced order bare": "Nothing is erased from then on, by an order.",
    "HoldLifted": "{who} no longer asked that nothing be erased.",
    "HoldLifted order": "The order that nothing be erased was lifted.",
    "TalkErased caucuses": "What was said in private with the mediator was erased.",
    "TalkErased table": "What was said in the mediation was erased.",
    "TalkErased teams": "What each side wrote among itself was erased, unless it keeps it.",
    "MessagePosted": "{who} wrote: “{text}”",
    "FileAdded": "{who} added the file “{name}”, SHA-256 {sha256}.",
    "FileWithdrawn": "{who} withdrew a file.",
    "OfferMade": "{side} made an offer: {offered}.",
    "OfferAnswered yes": "{side} accepted an offer.",
    "OfferAnswered no": "{side} declined an offer.",
    "OfferWithdrawn": "{who} withdrew an offer.",
    "role mediator": "mediator",
    "role principal": "party",
    "role handler": "handles the matter for the business",
    "role manager": "manager of the business",
    "role counsel": "counsel",
    "role companion": "companion",
    "role legal": "reader of the papers",
    "tier talks": "direct talks",
    "tier mediation": "mediation",
    "tier management": "mediation with management at the table",
    "tier executive": "mediation with executives at the table",
    "tier referral": "referral elsewhere",
    "outcome settled": "settled",
    "outcome partly-settled": "settled in part",
    "outcome ended-without-settlement": "without a settlement",
    "outcome referred": "referred elsewhere",
    "outcome expired": "expired",
}

_DE: Final[Mapping[str, str]] = {
    "portal": "das Portal",
    "somebody": "jemand",
    "unsaid": "ohne Betrag",
    "other": "Ein Eintrag der Art {kind} wurde geschrieben.",
    "CaseOpened": "Die Sache wurde eröffnet: {title}.",
    "ParticipantJoined": "{name} kam hinzu ({role}).",
    "ParticipantJoined earlier": (
        "{name} kam hinzu ({role}); frühere Fälle mit {business} auf diesem Portal: {earlier_cases}."
    ),
    "ParticipantLeft": "{participant} ist ausgeschieden.",
    "ParticipantLeft removed": "{participant} wurde von {who} aus dem Fall entfernt.",
    "PartyDescribed": "{side} gab Ort und Eigenschaft an.",
    "MediatorDisclosed": "{who} erklärte, ob Verbindungen zu einer Seite bestehen.",
    "MediatorAccepted": "{side} nahm die Mediatorin oder den Mediator an.",
    "MediatorRefused": "{side} bat um eine andere Mediatorin oder einen anderen Mediator.",
    "MediatorAppointed": "{mediator} wurde mit der Mediation betraut.",
    "AgreementAccepted": "{who} nahm die Mediationsvereinbarung und ihre Grundregeln an.",
    "MediationBegan": "Die Mediation begann.",
    "SessionOpened": "Eine Sitzung wurde eröffnet.",
    "SessionClosed": "Die Sitzung wurde geschlossen; anwesend: {names}.",
    "SessionClosed bare": "Die Sitzung wurde geschlossen.",
    "TierStepAsked": "{side} bat um einen Schritt: {step}.",
    "TierReached": "Der Schritt wurde getan: {step}.",
    "MediationEnded": "Die Sache endete: {outcome}.",
    "SettlementFrozen": (
        "Der Wortlaut eines Vergleichs wurde zur Unterschrift festgestellt; beide Seiten hatten jeder Klausel "
        "zugestimmt."
    ),
    "SettlementFrozen partial": (
        "Der Wortlaut eines Vergleichs über einen Teil des Streits wurde zur Unterschrift festgestellt; beide "
        "Seiten hatten jeder Klausel zugestimmt."
    ),
    "SettlementReopened": "Der Wortlaut des Vergleichs wurde wieder geöffnet.",
    "SettlementSigned": "{name} unterschrieb den Vergleich für {side}.",
    "SignatureTakenBack": "{side} nahm die Unterschrift zurück.",
    "TimeToThinkWaived": "{client} verzichtete auf die Bedenkzeit.",
    "SettlementEffective": "Der Vergleich wurde wirksam.",
    "SettlementEffective partial": "Der Vergleich über einen Teil des Streits wurde wirksam.",
    "PaperPrinted settlement": "Der Vergleich wurde gedruckt ({language}), SHA-256 {sha256}.",
    "PaperPrinted attestation": "Die Bestätigung der Herkunft wurde gedruckt ({language}), SHA-256 {sha256}.",
    "PaperPrinted certificate": "Die Bescheinigung über den Ausgang wurde gedruckt ({language}), SHA-256 {sha256}.",
    "CaseClosed": "Der Fall wurde geschlossen.",
    "OperatorAccess export": "Wer das Portal betreibt, entnahm den Auszug von {participant}.",
    "OperatorAccess support": "Wer das Portal betreibt, sah in den Fall, um {participant} zu helfen.",
    "HoldAsked": "{side} bat darum, dass nichts gelöscht wird.",
    "HoldAsked mediator": "Die Mediatorin oder der Mediator bat darum, dass nichts gelöscht wird.",
    "HoldPlaced": "Von da an wird nichts gelöscht: Beide Seiten und die Mediation hatten darum gebeten.",
    "HoldPlaced order": "Von da an wird nichts gelöscht, auf Anordnung: {reference}.",
    "HoldPlaced order bare": "Von da an wird nichts gelöscht, auf Anordnung.",
    "HoldLifted": "{who} bittet nicht mehr darum, dass nichts gelöscht wird.",
    "HoldLifted order": "Die Anordnung, dass nichts gelöscht wird, wurde aufgehoben.",
    "TalkErased caucuses": "Was in Einzelgesprächen mit der Mediation gesagt wurde, wurde gelöscht.",
    "TalkErased table": "Was in der Mediation gesagt wurde, wurde gelöscht.",
    "TalkErased teams": "Was jede Seite unter sich schrieb, wurde gelöscht, soweit sie es nicht behält.",
    "MessagePosted": "{who} schrieb: „{text}“",
    "FileAdded": "{who} fügte die Datei „{name}“ hinzu, SHA-256 {sha256}.",
    "FileWithdrawn": "{who} zog eine Datei zurück.",
    "OfferMade": "{side} machte ein Angebot: {offered}.",
    "OfferAnswered yes": "{side} nahm ein Angebot an.",
    "OfferAnswered no": "{side} lehnte ein Angebot ab.",
    "OfferWithdrawn": "{who} zog ein Angebot zurück.",
    "role mediator": "Mediation",
    "role principal": "Partei",
    "role handler": "bearbeitet die Sache für das Unternehmen",
    "role manager": "Leitung des Unternehmens",
    "role counsel": "anwaltliche Vertretung",
    "role companion": "Begleitung",
    "role legal": "liest die Papiere",
    "tier talks": "direkte Gespräche",
    "tier mediation": "Mediation",
    "tier management": "Mediation mit der Leitung am Tisch",
    "tier executive": "Mediation mit der Geschäftsführung am Tisch",
    "tier referral": "Verweisung an eine andere Stelle",
    "outcome settled": "mit einem Vergleich",
    "outcome partly-settled": "mit einem Vergleich über einen Teil",
    "outcome ended-without-settlement": "ohne Vergleich",
    "outcome referred": "an eine andere Stelle verwiesen",
    "outcome expired": "durch Zeitablauf",
}

TELLING: Final[Mapping[Language, Mapping[str, str]]] = {"en": _EN, "de": _DE}

_DECIMALS: Final[Mapping[int, str]] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
MINOR_UNITS: Final[Mapping[str, int]] = {code: n for n, codes in _DECIMALS.items() for code in codes.split()}
"""How many decimals a currency has where it is not two (ISO 4217)."""
