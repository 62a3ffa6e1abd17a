"""The two worlds bite: each leak that somebody might build in one day is seen by the person it tells too much."""

import contextlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from proofs.disturbing import Disturbance
from proofs.leaks import LEAKS, Leak
from proofs.looking import look_at_everything
from proofs.plans import Plan, a_plan
from proofs.two_worlds import NeverTold, ToldApart, live_through, two_worlds

# Histories rich in private talk first: most leaks are seen in the first two.
SEEDS, LENGTH = (4, 0, 1, 2, 3, 5, 6, 7), 25
# Where a leak was first seen when this was written; if it no longer shows there, it does in another.
BEGIN = {
    "a_mail_to_everybody_whenever_something_is_said": 0,
    "a_refusal_that_says_how_busy_the_others_are": 0,
    "a_search_through_all_rooms": 1,
    "invitations_of_the_other_side_in_the_list": 1,
}


@cache
def _drawn(seed: int) -> Plan:
    return a_plan(seed, LENGTH)


def plan_of(seed: int) -> Plan:
    """The same for each leak; what a leak has somebody know of the case is not kept for the next."""
    plan = _drawn(seed)
    return replace(plan, first=replace(plan.first))


@pytest.mark.parametrize("leak", LEAKS, ids=lambda one: one.__name__)
async def test_a_leak_is_seen(
    database: str, second_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Leak
) -> None:
    # The plans are drawn before the leak is built: careless rules would also draw careless plans.
    seeds = sorted(SEEDS, key=lambda seed: seed != BEGIN.get(leak.__name__, SEEDS[0]))
    plans = [plan_of(seed) for seed in seeds]
    leak(monkeypatch)
    async with two_worlds([database, second_database], tmp_path, monkeypatch) as worlds:
        for seed, plan in zip(seeds, plans, strict=True):
            try:
                async with contextlib.AsyncExitStack() as stack:
                    both = await live_through(worlds, plan, stack, Disturbance(Random(seed)))
                    await look_at_everything(worlds, both, Random(seed))
            except (ToldApart, NeverTold) as seen:
                print(f"\n{leak.__name__}, history {seed}: {seen}")
                return
    pytest.fail(f"nobody noticed in {len(SEEDS)} histories")
