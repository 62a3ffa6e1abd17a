"""What an operator does to a case is a paper of it: `mediation export` and `mediation hold`, as they are typed."""

import asyncio
import subprocess
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from keeping.conftest import Start
from mediation import clock
from mediation.export import verify
from mediation.record import log
from office import SEED, Docket
from portal_process import Portal


class Operator:
    """Somebody at the command line of a portal that need not run."""

    def __init__(self, data_dir: Path, database: str) -> None:
        self._portal = Portal(data_dir, database, demo=False, environment={"MEDIATION_SIGNING_KEY": SEED.hex()})

    async def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(self._portal.command, *words)

    async def is_refused(self, *words: str) -> str:
        """What a refused command says; it is a sentence."""
        refused = await self.types(*words)
        assert refused.returncode == 1, refused.stdout
        assert "Traceback" not in refused.stderr
        return refused.stderr


@pytest.fixture
def operator(data_dir: Path, database: str) -> Operator:
    return Operator(data_dir, database)


@pytest.fixture
async def docket(start: Start) -> Docket:
    casework, _ = await start()
    return await (await Docket(casework).open()).begin()


async def papers(docket: Docket) -> list[log.Entry]:
    async with docket.casework.pool.acquire() as conn:
        return [entry for entry in await log.read(conn, docket.case_id, "papers") if isinstance(entry, log.Entry)]


async def test_an_export_is_announced_before_it_is_written(operator: Operator, docket: Docket, tmp_path: Path) -> None:
    client, before, bundle = docket.seats["client"].participant_id, await papers(docket), tmp_path / "bundle.zip"
    done = await operator.types("export", docket.case_id, "--for", client, "--out", str(bundle))
    assert done.returncode == 0, done.stderr
    assert "papers of the case now say" in done.stdout
    (paper,) = (await papers(docket))[len(before) :]
    assert (paper.kind, paper.actor) == ("OperatorAccess", "system")
    assert paper.body == {"what": "export", "participant": client}
    # The paper is in the bundle, so whoever is handed it sees by whom it was taken out.
    with bundle.open("rb") as file:
        report = verify.check(file, None)
    assert len(report.rooms[0].heads) - 1 == len(before) + 1
    # One for a stranger, or to a place that is not there, is refused and announces nothing.
    for case_id, participant, out, sentence in (
        (docket.case_id, "0" * 32, tmp_path / "x.zip", "nothing to take away"),
        (docket.case_id, client, tmp_path / "no" / "x.zip", "cannot be written"),
    ):
        assert sentence in await operator.is_refused("export", case_id, "--for", participant, "--out", str(out))
    assert len(await papers(docket)) == len(before) + 1


async def test_an_order_holds_a_case_until_it_is_lifted(operator: Operator, docket: Docket) -> None:
    order = "District court, 4 C 12/26"
    assert "No order holds this case." in await operator.is_refused("hold", docket.case_id, "--lift")
    assert (await operator.types("hold", docket.case_id, "--order", order)).returncode == 0
    held = (await docket.sees("client")).hold
    assert (held.ground, held.reference) == ("order", order)
    assert "already" in await operator.is_refused("hold", docket.case_id, "--order", order)
    assert (await operator.types("hold", docket.case_id, "--lift")).returncode == 0
    assert (await docket.sees("client")).hold.ground is None
    assert [paper.kind for paper in await papers(docket)][-2:] == ["HoldPlaced", "HoldLifted"]
    sound = await operator.types("doctor", "--record", docket.case_id)
    assert sound.returncode == 0, sound.stdout


async def test_a_mistyped_order_is_refused_with_a_sentence(operator: Operator) -> None:
    assert "There is no case" in await operator.is_refused("hold", "0" * 32, "--order", "4 C 12/26")
    assert "32 hexadecimal digits" in await operator.is_refused("hold", "zz", "--lift")
    assert "one line of at most 200" in await operator.is_refused("hold", "0" * 32, "--order", "two\nlines")
    assert (await operator.types("hold", "0" * 32, "--order", "x", "--lift")).returncode == 2
    assert (await operator.types("hold", "0" * 32)).returncode == 2


async def test_the_doctor_says_when_nobody_erases_what_is_due(operator: Operator, database: str) -> None:
    owner = await asyncpg.connect(database)
    try:
        for case_id, due_at in (("0a" * 16, clock.now() - timedelta(hours=2)), ("0b" * 16, clock.now())):
            await owner.execute("INSERT INTO cases (case_id, opened_at) VALUES ($1, $2)", case_id, due_at)
            await owner.execute("INSERT INTO keeping (case_id, due_at) VALUES ($1, $2)", case_id, due_at)
    finally:
        await owner.close()
    told = await operator.types("doctor")
    assert told.returncode == 0, told.stderr
    assert "cases in which talk should have been erased by now: 1." in told.stdout
