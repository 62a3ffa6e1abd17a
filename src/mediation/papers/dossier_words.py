"""The words of what goes with a bundle for a lawyer, in every language of the papers: plain and exact."""

from collections.abc import Mapping
from typing import Final

from mediation.papers.words import Language

_EN: Final[Mapping[str, str]] = {
    "unsealed": "Made for one bundle; not sealed",
    "chronology": "Chronology",
    "chronology-says": (
        "What happened and when, taken from the entries of the record that may be produced. What was said in the "
        "mediation is confidential and is not in it."
    ),
    "chronology-proves": (
        "This list proves nothing by itself. Each line names the entry that does: papers in rooms/papers.jsonl of the "
        "bundle, direct talks in rooms/talks.jsonl, both sealed by signed checkpoints. Long messages are shortened "
        "here; the entry holds all of it. Times are UTC."
    ),
    "erased": "The words of these entries are erased or withheld; that they were written is proven ({room}): {places}.",
    "too-many": "{n} further entries are not listed here; they are in the bundle.",
    "when": "When",
    "entry": "Entry",
    "what": "What happened",
    "room papers": "Papers",
    "room talks": "Direct talks",
    "room joint": "At the table",
    "room caucus-business": "In private with the mediator",
    "room caucus-client": "In private with the mediator",
    "room team-business": "The business among itself",
    "room team-client": "The client’s side among itself",
    "private room": "A private room",
    "exhibits": "Index of exhibits",
    "exhibits-says": (
        "Files of the direct talks, which may be produced. The hash identifies each to the byte; the entry named "
        "proves when it was added, and by whom."
    ),
    "origin-says": (
        "“Existed before” is what the person who added the file said of it: it existed before the mediation and was "
        "not made for it."
    ),
    "exhibits-note": (
        "A bundle that was taken with its files holds each of these as evidence/ followed by its SHA-256. A file that "
        "was withdrawn is not listed."
    ),
    "confidential-exhibits": "Files of confidential rooms",
    "confidential-warning": (
        "Confidential. Not to be produced. This list tells of what was shown in the mediation; it is for you and your "
        "adviser."
    ),
    "confidential-says": (
        "Files of the rooms that you were in and that are kept in confidence. No checkpoint proves them. A file that "
        "existed before the mediation does not become privileged by having been shown there: where you have it from "
        "elsewhere, you may use it from there."
    ),
    "number": "No.",
    "file-and-hash": "File, its origin, the entry, and its SHA-256",
    "existed-before": "existed before",
    "made-for-mediation": "made for the mediation",
    "no-files": "There is none.",
    "custodian": "Certification of a record kept by an electronic system",
    "custodian-says": (
        "A form, to be completed and signed by a custodian of the record or another qualified person: for instance "
        "whoever runs the portal, or an expert who has checked the bundle. The portal has filled in what it knows. "
        "Everything else is left empty on purpose. Nobody has certified anything as long as it is."
    ),
    "custodian-law": (
        "It follows Federal Rules of Evidence 902(11), 902(13) and 902(14) with 803(6), and 28 U.S.C. § 1746, of the "
        "United States. Other courts ask for other words, and for notice to the other side beforehand: ask a lawyer. "
        "It holds nothing of what was said in the mediation."
    ),
    "who": "Who certifies",
    "name": "Name",
    "position": "Position, and how you know the system",
    "organisation": "Organisation",
    "address": "Address",
    "states": "What is certified (tick what is true, strike out the rest)",
    "state-1": "I am the custodian of the record below, or a person qualified to speak of how it is made and kept.",
    "state-2": (
        "Its entries were made by the system at or near the time of what they tell, by persons with knowledge of it or "
        "from what such persons transmitted."
    ),
    "state-3": "The record is kept in the course of a regularly conducted activity.",
    "state-4": "Making such a record is a regular practice of that activity.",
    "state-5": (
        "The system produces an accurate result: every entry is chained to the one before it by SHA-256, every paper "
        "is sealed by a checkpoint that is signed with the key below, and a change of either is found by checking."
    ),
    "state-6": (
        "I have computed the SHA-256 of each file produced with this certification, and it is the one listed below: "
        "each is a true copy."
    ),
    "state-7": "I have checked the bundle named below with a program that checks such records, and it found no fault.",
    "certified": "The record",
    "certified-note": (
        "Hashes and fingerprints are as the bundle holds them. The fingerprint of the key stands on printed papers and "
        "in the mails that came with them, too: compare it."
    ),
    "head": "{room}: last link of the chain",
    "entries": "{n} entries",
    "exhibit": "Exhibit",
    "paper settlement": "Settlement",
    "paper attestation": "Attestation of its origin",
    "paper certificate": "Certificate of outcome",
    "file": "The file",
    "file-hash": "SHA-256 of the bundle (zip) itself, which it cannot hold",
    "file-checked": "Checked on, with which program and version, with what result",
    "signature": "Signature",
    "declares": (
        "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true "
        "and correct."
    ),
    "place-date": "Place and date",
    "signed": "Signature",
    "printed-name": "Name in block letters",
}

