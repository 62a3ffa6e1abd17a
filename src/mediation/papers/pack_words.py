"""The words of a pack for an institution, beside those that all papers share."""

from collections.abc import Mapping
from typing import Final

from mediation.papers.words import Language

_EN: Final[Mapping[str, str]] = {
    "pack": "Referral",
    "kind arbitration": "Referral to arbitration",
    "kind adjudication": "Referral to adjudication",
    "kind expert-determination": "Referral to expert determination",
    "kind ombudsman": "Referral to an ombudsman or complaints body",
    "kind court-connected": "Referral to court-connected proceedings",
    "kind another-mediation": "Referral to another mediation",
    "not-sent": "Draft. This has not been sent to anybody.",
    "says": (
        "{side} asks for these proceedings. All sides got the same pack at the same time ({at}). What stands in it was "
        "written for this purpose; the portal takes nothing over from a mediation, from private conversations or from "
        "a side’s own room."
    ),
    "says-draft": (
        "{side} proposes these proceedings. When this is sent, all sides get the same pack at the same time. What "
        "stands in it is written for this purpose; the portal takes nothing over from a mediation, from private "
        "conversations or from a side’s own room."
    ),
    "asked-for": "What is asked for",
    "proceedings": "Proceedings",
    "institution": "Institution",
    "rules": "Rules",
    "seat": "Seat or place",
    "proceedings-language": "Language of the proceedings",
    "binding": "Does it bind",
    "binding-yes": "yes",
    "binding-no": "no",
    "court": "Do the courts stay open",
    "court-yes": "yes",
    "court-no": "no, as far as the law allows it",
    "cost": "Cost",
    "assent": "Agreed to by both sides",
    "assent-by": "Agreed",
    "assent-note": (
        "Each side agreed after the dispute had arisen, separately, to these proceedings, this institution, these "
        "rules, this seat, language and cost, and to whether the courts stay open."
    ),
    "contact": "Reached at",
    "people": "Represented by",
    "role principal": "in person",
    "role handler": "handles the matter",
    "role manager": "management",
    "role counsel": "counsel",
    "relied-on": "Agreement relied on",
    "description": "What the dispute is about",
    "claim": "Claim, and what it rests on",
    "value": "Value",
    "amount": "Amount",
    "relief": "What is asked to be decided",
    "procedure": "What is agreed or proposed about the procedure",
    "tried": "What was tried before",
    "opened-on": "The matter was opened",
    "step talks": "Direct talks",
    "step mediation": "Mediation",
    "step management": "Management at the table",
    "step executive": "Executives at the table",
    "step-taken": "begun on {at}",
    "step-skipped": "not taken",
    "mediation-of": "A mediation took place",
    "mediation-says": "began on {from}",
    "mediation-says-ended": "began on {from}, ended on {until}",
    "tried-note": (
        "What was said in a mediation is confidential and not part of this pack, nor why it ended or how anybody "
        "behaved in it."
    ),
    "exhibits": "Exhibits",
    "exhibit": "Exhibit {n}",
    "exhibit-of": "chosen by {side}",
    "no-exhibits": "None.",
    "exhibits-note": "Each file existed before. Its hash is SHA-256 of its bytes.",
    "gaps": "Not given",
    "gap institution": "The institution is not named.",
    "gap contact": "{side} has not said where it can be reached.",
    "gap relied-on": "The agreement or clause relied on is not given.",
    "gap description": "What the dispute is about is not given.",
    "gap claim": "The claim and what it rests on are not given.",
    "gap value": "The value of the dispute is not given.",
    "gap relief": "What is asked to be decided is not given.",
    "gap rules": "The rules are not named.",
    "gap seat": "The seat or place is not given.",
    "gap language": "The language of the proceedings is not given.",
    "gap cost": "The cost is not given.",
    "gap procedure": "Nothing is given about the number of those who decide, or other procedure.",
    "gaps-note": "The institution may ask for these before it begins.",
    "check": "How this can be checked",
    "sent": "Sent to all sides",
    "pack-hash": "Hash of the pack (SHA-256)",
    "pack-note": (
        "The pack is attached to the PDF as referral.json. Its hash stands in the record of the case, signed by the "
        "portal when it was sent."
    ),
    "attached": "The referral as canonical JSON, of which its hash is taken",
}

