"""People at one text as their browsers are: the frontend's own modules, y-prosemirror, and a real portal between."""

import asyncio
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import NODE
from portal_process import Portal

ROOT = Path(__file__).parents[2]
WRITERS = Path(__file__).with_name("writers")
SOAK = bool(os.environ.get("MEDIATION_SOAK"))
SESSIONS, STEPS = (1_000, 24) if SOAK else (9, 14)
AT_ONCE = 3
"""Cases in which sessions go on beside each other, so that one waits while another works."""
# Nobody's own pace: two accounts work here for everybody.
UNHURRIED = {"MEDIATION_COMMANDS": "1000000", "MEDIATION_FRAMES": "1000000"}


@pytest.fixture(scope="module")
def portal(shared_database: str) -> Iterator[Portal]:
    folder = Path(tempfile.mkdtemp(prefix="mp-", dir="/tmp"))
    portal = Portal(folder, shared_database, demo=True, environment=UNHURRIED)
    try:
        yield portal.start()
    finally:
        portal.stop()
        shutil.rmtree(folder)


async def told_by(script: str, portal: Portal, **environment: str) -> list[dict[str, Any]]:
    """What one of the scripts prints, line by line; its last words are in the message when it fails."""
    process = await asyncio.create_subprocess_exec(
        NODE,
        "--import",
        WRITERS / "from_frontend.mjs",
        WRITERS / script,
        env={**os.environ, "PORTAL": portal.url, "FRONTEND": str(ROOT / "frontend"), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, err.decode()[-6_000:]
    return [json.loads(line) for line in out.decode().splitlines()]


@pytest.mark.soak
@pytest.mark.timeout(3_000 if SOAK else 120)
async def test_random_sessions_of_suggesting_accepting_and_typing_leave_everybody_with_the_same_text_and_hashes(
    portal: Portal,
) -> None:
    cases = [portal.demo("--stage", "drafting") for _ in range(AT_ONCE)]
    # A long run is told in parts, each in cases of its own: what a case has seen is read again with each command.
    part = 60 if SOAK else SESSIONS
    told: list[dict[str, Any]] = []
    for first in range(0, SESSIONS, part):
        if first:
            cases = [portal.demo("--stage", "drafting") for _ in range(AT_ONCE)]
        seeds = [first, min(first + part, SESSIONS)]
        told += await told_by(
            "sessions.mjs", portal, SESSIONS=json.dumps({"cases": cases, "seeds": seeds, "steps": STEPS})
        )
    assert sorted(one["seed"] for one in told) == list(range(SESSIONS))
    did: Counter[str] = sum((Counter(one["did"]) for one in told), Counter())
    refused: Counter[str] = sum((Counter(one["refused"]) for one in told), Counter())
    # What chance happened to leave out proves nothing; a short run may well leave out something.
    accepted = [f"accept: {change}" for change in ("replace", "insert", "remove", "move")]
    assert {"edit: type", "suggest: replace", *(("reload", "line", "agree", *accepted) if SOAK else ())} <= set(did)
    assert sum(did[one] for one in accepted) >= (SESSIONS if SOAK else 1)
    print(f"soak: {SESSIONS} random sessions, everybody reads the same with the same hashes; did {dict(did)}")
    print(f"soak: answered while others wrote: {dict(refused)}")


async def test_every_kind_of_suggestion_comes_out_as_it_was_made_while_two_others_write_and_everybody_reloads(
    portal: Portal,
) -> None:
    cases = [portal.demo("--stage", "drafting") for _ in range(2)]
    told = await told_by("structural.mjs", portal, STRUCTURAL=json.dumps(cases))
    assert len(told) == 28
    for one in told:
        assert one["wanted"] != one["base"], f"{one['name']}: nothing was suggested"
        assert one["found"] == one["wanted"], one["name"]