_DE: Final[Mapping[str, str]] = {
    "unsealed": "Für einen Auszug erstellt; nicht versiegelt",
    "chronology": "Zeittafel",
    "chronology-says": (
        "Was wann geschah, entnommen den Einträgen des Protokolls, die vorgelegt werden dürfen. Was in der Mediation "
        "gesagt wurde, ist vertraulich und steht nicht darin."
    ),
    "chronology-proves": (
        "Diese Liste beweist für sich nichts. Jede Zeile nennt den Eintrag, der es tut: Papiere in "
        "rooms/papers.jsonl des Auszugs, direkte Gespräche in rooms/talks.jsonl, beide durch signierte Prüfpunkte "
        "versiegelt. Lange Nachrichten sind hier gekürzt; der Eintrag enthält alles. Zeiten in UTC."
    ),
    "erased": (
        "Die Worte dieser Einträge sind gelöscht oder zurückgehalten; dass sie geschrieben wurden, ist bewiesen "
        "({room}): {places}."
    ),
    "too-many": "{n} weitere Einträge sind hier nicht aufgeführt; sie stehen im Auszug.",
    "when": "Wann",
    "entry": "Eintrag",
    "what": "Was geschah",
    "room papers": "Papiere",
    "room talks": "Direkte Gespräche",
    "room joint": "Am Tisch",
    "room caucus-business": "Einzelgespräch",
    "room caucus-client": "Einzelgespräch",
    "room team-business": "Das Unternehmen unter sich",
    "room team-client": "Die Kundenseite unter sich",
    "private room": "Ein privater Raum",
    "exhibits": "Anlagenverzeichnis",
    "exhibits-says": (
        "Dateien der direkten Gespräche, die vorgelegt werden dürfen. Der Hashwert bezeichnet jede bis aufs Byte; der "
        "genannte Eintrag beweist, wann und von wem sie hinzugefügt wurde."
    ),
    "origin-says": (
        "„Bestand vorher“ ist eine Angabe der Person, die die Datei hinzufügte: Sie bestand vor der Mediation und "
        "wurde nicht für sie gemacht."
    ),
    "exhibits-note": (
        "Ein Auszug, der mit den Dateien genommen wurde, enthält jede unter evidence/ und ihrem SHA-256. Eine Datei, "
        "die zurückgezogen wurde, ist nicht aufgeführt."
    ),
    "confidential-exhibits": "Dateien vertraulicher Räume",
    "confidential-warning": (
        "Vertraulich. Nicht zur Vorlage bestimmt. Diese Liste sagt, was in der Mediation gezeigt wurde; sie ist für "
        "Sie und Ihre Beratung."
    ),
    "confidential-says": (
        "Dateien der Räume, in denen Sie waren und die vertraulich sind. Kein Prüfpunkt beweist sie. Eine Datei, die "
        "vor der Mediation bestand, wird nicht dadurch geschützt, dass sie dort gezeigt wurde: Wo Sie sie anderweitig "
        "haben, dürfen Sie sie von dort verwenden."
    ),
    "number": "Nr.",
    "file-and-hash": "Datei, ihre Herkunft, der Eintrag und ihr SHA-256",
    "existed-before": "bestand vorher",
    "made-for-mediation": "für die Mediation gemacht",
    "no-files": "Es gibt keine.",
    "custodian": "Bescheinigung über ein elektronisch geführtes Protokoll",
    "custodian-says": (
        "Ein Vordruck, auszufüllen und zu unterschreiben von einer Person, die das Protokoll verwahrt oder sonst "
        "befähigt ist: etwa wer das Portal betreibt, oder wer als sachkundige Person den Auszug geprüft hat. Das "
        "Portal hat eingetragen, was es weiß. Alles andere ist mit Absicht leer. Solange es leer ist, hat niemand "
        "etwas bescheinigt."
    ),
    "custodian-law": (
        "Er folgt den Regeln 902(11), 902(13) und 902(14) mit 803(6) der Federal Rules of Evidence und 28 U.S.C. "
        "§ 1746 der Vereinigten Staaten. Andere Gerichte verlangen andere Worte oder keine solche Bescheinigung: "
        "Fragen Sie anwaltlich nach. Er enthält nichts von dem, was in der Mediation gesagt wurde."
    ),
    "who": "Wer bescheinigt",
    "name": "Name",
    "position": "Stellung, und woher Sie das System kennen",
    "organisation": "Organisation",
    "address": "Anschrift",
    "states": "Was bescheinigt wird (ankreuzen, was zutrifft; das Übrige streichen)",
    "state-1": "Ich verwahre das unten bezeichnete Protokoll oder kann darüber Auskunft geben, wie es entsteht.",
    "state-2": (
        "Seine Einträge hat das System zur Zeit dessen, was sie sagen, oder kurz danach gemacht, durch Personen, die "
        "davon wussten, oder nach dem, was solche Personen übermittelten."
    ),
    "state-3": "Das Protokoll wird im Rahmen einer regelmäßig ausgeübten Tätigkeit geführt.",
    "state-4": "Ein solches Protokoll zu führen ist bei dieser Tätigkeit üblich.",
    "state-5": (
        "Das System liefert richtige Ergebnisse: Jeder Eintrag ist durch SHA-256 mit dem vorigen verkettet, jedes "
        "Papier durch einen Prüfpunkt versiegelt, der mit dem unten genannten Schlüssel signiert ist; wer prüft, "
        "findet jede Änderung."
    ),
    "state-6": (
        "Ich habe den SHA-256 jeder Datei berechnet, die mit dieser Bescheinigung vorgelegt wird; er ist der unten "
        "genannte, und jede ist eine getreue Kopie."
    ),
    "state-7": (
        "Ich habe den unten bezeichneten Auszug mit einem Programm geprüft, das solche Protokolle prüft; es fand "
        "keinen Fehler."
    ),
    "certified": "Das Protokoll",
    "certified-note": (
        "Hashwerte und Fingerabdrücke sind die des Auszugs. Der Fingerabdruck des Schlüssels steht auch auf gedruckten "
        "Papieren und in den E-Mails, die mit ihnen kamen: Vergleichen Sie ihn."
    ),
    "head": "{room}: letztes Glied der Kette",
    "entries": "{n} Einträge",
    "exhibit": "Anlage",
    "paper settlement": "Vergleich",
    "paper attestation": "Bestätigung der Herkunft",
    "paper certificate": "Bescheinigung über den Ausgang",
    "file": "Die Datei",
    "file-hash": "SHA-256 des Auszugs (zip) selbst, den er nicht enthalten kann",
    "file-checked": "Geprüft am, mit welchem Programm welcher Version, mit welchem Ergebnis",
    "signature": "Unterschrift",
    "declares": (
        "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true "
        "and correct. (Ich versichere bei Strafe nach dem Recht der Vereinigten Staaten von Amerika, dass das "
        "Vorstehende wahr und richtig ist.)"
    ),
    "place-date": "Ort und Datum",
    "signed": "Unterschrift",
    "printed-name": "Name in Druckschrift",
}

DOSSIER: Final[Mapping[Language, Mapping[str, str]]] = {"en": _EN, "de": _DE}