_DE: Final[Mapping[str, str]] = {
    "pack": "Überweisung",
    "kind arbitration": "Überweisung an ein Schiedsgericht",
    "kind adjudication": "Überweisung zur Adjudikation",
    "kind expert-determination": "Überweisung an eine Schiedsgutachterin oder einen Schiedsgutachter",
    "kind ombudsman": "Überweisung an eine Ombuds- oder Schlichtungsstelle",
    "kind court-connected": "Überweisung in ein gerichtsnahes Verfahren",
    "kind another-mediation": "Überweisung in eine andere Mediation",
    "not-sent": "Entwurf. Dies wurde niemandem geschickt.",
    "says": (
        "{side} bittet um dieses Verfahren. Alle Seiten haben dieselben Unterlagen zur selben Zeit bekommen ({at}). "
        "Was darin steht, wurde dafür geschrieben; das Portal übernimmt nichts aus einer Mediation, aus vertraulichen "
        "Gesprächen oder aus dem eigenen Raum einer Seite."
    ),
    "says-draft": (
        "{side} schlägt dieses Verfahren vor. Beim Versenden bekommen alle Seiten dieselben Unterlagen zur selben "
        "Zeit. Was darin steht, wird dafür geschrieben; das Portal übernimmt nichts aus einer Mediation, aus "
        "vertraulichen Gesprächen oder aus dem eigenen Raum einer Seite."
    ),
    "asked-for": "Worum gebeten wird",
    "proceedings": "Verfahren",
    "institution": "Stelle",
    "rules": "Regeln",
    "seat": "Sitz oder Ort",
    "proceedings-language": "Sprache des Verfahrens",
    "binding": "Bindet es",
    "binding-yes": "ja",
    "binding-no": "nein",
    "court": "Bleiben die Gerichte offen",
    "court-yes": "ja",
    "court-no": "nein, soweit das Recht es zulässt",
    "cost": "Kosten",
    "assent": "Zustimmung beider Seiten",
    "assent-by": "Zugestimmt",
    "assent-note": (
        "Jede Seite hat nach Entstehen der Streitigkeit gesondert zugestimmt: zu diesem Verfahren, dieser Stelle, "
        "diesen Regeln, diesem Sitz, dieser Sprache, diesen Kosten und dazu, ob die Gerichte offen bleiben."
    ),
    "contact": "Erreichbar unter",
    "people": "Vertreten durch",
    "role principal": "selbst",
    "role handler": "bearbeitet die Sache",
    "role manager": "Leitung",
    "role counsel": "rechtlicher Beistand",
    "relied-on": "Vereinbarung, auf die sich der Antrag stützt",
    "description": "Worum es in der Streitigkeit geht",
    "claim": "Anspruch und worauf er beruht",
    "value": "Wert",
    "amount": "Betrag",
    "relief": "Was entschieden werden soll",
    "procedure": "Was über das Verfahren vereinbart oder vorgeschlagen ist",
    "tried": "Was vorher versucht wurde",
    "opened-on": "Die Sache wurde eröffnet",
    "step talks": "Direkte Gespräche",
    "step mediation": "Mediation",
    "step management": "Leitung am Tisch",
    "step executive": "Geschäftsführung am Tisch",
    "step-taken": "begonnen am {at}",
    "step-skipped": "nicht gegangen",
    "mediation-of": "Eine Mediation fand statt",
    "mediation-says": "begann am {from}",
    "mediation-says-ended": "begann am {from}, endete am {until}",
    "tried-note": (
        "Was in einer Mediation gesagt wurde, ist vertraulich und nicht Teil dieser Unterlagen, auch nicht, warum sie "
        "endete oder wie sich jemand darin verhielt."
    ),
    "exhibits": "Anlagen",
    "exhibit": "Anlage {n}",
    "exhibit-of": "ausgewählt von {side}",
    "no-exhibits": "Keine.",
    "exhibits-note": "Jede Datei gab es schon vorher. Ihr Hash ist SHA-256 ihrer Bytes.",
    "gaps": "Nicht angegeben",
    "gap institution": "Die Stelle ist nicht genannt.",
    "gap contact": "{side} hat nicht gesagt, wo sie erreichbar ist.",
    "gap relied-on": "Die Vereinbarung oder Klausel, auf die sich der Antrag stützt, fehlt.",
    "gap description": "Worum es in der Streitigkeit geht, fehlt.",
    "gap claim": "Der Anspruch und worauf er beruht, fehlen.",
    "gap value": "Der Wert der Streitigkeit fehlt.",
    "gap relief": "Was entschieden werden soll, fehlt.",
    "gap rules": "Die Regeln sind nicht genannt.",
    "gap seat": "Sitz oder Ort fehlen.",
    "gap language": "Die Sprache des Verfahrens fehlt.",
    "gap cost": "Die Kosten fehlen.",
    "gap procedure": "Über die Zahl der Entscheidenden oder das Verfahren sonst ist nichts angegeben.",
    "gaps-note": "Die Stelle kann danach fragen, bevor sie beginnt.",
    "check": "Wie sich das prüfen lässt",
    "sent": "An alle Seiten geschickt",
    "pack-hash": "Hash der Unterlagen (SHA-256)",
    "pack-note": (
        "Die Unterlagen hängen dem PDF als referral.json an. Ihr Hash steht im Protokoll des Falls, beim Versenden vom "
        "Portal unterschrieben."
    ),
    "attached": "Die Überweisung als kanonisches JSON, aus dem ihr Hash gebildet ist",
}

PACK: Final[Mapping[Language, Mapping[str, str]]] = {"en": _EN, "de": _DE}
