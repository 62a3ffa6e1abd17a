"""One fitting request for each route of the portal: what a browser would send, about things that are there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mediation.case.commands import COLLECTIONS
from mediation.case.decide.ground import statement_hash
from proofs.disputes import Dispute, in_days
from word_files import a_word_file

CASE = "/api/cases/{case_id:str}"
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What is sent: `fill` goes into the path, `json` or `content` is the body."""

    fill: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    query: str = ""


def _commands(d: Dispute) -> dict[str, Fields]:
    """What each command is given, by its collection."""
    t = d.things
    client, handler = d.seats["client"].participant_id, d.seats["handler"].participant_id
    companion = d.seats["companion"].participant_id
    return {
        "party-descriptions": {"capacity": "consumer"},
        "disclosures": {"text": "Still no ties."},
        "mediator-acceptances": {},
        "mediator-refusals": {},
        "agreement-acceptances": {"sha256": "0" * 64},
        "sessions": {},
        "session-closings": {"attended": [client, handler]},
        "stages": {"stage": "exploring"},
        "pauses": {},
        "resumptions": {},
        "tier-steps": {"to": "management"},
        "answer-requests": {},
        "extensions": {"term": "resolve", "owed_by": "client", "days": 3},
        "standstills": {"until": "2099-01-01", "text_sha256": "0" * 64},
        "authority-declarations": {"can_agree": [client]},
        "departures": {},
        "endings": {"outcome": "ended-without-settlement"},
        "closings": {},
        "messages": {"room": "joint", "text": "Hello."},
        "message-strikes": {"room": "joint", "seq": d.said},
        "issues": {"text": "The price"},
        "issue-wordings": {"issue": t["issue"], "text": "The long delay"},
        "issue-endorsements": {"issue": t["issue"]},
        "issue-withdrawals": {"issue": t["issue"]},
        "positions": {"text": "It was very late."},
        "position-revisions": {"position": t["position"], "text": "It was too late."},
        "position-withdrawals": {"position": t["position"]},
        "scribed-positions": {"owner": client, "text": "So late."},
        "scribed-answers": {"room": "caucus-client", "scribed": t["scribed client"], "confirmed": False},
        "reflections": {"position": t["position"], "text": "Late, I hear."},
        "reflection-answers": {"reflection": t["reflection"], "heard": True},
        "statements": {"kind": "shared-aim", "text": "A good ending."},
        "statement-wordings": {"statement": t["statement"], "text": "It came in late June."},
        "statement-withdrawals": {"statement": t["statement"]},
        "assents": {
            "statement": t["statement"],
            "text_hash": statement_hash(t["statement"], "shared-fact", "It came in June."),
        },
        "assent-withdrawals": {"statement": t["statement"]},
        "offers": {"terms": "Half of it."},
        "offer-answers": {"offer": t["offer"], "accepted": False},
        "offer-withdrawals": {"offer": t["offer"]},
        "caucuses": {"party": "client"},
        "caucus-closings": {"party": "client"},
        "sharings": {"room": "caucus-client", "form": "my-words", "text": "My own words."},
        "sharing-permissions": {"room": "caucus-client", "sharing": t["sharing client"]},
        "sharing-refusals": {"room": "caucus-client", "sharing": t["sharing client"]},
        "shared-posts": {"room": "caucus-client", "sharing": t["sharing client"]},
        "team-keepings": {"days": 10},
        "private-drafts": {"begun_with": "table"},
        "meeting-proposals": {
            "slots": [{"starts_at": in_days(9).isoformat(), "ends_at": in_days(9, hours=1).isoformat()}],
            "zone": "Europe/Berlin",
        },
        "meeting-answers": {"proposal": t["proposal"], "suits": [0]},
        "meetings": {"proposal": t["proposal"], "slot": 0},
        "meeting-withdrawals": {"proposal": t["proposal"]},
        "meeting-cancellations": {"meeting": t["meeting"]},
        "attendances": {"meeting": t["meeting"], "attended": [client]},
        "limits": {"meaning": "at-most", "amount": {"minor": 500_000, "currency": "EUR"}},
        "limit-withdrawals": {"limit": "1" * 32},
        "hold-requests": {},
        "hold-liftings": {},
        "removals": {"participant": companion},
        "mutes": {"participant": companion},
        "unmutes": {"participant": companion},
        "abuse-reports": {"room": "joint", "seq": 1, "text": "That hurt."},
        "private-rooms": {"members": [client, handler], "name": "Principals"},
        "private-room-closings": {"room": t["private room"]},
        "file-withdrawals": {"room": "joint", "file": t["file joint"]},
        "drafting-modes": {"mode": "one-text"},
        "text-languages": {"language": "de"},
        "suggestions": {"document": "settlement.1", "change": "remove", "clause": "1" * 32, "base_hash": "0" * 64},
        "suggestion-acceptances": {"suggestion": "1" * 32},
        "suggestion-rejections": {"suggestion": "1" * 32},
        "suggestion-withdrawals": {"suggestion": "1" * 32},
        "comments": {"room": "joint", "document": "settlement.1", "text": "Why?"},
        "comment-resolutions": {"room": "joint", "comment": "1" * 32},
        "versions": {"name": "Before lunch"},
        "version-restorations": {"version": "1" * 32},
        "readings": {},
        "text-proposals": {"text_hash": "0" * 64},
        "clause-assents": {"clause": "1" * 32, "text_hash": "0" * 64},
        "clause-assent-withdrawals": {"clause": "1" * 32},
        "freezings": {"text_hash": "0" * 64},
        "reopenings": {},
        "signature-withdrawals": {},
        "time-waivers": {},
        "referrals": {"proposal": {"kind": "ombudsman", "court_stays_open": True, "binding": False}},
        "referral-wordings": {
            "referral": "1" * 32,
            "proposal": {"kind": "ombudsman", "court_stays_open": True, "binding": False},
        },
        "referral-withdrawals": {"referral": "1" * 32},
        "referral-assents": {"referral": "1" * 32, "terms_sha256": "0" * 64},
        "referral-refusals": {"referral": "1" * 32},
        "contacts": {"contact": "Hamburg"},
        "exhibit-withdrawals": {"referral": "1" * 32, "exhibit": "1" * 32},
        "referral-sendings": {"referral": "1" * 32, "pack_sha256": "0" * 64},
        "referral-outcomes": {"referral": "1" * 32, "day": "2026-01-31", "text": "They will look into it."},
    }


