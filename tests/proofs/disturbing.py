"""What other people do in one world alone, beside the commands of the case: nobody else is to notice."""

from collections.abc import Awaitable, Callable
from random import Random

from mediation.case import commands as c
from proofs.two_worlds import World
from proofs.whole_portal import numbered


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
            deeds += [(person.participant, deed) for deed in (self._read, self._try_in_vain)]
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

    async def _invite(self, world: World, who: str) -> None:
        party = world.plan.first.whole.papers.people[who].party
        made = numbered("invitation", f"{world.plan.opener} {self._done}")
        body = {"command_id": made, "role": "companion", "party": party}
        body |= {"email": f"{made[:8]}@elsewhere.example", "name": "", "title": "", "language": "en"}
        await world.portal.http.post(f"{world.case}/invitations", json=body, headers=world.headers[who])
