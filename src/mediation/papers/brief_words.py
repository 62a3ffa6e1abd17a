"""The words of the case on one page, in every language of the papers."""

from collections.abc import Mapping
from typing import Final

from mediation.papers.words import Language

_EN: Final[Mapping[str, str]] = {
    "brief": "The case on one page",
    "for": "Made for {name} on {at}.",
    "asked": "Asked of you now",
    "about": "What it is about",
    "amount": "Amount in dispute",
    "since": "Since when",
    "wish": "What would help",
    "who": "Who is who",
    "people": "{side}: {names}",
    "agrees": "{side} says that {names} can agree today.",
    "agrees-nobody": "{side} says that nobody here can agree alone today.",
    "to-call": "To be asked: {who}.",
    "mediator": "Mediator: {name}",
    "steps": "Steps so far",
    "step": "{step}, since {day}",
    "ahead": "still possible: {steps}",
    "met": "Met",
    "met-who": "{when}: {names}",
    "met-nobody": "{when}: who came is not on paper",
    "to-come": "arranged for {when}",
    "issues": "Questions on the table",
    "says": "{side} says",
    "wants": "Wants: {wants}",
    "common": "Common ground so far",
    "no-common": "None yet.",
    "offers": "Offers that wait for an answer",
    "no-offers": "None.",
    "text": "The settlement’s text",
    "clauses": "{n} clauses: both sides agree to {both}, {business} to {n-business}, {client} to {n-client}.",
    "frozen": "Ready to be signed since {day}.",
    "signed": "Signed by: {names}.",
    "effective": "In effect since {day}.",
    "more": "and {n} more",
    "quoted": "(goes on)",
    "meeting": "A meeting is arranged for {when}.",
    "sign-from": "It can be signed from {when} on.",
    "not-there": "What is said at the table is left out: you have not accepted the ground rules yet.",
    "limits may-run": "Legal time limits may be running meanwhile.",
    "limits can-agree": (
        "Both sides can agree on the portal that they stand still: it is on the page “What if we can’t agree?”."
    ),
    "limits stand-still": (
        "On {agreed} both sides agreed that legal time limits stand still until the end of {until}: neither says that "
        "a claim in this dispute is too late because of time that passes meanwhile. Time that had passed before counts."
    ),
    "limits may-run-again": (
        "Both sides had agreed that legal time limits stand still until the end of {until}. That day is over, and they "
        "may be running again."
    ),
    "confidential": "Confidential. It quotes what was said in the mediation: nobody may use it elsewhere.",
    "not-sealed": (
        "Put together from what its reader reads in the portal, and shortened. It is not sealed and proves nothing."
    ),
    "next other": "Look at the table.",
    "next accept-mediator": "Say whether your side accepts this mediator.",
    "next accept-ground-rules": "Read the ground rules and say whether you accept them. Then you read the table.",
    "next answer-meeting": "Times for a meeting are proposed: say which suit your side.",
    "next answer-offer": "There is an offer for your side to answer.",
    "next read-wordings": "Read the wordings and say which you agree to.",
    "next answer-reflection": "Read what the mediator heard you say, and say if that is it.",
    "next invite-other-side": "Invite the other side.",
    "next talk-or-invite-mediator": "Write to the other side, or invite a mediator.",
    "next end-as-referred": "It was sent on and goes on there. Either side can end it here.",
    "next answer-other-side": "The other side asks for your side's answer. Write to them.",
    "next await-their-answer": "Nothing yet: the other side has been asked for an answer.",
    "next answer-referral": "It is proposed to have someone else decide: say yes or no to the very terms.",
    "next wake": "The case rests. It goes on as soon as either side writes to the other.",
    "by": "The last day for it is {day}.",
    "next await-answer": "Nothing yet: the other side has been told of the dispute and is asked for an answer.",
    "next await-disclosure": "Nothing yet: the mediator first says whether there are ties to either side.",
    "next await-others": "Nothing yet: the others still have to accept.",
    "next listen": "Listen for now.",
    "next say-your-view": "Say how your side sees it.",
    "next read-questions": "Read the questions and say whether they are the right ones.",
    "next look-for-common-ground": "Note what both sides could agree to.",
    "next make-offer": "Make an offer, or answer one.",
    "next work-on-settlement": "Read and shape the settlement together.",
    "next read-settlement": "Read the settlement before you decide.",
    "next sign-settlement": "Read the text in peace, and sign or say that you will not.",
    "next await-signatures": "Nothing yet: signatures are missing.",
    "next await-effect": "Nothing: it takes effect by itself.",
    "next wait-for-resume": "The joint conversation is paused. Wait until the mediator carries on.",
    "next keep-promises": "Do what was promised.",
    "next download-record": "Nothing: it is over. The record is under Papers.",
    "next read-papers": "Read the papers.",
}

