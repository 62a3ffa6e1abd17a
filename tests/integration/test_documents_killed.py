"""The portal is killed at random moments while two people write: what was acknowledged is there afterwards."""

import asyncio
import os
import random
import sys
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from mediation.drafting.canonical import canonical
from mediation.drafting.committed import load
from portal_process import Portal
from provider_process import Person

KILLS = 20 if os.environ.get("MEDIATION_SOAK") else 3


def acknowledged(person: Person) -> set[str]:
    """The words whose acknowledgement has arrived."""
    numbers = {
        number
        for event in person.events
        if event["event"] == "acknowledged"
        for number in range(event["from"], event["to"] + 1)
    }
    return {event["word"] for event in person.events if event["event"] == "wrote" and event["made"] in numbers}


def holds_an_edit(event: dict[str, Any]) -> bool:
    """The answer to an opening without edits acknowledges nothing, and may come late."""
    return bool(event["to"] >= event["from"])


async def kept(dsn: str, case_id: str, name: str) -> set[str]:
    """The words on disk."""
    conn = await asyncpg.connect(dsn)
    try:
        state = await load(conn, case_id, name)
    finally:
        await conn.close()
    assert state is not None
    return {node["content"][0]["text"] for node in canonical(state.doc).get("content", []) if "content" in node}


@pytest.mark.soak
@pytest.mark.timeout(900 if os.environ.get("MEDIATION_SOAK") else 120)
async def test_no_acknowledged_edit_is_missing_after_the_portal_was_killed(
    start_portal: Callable[..., Portal], database: str
) -> None:
    portal = await asyncio.to_thread(start_portal)
    demo: dict[str, Any] = await asyncio.to_thread(portal.demo, "--stage", "drafting")
    name = demo["documents"][0]["name"]
    url = f"ws://localhost:{portal.port}/api/cases/{demo['case']}/documents"
    cookies = [person["cookie"] for person in demo["people"] if person["role"] in {"principal", "handler"}]
    moments = random.Random()
    async with Person(url, name, {"cookie": cookies[0]}) as one, Person(url, name, {"cookie": cookies[1]}) as other:
        people = (one, other)
        await asyncio.gather(*(person.comes_in() for person in people))
        for _ in range(KILLS):
            seen = [len(person.events) for person in people]
            for mark, person in zip("ab", people, strict=True):
                await person.do("keepWriting", name=name, mark=mark, every=3)
            await asyncio.gather(
                *(
                    person.hears("acknowledged", holds_an_edit, since=since)
                    for person, since in zip(people, seen, strict=True)
                )
            )
            # The moment is the point here: anywhere within a good many commits.
            await asyncio.sleep(moments.uniform(0, 0.5))
            await asyncio.to_thread(portal.kill)
            # What had been sent before the end may still be on its way through the pipe.
            await asyncio.gather(
                *(person.hears("closed", since=since) for person, since in zip(people, seen, strict=True))
            )
            on_disk = await kept(database, demo["case"], name)
            for person in people:
                promised = acknowledged(person)
                assert promised
                assert promised <= on_disk
                # They went on for a moment without a portal; enough of that.
                await person.do("stopWriting")
                await person.state()
            seen = [len(person.events) for person in people]
            await asyncio.to_thread(portal.start)
            await asyncio.gather(
                *(person.hears("synced", since=since) for person, since in zip(people, seen, strict=True))
            )
        everything = {event["word"] for person in people for event in person.events if event["event"] == "wrote"}
        texts = [
            (await person.sees(lambda state: everything <= set(state["paragraphs"])))["paragraphs"] for person in people
        ]
        assert texts[0] == texts[1]
        for person in people:
            await person.has_it_saved()
        assert await kept(database, demo["case"], name) == everything
    sys.stdout.write(
        f"soak: killed the portal {KILLS} times over {len(everything)} edits, none acknowledged was lost\n"
    )