_OTHERS: dict[str, Callable[[Dispute, str], Ask]] = {
    "POST /api/sign-in": lambda _d, _id: Ask(json={"email": "nobody@people.example", "password": "x" * 20}),
    "POST /api/sign-out": lambda _d, _id: Ask(),
    "POST /api/cases": lambda _d, new_id: Ask(
        json={
            "command_id": new_id,
            "title": "A new one",
            "category": "scope",
            "account": "It was more than we had said.",
            "business": {"name": "Example Studio"},
            "client": {"name": "Dana"},
            "opener": "mediator",
        }
    ),
    "GET /demo/{token:str}": lambda _d, _id: Ask({"token": "x" * 43}),
    "GET /{path:path}": lambda _d, _id: Ask({"path": "cases"}),
    "GET /schema/{path:str}": lambda _d, _id: Ask({"path": "openapi.json"}),
    f"PUT {CASE}/notes": lambda _d, _id: Ask(json={"text": "A note."}),
    "POST /api/invitations/preview": lambda d, _id: Ask(json={"token": d.things["token"]}),
    "POST /api/invitations/first-page": lambda d, _id: Ask(json={"token": d.things["token"]}),
    "POST /api/invitations/decline": lambda d, _id: Ask(json={"token": d.things["token"]}),
    "POST /api/invitations/accept": lambda d, new_id: Ask(
        json={"token": d.things["token"], "name": "Somebody", "command_id": new_id}
    ),
    f"POST {CASE}/invitations": lambda _d, new_id: Ask(
        json={"command_id": new_id, "role": "companion", "party": "client", "email": f"{new_id[:9]}@friends.example"}
    ),
    f"DELETE {CASE}/invitations/{{invitation_id:str}}": lambda d, _id: Ask({"invitation_id": d.things["invitation"]}),
    f"POST {CASE}/invitations/{{invitation_id:str}}/resend": lambda d, _id: Ask(
        {"invitation_id": d.things["invitation"]}
    ),
    f"PUT {CASE}/invitations/{{invitation_id:str}}/address": lambda d, new_id: Ask(
        {"invitation_id": d.things["invitation"]}, json={"email": f"{new_id[:9]}@friends.example"}
    ),
    "POST /api/invitations/code": lambda d, _id: Ask(json={"token": d.things["token"]}),
    "POST /api/invitations/verify": lambda d, _id: Ask(json={"token": d.things["token"], "code": "000000"}),
    f"GET {CASE}/documents/{{name:str}}/authors": lambda _d, _id: Ask({"name": "settlement.1"}),
    f"GET {CASE}/versions/{{version:str}}": lambda _d, _id: Ask({"version": "1" * 32}),
    f"GET {CASE}/search": lambda _d, _id: Ask(query="?q=morning"),
    f"POST {CASE}/uploads": lambda _d, new_id: Ask(
        json={"command_id": new_id, "room": "joint", "name": "a.txt", "size": 3, "origin": "existed-before"}
    ),
    f"GET {CASE}/uploads/{{upload:str}}": lambda d, _id: Ask({"upload": d.things["upload"]}),
    f"PUT {CASE}/uploads/{{upload:str}}": lambda d, _id: Ask(
        {"upload": d.things["upload"]}, content=b"0123456789", query="?offset=0"
    ),
    f"DELETE {CASE}/uploads/{{upload:str}}": lambda d, _id: Ask({"upload": d.things["upload"]}),
    f"POST {CASE}/files": lambda d, new_id: Ask(
        json={"command_id": new_id, "upload": d.things["upload"], "sha256": "0" * 64}
    ),
    f"POST {CASE}/complaints": lambda _d, new_id: Ask(json={"command_id": new_id, "text": "That was not fair."}),
    f"POST {CASE}/exhibits": lambda d, new_id: Ask(
        json={"command_id": new_id, "referral": "1" * 32, "file": d.things["file joint"], "name": "A letter"}
    ),
    f"GET {CASE}/referrals/{{referral:str}}/{{paper:str}}": lambda _d, _id: Ask(
        {"referral": "1" * 32, "paper": "pack.json"}
    ),
    f"GET {CASE}/brief.pdf": lambda _d, _id: Ask(query="?language=de"),
    f"GET {CASE}/meetings/{{meeting:str}}/calendar.ics": lambda d, _id: Ask({"meeting": d.things["meeting"]}),
    f"GET {CASE}/draft.docx": lambda _d, _id: Ask(query="?language=de"),
    f"GET {CASE}/draft.pdf": lambda _d, _id: Ask(),
    f"POST {CASE}/draft/import": lambda _d, _id: Ask(content=a_word_file("One clause.")),
    f"GET {CASE}/papers/{{paper:str}}": lambda _d, _id: Ask({"paper": "certificate.pdf"}),
    f"POST {CASE}/signing/code": lambda _d, _id: Ask(),
    f"POST {CASE}/signing/passkey-options": lambda _d, _id: Ask(),
    f"POST {CASE}/signatures": lambda _d, new_id: Ask(
        json={
            "command_id": new_id,
            "text_hash": "0" * 64,
            "name": "Somebody",
            "capacity": "consumer",
            "place": "Ulm",
            "consent": True,
            "code": "000000",
        }
    ),
    "GET /api/providers/{provider:str}/clauses": lambda _d, new_id: Ask({"provider": new_id}),
    "GET /api/providers/{provider:str}/clauses/{clause:str}": lambda _d, new_id: Ask(
        {"provider": new_id, "clause": new_id}
    ),
    "GET /api/businesses/{business:str}/policies": lambda _d, new_id: Ask({"business": new_id}),
    "GET /api/businesses/{business:str}/policies/{category:str}": lambda _d, new_id: Ask(
        {"business": new_id, "category": "general"}
    ),
    "PUT /api/businesses/{business:str}/policies/{category:str}": lambda _d, new_id: Ask(
        {"business": new_id, "category": "general"},
        json={"version": 1, "policy": {"rungs": [{"tier": "talks"}]}},
    ),
    "POST /api/businesses/{business:str}/policy-dry-runs": lambda _d, new_id: Ask(
        {"business": new_id},
        json={
            "policy": {"rungs": [{"tier": "talks"}]},
            "supposed": {"opened_on": "2026-12-23", "opener": "principal"},
        },
    ),
    "GET /api/calendars/{country:str}": lambda _d, _id: Ask({"country": "DE"}),
    "PUT /api/providers/{provider:str}/clauses/{clause:str}": lambda _d, new_id: Ask(
        {"provider": new_id, "clause": new_id},
        json={
            "version": 1,
            "language": "en",
            "title": "Interest",
            "words": "Whoever pays late owes [5] per cent.",
            "means": "Being late costs money.",
            "takes_rights": False,
        },
    ),
    f"POST {CASE}/notices/read": lambda _d, _id: Ask(json={"room": "papers", "upto": 1}),
    f"GET {CASE}/notices/{{notice:str}}/calendar": lambda _d, new_id: Ask({"notice": new_id}),
    f"PUT {CASE}/notice-wishes": lambda _d, _id: Ask(json={"room": "papers", "how": "daily"}),
    "PUT /api/account/notice-wishes": lambda _d, _id: Ask(
        json={"awaits": "at-once", "news": "daily", "digest_at": "08:00", "quiet": None, "zone": "Europe/Berlin"}
    ),
    "GET /api/organisations/{organisation:str}/webhook": lambda _d, new_id: Ask({"organisation": new_id}),
    "PUT /api/organisations/{organisation:str}/webhook": lambda _d, new_id: Ask(
        {"organisation": new_id}, json={"url": "https://crm.example.org/hook", "enabled": True}
    ),
    "POST /api/organisations/{organisation:str}/webhook/secret": lambda _d, new_id: Ask({"organisation": new_id}),
    "POST /api/organisations/{organisation:str}/webhook/tests": lambda _d, new_id: Ask({"organisation": new_id}),
    "POST /api/organisations/{organisation:str}/webhook/deliveries/{delivery:str}/again": lambda _d, new_id: Ask(
        {"organisation": new_id, "delivery": new_id}
    ),
    "POST /api/complaints/{complaint:str}/handled": lambda _d, new_id: Ask({"complaint": new_id}),
    "POST /api/look-ups": lambda _d, _id: Ask(json={"code": "00000-00000-00000-00000"}),
    "GET /api/intake/{slug:str}": lambda _d, _id: Ask({"slug": "example-studio"}),
    "POST /api/intake/{slug:str}/code": lambda _d, new_id: Ask(
        {"slug": "example-studio"}, json={"email": f"{new_id[:9]}@friends.example", "language": "en"}
    ),
    "POST /api/intake/{slug:str}": lambda _d, new_id: Ask(
        {"slug": "example-studio"},
        json={
            "command_id": new_id,
            "email": f"{new_id[:9]}@friends.example",
            "code": "000000",
            "name": "Dana",
            "category": "scope",
            "title": "A new one",
            "account": "It was more than we had said.",
        },
    ),
    "POST /api/intake-queue/{case_id:str}/take": lambda _d, new_id: Ask(json={"command_id": new_id}),
    "POST /api/passkey-sign-in/options": lambda _d, _id: Ask(),
    "POST /api/passkey-sign-in": lambda _d, new_id: Ask(
        json={
            "challenge_id": new_id,
            "credential": {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"},
            },
        }
    ),
    "POST /api/password-resets": lambda _d, _id: Ask(json={"email": "nobody@people.example"}),
    "POST /api/password-resets/use": lambda _d, _id: Ask(json={"token": "x" * 43, "password": "a long password"}),
    "POST /api/account/passkeys/options": lambda _d, _id: Ask(),
    "POST /api/account/passkeys": lambda _d, new_id: Ask(
        json={
            "challenge_id": new_id,
            "name": "A key",
            "credential": {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {"clientDataJSON": "AAAA", "attestationObject": "AAAA"},
            },
        }
    ),
    "DELETE /api/account/passkeys/{passkey:str}": lambda _d, new_id: Ask({"passkey": new_id}),
    "DELETE /api/account/sessions/{session:str}": lambda _d, new_id: Ask({"session": new_id}),
    "POST /api/account/sessions/end-others": lambda _d, _id: Ask(),
    "PUT /api/account/password": lambda _d, _id: Ask(json={"current": "x" * 20, "password": "another long one"}),
    "PUT /api/account/absence": lambda _d, _id: Ask(json={"until": None}),
    "PUT /api/account/language": lambda _d, _id: Ask(json={"language": "en"}),
    "POST /api/admin/accounts": lambda _d, new_id: Ask(
        json={"command_id": new_id, "name": "New", "email": f"{new_id[:9]}@people.example"}
    ),
    "PUT /api/admin/accounts/{account:str}": lambda _d, new_id: Ask(
        {"account": new_id}, json={"disabled": False, "administrator": False}
    ),
    "POST /api/admin/organisations": lambda _d, new_id: Ask(
        json={
            "command_id": new_id,
            "kind": "business",
            "name": "Other Studio",
            "slug": f"other-{new_id[:8]}",
            "email": "office@other.example",
        }
    ),
    "POST /api/admin/organisations/{organisation:str}/members": lambda d, new_id: Ask(
        {"organisation": new_id}, json={"account": d.seats["manager"].account_id}
    ),
    "DELETE /api/admin/organisations/{organisation:str}/members/{account:str}": lambda d, new_id: Ask(
        {"organisation": new_id, "account": d.seats["manager"].account_id}
    ),
    "POST /api/demo/cases": lambda _d, _id: Ask(json={}),
}


def ask(route: str, dispute: Dispute, new_id: str) -> Ask:
    """The request for `METHOD template`, perhaps with ` #room` behind it; an Ask without anything for plain reads."""
    name, _, room = route.partition(" #")
    method, _, template = name.partition(" ")
    collection = template.removeprefix(f"{CASE}/")
    if method == "POST" and collection in COLLECTIONS.values():
        return Ask(json={"command_id": new_id, **_commands(dispute)[collection], **({"room": room} if room else {})})
    if name in _OTHERS:
        return _OTHERS[name](dispute, new_id)
    if "{file:str}" in template:
        return Ask({"file": dispute.things[f"file {room}"]})
    if room:
        return Ask({"room": room})
    if method not in {"GET", "SOCKET"} or template.replace(CASE, "").count("{"):
        raise AssertionError(f"Tell tests/proofs/asking.py what a browser sends to {name}.")
    return Ask()
