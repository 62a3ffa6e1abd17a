"""One dispute with everything in it, as often as it is needed: the same people, the same ids, more or less said."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from casebook import opening
from mediation import clock
from mediation.case import commands as c
from mediation.case.refusals import Refusal
from mediation.case.terms import Party, Role
from mediation.casework.handle import Answer
from mediation.identity.guards import Seat
from proofs.whole_portal import WholePortal, numbered

SEATED: Mapping[str, tuple[Role, Party | None]] = {
    "handler": ("handler", "business"),
    "mediator": ("mediator", None),
    "manager": ("manager", "business"),
    "client": ("principal", "client"),
    "counsel": ("counsel", "client"),
    "companion": ("companion", "client"),
    "legal": ("legal", None),
    "removed": ("counsel", "business"),
}
"""Who sits at the dispute; "removed" does so no longer."""
MARKER = "marker-of-a-caucus"
"""Said in private rooms alone: whoever is not in them never gets it back."""


@dataclass
class Dispute:
    """A case, everybody's seat on it, and the things in it by a short name."""

    portal: WholePortal
    case_id: str = ""
    seats: dict[str, Seat] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    said: int = 0
    """The number of the client's message in the joint room."""
    _given: int = 0
    _headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def next_id(self) -> str:
        """The id of the next command: the same in every dispute."""
        self._given += 1
        return numbered("step", self._given)

    async def do(self, who: str, kind: type[c.Command], /, **fields: Any) -> str:
        """Give a command; returns its id, which is the id of what it made."""
        return (await self.give(who, kind, **fields)).command_id

    async def give(self, who: str, kind: type[c.Command], /, **fields: Any) -> Answer:
        """Give a command; returns the portal's answer."""
        command = kind(command_id=self.next_id(), **fields)
        return await self.portal.casework.handle(self.seats[who], command, clock.now())

    async def header(self, seat: Seat) -> dict[str, str]:
        """What signs somebody in."""
        if seat.account_id not in self._headers:
            self._headers[seat.account_id] = await self.portal.session(seat.account_id)
        return self._headers[seat.account_id]

    async def join(self, who: str, account_id: str) -> None:
        """Give somebody their seat."""
        role, party = SEATED[who]
        participant = numbered("participant", who)
        await self.portal.join(
            self.case_id, account_id, participant, c.JoinCase(name=who.title(), role=role, party=party)
        )
        self.seats[who] = Seat(self.case_id, participant, account_id, role, party, who.title())


async def open_dispute(portal: WholePortal, people: Mapping[str, str], number: int, *, busy: bool) -> Dispute:
    """A mediation in full swing between `people` (accounts by nickname); a `busy` one has more said in private.

    What each person but the mediator may know of a busy one and of a quiet one is the same.
    """
    dispute = Dispute(portal)
    command = opening(numbered("dispute", number))
    dispute.case_id, participant = await portal.casework.open(people["handler"], "Handler", command, clock.now())
    dispute.seats["handler"] = Seat(dispute.case_id, participant, people["handler"], "handler", "business", "Handler")
    for who in SEATED:
        if who != "handler":
            await dispute.join(who, people[who])
    await _begin(dispute)
    await _fill(dispute)
    await _fill_with_files_and_rooms(dispute)
    if busy:
        await _say_more(dispute)
    return dispute


async def _begin(dispute: Dispute) -> None:
    await dispute.do("mediator", c.Disclose, text="No ties.")
    for who in ("handler", "client"):
        await dispute.do(who, c.AcceptMediator)
    for who in SEATED:
        view = await _sees(dispute, who)
        try:
            await dispute.do(who, c.AcceptAgreement, sha256=view.agreement.sha256)
        except Refusal:
            assert who == "legal", "only a legal reader has no agreement to accept"
    await dispute.do("removed", c.Leave)


async def _sees(dispute: Dispute, who: str) -> Any:
    seat = dispute.seats[who]
    async with dispute.portal.casework.pool.acquire() as conn:
        return await dispute.portal.casework.view(conn, dispute.case_id, seat.participant_id)