_DE: Final[Mapping[str, str]] = {
    "brief": "Der Fall auf einer Seite",
    "for": "Erstellt für {name} am {at}.",
    "asked": "Was jetzt ansteht",
    "about": "Worum es geht",
    "amount": "Streitiger Betrag",
    "since": "Seit wann",
    "wish": "Was helfen würde",
    "who": "Wer ist wer",
    "people": "{side}: {names}",
    "agrees": "{side} gibt an, dass heute zustimmen kann: {names}.",
    "agrees-nobody": "{side} gibt an, dass hier heute niemand allein zustimmen kann.",
    "to-call": "Zu fragen: {who}.",
    "mediator": "Mediation: {name}",
    "steps": "Schritte bisher",
    "step": "{step}, seit {day}",
    "ahead": "noch möglich: {steps}",
    "met": "Treffen",
    "met-who": "{when}: {names}",
    "met-nobody": "{when}: wer kam, ist nicht festgehalten",
    "to-come": "vereinbart für {when}",
    "issues": "Fragen auf dem Tisch",
    "says": "{side} sagt",
    "wants": "Wunsch: {wants}",
    "common": "Gemeinsames bisher",
    "no-common": "Noch nichts.",
    "offers": "Angebote, die auf Antwort warten",
    "no-offers": "Keine.",
    "text": "Text des Vergleichs",
    "clauses": "{n} Klauseln: Beide Seiten stimmen {both} zu, {business} {n-business}, {client} {n-client}.",
    "frozen": "Zur Unterschrift bereit seit {day}.",
    "signed": "Unterschrieben von: {names}.",
    "effective": "Wirksam seit {day}.",
    "more": "und {n} weitere",
    "quoted": "(geht weiter)",
    "meeting": "Ein Treffen ist vereinbart für {when}.",
    "sign-from": "Unterschrieben werden kann ab {when}.",
    "not-there": "Was am Tisch gesagt wird, fehlt hier: Sie haben die Grundregeln noch nicht angenommen.",
    "limits may-run": "Gesetzliche Fristen laufen möglicherweise weiter.",
    "limits can-agree": (
        "Beide Seiten können im Portal vereinbaren, dass sie ruhen: auf der Seite „Und wenn wir uns nicht einigen?“."
    ),
    "limits stand-still": (
        "Am {agreed} haben beide Seiten vereinbart, dass gesetzliche Fristen bis zum Ende des {until} ruhen: Keine "
        "sagt, ein Anspruch in diesem Streit sei zu spät wegen der Zeit, die bis dahin vergeht. Was vorher vergangen "
        "war, zählt."
    ),
    "limits may-run-again": (
        "Beide Seiten hatten vereinbart, dass gesetzliche Fristen bis zum Ende des {until} ruhen. Der Tag ist vorbei; "
        "sie laufen möglicherweise wieder."
    ),
    "confidential": ("Vertraulich. Hier steht, was in der Mediation gesagt wurde: Niemand darf es anderswo verwenden."),
    "not-sealed": (
        "Zusammengestellt aus dem, was die genannte Person im Portal liest, und gekürzt. Nicht versiegelt; es beweist "
        "nichts."
    ),
    "next other": "Sehen Sie auf den Tisch.",
    "next accept-mediator": "Sagen Sie, ob Ihre Seite diese Mediation annimmt.",
    "next accept-ground-rules": (
        "Lesen Sie die Grundregeln und sagen Sie, ob Sie sie annehmen. Dann lesen Sie auch den Tisch."
    ),
    "next answer-meeting": "Zeiten für ein Treffen sind vorgeschlagen: Sagen Sie, welche Ihrer Seite passen.",
    "next answer-offer": "Ein Angebot wartet auf die Antwort Ihrer Seite.",
    "next read-wordings": "Lesen Sie die Formulierungen und sagen Sie, welchen Sie zustimmen.",
    "next answer-reflection": "Lesen Sie, was die Mediation von Ihnen gehört hat, und sagen Sie, ob es das ist.",
    "next invite-other-side": "Laden Sie die andere Seite ein.",
    "next talk-or-invite-mediator": "Schreiben Sie der anderen Seite, oder laden Sie eine Mediation ein.",
    "next end-as-referred": "Die Sache ist weitergegeben und geht dort weiter. Jede Seite kann sie hier beenden.",
    "next answer-other-side": "Die andere Seite bittet um die Antwort Ihrer Seite. Schreiben Sie ihr.",
    "next await-their-answer": "Noch nichts: Die andere Seite ist um eine Antwort gebeten.",
    "next answer-referral": "Jemand anderes soll entscheiden: Sagen Sie ja oder nein zu genau diesen Bedingungen.",
    "next wake": "Der Fall ruht. Er geht weiter, sobald eine Seite der anderen schreibt.",
    "by": "Der letzte Tag dafür ist {day}.",
    "next await-answer": "Noch nichts: Die andere Seite weiß von dem Streit und ist um eine Antwort gebeten.",
    "next await-disclosure": "Noch nichts: Zuerst sagt die Mediation, ob Verbindungen zu einer Seite bestehen.",
    "next await-others": "Noch nichts: Die anderen müssen noch annehmen.",
    "next listen": "Hören Sie vorerst zu.",
    "next say-your-view": "Sagen Sie, wie Ihre Seite es sieht.",
    "next read-questions": "Lesen Sie die Fragen und sagen Sie, ob es die richtigen sind.",
    "next look-for-common-ground": "Notieren Sie, worauf sich beide Seiten einigen könnten.",
    "next make-offer": "Machen Sie ein Angebot, oder beantworten Sie eines.",
    "next work-on-settlement": "Lesen und gestalten Sie den Vergleich gemeinsam.",
    "next read-settlement": "Lesen Sie den Vergleich, bevor Sie entscheiden.",
    "next sign-settlement": "Lesen Sie den Text in Ruhe und unterschreiben Sie, oder sagen Sie, dass Sie es nicht tun.",
    "next await-signatures": "Noch nichts: Es fehlen Unterschriften.",
    "next await-effect": "Nichts: Er wird von selbst wirksam.",
    "next wait-for-resume": "Das gemeinsame Gespräch ruht. Warten Sie, bis die Mediation es fortsetzt.",
    "next keep-promises": "Tun Sie, was zugesagt wurde.",
    "next download-record": "Nichts: Es ist zu Ende. Der Auszug liegt unter Papiere.",
    "next read-papers": "Lesen Sie die Papiere.",
}

BRIEF: Final[Mapping[Language, Mapping[str, str]]] = {"en": _EN, "de": _DE}
