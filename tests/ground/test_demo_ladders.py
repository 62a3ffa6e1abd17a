"""The demo's businesses have ladders of their own: its people by their names, its times by the days of its place."""

from uuid import uuid4

import pytest

from mediation.bus import Bus
from mediation.case.policy_rules import check_policy
from mediation.db import Pool
from mediation.demo.ladders import LADDERS
from mediation.demo.scenarios import SCENARIOS, Scenario
from mediation.demo.story import Story
from mediation.ladder.calendars import knows, zones
from office import casework_on


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_demo_ladder_keeps_the_rules_and_names_people_of_its_dispute_as_they_are_titled_there(
    scenario: Scenario,
) -> None:
    made = LADDERS[scenario.business.name]
    check_policy(made.policy)
    assert knows(made.country, made.region)
    assert made.policy.calendar.zone in zones()
    assert made.policy.calendar.name.endswith(f"({made.country}-{made.region})"), "where the editor finds the place"
    named = {(one.name, one.title) for rung in made.policy.rungs for one in rung.people}
    assert named
    assert named <= {(one.name, one.title) for one in scenario.people if one.role == "manager"}


async def test_a_demo_dispute_goes_by_the_ladder_of_its_business_and_a_second_one_by_the_same(
    pool: Pool, database: str
) -> None:
    casework = await casework_on(pool, Bus(database))
    for _ in range(2):
        story = Story(casework, SCENARIOS["clinic-software"])
        await story.seat_everyone(uuid4().hex)
        async with pool.acquire() as conn:
            view = await casework.view(conn, story.case_id, story.of("client").participant_id)
        assert [rung.tier for rung in view.ladder] == ["talks", "mediation", "management", "executive", "referral"]
        assert [one.name for one in view.ladder[3].people] == ["Ruth Adeyemi"]
        assert view.calendar is not None
        assert view.calendar.zone == "Europe/London"
    async with pool.acquire() as conn:
        kept = await conn.fetch("SELECT version, policy::jsonb -> 'calendar' -> 'closed' AS closed FROM policies")
    assert [row["version"] for row in kept] == [1]
    assert "-12-25" in kept[0]["closed"]
