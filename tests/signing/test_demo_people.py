"""Nobody in a demo came by mail, and still they can be mailed a code to sign with."""

from uuid import uuid4

import pytest

from mediation.bus import Bus
from mediation.case.terms import DECIDERS
from mediation.db import Pool
from mediation.demo.scenarios import SCENARIOS
from mediation.demo.story import Story
from mediation.identity import addresses
from office import casework_on


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_everybody_in_a_demo_who_can_sign_has_an_address(pool: Pool, database: str, scenario: str) -> None:
    story = Story(await casework_on(pool, Bus(database)), SCENARIOS[scenario])
    assert await story.seat_everyone(uuid4().hex)
    async with pool.acquire() as conn:
        reached = {one.participant_id: one.email for one in await addresses.on_case(conn, story.case_id)}
    sign = [seat for seat in story.seats.values() if seat.party is not None and seat.role in DECIDERS]
    assert {seat.party for seat in sign} == {"business", "client"}
    for seat in sign:
        assert reached[seat.participant_id].endswith("@demo.invalid")
