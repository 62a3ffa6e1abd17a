"""One fitting request for each route of the portal: what a browser would send, about things that are there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mediation.case.commands import COLLECTIONS
from mediation.case.decide.ground import statement_hash
from proofs.disputes import Dispute
from proofs.whole_portal import numbered

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
        "hold-requests": {},
        "hold-liftings": {},
        "removals": {"participant": companion},
        "mutes": {"participant": companion},
        "unmutes": {"participant": companion},
        "abuse-reports": {"room": "joint", "seq": 1, "text": "That hurt."},
        "private-rooms": {"members": [client, handler], "name": "Principals"},
        "private-room-closings": {"room": "private-00000000"},
        "file-withdrawals": {"room": "joint", "file": "0" * 32},
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
            "opener": "handler",
        }
    ),
    "POST /api/demo/cases": lambda _d, _id: Ask(json={}),
    "GET /demo/{token:str}": lambda _d, _id: Ask({"token": "x" * 43}),
    "GET /{path:path}": lambda _d, _id: Ask({"path": "cases"}),
    "GET /schema/{path:str}": lambda _d, _id: Ask({"path": "openapi.json"}),
    f"PUT {CASE}/notes": lambda _d, _id: Ask(json={"text": "A note."}),
    "POST /api/invitations/preview": lambda d, _id: Ask(json={"token": d.things.get("token", "x" * 43)}),
    "POST /api/invitations/first-page": lambda d, _id: Ask(json={"token": d.things.get("token", "x" * 43)}),
    "POST /api/invitations/decline": lambda d, _id: Ask(json={"token": d.things.get("token", "x" * 43)}),
    "POST /api/invitations/accept": lambda d, new_id: Ask(
        json={"token": d.things.get("token", "x" * 43), "name": "Somebody", "command_id": new_id}
    ),
    f"POST {CASE}/invitations": lambda _d, new_id: Ask(
        json={"command_id": new_id, "role": "companion", "party": "client"}
    ),
    f"DELETE {CASE}/invitations/{{invitation_id:str}}": lambda d, _id: Ask(
        {"invitation_id": d.things.get("invitation", numbered("no", "invitation"))}
    ),
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
    if room:
        return Ask({"room": room})
    if method not in {"GET", "SOCKET"} or template.replace(CASE, "").count("{"):
        raise AssertionError(f"Tell tests/proofs/asking.py what a browser sends to {name}.")
    return Ask()
