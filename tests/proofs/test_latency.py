"""How long an answer takes tells nobody what is said elsewhere: the same requests beside a busy caucus and a quiet one.

Only in `make soak`: a comparison of times is worth something after many of them, and on a machine that does nothing
else; with few it would fail by chance, or find nothing.
"""

import os
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import httpx
import pytest

from mediation.case import commands as c
from mediation.identity import limits
from proofs.disputes import SEATED, Dispute, open_dispute
from proofs.knocking import Callers
from proofs.whole_portal import numbered, whole_portal

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
ROUNDS = int(os.environ.get("MEDIATION_ROUNDS") or 1_500)
SHUFFLES = 4_000
# One in a thousand, for each of the kinds of request.
SURE = 0.001
# Of the median: what people on any network could still tell apart after days of asking is more than this.
NOTICEABLE = 0.05


def by_chance(first: Sequence[float], second: Sequence[float], chance: random.Random) -> float:
    """How often labels dealt at random differ as much as these do: a permutation test of the mean ranks, two-sided."""
    pooled = sorted((value, n) for n, value in enumerate([*first, *second]))
    ranks = [0] * len(pooled)
    for rank, (_, n) in enumerate(pooled):
        ranks[n] = rank
    half = len(first)
    expected = (len(pooled) - 1) * half / 2
    found = abs(sum(ranks[:half]) - expected)
    return sum(abs(sum(chance.sample(ranks, half)) - expected) >= found for _ in range(SHUFFLES)) / SHUFFLES


def test_the_comparison_finds_a_difference_where_there_is_one() -> None:
    chance = random.Random(1)
    quiet = [chance.gauss(5, 1) for _ in range(600)]
    slower = [chance.gauss(5.5, 1) for _ in range(600)]
    alike = [chance.gauss(5, 1) for _ in range(600)]
    assert by_chance(quiet, slower, chance) < SURE
    assert by_chance(quiet, alike, chance) > SURE


@pytest.mark.soak
@pytest.mark.skipif(not IS_SOAK, reason="a comparison of few times on a busy machine proves nothing")
@pytest.mark.timeout(3_600)
async def test_answers_take_as_long_beside_a_busy_caucus_as_beside_a_quiet_one(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def spend_nothing(*_asked: object, **_more: object) -> None:
        """How often somebody may is tested elsewhere."""

    for name in ("spend", "spend_for"):
        monkeypatch.setattr(limits, name, spend_nothing)
    chance = random.Random(20_261_122)
    async with whole_portal(database, tmp_path) as portal:
        callers = await Callers(portal).arrive()
        people = {who: callers.accounts[who] for who in SEATED}
        quiet = await open_dispute(portal, people, 1, busy=False)
        busy = await open_dispute(portal, people, 2, busy=False)
        await _talk_for_long(busy)
        header = await portal.session(people["handler"])
        asked: dict[str, Callable[[Dispute, str], Awaitable[httpx.Response]]] = {
            "view": lambda d, n: portal.http.get(f"/api/cases/{d.case_id}", headers=header),
            "entries": lambda d, n: portal.http.get(f"/api/cases/{d.case_id}/rooms/joint/entries", headers=header),
            "search": lambda d, n: portal.http.get(f"/api/cases/{d.case_id}/search?q=morning", headers=header),
            "refused": lambda d, n: portal.http.get(
                f"/api/cases/{d.case_id}/rooms/caucus-client/entries", headers=header
            ),
            "message": lambda d, n: portal.http.post(
                f"/api/cases/{d.case_id}/messages",
                json={"command_id": numbered("timed", n), "room": "talks", "text": "Good morning."},
                headers=header,
            ),
        }
        for kind, ask in asked.items():
            times: dict[str, list[float]] = {quiet.case_id: [], busy.case_id: []}
            for n in range(ROUNDS):
                # In either order, one right after the other, so that what the machine does else falls on both.
                for dispute in chance.sample((quiet, busy), 2):
                    began = time.perf_counter()
                    await ask(dispute, f"{kind} {n}")
                    times[dispute.case_id].append(time.perf_counter() - began)
            calm, loud = times[quiet.case_id][50:], times[busy.case_id][50:]
            apart = statistics.median(loud) / statistics.median(calm) - 1
            likely = by_chance(calm, loud, chance)
            print(f"\nsoak: latency of {kind}, {ROUNDS} pairs: medians {apart:+.2%} apart, by chance in {likely:.1%}")
            assert likely >= SURE or abs(apart) < NOTICEABLE, f"{kind} takes {apart:+.1%} longer beside a busy caucus"


async def _talk_for_long(dispute: Dispute) -> None:
    """A caucus and a team room of the other side with a long talk in them."""
    for turn in range(400):
        room = ("caucus-client", "team-client")[turn % 2]
        await dispute.do("client", c.PostMessage, room=room, text=f"Something in confidence, {turn}. " * 20)
