"""The two worlds bite: each leak that somebody might build in one day is seen by the person it tells too much."""

import contextlib
from pathlib import Path
from random import Random

import pytest

from proofs.disturbing import Disturbance
from proofs.leaks import LEAKS, Leak
from proofs.looking import look_at_everything
from proofs.plans import a_plan
from proofs.two_worlds import NeverTold, ToldApart, live_through, two_worlds

# Histories rich in private talk first: most leaks are seen in the first two.
SEEDS, LENGTH = (4, 0, 1, 2, 3, 5, 6, 7), 25


@pytest.mark.parametrize("leak", LEAKS, ids=lambda one: one.__name__)
async def test_a_leak_is_seen(
    database: str, second_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Leak
) -> None:
    # The plans are drawn before the leak is built: careless rules would also draw careless plans.
    plans = [a_plan(seed, LENGTH) for seed in SEEDS]
    leak(monkeypatch)
    async with two_worlds([database, second_database], tmp_path, monkeypatch) as worlds:
        for seed, plan in zip(SEEDS, plans, strict=True):
            try:
                async with contextlib.AsyncExitStack() as stack:
                    both = await live_through(worlds, plan, stack, Disturbance(Random(seed)))
                    await look_at_everything(worlds, both, Random(seed))
            except (ToldApart, NeverTold) as seen:
                print(f"\n{leak.__name__}, history {seed}: {seen}")
                return
    pytest.fail(f"nobody noticed in {len(SEEDS)} histories")