async def _fill(dispute: Dispute) -> None:
    """One of everything that a command can be about."""
    things, do = dispute.things, dispute.do
    await do("handler", c.PostMessage, room="talks", text="Good morning.")
    await do("mediator", c.OpenSession)
    said = await dispute.give("client", c.PostMessage, room="joint", text="Good morning to all.")
    dispute.said = said.written[0].seq
    things["issue"] = await do("mediator", c.PutIssue, text="The delay")
    things["position"] = await do("client", c.StatePosition, text="It was late.")
    things["reflection"] = await do("mediator", c.ReflectPosition, position=things["position"], text="It was late.")
    things["statement"] = await do("mediator", c.ProposeStatement, kind="shared-fact", text="It came in June.")
    things["offer"] = await do("client", c.MakeOffer, terms="A refund.")
    things["bid"] = await do("handler", c.MakeOffer, terms="A discount.")
    for thing in ("proposal", "meeting"):
        slots = (c.MeetingSlot(starts_at=in_days(7), ends_at=in_days(7, hours=1)),)
        things[thing] = await do("handler", c.ProposeMeeting, slots=slots, zone="Europe/Berlin", where="Room 4")
    await do("client", c.AnswerMeeting, proposal=things["meeting"], suits=(0,))
    await do("client", c.SetMeeting, proposal=things["meeting"], slot=0)
    for side, party in (("handler", "business"), ("client", "client")):
        room = f"caucus-{party}"
        await do("mediator", c.OpenCaucus, party=party)
        await do(side, c.PostMessage, room=room, text=f"{MARKER} of the {party}")
        await do(side, c.PostMessage, room=f"team-{party}", text=f"{MARKER} of the team of the {party}")
        things[f"scribed {party}"] = await do(
            "mediator", c.ScribePosition, owner=dispute.seats[side].participant_id, text=f"{MARKER} written down"
        )
        things[f"sharing {party}"] = await do(
            "mediator", c.ProposeSharing, room=room, form="what-if", text=f"{MARKER} what if"
        )


def in_days(days: int, hours: int = 0) -> datetime:
    """So many days after this midnight: the same whenever it is asked for today."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days, hours=hours)


async def _fill_with_files_and_rooms(dispute: Dispute) -> None:
    """What comes over the wire in several steps: files, a room of chosen people, an invitation."""
    client, handler = (dispute.seats[who] for who in ("client", "handler"))
    made = await dispute.do(
        "mediator", c.OpenRoom, members=(client.participant_id, handler.participant_id), name="Principals"
    )
    dispute.things["private room"] = f"private-{made[:8]}"
    for room in ("joint", "caucus-client", "team-client"):
        dispute.things[f"file {room}"] = await upload(dispute, client, room, _picture(), "picture.png")
    dispute.things["upload"] = (await _begin_upload(dispute, client, "joint", 10))["upload"]
    invited = await _post(
        dispute,
        client,
        "invitations",
        command_id=numbered("invitation", dispute.case_id),
        role="companion",
        party="client",
        email=f"{dispute.case_id[:12]}@friends.example",
    )
    dispute.things["invitation"] = invited["invitation_id"]
    dispute.things["token"] = invited["link"].partition("#")[2]


def _picture() -> bytes:
    """A picture that can be previewed."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return drawn.getvalue()


async def upload(dispute: Dispute, seat: Seat, room: str, content: bytes, name: str = "letter.txt") -> str:
    """A file in a room, sent as a browser does; returns its id."""
    begun = await _begin_upload(dispute, seat, room, len(content), name)
    path = f"/api/cases/{dispute.case_id}/uploads/{begun['upload']}?offset=0"
    header = {**await dispute.header(seat), "content-type": "application/octet-stream"}
    answer = await dispute.portal.http.put(path, content=content, headers=header)
    assert answer.status_code == 200, answer.text
    whole = {"upload": begun["upload"], "sha256": hashlib.sha256(content).hexdigest()}
    return str((await _post(dispute, seat, "files", command_id=dispute.next_id(), **whole))["file"])


async def _begin_upload(dispute: Dispute, seat: Seat, room: str, size: int, name: str = "letter.txt") -> Any:
    told = {"command_id": dispute.next_id(), "room": room, "name": name, "size": size, "origin": "existed-before"}
    return await _post(dispute, seat, "uploads", **told)


async def _post(dispute: Dispute, seat: Seat, collection: str, **body: Any) -> Any:
    path = f"/api/cases/{dispute.case_id}/{collection}"
    answer = await dispute.portal.http.post(path, json=body, headers=await dispute.header(seat))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _say_more(dispute: Dispute) -> None:
    for side, party in (("handler", "business"), ("client", "client")):
        for turn in range(3):
            for room in (f"caucus-{party}", f"team-{party}"):
                await dispute.do(side, c.PostMessage, room=room, text=f"{MARKER} again, {turn}")
        await dispute.do("mediator", c.CloseCaucus, party=party)
        await dispute.do(side, c.RefuseSharing, room=f"caucus-{party}", sharing=dispute.things[f"sharing {party}"])
