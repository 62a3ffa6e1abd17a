"""What other people do in one world alone, beside the commands of the case: nobody else is to notice."""

import hashlib
from collections.abc import Awaitable, Callable
from random import Random

from mediation.case import commands as c
from proofs.two_worlds import World
from proofs.whole_portal import numbered
from typist import keystrokes, types


class Disturbance:
    """Draws what happens in one world alone after a turn; each thing is hidden from the viewer."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._done = 0

    async def __call__(self, world: World) -> None:
        """Something, or nothing."""
        papers = world.plan.first.whole.papers
        viewer = papers.people[world.plan.viewer]
        others = [papers.people[who] for who in world.headers if who != viewer.participant and who in papers.people]
        deeds: list[tuple[str, Callable[[World, str], Awaitable[object]]]] = []
        for person in others:
            deeds += [(person.participant, deed) for deed in (self._read, self._try_in_vain, self._complain)]
            if f"team-{person.party}" in self._hidden_from(world, person.participant):
                deeds += [(person.participant, self._draft)] * 2
            if self._hidden_from(world, person.participant):
                deeds += [(person.participant, self._add_a_file)] * 2
            if person.role == "mediator":
                deeds += [(person.participant, self._note)] * 2
            if person.party is not None and person.party != viewer.party:
                deeds += [(person.participant, self._invite)] * 2
        if deeds and self._chance.random() < 0.4:
            who, deed = self._chance.choice(deeds)
            self._done += 1
            await deed(world, who)

    async def _note(self, world: World, who: str) -> None:
        headers = world.headers[who]
        await world.portal.http.put(f"{world.case}/notes", json={"text": f"note {self._done}"}, headers=headers)

    async def _read(self, world: World, who: str) -> None:
        for path in (world.case, f"{world.case}/bundle", f"{world.case}/rooms/joint/entries"):
            await world.get(path, by=who)

    async def _try_in_vain(self, world: World, who: str) -> None:
        made = numbered("in vain", self._done)
        await world.send(who, c.PostMessage(command_id=made, room="papers", text="This is no room to speak in."))

    @staticmethod
    def _hidden_from(world: World, who: str) -> list[str]:
        """The rooms of somebody that the viewer is never in."""
        book = world.plan.first
        return sorted({*book.reads_from(who)} - {*book.reads_from(world.plan.viewer)})

    async def _add_a_file(self, world: World, who: str) -> None:
        room, content = self._chance.choice(self._hidden_from(world, who)), f"file {self._done}".encode()
        http, headers = world.portal.http, world.headers[who]
        made = [numbered(f"{step} {world.plan.opener}", self._done) for step in ("begin", "finish")]
        body = {"command_id": made[0], "room": room, "name": "a.txt", "size": len(content), "origin": "existed-before"}
        begun = await http.post(f"{world.case}/uploads", json=body, headers=headers)
        if begun.status_code == 201:
            upload = begun.json()["upload"]
            as_bytes = {**headers, "content-type": "application/octet-stream"}
            await http.put(f"{world.case}/uploads/{upload}?offset=0", content=content, headers=as_bytes)
            whole = {"command_id": made[1], "upload": upload, "sha256": hashlib.sha256(content).hexdigest()}
            filed = await http.post(f"{world.case}/files", json=whole, headers=headers)
            if filed.status_code == 201:
                world.hidden_files.append(filed.json()["file"])

    async def _draft(self, world: World, who: str) -> None:
        """Begin a draft of one's own side, and type into it."""
        made = await world.send(who, c.OpenDraft(command_id=numbered(f"draft {world.plan.opener}", self._done)))
        if made.status_code == 201:
            name = (await world.get(world.case, by=who)).json()["own_draft"]["name"]
            typed = keystrokes(numbered("clause", self._done), f"words of a draft {self._done}")
            await types(world.portal.port, world.plan.case_id, world.headers[who], name, typed)
            world.hidden_drafts.append(name)

    async def _complain(self, world: World, who: str) -> None:
        body = {"command_id": numbered(f"complaint {world.plan.opener}", self._done), "text": "That was not fair."}
        await world.portal.http.post(f"{world.case}/complaints", json=body, headers=world.headers[who])

    async def _invite(self, world: World, who: str) -> None:
        party = world.plan.first.whole.papers.people[who].party
        made = numbered("invitation", f"{world.plan.opener} {self._done}")
        body = {"command_id": made, "role": "companion", "party": party}
        body |= {"email": f"{made[:8]}@elsewhere.example", "name": "", "title": "", "language": "en"}
        await world.portal.http.post(f"{world.case}/invitations", json=body, headers=world.headers[who])
