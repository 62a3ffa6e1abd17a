"""Whatever is said where somebody is not, every byte they get is the same."""

import contextlib
import os
from pathlib import Path
from random import Random

import pytest

from proofs.disturbing import Disturbance
from proofs.looking import look_at_everything, read_everything
from proofs.plans import a_plan
from proofs.two_worlds import let_it_be_forgotten, live_through, two_worlds

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
HISTORIES = int(os.environ.get("MEDIATION_HISTORIES") or (500 if IS_SOAK else 4))
LENGTH = 40 if IS_SOAK else 25
EVERY = 5
"""One history in so many is also looked at after what was said in it has been erased."""


@pytest.mark.soak
@pytest.mark.timeout(3_600 if IS_SOAK else 300)
async def test_nobody_can_tell_two_worlds_apart_that_differ_in_what_is_hidden_from_them(
    database: str, second_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = 0
    async with two_worlds([database, second_database], tmp_path, monkeypatch) as worlds:
        for seed in range(HISTORIES):
            plan = a_plan(seed, LENGTH)
            altered += plan.altered
            async with contextlib.AsyncExitStack() as stack:
                both = await live_through(worlds, plan, stack, Disturbance(Random(seed)))
                await look_at_everything(worlds, both, Random(seed))
            if seed % EVERY == 0:
                await let_it_be_forgotten(worlds)
                await read_everything(worlds, both)
        print(f"\nsoak: two worlds, {HISTORIES} histories, {altered} turns altered, {worlds.seen} things compared")
